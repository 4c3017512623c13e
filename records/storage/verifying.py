"""Every check on a copy, or on a fresh copy of the site's own database."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import DatabaseError

from . import postgres
from .checking import Check, checks, migrations
from .copies import POSTGRES_ENDING, SQLITE_ENDING, sum_of, told_sum
from .copying import Failed, copy_file, in_words
from .index_check import index_checks
from .instead import SQLITE, instead, is_sqlite, site_file


def verified(path: Path | None, *, sample: int) -> Iterator[Check]:
    """Each check as it is done; `sample` summits are indexed again, all with 0. Raises Failed.

    Nothing is written to what is looked at: SQLite's is copied, PostgreSQL's copy restored into a
    database made for it. PostgreSQL's own is looked at in a transaction that is taken back.
    """
    if path is not None:
        yield sealed(path)
    try:
        with looked_at(path):
            sound = True
            for check in checks():
                sound = sound and not check.faults
                yield check
            waiting, unknown = migrations()
            if unknown:
                told = (
                    f"not compared: it has {', '.join(unknown)}, which this release does not know"
                )
                yield Check("the index is what the editions say", told=told)
            elif waiting:
                told = f"not compared: migrations wait ({', '.join(waiting)})"
                yield Check("the index is what the editions say", told=told)
            elif sound:  # what is not whole is not indexed
                yield from index_checks(sample)
    except postgres.Refused as problem:
        raise Failed(str(problem)) from problem
    except (sqlite3.DatabaseError, DatabaseError) as problem:
        yield Check("the file is whole", [str(problem)])
    except OSError as problem:
        raise Failed(f"It could not be looked at: {in_words(problem)}.") from problem


def sealed(path: Path) -> Check:
    """Is the file the one that was made? By the checksum beside it."""
    if not path.is_file():
        raise Failed(f"There is no file {path}.")
    told = told_sum(path)
    if not told:
        return Check("checksum", told=f"none beside it ({path.name}.sha256)")
    changed = "the file is not the one that was made: its SHA-256 is another"
    return Check("checksum", [] if told == sum_of(path) else [changed])


def is_dump(path: Path) -> bool:
    """Whether a copy is PostgreSQL's; by its ending."""
    if path.suffix not in (SQLITE_ENDING, POSTGRES_ENDING):
        raise Failed(
            f"{path.name}: a copy's name ends in {SQLITE_ENDING} or, of PostgreSQL,"
            f" in {POSTGRES_ENDING}."
        )
    return path.suffix == POSTGRES_ENDING


@contextmanager
def looked_at(path: Path | None) -> Iterator[None]:
    """Inside, `connection` leads to what is checked."""
    if path is None and not is_sqlite():
        yield
    elif path is not None and is_dump(path):
        if is_sqlite():
            raise Failed(f"{path.name} is a copy of PostgreSQL; the site's database is SQLite.")
        with postgres.filled(path):
            yield
    else:
        with tempfile.TemporaryDirectory(prefix="record-") as folder:
            file = Path(folder, "copy.sqlite3")
            if path is None:
                copy_file(site_file(), file)
            else:
                shutil.copyfile(path, file)
            with instead(ENGINE=SQLITE, NAME=str(file)):
                yield
