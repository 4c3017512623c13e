"""Copies of the record: made while others write, checked, kept. On a file of SQLite; for
PostgreSQL see test_backup_postgres."""

import hashlib
import sqlite3
import threading
from contextlib import closing
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from records import storage
from tests.contents import everything_stored
from tests.factories import published
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
WHEN = datetime(2026, 11, 25, 12, 30, tzinfo=ZoneInfo("Asia/Seoul"))


@pytest.fixture(scope="module")
def made_once(tmp_path_factory, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        return make(tmp_path_factory.mktemp("made") / "site.sqlite3")


@pytest.fixture
def site(made_once, tmp_path):
    with served_from(made_once, tmp_path) as path:
        yield path


# a copy -------------------------------------------------------------------------------------------


def test_a_copy_holds_what_the_site_holds(site, tmp_path):
    before = everything_stored()
    path = backed_up(tmp_path / "to")
    with storage.instead(ENGINE=SQLITE, NAME=str(path)):
        assert everything_stored() == before


def test_a_copy_is_one_file_beside_its_checksum(site, tmp_path):
    with time_machine.travel(WHEN, tick=False):
        path = backed_up(tmp_path / "to")
    beside = path.with_name(f"{path.name}.sha256")
    assert sorted(tmp_path.joinpath("to").iterdir()) == [path, beside]
    assert path.name == "record-20261125T033000Z.sqlite3"
    assert beside.read_text() == f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"


def test_two_copies_of_one_second_are_two(site, tmp_path):
    with time_machine.travel(WHEN, tick=False):
        names = [backed_up(tmp_path).name for _ in range(2)]
    assert names == ["record-20261125T033000Z.sqlite3", "record-20261125T033001Z.sqlite3"]


def test_the_command_says_where_and_what(site, tmp_path):
    with time_machine.travel(WHEN, tick=False):
        out, err, refusal = command("backup", to=str(tmp_path / "to"))
    path = tmp_path / "to" / "record-20261125T033000Z.sqlite3"
    size = f"{path.stat().st_size / 1e6:.1f}"
    assert out.startswith(f"{path}: {size} MB, 2 editions, whole, in ")
    assert (err, refusal) == ("", "")


def test_the_newest_copies_are_kept_and_what_is_no_copy_stays(site, tmp_path):
    (tmp_path / "record-notes.sqlite3").write_text("mine")
    for hour in range(4):
        with time_machine.travel(WHEN.replace(hour=hour), tick=False):
            command("backup", to=str(tmp_path), keep=2)
    kept = ["record-20261124T173000Z.sqlite3", "record-20261124T183000Z.sqlite3"]
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == sorted(
        [*kept, *(f"{name}.sha256" for name in kept), "record-notes.sqlite3"]
    )


@pytest.mark.parametrize("keep", [0, -1])
def test_the_copy_just_made_cannot_be_given_up(site, tmp_path, keep):
    _out, _err, refusal = command("backup", to=str(tmp_path / "to"), keep=keep)
    assert refusal == "--keep must be 1 or more: the copy just made is one."
    assert not (tmp_path / "to").exists()


@pytest.mark.usefixtures("no_database")
def test_a_damaged_record_is_not_kept_as_a_copy_and_older_copies_stay(site, tmp_path):
    older = backed_up(tmp_path / "to")
    written(site, "UPDATE records_edition SET content = content || ' ' WHERE number = 2")
    out, err, refusal = command("backup", to=str(tmp_path / "to"), keep=1)
    assert out == "editions and their chain (2 editions): NO\n"
    assert err == "  2026-01-13-nara, edition 2: its text is not that of its SHA-256\n"
    assert refusal == "The copy is not whole and was not kept; older copies stay."
    assert storage.copies(tmp_path / "to") == [older]
    assert len(list((tmp_path / "to").iterdir())) == 2


def test_without_a_database_there_is_no_copy(tmp_path):
    with storage.instead(ENGINE=SQLITE, NAME=str(tmp_path / "none.sqlite3")):
        refusal = command("backup", to=str(tmp_path / "to"))[2]
    assert refusal == (
        f"No copy was made in {tmp_path}/to: there is no database at {tmp_path}/none.sqlite3."
    )
    assert list((tmp_path / "to").iterdir()) == []


def test_a_place_that_is_none_is_said(site, tmp_path):
    (tmp_path / "to").write_text("a file")
    refusal = command("backup", to=str(tmp_path / "to"))[2]
    assert refusal == f"No copy was made in {tmp_path}/to: file exists."


def test_a_copy_made_while_others_write_is_of_one_moment(site, tmp_path):
    written(site, "CREATE TABLE pair (a INTEGER, b INTEGER)")
    written(site, "INSERT INTO pair VALUES (0, 0)")
    done, waits = threading.Event(), []

    def write():
        with closing(sqlite3.connect(site, timeout=30)) as there:
            while not done.is_set():
                with there:
                    there.execute("UPDATE pair SET a = a + 1")
                    there.execute("UPDATE pair SET b = b + 1")
                waits.append(1)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        paths = [backed_up(tmp_path / "to") for _ in range(3)]
    finally:
        done.set()
        writer.join()
    pairs = []
    for path in paths:
        with closing(sqlite3.connect(path)) as copy:
            pairs.append(copy.execute("SELECT a, b FROM pair").fetchone())
    assert [a for a, _b in pairs] == [b for _a, b in pairs]
    assert waits


# checks -------------------------------------------------------------------------------------------


def test_the_sites_own_database_is_looked_at_without_a_trace(site):
    before = site.read_bytes()
    out, err, refusal = command("verify")
    assert (out.splitlines(), err, refusal) == (WHOLE, "", "")
    assert site.read_bytes() == before


@pytest.mark.parametrize("full", [False, True])
def test_a_copy_is_looked_at_without_a_trace(site, tmp_path, full):
    path = backed_up(tmp_path)
    before = path.read_bytes()
    out, err, refusal = command("verify", str(path), full=full)
    assert (out.splitlines(), err, refusal) == (["checksum: yes", *WHOLE], "", "")
    assert path.read_bytes() == before


def test_a_sample_of_the_summits_is_compared(site):
    for number in range(3):
        published(slug=f"2026-02-0{number + 1}-busan", code=f"2026-busan-{number}")
    found = [check for check in storage.verified(None, sample=2) if "index" in check.name]
    assert [(check.told, check.faults) for check in found] == [("2 of 4 summits", [])]


DAMAGES = {
    "an edition rewritten": (
        "UPDATE records_edition SET content = replace(content, 'Hotel', 'Hovel') WHERE number = 2",
        ["  2026-01-13-nara, edition 2: its text is not that of its SHA-256"],
    ),
    "an edition taken out": (
        "DELETE FROM records_edition WHERE number = 1",
        ["  2026-01-13-nara, edition 2: edition 1 is gone"],
    ),
    "a chain cut": (
        "UPDATE records_edition SET previous_sha256 = '' WHERE number = 2",
        ["  2026-01-13-nara, edition 2: does not follow edition 1"],
    ),
    "an entry gone": (
        "UPDATE records_entry SET slug = 'nara' WHERE kind = 'summit'",
        None,
    ),
    "an entry of another text": (
        "UPDATE records_entry SET weight = weight + 9 WHERE kind = 'session'",
        ["  entry session 2026-01-13-nara/talks: is not what its edition says"],
    ),
    "a facet without its entries": (
        "DELETE FROM records_facetset WHERE kind = 'session' AND name = 'all'",
        ["  facet session all=all: is missing"],
    ),
    "a reference to nothing": (
        "UPDATE records_entry SET summit_id = 99 WHERE kind = 'session'",
        None,
    ),
}


@pytest.mark.usefixtures("no_database")
@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_damaged_is_named(site, damage):
    statement, told = DAMAGES[damage]
    written(site, statement)
    _out, err, refusal = command("verify", full=True)
    assert refusal.endswith("failed.")
    assert err
    if told is not None:
        assert [line for line in err.splitlines() if "facet" not in line or len(told) == 1] == told


@pytest.mark.usefixtures("no_database")
def test_a_file_cut_short_is_named(site, tmp_path):
    path = backed_up(tmp_path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    out, err, refusal = command("verify", str(path))
    assert out.splitlines()[0] == "checksum: NO"
    assert err.startswith("  the file is not the one that was made: its SHA-256 is another\n")
    assert refusal == "2 checks failed."


@pytest.mark.usefixtures("no_database")
def test_what_is_no_database_is_named(site, tmp_path):
    path = tmp_path / "record-20261125T033000Z.sqlite3"
    path.write_bytes(b"no database" * 1000)
    out, err, refusal = command("verify", str(path))
    assert out == f"checksum (none beside it ({path.name}.sha256)): yes\nthe file is whole: NO\n"
    assert (err, refusal) == ("  file is not a database\n", "1 check failed.")


def test_an_index_of_an_older_release_is_not_compared(site):
    newest = of_an_earlier_release()
    found = list(storage.verified(None, sample=0))
    assert [check.faults for check in found] == [[]] * 4
    assert found[-1].told == f"not compared: migrations wait (records.{newest})"


@pytest.mark.usefixtures("no_database")
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("none.sqlite3", "There is no file {}."),
        ("site.tar", "site.tar: a copy's name ends in .sqlite3 or, of PostgreSQL, in .dump."),
        ("site.dump", "site.dump is a copy of PostgreSQL; the site's database is SQLite."),
    ],
)
def test_what_is_no_copy_is_refused(site, tmp_path, name, words):
    path = tmp_path / name
    if name != "none.sqlite3":
        path.write_text("x")
    assert command("verify", str(path))[2] == words.format(path)
