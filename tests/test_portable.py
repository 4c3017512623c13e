"""Both databases understand all that is asked: words of one alone stand in few places."""

import ast

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import UniqueConstraint

from records import facets
from records.models import Entry

FILES = [
    path
    for folder in ("records", "summit")
    for path in (settings.BASE_DIR / folder).rglob("*.py")
    if "migrations" not in path.parts
]
# Who speaks SQL: each asks `connection.vendor`, or says what both understand.
SPEAKERS = {
    "records/facets.py",
    "records/management/commands/flush.py",
    "records/review/open_forms.py",
    "records/search/engine.py",
    "records/storage/checking.py",
    "records/storage/index_check.py",
    "records/storage/moving.py",
    "records/storage/postgres.py",
    "records/storage/restoring.py",
}
# Means of an ORM that lead past it, or that only some databases have.
PAST_IT = {"raw", "extra", "RawSQL", "RunSQL", "nowait=", "skip_locked="}


def called(path):
    """What a file calls and hands over by name."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            name = node.func
            yield name.attr if isinstance(name, ast.Attribute) else getattr(name, "id", "")
            yield from (f"{word.arg}=" for word in node.keywords if word.arg)


def place(path):
    return path.relative_to(settings.BASE_DIR).as_posix()


def test_sql_is_spoken_where_it_is_known_to_be():
    assert {place(path) for path in FILES if "cursor" in set(called(path))} == SPEAKERS


def test_nothing_leads_past_the_orm():
    assert {place(path): found for path in FILES if (found := PAST_IT & set(called(path)))} == {}


def test_no_list_is_asked_with_what_a_reader_sent():
    """`filter(**request.GET)` lets readers choose the question (CVE-2025-64459)."""
    handed = {
        f"{place(path)}:{node.lineno}"
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", "") in ("filter", "exclude", "get", "order_by", "Q")
        for word in [*node.args, *(one.value for one in node.keywords if one.arg is None)]
        if {"GET", "POST"} & {getattr(inner, "attr", "") for inner in ast.walk(word)}
        and (isinstance(word, ast.Starred) or word not in node.args)
    }
    assert handed == set()


def test_readers_wait_for_no_transaction():
    assert connection.settings_dict["ATOMIC_REQUESTS"] is False


def test_no_rule_is_put_off_to_the_end_of_a_transaction():
    models = apps.get_app_config("records").get_models()
    rules = [rule for model in models for rule in model._meta.constraints]
    assert rules
    assert [rule.name for rule in rules if getattr(rule, "deferrable", None)] == []


def test_every_order_of_a_list_ends_with_what_tells_its_entries_apart():
    """Where two stand equal, each database has an order of its own."""
    assert {str(order[-1]) for order in facets.ORDERS.values()} == {"slug"}
    one_of_a_kind = [sorted(names) for names in Entry._meta.unique_together] + [
        sorted(rule.fields)
        for rule in Entry._meta.constraints
        if isinstance(rule, UniqueConstraint)
    ]
    assert ["kind", "slug"] in one_of_a_kind
