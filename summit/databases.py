"""The site's databases out of the environment: the primary, and replicas that readers read.

The figures stand in one order: what a reader's statement may take, an editor's, gunicorn's limit
(30 s). Whoever meets the first is told so before the next ends the whole request.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

PRIMARY = "default"
SQLITE = "summit.sqlite"  # Django's, whose writers queue
POSTGRESQL = "django.db.backends.postgresql"

# As measured in design: IMMEDIATE takes the write lock at BEGIN, so that `timeout` applies and
# concurrent saves wait instead of failing; WAL lets readers go on meanwhile.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 5,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        "PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-20000;"
        # No trusted_schema=OFF: it refuses the JSON_VALID checks of Django's own JSONField.
        "PRAGMA temp_store=MEMORY"
    ),
}
POSTGRESQL_OPTIONS = {
    "connect_timeout": 2,  # of each host
    # A machine that vanished says nothing: without these the kernel waits a quarter of an hour.
    "tcp_user_timeout": 3000,
    "keepalives_idle": 5,
    "options": (
        "-c statement_timeout=20000 -c lock_timeout=5000"
        # A worker that was stopped in a transaction holds up everybody who publishes.
        " -c idle_in_transaction_session_timeout=60000"
    ),
}
REPLICA_OPTIONS = {
    **POSTGRESQL_OPTIONS,
    "options": "-c statement_timeout=10000 -c default_transaction_read_only=on",
}


def database(url: str) -> dict[str, Any]:
    """Django's settings for an absolute SQLite path or a PostgreSQL server; else it refuses.

    Of several hosts (`postgres://user:password@one:5432,two:5432/name`) it is the one that takes
    writes: after a promotion the other, without a restart.
    """
    found = parsed(url)
    match found.get("ENGINE"):
        case "django.db.backends.sqlite3" if Path(found["NAME"]).is_absolute():
            return found | {"ENGINE": SQLITE, "CONN_MAX_AGE": 60, "OPTIONS": SQLITE_OPTIONS}
        case "django.db.backends.postgresql":
            options = dict(POSTGRESQL_OPTIONS)
            if "," in found["HOST"]:
                options["target_session_attrs"] = "read-write"
            return found | {
                "CONN_MAX_AGE": 60,
                "CONN_HEALTH_CHECKS": True,
                "OPTIONS": options | found.get("OPTIONS", {}),
            }
    # The address itself may hold a password: it is not repeated.
    raise ImproperlyConfigured(
        "DATABASE_URL can be sqlite:////absolute/path/site.sqlite3 (four slashes)"
        " or postgres://user:password@host:5432/name."
    )


def replicas(urls: str, primary: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """`replica1`, … for addresses with commas between, the nearest first; else it refuses.

    One address may itself have commas, between its hosts. No check of health: a reader's request
    whose connection turns out to be dead is asked once more, of the next database.
    """
    found = {}
    for number, url in enumerate(re.split(r",\s*(?=\w+://)", urls.strip()) if urls else [], 1):
        given = parsed(url)
        if given.get("ENGINE") != POSTGRESQL or primary["ENGINE"] != POSTGRESQL:
            raise ImproperlyConfigured(
                "REPLICA_URLS are postgres://user:password@host:5432/name with commas between,"
                " and need a DATABASE_URL on PostgreSQL."
            )
        options = dict(REPLICA_OPTIONS)
        if "," in given["HOST"]:
            options["target_session_attrs"] = "prefer-standby"
        found[f"replica{number}"] = given | {
            "CONN_MAX_AGE": 60,
            "OPTIONS": options | given.get("OPTIONS", {}),
            "TEST": {"MIRROR": PRIMARY},
        }
    return found


def parsed(url: str) -> dict[str, Any]:
    """What an address says, {} if it is none."""
    try:
        return environ.Env.db_url_config(url) if "://" in url else {}
    except (ImproperlyConfigured, KeyError, ValueError):
        return {}
