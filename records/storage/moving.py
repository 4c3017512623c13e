"""A whole site moved into an empty PostgreSQL database: all of it, proved equal, or nothing."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DatabaseError, connection, connections, models, transaction
from django.db.utils import load_backend

from .checking import checks, migrations
from .copying import Failed
from .index_check import index_checks
from .instead import instead

BATCH = 1000  # rows
SAMPLE = 50  # summits indexed again
SOURCE = "moved_from"
# What `migrate` fills by itself, and what no model has: the search index and the cache are made by
# migrations; the one follows the rows of `records_words`, the other holds counters that expire.
FILLED = {"auth_group", "auth_group_permissions", "auth_permission", "django_content_type"}
NO_MODELS = ("django_migrations", "summit_cache", "records_words_index")
NOTHING = "Nothing was moved."

Model = type[models.Model]


@dataclass
class Extent:
    """How many rows a table has, and a digest of all they say in whatever order they come."""

    rows: int = 0
    sum: int = 0

    def add(self, row: Iterable[Any]) -> None:
        self.rows += 1
        self.sum += int.from_bytes(hashlib.sha256(canonical(row)).digest())

    @property
    def digest(self) -> str:
        return f"{self.sum % 2**256:064x}"


def move(target: dict[str, Any], told: Callable[[str, Extent], None]) -> None:
    """Move the site into the database so described, telling each table; raises Failed."""
    waiting, unknown = migrations()
    if waiting or unknown:
        raise Failed(f"Run migrate on this site first: {', '.join(waiting + unknown)}. {NOTHING}")
    if strange := strangers():
        raise Failed(
            f"This site has tables that its settings do not know: {', '.join(strange)}."
            f" Is SECOND_FACTOR set as it was? {NOTHING}"
        )
    try:
        with source_at_one_moment(), instead(**unhurried(target)):
            refuse_unless_empty()
            call_command("migrate", interactive=False, verbosity=0)
            with transaction.atomic():
                fill(told)
                failed = [check for check in (*checks(), *index_checks(SAMPLE)) if check.faults]
                if failed:
                    raise Failed(f"What arrived is not whole. {NOTHING}", failed)
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
    except DatabaseError as problem:
        raise Failed(f"{str(problem).strip()} {NOTHING}") from problem


def unhurried(target: dict[str, Any]) -> dict[str, Any]:
    """The target without the time limit of a site's queries: references are checked at the end."""
    options = target.get("OPTIONS", {}) | {"options": "-c statement_timeout=0 -c lock_timeout=5000"}
    return target | {"OPTIONS": options}


@contextmanager
def source_at_one_moment() -> Iterator[None]:
    """Inside, the site is read under SOURCE as of one moment; on SQLite nobody saves meanwhile."""
    described = copy.deepcopy(connection.settings_dict)
    there = load_backend(described["ENGINE"]).DatabaseWrapper(described, SOURCE)
    connections[SOURCE] = there
    try:
        with transaction.atomic(using=SOURCE):
            yield
    finally:
        there.close()
        if there.connection is not None:  # in memory: Django keeps such a one open
            there.connection.close()
        del connections[SOURCE]


def tables() -> list[Model]:
    """All tables of the site, each after those it refers to."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    ]
    order: TopologicalSorter[Model] = TopologicalSorter()
    for model in found:
        order.add(model, *(to for to in referred(model) if to is not model))
    return list(order.static_order())


def referred(model: Model) -> list[Model]:
    fields = model._meta.concrete_fields
    return [field.related_model for field in fields if isinstance(field, models.ForeignKey)]


def filled() -> set[str]:
    """The tables that have rows in the database that `connection` leads to."""
    with connection.cursor() as cursor:
        found = set()
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")
            if cursor.fetchone():
                found.add(table)
        return found


def strangers() -> list[str]:
    """Tables with rows that no model of this site has."""
    known = {model._meta.db_table for model in tables()}
    return sorted(name for name in filled() - known if not name.startswith(NO_MODELS))


def refuse_unless_empty() -> None:
    holding = sorted(name for name in filled() - FILLED if name != "django_migrations")
    if holding:
        raise Failed(f"The target is not empty: {', '.join(holding)}. {NOTHING}")


def fill(told: Callable[[str, Extent], None]) -> None:
    """Write every row of the site into the target, then read it back there and compare."""
    order = tables()
    for model in reversed(order):
        if model._meta.db_table in FILLED:
            model._base_manager.all()._raw_delete(using="default")
    for model in order:
        table = model._meta.db_table
        try:
            there, here = carried(model), Extent()
        except (DatabaseError, ValueError) as problem:
            raise Failed(f"{table}: {str(problem).strip()} {NOTHING}") from problem
        for row in rows(model, "default"):
            here.add(row)
        if here != there:
            raise Failed(
                f"{table}: {there.rows} rows left, {here.rows} arrived, with digests"
                f" {there.digest} and {here.digest}. {NOTHING}"
            )
        told(table, here)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), order):
            cursor.execute(statement)


def carried(model: Model) -> Extent:
    """Insert the rows of one table as they are: nothing that saving sets is set anew."""
    fields = model._meta.concrete_fields
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    insert = f"INSERT INTO {quoted(model._meta.db_table)} ({columns}) VALUES ({marks})"
    found = Extent()
    batch: list[list[Any]] = []
    with connection.cursor() as cursor:
        for row in rows(model, SOURCE):
            found.add(row)
            pairs = zip(fields, row, strict=True)
            batch.append([field.get_db_prep_save(value, connection) for field, value in pairs])
            if len(batch) == BATCH:
                cursor.executemany(insert, batch)
                batch = []
        if batch:
            cursor.executemany(insert, batch)
    return found


def rows(model: Model, alias: str) -> Iterator[tuple[Any, ...]]:
    names = [field.attname for field in model._meta.concrete_fields]
    found = model._base_manager.using(alias).order_by("pk").values_list(*names)
    return iter(found.iterator(chunk_size=BATCH))


def canonical(row: Iterable[Any]) -> bytes:
    """The same bytes for the same facts, whichever database told them."""
    return json.dumps([plain(value) for value in row], sort_keys=True, cls=Plain).encode()


def plain(value: Any) -> Any:
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else value


class Plain(DjangoJSONEncoder):
    """Moments to the microsecond: Django's own form stops at thousandths."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if hasattr(o, "isoformat") else super().default(o)
