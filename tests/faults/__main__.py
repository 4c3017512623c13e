"""`make faults`, `python -m tests.faults [--rounds N] [NAME ...]`: figures and a verdict.

`--postgres` (`make faults DATABASE=postgres`): on a server of its own, whose faults come too.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import django

OF_FOLDERS = ("full", "read-only")  # on a server the record is not in the site's folder


def main() -> int:
    from .figures import HEAD, verdict
    from .server import Server
    from .site import Site

    faults = known() | known_of_servers()
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=main.__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(faults))
    parser.add_argument("--rounds", type=int, default=0, help="Of each fault; its own without it.")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--postgres", action="store_true")
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(faults):
        parser.error(f"no fault {', '.join(sorted(unknown))}; there are {', '.join(faults)}")
    if asked.postgres:
        faults = {name: one for name, one in faults.items() if name not in OF_FOLDERS}
    else:
        faults = known()
    if not (wanted := [name for name in faults if not asked.names or name in asked.names]):
        parser.error("none of these can be tried on this database")
    done = []
    with tempfile.TemporaryDirectory(prefix="record-faults-") as top, ExitStack() as at_the_end:
        began = time.monotonic()
        server = None
        if asked.postgres:
            os.chmod(top, 0o711)  # the server runs as somebody else
            server = Server(Path(top, "server"))
            at_the_end.callback(server.stop)
        made = Site(Path(top, "made"), random.Random(asked.seed), server)
        made.folder.mkdir()
        made.make()
        print(HEAD, flush=True)
        for name in wanted:
            fault, rounds = faults[name]
            site = made.copied_to(Path(top, name))
            try:
                figures = fault(site, asked.rounds or rounds)
            except Exception:
                show(Path(top, f"{name}.log"))
                raise
            if figures.faults:
                show(Path(top, f"{name}.log"))
            done.append(figures)
            print(figures.line(), flush=True)
            for words in figures.told:
                print(f"    {words}")
            for words in figures.faults[:10]:
                print(f"    BROKEN: {words}", flush=True)
        print(f"{time.monotonic() - began:.0f} s in all")
    print(verdict(done))
    return any(figures.faults or figures.lost for figures in done)


def show(log: Path) -> None:
    """What the site said of its last failure, or its last words, to standard error."""
    said = log.read_text() if log.exists() else ""
    failed = said.rfind("Internal Server Error")
    print(said[failed:][:8000] if failed >= 0 else said[-4000:], file=sys.stderr)


def known():
    """The faults by name, each with how often it is tried."""
    from . import busy, killed_commands, killed_workers, no_place, same

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
        "writers": (busy.many_writers, 480),
        "downgrade": (same.migrated_back, 2),
        "seeds": (same.another_worker, 1),
    }


def known_of_servers():
    from . import killed_server

    return {
        "server": (killed_server.killed_server, 10),
        "restart": (killed_server.restarted_server, 5),
        "connections": (killed_server.used_up, 3),
        "cut": (killed_server.cut_off, 2),
        "locks": (killed_server.locked, 1),
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "summit.settings")
    with tempfile.TemporaryDirectory(prefix="record-faults-own-") as own:
        os.environ["DATA_DIR"] = own
        os.environ.pop("DATABASE_URL", None)
        django.setup()
        sys.exit(main())
