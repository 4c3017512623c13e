"""Another database in the place of the site's, so that the site's own code looks at a copy."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections
from django.db.utils import load_backend

from records import facets, public

SQLITE = "django.db.backends.sqlite3"  # of copies: nobody queues to write into one


def is_sqlite() -> bool:
    return connection.vendor == "sqlite"


def site_file() -> Path:
    """The site's own database, where that is a file."""
    return Path(connection.settings_dict["NAME"])


@contextmanager
def instead(**settings_of_copy: Any) -> Iterator[None]:
    """Inside, all of this thread's queries go to the database so described (`NAME`, `ENGINE`).

    A file stays as one file: it is not put into WAL mode, which needs two others beside it.
    """
    described = copy.deepcopy(connection.settings_dict) | {"CONN_MAX_AGE": 0} | settings_of_copy
    if described["ENGINE"] == SQLITE:
        one_file = "PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL"
        described["OPTIONS"] = settings.SQLITE_OPTIONS | {"init_command": one_file}
    before = connections["default"]
    there = load_backend(described["ENGINE"]).DatabaseWrapper(described, "default")
    connections["default"] = there
    forget()
    try:
        yield
    finally:
        there.close()
        connections["default"] = before
        forget()


def forget() -> None:
    """Drop what was kept for a version of the record: another database counts its own."""
    facets._shelves.clear()
    public.forget()
