"""Which database a request reads, and what happens when that one is away: without any server."""

import pytest
from django.db import OperationalError
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from records import facets, publishing
from records.models import Entry, Version
from summit import ready, replicas
from summit.replicas import PRIMARY, ReplicaMiddleware, Router, candidates
from tests.factories import published

READERS = ["replica1", "replica2", PRIMARY]
NOTE = {"en": "More."}
EDITORS = [PRIMARY, "replica1", "replica2"]


class Connection:
    """What the middleware asks of a connection; `away`: none can be opened."""

    def __init__(self, away=False):
        self.away, self.errors_occurred, self.closed = away, False, 0
        self.dead = False  # the connection, not its server

    def close_if_health_check_failed(self):
        pass

    def ensure_connection(self):
        if self.away:
            raise OperationalError("connection refused")

    def is_usable(self):
        return not (self.away or self.dead)

    def close(self):
        self.closed, self.dead = self.closed + 1, False


@pytest.fixture
def databases(monkeypatch):
    """A primary and two replicas, none of them resting, by name."""
    names = (PRIMARY, "replica1", "replica2")
    found = {name: Connection() for name in names}
    monkeypatch.setattr(replicas, "connections", found)
    monkeypatch.setattr(replicas, "_rests", {})
    return found


def asked(view, method="GET", path="/en/summits", **cookies):
    request = RequestFactory().generic(method, path)
    request.COOKIES.update(cookies)
    return ReplicaMiddleware(view)(request)


def database_read(method="GET", path="/en/summits", **cookies):
    """The database that a request reads by the router, and the answer's status."""
    seen = []

    def view(request):
        seen.append(Router().db_for_read(Version))
        return HttpResponse()

    status = asked(view, method, path, **cookies).status_code
    return seen, status


@pytest.mark.parametrize(
    ("method", "path", "cookies", "expected"),
    [
        ("GET", "/en/summits", {}, READERS),
        ("HEAD", "/summits.json", {"other": "1"}, READERS),
        ("GET", "/en/summits", {"sessionid": "s"}, EDITORS),
        ("POST", "/en/summits", {}, [PRIMARY]),
        ("GET", "/admin/", {}, [PRIMARY]),
        ("GET", "/ko/preview/token/", {}, [PRIMARY]),
    ],
)
def test_who_reads_which_database_first(databases, method, path, cookies, expected):
    request = RequestFactory().generic(method, path)
    request.COOKIES.update(cookies)
    assert candidates(request) == expected


def test_what_is_written_goes_to_the_primary_and_nothing_else_is_migrated(databases):
    router = Router()
    assert router.db_for_write(Entry) == PRIMARY
    assert [router.allow_migrate(name, "records") for name in databases] == [True, False, False]


def test_outside_of_requests_the_primary_is_read(databases):
    assert database_read() == (["replica1"], 200)
    assert Router().db_for_read(Version) == PRIMARY


def test_a_database_that_is_away_is_left_alone_for_a_while(databases, monkeypatch):
    databases["replica1"].away = True
    assert database_read() == (["replica2"], 200)
    databases["replica1"].away = False
    assert database_read() == (["replica2"], 200)
    monkeypatch.setattr(replicas, "_rests", {"replica1": 0.0})
    assert database_read() == (["replica1"], 200)


def test_readers_read_on_without_replicas_and_without_a_primary(databases):
    databases["replica1"].away = databases["replica2"].away = True
    assert database_read() == ([PRIMARY], 200)
    databases["replica1"].away = databases["replica2"].away = False
    databases[PRIMARY].away = True
    assert database_read(sessionid="s") == (["replica1"], 200)


@pytest.mark.parametrize(("method", "path"), [("POST", "/admin/login/"), ("GET", "/admin/")])
def test_without_a_primary_editors_are_told_to_wait(databases, method, path):
    databases[PRIMARY].away = True
    assert database_read(method, path) == ([], 503)


def test_a_probe_asks_nothing(databases):
    for one in databases.values():
        one.away = True
    assert database_read(path="/livez") == ([PRIMARY], 200)


def test_a_request_whose_database_goes_away_is_asked_of_the_next_from_the_start(databases):
    seen = []

    def view(request):
        database = Router().db_for_read(Version)
        seen.append((database, request.record_version))
        request.record_version = 7
        if database == "replica1":
            databases["replica1"].away = databases["replica1"].errors_occurred = True
            return HttpResponse(status=503)
        return HttpResponse(database)

    assert asked(view).content == b"replica2"
    assert seen == [("replica1", None), ("replica2", None)]
    assert list(replicas._rests) == ["replica1"]


def test_a_dead_connection_to_a_living_server_is_opened_anew(databases):
    answers = iter([HttpResponse(status=503), HttpResponse("answered")])
    one = databases["replica1"]

    def view(request):
        response = next(answers)
        one.errors_occurred = one.dead = response.status_code == 503
        return response

    assert asked(view).content == b"answered"
    assert (one.closed, replicas._rests) == (1, {})


def test_a_question_that_replay_ended_is_asked_of_the_next_and_the_replica_stays(databases):
    def view(request):
        if Router().db_for_read(Version) == "replica2":
            return HttpResponse("answered")
        databases["replica1"].errors_occurred = True
        request.trouble = OperationalError("canceling statement due to conflict with recovery")
        request.trouble.__cause__ = Refused()
        return HttpResponse(status=503)

    class Refused(Exception):
        sqlstate = "40001"

    assert asked(view).content == b"answered"
    assert replicas._rests == {}


def test_a_fault_of_our_own_is_not_asked_twice(databases):
    seen = []

    def view(request):
        seen.append(Router().db_for_read(Version))
        databases["replica1"].errors_occurred = True
        return HttpResponse(status=503)

    assert asked(view).status_code == 503
    assert seen == ["replica1"]


def test_what_is_sent_while_it_is_drawn_comes_from_the_same_database(databases):
    def view(request):
        return StreamingHttpResponse(Router().db_for_read(Version) for _part in range(2))

    assert asked(view).getvalue() == b"replica1replica1"
    assert Router().db_for_read(Version) == PRIMARY


def edit_and_publish(summit, venue):
    summit.venue_en = venue
    summit.save()
    publishing.publish(summit, note=NOTE)


@pytest.mark.django_db
def test_a_version_is_never_one_that_a_lost_server_may_have_given():
    summit = published()
    heard = facets.version()
    edit_and_publish(summit, "A")
    lost = facets.version()
    Version.objects.update(number=heard)  # the replica that takes over
    edit_and_publish(summit, "B")
    assert facets.version() > lost


def test_the_site_is_ready_while_one_database_answers(monkeypatch):
    waiting = {PRIMARY: None, "replica1": [], "replica2": ["records.0004"]}

    def migrations(database, close):
        if waiting[database] is None:
            raise OperationalError("connection refused")
        return waiting[database]

    monkeypatch.setattr(ready, "migrations", migrations)
    monkeypatch.setattr(ready, "connections", waiting)
    assert ready.is_ready() is True
    waiting["replica1"] = None
    assert ready.is_ready() is False
