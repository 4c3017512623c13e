"""The pages of changes: the list, the log of corrections, a summit's editions and their changes."""

import pytest
import time_machine
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from records import publishing
from tests.factories import another, commitment, drafted, progress, published, text
from tests.markup import Page
from tests.test_changes import NARA, NOTE, publish

pytestmark = pytest.mark.django_db
# address -> queries of a worker that has met this version; the version is one of each.
PAGES = {
    "changes": 2,
    "corrections": 2,
    f"summits/{NARA}/editions": 3,
    f"summits/{NARA}/editions/2/changes": 4,
}


def a_history():
    """Nara: opened on 1 May, a step on the 2nd, a correction of words on the 3rd."""
    with time_machine.travel("2026-05-01T09:00:00+09:00", tick=False) as clock:
        summit = published()
        clock.shift(86400)
        moved = [commitment(progress=[progress()])]
        publish(summit, commitments=moved)
        clock.shift(86400)
        publish(
            summit,
            "correction",
            {"en": "The title was wrong."},
            commitments=moved,
            title={"en": "Summit <in> Nara & Kyoto", "ko": "교토 정상회담", "ja": "京都の首脳会談"},
        )
    return summit


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return Page(answer.content.decode())


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
@pytest.mark.parametrize("place", PAGES)
def test_pages_of_changes_are_whole(client, language, place):
    a_history()
    assert read(client, f"/{language}/{place}").faults == []


def test_changes_are_counted_by_what_they_are(client):
    a_history()

    found = client.get("/changes.json").json()

    counts = {row["value"]: row["count"] for row in found["facets"]["what"] if row["count"]}
    assert counts == {"opened": 1, "status": 1, "follow-up": 1, "facts": 1}
    assert [item["id"] for item in found["items"]] == [
        f"{NARA}/3/facts",
        f"{NARA}/2/status.1",
        f"{NARA}/1/opened",
    ]
    assert found["items"][1]["url"]["ja"].endswith("/ja/commitments/2026-nara-1#progress")


@pytest.mark.parametrize(
    ("query", "editions"),
    [
        ("since=2026-05-02", [3, 2]),
        ("since=2026-05-02T09:00:00%2B09:00", [3, 2]),
        ("since=2026-05-02T09:00:00+09:00", [3, 2]),
        ("since=2026-05-02T00:00:01Z", [3]),
        ("from=2026-05-01&to=2026-05-02", [2, 1]),
        ("commitment=2026-nara-1", [2]),
        (f"summit={NARA}&what=opened", [1]),
        ("kind=correction", [3]),
        ("sort=at", [1, 2, 3]),
        ("q=nothing-has-this", []),
    ],
)
def test_changes_under_filters(client, query, editions):
    a_history()
    found = client.get(f"/changes.json?{query}").json()
    assert [item["edition"] for item in found["items"]] == editions


@pytest.mark.parametrize("query", ["since=soon", "since=2026-13-01", "commitment=2026-none-1"])
def test_what_cannot_be_read_is_said(client, query):
    published()
    assert client.get(f"/changes.json?{query}").status_code == 400
    assert 'role="alert"' in client.get(f"/en/changes?{query}").content.decode()


def test_the_log_holds_corrections_and_withdrawals_only(client):
    a_history()
    publishing.withdraw(another(1), note={"en": "It was no summit."})

    found = client.get("/corrections.json").json()

    assert [item["id"] for item in found["items"]] == [
        "2001-02-city-1/2/withdrawn",
        f"{NARA}/3/facts",
    ]
    page = read(client, "/en/corrections")
    assert "2 entries in the log" in page.text
    assert "It was no summit." in page.text
    assert "The title was wrong." in page.text
    assert "Record opened" not in page.text


def test_what_an_edition_changed_is_marked_inside_the_sentence(client):
    a_history()

    page = client.get(f"/en/summits/{NARA}/editions/3/changes").content.decode()

    assert "Summit <ins>&lt;</ins>in<ins>&gt;</ins> Nara<ins> &amp; Kyoto</ins>" in page
    assert '<span lang="ko"><del>' in page
    assert f'<a rel="prev" href="/en/summits/{NARA}/editions/2/changes">' in page


def test_editions_are_listed_with_digest_and_note(client):
    a_history()

    rows = client.get(f"/summits/{NARA}/editions.json").json()["editions"]

    assert [(row["number"], row["kind"], row["by"]) for row in rows] == [
        (3, "correction", "An editor"),
        (2, "addition", "An editor"),
        (1, "opened", ""),
    ]
    page = read(client, f"/en/summits/{NARA}/editions")
    assert all(row["sha256"] in page.text for row in rows)
    assert f"/en/summits/{NARA}/editions/3/changes" in page.links


def test_records_show_their_own_changes(client):
    a_history()
    another(1, title=text("Elsewhere"))

    summit = read(client, f"/en/summits/{NARA}").text
    promise = client.get("/en/commitments/2026-nara-1").content.decode()

    assert "Facts of the summit changed" in summit
    section = promise.partition('id="changes"')[2]
    assert "Announced" in section
    assert "Record opened" in section
    assert "Elsewhere" not in section


def test_past_edition_tells_no_later_change(client):
    a_history()
    page = client.get(f"/en/summits/{NARA}/editions/1").content.decode()
    assert "Facts of the summit changed" not in page


@pytest.mark.parametrize("place", ["editions", "editions/1/changes", "editions/9/changes"])
def test_editions_of_what_is_not_public_are_not_there(client, place):
    drafted()
    another(1)
    for address in (f"/en/summits/{NARA}/{place}", f"/summits/{NARA}/{place}.json"):
        assert client.get(address).status_code == 404


def test_edition_that_is_not_there_changed_nothing(client):
    published()
    assert client.get(f"/en/summits/{NARA}/editions/2/changes").status_code == 404
    assert client.get(f"/summits/{NARA}/editions/2/changes.json").status_code == 404


def test_editions_of_a_withdrawn_summit_are_gone(client):
    publishing.withdraw(published(), note=NOTE)
    assert client.get(f"/en/summits/{NARA}/editions").status_code == 410
    assert client.get(f"/summits/{NARA}/editions/1/changes.json").status_code == 410


def test_error_is_reported_with_record_and_edition(client):
    published()
    places = {
        f"summits/{NARA}": f"Error%20in%20{NARA}%2C%20edition%201",
        "commitments/2026-nara-1": "Error%20in%202026-nara-1%2C%20edition%201",
        f"summits/{NARA}/sessions/talks": f"Error%20in%20{NARA}/talks%2C%20edition%201",
        "participants/lee-jae-myung": "Error%20in%20lee-jae-myung",
    }
    for place, subject in places.items():
        with override_settings(CONTACT_EMAIL="desk@example.org"):
            links = read(client, f"/en/{place}").links
        assert f"mailto:desk@example.org?subject={subject}" in links
        with override_settings(CONTACT_EMAIL=""):
            assert "mailto:" not in client.get(f"/en/{place}").content.decode()


@pytest.mark.parametrize("count", [1, 3, 30])
def test_pages_of_changes_ask_the_same(client, count):
    summit = published()
    numbers = range(1, count + 1)
    with time_machine.travel("2026-05-01T09:00:00+09:00", tick=False) as clock:
        for number in range(count):
            clock.shift(60)
            publish(
                summit,
                "correction",
                venue=text(f"Hall {number}"),
                commitments=[
                    commitment(one, title=text(f"Promise {one} {number}")) for one in numbers
                ],
            )
    assert {place: asked(client, f"/en/{place}") for place in PAGES} == PAGES


def asked(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200, address
    return len(queries)


def test_the_page_of_a_large_edition_is_bounded(client):
    summit = published()
    publish(summit, commitments=[commitment(number) for number in range(1, 300)])

    page = read(client, f"/en/summits/{NARA}/editions/2/changes")

    assert "98 more changes, as JSON" in page.text
    assert len(client.get(f"/summits/{NARA}/editions/2/changes.json").json()["items"]) == 298
