"""The Nara summit: what issue 2 wants to see of it, first in the record, then on its pages.

The numbers are those of the research the record was written from; statements of the brief have the
numbers of its paragraphs.
"""

import json
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client

import records
from records.choices import WordingVerb, labels
from records.document import derived
from records.document.citations import cited_by
from records.document.schema import SUMMIT
from records.models import Edition
from tests.elements import Tree

pytestmark = pytest.mark.django_db
FIXTURES = Path(records.__file__).parent / "fixtures"
SLUG = "2026-01-13-nara"
LANGUAGES = ("en", "ko", "ja")
SECTIONS = [
    "facts",
    "participants",
    "programme",
    "commitments",
    "raised",
    "differences",
    "sources",
    "cite",
    "changes",
]
SESSIONS = [
    "arrival",
    "welcome",
    "small-group-talks",
    "expanded-talks",
    "press-announcement",
    "drum-session",
    "dinner",
    "horyu-ji",
    "residents-luncheon",
    "wi-briefing",
    "departure",
]
GIFTS = [
    "drum-set",
    "red-ginseng",
    "table-set",
    "wristwatch",
    "make-up-brushes",
    "nara-sweets",
    "drumsticks",
]
# Numbers 39, 47, 52, 56 and 72 were given to no source.
SOURCES = [f"s{n:02}" for n in range(1, 74) if n not in (39, 47, 52, 56, 72)]
SILENT = [2, 4, 5, 6, 8, 9, 10]  # commitments without a follow-up on 13 February 2026
MISSED = [2, 4, 5, 8, 9, 10]  # the same without the sixth, a position: nothing is to follow it
LENGTHS = {
    "about 90 min (20 + 70)": ["s02", "s11"],
    "88 min": ["s01", "s05", "s40"],
    "1 h 27 min": ["s03"],
    "about 1 hour": ["s60"],
    "about 100 min": ["s07", "s08", "brief"],
}
# Statement of the brief -> a place where the record has it, and all that is cited there.
BRIEF = [
    ("1.1", "starts", "s02 s16"),
    ("1.1", "differences.year.values.1", "s02 s16"),
    ("1.1", "differences.year.values.2", "brief"),
    ("1.2", "delegations.jpn", "s02 s16 s49 brief"),
    ("1.2", "delegations.kor", "s02 s43 s44 brief"),
    ("1.2", "attendances.lee-jae-myung", "s02 s16 s17 brief"),
    ("1.2", "attendances.takaichi-sanae", "s02 s17 brief"),
    ("1.2", "city", "s02 s16 brief"),
    ("1.2", "country", "s16 brief"),
    ("1.3", "notes.after-anniversary", "s16"),
    ("1.3", "differences.anniversary.values.1", "s16"),
    ("1.3", "differences.anniversary.values.2", "brief"),
    ("1.4", "notes.new-era", "brief"),
    ("1.5", "commitments.2", "s02 s13 s14 s42 brief"),
    ("1.5", "commitments.8", "s02 s04 s13 brief"),
    ("1.5", "commitments.5", "s40 s42 brief"),
    ("1.5", "commitments.1", "s01 s02 s04 s05 s06 brief"),
    ("1.6", "commitments.6", "s02 s04 s06 brief"),
    ("1.6", "commitments.5", "s40 s42 brief"),
    ("1.6", "topics.denuclearisation", "s02 s04 brief"),
    ("1.6", "topics.demography", "s40 brief"),
    ("1.6", "topics.regional-development", "s40 brief"),
    ("2.1", "differences.length.values.5", "s07 s08 brief"),
    ("2.2", "commitments.4", "s40 s42 brief"),
    ("2.2", "commitments.4.note", "s40 s42 brief"),
    ("2.3", "commitments.3", "s02 s46 s70 s71 brief"),
    ("2.4", "commitments.9", "s41 brief"),
    ("2.4", "commitments.9.note", "s41 brief"),
    ("2.5", "commitments.1", "s01 s02 s04 s05 s06 brief"),
    ("2.5", "commitments.1.note", "s02 s34 s37 s48 brief"),
    ("2.6", "differences.mine-name.values.1", "s09 s10 s16"),
    ("2.6", "differences.mine-name.values.2", "s01 s37 brief"),
    ("2.7", "statements.lee-historical-duty", "brief"),
    ("2.8", "statements.takaichi-first-guest", "brief"),
    ("2.8", "notes.first-in-nara", "s15 brief"),
    ("2.9", "statements.takaichi-first-guest", "brief"),
    ("3.1", "commitments.7", "s11 s13 s29 brief"),
    ("3.1", "commitments.7.wordings.agreed", "s11 s13 s29"),
    ("3.1", "commitments.7.wordings.agreed.verb", "brief"),
    ("3.1", "differences.shuttle-diplomacy.values.1", "s11 s13 s29"),
    ("3.1", "differences.shuttle-diplomacy.values.2", "brief"),
    ("3.2", "sessions.drum-session", "s18 s24 s49 brief"),
    ("3.2", "notes.ties-through-culture", "brief"),
    ("3.3", "sessions.horyu-ji", "s17 s18 s24 s25 brief"),
    ("3.3", "sessions.dinner", "s15 s49 s55 s64 brief"),
    ("3.3", "gifts.drum-set.note", "s20 s21 s22 s63 brief"),
    ("3.4", "sessions.residents-luncheon", "s26 s27 s28 brief"),
    ("3.4", "statements.lee-residents", "brief"),
    ("3.5", "statements.wi-shuttle-diplomacy", "brief"),
    ("3.6", "statements.community-leaders-friendship", "brief"),
    ("4.1", "notes.starting-point", "brief"),
    ("4.2", "notes.cooperation-expected", "brief"),
    ("4.3", "commitments.8", "s02 s04 s13 brief"),
    ("4.3", "notes.korea-china-japan", "s04 s70"),
    ("4.3", "differences.korea-china-japan.values.1", "s02 s04 s13 s70"),
    ("4.3", "differences.korea-china-japan.values.2", "brief"),
    ("4.4", "notes.further-fields", "brief"),
    ("5.1", "notes.history-and-future", "brief"),
    ("5.2", "notes.effects-on-region", "brief"),
    ("5.3", "notes.trust-through-exchange", "brief"),
]
IN_PARAGRAPH = (6, 9, 6, 4, 3)
STATEMENTS = [
    f"{paragraph}.{place}"
    for paragraph, count in enumerate(IN_PARAGRAPH, 1)
    for place in range(1, count + 1)
]


# the published record -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    """A client of a site that holds the real record, loaded as on a new machine."""
    with django_db_blocker.unblock(), transaction.atomic():
        files = [str(FIXTURES / name) for name in ("vocabulary.yaml", f"{SLUG}.yaml")]
        call_command("loadsummit", *files, "--publish", verbosity=0)
        yield Client()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def nara(site):
    """The document readers see."""
    return json.loads(Edition.objects.get(summit__slug=SLUG).content)


@pytest.fixture(scope="module")
def pages(site):
    """Language -> the summit's page."""
    return {code: page(site, f"/{code}/summits/{SLUG}") for code in LANGUAGES}


def page(site, address):
    response = site.get(address)
    assert response.status_code == 200, address
    return Tree(response.content.decode()).open[0]


def rows(document, name):
    shape = SUMMIT.child(name)
    return {shape.known_by(row, place): row for place, row in enumerate(document[name])}


def found(document, path):
    """The row at a path of stable names, and the fact of it that the path ends in."""
    shape, row = SUMMIT, document
    steps = path.split(".")
    while steps and (child := shape.child(steps[0])):
        known = {child.known_by(item, at): item for at, item in enumerate(row[steps[0]])}
        shape, row = child, known[steps[1]]
        steps = steps[2:]
    assert not steps or row[steps[0]]
    return row, ".".join(steps)


def cited(document, path):
    row, fact = found(document, path)
    cites = row["cites"] if isinstance(row["cites"], dict) else {"all": row["cites"]}
    return cites[fact or "all"]


def places_citing(key, row, shape=SUMMIT, path=()):
    """Paths of all rows and facts that cite a source."""
    cites = row.get("cites") or {}
    for fact, citations in cites.items() if isinstance(cites, dict) else [("all", cites)]:
        if key in citations:
            yield ".".join((*path, *([] if fact == "all" else [fact])))
    for child in shape.children:
        for at, below in enumerate(row.get(child.name, [])):
            here = (*path, child.name, child.known_by(below, at))
            yield from places_citing(key, below, child, here)


# what the record says


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("delegations", 2),
        ("attendances", 10),
        ("sessions", 11),
        ("commitments", 10),
        ("statements", 11),  # six of dated sources, five of the brief
        ("gifts", 7),
        ("differences", 14),  # eleven of the research, three that only the brief raises
        ("sources", 69),  # 68 dated ones and the brief
    ],
)
def test_record_holds_all_that_the_research_found(nara, name, count):
    assert len(nara[name]) == count


def test_notes_hold_occasion_preparation_matters_opinions_and_gaps(nara):
    assert Counter(note["kind"] for note in nara["notes"]) == {
        "occasion": 5,
        "preparation": 4,
        "significance": 6,
        "outlook": 4,
        "raised": 3,
        "gap": 3,
    }


def test_sources_are_the_68_of_the_research_and_the_brief(nara):
    assert [source["key"] for source in nara["sources"]] == [*SOURCES, "brief"]
    assert {key for key in rows(nara, "sources") if not list(places_citing(key, nara))} == set()


def test_sources_were_read_in_part_and_on_days_nobody_noted(nara):
    assert Counter(source["read"] for source in nara["sources"]) == {"part": 68, "whole": 1}
    assert [s for s in nara["sources"] if "accessed_on" in s or "archived_url" in s] == []
    assert nara["checked_on"] == "2026-02-13"


def test_brief_is_one_source_among_others_undated_and_of_low_reliability(nara):
    brief = rows(nara, "sources")["brief"]

    facts = {name: brief.get(name) for name in ("kind", "reliability", "published_on", "url")}
    assert facts == {"kind": "digest", "reliability": "low", "published_on": None, "url": None}


def test_documents_of_the_summit_are_one_of_each_side(nara):
    assert [source["key"] for source in nara["sources"] if source.get("outcome")] == ["s02", "s69"]


def test_sessions_stand_in_the_order_of_the_two_days(nara):
    assert list(rows(nara, "sessions")) == SESSIONS
    assert Counter(row["date"] for row in nara["sessions"]) == {"2026-01-13": 7, "2026-01-14": 4}


def test_progress_is_thirteen_entries_on_three_commitments(nara):
    counts = {row["number"]: len(row.get("progress", [])) for row in nara["commitments"]}

    assert {number: count for number, count in counts.items() if count} == {1: 7, 3: 2, 7: 4}
    assert sum(counts.values()) == 13


def test_seven_commitments_have_no_follow_up(nara):
    silent = [row["number"] for row in nara["commitments"] if not derived.follow_ups(row)]

    assert silent == SILENT
    assert {derived.last_check(row, nara) for row in nara["commitments"]} == {"2026-02-13"}


def test_acts_of_others_move_no_status(nara):
    entries = rows(nara, "commitments")["1"]["progress"]

    assert [entry["key"] for entry in entries if entry["kind"] == "context"] == [
        "2026-01-14-citizens-group",
        "2026-02-03-survey",
        "2026-02-06-remains",
        "2026-02-07-diver",
    ]
    assert derived.status(rows(nara, "commitments")["1"]) == "in-progress"


def test_statuses_are_those_that_a_partys_step_left(nara):
    assert {row["number"]: derived.status(row) for row in nara["commitments"]} == {
        1: "in-progress",
        2: "announced",
        3: "in-progress",
        4: "announced",
        5: "announced",
        6: "",
        7: "in-progress",
        8: "announced",
        9: "announced",
        10: "announced",
    }


def test_three_matters_carry_on_what_earlier_summits_began(nara):
    carried_on = {row["number"]: row.get("continues") for row in nara["commitments"]}

    assert {number: ids for number, ids in carried_on.items() if ids} == {
        5: ["2025-tokyo-1", "2025-busan-1"],
        6: ["2025-busan-3"],
        7: ["2025-gyeongju-1"],
    }


def test_length_of_the_talks_has_five_values(nara):
    values = rows(nara, "differences")["length"]["values"]

    assert {value["says"]["en"]: value["cites"] for value in values} == LENGTHS


@pytest.mark.parametrize(
    ("number", "party", "verb", "lang", "begins", "source"),
    [
        (1, "kor", "decided", "ko", "양국은 동 유해의", "s48"),
        (1, "jpn", "welcomed", "ko", "DNA 감정 협력을", "s02"),
        (2, "kor", "agreed", "ko", "교역 중심의 협력을", "s69"),
        (2, "jpn", "agreed", "ko", "관계 부처 간", "s02"),
        (3, "kor", "decided", "ko", "양국 간 공조를", "s70"),
        (3, "jpn", "agreed", "ja", "これまでの協力を", "s71"),
        (5, "kor", "decided", "ko", "지방 성장 등", "s69"),
        (6, "kor", "reaffirmed", "ko", "한반도의 완전한 비핵화와", "s70"),
        (6, "jpn", "reaffirmed", "ja", "北朝鮮の完全な非核化に向け", "s71"),
        (7, "jpn", "agreed", "ja", "シャトル外交の積極的実施を", "s71"),
        (9, "kor", "discussed", "ko", "청년세대 출입국 간소화로", "s69"),
    ],
)
def test_side_is_quoted_with_its_verb(nara, number, party, verb, lang, begins, source):
    wording, _fact = found(nara, f"commitments.{number}.wordings.{party}")

    assert (wording["verb"], wording["exact_lang"]) == (verb, lang)
    assert wording["exact"].startswith(begins)
    cites = wording["cites"]
    assert (cites["exact"] if isinstance(cites, dict) else cites) == [source]


def test_no_other_wording_is_quoted(nara):
    quoted = [
        (row["number"], wording.get("party"))
        for row in nara["commitments"]
        for wording in row["wordings"]
        if wording.get("exact")
    ]
    assert len(quoted) == 11


def test_side_whose_texts_read_do_not_mention_it_is_said_to_be_silent(nara):
    silent = [
        (row["number"], wording["party"])
        for row in nara["commitments"]
        for wording in row["wordings"]
        if wording["verb"] == "not-mentioned"
    ]
    assert silent == [(4, "jpn"), (5, "jpn"), (9, "jpn"), (10, "jpn")]


def test_sides_differ_on_the_mine_and_on_north_korea(nara):
    assert [row["number"] for row in nara["commitments"] if derived.said(row) == "differ"] == [1, 6]


def test_gifts_went_both_ways(nara):
    gifts = rows(nara, "gifts")

    assert list(gifts) == GIFTS
    assert Counter(row["givers"][0] for row in gifts.values()) == {
        "lee-jae-myung": 3,
        "takaichi-sanae": 4,
    }


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("year", ["s02 s16", "brief"]),
        ("small-group-start", ["s02 s08", "s03"]),
        ("mine-name", ["s09 s10 s16", "s01 s37 brief"]),
        ("meeting-count", ["s16 s43", "s05 s08"]),
        ("g20-month", ["s07", "s08"]),
        ("briefing-place", ["s08 s09", "s10", "s07"]),
        ("gift-time", ["s19", "s17"]),
        ("craftsman", ["s20 s21 s22 s63", "s19 s62"]),
        ("residents-venue", ["s26 s27 s61", "s27 s28"]),
        ("north-korea", ["s04 s06", "s02 s11"]),
    ],
)
def test_conflict_of_sources_is_a_difference(nara, key, values):
    stated = rows(nara, "differences")[key]["values"]

    assert [" ".join(value["cites"]) for value in stated] == values


def test_people_of_no_delegation_and_of_unknown_presence_are_told_apart(nara):
    people = nara["attendances"]

    assert [row["participant"] for row in people if "party" not in row] == [
        "furuya-shokaku",
        "i-hun",
        "kim-u-ja",
        "an-seong-min",
    ]
    assert [row["participant"] for row in people if row["presence"] != "present"] == [
        "yamamoto-taku"
    ]


# the brief, statement by statement


def test_every_statement_of_the_brief_has_a_place():
    assert sorted({number for number, _path, _cites in BRIEF}) == STATEMENTS
    assert len(STATEMENTS) == 28


@pytest.mark.parametrize(("number", "path", "cites"), BRIEF)
def test_statement_of_the_brief_is_in_the_record(nara, number, path, cites):
    assert " ".join(cited(nara, path)) == cites, number


def test_brief_is_cited_for_its_statements_and_for_nothing_else(nara):
    places = {path for _number, path, cites in BRIEF if "brief" in cites.split()}

    assert set(places_citing("brief", nara)) == places


def test_opinions_of_the_brief_are_notes_with_its_name(nara):
    opinions = [row for row in nara["notes"] if row["kind"] in ("significance", "outlook")]

    assert [row["key"] for row in opinions if row["cites"] == ["brief"]] == [
        "new-era",
        "ties-through-culture",
        "starting-point",
        "history-and-future",
        "cooperation-expected",
        "further-fields",
        "effects-on-region",
        "trust-through-exchange",
    ]


# the pages ----------------------------------------------------------------------------------------


def ids(element, start, tag="li"):
    found = [below.attrs.get("id") or "" for below in element.all(tag)]
    return [id for id in found if id.startswith(start)]


@pytest.mark.parametrize("code", LANGUAGES)
def test_page_has_nine_sections(pages, code):
    page = pages[code]

    assert [section.attrs.get("id") for section in page.all("section")] == SECTIONS
    assert page.one("html").attrs["lang"] == code


@pytest.mark.parametrize("code", LANGUAGES)
def test_page_has_every_id_once(pages, code):
    found = Counter(element.attrs["id"] for element in pages[code].all() if "id" in element.attrs)

    assert [id for id, count in found.items() if count > 1] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_page_leads_nowhere_within_itself_that_is_not_there(pages, code):
    elements = pages[code].all()
    known = {element.attrs.get("id") for element in elements}
    inner = {element.attrs.get("href") or "" for element in elements}

    assert {href for href in inner if href.startswith("#") and href[1:] not in known} == set()


@pytest.mark.parametrize("code", LANGUAGES)
def test_page_names_the_summit_in_all_three_languages(pages, nara, code):
    head = pages[code].one("header", "head")

    assert head.one("h1").text == nara["title"][code]
    assert [(one.attrs["lang"], one.text) for one in head.one("p", "alt").all("span")] == [
        (other, nara["title"][other]) for other in LANGUAGES if other != code
    ]


def test_page_shows_the_length_as_a_difference_with_five_values(pages):
    difference = pages["en"].one(id="differ-length")

    values = difference.one("ul").all("li")
    assert {one.one("span", "val").text: set(one.cited) for one in values} == {
        says: set(keys) for says, keys in LENGTHS.items()
    }


@pytest.mark.parametrize("code", LANGUAGES)
def test_page_shows_every_difference_with_all_its_values(pages, nara, code):
    for row in nara["differences"]:
        shown = pages[code].one(id=f"differ-{row['key']}").one("ul").all("li")
        assert [set(one.cited) for one in shown] == [set(one["cites"]) for one in row["values"]]


def test_facts_lead_to_the_difference_about_the_length(pages):
    assert len(pages["en"].one("section", id="facts").all("a", href="#differ-length")) == 1


@pytest.mark.parametrize(
    ("difference", "value", "sources"),
    [("year", "13 January 2024", ["brief"]), ("mine-name", "Josei", ["s01", "s37", "brief"])],
)
def test_page_shows_as_stated_by_some_what_the_record_does_not_follow(
    pages, difference, value, sources
):
    first, second = pages["en"].one(id=f"differ-{difference}").one("ul").all("li")

    assert second.one("span", "val").text == value
    assert set(second.cited) == set(sources)
    assert value not in first.text


def test_page_says_2024_and_josei_nowhere_as_its_own(pages):
    for name in ("facts", "participants", "programme"):
        section = pages["en"].one("section", id=name)
        own = section.text
        for line in section.all("span", "differ-line"):
            own = own.replace(line.text, "")
        assert [word for word in ("2024", "Josei") if word in own] == []


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("number", [1, 6])
def test_page_shows_what_each_side_said(pages, nara, code, number):
    wordings = {one["party"]: one for one in rows(nara, "commitments")[str(number)]["wordings"]}
    columns = pages[code].one(id=f"c-{number}").all("blockquote")

    assert len(columns) == 2
    for column, party in zip(columns, ("kor", "jpn"), strict=True):
        said = wordings[party]
        quote = column.one("q")
        assert quote.attrs["lang"] == said["exact_lang"]
        assert quote.text.strip("“”「」") == said["exact"]
        assert said["gist"][code] in column.text
        assert set(column.cited) == set(cited_by(said))


@pytest.mark.parametrize(
    ("number", "verbs"),
    [
        (1, [WordingVerb.DECIDED, WordingVerb.WELCOMED]),
        (6, [WordingVerb.REAFFIRMED, WordingVerb.REAFFIRMED]),
    ],
)
@pytest.mark.parametrize(
    ("code", "sides"),
    [("en", ["Korea", "Japan"]), ("ko", ["한국", "일본"]), ("ja", ["韓国", "日本"])],
)
def test_page_shows_each_side_with_its_verb(pages, code, sides, number, verbs):
    columns = pages[code].one(id=f"c-{number}").all("blockquote")

    assert [column.one("p", "who").text for column in columns] == [
        f"{side} · {labels(verb)[code]}" for side, verb in zip(sides, verbs, strict=True)
    ]


@pytest.mark.parametrize("code", LANGUAGES)
def test_page_shows_eleven_sessions(pages, code):
    assert ids(pages[code].one("section", id="programme"), "s-") == [f"s-{key}" for key in SESSIONS]


@pytest.mark.parametrize("code", LANGUAGES)
def test_page_shows_ten_commitments(pages, code):
    shown = ids(pages[code].one("section", id="commitments"), "c-")

    assert sorted(shown) == sorted(f"c-{number}" for number in range(1, 11))


@pytest.mark.parametrize("code", LANGUAGES)
def test_page_shows_thirteen_progress_entries_on_three_commitments(pages, nara, code):
    shown = {
        row["number"]: len(ids(pages[code].one(id=f"c-{row['number']}"), "p-"))
        for row in nara["commitments"]
    }

    assert {number: count for number, count in shown.items() if count} == {1: 7, 3: 2, 7: 4}


@pytest.mark.parametrize(
    ("code", "day"),
    [("en", "13 February 2026"), ("ko", "2026년 2월 13일"), ("ja", "2026年2月13日")],
)
def test_page_says_of_six_commitments_that_no_follow_up_was_found(pages, code, day):
    silent = {
        number: [line.text for line in pages[code].one(id=f"c-{number}").all("p", "none-found")]
        for number in range(1, 11)
    }

    assert [number for number, lines in silent.items() if lines] == MISSED
    assert {len(lines) for lines in silent.values()} == {0, 1}
    assert {day in lines[0] for lines in silent.values() if lines} == {True}


@pytest.mark.parametrize("code", LANGUAGES)
def test_page_shows_seven_gifts(pages, code):
    assert ids(pages[code], "g-") == [f"g-{key}" for key in GIFTS]


@pytest.mark.parametrize("code", LANGUAGES)
def test_page_shows_every_statement_and_note(pages, nara, code):
    page = pages[code]

    assert ids(page, "said-") == [f"said-{row['key']}" for row in nara["statements"]]
    assert sorted(ids(page, "n-")) == sorted(f"n-{row['key']}" for row in nara["notes"])
    for row in nara["notes"]:
        assert row["text"][code] in page.one(id=f"n-{row['key']}").text


@pytest.mark.parametrize("code", LANGUAGES)
def test_page_shows_every_source(pages, nara, code):
    listed = pages[code].one("section", id="sources")

    assert ids(listed, "src-") == [f"src-{key}" for key in [*SOURCES, "brief"]]
    addresses = {
        row["key"]: [link.attrs["href"] for link in listed.one(id=f"src-{row['key']}").all("a")]
        for row in nara["sources"]
    }
    without = [row["key"] for row in nara["sources"] if row.get("url") not in addresses[row["key"]]]
    assert without == ["brief"]


def test_page_names_everybody_who_is_named_at_the_summit(pages, nara):
    section = pages["en"].one("section", id="participants")
    people = [link.attrs["href"].rpartition("/")[2] for link in section.all("a")]

    assert {row["participant"] for row in nara["attendances"]} - set(people) == set()


# Where on the page stands what a path leads to.
ON_PAGE = {
    "differences": "differ-{}",
    "notes": "n-{}",
    "statements": "said-{}",
    "sessions": "s-{}",
    "commitments": "c-{}",
    "gifts": "g-{}",
    "delegations": "participants",
    "attendances": "participants",
}


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("number", STATEMENTS)
def test_page_shows_every_statement_of_the_brief(pages, code, number):
    paths = [path for one, path, cites in BRIEF if one == number and "brief" in cites.split()]

    for path in paths:
        name, _dot, rest = path.partition(".")
        id = ON_PAGE.get(name, "facts").format(rest.partition(".")[0])
        assert "brief" in pages[code].one(id=id).cited, path


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("number", range(1, 11))
def test_commitment_has_a_page(site, nara, code, number):
    row = rows(nara, "commitments")[str(number)]

    found = page(site, f"/{code}/commitments/2026-nara-{number}")

    assert found.one("h1").text == row["title"][code]
    assert ids(found, "p-") == [f"p-{number}-{entry['key']}" for entry in row.get("progress", [])]
    quotes = [(q.attrs["lang"], q.text.strip("“”「」")) for q in found.all("q")]
    exact = [(w["exact_lang"], w["exact"]) for w in row["wordings"] if w.get("exact")]
    assert sorted(quotes) == sorted(exact)
    assert len(found.all("p", "none-found")) == (number in MISSED)
    assert row["gist"][code] in found.text
    assert row.get("note", {}).get(code, "") in found.text


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("key", SESSIONS)
def test_session_has_a_page(site, nara, code, key):
    row = rows(nara, "sessions")[key]

    found = page(site, f"/{code}/summits/{SLUG}/sessions/{key}")

    assert found.one("h1").text == row["title"][code]
    assert row.get("summary", {}).get(code, "") in found.text
    people = [link.attrs["href"].rpartition("/")[2] for link in found.one("main").all("a")]
    assert set(row.get("participants", [])) - set(people) == set()


@pytest.mark.parametrize("code", LANGUAGES)
def test_everybody_has_a_page(site, nara, code):
    people = {row["participant"] for row in nara["attendances"]}
    people |= {row["speaker"] for row in nara["statements"]}

    assert len(people) == 12
    for slug in sorted(people):
        assert page(site, f"/{code}/participants/{slug}").one("h1").text != ""


def texts(row, code):
    """Every text in one language of a row and of all below it."""
    for value in row.values() if isinstance(row, dict) else row:
        if isinstance(value, dict) and code in value:
            yield value[code]
        elif isinstance(value, dict | list):
            yield from texts(value, code)


@pytest.mark.parametrize("code", LANGUAGES)
def test_pages_show_every_text_of_the_record(site, pages, nara, code):
    addresses = [f"summits/{SLUG}/sessions/{key}" for key in SESSIONS]
    addresses += [f"commitments/2026-nara-{number}" for number in range(1, 11)]
    shown = pages[code].text + "".join(page(site, f"/{code}/{a}").text for a in addresses)

    # Of a silent side the page says in its own words how much of its texts was read.
    silent = {
        wording["gist"][code]
        for row in nara["commitments"]
        for wording in row["wordings"]
        if wording["verb"] == "not-mentioned"
    }
    assert {text for text in texts(nara, code) if text not in shown} == silent


def test_record_as_json_is_the_document(site, nara):
    response = site.get(f"/summits/{SLUG}.json")

    assert response.status_code == 200
    assert {"format": 1, **response.json()["record"]} == nara
