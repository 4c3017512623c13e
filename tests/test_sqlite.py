"""The writers of a process wait in line for SQLite's one lock, and none keeps it for good."""

import sqlite3
import threading
import time
from contextlib import closing, contextmanager

import pytest
from django.db import OperationalError, connection

from summit.databases import SQLITE_OPTIONS
from summit.sqlite.base import DatabaseWrapper

LOCKED = "database is locked"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "one.sqlite3"
    with closing(sqlite3.connect(path)) as made:
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("CREATE TABLE turn (name TEXT)")
    return path


@contextmanager
def connected(path, timeout=5.0):
    options = SQLITE_OPTIONS | {"timeout": timeout, "check_same_thread": False}
    described = connection.settings_dict | {"NAME": str(path), "OPTIONS": options}
    made = DatabaseWrapper(described, "default")
    made.inc_thread_sharing()
    try:
        yield made
    finally:
        made.close()


def begin(made):
    made.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def end(made):
    made.commit()
    made.set_autocommit(True)


def take_turn(path, name):
    with connected(path) as made:
        begin(made)
        made.cursor().execute("INSERT INTO turn VALUES (%s)", [name])
        end(made)


def turns(path):
    with closing(sqlite3.connect(path)) as reading:
        return [name for (name,) in reading.execute("SELECT name FROM turn ORDER BY rowid")]


@pytest.mark.django_db
def test_writers_come_in_the_order_in_which_they_asked(file):
    with connected(file) as first:
        begin(first)
        waiting = []
        for name in ("second", "third", "fourth"):
            waiting.append(threading.Thread(target=take_turn, args=(file, name)))
            waiting[-1].start()
            time.sleep(0.05)  # each stands in line before the next comes
        end(first)
        for thread in waiting:
            thread.join()
    assert turns(file) == ["second", "third", "fourth"]


@pytest.mark.django_db
def test_a_writer_waits_for_another_process(file):
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        waiting = threading.Thread(target=take_turn, args=(file, "after it"))
        waiting.start()
        waiting.join(0.1)
        before = turns(file)
        other.execute("COMMIT")
        waiting.join()
    assert (before, turns(file)) == ([], ["after it"])


@pytest.mark.django_db
def test_a_wait_ends_and_says_so_and_the_next_one_comes(file):
    with connected(file, timeout=0.1) as made:
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(OperationalError, match=LOCKED):
                begin(made)
        with connected(file, timeout=0.1) as ahead:
            begin(ahead)
            with pytest.raises(OperationalError, match=LOCKED):
                begin(made)
            end(ahead)
        waits = made.connection.execute("PRAGMA busy_timeout").fetchone()
    take_turn(file, "next")
    assert (waits, turns(file)) == ((100,), ["next"])


@pytest.mark.django_db
@pytest.mark.parametrize("over", ["commit", "rollback", "close"])
def test_however_a_transaction_ends_the_next_one_comes(file, over):
    with connected(file) as made:
        begin(made)
        made.cursor().execute("INSERT INTO turn VALUES ('one')")
        getattr(made, over)()
        take_turn(file, "next")
    assert turns(file) == (["one", "next"] if over == "commit" else ["next"])
