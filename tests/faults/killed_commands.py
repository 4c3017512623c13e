"""kill -9 of loads, publications and migrations at random moments."""

from __future__ import annotations

import os
import time
from itertools import count

from django.conf import settings
from django.core.management import call_command

from records.document.read import read
from records.models import Edition, Summit

from .figures import Figures
from .site import Site, ended, forked, killed, save_and_publish, timed

FIXTURES = settings.BASE_DIR / "records" / "fixtures"
FILES = [str(FIXTURES / name) for name in ("vocabulary.yaml", "1998-10-07-tokyo.yaml")]


def killed_load(site: Site, rounds: int) -> Figures:
    """A load with publication: afterwards the old state or the new, and a second run completes."""
    figures = Figures("load killed", rounds)

    def load() -> None:
        with site.database():
            call_command("loadsummit", *FILES, publish=True, only_new=True, verbosity=0)

    reference = site.copied_to(site.folder.with_name("load-reference"))
    with reference.database():
        before = state()
    whole = timed(lambda: loaded(reference))
    with reference.database():
        after = state()
    fresh = site.copied_to(site.folder.with_name("load-fresh"))
    for turn in range(rounds):
        site.become(fresh)
        killed(load, whole * (0.05 + 0.95 * site.chance.random()))
        began = time.monotonic()
        figures.faults += site.broken()
        figures.recovery = max(figures.recovery, time.monotonic() - began)
        with site.database():
            found = state()
        figures.expect(found in (before, after), f"round {turn}: a state between old and new")
        load_again = ended(forked(load))
        with site.database():
            figures.expect((load_again, state()) == (0, after), f"round {turn}: not completed")
    return figures


def loaded(site: Site) -> None:
    with site.database():
        call_command("loadsummit", *FILES, publish=True, only_new=True, verbosity=0)


def state() -> list[object]:
    """What the record says, without the moments at which it was said."""
    documents = [read(summit) for summit in Summit.objects.order_by("slug")]
    editions = Edition.objects.order_by("summit__slug", "number")
    return [*documents, *editions.values_list("summit__slug", "number", "sha256")]


def killed_publication(site: Site, rounds: int) -> Figures:
    """A writer publishes without pause and tells what is saved; nothing told may be missing."""
    figures = Figures("publication killed", rounds)
    told: set[str] = set()
    numbers = count()
    for _turn in range(rounds):
        reading, writing = os.pipe()
        start = next(numbers) * 1000

        def publish(writing: int = writing, start: int = start) -> None:
            with site.database():
                for number in count(start):
                    save_and_publish(f"venue {number}")
                    os.write(writing, f"venue {number}\n".encode())

        pid = forked(publish)
        os.close(writing)
        first = os.read(reading, 100)  # waits until something was told
        time.sleep(site.chance.random())
        os.kill(pid, 9)
        ended(pid)
        with os.fdopen(reading, "rb") as more:
            told |= set((first + more.read()).decode().splitlines())
        began = time.monotonic()
        kept = site.notes()
        figures.recovery = max(figures.recovery, time.monotonic() - began)
        figures.lost = len(told - kept)
    figures.acknowledged = len(told)
    figures.faults += site.broken()
    figures.expect(figures.acknowledged > 0, "nothing was published at all")
    return figures


def killed_migration(site: Site, rounds: int) -> Figures:
    """Every migration from an empty database: run again, it ends in the same schema."""
    figures = Figures("migration killed", rounds)

    def migrate() -> None:
        with site.database():
            call_command("migrate", verbosity=0)

    wanted = site.schema()
    site.empty()
    whole = timed(migrate)
    figures.expect(site.schema() == wanted, "undisturbed it gives another schema")
    for turn in range(rounds):
        site.empty()
        killed(migrate, whole * (0.1 + 0.9 * site.chance.random()))
        began = time.monotonic()
        status = ended(forked(migrate))
        figures.recovery = max(figures.recovery, time.monotonic() - began)
        figures.expect(
            (status, site.schema()) == (0, wanted), f"round {turn}: run again it did not end"
        )
    return figures
