"""Is a database whole? Asked in plain SQL, so that code of another release may ask as well."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

MOST = 20  # faults of one check that are told
EDITIONS = (
    "SELECT s.slug, e.number, e.content, e.sha256, e.previous_sha256 FROM records_edition e"
    " JOIN records_summit s ON s.id = e.summit_id ORDER BY e.summit_id, e.number"
)


@dataclass
class Check:
    """One question and its answer: no faults, or which; `told` is a word about the extent."""

    name: str
    faults: list[str] = field(default_factory=list)
    told: str = ""


def checks() -> Iterator[Check]:
    """Every check of the database that `connection` leads to, in the order of what they rest on."""
    if connection.vendor == "sqlite":
        yield integrity()
        yield foreign_keys()
    yield editions()


def integrity() -> Check:
    """What SQLite says of its own file."""
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA integrity_check({MOST})")
        said = [row[0] for row in cursor.fetchall()]
    return Check("the file is whole", [] if said == ["ok"] else said)


def foreign_keys() -> Check:
    """Rows that refer to rows that are not there; PostgreSQL cannot hold any."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_key_check")
        found = cursor.fetchmany(MOST)
    return Check("references lead somewhere", [f"{t} {row} -> {to}" for t, row, to, _key in found])


def editions() -> Check:
    """Every edition against its own digest and that of the edition before."""
    faults: list[str] = []
    count, slug_before, number_before, sha_before = 0, "", 0, ""
    with connection.cursor() as cursor:
        if "records_edition" not in connection.introspection.table_names(cursor):
            return Check("editions", ["There is no table of editions: this is no record."])
        cursor.execute(EDITIONS)
        while rows := cursor.fetchmany(100):
            for slug, number, content, sha256, previous in rows:
                count += 1
                if slug != slug_before:
                    number_before, sha_before = 0, ""
                if hashlib.sha256(content.encode()).hexdigest() != sha256:
                    faults.append(f"{slug}, edition {number}: its text is not that of its SHA-256")
                if number != number_before + 1:
                    faults.append(f"{slug}, edition {number}: edition {number_before + 1} is gone")
                elif previous != sha_before:
                    faults.append(f"{slug}, edition {number}: does not follow edition {number - 1}")
                slug_before, number_before, sha_before = slug, number, sha256
    if len(faults) > MOST:
        faults = [*faults[:MOST], f"and {len(faults) - MOST} more"]
    return Check("editions and their chain", faults, f"{count} editions")


def migrations() -> tuple[list[str], list[str]]:
    """Migrations that wait for this database, and those it has that this code does not know."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    # Those of other applications may have been left behind by one no longer installed.
    unknown = [
        key
        for key in executor.loader.applied_migrations
        if key[0] == "records" and key not in executor.loader.disk_migrations
    ]
    return [str(step) for step, _back in waiting], sorted(".".join(key) for key in unknown)
