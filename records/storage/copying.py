"""A consistent copy of the record in one pass, while editors go on saving."""

from __future__ import annotations

import errno
import sqlite3
import time
from pathlib import Path

from django.db import DatabaseError
from django.utils import timezone

from . import postgres
from .checking import Check, checks
from .copies import POSTGRES_ENDING, SQLITE_ENDING, Copy, free_name, made_file, seal
from .instead import SQLITE, instead, is_sqlite, site_file

PATIENCE = 5  # seconds


class Failed(Exception):
    """What hinders a copy or a restoration, in words; `checks` failed, if that was it."""

    def __init__(self, words: str, failed: list[Check] | None = None):
        super().__init__(words)
        self.checks = failed or []


def back_up(folder: Path) -> Copy:
    """Make a copy in `folder`, look at it, and only then give it its name. Raises Failed."""
    began = time.monotonic()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = free_name(folder, SQLITE_ENDING if is_sqlite() else POSTGRES_ENDING, timezone.now())
        with made_file(path) as part:
            found = copy_file(site_file(), part) if is_sqlite() else postgres.dump(part)
            if failed := [check for check in found if check.faults]:
                raise Failed("The copy is not whole and was not kept; older copies stay.", failed)
            size = part.stat().st_size
        sha256 = seal(path)
    except postgres.Refused as problem:
        raise Failed(str(problem)) from problem
    except (OSError, sqlite3.Error, DatabaseError) as problem:
        raise Failed(f"No copy was made in {folder}: {in_words(problem)}.") from problem
    told = next(check.told for check in found if check.name.startswith("editions"))
    return Copy(path, sha256, size, time.monotonic() - began, int(told.split()[0]))


def copy_file(source: Path, target: Path) -> list[Check]:
    """Copy a database's file as of one moment, and check the copy.

    In one pass: step by step the backup API begins anew at every write, and under writers never
    ended (measured: 5,507 times in 20 s).
    """
    if not source.is_file():
        raise FileNotFoundError(errno.ENOENT, f"there is no database at {source}")
    there = sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True, timeout=PATIENCE)
    try:
        here = sqlite3.connect(target, isolation_level=None)
        try:
            there.backup(here, pages=-1)
            # One file that needs no other beside it, and can be read where nothing can be written.
            here.execute("PRAGMA journal_mode=DELETE")
        finally:
            here.close()
    finally:
        there.close()
    with instead(ENGINE=SQLITE, NAME=str(target)):
        return list(checks())


def in_words(problem: Exception) -> str:
    """What the system says, with what to do where that is known."""
    full = isinstance(problem, OSError) and problem.errno in (errno.ENOSPC, errno.EDQUOT)
    if full or "is full" in str(problem):
        return "the disk is full; make room, or name another place with --to"
    if isinstance(problem, OSError) and problem.errno == errno.ENOENT and problem.filename is None:
        return problem.strerror or str(problem)
    if isinstance(problem, OSError) and problem.strerror:
        return problem.strerror[:1].lower() + problem.strerror[1:]
    return str(problem)
