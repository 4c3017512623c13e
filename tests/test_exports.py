"""The whole record as files of one day: all that is public, nothing else, all of it or none."""

import hashlib
import json
import sqlite3
import zipfile

import pytest
import time_machine
from django.core.management import call_command

from records.exports import whole
from records.exports.columns import TABLES
from records.models import Summit
from records.publishing import load
from tests import every_field, factories

pytestmark = pytest.mark.django_db
DRAFT = "zqn"  # in every text of a summit that was never published


@pytest.fixture(autouse=True)
def still():
    with time_machine.travel("2026-03-01T12:00:00+09:00", tick=False):
        yield


def made(tmp_path):
    call_command("exportall", to=tmp_path, verbosity=0)
    return tmp_path / "2026-03-01"


def test_tables_are_what_their_addresses_give(client, tmp_path):
    factories.published()

    folder = made(tmp_path)

    assert {name: (folder / f"{name}.csv").read_bytes() for name in TABLES} == {
        name: client.get(f"/{name}.csv").getvalue() for name in TABLES
    }


def test_summits_are_what_their_addresses_give(client, tmp_path):
    summit = factories.published()

    folder = made(tmp_path)

    written = json.loads((folder / "summits.json").read_text())
    assert written == [client.get(f"/summits/{summit.slug}.json").json()]


def test_an_empty_record_is_exported_empty(tmp_path):
    assert json.loads((made(tmp_path) / "summits.json").read_text()) == []


def test_the_database_is_whole(tmp_path):
    factories.published()

    db = sqlite3.connect(made(tmp_path) / "record.sqlite")

    try:
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("SELECT count(*) FROM summits").fetchone() == (1,)
    finally:
        db.close()


def test_a_draft_is_in_no_file(tmp_path):
    factories.published()
    draft = every_field.summit(DRAFT, slug=f"2025-11-{DRAFT}", code=f"2025-{DRAFT}")
    load(draft.document, draft.vocabulary)
    assert Summit.objects.filter(slug=f"2025-11-{DRAFT}").exists()

    folder = made(tmp_path)

    with zipfile.ZipFile(folder / "all.zip") as archive:
        packed = [archive.read(name) for name in archive.namelist()]
    contents = [*packed, *(path.read_bytes() for path in folder.iterdir())]
    assert [content for content in contents if DRAFT.encode() in content] == []


def test_checksums_are_those_of_the_files(tmp_path):
    folder = made(tmp_path)

    lines = (folder / "SHA256SUMS").read_text().splitlines()

    names = sorted(path.name for path in folder.iterdir() if path.name != "SHA256SUMS")
    sums = [hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names]
    assert lines == [f"{digest}  {name}" for digest, name in zip(sums, names, strict=True)]


def test_a_failed_run_leaves_the_old_files(tmp_path, monkeypatch):
    folder = made(tmp_path)
    before = (folder / "SHA256SUMS").read_text()
    monkeypatch.setattr(whole, "TRIES", 0)

    with pytest.raises(whole.Moving):
        whole.write(folder)

    assert (folder / "SHA256SUMS").read_text() == before
    assert [path.name for path in tmp_path.iterdir()] == ["2026-03-01"]
