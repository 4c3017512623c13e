"""Summits with little, much and odd in them: every page answers, is sound, says what it lacks."""

import re
from html import unescape

import pytest
import time_machine

from records import publishing
from tests import factories
from tests.markup import Page

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "ko", "ja")
SUMMIT = "2026-01-13-nara"
LISTS = ("summits", "commitments", "participants", "sessions")


@pytest.fixture(autouse=True)
def still():
    with time_machine.travel("2026-03-01T12:00:00+09:00", tick=False):
        yield


def read(client, place, language="en"):
    """A page, found sound."""
    response = client.get(f"/{language}/{place}")
    assert response.status_code == 200, place
    found = Page(response.content.decode())
    assert found.faults == [], (language, place)
    return found


def summit_page(client, place=f"summits/{SUMMIT}"):
    for language in ("ko", "ja"):
        read(client, place, language)
    return read(client, place)


def numbers(found):
    """The numbers and words of the contents."""
    return [
        tuple(words.split(". ", 1))
        for href, words in found.anchors
        if href.startswith("#") and re.match(r"\d+\. ", words)
    ]


LEAST = {
    **dict.fromkeys(("series", "topics", "timezone", "checked_on", "ends", "country", "setting")),
    **dict.fromkeys(("attendances", "sessions", "commitments", "cites")),
    "title": {"ko": "정상회담"},
    "city": {"ko": "나라"},
    "starts": "1814",
    "slug": "1814-vienna",
    "code": "1814-vienna",
}


# little -------------------------------------------------------------------------------------------


def test_a_summit_with_almost_nothing_says_what_is_missing(client):
    factories.published(**LEAST)
    found = summit_page(client, "summits/1814-vienna")
    for words in (
        "No programme has been published in the sources read.",
        "The sources read report a meeting and no agreed step.",
        "No person is named in the sources read.",
        "Outcome not known",
        "Commitments none recorded",
    ):
        assert words in found.text, words
    assert [one for _n, one in numbers(found)] == [
        "Facts", "Participants", "Programme", "Commitments", "Sources", "Cite and download",
        "Changes to this record",
    ]  # fmt: skip
    assert [number for number, _one in numbers(found)] == ["1", "2", "3", "4", "7", "8", "9"]
    assert "differ" not in found.text.lower().replace("different", "")
    for name in ("", *LISTS):
        for language in LANGUAGES:
            read(client, name, language)


def test_a_year_alone_is_said_as_a_year(client):
    factories.published(**LEAST)
    found = read(client, "summits/1814-vienna")
    assert "Dates 1814 (month not recorded)" in found.text
    assert "令和" not in read(client, "summits/1814-vienna", "ja").text


def test_a_summit_in_one_language_is_marked_in_the_others(client):
    factories.published(**LEAST)
    for language in LANGUAGES:
        page = client.get(f"/{language}/summits/1814-vienna").content.decode()
        marks = page.count('<abbr class="tongue"')
        assert (marks > 0) == (language != "ko")
        [heading] = re.findall(r"<h1>(.*?)</h1>", page, re.S)
        assert ('lang="ko"' in heading) == (language != "ko")
        assert "정상회담" in heading


def test_sections_five_and_six_are_left_out_and_their_numbers_kept(client):
    note = {"key": "cptpp", "kind": "raised", "text": factories.text("CPTPP"), "cites": ["s01"]}
    differ = {
        "key": "length",
        "question": factories.text("How long?"),
        "kind": "counting",
        "values": [{"says": "90", "cites": ["s01"]}, {"says": "100", "cites": ["s01"]}],
    }
    factories.published(notes=[note])
    factories.another(3, differences=[differ])
    raised = dict(numbers(read(client, f"summits/{SUMMIT}")))
    assert (raised["5"], raised.get("6"), raised["7"]) == ("Raised, not agreed", None, "Sources")
    differing = dict(numbers(read(client, "summits/2003-04-city-3")))
    assert (differing.get("5"), differing["6"]) == (None, "Where sources differ")


def test_a_view_alone_opens_section_five(client):
    view = {
        "key": "view",
        "kind": "significance",
        "text": factories.text("Great"),
        "cites": ["s01"],
    }
    factories.published(notes=[view])
    found = summit_page(client)
    assert "No matter left without agreement is named in the sources read." in found.text
    assert "Ministry s01: Great" in found.text


def test_a_session_alone_has_no_neighbours_and_no_sources_of_its_own(client):
    factories.published(
        sessions=[{"key": "talks", "kind": "talks", "title": factories.text("Talks")}]
    )
    found = summit_page(client, f"summits/{SUMMIT}/sessions/talks")
    for words in (
        "No source is cited for this session itself; see those of the summit.",
        "day not recorded",
        "time not recorded",
        "not stated in the sources read",
        "not listed in the sources read",
    ):
        assert words in found.text, words
    assert "Before:" not in found.text
    assert "After:" not in found.text
    assert "Day not recorded" in read(client, f"summits/{SUMMIT}").text


def test_a_bare_commitment_says_what_nobody_recorded(client):
    bare = {
        "number": 1, "title": {"ja": "約束"}, "parties": ["jpn"], "kind": "new",
    }  # fmt: skip
    factories.published(commitments=[bare], checked_on=None)
    found = summit_page(client, "commitments/2026-nara-1")
    for words in (
        "No wording of any side is recorded.",
        "No follow-up has been recorded.",
        "no date given",
        "No test has been written for it.",
    ):
        assert words in found.text, words
    summit_page(client)


def test_a_person_who_only_spoke_or_gave_has_a_page(client):
    names = factories.vocabulary()
    names["participants"].append({"slug": "giver", "kind": "group", "name": {"ko": "합창단"}})
    factories.published(
        names,
        gifts=[
            {"key": "song", "givers": ["giver"], "receivers": ["giver"], "what": {"ko": "노래"},
             "cites": ["s01"]}
        ],
    )  # fmt: skip
    found = summit_page(client, "participants/giver")
    assert "Meetings in the record 0" in found.text
    assert numbers(found) == [("1", "Facts")]
    for language in LANGUAGES:
        read(client, "participants", language)


# much ---------------------------------------------------------------------------------------------


def test_a_congress_of_many_parties_and_sessions(client):
    names = factories.vocabulary()
    parties = [f"state-{number:02d}" for number in range(26)]
    names["parties"] += [
        {"slug": slug, "kind": "state", "name": factories.text(slug.title())} for slug in parties
    ]
    names["parties"].append(
        {"slug": "hol", "kind": "organisation", "name": factories.text("Alliance"), "until": "1920"}
    )
    factories.published(
        names,
        delegations=[{"party": slug, "role": "member"} for slug in [*parties, "hol"]],
        attendances=None,
        country=None,
        sessions=[factories.session(f"s{number}") for number in range(18)],
        commitments=[
            factories.commitment(
                1,
                parties=parties,
                wordings=[factories.wording("state-03"), factories.wording("state-01")],
            )
        ],
    )
    found = summit_page(client)
    assert "Multilateral" in found.text
    assert "Parties State-00 , State-01 ," in found.text
    assert "(until 1920" in found.text
    assert len([one for one in found.ids if one.startswith("s-")]) == 18
    columns = re.findall(r"(State-\d\d) · agreed", found.text)
    assert columns == ["State-01", "State-03"]
    assert "No words recorded of: State-00, State-02, State-04," in found.text
    summit_page(client, "commitments/2026-nara-1")
    assert (
        "27 parties" in read(client, "summits").text or "State-00" in read(client, "summits").text
    )


@pytest.mark.parametrize("count", [1, 60])
def test_lists_of_one_and_of_sixty(client, count):
    for number in range(count):
        factories.another(
            number, commitments=[factories.commitment(1)], slug=f"20{number:02d}-01-x",
            code=f"20{number:02d}-x",
        )  # fmt: skip
    for name in LISTS:
        for language in LANGUAGES:
            read(client, name, language)
            if count == 60 and name != "participants":
                assert len(set(re.findall(r"page=(\d)", repr(read(client, name).links)))) == 2
    read(client, "")


def test_a_list_that_filters_empty_offers_ways_out_with_counts_that_hold(client):
    factories.published()
    for number in range(4):
        factories.another(number, setting="margins", series=None, commitments=None)
    queries = {
        "summits": ["form=trilateral&setting=margins", "q=zzzz&setting=margins", "to=1900",
                    "relation=jpn-kor&from=2030", "series=shuttle&topic=trade&setting=margins"],
        "commitments": ["status=fulfilled&said=both", "due=overdue", "followup=year-without&q=x",
                        f"summit={SUMMIT}&kind=position"],
        "participants": ["capacity=minister", "party=kor&capacity=envoy", "q=zzzz&party=jpn"],
        "sessions": ["kind=banquet", f"summit={SUMMIT}&from=2027", "q=zzz&party=kor"],
    }  # fmt: skip
    for name, found in queries.items():
        for query in found:
            read(client, f"{name}?{query}")
            page = client.get(f"/en/{name}?{query}").content.decode()
            ways = re.findall(r'<a href="([^"]+)">[^\n]*</a>: (\d+) result', page)
            assert ways, query
            assert ways[-1][0] == f"/en/{name}", query
            for href, count in ways:
                data = client.get(unescape(href).replace(f"/en/{name}", f"/{name}.json", 1))
                assert data.json()["count"] == int(count), (query, href)


# odd ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("planned", "Being arranged. Dates and programme may change."),
        ("confirmed", "Announced. Dates and programme may change."),
        ("postponed", "Postponed. Dates and programme may change."),
        ("cancelled", "Cancelled."),
    ],
)
def test_a_summit_that_was_not_held_says_so(client, status, words):
    factories.published(event_status=status, starts="2026-05", ends=None, commitments=None)
    found = summit_page(client)
    assert words in found.text
    assert ("may change" in found.text) == (status != "cancelled")
    summit_page(client, "participants/lee-jae-myung")
    for name in ("", *LISTS):
        read(client, name)


def test_a_virtual_summit_and_one_within_another_event(client):
    factories.published(setting="virtual", within=factories.text("G20"), country=None)
    assert "Form Bilateral · Virtual: G20" in summit_page(client).text


def test_a_neutral_host_and_a_delegation_without_people(client):
    factories.published(
        delegations=[
            {"party": "jpn", "role": "guest"},
            {"party": "kor", "role": "guest"},
            {"party": "chn", "role": "neutral-host"},
        ],
    )
    found = summit_page(client)
    assert "Neutral host China" in found.text
    assert "Form Bilateral" in found.text
    assert found.text.count("No person is named in the sources read.") == 1


def test_a_commitment_with_an_agreed_text_alone_has_one_column(client):
    commitment = factories.commitment(wordings=[factories.wording("")])
    factories.published(commitments=[commitment], sources=[factories.source(kind="joint-text")])
    found = summit_page(client, "commitments/2026-nara-1")
    assert "Agreed text · agreed" in found.text
    assert "No words of this side" not in found.text
    assert "mentions it" not in found.text


def test_words_of_all_sides_are_an_agreed_text_only_if_their_text_is_cited(client):
    factories.published(commitments=[factories.commitment(wordings=[factories.wording("")])])
    found = summit_page(client, "commitments/2026-nara-1")
    assert "All sides, as reported · agreed" in found.text
    assert "Agreed text" not in found.text


@pytest.mark.parametrize(
    ("extent", "words"),
    [
        ("whole", "Not mentioned in this side’s texts, which were read in whole."),
        ("part", "Not mentioned in the parts of this side’s texts read so far."),
    ],
)
def test_a_silent_side_is_silent_as_far_as_it_was_read(client, extent, words):
    silent = factories.wording("jpn", verb="not-mentioned")
    factories.published(
        commitments=[factories.commitment(wordings=[factories.wording("kor"), silent])],
        sources=[factories.source(read=extent)],
    )
    found = summit_page(client, "commitments/2026-nara-1")
    assert words in found.text
    assert "Words of one side only are recorded" in found.text


def test_progress_that_was_put_right_moves_nothing_and_says_so(client):
    factories.published(
        commitments=[
            factories.commitment(
                due="2026-01-31",
                progress=[
                    factories.progress("wrong", date="2026-01-20", status="fulfilled"),
                    factories.progress("right", date="2026-01-25", supersedes="wrong"),
                    factories.progress("part", date="2026-02-01", party="kor", status="stalled"),
                ],
            )
        ]
    )
    found = summit_page(client, "commitments/2026-nara-1")
    assert "Put right by the entry of 25 January 2026." in found.text
    assert "Stalled" in found.text
    assert "overdue" in found.text
    assert "Korea: Stalled · Japan: In progress" in found.text


def test_a_commitment_fulfilled_after_its_day_is_late(client):
    done = factories.progress(date="2026-02-20", kind="result", status="fulfilled")
    factories.published(commitments=[factories.commitment(due="2026-02-10", progress=[done])])
    found = summit_page(client, "commitments/2026-nara-1")
    assert "fulfilled late" in found.text
    assert "overdue" not in found.text


def test_a_commitment_goes_on_from_one_that_is_known_and_one_that_is_not(client):
    factories.another(3)
    factories.published(
        commitments=[
            factories.commitment(
                1,
                continues=["1999-far-1", "2003-city-3-1"],
                progress=[
                    factories.progress("a", summit="2003-04-city-3"),
                    factories.progress("b", summit="2031-far"),
                ],
            )
        ]
    )
    found = summit_page(client, "commitments/2026-nara-1")
    assert "1999-far-1 Not in the record yet." in found.text
    assert "/en/commitments/2003-city-3-1" in found.links
    assert "/en/commitments/1999-far-1" not in found.links
    assert "/en/summits/2003-04-city-3" in found.links
    assert "/en/summits/2031-far" not in found.links
    later = summit_page(client, "commitments/2003-city-3-1")
    assert "/en/commitments/2026-nara-1" in later.links


def test_a_summit_of_unpublished_commitments_is_no_part_of_a_chain(client):
    factories.drafted(slug="1999-far", code="1999-far", starts="1999", title=factories.text("Zqn"))
    factories.published(commitments=[factories.commitment(1, continues=["1999-far-1"])])
    found = summit_page(client, "commitments/2026-nara-1")
    assert "Not in the record yet." in found.text
    assert "Zqn" not in found.text


def test_a_person_in_one_script_and_a_name_without_a_family_name(client):
    names = factories.vocabulary()
    names["participants"] += [
        {"slug": "only-hanja", "kind": "person", "name": {"ja": "古谷正覚"}},
        {"slug": "sukarno", "kind": "person", "name": {"en": "Sukarno"}},
    ]
    people = [
        {"participant": slug, "party": "jpn", "capacity": "other", "presence": "expected"}
        for slug in ("only-hanja", "sukarno")
    ]
    factories.published(names, attendances=factories.document()["attendances"] + people)
    found = summit_page(client)
    assert "古谷正覚" in found.text
    assert "Expected, not confirmed" in found.text
    for slug in ("only-hanja", "sukarno"):
        summit_page(client, f"participants/{slug}")


def test_a_summit_published_again_keeps_its_withdrawal_in_the_history(client):
    summit = factories.published()
    publishing.withdraw(summit, note={"en": "It was none."})
    publishing.publish(summit, note={"en": "It was one."})
    found = summit_page(client)
    assert "It was none." in found.text
    assert f"/en/summits/{SUMMIT}/editions/2" not in found.links
    assert client.get(f"/en/summits/{SUMMIT}/editions/2").status_code == 404
