"""How much the pages of parties, relations, topics and series ask and show, at any size."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from records import facets, public
from tests import factories
from tests.factories import commitment, text
from tests.real_record import page
from tests.test_subjects import LISTS, SUBJECTS, data, links, section

pytestmark = pytest.mark.django_db


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_subject_asks_the_same_few_queries_for_one_summit_and_for_thirty(client):
    asked, made = [], 0
    for size in (1, 3, 30):
        for number in range(made, size):
            factories.another(
                number,
                commitments=[
                    commitment(1, words_differ=True, continues=before(number)),
                    commitment(2, due="2026-12-01"),
                ],
            )
        made = size
        asked.append({place: queries(client, f"/ja/{place}") for place in (*LISTS, *SUBJECTS)})

    # Of one summit there are no threads to be fetched.
    assert asked[1] == asked[2] == dict.fromkeys(LISTS, 1) | dict.fromkeys(SUBJECTS, 7)
    assert max(asked[0].values()) <= 8


def before(number):
    """The commitment of the year before; those of `another` begin anew after 26."""
    return [f"20{number - 1:02d}-city-{number - 1}-1"] if 0 < number < 26 else []


def test_page_shows_at_most_so_many_and_says_how_many_there_are(client):
    for number in range(30):
        factories.another(number)

    meetings = section(client, "/en/series/shuttle", "meetings")

    assert len(meetings.all("h3")) == 25
    assert len(meetings.all("circle")) == 12
    assert links(meetings)[-1] == (
        "/en/summits?series=shuttle",
        "All 30 summits as a list with filters",
    )
    assert len(data(client, "/series/shuttle.json")["meetings"]) == 25


def test_relations_of_many_parties_are_counted_whole_and_shown_in_part(client):
    slugs = [f"p{number:02}" for number in range(30)]
    names = factories.vocabulary()
    names["parties"] += [{"slug": slug, "kind": "state", "name": text(slug)} for slug in slugs]
    factories.published(names, delegations=[{"party": slug, "role": "member"} for slug in slugs])

    found = page(client, "/en/relations")

    assert len(public.pairs(facets.version())) == 435
    assert found.one("h2").text == "435 relations"
    assert len(found.one("tbody").all("tr")) == 300
    assert len(data(client, "/relations.json")["items"]) == 435
    related = section(client, "/en/parties/p00", "related")
    assert len([to for to, _words in links(related) if to.startswith("/en/relations/")]) == 29
