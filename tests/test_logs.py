"""What the process tells its operator: lines, ids of requests, who did what."""

import json
import logging
import sys

import pytest
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.db import transaction
from django.http import HttpResponse
from django.test import RequestFactory, override_settings

from records import publishing
from records.models import Editor
from summit import logs
from tests.factories import document, published
from tests.test_settings import PRODUCTION, manage

PASSWORD = "a long enough phrase"


def line_of(name="records", level=logging.ERROR, text="it failed", **extra):
    record = logging.LogRecord(name, level, __file__, 1, text, (), extra.pop("exc_info", None))
    for key, value in extra.items():
        setattr(record, key, value)
    logs.WithRequestId().filter(record)
    return logs.JsonFormatter().format(record)


def told(caplog):
    """The audit's lines as `(event, facts)`."""
    found = [record.facts for record in caplog.records if record.name == "records.audit"]
    return [(facts["event"], {k: v for k, v in facts.items() if k != "event"}) for facts in found]


@pytest.fixture
def audited(caplog, django_capture_on_commit_callbacks):
    """Call with a function: what the audit told of it once it was committed."""

    def audit(act):
        with (
            caplog.at_level(logging.INFO, logger="records.audit"),
            django_capture_on_commit_callbacks(execute=True),
        ):
            act()
        return told(caplog)

    return audit


# lines --------------------------------------------------------------------------------------------


def test_a_line_is_json_with_its_moment_and_origin():
    line = json.loads(line_of())
    assert line.pop("at").endswith("+00:00")
    assert line == {"level": "ERROR", "logger": "records", "message": "it failed"}


def test_a_line_stays_one_line_whatever_is_in_it():
    line = line_of(text='a\nb\r\x1b[31m" 한')
    assert line.splitlines() == [line]
    assert json.loads(line)["message"] == 'a\nb\r\x1b[31m" 한'


def test_a_line_tells_status_facts_and_fault():
    try:
        raise ValueError("no")
    except ValueError:
        line = json.loads(
            line_of(exc_info=sys.exc_info(), status_code=503, facts={"summit": "nara"})
        )
    assert (line["status"], line["summit"]) == (503, "nara")
    assert line["fault"].endswith("ValueError: no")


def test_production_tells_in_json_and_tells_who_did_what(tmp_path):
    code = "import logging; logging.getLogger('records.audit').info('x'); logging.warning('y')"
    run = manage(tmp_path, "shell", "-c", code, **PRODUCTION)
    lines = [json.loads(line) for line in run.stderr.splitlines()]
    assert [(line["logger"], line["message"]) for line in lines] == [
        ("records.audit", "x"),
        ("root", "y"),
    ]


def test_a_desk_tells_in_words_what_went_wrong_only(tmp_path):
    code = "import logging; logging.getLogger('records.audit').info('x'); logging.warning('y')"
    assert manage(tmp_path, "shell", "-c", code).stderr == "WARNING root: y\n"


# the id of a request ------------------------------------------------------------------------------


def seen_by(middleware_settings, **headers):
    """The id that code inside a request sees, and the answer's header."""
    seen = []

    def view(request):
        seen.append(logs.request_id())
        return HttpResponse(status=404)

    with override_settings(**middleware_settings):
        middleware = logs.RequestIdMiddleware(view)
    response = middleware(RequestFactory().get("/", headers=headers))
    return seen[0], response.headers["X-Request-ID"]


PROXY = {"SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https")}


def test_the_id_of_a_trusted_proxy_is_taken():
    given = "0123456789abcdef0123456789abcdef"
    assert seen_by(PROXY, x_request_id=given) == (given, given)


@pytest.mark.parametrize("given", ["", "x", "0123456789abcde\n", "0" * 33, '"}{"level":1'])
def test_what_is_no_id_is_not_taken(given):
    inside, outside = seen_by(PROXY, x_request_id=given)
    assert inside == outside != given
    assert logs.REQUEST_ID.fullmatch(inside)


def test_without_a_proxy_nobody_gives_ids():
    given = "0123456789abcdef"
    inside, outside = seen_by({"SECURE_PROXY_SSL_HEADER": None}, x_request_id=given)
    assert inside == outside != given


def test_an_id_ends_with_its_request():
    seen_by(PROXY)
    assert logs.request_id() == ""
    assert "request" not in json.loads(line_of())


@pytest.mark.django_db
def test_answers_to_readers_bear_an_id_only_if_they_failed(client):
    published()
    assert "X-Request-ID" not in client.get("/en/").headers
    assert logs.REQUEST_ID.fullmatch(client.get("/en/nothing").headers["X-Request-ID"])


# who did what -------------------------------------------------------------------------------------


@pytest.fixture
def editor(db):
    return Editor.objects.create_user("haru", password=PASSWORD)


def test_loading_and_publishing_are_told_with_who_and_what(db, audited, monkeypatch):
    monkeypatch.setenv("LOGNAME", "operator")
    made = {}

    def act():
        summit = published()
        publishing.load(document(topics=["history"]), mode="replace")
        made["edition"] = publishing.publish(summit, note={"en": "x"}, by="Haru Kim")

    found = audited(act)
    edition = made["edition"]
    assert found[-2:] == [
        ("loaded", {"by": "operator (command)", "summit": edition.summit.slug, "changes": 1}),
        (
            "published",
            {
                "by": "Haru Kim",
                "summit": edition.summit.slug,
                "edition": 2,
                "sha256": edition.sha256,
            },
        ),
    ]


def test_withdrawing_is_told(db, audited):
    summit = published()
    [event] = audited(lambda: publishing.withdraw(summit, note={"en": "x"}, by="Haru Kim"))
    assert (event[0], event[1]["edition"]) == ("withdrawn", 2)


def test_what_was_taken_back_is_not_told(db, audited):
    def act():
        with transaction.atomic():
            published()
            transaction.set_rollback(True)

    assert audited(act) == []


def test_signing_in_and_out_is_told(editor, audited, client):
    def act():
        client.force_login(editor)
        client.logout()

    assert audited(act) == [("signed in", {"by": "haru"}), ("signed out", {"by": "haru"})]


def test_signing_out_of_nothing_is_not_told(db, audited):
    assert audited(lambda: user_logged_out.send(Editor, request=None, user=None)) == []


@pytest.mark.parametrize(
    ("name", "by"),
    [("haru", "haru"), ("my password!", "nobody of this name"), ("a\0", "nobody of this name")],
)
def test_a_refused_sign_in_is_told_without_what_may_be_a_password(editor, audited, name, by):
    credentials = {"username": name, "password": "wrong"}
    found = audited(lambda: user_login_failed.send("a form", credentials=credentials, request=None))
    assert found == [("sign-in refused", {"by": by})]
