"""Can the site answer its readers? asked by whoever sends them here, with a limit of time."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor

from django.db import connections
from django.db.migrations.executor import MigrationExecutor

LIMIT = 3  # seconds for each database; one that hangs must not hold a worker
THREADS = 4  # as many looks may hang; the next ones wait for them, and end by the limit

log = logging.getLogger(__name__)
_looks = ThreadPoolExecutor(THREADS, thread_name_prefix="ready")


def is_ready() -> bool:
    """Whether a database answers that knows every migration: while the primary is away, a replica
    suffices. What is wrong stands in the log only."""
    found = [look(database) for database in connections]
    return any(found)


def look(database: str) -> bool:
    try:
        if len(list(connections)) == 1:  # where it hangs, so does every page
            waiting = migrations(database)
        else:
            waiting = _looks.submit(migrations, database, close=True).result(timeout=LIMIT)
    except Exception:
        log.exception("readyz: %s does not answer", database)
        return False
    if waiting:
        log.error("readyz: %s has migrations to apply: %s", database, ", ".join(waiting))
    return not waiting


def migrations(database: str, close: bool = False) -> list[str]:
    """Names of the migrations that wait for a database."""
    connection = connections[database]
    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        return [str(step) for step, _backwards in plan]
    finally:
        if close:
            connection.close()
