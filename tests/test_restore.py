"""A copy put back in the place of the site's database: the drill, and what it refuses."""

import sqlite3
from contextlib import closing

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from records import index, storage
from records.models import Edition, Summit, Version
from summit import held
from tests.contents import everything_stored
from tests.site_file import (
    SQLITE,
    WHOLE,
    backed_up,
    command,
    make,
    of_an_earlier_release,
    served_from,
    written,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made_once(tmp_path_factory, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        return make(tmp_path_factory.mktemp("made") / "site.sqlite3")


@pytest.fixture
def site(made_once, tmp_path):
    with served_from(made_once, tmp_path) as path:
        yield path


def test_a_drill_brings_back_what_was_lost(site, tmp_path):
    path = backed_up(tmp_path / "to")
    before = everything_stored()
    Summit.objects.all().update(venue_en="Lost")
    Edition.objects.all().delete()
    connection.close()
    restored = storage.restore(path, hold=0)
    after = everything_stored()
    assert after.pop("Version") != before.pop("Version")
    assert after == before
    assert (restored.now, restored.waiting) == (str(site), [])
    assert command("verify", full=True)[:2] == ("\n".join([*WHOLE, ""]), "")


def test_what_was_there_before_lies_beside(site, tmp_path):
    path = backed_up(tmp_path / "to")
    Summit.objects.all().update(venue_en="Saved after the copy")
    connection.close()
    restored = storage.restore(path, hold=0)
    with storage.instead(ENGINE=SQLITE, NAME=str(restored.aside)):
        assert Summit.objects.get().venue_en == "Saved after the copy"
    assert Summit.objects.get().venue_en == "Hotel"
    assert sorted(path.name for path in site.parent.iterdir() if "-wal" not in path.name) == [
        "site.sqlite3",
        restored.aside.name,
    ]


def test_a_copy_goes_into_an_empty_folder(site, tmp_path):
    path = backed_up(tmp_path / "to")
    new = tmp_path / "other" / "site.sqlite3"
    with storage.instead(ENGINE=SQLITE, NAME=str(new)):
        restored = storage.restore(path, hold=0)
        assert Edition.objects.count() == 2
    assert (restored.now, restored.aside) == (str(new), None)


def test_a_site_that_runs_is_not_overwritten(site, tmp_path):
    path = backed_up(tmp_path / "to")
    with closing(sqlite3.connect(site)) as reader:
        reader.execute("PRAGMA journal_mode=WAL")
        reader.execute("SELECT count(*) FROM records_entry").fetchone()
        before = site.read_bytes()
        refusal = command("restore", str(path))[2]
        assert site.read_bytes() == before
    assert refusal == (
        f"{site} is in use: stop the site first (systemctl stop summit-record.service"
        " summit-record.socket), then restore. Nothing was changed."
    )
    assert [path.name for path in site.parent.iterdir() if path.name.startswith(".")] == []


def test_a_worker_between_two_requests_is_one_that_runs(site, tmp_path):
    written(site, "PRAGMA journal_mode=WAL")
    path = backed_up(tmp_path / "to")
    held.hold_open()
    try:
        refusal = command("restore", str(path))[2]
    finally:
        held._held.pop().close()
    assert refusal.startswith(f"{site} is in use: stop the site first")


def test_what_a_worker_holds_open_hinders_no_writer_and_keeps_the_log_beside(site):
    written(site, "PRAGMA journal_mode=WAL")
    held.hold_open()
    try:
        written(site, "UPDATE records_version SET number = number + 1")
        beside = sorted(path.name for path in site.parent.iterdir())
    finally:
        held._held.pop().close()
    assert beside == ["site.sqlite3", "site.sqlite3-shm", "site.sqlite3-wal"]


def test_a_worker_that_knew_a_later_version_sees_what_came_back(site, tmp_path):
    path = backed_up(tmp_path / "to")
    for _ in range(5):
        index.raise_version()
    reached = Version.objects.get().number
    connection.close()
    storage.restore(path, hold=0)
    assert Version.objects.get().number == reached + 1


def test_sessions_that_ended_since_do_not_come_back(site, tmp_path):
    session = SessionStore()
    session.create()
    path = backed_up(tmp_path / "to")
    session.delete()
    connection.close()
    storage.restore(path, hold=0)
    assert not SessionStore().exists(session.session_key)


@pytest.mark.usefixtures("no_database")
def test_a_record_that_cannot_be_read_is_put_aside_all_the_same(site, tmp_path):
    path = backed_up(tmp_path / "to")
    site.write_bytes(b"no database" * 1000)
    restored = storage.restore(path, hold=0)
    assert restored.aside.read_bytes() == b"no database" * 1000
    assert Version.objects.get().number > 1_000_000


@pytest.mark.usefixtures("no_database")
def test_a_damaged_copy_is_not_restored(site, tmp_path):
    path = backed_up(tmp_path / "to")
    before = site.read_bytes()
    written(path, "UPDATE records_edition SET content = '{}' WHERE number = 1")
    assert command("restore", str(path))[2] == (
        f"{path}: the file is not the one that was made: its SHA-256 is another."
    )
    storage.seal(path)
    out, err, refusal = command("restore", str(path))
    assert out == "editions and their chain (2 editions): NO\n"
    assert err == "  2026-01-13-nara, edition 1: its text is not that of its SHA-256\n"
    assert refusal == "The copy is not whole; nothing was changed."
    assert site.read_bytes() == before


def test_a_copy_of_a_later_release_is_not_restored(site, tmp_path):
    MigrationRecorder(connection).record_applied("records", "9999_later")
    path = backed_up(tmp_path / "to")
    assert command("restore", str(path))[2] == (
        "The copy has records.9999_later, which this release does not know: install the release it"
        " was made with. Nothing was changed."
    )


def test_a_copy_of_an_earlier_release_says_what_to_do(site, tmp_path, monkeypatch):
    newest = of_an_earlier_release()
    path = backed_up(tmp_path / "to")
    monkeypatch.setitem(settings.SQLITE_OPTIONS, "timeout", -1)  # nobody waits, nothing is held
    out, _err, refusal = command("restore", str(path))
    assert refusal == ""
    assert out.splitlines()[-1] == (
        "It is of an older release: run migrate and reindex before the site starts"
        f" (records.{newest})."
    )
