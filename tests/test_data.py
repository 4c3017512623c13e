"""Single records as data: their shape, the document as published, and what follows from it."""

import hashlib
import json

import pytest
import time_machine

from records import publishing
from records.models import Edition
from tests import every_field, factories

pytestmark = pytest.mark.django_db
SUMMIT = "2026-01-13-nara"
HEAD = ["id", "edition", "published_at", "checked_on", "url", "license", "record"]
SITE = "http://127.0.0.1:8000"


@pytest.fixture(autouse=True)
def still():
    with time_machine.travel("2026-03-01T12:00:00+09:00", tick=False):
        yield


def data(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    assert response["Content-Type"] == "application/json"
    return response.json()


def test_a_summit_is_its_document_as_published_with_its_names(client):
    factories.published()
    found = data(client, f"/summits/{SUMMIT}.json")
    assert list(found) == [*HEAD, "sha256", "derived", "names"]
    assert found["id"] == SUMMIT
    assert found["edition"] == 1
    assert found["published_at"] == "2026-03-01T03:00:00+00:00"
    assert found["checked_on"] == "2026-02-13"
    assert found["url"] == {code: f"{SITE}/{code}/summits/{SUMMIT}" for code in ("en", "ko", "ja")}
    assert found["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert found["record"] == {"format": 1, **factories.document()}
    assert found["record"] == json.loads(Edition.objects.get().content)
    assert found["derived"] == {"form": "bilateral", "hosts": ["jpn"]}
    assert {kind: sorted(rows) for kind, rows in found["names"].items()} == {
        "participant": ["lee-jae-myung", "takaichi-sanae"],
        "party": ["jpn", "kor"],
        "series": ["shuttle"],
        "topic": ["trade"],
    }
    assert found["names"]["party"]["kor"] == {
        "en": "Republic of Korea", "ko": "대한민국", "ja": "大韓民国",
    }  # fmt: skip


def test_the_digest_is_that_of_the_record_given(client):
    factories.published()
    found = data(client, f"/summits/{SUMMIT}.json")
    text = json.dumps(found["record"], ensure_ascii=False, separators=(",", ":"))
    assert hashlib.sha256(text.encode()).hexdigest() == found["sha256"]


def test_a_record_with_everything_is_given_whole(client):
    made = every_field.summit("zq", slug="2026-01-14-zq", code="2026-zq")
    summit = publishing.load(made.document, made.vocabulary).summit
    publishing.publish(summit, note={"en": "Opened."})
    record = data(client, "/summits/2026-01-14-zq.json")["record"]
    assert record == json.loads(summit.editions.get().content)
    [session] = record["sessions"]
    assert (
        data(client, f"/summits/2026-01-14-zq/sessions/{session['key']}.json")["record"] == session
    )
    assert data(client, "/commitments/2026-zq-1.json")["record"] == record["commitments"][0]


def test_an_edition_stays_what_it_was(client):
    summit = factories.published()
    before = data(client, f"/summits/{SUMMIT}.json")
    publishing.load(factories.document(title=factories.text("Second")), mode="replace")
    publishing.publish(summit, note={"en": "Title."})
    first = data(client, f"/summits/{SUMMIT}/editions/1.json")
    assert first["record"] == before["record"]
    assert first["sha256"] == before["sha256"]
    assert first["url"]["ko"] == f"{SITE}/ko/summits/{SUMMIT}/editions/1"
    second = data(client, f"/summits/{SUMMIT}/editions/2.json")
    whole = data(client, f"/summits/{SUMMIT}.json")
    assert {**second, "url": whole["url"]} == whole
    assert (whole["edition"], whole["record"]["title"]["en"]) == (2, "Second")
    assert client.get(f"/summits/{SUMMIT}/editions/3.json").status_code == 404


def test_a_session_has_the_sources_it_cites(client):
    factories.published(
        sessions=[factories.session(cites={"minutes": ["s02 p. 4"], "all": ["s03"]})],
        sources=[factories.source(key) for key in ("s01", "s02", "s03")],
    )
    found = data(client, f"/summits/{SUMMIT}/sessions/talks.json")
    assert list(found) == [*HEAD, "summit", "sources", "names"]
    assert found["id"] == f"{SUMMIT}/talks"
    assert found["summit"] == SUMMIT
    assert [row["key"] for row in found["sources"]] == ["s02", "s03"]
    assert client.get(f"/summits/{SUMMIT}/sessions/never.json").status_code == 404


def test_a_commitment_says_what_came_of_it(client):
    factories.published(
        commitments=[
            factories.commitment(
                due="2026-02-28",
                wordings=[factories.wording("kor"), factories.wording("jpn", verb="welcomed")],
                progress=[
                    factories.progress("a", date="2026-01-20", party="kor"),
                    factories.progress("b", date="2026-02-10", kind="check", status=None),
                ],
            )
        ]
    )
    found = data(client, "/commitments/2026-nara-1.json")
    assert list(found) == [*HEAD, "summit", "derived", "sources", "names"]
    assert found["derived"] == {
        "status": "announced",
        "status_since": None,
        "statuses": {"jpn": "announced", "kor": "in-progress"},
        "said": "differ",
        "overdue": True,
        "late": False,
        "followed_up": True,
        "checked": "2026-02-10",
    }


def test_a_position_has_no_status(client):
    factories.published(commitments=[factories.commitment(kind="position")])
    derived = data(client, "/commitments/2026-nara-1.json")["derived"]
    assert (derived["status"], derived["status_since"], derived["statuses"]) == (None, None, {})
    assert derived["overdue"] is False


def test_a_participant_has_meetings_and_statements(client):
    factories.published(
        statements=[
            {"key": "said", "speaker": "lee-jae-myung", "gist": factories.text("Words"),
             "cites": ["s01"]}
        ]
    )  # fmt: skip
    factories.another(3)
    found = data(client, "/participants/lee-jae-myung.json")
    assert list(found) == ["id", "url", "license", "record", "meetings", "statements"]
    assert found["record"] == {
        "slug": "lee-jae-myung",
        "kind": "person",
        "name": {"en": "Lee Jae-myung", "ko": "이재명", "ja": "李在明"},
        "also": ["Lee Jae Myung"],
    }
    assert [row["summit"] for row in found["meetings"]] == [SUMMIT, "2003-04-city-3"]
    assert [row["key"] for row in found["statements"]] == ["said"]


@pytest.mark.parametrize(
    "address",
    [
        "/summits/never.json",
        f"/summits/{SUMMIT}/editions/9.json",
        f"/summits/{SUMMIT}/sessions/never.json",
        "/commitments/2026-nara-9.json",
        "/participants/never.json",
    ],
)
def test_what_is_missing_is_an_error_as_data(client, address):
    factories.published()
    response = client.get(address)
    assert response.status_code == 404
    assert response["Cache-Control"] == "no-store"
    assert response.json() == {
        "errors": [
            {
                "parameter": None,
                "value": address,
                "message": "There is no record at this address.",
                "allowed": [],
            }
        ]
    }


def test_a_commitment_is_data_of_the_right_summit_when_codes_begin_alike(client):
    factories.published()
    factories.published(
        slug="2026-01-15-nara", code="2026-nara-1", commitments=[factories.commitment(1)]
    )
    assert data(client, "/commitments/2026-nara-1.json")["summit"] == SUMMIT
    assert data(client, "/commitments/2026-nara-1-1.json")["summit"] == "2026-01-15-nara"


def test_a_record_s_data_says_what_it_describes_and_under_which_licence(client):
    factories.published()
    assert client.get("/commitments/2026-nara-1.json")["Link"] == (
        f'<{SITE}/commitments/2026-nara-1>; rel="describes", '
        '<https://creativecommons.org/licenses/by/4.0/>; rel="license"'
    )


@pytest.mark.parametrize(
    "place",
    [f"summits/{SUMMIT}", f"summits/{SUMMIT}/editions/1", f"summits/{SUMMIT}/sessions/talks",
     "commitments/2026-nara-1", "participants/lee-jae-myung"],
)  # fmt: skip
def test_a_parameter_that_nobody_knows_is_a_bad_value(client, place):
    factories.published()
    response = client.get(f"/{place}.json?edition=1")
    assert response.status_code == 400
    assert response.json()["errors"] == [
        {
            "parameter": "edition",
            "value": "1",
            "message": "this address has no such parameter",
            "allowed": [],
        }
    ]
