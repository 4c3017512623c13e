"""The front page: what it draws is what it lists, and both are what the lists behind them hold."""

import re
from datetime import date
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from records import facets, public
from records.index.entries import summit_data
from records.index.places import place, place_sets
from records.index.row import Row
from records.index.store import put
from tests import factories
from tests.markup import Page
from tests.test_queries import PAGES

pytestmark = pytest.mark.django_db
MARK = re.compile(r'<a href="([^"]+)" aria-label="([^"]+)"><title>([^<]+)</title>')
ITEM = re.compile(r'<a href="([^"]+)">')
SEOUL = {"city": factories.text("Seoul"), "country": "kor", "latitude": 37.5, "longitude": 127.0}
TOKYO = {"city": factories.text("Tokyo"), "country": "jpn", "latitude": 35.7, "longitude": 139.7}
NARA = {"latitude": 34.685, "longitude": 135.805}


@pytest.fixture(autouse=True)
def still():
    with time_machine.travel("2026-03-01T12:00:00+09:00", tick=False):
        yield


def home(client, language="en"):
    response = client.get(f"/{language}/")
    assert response.status_code == 200
    page = response.content.decode()
    assert Page(page).faults == [], language
    return page


def part(page, heading, end="</section>"):
    return page.partition(f'id="{heading}"')[2].partition(end)[0]


def marks(page, heading):
    """`{address: name}` of the marks drawn under a heading; each says its name to all readers."""
    drawn = part(page, heading)
    found = [tuple(map(unescape, one)) for one in MARK.findall(drawn)]
    assert all(label == title for _href, label, title in found)
    assert len({href for href, _label, _title in found}) == len(found)
    return {href: label for href, label, _title in found}


def listed(page, *ids):
    """The addresses of lists, in order."""
    lists = [part(page, one, "</ol>") for one in ids]
    return [unescape(href) for one in lists for href in ITEM.findall(one)]


def count(client, address):
    """How many summits the list at an address holds, as it says itself."""
    data = client.get(address.replace("/en/summits", "/summits.json")).json()
    return data["count"]


def directly(amount):
    """So many summits in the index alone: 60 places, 80 years."""
    rows = []
    for number in range(amount):
        first = date(1946 + number % 80, 6, 1)
        document = factories.document(
            slug=f"s-{number}",
            title=factories.text(f"Summit {number}"),
            starts=first.isoformat(),
            ends=None,
            city=factories.text(f"City {number % 60}"),
            latitude=-50 + number % 60 * 2.0,
            longitude=-170 + number % 60 * 5.0,
        )
        sets = place_sets(document, first)
        title, data = document["title"], summit_data(document, 1)
        rows.append(Row("summit", document["slug"], data, sets, title=title, starts=first))
    put(rows, {}, None)


# the two drawings ---------------------------------------------------------------------------------


def test_an_empty_record_says_so_and_draws_nothing(client):
    factories.drafted(**NARA)
    page = home(client)
    assert "The record opens with its first summit." in page
    assert [one for one in ("<figure", 'class="map', "h-dates", "h-places") if one in page] == []


def test_one_summit_is_one_mark_on_each(client):
    factories.published(**NARA)
    page = home(client)
    address = "/en/summits/2026-01-13-nara"
    assert marks(page, "h-dates") == {address: "Summit in Nara, 13–14 January 2026, Bilateral"}
    assert marks(page, "h-places") == {address: "Nara: 1 summit"}
    assert listed(page, "summits") == listed(page, "places") == [address]


def test_marks_are_the_items_of_the_lists_and_lead_to_what_they_say(client):
    factories.published(**NARA)
    for number in range(3):
        factories.another(number, **(SEOUL if number % 2 else TOKYO))
    page = home(client)
    dated, placed = marks(page, "h-dates"), marks(page, "h-places")
    assert sorted(dated) == sorted(listed(page, "summits"))
    assert sorted(placed) == sorted(listed(page, "places"))
    assert sorted(placed.values()) == ["Nara: 1 summit", "Seoul: 1 summit", "Tokyo: 2 summits"]
    for address, name in {**dated, **placed}.items():
        assert client.get(address).status_code == 200
        if "?" in address:
            assert name.endswith(f": {count(client, address)} summits")


@pytest.mark.parametrize(
    ("language", "dated", "placed"),
    [
        ("en", "Summit in Nara, 13–14 January 2026, Bilateral", "Nara: 1 summit"),
        ("ko", "Summit in Nara 한, 2026년 1월 13일~14일, 양자", "Nara 한: 정상회담 1건"),
        ("ja", "Summit in Nara 日、2026年1月13日～14日、二国間", "Nara 日：首脳会談1件"),
    ],
)
def test_marks_speak_the_language_of_the_page(client, language, dated, placed):
    factories.published(**NARA)
    page = home(client, language)
    assert list(marks(page, "h-dates").values()) == [dated]
    assert list(marks(page, "h-places").values()) == [placed]


def test_places_that_would_cover_each_other_are_one_mark_that_lists_both(client):
    factories.another(1, **SEOUL)
    factories.another(2, **{**SEOUL, "city": factories.text("Incheon"), "latitude": 37.46})
    page = home(client)
    [(address, name)] = marks(page, "h-places").items()
    assert address == "/en/summits?place=kor-incheon&place=kor-seoul"
    assert name == "Incheon, Seoul: 2 summits"
    assert count(client, address) == 2


def test_drafts_are_on_no_drawing(client):
    factories.published(**NARA)
    hidden = {**SEOUL, "city": factories.text("Zqncity"), "title": factories.text("Zqn")}
    factories.drafted(slug="2026-x", code="2026-x", starts="2026-01", ends=None, **hidden)
    assert "Zqn" not in home(client)


def test_what_was_not_held_comes_first_and_is_drawn_and_said(client):
    factories.published(**NARA)
    coming = {"event_status": "confirmed", "ends": None, "sessions": None, "commitments": None}
    factories.another(3, starts="2027-05", **{**coming, **SEOUL})
    factories.another(4, starts="2026-06-01", **{**coming, **TOKYO, "event_status": "planned"})
    factories.another(5, **{**coming, **TOKYO, "event_status": "cancelled"})
    page = home(client)
    assert list(marks(page, "h-dates").values()) == [
        "Summit 5, 10 June 2005, Bilateral, Cancelled",
        "Summit in Nara, 13–14 January 2026, Bilateral",
        "Summit 4, 1 June 2026, Bilateral, Being arranged",
        "Summit 3, May 2027, Bilateral, Announced",
    ]
    assert [href.rpartition("-")[2] for href in listed(page, "ahead")] == ["4", "3"]
    assert [href.rpartition("-")[2] for href in listed(page, "summits")] == ["nara", "5"]
    assert marks(page, "h-places")["/en/summits/2003-04-city-3"] == (
        "Seoul: 1 summit, none held there yet"
    )
    assert "Not held yet" in page


def test_three_sides_have_corners_and_a_word(client):
    three = [{"party": one, "role": "member"} for one in ("chn", "jpn", "kor")]
    factories.published(delegations=three, attendances=None, **NARA)
    drawn = part(home(client), "h-dates")
    assert '<rect class="mk mk--held"' in drawn
    assert "<circle" not in drawn
    assert "Three or more parties" in drawn


def test_summits_on_no_map_are_counted(client):
    factories.published(**NARA)
    factories.another(1)
    factories.another(2, city=factories.text("Busan"), country="kor")
    page = home(client)
    assert marks(page, "h-places") == {"/en/summits?place=jpn-nara": "Nara: 2 summits"}
    assert "1 summit is not on the map" in page


def test_a_summit_of_which_only_the_end_is_known_is_drawn_there(client):
    factories.published(**NARA)
    factories.another(1, starts="../2005", sessions=None, commitments=None)
    page = home(client)
    assert list(marks(page, "h-dates")) == listed(page, "summits")[::-1]
    assert "not drawn" not in page


# many ---------------------------------------------------------------------------------------------


def test_more_than_forty_summits_are_bars_that_lead_to_their_years(client):
    for number in range(45):
        factories.another(number, commitments=None, sessions=None)
    factories.another(45, starts="../2005", commitments=None, sessions=None)
    page = home(client)
    bars = marks(page, "h-dates")
    assert list(bars) == listed(page, "years")
    assert len(bars) == 26
    assert bars["/en/summits?from=2000&to=2000"] == "2000: 2 summits"
    for address in list(bars)[::9]:
        assert bars[address].rpartition(": ")[2].split()[0] == str(count(client, address))
    assert len(listed(page, "summits")) == 7
    assert "1 summit is not drawn: its year is not known." in page


def test_two_thousand_summits_are_few_marks(client):
    factories.published(**NARA)
    directly(2000)
    page = home(client)
    bars, places = marks(page, "h-dates"), marks(page, "h-places")
    assert list(bars.values())[:2] == ["1940–1949: 100 summits", "1950–1959: 250 summits"]
    assert list(bars) == listed(page, "years")
    assert next(iter(bars)) == "/en/summits?from=1940&to=1949"
    assert sorted(places) == sorted(listed(page, "places"))
    assert len(places) <= 40
    drawn = sum(int(name.rpartition(": ")[2].split()[0]) for name in places.values())
    left_out = int(re.search(r"(\d+) more summits were at places", page)[1])
    assert drawn + left_out == 2001
    for address in list(places)[::7]:
        assert places[address].endswith(f": {count(client, address)} summits")


@pytest.mark.parametrize("amount", [1, 3, 30, 45, 2000])
def test_the_page_asks_the_same_few_queries_for_one_summit_and_for_two_thousand(client, amount):
    factories.published(**NARA)
    directly(amount)
    client.get("/en/")
    with CaptureQueriesContext(connection) as warm:
        home(client)
    facets._shelves.clear()
    public.forget()
    with CaptureQueriesContext(connection) as cold:
        home(client)
    assert (len(warm), len(cold)) == PAGES[""]


# the list of a place ------------------------------------------------------------------------------


def test_a_place_narrows_the_list_and_is_named_in_the_language_of_the_page(client):
    factories.published(**NARA)
    factories.another(1, **SEOUL)
    data = client.get("/summits.json?place=jpn-nara").json()
    assert [one["id"] for one in data["items"]] == ["2026-01-13-nara"]
    assert client.get("/summits.json?place=jpn-nara&place=kor-seoul").json()["count"] == 2
    page = client.get("/ja/summits?place=jpn-nara").content.decode()
    assert Page(page).faults == []
    assert "Nara 日" in Page(page).text
    assert '<input type="hidden" name="place" value="jpn-nara">' in page


def test_a_place_that_is_none_is_said_and_left_out(client):
    factories.published(**NARA)
    factories.drafted(slug="2026-x", code="2026-x", starts="2026-01", ends=None, **SEOUL)
    response = client.get("/en/summits?place=kor-seoul&place=jpn-nara")
    page = Page(response.content.decode())
    assert page.faults == []
    assert "“kor-seoul” is no place of a summit in the record; shown without it" in page.text
    assert "1 summit" in page.text
    error = client.get("/summits.json?place=kor-seoul").json()["errors"][0]
    assert (error["parameter"], error["value"]) == ("place", "kor-seoul")


@pytest.mark.parametrize(
    ("facts", "value"),
    [
        ({"city": {"en": "Nara"}, "country": "jpn"}, "jpn-nara"),
        ({"city": {"en": "Washington, D.C."}, "country": "usa"}, "usa-washington-dc"),
        ({"city": {"en": "Reykjavík"}}, "reykjavik"),
        ({"city": {"ko": "나라"}, "country": "jpn"}, "jpn-나라"),
        ({"country": "jpn"}, ""),
        ({}, ""),
        ({"city": {"en": "a" * 100}, "country": "jpn"}, f"jpn-{'a' * 76}"),
    ],
)
def test_a_place_is_called_by_country_and_english_name(facts, value):
    assert place(facts) == value
