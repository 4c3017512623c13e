"""Search: what words find, in three scripts and every spelling, the same on both databases."""

import re
import unicodedata
from pathlib import Path

import pytest
import yaml
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from records import facets, index, public, publishing, search
from records.models import Entry, Words
from records.search.folding import CJK, folded_with_places
from tests import factories

FIXTURES = Path("records/fixtures")
KINDS = ("participant", "summit", "commitment", "session", "source")


def found(query, kinds=KINDS):
    """`{kind: [slugs]}` of the entries that a query finds."""
    ids = public.matching(query, facets.version())
    rows = Entry.objects.filter(pk__in=list(ids), kind__in=kinds).order_by("kind", "slug")
    slugs = {}
    for kind, slug in rows.values_list("kind", "slug"):
        slugs.setdefault(kind, []).append(slug)
    return slugs


# the real record ----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_forty_words_find_exactly_what_the_nine_summits_hold():
    files = sorted(map(str, FIXTURES.glob("*.yaml")))
    call_command("loadsummit", *files, publish=True, verbosity=0)
    rows = yaml.safe_load((Path(__file__).parent / "search_words.yaml").read_text("utf-8"))
    wanted = {word: row["finds"] for row in rows for word in row["words"]}
    assert len(wanted) >= 40

    asked = {}
    for form in ("NFC", "NFD"):
        asked |= {unicodedata.normalize(form, word): want for word, want in wanted.items()}

    assert {word: found(word) for word in asked} == asked


# folding ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ça Ira", "ca ira"),
        ("ＧＳＯＭＩＡ", "gsomia"),
        ("ﾀｶｲﾁ", "たかいち"),
        ("ｶﾞｽ", "がす"),
        ("ドラム", "どらむ"),
        (unicodedata.normalize("NFD", "조세이"), "조세이"),
        ("Straße", "strasse"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("Chōsei x\u0323", "chosei x"),
        ("か が", "か が"),
    ],
)
def test_a_text_is_folded(text, folded):
    assert search.folded(text) == folded


@given(st.text())
def test_tokens_are_the_same_in_every_way_of_encoding_and_case(text):
    ways = [unicodedata.normalize(form, text) for form in ("NFC", "NFD", "NFKC", "NFKD")]
    assert [search.tokens(way) for way in [*ways, text.casefold()]] == [search.tokens(text)] * 5


@given(st.text())
def test_tokens_hold_nothing_that_a_database_reads_as_a_sign(text):
    signs = re.compile(r"[\x00-/:-@\[-`{-\x7f\s]")
    assert [one for one in search.tokens(text) if signs.search(one)] == []


# words --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Lee Jae-myung", ["lee", "jae", "myung", "jaemyung"]),
        ("O’Brien's", ["o", "brien", "s", "obriens"]),
        ("U.S. visas", ["us", "visas"]),
        ("조세이", ["조세", "세이", "이"]),
        ("한·일 日・韓", ["한일", "일", "日韓", "韓"]),
        ("2025년", ["2025", "년"]),
        ("G20정상", ["g20", "정상", "상"]),
        ("— … %", []),
    ],
)
def test_a_text_is_cut_into_tokens(text, tokens):
    assert search.tokens(text) == tokens


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Lee Jae-myung", "Jae Myung"),
        ("Lee Jae-myung", "jaemyung lee"),
        ("Lee Jae Myung", "jae-myung"),
        ("Lee Jaemyung", "Jae-Myung"),
        ("new visas", "visa"),
        ("O’Brien", "obrien"),
        ("the U.S. side", "US"),
        ("2026-nara-4", "nara-4"),
        ("2026-nara-4", "2026-NARA"),
        ("나라 공원", "라"),
        ("정상회담", "회"),
        ("韓国・日本", "韓国日本"),
        ("2025년 8월", "2025년"),
        ("ドナルド・トランプ", "ﾄﾞﾅﾙﾄﾞﾄﾗﾝﾌﾟ"),
        ("高市 早苗（たかいち さなえ）", "タカイチ"),
        ("G20 정상회의", "g20정상회의"),
        ("wartime labour", "labor"),
        ("Labor ministers", "labour"),
        ("Organization of states", "organisation"),
        ("an organised crime", "organiz"),
        ("ministers of Defense", "defence"),
        ("defence", "defense"),
        ("the programmes", "program"),
        ("Research Center", "research centre"),
        ("a centre", "center"),
        ("prizes", "prize"),
    ],
)
@pytest.mark.django_db
def test_a_query_finds_a_text(text, query):
    factories.published(title={"en": text})
    assert found(query, ["summit"]) == {"summit": ["2026-01-13-nara"]}


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("2026-nara-44", "nara-4"),
        ("2026-nara-44", "2026-nara-4"),
        ("조세 감면과 만세이", "조세이"),  # both pairs, not the word
        ("leader", "lead-er ship"),
        ("sunny", "sun"),  # short words are whole words
        ("20255", "2025"),
        ("sparring", "parring"),
        ("이 천이십오년", "2025년"),
        ("12025년", "2025년"),
        ("four", "for"),
        ("laboratory", "labour"),
    ],
)
@pytest.mark.django_db
def test_a_query_does_not_find_a_text(text, query):
    factories.published(title={"en": text}, slug="2026-02-02-x", code="2026-x")
    assert found(query) == {}


@pytest.mark.django_db
def test_nothing_is_found_across_two_texts():
    factories.published(title={"en": "2025", "ko": "년초", "ja": "高"}, topics=None)
    assert found("2025년") == {}


ODD = [
    *('"', "'", "*", '"*', "(", "\\", "%", "_", "-", "’", "·", "ー", "ᄀ", "゛", "--", "<->", "^a"),
    *("a* OR b", "NEAR(a b)", "a:*", "!a", "a & b | c", "tokens:a", "{a} : b", "a'b", "¶a", "§"),
    *("¤summit", "'; DROP TABLE records_words; --", "\x00", "\ud7ff\U0010ffff"),
]


@pytest.mark.django_db
@pytest.mark.parametrize("query", ODD)
def test_signs_of_query_languages_are_no_signs(client, query):
    factories.published()
    public.matching(query, facets.version())
    search.ranked(search.asked(query))
    assert Words.objects.count() == Entry.objects.exclude(kind="attendance").count()


class Records(TestCase):
    """Hypothesis with a transaction for each example."""

    @given(st.text(max_size=300))
    def test_no_query_raises(self, query):
        asked = search.asked(query)
        search.ranked(asked)
        search.counts([asked] if asked else [], KINDS)

    @given(st.data(), st.text(st.characters(whitelist_categories=["Lo"]), min_size=1, max_size=40))
    def test_every_piece_of_a_run_finds_it(self, data, text):
        runs = [chunk for chunk in search.chunks(text) if search.term(chunk).is_run]
        factories.published(title={"ko": text}, cites=None)
        for run in runs:
            start = data.draw(st.integers(0, len(run) - 1))
            stop = data.draw(st.integers(start + 1, len(run)))
            assert found(run[start:stop], ["summit"]) == {"summit": ["2026-01-13-nara"]}


# the index ----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_index_follows_changes_withdrawals_and_deletions():
    summit = factories.published(title={"en": "Quince talks"})
    assert found("quince", ["summit"]) == {"summit": ["2026-01-13-nara"]}

    publishing.load(factories.document(title={"en": "Medlar talks"}), mode="replace")
    publishing.publish(summit, note={"en": "Renamed."})
    assert (found("quince"), found("medlar", ["summit"])) == ({}, {"summit": ["2026-01-13-nara"]})

    publishing.withdraw(summit, note={"en": "Withdrawn."})
    assert found("medlar") == {}
    assert found("medlar", ["change"]) == {"change": ["2026-01-13-nara/3/withdrawn"]}
    index.reindex()
    assert found("medlar") == {}
    Entry.objects.all().delete()
    public.forget()
    assert len(search.ids(search.asked("medlar"))) == 0


@pytest.mark.django_db
def test_a_draft_is_never_found(client):
    factories.published()
    factories.drafted(slug="2025-11-zqn", code="2025-zqn", title={"en": "Zqn talks", "ko": "뷁뷁"})
    for query in ("zqn", "뷁", "뷁뷁", "2025-11-zqn"):
        assert found(query) == {}
        assert client.get("/search.json", {"q": query}).json()["count"] == 0


@pytest.mark.django_db
def test_a_source_is_not_found_by_the_identifier_of_its_summit():
    factories.published(sources=[factories.source("s01", title="Readout", url="", published_on="")])
    assert found("2026-01-13", ["source", "summit"]) == {"summit": ["2026-01-13-nara"]}
    assert found("readout", ["source"]) == {"source": ["2026-01-13-nara/s01"]}


# excerpts -----------------------------------------------------------------------------------------


def cut(text, query):
    return "".join(
        f"[{piece}]" if match else piece
        for piece, match in search.pieces(text, search.asked(query))
    )


@pytest.mark.parametrize(
    ("text", "query", "shown"),
    [
        ("Lee Jae-myung", "jaemyung", "Lee [Jae-myung]"),
        ("Lee Jae Myung", "jae-myung", "Lee [Jae] [Myung]"),
        ("Visas and visa waivers", "visa", "[Visa]s and [visa] waivers"),
        ("조세이 탄광, 조세이", "조세이", "[조세이] 탄광, [조세이]"),
        ("韓・日", "韓日", "[韓・日]"),
        ("ドラム", "ﾄﾞﾗﾑ", "[ドラム]"),
        ("Chōsei", "chosei", "[Chōsei]"),
        (unicodedata.normalize("NFD", "조세이"), "세", unicodedata.normalize("NFD", "조[세]이")),
        ("the U.S. side", "us", "the [U.S]. side"),
        ("organization, organised", "organisations", "organization, organised"),
        ("Labor and labour", "labour", "[Labor] and [labour]"),
        ("Organization of labor-unions", "organisation", "[Organization] of labor-unions"),
        ("<b>bold</b>", "bold", "<b>[bold]</b>"),
        ("가" * 200 + "나" + "가" * 200, "나", "… " + "가" * 26 + "[나]" + "가" * 53 + " …"),
    ],
)
def test_an_excerpt_marks_what_was_looked_for(text, query, shown):
    assert cut(text, query) == shown


@given(st.text(max_size=300), st.text(max_size=20))
def test_an_excerpt_is_a_piece_of_its_text(text, query):
    shown = "".join(piece for piece, _match in search.pieces(text, search.asked(query)))
    assert shown.removeprefix("… ").removesuffix(" …") in text


@given(st.text(max_size=100))
def test_folded_characters_know_where_they_stood(text):
    line, places = folded_with_places(text)
    assert len(places) == len(line) + 1
    assert places == sorted(places)


def test_the_text_that_has_most_words_says_why():
    texts = [
        search.Said("title", "en", "Talks in Nara"),
        search.Said("title", "ko", "나라 회담"),
        search.Said("summary", "en", "Talks on hydrogen in Nara"),
    ]
    asked = [("nara", "ko"), ("hydrogen talks", "en"), ("회담", "en"), ("zzz", "en")]
    best = [search.best(texts, search.asked(query), language) for query, language in asked]
    assert best == [texts[0], texts[2], texts[1], None]


@pytest.mark.parametrize(("query", "label"), [("nara", "title"), ("2026-nara", "id")])
def test_an_identifier_says_why_only_where_all_of_it_was_asked_for(query, label):
    texts = [search.Said("id", "", "2026-nara"), search.Said("title", "en", "Nara, 2026-nara")]
    assert search.best(texts, search.asked(query), "en").label == label


def test_characters_without_spaces_are_those_of_three_scripts():
    assert [search.term(word).is_run for word in ("나라", "奈良", "なら", "nara")] == [
        True, True, True, False,
    ]  # fmt: skip
    assert CJK.isascii() is False
