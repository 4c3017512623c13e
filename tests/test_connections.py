"""A kept connection ends where the file it leads to is another, or can be written to again."""

import os

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory

from records.storage import instead
from records.storage.instead import SQLITE
from summit.connections import SameDatabaseMiddleware

pytestmark = pytest.mark.django_db


def asked(reading):
    def view(request):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        reading.append(connection.connection)
        return HttpResponse()

    return SameDatabaseMiddleware(view)(RequestFactory().get("/"))


def test_a_connection_is_kept_while_its_file_stays(tmp_path):
    seen = []
    with instead(ENGINE=SQLITE, NAME=str(tmp_path / "one.sqlite3")):
        for _request in range(3):  # the first makes the file
            asked(seen)
    assert seen[1] is seen[2]


def test_a_connection_opened_while_nothing_could_be_written_is_not_kept(tmp_path, monkeypatch):
    seen = []
    path = tmp_path / "one.sqlite3"
    path.touch()
    with instead(ENGINE=SQLITE, NAME=str(path)):
        with monkeypatch.context() as patch:
            patch.setattr(os, "access", lambda place, mode: mode != os.W_OK)
            asked(seen)
        asked(seen)
        asked(seen)
    assert seen[0] is not seen[1]
    assert seen[1] is seen[2]


def test_a_file_put_in_the_place_of_another_is_met(tmp_path):
    seen = []
    path = tmp_path / "one.sqlite3"
    path.touch()
    with instead(ENGINE=SQLITE, NAME=str(path)):
        asked(seen)
        path.rename(tmp_path / "before.sqlite3")
        path.touch()
        asked(seen)
    assert seen[0] is not seen[1]
