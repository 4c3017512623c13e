"""How much a page asks of the database: the same for one thing as for thirty.

Warm is a worker that has met this version of the record, cold one that has not. The numbers are
equalities, so that each further query is noticed; lower them gladly.
"""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from records import facets, public
from records.index.people import index_people
from tests import factories

pytestmark = pytest.mark.django_db
SUMMIT = "2026-01-13-nara"
SIZES = (1, 3, 30)
# address -> (warm, cold); as a page. The version is one query of each.
PAGES = {
    "": (3, 17),
    "summits": (2, 11),
    "commitments": (2, 10),
    "participants": (2, 10),
    "sessions": (2, 10),
    "sources": (2, 10),
    f"summits/{SUMMIT}": (4, 10),
    f"summits/{SUMMIT}/editions/1": (4, 10),
    f"summits/{SUMMIT}/sessions/s1": (3, 9),
    "commitments/2026-nara-1": (5, 13),
    "participants/lee-jae-myung": (6, 11),
}
LISTS = ("summits", "commitments", "participants", "sessions", "sources")


def many(count):
    """A summit with `count` of everything that a page can list."""
    people = [f"person-{number}" for number in range(count)]
    names = factories.vocabulary()
    names["participants"] += [
        {"slug": slug, "kind": "person", "name": factories.text(slug)} for slug in people
    ]
    numbers = range(1, count + 1)
    attendances = factories.document()["attendances"] + [
        {"participant": slug, "party": "kor", "capacity": "official", "presence": "present"}
        for slug in people
    ]
    progress = [
        factories.progress(f"step-{number}", summit=f"20{number:02d}-01-x") for number in numbers
    ]
    factories.published(
        names,
        attendances=attendances,
        sessions=[factories.session(f"s{number}", participants=people) for number in numbers],
        commitments=[
            factories.commitment(
                number, session="s1", progress=progress, continues=[f"19{number + 10}-x-1"]
            )
            for number in numbers
        ],
        statements=[
            {"key": f"said-{number}", "speaker": "lee-jae-myung", "session": "s1",
             "gist": factories.text("Words"), "cites": ["s01"]}
            for number in numbers
        ],
        gifts=[
            {"key": f"gift-{number}", "givers": people[:1], "receivers": people[-1:],
             "what": factories.text("A drum"), "cites": ["s01"]}
            for number in numbers
        ],
        notes=[
            {"key": f"note-{number}", "kind": "raised", "text": factories.text("Raised"),
             "by": ["kor"], "topics": ["history"], "cites": ["s01"]}
            for number in numbers
        ],
        sources=[factories.source(f"s{number:02d}") for number in numbers],
    )  # fmt: skip
    for number in range(1, count):
        factories.another(number, attendances=attendances, commitments=[factories.commitment(1)])


def queries(client, address, *, cold):
    client.get(address)
    if cold:
        facets._shelves.clear()
        public.forget()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200, address
        return len(asked)


@pytest.mark.parametrize("count", SIZES)
def test_a_page_asks_the_same_few_queries_for_one_thing_and_for_thirty(client, count):
    many(count)
    found = {
        place: tuple(queries(client, f"/en/{place}", cold=cold) for cold in (False, True))
        for place in PAGES
    }
    assert found == PAGES
    assert max(warm for place, (warm, _cold) in PAGES.items() if place in LISTS) <= 3
    assert max(warm for warm, _cold in PAGES.values()) <= 6


def test_data_asks_no_more_than_its_page(client):
    many(3)
    for place, (warm, _cold) in PAGES.items():
        if place:
            assert queries(client, f"/{place}.json", cold=False) <= warm, place


def test_what_is_unchanged_costs_one_query(client):
    many(1)
    for place in PAGES:
        for address in (f"/ja/{place}", *([f"/{place}.json"] if place else [])):
            tag = client.get(address)["ETag"]
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
                assert len(asked) == 1, address


def test_what_is_not_there_asks_little(client):
    many(1)
    for address in ("/en/summits/1999-x", "/commitments/1999-x-1.json", "/en/participants/nobody"):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 404
            assert len(asked) <= 6, address


def test_entries_of_people_are_asked_for_as_their_index_is_made(client):
    factories.published()
    with CaptureQueriesContext(connection) as asked:
        index_people({"lee-jae-myung"})
        client.get("/en/participants/lee-jae-myung")
    of_person = [one["sql"] for one in asked if re.search(r'"person" (=|IN) ', one["sql"])]
    assert len(of_person) == 3  # indexed; attended; said
    # SQLite takes a partial index for no question that does not repeat its condition.
    made_for = """NOT ("records_entry"."person" = '')"""
    assert [sql for sql in of_person if made_for not in sql] == []
