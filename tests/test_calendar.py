"""Calendars, read by an independent parser: days, clock times, zones, nothing invented."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from icalendar import Calendar

from records import publishing
from records.exports.calendar import LONGEST_LINE
from records.exports.zones import zone_text
from tests import factories

pytestmark = pytest.mark.django_db
SUMMIT = "2026-01-13-nara"
TOKYO = ZoneInfo("Asia/Tokyo")
ODD = "나라; 정상, 회담\\n\n둘째 줄: " + "奈良会談" * 40


@pytest.fixture(autouse=True)
def still():
    with time_machine.travel("2026-03-01T12:00:00+09:00", tick=False):
        yield


def calendar(client, address):
    response = client.get(address)
    assert response.status_code == 200, response.getvalue()
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    text = response.getvalue()
    assert text.endswith(b"\r\n")
    for line in text.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(line) <= LONGEST_LINE
        line.decode()  # no character is cut in two
    found = Calendar.from_ical(text)
    assert [one.errors for one in found.walk() if one.errors] == []
    return found


def events(client, address):
    """UID before the host -> event."""
    found = calendar(client, address).walk("VEVENT")
    named = {str(one["UID"]).partition("@")[0]: one for one in found}
    assert len(named) == len(found)
    return named


def days(event):
    """The first day, and the last one if it is another."""
    start = event.decoded("DTSTART")
    end = event.decoded("DTEND") - timedelta(days=1) if "DTEND" in event else start
    return start, end


def unescaped(value):
    """The text of a property that the parser does not know (NAME is of RFC 7986)."""
    return re.sub(r"\\(.)", lambda one: {"n": "\n"}.get(one[1], one[1]), str(value))


# a summit -----------------------------------------------------------------------------------------


def test_a_summit_is_its_days_and_its_sessions_with_a_clock_time(client):
    factories.published(
        sessions=[
            factories.session("talks", time="14:00", minutes="20"),
            factories.session("dinner", time="evening", minutes=""),
            factories.session("walk", time="", minutes=""),
        ]
    )
    found = events(client, f"/en/summits/{SUMMIT}.ics")
    assert list(found) == [SUMMIT, f"{SUMMIT}.talks"]
    whole, talks = found.values()
    assert days(whole) == (date(2026, 1, 13), date(2026, 1, 14))
    assert talks.decoded("DTSTART") == datetime(2026, 1, 13, 14, tzinfo=TOKYO)
    assert talks.decoded("DTEND") == datetime(2026, 1, 13, 14, 20, tzinfo=TOKYO)
    assert talks["DTSTART"].params["TZID"] == "Asia/Tokyo"
    said = str(whole["DESCRIPTION"])
    assert "– Session dinner (evening)\n– Session walk\n" in said
    assert "Session talks" not in said


@pytest.mark.parametrize(
    ("time", "start"),
    [
        ("14:30", "14:30"),
        ("9:05", "09:05"),
        ("about 14:30", "14:30"),
        ("shortly after 12:30", "12:30"),
        ("planned 16:30", "16:30"),
        ("morning", None),
        ("before the talks", None),
        ("25:00", None),
        ("14:60", None),
        ("", None),
    ],
)
def test_no_hour_is_invented_and_what_is_not_exact_says_so(client, time, start):
    factories.published(sessions=[factories.session(time=time, minutes="")])
    event = events(client, f"/en/summits/{SUMMIT}/sessions/talks.ics")[f"{SUMMIT}.talks"]
    found = event.decoded("DTSTART")
    if start is None:
        assert found == date(2026, 1, 13)
        assert "DTEND" not in event
    else:
        assert (type(found), f"{found:%H:%M}") == (datetime, start)
    is_exact = start is not None and " " not in time
    said = [line for line in str(event["DESCRIPTION"]).split("\n") if "ime" in line]
    assert said == (
        [] if is_exact else [f"Time as recorded: {time}"] if time else ["time not recorded"]
    )


@pytest.mark.parametrize(
    ("over", "end"),
    [
        ({"minutes": "about 60"}, datetime(2026, 1, 13, 15)),
        ({"until": "15:10", "minutes": "20"}, datetime(2026, 1, 13, 15, 10)),
        ({"until": "about 15:10", "minutes": ""}, datetime(2026, 1, 13, 15, 10)),
        ({"until": "00:30", "minutes": ""}, datetime(2026, 1, 14, 0, 30)),
        ({"until": "evening", "minutes": ""}, None),
        ({"minutes": ""}, None),
    ],
)
def test_an_end_is_one_that_is_recorded(client, over, end):
    factories.published(sessions=[factories.session(**over)])
    event = events(client, f"/en/summits/{SUMMIT}/sessions/talks.ics")[f"{SUMMIT}.talks"]
    found = event.decoded("DTEND") if "DTEND" in event else None
    assert found == (end and end.replace(tzinfo=TOKYO))


def test_an_event_says_whose_record_in_which_edition_it_is(client):
    factories.published()
    event = events(client, f"/ko/summits/{SUMMIT}.ics")[SUMMIT]
    assert str(event["UID"]) == f"{SUMMIT}@127.0.0.1"
    assert event["SEQUENCE"] == 1
    assert event.decoded("DTSTAMP").isoformat() == "2026-03-01T03:00:00+00:00"
    assert str(event["URL"]) == f"http://127.0.0.1:8000/ko/summits/{SUMMIT}"
    assert str(event["SUMMARY"]) == "Summit in Nara 한"
    assert str(event["LOCATION"]) == "일본 Nara 한"


def test_a_new_edition_is_a_new_sequence_of_the_same_event(client):
    summit = factories.published()
    publishing.load(factories.document(title=factories.text("Second")), mode="replace")
    publishing.publish(summit, note={"en": "Title."})
    for address in (f"/en/summits/{SUMMIT}.ics", "/en/summits.ics"):
        event = events(client, address)[SUMMIT]
        assert (event["SEQUENCE"], str(event["SUMMARY"])) == (2, "Second")


@pytest.mark.parametrize(
    ("event_status", "status"),
    [
        ("planned", "TENTATIVE"),
        ("postponed", "TENTATIVE"),
        ("confirmed", "CONFIRMED"),
        ("held", "CONFIRMED"),
        ("cancelled", "CANCELLED"),
    ],
)
def test_an_event_is_as_certain_as_its_summit(client, event_status, status):
    factories.published(event_status=event_status)
    for event in events(client, f"/en/summits/{SUMMIT}.ics").values():
        assert str(event["STATUS"]) == status


@pytest.mark.parametrize("starts", ["2026-01", "2026", "2026-01-XX", "2026-01-13~", "1814-09~"])
def test_a_day_that_is_not_known_makes_no_event(client, starts):
    factories.published(starts=starts, ends=None, sessions=[factories.session(date="", time="")])
    for address in (f"/en/summits/{SUMMIT}.ics", "/en/summits.ics", "/en/sessions.ics"):
        found = calendar(client, address)
        assert found.walk("VEVENT") == []
        assert len(found.walk("VTIMEZONE")) == 1  # a calendar may not be empty


def test_a_session_of_a_day_that_is_not_recorded_stands_over_its_summit(client):
    factories.published(sessions=[factories.session(date="", time="", minutes="")])
    event = events(client, "/en/sessions.ics")[f"{SUMMIT}.talks"]
    assert days(event) == (date(2026, 1, 13), date(2026, 1, 14))
    assert "Day not recorded" in str(event["DESCRIPTION"]).split("\n")


# syntax -------------------------------------------------------------------------------------------


def test_every_sign_of_a_text_comes_back(client):
    factories.published(title={"ko": ODD}, summary={"ko": ODD})
    found = calendar(client, f"/ko/summits/{SUMMIT}.ics")
    [event] = [one for one in found.walk("VEVENT") if str(one["UID"]).startswith(f"{SUMMIT}@")]
    assert str(event["SUMMARY"]) == ODD
    assert ODD in str(event["DESCRIPTION"])
    assert unescaped(found["NAME"]) == ODD


def test_a_zone_with_summer_time_tells_its_changes():
    found = Calendar.from_ical(f"BEGIN:VCALENDAR\r\n{zone_text('America/New_York', 2023, 2023)}"
                               "END:VCALENDAR\r\n")  # fmt: skip
    [zone] = found.walk("VTIMEZONE")
    told = [
        (one.name, one.decoded("DTSTART").isoformat(), one["TZOFFSETTO"].to_ical())
        for one in zone.subcomponents
    ]
    assert told == [
        ("STANDARD", "2022-12-31T00:00:00", "-0500"),
        ("DAYLIGHT", "2023-03-12T02:00:00", "-0400"),
        ("STANDARD", "2023-11-05T02:00:00", "-0500"),
    ]


def test_every_zone_used_is_explained_once(client):
    factories.published()
    factories.another(
        3, timezone="America/New_York", country=None,
        sessions=[factories.session(date="2003-04-10", time="10:00")],
    )  # fmt: skip
    factories.another(4, timezone="Asia/Seoul", sessions=[factories.session(time="")])
    found = calendar(client, "/en/sessions.ics")
    zones = [str(one["TZID"]) for one in found.walk("VTIMEZONE")]
    used = {one["DTSTART"].params.get("TZID") for one in found.walk("VEVENT")} - {None}
    assert zones == sorted(used) == ["America/New_York", "Asia/Tokyo"]


def test_a_clock_time_without_a_zone_is_that_of_the_place(client):
    factories.published(timezone=None)
    event = events(client, f"/en/summits/{SUMMIT}.ics")[f"{SUMMIT}.talks"]
    assert event.decoded("DTSTART") == datetime(2026, 1, 13, 14)


# lists and people ---------------------------------------------------------------------------------


def test_a_list_of_summits_is_a_calendar_under_the_same_filters(client):
    factories.published()
    factories.another(3, delegations=[{"party": "chn", "role": "host"}])
    assert list(events(client, "/ja/summits.ics?party=kor")) == [SUMMIT]
    assert len(events(client, "/ja/summits.ics")) == 2
    name = unescaped(calendar(client, "/en/summits.ics?party=kor&party=jpn")["NAME"])
    assert name == "Summits: Republic of Korea, Japan"


def test_due_dates_stand_on_their_last_possible_day(client):
    dues = ["2026-02", "2026-05-01/2026-05-03", "2030", "2026-01/..", ""]
    factories.published(
        commitments=[
            factories.commitment(number, due=due) for number, due in enumerate(dues, start=1)
        ]
    )
    found = events(client, "/en/commitments.ics?sort=due")
    assert {key: days(event)[0].isoformat() for key, event in found.items()} == {
        "2026-nara-1.due": "2026-02-28",
        "2026-nara-2.due": "2026-05-03",
        "2026-nara-3.due": "2030-12-31",
    }
    first = next(iter(found.values()))
    assert str(first["SUMMARY"]) == "Due: Commitment 1"
    assert "Due date as recorded: February 2026" in str(first["DESCRIPTION"]).split("\n")
    assert list(events(client, "/en/commitments.ics?from=2027")) == []


def test_a_person_s_calendar_holds_the_meetings_with_the_office(client):
    factories.published()
    factories.another(3)
    found = events(client, "/en/participants/lee-jae-myung.ics")
    assert list(found) == [SUMMIT, "2003-04-city-3"]
    assert str(found[SUMMIT]["DESCRIPTION"]).startswith("President\n")
    assert days(found["2003-04-city-3"]) == (date(2003, 4, 10), date(2003, 4, 10))


# answers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "/en/summits.ics?party=zzz",
        "/en/sessions.ics?page=1",
        "/en/commitments.ics?nobody=knows",
        f"/en/summits/{SUMMIT}.ics?party=kor",
    ],
)
def test_a_bad_value_is_an_error_as_data(client, address):
    factories.published()
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (400, "application/json")
    assert len(response.json()["errors"]) == 1


def test_a_calendar_typed_without_a_language_leads_to_the_reader_s(client):
    factories.published()
    response = client.get("/summits.ics?party=kor", headers={"Accept-Language": "ko"})
    assert (response.status_code, response["Location"]) == (303, "/ko/summits.ics?party=kor")
    assert response["Vary"] == "Accept-Language"
    led = client.get(f"/summits/{SUMMIT}.ics", headers={"Accept-Language": "ja"})
    assert led["Location"] == f"/ja/summits/{SUMMIT}.ics"


def test_head_and_an_unchanged_calendar_send_nothing(client):
    factories.published()
    for address in (f"/en/summits/{SUMMIT}.ics", "/en/sessions.ics"):
        whole, head = client.get(address), client.head(address)
        assert (head.status_code, head.getvalue()) == (200, b"")
        assert dict(head.headers) == dict(whole.headers)
        again = client.get(address, headers={"If-None-Match": whole["ETag"]})
        assert (again.status_code, again.getvalue()) == (304, b"")


def test_a_draft_and_a_withdrawn_summit_stand_in_no_calendar(client):
    factories.published()
    gone = factories.another(3)
    factories.drafted(slug="2026-02-01-x", code="2026-x", sessions=[factories.session("secret")])
    publishing.withdraw(gone, note={"en": "Withdrawn."})
    assert list(events(client, "/en/summits.ics")) == [SUMMIT]
    assert list(events(client, "/en/sessions.ics")) == [f"{SUMMIT}.talks"]
    assert list(events(client, "/en/participants/lee-jae-myung.ics")) == [SUMMIT]
    assert client.get("/en/summits/2026-02-01-x.ics").status_code == 404
    assert client.get("/en/summits/2026-02-01-x/sessions/secret.ics").status_code == 404
    assert client.get("/en/summits/2003-04-city-3.ics").status_code == 410
