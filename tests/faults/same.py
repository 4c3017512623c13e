"""What must be the same: the record after a way back and forth, an answer whoever gives it."""

from __future__ import annotations

import os

from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from .figures import Figures
from .killed_commands import state
from .site import Site, timed
from .traffic import PAGES

SEEDS = ("1", "2")  # of Python's order of sets


def migrated_back(site: Site, rounds: int) -> Figures:
    """The last migration taken back and made again: no word of the record is another."""
    figures = Figures("a release back and forward", rounds)
    with site.database():
        before = state()
        names = sorted(name for app, name in MigrationLoader(connection).disk_migrations
                       if app == "records")  # fmt: skip
    wanted = site.schema()

    def migrate(name: str) -> None:
        with site.database():
            call_command("migrate", "records", name, verbosity=0)

    for _turn in range(rounds):
        for name in (names[-2], names[-1]):
            took = timed(lambda name=name: migrate(name))
            figures.recovery = max(figures.recovery, took)
        with site.database():
            figures.expect(state() == before, "the record is another")
        figures.expect(site.schema() == wanted, "the schema is another")
    figures.faults += site.broken()
    figures.told.append(f"{names[-1]} taken back to {names[-2]}, which drops that release's tables")
    return figures


def another_worker(site: Site, rounds: int) -> Figures:
    """Pages and their tags by processes that order sets otherwise: byte for byte the same."""
    figures = Figures("answers of another process", rounds)
    kept = os.environ.get("PYTHONHASHSEED")
    answers = []
    try:
        for seed in SEEDS:
            os.environ["PYTHONHASHSEED"] = seed
            site.start()
            answers.append({path: site.answer(path) for path in PAGES})
            site.stop()
    finally:
        site.stop()
        os.environ.pop("PYTHONHASHSEED")
        if kept is not None:
            os.environ["PYTHONHASHSEED"] = kept
    figures.reads = len(SEEDS) * len(PAGES)
    for path in PAGES:
        one, other = (given[path] for given in answers)
        figures.expect(one[0] == 200 and bool(one[1]), f"{path}: {one[0]}, tag {one[1]}")
        figures.expect(one == other, f"{path}: another process gives another answer")
    return figures
