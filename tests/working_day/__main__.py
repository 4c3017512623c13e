"""`make working-day`, `python -m tests.working_day [--until STEP]`: lines and a verdict."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

import django


def main() -> int:
    from playwright.sync_api import sync_playwright

    from tests.browser.conftest import CHROMIUM, FLAGS

    from . import copy
    from .day import HEAD, Day, taken

    steps = known()
    parser = argparse.ArgumentParser(prog="python -m tests.working_day", description=__doc__)
    parser.add_argument("--until", choices=steps, help="The last step; each needs those before it.")
    parser.add_argument("--seen", action="store_true", help="Keep a picture of every window.")
    asked = parser.parse_args()
    copy.made()
    done = []
    log = Path(os.environ["DATA_DIR"], "server.log")
    with copy.served(log) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        day = Day(browser, address)
        print(HEAD, flush=True)
        for name, step in steps.items():
            done.append(taken(day, name, step))
            print(done[-1].line(), flush=True)
            if done[-1].faults or asked.seen:
                kept = Path(tempfile.mkdtemp(prefix=f"working-day-{name}-"))
                for person in day.people.values():
                    person.pictures(kept)
                shutil.copy(log, kept)
                print(f"    every window, and the server's log: {kept}", flush=True)
            for fault in done[-1].faults:
                print(f"    {fault}", flush=True)
            if done[-1].faults or name == asked.until:
                break
        browser.close()
    print(verdict(done, list(steps)))
    return any(step.faults for step in done)


def known():
    """The steps by name, in the order of the day."""
    from . import afterwards, entering, reviewing, together

    return {
        "enter": entering.enter,
        "translate": entering.translate,
        "send-back": reviewing.send_back,
        "approve": reviewing.approve,
        "publish": reviewing.publish,
        "collide": together.collide,
        "merge": together.merge,
        "correct": afterwards.correct,
        "restore": afterwards.restore,
        "upload": afterwards.upload,
    }


def verdict(done, steps) -> str:
    fields, seconds = sum(step.fields for step in done), sum(step.seconds for step in done)
    if failed := [step.name for step in done if step.faults]:
        return f"The working day FAILED at {failed[0]}, step {len(done)} of {len(steps)}."
    whole = f"all {len(steps)} steps" if len(done) == len(steps) else f"{len(done)} steps"
    return f"The working day is done: {whole}, {fields} fields, {seconds:.0f} s, no complaint."


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "summit.settings")
    with tempfile.TemporaryDirectory(prefix="working-day-record-") as own:
        for name in ("DATABASE_URL", "SITE_ENV", "SITE_URL"):
            os.environ.pop(name, None)
        os.environ["DATA_DIR"] = own
        django.setup()
        sys.exit(main())
