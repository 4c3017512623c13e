"""What `manage.py check --deploy` tells an operator of the SQLite library that Python runs on."""

from __future__ import annotations

import sqlite3
from typing import Any

from django.core.checks import CheckMessage, Info, register
from django.db import connection

# https://sqlite.org/wal.html tells of it: a WAL that is begun anew while another process writes
# into it can, in a gap too short to be met by trying, leave a damaged database behind.
MENDED = (3, 51, 3)


@register(deploy=True)
def check_library(**_kwargs: Any) -> list[CheckMessage]:
    """That it is older than the mend of a fault, whose cost a copy every night bounds."""
    if connection.vendor != "sqlite" or sqlite3.sqlite_version_info >= MENDED:
        return []
    return [
        Info(
            f"SQLite {sqlite3.sqlite_version} can damage a database in a rare race of two writers,"
            f" mended in {'.'.join(map(str, MENDED))}.",
            hint=(
                "Keep the timers of copies and of the weekly check; for several editors at once"
                " choose PostgreSQL (summit/deploy/README.md)."
            ),
            id="summit.I001",
        )
    ]
