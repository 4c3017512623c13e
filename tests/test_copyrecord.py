"""A site moved to PostgreSQL; the move itself runs only where the tests run on PostgreSQL."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from records import storage
from records.models import Edition, Event, Summit
from records.storage import moving, postgres
from tests.factories import EditorFactory, published


def refused(url):
    with pytest.raises(CommandError) as refusal:
        call_command("copyrecord", to=url, stdout=StringIO())
    return str(refusal.value)


@pytest.mark.parametrize("url", ["", "nowhere", "sqlite:////tmp/x.sqlite3", "mysql://u:secret@h/n"])
def test_an_address_that_is_not_of_postgresql_is_refused_and_not_repeated(url):
    assert refused(url) == "--to can be postgres://user:password@host:5432/name."


@pytest.mark.django_db
def test_each_table_comes_after_those_it_refers_to():
    order = moving.tables()
    early = [
        (model._meta.db_table, to._meta.db_table)
        for model in order
        for to in moving.referred(model)
        if order.index(to) > order.index(model)
    ]
    assert (early, len(set(order))) == ([], len(order))


def test_a_digest_is_the_same_in_any_order_of_rows_and_of_keys():
    one, other = moving.Extent(), moving.Extent()
    for row in [(1, {"a": 1, "b": 2}, b"\x00"), (2, {}, b"")]:
        one.add(row)
    for row in [(2, {}, memoryview(b"")), (1, {"b": 2, "a": 1}, memoryview(b"\x00"))]:
        other.add(row)
    assert (one.rows, one.digest) == (other.rows, other.digest)
    other.add((3, {}, b""))
    assert one.digest != other.digest


if connection.vendor == "postgresql":

    def site_of_a_file(path):
        return storage.instead(ENGINE="django.db.backends.sqlite3", NAME=str(path))

    def address(database):
        at = connection.settings_dict
        return f"postgres://{at['USER']}@{at['HOST']}:{at['PORT']}/{database}"

    @pytest.mark.django_db(transaction=True)
    def test_a_site_arrives_whole_and_once(tmp_path):
        name = f"{postgres.name()}_moved"
        postgres.drop(name)
        postgres.make(name)
        try:
            with site_of_a_file(tmp_path / "site.sqlite3"):
                call_command("migrate", verbosity=0)
                summit = published()
                EditorFactory(username="kim")
                there = Edition.objects.get().sha256
                events = list(Event.objects.values_list("uid", "at").order_by("pk"))
                out = StringIO()
                call_command("copyrecord", to=address(name), stdout=out)
                told = out.getvalue().splitlines()
                again = refused(address(name))
            assert next(line for line in told if line.startswith("records_summit:")).endswith(
                "equal"
            )
            assert told[-1] == "Put the new address into DATABASE_URL, then start the site."
            assert again.startswith("The target is not empty: ")
            with storage.instead(NAME=name):
                assert Edition.objects.get().sha256 == there
                assert list(Event.objects.values_list("uid", "at").order_by("pk")) == events
                assert Summit.objects.get().slug == summit.slug
                assert EditorFactory(username="lee").pk > 1  # sequences go on after what arrived
                assert [check.faults for check in storage.verified(None, sample=0)] == [[], []]
        finally:
            postgres.drop(name)
