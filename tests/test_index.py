"""The index says what the editions say, however it came to be, and nothing of the working copy."""

import copy

import pytest
from django.core.management import call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from records import facets, index, publishing
from records.document.schema import SUMMIT, VOCABULARY, shape_of
from records.index.row import Row
from records.models import Entry, FacetSet, Reference, Summit, Version
from tests.contents import index_stored
from tests.factories import (
    commitment,
    document,
    drafted,
    progress,
    published,
    session,
    text,
    vocabulary,
    wording,
)

pytestmark = pytest.mark.django_db
NOTE = {"en": "Changed."}

# a summit now and then ----------------------------------------------------------------------------

SUMMITS = [
    ("2026-01-13-nara", "2026-nara", "2026-01-13"),
    ("2026-01-13-busan", "2026-busan", "2026-01-13"),  # the same day: nothing may hang on the order
    ("since-2025", "2025-open", "../2025-06"),
]
VARIANTS = [
    {},
    {"topics": ["history"], "series": None},
    {"attendances": None, "sessions": [session(participants=["takaichi-sanae"], date=None)]},
    {"commitments": [commitment(1, topics=["history"]), commitment(2, due="2026-06")]},
    {"commitments": [commitment(1, progress=[progress()]), commitment(2, parties=["jpn"])]},
    {"delegations": [{"party": "chn", "role": "neutral-host"}, {"party": "kor", "role": "guest"}]},
    {"event_status": "cancelled", "sessions": [session("opening", formerly=["talks"], date=None)]},
    {"commitments": [
        commitment(1, withdrawn={"on": "2026-02-01", "reason": text("Twice")}), commitment(2),
    ]},
    {"statements": [
        {"key": "word", "speaker": "takaichi-sanae", "gist": text("A word"), "cites": ["s01"]}
    ]},
]  # fmt: skip
NAMES = [
    ("participants", 0, {"sort_name": {"en": "Zzz"}}),
    ("participants", 1, {"also": ["Sanae T."], "formerly": ["t-sanae"]}),
    ("parties", 0, {"name": {"en": "State of Japan"}}),
    ("topics", 1, {"parent": "history"}),
    ("series", 0, {"name": {"en": "Visits"}}),
]


def publish(which: int, variant: int) -> None:
    slug, code, starts = SUMMITS[which]
    over = {"ends": None, "sessions": [session(date=None)], **VARIANTS[variant]}
    kept = Summit.objects.filter(slug=slug).exists()
    found = document(**{**over, "slug": slug, "code": code, "starts": starts})
    if kept:  # what was published before stays
        [edition] = [publishing.state(Summit.objects.get(slug=slug)).published or {}]
        numbers = {row["number"]: row for row in found["commitments"]}
        for row in edition.get("commitments", []):
            again = numbers.setdefault(row["number"], row)
            keys = [entry["key"] for entry in again.get("progress", [])]
            old = [entry for entry in row.get("progress", []) if entry["key"] not in keys]
            if old:
                again["progress"] = [*again.get("progress", []), *old]
        found["commitments"] = list(numbers.values())
    publishing.publish(publishing.load(found, vocabulary(), mode="replace").summit, note=NOTE)


def withdraw(which: int, _variant: int) -> None:
    summit = Summit.objects.filter(slug=SUMMITS[which][0]).first()
    if summit and publishing.state(summit).is_public:
        publishing.withdraw(summit, note=NOTE)


def rename(_which: int, variant: int) -> None:
    kind, place, over = NAMES[variant % len(NAMES)]
    names = copy.deepcopy(vocabulary())
    names[kind][place] |= over
    publishing.load_vocabulary(names, update=True)


def edit(which: int, variant: int) -> None:
    """The working copy only: the index must not see it."""
    slug, code, starts = SUMMITS[which]
    if not Summit.objects.filter(slug=slug).exists():
        over = {"ends": None, "sessions": [session(date=None)], **VARIANTS[variant]}
        drafted(**{**over, "slug": slug, "code": code, "starts": starts})
    else:
        Summit.objects.filter(slug=slug).update(venue_en=f"Venue {variant}")


steps = st.lists(
    st.tuples(
        st.sampled_from([publish, publish, publish, withdraw, rename, edit]),
        st.integers(0, len(SUMMITS) - 1),
        st.integers(0, len(VARIANTS) - 1),
    ),
    min_size=2,
    max_size=7,
)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps)
def test_index_after_any_steps_is_that_of_a_reindex(taken):
    with transaction.atomic():
        for step, which, variant in taken:
            step(which, variant)
        as_it_came = index_stored()

        index.reindex()

        assert index_stored() == as_it_came
        transaction.set_rollback(True)


def test_reindex_mends_an_index_that_was_lost(capsys):
    published()
    before, number = index_stored(), Version.objects.get().number
    Entry.objects.filter(kind="commitment").delete()
    FacetSet.objects.all().delete()

    call_command("reindex")

    assert capsys.readouterr().out == "1 summits indexed\n"
    assert index_stored() == before
    assert Version.objects.get().number > number


def test_entries_keep_their_ids_when_published_again():
    summit = published()
    before = dict(Entry.objects.values_list("slug", "pk"))
    publishing.load(document(venue=text("Hotel")), mode="replace")
    publishing.publish(summit, note=NOTE)

    now = dict(Entry.objects.values_list("slug", "pk"))
    assert {slug: now[slug] for slug in before} == before
    assert set(now) - set(before) == {"2026-01-13-nara/2/facts"}


# what a summit gives ------------------------------------------------------------------------------


def test_entries_of_a_summit():
    published()

    assert list(Entry.objects.order_by("kind", "slug").values_list("kind", "slug")) == [
        ("attendance", "2026-01-13-nara/lee-jae-myung"),
        ("attendance", "2026-01-13-nara/takaichi-sanae"),
        ("change", "2026-01-13-nara/1/opened"),
        ("commitment", "2026-nara-1"),
        ("participant", "lee-jae-myung"),
        ("participant", "takaichi-sanae"),
        ("session", "2026-01-13-nara/talks"),
        ("source", "2026-01-13-nara/s01"),
        ("summit", "2026-01-13-nara"),
    ]


def test_facets_of_a_commitment():
    published(
        commitments=[
            commitment(
                1,
                due="2026-12",
                continues=["2025-tokyo-1"],
                wordings=[wording("kor"), wording("jpn", verb="welcomed")],
            )
        ]
    )

    assert Entry.objects.get(kind="commitment").facets == {
        "status": ["announced"],
        "kind": ["new"],
        "topic": ["economy", "trade"],
        "party": ["jpn", "kor"],
        "series": ["shuttle"],
        "said": ["differ"],
        "followup": ["none-found"],
        "open": ["open"],
        "due-day": ["2026-12-31"],
        "last-heard": ["2026-01-13"],
        "continues": ["2025-tokyo-1"],
        "checked": ["2026-02-13"],
    }


def test_facet_sets_hold_the_ids_of_their_entries():
    published(commitments=[commitment(1), commitment(2, topics=["history"])])
    ids = dict(Entry.objects.filter(kind="commitment").values_list("slug", "pk"))

    sets = facets.Shelf("commitment", 1).values("topic")

    assert {topic: list(bits) for topic, bits in sets.items()} == {
        "economy": [ids["2026-nara-1"]],
        "trade": [ids["2026-nara-1"]],
        "history": [ids["2026-nara-2"]],
    }


def test_set_that_lost_its_last_entry_is_gone():
    summit = published(topics=["history"])
    publishing.load(document(topics=["trade"]), mode="replace")
    publishing.publish(summit, note=NOTE)

    # The change by which the record was opened keeps what it was opened with.
    sets = FacetSet.objects.filter(value="history").values_list("kind", "name")
    assert list(sets) == [("change", "topic")]
    assert not Reference.objects.filter(slug="history").exists()


# what is not there --------------------------------------------------------------------------------

SENTINEL = "unpublished-sentinel"


def marked(shape=SUMMIT, key="s01"):
    """A row with the sentinel in every fact that takes free words, below it likewise."""
    row = {}
    for fact in shape.facts:
        words = SENTINEL[: fact.max_length] if fact.max_length else SENTINEL
        if fact.kind in ("text", "says"):
            row[fact.name] = {"en": words, "ko": words, "ja": words}
        elif fact.kind == "titles":
            row[fact.name] = [{"lang": "ko", "text": words}]
        elif fact.kind == "string" and fact.name not in UNMARKED:
            row[fact.name] = words
    return row


UNMARKED = ("slug", "code", "key", "timezone", "session", "supersedes", "language", "exact_lang",
            "url", "archived_url", "iso", "wikidata", "summit", "exact")  # fmt: skip
DRAFT_NAMES = {
    "participants": [{"slug": f"{SENTINEL}-person", "kind": "person", "name": {"en": SENTINEL}}],
    "parties": [{"slug": f"{SENTINEL}-party", "kind": "state", "name": {"en": SENTINEL}}],
    "topics": [{"slug": f"{SENTINEL}-topic", "name": {"en": SENTINEL}}],
    "series": [{"slug": f"{SENTINEL}-series", "name": {"en": SENTINEL}}],
    "relations": [{"slug": f"jpn-{SENTINEL}-party", "name": {"en": SENTINEL}}],
}


def all_marked(**over):
    """A summit that says the sentinel wherever it can and refers to names that only it knows."""
    person, party, topic = (f"{SENTINEL}-{kind}" for kind in ("person", "party", "topic"))
    of = {child.name: child for child in SUMMIT.children}
    below = {child.name: child for child in of["commitments"].children}
    cites, key = {"cites": ["s01"]}, {"key": SENTINEL}
    whole = {
        **marked(),
        "country": party,
        "series": f"{SENTINEL}-series",
        "topics": [topic],
        "delegations": [{**marked(of["delegations"]), "party": party, "role": "host"}],
        "attendances": [
            {
                **marked(of["attendances"]),
                "participant": person,
                "party": party,
                "capacity": "head-of-state",
            }
        ],
        "sessions": [{**marked(of["sessions"]), **key, "kind": "talks", "participants": [person]}],
        "commitments": [
            {
                **marked(of["commitments"]),
                "number": 1,
                "parties": [party],
                "kind": "new",
                "topics": [topic],
                "wordings": [{**marked(below["wordings"]), "party": party, "verb": "agreed"}],
                "progress": [
                    {
                        **marked(below["progress"]),
                        **cites,
                        "key": SENTINEL,
                        "date": "2026-01-14",
                        "kind": "context",
                    }
                ],
            }
        ],
        "statements": [{**marked(of["statements"]), "key": SENTINEL, "speaker": person}],
        "gifts": [{**marked(of["gifts"]), **key, "givers": [person], "receivers": [person]}],
        "notes": [{**marked(of["notes"]), **cites, "key": SENTINEL, "kind": "occasion"}],
        "differences": [
            {
                **marked(of["differences"]),
                "key": SENTINEL,
                "kind": "counting",
                "values": [{"says": SENTINEL, **cites}, {"says": SENTINEL, **cites}],
            }
        ],
        "sources": [
            {**marked(of["sources"]), "key": "s01", "kind": "official", "read": "whole"}
        ],
    }  # fmt: skip
    return {**whole, **over}


def test_every_list_of_a_summit_is_marked():
    """A new list or vocabulary must be looked for as well."""
    assert [child.name for child in SUMMIT.children if not all_marked().get(child.name)] == []
    assert set(DRAFT_NAMES) == set(VOCABULARY)
    assert all("name" in {f.name for f in shape_of(model).facts} for model in VOCABULARY.values())


def test_draft_is_in_no_entry_no_facet_and_no_reference():
    published()
    before = index_stored()

    drafted(
        DRAFT_NAMES,
        **all_marked(slug="2026-03-draft", code="2026-draft", formerly=[f"{SENTINEL}-old"]),
    )

    assert SENTINEL not in repr(index_stored())
    assert index_stored() == before
    assert index.reindex() == 1
    assert index_stored() == before


def test_unpublished_changes_of_a_public_summit_are_nowhere():
    summit = published()
    before = index_stored()

    marked_all = all_marked(commitments=[{**all_marked()["commitments"][0], "number": 1}])
    publishing.load(document(**marked_all), DRAFT_NAMES, mode="replace")

    assert index_stored() == before
    index.reindex()
    assert index_stored() == before

    publishing.publish(summit, note=NOTE)
    assert SENTINEL in repr(index_stored())


def test_words_are_the_same_however_a_database_orders_the_languages():
    texts = {"en": "One", "ko": "하나", "ja": "一"}
    orders = [list(texts), ["en", "ja", "ko"], ["ko", "ja", "en"]]
    found = [
        Row("topic", "one", {}, words=[("name", {code: texts[code] for code in order})])
        for order in orders
    ]

    assert [[text for *_, text in row.searched()["texts"]] for row in found] == [
        ["One", "하나", "一"]
    ] * 3
    assert len({row.searched()["tokens"] for row in found}) == 1
