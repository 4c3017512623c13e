"""Parties, relations, topics and series: their lists, pages and data."""

import pytest
import time_machine

from records import publishing
from records.models import Relation
from tests import factories
from tests.factories import commitment, text, wording
from tests.markup import faults
from tests.real_record import page

pytestmark = pytest.mark.django_db
LISTS = ("parties", "relations", "topics", "series")
SUBJECTS = ("parties/kor", "relations/jpn-kor", "topics/trade", "topics/economy", "series/shuttle")
SENTINEL = "unpublished-sentinel"
LONG = "가" * 200


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-25T12:00:00+09:00", tick=False):
        yield


def links(element):
    """`(address, words)` of all links below, in order."""
    return [(one.attrs["href"], one.text) for one in element.all("a")]


def section(client, address, name):
    return page(client, address).one("section", id=name)


def data(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.json()


# addresses ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", [*LISTS, *SUBJECTS])
def test_subject_has_page_identity_and_data(client, place):
    factories.published()

    for language in ("en", "ko", "ja"):
        assert faults(client.get(f"/{language}/{place}").content.decode()) == []
    assert client.get(f"/{place}").headers["Location"] == f"/en/{place}"
    assert client.get(f"/{place}").status_code == 303
    asked = client.get(f"/{place}", headers={"accept": "application/json"})
    assert (asked.status_code, asked.headers["Location"]) == (303, f"/{place}.json")
    assert client.get(f"/{place}.json").headers["Content-Type"] == "application/json"


def test_relation_in_the_other_order_leads_to_the_one(client):
    factories.published()

    for asked, found in (
        ("/en/relations/kor-jpn", "/en/relations/jpn-kor"),
        ("/ja/relations/kor-jpn", "/ja/relations/jpn-kor"),
        ("/relations/kor-jpn.json", "/relations/jpn-kor.json"),
    ):
        response = client.get(asked)
        assert (response.status_code, response.headers["Location"]) == (301, found)


def test_former_names_lead_to_those_of_today(client):
    names = factories.vocabulary()
    for kind, slug in (("parties", "kor"), ("topics", "trade"), ("series", "shuttle")):
        [row] = [row for row in names[kind] if row["slug"] == slug]
        row["formerly"] = [f"old-{slug}"]
    factories.published(names)

    for asked, found in (
        ("parties/old-kor", "parties/kor"),
        ("topics/old-trade", "topics/trade"),
        ("series/old-shuttle", "series/shuttle"),
        ("relations/jpn-old-kor", "relations/jpn-kor"),
        ("relations/old-kor-jpn", "relations/jpn-kor"),
    ):
        response = client.get(f"/ko/{asked}")
        assert (response.status_code, response.headers["Location"]) == (301, f"/ko/{found}")


@pytest.mark.parametrize(
    "place",
    [
        *("parties/chn", "parties/nobody", "topics/history", "series/x", "relations/chn-kor"),
        *("relations/kor-kor", "relations/jpn", "relations/jpn-kor-x", "relations/-"),
    ],
)
def test_subject_that_is_not_public_is_nowhere(client, place):
    factories.published()
    Relation.objects.create(slug="chn-kor", name_en="China–Korea")

    assert client.get(f"/en/{place}").status_code == 404
    assert client.get(f"/{place}.json").status_code == 404


def test_list_takes_no_parameters(client):
    factories.published()

    response = client.get("/en/parties?q=korea")
    assert (response.status_code, response.headers["Location"]) == (302, "/en/parties")
    assert client.get("/parties.json?q=korea").json()["errors"] == [
        {
            "parameter": "q",
            "value": "korea",
            "message": "this address has no such parameter",
            "allowed": [],
        }
    ]


# what is public -----------------------------------------------------------------------------------


def test_draft_appears_on_no_subject_and_in_no_list(client):
    factories.published()
    addresses = [
        address for place in (*LISTS, *SUBJECTS) for address in (f"/en/{place}", f"/{place}.json")
    ]
    before = {address: client.get(address).content for address in addresses}
    names = factories.vocabulary(
        relations=[{"slug": "chn-jpn", "name": {"en": SENTINEL}}],
        series=[
            *factories.vocabulary()["series"],
            {"slug": "hidden", "name": {"en": SENTINEL}},
        ],
    )
    factories.drafted(
        names,
        slug="2026-05-01-seoul",
        code="2026-seoul",
        title=text(SENTINEL),
        series="hidden",
        topics=["history", "trade"],
        delegations=[
            *({"party": party, "role": "member"} for party in ("chn", "jpn", "kor")),
        ],
        commitments=[commitment(title=text(SENTINEL), parties=["chn", "jpn", "kor"])],
    )

    assert Relation.objects.get().name_en == SENTINEL
    assert {address: client.get(address).content for address in addresses} == before
    for place in ("relations/chn-jpn", "parties/chn", "topics/history", "series/hidden"):
        assert client.get(f"/en/{place}").status_code == 404


def test_new_name_of_a_relation_shows_at_once_and_everywhere(client):
    factories.published()
    assert page(client, "/ko/relations/jpn-kor").one("h1").text == "일본–한국"

    publishing.load_vocabulary(
        {"relations": [{"slug": "jpn-kor", "name": {"en": "Korea–Japan", "ko": "한일 관계"}}]}
    )

    assert page(client, "/ko/relations/jpn-kor").one("h1").text == "한일 관계"
    assert links(page(client, "/ko/relations").one("tbody"))[0] == (
        "/ko/relations/jpn-kor",
        "한일 관계",
    )
    [active] = page(client, "/ko/commitments?relation=kor-jpn").one("ul", "active").all("a")
    assert active.text.endswith("한일 관계")


def test_relation_needs_no_name_of_its_own(client):
    factories.published()

    assert data(client, "/relations/jpn-kor.json")["record"] == {
        "slug": "jpn-kor",
        "name": {"en": "Japan–Korea", "ko": "일본–한국", "ja": "日本–韓国"},
    }


def test_trilateral_summit_stands_in_the_relation_of_each_two_with_its_form(client):
    factories.published()
    factories.another(
        1,
        delegations=[{"party": one, "role": "member"} for one in ("chn", "jpn", "kor")],
        commitments=[commitment(parties=["chn", "jpn", "kor"])],
    )

    meetings = section(client, "/en/relations/jpn-kor", "meetings")
    assert [(words, to) for to, words in links(meetings) if "form=" in to] == [
        ("1summit: Bilateral", "/en/summits?relation=jpn-kor&form=bilateral"),
        ("1summit: Trilateral", "/en/summits?relation=jpn-kor&form=trilateral"),
    ]
    assert [one.text.split(" · ")[0] for one in meetings.all("p", "counts")] == [
        "Bilateral",
        "Trilateral",
    ]
    assert data(client, "/relations/chn-kor.json")["counts"]["summits"] == 1


# what the pages say -------------------------------------------------------------------------------


def test_threads_hold_commitments_that_continue_each_other_across_summits(client):
    factories.another(3, commitments=[commitment(), commitment(2)])
    factories.published(commitments=[commitment(continues=["2003-city-3-1"])])

    steps = section(client, "/en/relations/jpn-kor", "threads").all("h4")

    assert data(client, "/topics/trade.json")["threads"] == [
        {"count": 2, "steps": ["2003-city-3-1", "2026-nara-1"]}
    ]
    assert [to for one in steps for to, _words in links(one)] == [
        "/en/commitments/2003-city-3-1",
        "/en/commitments/2026-nara-1",
    ]


def test_commitment_that_continues_one_not_in_the_record_is_no_thread(client):
    factories.published(commitments=[commitment(continues=["2020-x-1"])])

    assert page(client, "/en/relations/jpn-kor").all("section", id="threads") == []


def test_words_that_differ_stand_side_by_side_without_marks_that_lead_nowhere(client):
    rows = [
        commitment(number, words_differ=True, wordings=[wording("kor"), wording("jpn")])
        for number in range(1, 6)
    ]
    factories.published(commitments=rows)

    words = section(client, "/en/relations/jpn-kor", "words")

    assert len(words.all("div", "par")) == 3
    assert words.all("sup") == []
    assert links(words)[-1] == (
        "/en/commitments?relation=jpn-kor&said=differ",
        "All 5 commitments whose words differ",
    )


def test_people_are_counted_by_party_leaders_first_and_without_those_absent(client):
    people = factories.document()["attendances"]
    factories.published()
    factories.another(1, attendances=[people[0], {**people[1], "presence": "absent"}])

    groups = section(client, "/en/parties/kor", "people").one("div", "delegs").all("div")

    assert [
        (group.one("h3").text, [(one.one("a").text, one.one("span", "role").text)])
        for group in groups
        for one in group.all("li")
    ] == [
        ("Republic of Korea", [("Lee Jae-myung", "2 meetings · led the delegation")]),
        ("Japan", [("Takaichi Sanae", "1 meeting · led the delegation")]),
    ]


def test_historical_party_says_when_it_was_and_what_came_after(client):
    names = factories.vocabulary()
    names["parties"] += [
        {
            "slug": "ddr",
            "kind": "state",
            "name": text("German Democratic Republic"),
            "since": "1949-10-07",
            "until": "1990-10-02",
            "predecessors": ["nowhere"],
            "also": ["East Germany"],
        },
        {"slug": "deu", "kind": "state", "name": text("Germany"), "predecessors": ["ddr"]},
        {"slug": "nowhere", "kind": "state", "name": text(SENTINEL)},
    ]
    pair = [{"party": "ddr", "role": "host"}, {"party": "deu", "role": "guest"}]
    factories.published(names, country="ddr", delegations=pair, attendances=None)

    east, now = page(client, "/en/parties/ddr"), page(client, "/en/parties/deu")

    facts = {one.one("dt").text: one for one in east.one("dl", "facts").all("div")}
    assert facts["Since"].one("dd").text == "7 October 1949"
    assert facts["Until"].one("dd").text == "2 October 1990"
    assert links(facts["After it"]) == [("/en/parties/deu", "Germany")]
    assert "Before it" not in facts
    assert SENTINEL not in east.text
    assert "predecessors" not in data(client, "/parties/ddr.json")["record"]
    assert ("/en/parties/ddr", "German Democratic Republic") in links(now.one("dl", "facts"))
    assert "until 2 October 1990" in page(client, "/en/parties").one("tbody").text


def test_topic_leads_to_the_one_above_and_those_below(client):
    factories.published()

    assert links(section(client, "/en/topics/trade", "related")) == [
        ("/en/topics/economy", "Economy")
    ]
    assert links(section(client, "/en/topics/economy", "related")) == [
        ("/en/topics/trade", "Trade")
    ]
    assert data(client, "/topics/economy.json")["counts"]["commitments"] == 1


def test_series_says_who_hosted_last(client):
    factories.published()
    factories.another(
        3, delegations=[{"party": "jpn", "role": "guest"}, {"party": "kor", "role": "host"}]
    )

    assert page(client, "/en/series/shuttle").one("p", "lead").text == (
        "2 summits and 2 commitments since 10 April 2003. Last hosted by Japan (13 January 2026)."
    )


def test_subject_without_any_summit_says_so(client):
    notes = [
        {"key": "n1", "kind": "raised", "text": text("N"), "topics": ["history"], "cites": ["s01"]}
    ]
    factories.published(topics=None, series=None, notes=notes)

    lone, made = page(client, "/en/topics/history"), page(client, "/en/topics/trade")

    assert lone.all("section") == []
    assert lone.one("p", "lead").text == (
        "The record mentions this name; no summit and no commitment is listed under it."
    )
    assert made.one("p", "lead").text == "1 summit and 1 commitment since 13 January 2026."


def test_empty_record_has_empty_lists(client):
    for name in LISTS:
        found = client.get(f"/ko/{name}")
        assert faults(found.content.decode()) == []
        assert data(client, f"/{name}.json") == {
            "items": [],
            "count": 0,
            "facets": {},
            "next_url": None,
        }


def test_name_of_two_hundred_characters_in_one_language_only(client):
    names = factories.vocabulary()
    for kind, slug in (("parties", "kor"), ("topics", "trade"), ("series", "shuttle")):
        [row] = [row for row in names[kind] if row["slug"] == slug]
        row["name"] = {"ko": LONG}
        row.pop("short_name", None)
    factories.published(names, city={"ko": LONG})
    factories.another(1, city={"ko": LONG})

    for place in (*LISTS, *SUBJECTS):
        for language in ("en", "ko", "ja"):
            assert faults(client.get(f"/{language}/{place}").content.decode()) == []
    assert page(client, "/en/parties/kor").one("h1").one("span", lang="ko").text == LONG
    line = page(client, "/en/parties/kor").one("svg", "meets")
    assert all(len(one.text) < 20 for one in line.all("text"))


def test_line_of_meetings_names_each_for_those_who_do_not_see_it(client):
    factories.published()
    factories.another(3)

    line = page(client, "/en/series/shuttle").one("svg", role="img")

    assert line.one("title").text == "The newest 2 meetings in the order of time, not to scale"
    assert line.one("desc").text == "Nara, 10 April 2003; Nara, 13 January 2026"
    assert len(line.all("circle", "held")) == 2
