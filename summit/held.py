"""One connection that a worker keeps open, so that SQLite's WAL stays beside the database.

The last connection to close takes the WAL and its index away, and the next reader makes them anew:
on a full disk or in a folder that can no longer be written to it could not, and readers would be
refused. It reads nothing and holds no transaction, so that it is in no writer's way.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path

from django.db import connection

_held: list[sqlite3.Connection] = []


def hold_open() -> None:
    """Keep the site's file open as long as this process lives; nothing where there is none yet."""
    if connection.vendor != "sqlite":
        return
    address = Path(connection.settings_dict["NAME"]).absolute().as_uri()
    with suppress(sqlite3.Error):  # the first request tells what is wrong, in the log and by 503
        held = sqlite3.connect(f"{address}?mode=ro", uri=True, check_same_thread=False)
        held.execute("SELECT count(*) FROM sqlite_master").fetchone()
        _held.append(held)
