"""Rows <-> document, the shape, and what follows from a document."""

from datetime import date

import pytest

from records.document import checks, compare, derived, formats, schema
from records.document.canonical import canonical, digest, references
from records.document.problems import said
from records.document.read import read, vocabulary_for
from records.document.validate import validated
from records.document.write import write, write_vocabulary
from records.models import Session, Summit
from tests.factories import (
    commitment,
    document,
    drafted,
    progress,
    session,
    source,
    text,
    vocabulary,
    wording,
)

pytestmark = pytest.mark.django_db


def everything():
    """A document that uses every list and every kind of fact."""
    return document(
        also=[{"lang": "ko", "text": "나라 정상회담"}],
        series_number=9,
        latitude=34.685,
        longitude=135.805,
        cites={"title": ["s01"], "topics.trade": ["s01 art. 3"], "all": ["s01"]},
        sessions=[session("talks"), session("dinner", participants=["lee-jae-myung"])],
        commitments=[
            commitment(
                due="2026-12",
                session="talks",
                continues=["2025-tokyo-1"],
                words_differ=True,
                wordings=[wording(), wording("kor", exact="합의했다", exact_lang="ko")],
                progress=[
                    progress("2026-01-14-first"),
                    progress("2026-01-14-right", supersedes="2026-01-14-first"),
                ],
            ),
            commitment(2, withdrawn={"on": "2026-02-01", "reason": text("Entered twice")}),
        ],
        statements=[
            {"key": "word", "speaker": "lee-jae-myung", "gist": text("A word"), "cites": ["s01"]}
        ],
        gifts=[
            {
                "key": "drum",
                "givers": ["lee-jae-myung"],
                "receivers": ["takaichi-sanae"],
                "what": text("A drum"),
            }
        ],
        notes=[
            {"key": "why", "kind": "occasion", "by": ["jpn"], "text": text("W"), "cites": ["s01"]}
        ],
        differences=[
            {
                "key": "length",
                "question": text("How long?"),
                "about": ["sessions.talks.minutes"],
                "kind": "counting",
                "values": [
                    {"says": "88 min", "cites": ["s01"]},
                    {"says": text("about 90"), "cites": ["s01"]},
                ],
            }
        ],
    )


def test_document_written_and_read_is_the_same():
    write_vocabulary(vocabulary())
    summit = write(everything())

    assert canonical(read(summit)) == canonical(everything())


def test_document_written_again_changes_nothing(django_assert_num_queries):
    write_vocabulary(vocabulary())
    summit = write(everything())
    before = list(Session.objects.order_by("pk").values_list("pk", "key"))

    write(everything())

    assert list(Session.objects.order_by("pk").values_list("pk", "key")) == before
    assert Summit.objects.get() == summit


def test_session_renamed_through_formerly_keeps_its_row():
    write_vocabulary(vocabulary())
    write(document())
    row = Session.objects.get()

    write(document(sessions=[session("opening", formerly=["talks"])]))

    assert Session.objects.get().pk == row.pk
    assert Session.objects.get().key == "opening"


def test_swapped_contents_of_two_sessions_are_written():
    write_vocabulary(vocabulary())
    write(document(sessions=[session("a", minutes="1"), session("b", minutes="2")]))

    summit = write(document(sessions=[session("b", minutes="1"), session("a", minutes="2")]))

    assert [(row["key"], row["minutes"]) for row in read(summit)["sessions"]] == [
        ("b", "1"),
        ("a", "2"),
    ]


def test_row_that_left_the_document_leaves_the_record():
    write_vocabulary(vocabulary())
    write(document(sessions=[session("a"), session("b")]))

    write(document(sessions=[session("b")]))

    assert list(Session.objects.values_list("key", flat=True)) == ["b"]


def test_vocabulary_for_a_document_holds_parents_too():
    write_vocabulary(vocabulary())

    found = vocabulary_for(document())

    assert [row["slug"] for row in found["topics"]] == ["economy", "trade"]
    assert [row["slug"] for row in found["parties"]] == ["jpn", "kor"]


def test_different_vocabulary_entry_keeps_the_records_form_unless_updated():
    write_vocabulary(vocabulary())
    other = {"series": [{"slug": "shuttle", "name": {"en": "Shuttle visits"}}]}

    report = write_vocabulary(other)
    updated = write_vocabulary(other, update=True)

    assert list(report.different) == [("series", "shuttle")]
    assert updated.updated == [("series", "shuttle")]


def test_references_of_a_document():
    assert references(document(topics=None, commitments=None)) == {
        ("party", "jpn"),
        ("party", "kor"),
        ("participant", "lee-jae-myung"),
        ("participant", "takaichi-sanae"),
        ("series", "shuttle"),
    }


def test_completed_document_has_every_fact():
    whole = schema.complete({"slug": "x", "cites": ["s01"]})

    assert whole["venue"] == {}
    assert whole["country"] == ""
    assert whole["cites"] == {"all": ["s01"]}
    assert whole["commitments"] == []


def test_json_numbers_are_not_taken_for_text():
    found, problems = validated({"format": 1, **document(series_number="9")})

    assert "series_number" not in found
    assert [problem.message for problem in problems] == ["Found “9” where a whole number belongs."]


# checks


def messages(**over):
    found = document(**over)
    context = checks.context_for(found, vocabulary())
    return [(p.level, said(found, p.place), p.message) for p in checks.problems(found, context)]


def test_valid_document_has_no_problems():
    assert messages() == []


@pytest.mark.parametrize(
    ("over", "level", "place", "words"),
    [
        ({"cites": ["s09"]}, "error", "cites.1", "No source “s09”"),
        ({"cites": {"topics.history": ["s01"]}}, "error", "cites.topics.history", "not among"),
        ({"country": "prk"}, "error", "country", "No party “prk”"),
        ({"timezone": "Asia/Tokio"}, "error", "timezone", "Did you mean “Asia/Tokyo”?"),
        ({"ends": "2026-01-12"}, "error", "ends", "before it starts"),
        ({"series": None, "series_number": 2}, "error", "series_number", "needs the series"),
        ({"city": None}, "publish", "city", "needs a city"),
        ({"delegations": None, "commitments": None}, "publish", "delegations", "delegation"),
        ({"sessions": [session(date="2026-01-20")]}, "warning", "sessions.talks.date", "after"),
        (
            {"commitments": [commitment(session="dinner")]},
            "error",
            "commitments.1.session",
            "No session “dinner”",
        ),
        (
            {"commitments": [commitment(continues=["2026-nara-2"])]},
            "error",
            "commitments.1.continues.1",
            "of this same summit",
        ),
        (
            {"commitments": [commitment(progress=[progress(kind="context")])]},
            "error",
            "commitments.1.progress.2026-02-01-step.status",
            "moves no status",
        ),
        (
            {"commitments": [commitment(progress=[progress(party="chn")])]},
            "error",
            "commitments.1.progress.2026-02-01-step.kind",
            "what others do is “context”",
        ),
        (
            {"commitments": [commitment(progress=[progress(supersedes="x")])]},
            "error",
            "commitments.1.progress.2026-02-01-step.supersedes",
            "No other entry “x”",
        ),
        (
            {"commitments": [commitment(wordings=[wording("kor", exact="합의")])]},
            "error",
            "commitments.1.wordings.kor",
            "need their language",
        ),
        ({"sources": [source(url="javascript:alert(1)")]}, "error", "sources.s01.url", "https"),
        ({"title": {"en": "Nara\x00"}}, "error", "title.en", "invisible character U+0000"),
    ],
)
def test_broken_rule_is_named_at_its_place(over, level, place, words):
    found = messages(**over)

    assert [(lvl, where) for lvl, where, _message in found] == [(level, place)]
    assert words in found[0][2]


def test_code_of_another_summit_is_refused():
    drafted()

    found = messages(slug="2026-05-01-nara")

    assert [(level, place) for level, place, _m in found] == [("error", "code")]


# derived


@pytest.mark.parametrize(
    ("entries", "status"),
    [
        ([], "announced"),
        ([("step", "in-progress", "")], "in-progress"),
        ([("step", "in-progress", "jpn")], "announced"),
        ([("step", "in-progress", "jpn"), ("result", "fulfilled", "kor")], "in-progress"),
        ([("result", "fulfilled", ""), ("setback", "reversed", "kor")], "reversed"),
        ([("setback", "stalled", "jpn"), ("step", "in-progress", "jpn")], "announced"),
        ([("context", "", ""), ("check", "", "")], "announced"),
    ],
)
def test_status_follows_the_latest_entry_that_can_leave_one(entries, status):
    row = commitment(
        progress=[
            progress(f"e{index}", kind=kind, status=left, party=party)
            for index, (kind, left, party) in enumerate(entries)
        ]
    )

    assert derived.status(row) == status


def test_status_ignores_a_superseded_entry():
    row = commitment(
        progress=[
            progress("wrong", status="fulfilled", kind="result"),
            progress("right", supersedes="wrong"),
        ]
    )

    assert derived.status(row) == "in-progress"


def test_position_has_no_status():
    assert derived.status(commitment(kind="position")) == ""


@pytest.mark.parametrize(
    ("due", "overdue"),
    [("2026-02", False), ("2026-01", True), ("2026-01-31", True), ("../2026-01", True)],
)
def test_overdue_is_after_the_last_possible_day(due, overdue):
    assert derived.is_overdue(commitment(due=due), date(2026, 2, 1)) is overdue


def test_fulfilled_after_its_due_day_is_late():
    row = commitment(
        due="2026-01", progress=[progress(kind="result", status="fulfilled", date="2026-02-01")]
    )

    assert derived.is_late(row)
    assert not derived.is_overdue(row, date(2026, 3, 1))


@pytest.mark.parametrize(
    ("wordings", "differ", "expected"),
    [
        ([], False, ""),
        ([wording()], False, "both"),
        ([wording("kor")], False, "one"),
        ([wording("kor"), wording("jpn", verb="not-mentioned")], False, "one"),
        ([wording("kor"), wording("jpn")], False, "both"),
        ([wording("kor"), wording("jpn", verb="welcomed")], False, "differ"),
        ([wording("kor"), wording("jpn")], True, "differ"),
    ],
)
def test_said_tells_both_one_or_differ(wordings, differ, expected):
    assert derived.said(commitment(wordings=wordings, words_differ=differ)) == expected


def test_form_does_not_count_a_neutral_host():
    roles = [("jpn", "neutral-host"), ("kor", "member"), ("chn", "member")]
    delegations = [{"party": party, "role": role} for party, role in roles]

    assert derived.form(document(delegations=delegations)) == "bilateral"


# formats


def test_older_format_is_upgraded_when_read(monkeypatch):
    monkeypatch.setattr(schema, "FORMAT", 2)
    monkeypatch.setitem(formats.UPGRADES, 1, lambda found: {**found, "venue": {"en": "Moved here"}})

    assert formats.opened('{"format":1,"slug":"x"}') == {"slug": "x", "venue": {"en": "Moved here"}}


def test_digest_does_not_depend_on_what_is_left_out():
    whole = document()

    assert digest({**whole, "format": 1}) == digest(whole)


def test_differences_name_what_an_editor_would_name():
    before = document()
    after = document(title={**before["title"], "en": "Other"}, sessions=[session("dinner")])

    assert [str(change) for change in compare.differences(before, after)] == [
        "title.en: “Other”, was “Summit in Nara”",
        "sessions.talks: removed",
        "sessions.dinner: added",
    ]
