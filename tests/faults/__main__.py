"""`make faults`, `python -m tests.faults [--rounds N] [NAME ...]`: figures and a verdict."""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from pathlib import Path

import django


def main() -> int:
    from .figures import HEAD, verdict
    from .site import Site

    faults = known()
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=main.__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(faults))
    parser.add_argument("--rounds", type=int, default=0, help="Of each fault; its own without it.")
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(faults):
        parser.error(f"no fault {', '.join(sorted(unknown))}; there are {', '.join(faults)}")
    done = []
    with tempfile.TemporaryDirectory(prefix="record-faults-") as top:
        began = time.monotonic()
        made = Site(Path(top, "made"), random.Random(asked.seed))
        made.folder.mkdir()
        made.make()
        print(HEAD, flush=True)
        for name, (fault, rounds) in faults.items():
            if asked.names and name not in asked.names:
                continue
            site = made.copied_to(Path(top, name))
            try:
                figures = fault(site, asked.rounds or rounds)
            except Exception:
                log = Path(top, f"{name}.log")
                print(log.read_text()[-4000:] if log.exists() else "", file=sys.stderr)
                raise
            done.append(figures)
            print(figures.line(), flush=True)
            for words in figures.told:
                print(f"    {words}")
            for words in figures.faults[:10]:
                print(f"    BROKEN: {words}", flush=True)
        print(f"{time.monotonic() - began:.0f} s in all")
    print(verdict(done))
    return any(figures.faults or figures.lost for figures in done)


def known():
    """The faults by name, each with how often it is tried."""
    from . import busy, killed_commands, killed_workers, no_place

    return {
        "load": (killed_commands.killed_load, 20),
        "publication": (killed_commands.killed_publication, 20),
        "migration": (killed_commands.killed_migration, 10),
        "worker": (killed_workers.killed_worker, 20),
        "site": (killed_workers.killed_site, 15),
        "reload": (killed_workers.reloaded, 10),
        "full": (no_place.full_disk, 3),
        "read-only": (no_place.read_only, 3),
        "long-load": (busy.long_load, 2),
        "copies": (busy.copied_under_writers, 5),
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "summit.settings")
    with tempfile.TemporaryDirectory(prefix="record-faults-own-") as own:
        os.environ["DATA_DIR"] = own
        os.environ.pop("DATABASE_URL", None)
        django.setup()
        sys.exit(main())
