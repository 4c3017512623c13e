"""The whole record as files of one day: all that is public, nothing else, all of it or none."""

import hashlib
import json
import os
import re
import shutil
import signal
import sqlite3
import sys
import zipfile
from contextlib import closing

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection

from records.document import schema
from records.exports import database, whole
from records.exports.columns import TABLES
from records.models import Summit
from records.publishing import load, publish, withdraw
from tests import every_field, factories
from tests.markup import Page

pytestmark = pytest.mark.django_db
DRAFT = "zqn"  # in every text of a summit that was never published


@pytest.fixture(autouse=True)
def still():
    with time_machine.travel("2026-03-01T12:00:00+09:00", tick=False):
        yield


def made(tmp_path):
    call_command("exportall", to=tmp_path, verbosity=0)
    return tmp_path / "2026-03-01"


def queried(folder, sql):
    with closing(sqlite3.connect(folder / "record.sqlite")) as db:
        return db.execute(sql).fetchall()


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

    folder = made(tmp_path)

    assert queried(folder, "PRAGMA foreign_key_check") == []
    assert queried(folder, "SELECT count(*) FROM summits") == [(1,)]


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


def test_words_in_the_database_have_no_apostrophe_of_spreadsheets(tmp_path):
    factories.published(title=factories.text("=1+1"))
    folder = made(tmp_path)

    rows = queried(folder, "SELECT title_en FROM summits")

    assert rows == [("=1+1",)]
    assert b"'=1+1" in (folder / "summits.csv").read_bytes()


def test_the_database_holds_every_row_below_a_summit(client, tmp_path):
    summit = every_field.summit("abc", slug="2025-11-abc", code="2025-abc")
    load(summit.document, summit.vocabulary)
    publish(Summit.objects.get(slug="2025-11-abc"), note={"en": "Opened."})
    record = client.get("/summits/2025-11-abc.json").json()["record"]
    folder = made(tmp_path)

    counts = {
        name: queried(folder, f'SELECT count(*) FROM "{name}"')[0][0]
        for name, _shape, _above in database.parts()
    }

    below = {"wordings": "commitments", "progress": "commitments", "values": "differences"}
    assert counts == {
        name: sum(len(row.get(shape.name, [])) for row in record[below[shape.name]])
        if shape.name in below
        else len(record[shape.name])
        for name, shape, _above in database.parts()
    }
    assert min(counts.values()) > 0
    assert queried(folder, "PRAGMA foreign_key_check") == []


def test_names_and_vocabulary_are_those_of_the_summit(client, tmp_path):
    summit = factories.published()
    named = client.get(f"/summits/{summit.slug}.json").json()["names"]

    folder = made(tmp_path)

    rows = queried(folder, "SELECT kind, slug, language, name FROM names ORDER BY 1, 2, 3")
    assert rows == sorted(
        (kind, slug, code, name)
        for kind, found in named.items()
        for slug, words in found.items()
        for code, name in words.items()
    )
    found = json.loads((folder / "vocabulary.json").read_text())["vocabulary"]
    names = {name: {row["slug"]: row["name"] for row in rows} for name, rows in found.items()}
    above = {"economy": {"en": "Economy", "ko": "경제", "ja": "経済"}}  # of the topic “trade”
    assert names == {
        name: {
            **(above if name == "topics" else {}),
            **named.get(schema.vocabulary_name(model), {}),
        }
        for name, model in schema.VOCABULARY.items()
    }


def test_the_package_describes_every_file(tmp_path):
    folder = made(tmp_path)

    told = json.loads((folder / "datapackage.json").read_text())

    described = {one["path"]: (one["bytes"], one["hash"]) for one in told["resources"]}
    apart = ("SHA256SUMS", "all.zip", "datapackage.json")
    files = [path for path in folder.iterdir() if path.name not in apart]
    assert described == {
        path.name: (
            path.stat().st_size,
            f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}",
        )
        for path in files
    }
    # What the specification asks for: names of lower case, each once; a licence with its address.
    names = [one["name"] for one in told["resources"]]
    assert len(set(names)) == len(names)
    assert [name for name in names if not re.fullmatch(r"[a-z0-9._-]+", name)] == []
    assert [one["name"] for one in told["licenses"]] == ["CC-BY-4.0"]
    for one in told["resources"]:
        if one["format"] == "csv":
            header = (folder / one["path"]).read_text("utf-8-sig").splitlines()[0].split(",")
            assert [field["name"] for field in one["schema"]["fields"]] == header


# one day after another ----------------------------------------------------------------------------


def test_a_record_that_keeps_changing_leaves_the_old_files(tmp_path, monkeypatch):
    folder = made(tmp_path)
    before = (folder / "SHA256SUMS").read_text()
    monkeypatch.setattr(whole, "TRIES", 0)

    with pytest.raises(whole.Moving):
        whole.write(folder)

    assert (folder / "SHA256SUMS").read_text() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", "2026-03-01"]


def test_a_summit_withdrawn_while_files_are_written_is_in_none(tmp_path):
    summit, moments = factories.published(), []

    def withdrawn_once(execute, *arguments):
        if not moments and list(tmp_path.glob(".making-*/summits.json")):
            moments.append("before its document was asked for")
            withdraw(summit, note={"en": "By mistake."})
        return execute(*arguments)

    with connection.execute_wrapper(withdrawn_once):
        folder = made(tmp_path)

    assert moments == ["before its document was asked for"]
    assert json.loads((folder / "summits.json").read_text()) == []
    assert queried(folder, "SELECT count(*) FROM summits") == [(0,)]


@pytest.mark.parametrize("moment", ["2026-03-01", ".old-2026-03-01"])
def test_a_run_that_is_killed_while_it_changes_folders_loses_no_files(tmp_path, moment):
    folder = made(tmp_path)
    before = (folder / "SHA256SUMS").read_bytes()
    child = os.fork()
    if not child:  # dies when the folder `moment` is about to appear

        def hook(event, arguments):
            if event == "os.rename" and str(arguments[1]) == str(tmp_path / moment):
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)
        whole.write(folder)
        os._exit(0)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL

    written = whole.write(folder, only_missing=True)

    assert not written
    assert (folder / "SHA256SUMS").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", "2026-03-01"]


def test_only_what_is_missing_is_written(tmp_path):
    folder = made(tmp_path)
    (folder / "SHA256SUMS").write_text("as it was")

    call_command("exportall", to=tmp_path, only_missing=True, verbosity=0)

    assert (folder / "SHA256SUMS").read_text() == "as it was"


def test_the_newest_are_kept(tmp_path):
    for name in ("2026-02-01", "2026-02-02", "mine"):
        (tmp_path / name).mkdir()

    call_command("exportall", to=tmp_path, keep=2, verbosity=0)

    kept = sorted(path.name for path in tmp_path.iterdir())
    assert kept == [".lock", "2026-02-02", "2026-03-01", "mine"]


# addresses ----------------------------------------------------------------------------------------


@pytest.fixture
def exported(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    factories.published()
    return made(tmp_path / "exports")


def test_without_an_export_there_is_none(client, tmp_path, settings):
    settings.DATA_DIR = tmp_path

    codes = [
        client.get(f"/exports/{place}").status_code
        for place in ("latest", "2026-03-01", "2026-03-01/all.zip")
    ]

    assert codes == [404, 404, 404]
    assert "There is no single file of the whole record yet." in client.get("/en/data").text


def test_the_latest_leads_to_the_newest_day(client, exported):
    shutil.copytree(exported, exported.with_name("2026-02-01"))

    response = client.get("/exports/latest")

    assert (response.status_code, response["Location"]) == (302, "/exports/2026-03-01")


def test_the_index_of_a_day_is_that_of_its_checksums(client, exported):
    told = client.get("/exports/2026-03-01").json()

    lines = [f"{one['sha256']}  {one['name']}" for one in told["files"]]
    assert lines == (exported / "SHA256SUMS").read_text().splitlines()
    assert [one["bytes"] for one in told["files"]] == [
        (exported / one["name"]).stat().st_size for one in told["files"]
    ]


def test_every_file_is_served_as_it_lies_there(client, exported):
    names = sorted(path.name for path in exported.iterdir())

    found = {name: client.get(f"/exports/2026-03-01/{name}") for name in names}

    assert {name: response.getvalue() for name, response in found.items()} == {
        name: (exported / name).read_bytes() for name in names
    }
    assert {name: response["ETag"] for name, response in found.items()} == {
        name: f'"{hashlib.sha256((exported / name).read_bytes()).hexdigest()}"' for name in names
    }
    kinds = {
        name: (one["Content-Type"], one.get("Content-Disposition")) for name, one in found.items()
    }
    assert {name: kinds[name] for name in ("all.zip", "record.sqlite", "summits.csv")} == {
        "all.zip": ("application/zip", 'attachment; filename="summit-record-2026-03-01.zip"'),
        "record.sqlite": (
            "application/vnd.sqlite3",
            'attachment; filename="summit-record-2026-03-01.sqlite"',
        ),
        "summits.csv": ("text/csv; charset=utf-8", 'inline; filename="summits.csv"'),
    }


def test_an_unchanged_file_is_not_sent_again(client, exported):
    first = client.get("/exports/2026-03-01/all.zip")
    tag, size = first["ETag"], len(first.getvalue())

    response = client.get("/exports/2026-03-01/all.zip", headers={"If-None-Match": tag})

    assert (response.status_code, response.content) == (304, b"")
    assert size == (exported / "all.zip").stat().st_size


def test_an_archive_is_not_compressed_again(client, exported):
    headers = {"Accept-Encoding": "gzip"}

    response = client.get("/exports/2026-03-01/all.zip", headers=headers)

    assert response.getvalue() == (exported / "all.zip").read_bytes()
    assert response.get("Content-Encoding") is None
    assert response["Content-Length"] == str((exported / "all.zip").stat().st_size)


@pytest.mark.parametrize(
    "place",
    [
        "2026-03-01/extra.txt",
        "2026-03-01/../secret_key",
        "2026-03-01/..%2fsecret_key",
        "2026-03-01/%2e%2e/%2e%2e/secret_key",
        "2026-03-01/..",
        "../secret_key",
        ".lock",
        "2026-03-01/all.zip%0a",
    ],
)
def test_nothing_but_the_listed_files_is_served(client, exported, place):
    (exported / "extra.txt").write_text("mine")
    (exported.parent.parent / "secret_key").write_text("mine")
    (exported.parent / "secret_key").write_text("mine")

    assert client.get(f"/exports/{place}").status_code == 404


def test_the_data_page_shows_the_newest_files(client, exported):
    text = Page(client.get("/en/data").text).text

    lines = (exported / "SHA256SUMS").read_text().splitlines()
    assert [name for name in (line[66:] for line in lines) if name not in text] == []
    assert [digest for digest in (line[:64] for line in lines) if digest not in text] == []
    assert "There is no single file" not in text


def test_a_new_export_is_a_new_answer_of_the_data_page(client, exported):
    tag = client.get("/en/data")["ETag"]
    shutil.rmtree(exported)

    response = client.get("/en/data", headers={"If-None-Match": tag})

    assert (response.status_code, response["ETag"] != tag) == (200, True)
