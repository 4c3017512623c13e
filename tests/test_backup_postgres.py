"""Copies by PostgreSQL's own programs; there are such tests only where the tests run on it."""

import shutil
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from records import storage
from records.models import Edition, Summit, Version
from records.storage import postgres
from tests.factories import published

pytestmark = pytest.mark.django_db(transaction=True)
WHOLE = [
    "editions and their chain (1 editions): yes",
    "the index is what the editions say (all 1 summits): yes",
]


def command(name, *arguments, **options):
    out, err = StringIO(), StringIO()
    try:
        call_command(name, *arguments, stdout=out, stderr=err, **options)
    except CommandError as refusal:
        return out.getvalue().splitlines(), err.getvalue(), str(refusal)
    return out.getvalue().splitlines(), err.getvalue(), ""


def databases():
    """This site's database and those made beside it; other tests have theirs on this server."""
    own = postgres.name()
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database ORDER BY datname")
        return [name for (name,) in cursor.fetchall() if name == own or name.startswith(f"{own}_")]


if connection.vendor == "postgresql":

    def test_a_copy_is_made_looked_at_and_restored_beside(tmp_path):
        published()
        before = databases()
        path = storage.back_up(tmp_path).path
        assert path.suffix == ".dump"
        assert command("verify") == (WHOLE, "", "")
        assert command("verify", str(path), full=True) == (["checksum: yes", *WHOLE], "", "")
        assert databases() == before

        venue = Summit.objects.get().venue_en
        Summit.objects.update(venue_en="Lost")
        reached = Version.objects.get().number
        restored = storage.restore(path)
        try:
            with storage.instead(NAME=restored.now):
                found = Summit.objects.get().venue_en, Version.objects.get().number
            assert found == (venue, reached + 1)
            assert Summit.objects.get().venue_en == "Lost"
            assert sorted({*before, restored.now}) == databases()
        finally:
            postgres.drop(restored.now)

    def test_a_damaged_edition_is_not_kept_as_a_copy(tmp_path):
        published()
        Edition.objects.update(content="{}")
        out, err, refusal = command("backup", to=str(tmp_path))
        assert out == ["editions and their chain (1 editions): NO"]
        assert err == "  2026-01-13-nara, edition 1: its text is not that of its SHA-256\n"
        assert refusal == "The copy is not whole and was not kept; older copies stay."
        assert list(tmp_path.iterdir()) == []

    def test_a_copy_cut_short_is_not_restored(tmp_path):
        published()
        path = storage.back_up(tmp_path).path
        path.write_bytes(path.read_bytes()[:-2000])
        storage.seal(path)
        before = databases()
        assert command("restore", str(path))[2]
        assert databases() == before

    def test_without_the_programs_it_says_what_to_install(tmp_path, monkeypatch):
        monkeypatch.setenv("PATH", str(tmp_path))
        assert shutil.which("pg_dump") is None
        assert command("backup", to=str(tmp_path))[2] == (
            "pg_dump was not found. On Debian: apt-get install postgresql-client; its version must"
            " not be older than the server's."
        )

    def test_a_copy_of_sqlite_is_not_restored(tmp_path):
        path = tmp_path / "record-20261125T033000Z.sqlite3"
        path.write_text("x")
        assert command("restore", str(path))[2] == (
            f"{path.name} is not a copy of the kind of database the site has."
        )
