"""The files in `records/fixtures`: canonical, whole, in three languages, within the limits."""

import re
from itertools import chain
from pathlib import Path

import pytest
from django.core.management import call_command

import records
from records import publishing, summitfile
from records.document.canonical import references, walk
from records.document.checks import waiting
from records.document.read import whole_vocabulary
from records.document.schema import LANGUAGES, VOCABULARY, shape_of
from records.models import Edition, Summit

pytestmark = pytest.mark.django_db

FIXTURES = Path(records.__file__).parent / "fixtures"
FILES = sorted(FIXTURES.glob("*.yaml"))
NAMES = "vocabulary.yaml"
SUMMITS = [path for path in FILES if path.name != NAMES]

# Names are written only in forms seen in use (RECORD, "Names"): which languages a name has so far.
# Four Koreans of Japan (an-seong-min, i-hun, kim-i-jung, kim-u-ja) were seen in Hangul and Han:
# their English names are the Revised Romanisation, the family name first and Kim as is usual.
IN_SOME_LANGUAGES = {
    "okada-masaki": ["en"],
}
# Warnings that were looked at: place -> why it stays so.
EXPLAINED = {
    ("2026-01-13-nara", "commitments.3.progress.2026-01-05-application.date"): (
        "Japan applied eight days before the summit at which it promised to take part; the entry"
        " says so."
    ),
    ("2023-03-16-tokyo", "commitments.6.parties.1"): "fki, a private body, promised it itself",
    ("2023-03-16-tokyo", "commitments.6.parties.2"): "keidanren, a private body, likewise",
}
# Other summits that the files refer to and the record does not have yet.
AWAITED = {
    ("2023-03-16-tokyo", "2023-05-21-hiroshima"),
    ("2023-05-07-seoul", "2023-05-21-hiroshima"),
    ("2023-08-18-campdavid", "2024-11-15-lima"),
    ("2024-05-26-seoul", "2024-09-06-seoul"),
    ("2024-05-26-seoul", "2026-01-05-beijing"),
}
# The research on them has no quotation; nothing is made up.
WITHOUT_QUOTATIONS = ("2025-08-23-tokyo", "2025-09-30-busan")
# What the research on each summit holds, counted there: how many of each kind.
KINDS = (
    "participants",
    "sessions",
    "commitments",
    "progress",
    "documents",
    "gifts",
    "quotations",
    "conflicts",
    "sources",
)
RESEARCHED = {
    "1998-10-07-tokyo": (8, 10, 11, 7, 5, 0, 3, 4, 23),
    "2023-03-16-tokyo": (8, 7, 9, 9, 0, 0, 2, 4, 20),
    "2023-05-07-seoul": (8, 9, 6, 6, 1, 0, 3, 7, 25),
    "2023-08-18-campdavid": (6, 5, 9, 8, 4, 0, 3, 2, 25),
    "2024-05-26-seoul": (17, 7, 8, 5, 1, 0, 3, 4, 24),
    "2025-08-23-tokyo": (10, 7, 8, 6, 2, 3, 3, 6, 30),
    "2025-09-30-busan": (5, 5, 4, 2, 1, 0, 5, 2, 20),
    "2025-10-30-gyeongju": (3, 4, 2, 3, 0, 2, 4, 4, 20),
    "2026-01-13-nara": (10, 11, 10, 13, 2, 7, 6, 11, 69),
}
# What the record holds beyond it, and why.
ADDED = {
    "1998-10-07-tokyo": {
        "progress": (
            13,
            "what became of five promises, after sources that the research did not have",
        ),
        "sources": (
            19,
            "the five documents stand in no source of their own; fourteen for those steps",
        ),
    },
    "2023-03-16-tokyo": {
        "commitments": (1, "one with two objects: Japan’s export controls, Korea’s complaint"),
        "progress": (
            4,
            "one entry on two bodies, of which one went further than the other; what both sides did"
            " a week later, and Japan in July, with three reports that the research did not have",
        ),
        "sources": (3, "those three reports"),
    },
    "2023-05-07-seoul": {"sessions": (1, "the arrival, there under other places")},
    "2023-08-18-campdavid": {"sources": (3, "three joint texts known by their names only")},
    "2024-05-26-seoul": {
        "progress": (
            1,
            "the dialogue held in June, with two reports that the research did not have",
        ),
        "sources": (2, "those two reports"),
    },
    "2025-08-23-tokyo": {"sources": (1, "Busan’s s08, which names a person whom these do not")},
    "2025-09-30-busan": {
        "progress": (1, "the committee that met in November, after a source the research had not"),
        "sources": (1, "that source"),
    },
    "2026-01-13-nara": {
        "quotations": (5, "what the brief says that people said"),
        "conflicts": (3, "where only the brief differs"),
    },
}
GOVERNMENTS_OWN = ("joint-text", "official", "record")
SENTENCE_ENDS = re.compile(r"[.!?][”\"')]*\s+\w|[。！？].")


def read():
    """All files as they are read together."""
    return {file.name: file for file in summitfile.read_all(texts())}


def texts():
    return [(path.name, path.read_bytes()) for path in FILES]


def load():
    call_command("loadsummit", *map(str, FILES), "--publish", verbosity=0)


@pytest.fixture(scope="module")
def documents():
    """File name -> its document as written, nothing asked of a database."""
    return {path.name: summitfile.parsed(path.read_bytes(), path.name) for path in FILES}


# loading ------------------------------------------------------------------------------------------


def test_fixtures_are_a_vocabulary_and_summits_named_by_their_slugs(documents):
    assert documents[NAMES].document is None
    assert [f"{documents[path.name].slug}.yaml" for path in SUMMITS] == [p.name for p in SUMMITS]


def test_fixtures_have_no_errors_and_nothing_that_hinders_publishing():
    files = read().values()

    assert [str(error) for file in files for error in [*file.errors, *file.hindrances]] == []


def test_fixtures_have_no_warnings_but_those_explained():
    warned = {(file.slug, warning.path) for file in read().values() for warning in file.warnings}

    assert warned == set(EXPLAINED)


def test_fixtures_wait_for_no_summits_but_those_named():
    loaded = [file.document for file in read().values() if file.document]
    waited = {(row["slug"], name) for row in loaded for _place, name in waiting(row, loaded)}

    assert waited == AWAITED


def test_fixtures_load_and_publish_as_one_edition_each():
    load()
    load()

    editions = Edition.objects.values_list("summit__slug", "number", "kind")
    assert sorted(editions) == [(path.stem, 1, "opened") for path in SUMMITS]


@pytest.mark.parametrize("path", SUMMITS, ids=lambda path: path.name)
def test_summit_file_loads_by_itself(path):
    call_command("loadsummit", str(path), "--publish", verbosity=0)

    assert publishing.state(Summit.objects.get()).is_public


def test_fixtures_are_in_their_canonical_form(tmp_path):
    load()

    call_command("dumpsummit", all=True, vocabulary=True, output_dir=str(tmp_path), verbosity=0)

    dumped = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    assert sorted(dumped) == [path.name for path in FILES]
    for path in FILES:
        assert dumped[path.name] == path.read_text(encoding="utf-8"), path.name


def test_names_in_a_summit_file_are_those_of_the_vocabulary(documents):
    whole = {
        (kind, row["slug"]): row
        for kind, rows in documents[NAMES].vocabulary.items()
        for row in rows
    }
    for path in SUMMITS:
        for kind, rows in documents[path.name].vocabulary.items():
            assert {row["slug"]: row for row in rows} == {
                row["slug"]: whole[kind, row["slug"]] for row in rows
            }


def test_every_person_of_the_vocabulary_is_named_by_a_summit(documents):
    named = set(chain.from_iterable(references(documents[path.name].document) for path in SUMMITS))
    people = {row["slug"] for row in documents[NAMES].vocabulary["participants"]}

    assert {slug for kind, slug in named if kind == "participant"} == people


def test_vocabulary_has_ten_main_topics_with_their_children():
    load()

    topics = whole_vocabulary()["topics"]

    children = {row["slug"]: [] for row in topics if "parent" not in row}
    for row in topics:
        if "parent" in row:
            children[row["parent"]].append(row["slug"])
    assert children == {
        "bilateral-relations": ["institutions", "leader-exchanges"],
        "economy": ["business", "economic-security", "finance", "tax", "technology", "trade"],
        "environment": ["climate", "fukushima", "rivers"],
        "exchange": ["culture", "sport", "tourism", "visas", "youth"],
        "health": ["food"],
        "history": ["humanitarian"],
        "law-and-order": ["abductions", "crime", "human-rights"],
        "security": ["arms-control", "denuclearisation", "military", "north-korea", "peace"],
        "society": [
            "agriculture",
            "demography",
            "disaster",
            "regional-development",
            "suicide-prevention",
        ],
        "world-order": ["multilateral", "territory", "ukraine", "united-nations"],
    }


# nothing of the research is lost ------------------------------------------------------------------


def counted(document):
    commitments = document["commitments"]
    return (
        len(document.get("attendances", [])),
        len(document.get("sessions", [])),
        len(commitments),
        sum(len(row.get("progress", [])) for row in commitments),
        sum(row.get("outcome", False) for row in document["sources"]),
        len(document.get("gifts", [])),
        len(document.get("statements", [])),
        len(document.get("differences", [])),
        len(document["sources"]),
    )


@pytest.mark.parametrize("slug", RESEARCHED)
def test_nothing_of_the_research_is_lost(documents, slug):
    added = {kind: more for kind, (more, _why) in ADDED.get(slug, {}).items()}
    wanted = tuple(
        number + added.get(kind, 0) for kind, number in zip(KINDS, RESEARCHED[slug], strict=True)
    )

    assert counted(documents[f"{slug}.yaml"].document) == wanted


def test_every_summit_researched_is_in_the_record():
    assert sorted(f"{slug}.yaml" for slug in RESEARCHED) == [path.name for path in SUMMITS]


# words --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", SUMMITS, ids=lambda path: path.name)
def test_every_text_of_a_summit_has_all_languages(documents, path):
    partly = [
        (*place, fact.name)
        for shape, row, place in walk(documents[path.name].document)
        for fact in shape.facts
        if fact.kind in ("text", "says") and isinstance(row.get(fact.name), dict)
        if set(row[fact.name]) != set(LANGUAGES)
    ]
    assert partly == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_tell_summits_apart(documents, language):
    titles = [documents[path.name].document["title"][language] for path in SUMMITS]

    assert sorted(set(titles)) == sorted(titles)


def test_every_name_has_all_languages_but_those_never_seen_in_one(documents):
    partly = {}
    for kind, model in VOCABULARY.items():
        facts = [fact.name for fact in shape_of(model).facts if fact.kind == "text"]
        for row in documents[NAMES].vocabulary[kind]:
            for fact in facts:
                # A name to sort by is written only where it is another than the name.
                if row.get(fact) and fact != "sort_name" and set(row[fact]) != set(LANGUAGES):
                    partly[row["slug"]] = list(row[fact])
    assert partly == IN_SOME_LANGUAGES


def test_name_to_sort_by_is_a_reading_in_kana_or_the_family_name_first(documents):
    people = documents[NAMES].vocabulary["participants"]
    given_first = {row["slug"] for row in people if "," in row.get("sort_name", {}).get("en", "")}
    readings = [
        row["sort_name"] for row in people if "sort_name" in row and row["slug"] not in given_first
    ]

    assert given_first == {"biden-joe", "jean-pierre-karine", "sullivan-jake"}
    assert [list(reading) for reading in readings] == [["ja"]] * len(readings)
    assert [r["ja"] for r in readings if not re.fullmatch(r"[぀-ヿ・ ]+", r["ja"])] == []


@pytest.mark.parametrize("path", SUMMITS, ids=lambda path: path.name)
def test_exact_words_are_short_and_have_language_and_source(documents, path):
    document = documents[path.name].document
    official = {row["key"] for row in document["sources"] if row["kind"] in GOVERNMENTS_OWN}
    quoted = [(shape.name, row) for shape, row, _place in walk(document) if row.get("exact")]

    assert (quoted == []) == (path.stem in WITHOUT_QUOTATIONS)
    for name, row in quoted:
        words, cites = row["exact"], row["cites"]
        keys = (
            {key.partition(" ")[0] for key in chain(*cites.values())}
            if isinstance(cites, dict)
            else set(cites)
        )
        assert keys != set()
        assert row["exact_lang"] in ("en", "ko", "ja")
        assert SENTENCE_ENDS.findall(words) == []
        # What a side said of a commitment is its government's own text: one sentence of it.
        if name == "statements" and not keys & official:
            east_asian = row["exact_lang"] in ("ko", "ja")
            assert len(words) <= 40 if east_asian else len(words.split()) <= 12


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_english_is_written_with_typographic_apostrophes(documents, path):
    file = documents[path.name]
    names = [row for rows in file.vocabulary.values() for row in rows]
    rows = [row for _shape, row, _place in walk(file.document or {})] + names
    english = [
        value["en"]
        for row in rows
        for value in row.values()
        if isinstance(value, dict) and "en" in value
    ]

    assert [text for text in english if "'" in text or '"' in text] == []
