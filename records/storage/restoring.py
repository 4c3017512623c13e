"""A copy put in the place of the site's database, which is put aside and never overwritten."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from records.models import Version

from . import postgres
from .checking import checks, migrations
from .copies import keep_names
from .copying import Failed, in_words
from .instead import SQLITE, instead, is_sqlite, site_file
from .verifying import is_dump, sealed

# Added where nobody can say what number the old record had reached.
FAR = 1_000_000


@dataclass
class Restored:
    """Where the record is now, where the old one lies, what must still be done."""

    now: str
    aside: Path | None = None
    waiting: list[str] = field(default_factory=list)  # migrations
    is_beside: bool = False  # a database of its own, which the site does not use yet


def restore(path: Path, *, hold: float | None = None) -> Restored:
    """Put a copy in the place of the site's database. Raises Failed, and then nothing changed.

    `hold` is for how many seconds the old one stays locked: longer than anybody waits for a lock,
    so that who still opened it fails and writes nothing that would be lost.
    """
    if is_dump(path) == is_sqlite():
        raise Failed(f"{path.name} is not a copy of the kind of database the site has.")
    if changed := sealed(path).faults:
        raise Failed(f"{path}: {changed[0]}.")
    try:
        if is_sqlite():
            wait = settings.SQLITE_OPTIONS["timeout"] + 1 if hold is None else hold
            return restore_file(path, site_file(), wait)
        return restore_database(path)
    except postgres.Refused as problem:
        raise Failed(str(problem)) from problem
    except (OSError, sqlite3.Error, DatabaseError) as problem:
        raise Failed(f"{path} was not restored: {in_words(problem)}.") from problem


def restore_file(path: Path, site: Path, hold: float) -> Restored:
    site.parent.mkdir(parents=True, exist_ok=True)
    part = site.with_name(f".{site.name}.{os.getpid()}.part")
    try:
        shutil.copyfile(path, part)
        with instead(ENGINE=SQLITE, NAME=str(part)):
            waiting = fitted(version_of(site))
        with part.open("rb") as file:
            os.fsync(file.fileno())
        if not site.exists():
            os.replace(part, site)
            keep_names(site.parent)
            return Restored(str(site), None, waiting)
        return Restored(str(site), swapped(part, site, hold), waiting)
    finally:
        for left in (part, Path(f"{part}-journal")):
            left.unlink(missing_ok=True)


def swapped(new: Path, site: Path, hold: float) -> Path:
    """Put `new` in the place of the site's file; gives where the old one now lies."""
    aside = site.with_name(f"{site.name}.before-{timezone.now().astimezone(UTC):%Y%m%dT%H%M%SZ}")
    lock = locked(site)
    try:
        os.link(site, aside)
        for ending in ("-wal", "-shm"):
            if lock:  # all is in the one file
                Path(f"{site}{ending}").unlink(missing_ok=True)
            elif Path(f"{site}{ending}").exists():  # nobody could read it: all stays together
                os.rename(f"{site}{ending}", f"{aside}{ending}")
        os.replace(new, site)  # at no moment is there none, which a worker would make anew
        keep_names(site.parent)
        time.sleep(hold)
    finally:
        if lock:
            lock.close()
    return aside


def restore_database(path: Path) -> Restored:
    """Make a new database of the copy; the site goes on with the old one until told otherwise."""
    postgres.readable(path)
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM records_version")
        number = (cursor.fetchone() or (0,))[0]
    name = f"{postgres.name()}_restored_{timezone.now().astimezone(UTC):%Y%m%dt%H%M%Sz}"
    postgres.make(name)
    try:
        postgres.fill(name, path)
        with instead(NAME=name):
            waiting = fitted(number)
    except BaseException:
        postgres.drop(name)
        raise
    return Restored(name, None, waiting, is_beside=True)


def fitted(number: int | None) -> list[str]:
    """Make a copy fit to be the site's; gives the migrations that wait for it.

    Workers and readers' caches know pages by the version: it must be one that never was. Sessions
    that were ended since must not come back, so all end.
    """
    failed = [check for check in checks() if check.faults]
    if failed:
        raise Failed("The copy is not whole; nothing was changed.", failed)
    waiting, unknown = migrations()
    if unknown:
        raise Failed(
            f"The copy has {', '.join(unknown)}, which this release does not know: install the"
            " release it was made with. Nothing was changed."
        )
    for version in Version.objects.all():
        reached = version.number + FAR if number is None else max(number, version.number)
        Version.objects.filter(pk=version.pk).update(number=reached + 1)
    with connection.cursor() as cursor:
        if "django_session" in connection.introspection.table_names(cursor):
            cursor.execute("DELETE FROM django_session")
    return waiting


def version_of(site: Path) -> int | None:
    """The number the site's record has reached; None where it cannot be read."""
    if not site.exists():
        return 0
    try:
        address = f"{site.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True)) as there:
            found = there.execute("SELECT number FROM records_version").fetchone()
    except sqlite3.DatabaseError:
        return None
    return found[0] if found else 0


def locked(site: Path) -> sqlite3.Connection | None:
    """Hold the old database, alone and in one file; None if it cannot be read at all."""
    lock = sqlite3.connect(site, isolation_level=None, timeout=1)
    try:
        lock.execute("PRAGMA locking_mode=EXCLUSIVE")
        lock.execute("BEGIN EXCLUSIVE")
        lock.execute("COMMIT")
        lock.execute("PRAGMA journal_mode=DELETE")  # what the WAL holds goes into the file
    except sqlite3.OperationalError as problem:
        lock.close()
        if "locked" not in str(problem):
            return None
        raise Failed(
            f"{site} is in use: stop the site first (systemctl stop summit-record.service"
            " summit-record.socket), then restore. Nothing was changed."
        ) from problem
    except sqlite3.DatabaseError:
        lock.close()
        return None
    return lock
