"""Linked data in the heads of pages: what is certain, in the terms of schema.org."""

import json

import pytest
import time_machine

from tests import factories
from tests.heads import SITE, head

pytestmark = pytest.mark.django_db
SUMMIT = "2026-01-13-nara"


@pytest.fixture(autouse=True)
def still():
    with time_machine.travel("2026-03-01T12:00:00+09:00", tick=False):
        yield


def linked(client, address):
    _response, page = head(client, address)
    assert page.data.isascii()
    return json.loads(page.data)


def test_a_summit_is_an_event_with_its_sessions(client):
    factories.published()
    found = linked(client, f"/ja/summits/{SUMMIT}")
    shown = {
        name: found[name]
        for name in ("@context", "@type", "@id", "startDate", "endDate", "organizer", "about")
    }
    assert shown == {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": f"{SITE}/summits/{SUMMIT}",
        "startDate": "2026-01-13",
        "endDate": "2026-01-14",
        "organizer": [{"@type": "Country", "name": "日本"}],
        "about": ["貿易"],
    }
    assert [one["name"] for one in found["attendee"]] == ["李在明", "高市早苗"]
    assert [(one["@id"], one["startDate"]) for one in found["subEvent"]] == [
        (f"{SITE}/summits/{SUMMIT}/sessions/talks", "2026-01-13T14:00:00+09:00")
    ]


@pytest.mark.parametrize(
    ("time", "start"),
    [
        ("about 14:00", "2026-01-13"),
        ("evening", "2026-01-13"),
        ("9:05", "2026-01-13T09:05:00+09:00"),
    ],
)
def test_machines_are_told_no_time_that_is_not_exact(client, time, start):
    factories.published(sessions=[factories.session(time=time)])
    found = linked(client, f"/en/summits/{SUMMIT}/sessions/talks")
    assert (found["@type"], found["startDate"]) == ("Event", start)
    assert found["superEvent"]["@id"] == f"{SITE}/summits/{SUMMIT}"


@pytest.mark.parametrize("starts", ["2026-01", "2026-01-13~", "1814-09~"])
def test_machines_are_told_no_day_that_is_not_known(client, starts):
    factories.published(starts=starts, ends=None, sessions=[])
    assert "startDate" not in linked(client, f"/en/summits/{SUMMIT}")


@pytest.mark.parametrize(
    ("over", "status"),
    [
        ({}, "https://schema.org/PotentialActionStatus"),
        ({"progress": [factories.progress()]}, "https://schema.org/ActiveActionStatus"),
        ({"progress": [factories.progress(status="fulfilled")]},
         "https://schema.org/CompletedActionStatus"),
        ({"progress": [factories.progress(status="not-fulfilled")]}, None),
        ({"kind": "position"}, None),
    ],
)  # fmt: skip
def test_a_commitment_is_a_plan_that_never_failed(client, over, status):
    factories.published(commitments=[factories.commitment(**over)])
    found = linked(client, "/en/commitments/2026-nara-1")
    assert found["@type"] == "PlanAction"
    assert found.get("actionStatus") == status
    assert [one["name"] for one in found["agent"]] == ["Japan", "Republic of Korea"]


def test_a_person_has_other_names_and_the_latest_office(client):
    factories.published()
    found = linked(client, "/en/participants/lee-jae-myung")
    assert found == {
        "@context": "https://schema.org",
        "@type": "Person",
        "@id": f"{SITE}/participants/lee-jae-myung",
        "name": "Lee Jae-myung",
        "alternateName": ["이재명", "李在明", "Lee Jae Myung"],
        "jobTitle": "President",
    }


def test_values_that_differ_are_claims_with_where_they_are_said(client):
    factories.published(
        differences=[
            {
                "key": "length",
                "question": factories.text("How long?"),
                "about": ["sessions.talks.minutes"],
                "kind": "counting",
                "values": [
                    {"says": "20", "cites": ["s01"]},
                    {"says": factories.text("thirty"), "cites": ["s02 p. 4"]},
                ],
            }
        ],
        sources=[factories.source("s01"), factories.source("s02")],
    )
    found = linked(client, f"/en/summits/{SUMMIT}")["subjectOf"]
    assert [(one["@type"], one["text"], one["appearance"][0]["url"]) for one in found] == [
        ("Claim", "20", "https://example.org/s01"),
        ("Claim", "thirty", "https://example.org/s02"),
    ]


def test_a_list_is_a_data_set_with_its_files(client):
    factories.published()
    found = linked(client, "/en/commitments?party=kor")
    assert (found["@type"], found["@id"]) == ("Dataset", f"{SITE}/commitments?party=kor")
    told = [(one["encodingFormat"], one["contentUrl"]) for one in found["distribution"]]
    assert told[:2] == [
        ("application/json", f"{SITE}/commitments.json?party=kor"),
        ("text/csv", f"{SITE}/commitments.csv?party=kor"),
    ]


def test_no_text_can_end_the_block_of_data(client):
    words = "</script><script>alert(1)</script><!-- & -->"
    factories.published(title={"en": words})
    response, page = head(client, f"/en/summits/{SUMMIT}")
    assert json.loads(page.data)["name"] == words
    assert "<script>alert" not in response.content.decode()
