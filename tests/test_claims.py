"""Pages claim no more than is known: checks with their days, venues, tests, silence, empty logs."""

import re

import pytest

from tests import factories
from tests.factories import commitment, progress, session, text

pytestmark = pytest.mark.django_db


def words(client, address):
    response = client.get(address)
    assert response.status_code == 200
    found = re.sub(r"<script.*?</script>", "", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found))


# as of when ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/en/", "/en/commitments", "/en/relations/jpn-kor"])
def test_statuses_carry_the_days_of_the_first_and_the_last_check(client, address):
    factories.published(checked_on="2026-02-13")
    factories.another(1, checked_on="2026-02-16")

    assert re.search(
        r"Status of (the )?2 commitments[a-z ]*, "
        r"last checked against sources on 13–16 February 2026",
        words(client, address),
    )


def test_statuses_carry_the_day_of_the_checks_under_the_filters(client):
    factories.published(checked_on="2026-02-13")
    factories.another(1, checked_on="2026-02-16", series=None)

    assert "last checked against sources on 13 February 2026" in words(
        client, "/en/commitments?series=shuttle"
    )


def test_statuses_never_checked_say_no_day(client):
    factories.published(checked_on=None)

    found = words(client, "/en/commitments")
    assert "Status of the 1 commitment in this list" in found
    assert "last checked" not in found


# tests of statuses --------------------------------------------------------------------------------

FORETOLD = "The test was written before the outcome is known."


@pytest.mark.parametrize(("status", "told"), [("in-progress", True), ("fulfilled", False)])
def test_test_is_told_as_written_before_only_while_the_outcome_is_open(client, status, told):
    row = commitment(fulfilled_when=text("When done"), progress=[progress(status=status)])
    factories.published(commitments=[row])

    assert (FORETOLD in words(client, "/en/commitments/2026-nara-1")) == told


@pytest.mark.parametrize(("due", "told"), [("2026-12", True), (None, False)])
def test_stalling_after_a_due_date_is_told_only_of_what_has_one(client, due, told):
    factories.published(commitments=[commitment(due=due)])

    assert ("after its due date" in words(client, "/en/commitments/2026-nara-1")) == told


def test_position_is_not_said_to_lack_a_follow_up(client):
    factories.published(commitments=[commitment(kind="position")])

    found = words(client, "/en/summits/2026-01-13-nara")
    assert "follow-up" not in found.partition("Commitment 1")[2].partition("Sources")[0]


# places -------------------------------------------------------------------------------------------


def test_session_with_a_venue_of_its_own_is_not_put_into_the_city_of_the_summit(client):
    factories.published(
        latitude=34.685,
        longitude=135.805,
        sessions=[session("arrival", venue={"en": "An airport"}), session("talks")],
    )
    base = "/en/summits/2026-01-13-nara/sessions"

    arrival = client.get(f"{base}/arrival.ics").getvalue().decode()
    talks = client.get(f"{base}/talks.ics").getvalue().decode()

    assert ("LOCATION;LANGUAGE=en:An airport\r\n" in arrival, "GEO:" in arrival) == (True, False)
    assert (":Nara, Japan" in talks.replace("\\,", ","), "GEO:34.685" in talks) == (True, True)
    head = re.search(
        r'<p class="dates serif">.*?</p>', client.get(f"{base}/arrival").content.decode()
    )
    assert "Nara" not in head[0]


# lists --------------------------------------------------------------------------------------------


def test_empty_log_does_not_say_that_the_record_is_empty(client):
    factories.published()

    found = words(client, "/en/corrections")
    assert "No corrections yet" in found
    assert "The record opens with its first summit." not in found


def test_mistyped_name_leads_to_the_public_ones_near_it(client):
    factories.published()

    for wrong, right in [("topics/trad", "topics/trade"), ("series/shutle", "series/shuttle")]:
        response = client.get(f"/en/{wrong}")
        assert response.status_code == 404
        assert f'href="/en/{right}"' in response.content.decode()


def test_subject_names_its_newest_commitments(client):
    factories.published(commitments=[commitment(number) for number in range(1, 8)])

    page = client.get("/en/topics/trade").content.decode()
    [newest] = re.findall(r"Newest commitments</h3>\s*<ul.*?</ul>", page, re.DOTALL)
    assert re.findall(r"commitments/(2026-nara-\d)", newest) == [
        f"2026-nara-{number}" for number in range(1, 6)
    ]
