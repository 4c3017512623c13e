"""What answers while the database takes no request."""

import json

import pytest
from django.db import InterfaceError, InternalError, OperationalError, ProgrammingError
from django.test import RequestFactory

from summit import trouble

TROUBLES = [
    OperationalError("database is locked"),
    OperationalError("database or disk is full"),
    OperationalError("attempt to write a readonly database"),
    InterfaceError("connection already closed"),
    InternalError("cannot execute INSERT in a read-only transaction"),
]


@pytest.mark.parametrize("problem", TROUBLES, ids=str)
def test_a_database_that_takes_no_request_is_no_fault_of_the_code(problem):
    response = answer(problem, RequestFactory().get("/en/summits"))
    assert response.status_code == 503
    assert (response["Retry-After"], response["Cache-Control"]) == ("10", "no-store")
    assert "<h1>Not available just now</h1>" in response.content.decode()
    assert "<form" not in response.content.decode()


@pytest.mark.parametrize(
    "problem",
    [ProgrammingError("no"), InternalError("current transaction is aborted"), ValueError("no")],
    ids=str,
)
def test_a_fault_of_the_code_stays_one(problem):
    assert answer(problem, RequestFactory().get("/en/summits")) is None


def answer(problem, request):
    return trouble.DatabaseTroubleMiddleware(lambda request: None).process_exception(
        request, problem
    )


def test_data_tells_it_as_data():
    response = answer(TROUBLES[0], RequestFactory().get("/summits.json"))
    assert (response.status_code, response["Content-Type"]) == (503, "application/json")
    [error] = json.loads(response.content)["errors"]
    assert error["message"] == ("The record cannot answer just now; try again in a few seconds.")


def test_what_an_editor_typed_can_be_sent_again():
    data = {"title_en": 'A "quoted"\nline & <b>', "topics": ["1", "2"]}
    request = RequestFactory().post("/admin/records/summit/1/change/?x=1&y=2", data)
    page = answer(TROUBLES[0], request).content.decode()
    form = page[page.index("<form") : page.index("</form>")]
    assert form.startswith(
        '<form class="stack" method="post" action="/admin/records/summit/1/change/?x=1&amp;y=2">'
    )
    assert [
        line for line in form.splitlines() if line.startswith("<input") or "line &" in line
    ] == [
        '<input type="hidden" name="title_en" value="A &quot;quoted&quot;',
        'line &amp; &lt;b&gt;">',
        '<input type="hidden" name="topics" value="1">',
        '<input type="hidden" name="topics" value="2">',
    ]


def test_a_password_is_not_kept_in_a_page():
    request = RequestFactory().post("/admin/login/", {"username": "a", "password": "secret"})
    page = answer(TROUBLES[0], request).content.decode()
    assert ("secret" in page, "<form" in page) == (False, False)


def test_the_log_says_what_to_do(caplog):
    answer(OperationalError("database or disk is full"), RequestFactory().get("/en/summits"))
    assert caplog.messages == [
        "GET /en/summits: database or disk is full"
        " (the disk is full: make room; no restart is needed)"
    ]


def test_what_nobody_knows_is_told_as_the_database_said_it():
    assert trouble.advice(OperationalError("something new\n")) == "something new"
