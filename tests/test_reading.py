"""A document turned for reading: who comes first, which mark stands where, what is beside what."""

from datetime import UTC, date, datetime

import pytest

from records.document.citations import cited_by
from records.document.schema import complete
from records.public import Names, Person, Published
from records.reading import (
    CommitmentReading,
    ParticipantReading,
    SessionReading,
    SummitReading,
)
from records.reading.programme import clock_of
from records.reading.sources import Mark
from tests import factories

TODAY = date(2026, 3, 1)
NAMES = {
    kind: {row["slug"]: row for row in rows}
    for kind, rows in zip(
        ("participant", "party", "topic", "series"), factories.vocabulary().values(), strict=True
    )
}


def published(**over):
    from records.document.schema import shape_of
    from records.models import Participant, Party, Series, Topic

    models = {"participant": Participant, "party": Party, "topic": Topic, "series": Series}
    names = {
        kind: {slug: complete(row, shape_of(models[kind])) for slug, row in rows.items()}
        for kind, rows in NAMES.items()
    }
    record = {name: value for name, value in factories.document(**over).items() if name != "format"}
    return Published(
        "2026-01-13-nara", 1, 1, datetime(2026, 2, 1, tzinfo=UTC), "", "opened", {"en": "Opened."},
        "0" * 64, record, Names(names),
    )  # fmt: skip


def summit(**over):
    return SummitReading(published(**over), TODAY)


def sources(*keys):
    return [factories.source(key) for key in keys]


def marks(found):
    return [(mark.number, mark.place) for mark in found]


# marks --------------------------------------------------------------------------------------------


def test_sources_are_numbered_in_the_order_of_the_file():
    read = summit(sources=sources("s09", "s01", "s05"), cites=["s01", "s09"])
    assert [(row["number"], row["key"]) for row in read.source_list] == [
        (1, "s09"), (2, "s01"), (3, "s05"),
    ]  # fmt: skip
    assert marks(read.facts["cited"]["dates"]) == [(1, ""), (2, "")]


def test_a_fact_has_its_own_marks_and_else_those_of_the_row():
    read = summit(
        sources=sources("s01", "s02", "s03"),
        cites={"starts": ["s03 p. 4", "s02"], "all": ["s01"]},
    )
    cited = read.facts["cited"]
    # `ends` and the zone, in the same line of the facts, have none of their own.
    assert marks(cited["dates"]) == [(1, ""), (2, ""), (3, "p. 4")]
    assert marks(cited["place"]) == [(1, "")]
    assert marks(cited["venue"]) == []  # nothing is said, so nothing is cited for it


def test_a_member_of_a_set_has_its_own_marks():
    read = summit(
        sources=sources("s01", "s02"),
        topics=["history", "trade"],
        cites={"topics.history": ["s02"], "all": ["s01"]},
    )
    assert [(slug, marks(found)) for slug, _name, found in read.facts["topic_names"]] == [
        ("history", [(2, "")]),
        ("trade", []),
    ]


def test_marks_of_a_row_are_apart_and_the_rest_in_the_order_of_numbers_each_once():
    read = summit(
        sources=sources("s01", "s02", "s03"),
        sessions=[
            factories.session(
                cites={"minutes": ["s02"], "title": ["s03", "s01"], "all": ["s01", "s03 at 2:10"]}
            )
        ],
    )
    [session] = read.sessions
    assert marks(session["marks"]["minutes"]) == [(2, "")]
    assert marks(session["marks"]["rest"]) == [(1, ""), (3, ""), (3, "at 2:10")]
    assert marks(session["marks"]["time"]) == []


def test_a_mark_keeps_its_place():
    assert Mark(3, "s03", "art. 118").in_order() == (3, "art. 118")


def test_a_page_below_the_summit_numbers_only_what_it_cites():
    found = published(
        sources=sources("s01", "s02", "s03", "s04"),
        sessions=[factories.session("one", cites=["s03"]), factories.session("two")],
        statements=[
            {"key": "said", "speaker": "lee-jae-myung", "gist": {"en": "x"}, "session": "one",
             "cites": ["s04"]}
        ],
        differences=[
            {"key": "long", "question": {"en": "How long?"}, "kind": "counting",
             "about": ["sessions.one.minutes"],
             "values": [{"says": "90", "cites": ["s02"]}, {"says": "100", "cites": ["s04"]}]}
        ],
    )  # fmt: skip
    read = SessionReading(found, "one", TODAY)
    assert [(row["number"], row["key"]) for row in read.source_list] == [
        (1, "s02"), (2, "s03"), (3, "s04"),
    ]  # fmt: skip
    assert marks(read.session["marks"]["rest"]) == [(2, "")]
    assert [row["key"] for row in read.differences] == ["long"]
    other = SessionReading(found, "two", TODAY)
    assert [row["key"] for row in other.source_list] == ["s01"]
    assert other.differences == []


def test_the_sources_a_row_cites_are_those_of_all_below_it():
    row = factories.commitment(
        cites={"due": ["s01 p. 1"], "all": ["s02"]},
        wordings=[factories.wording("kor", cites=["s03"])],
        progress=[factories.progress(cites=["s04"])],
    )
    assert sorted(cited_by(row)) == ["s01", "s02", "s03", "s04"]


def test_a_source_says_what_it_is_cited_for():
    note = {"key": "n", "kind": "gap", "text": {"en": "x"}, "cites": ["s02"]}
    read = summit(sources=sources("s01", "s02", "s03"), notes=[note])
    supports = {row["key"]: row["supports"] for row in read.source_list}
    assert supports == {
        "s01": [
            ("facts", "facts"), ("programme", "programme"), ("2026-nara-1", "c-1"),
        ],
        "s02": [("gaps", "gaps")],
        "s03": [],
    }  # fmt: skip


# people -------------------------------------------------------------------------------------------


def test_of_two_delegations_the_guest_is_first_in_every_list():
    read = summit()
    assert [one["party"] for one in read.who[0]] == ["kor", "jpn"]
    [row] = read.promised
    assert [one["party"] for one in row["columns"]] == ["kor", "jpn"]


def test_of_more_the_order_is_that_of_protocol():
    order = ["jpn", "chn", "kor"]
    read = summit(delegations=[{"party": slug, "role": "member"} for slug in order])
    assert [one["party"] for one in read.who[0]] == order


def test_people_of_no_delegation_stand_apart_and_one_without_a_row_has_its_own():
    people = factories.document()["attendances"]
    guide = {"participant": "guide", "capacity": "community", "presence": "present"}
    envoy = {"participant": "envoy", "party": "chn", "capacity": "envoy", "presence": "present"}
    delegations, apart = summit(attendances=[*people, guide, envoy]).who
    assert [one["slug"] for one in apart] == ["guide"]
    assert [one["party"] for one in delegations] == ["kor", "jpn", "chn"]
    assert delegations[2]["role"] == ""


@pytest.mark.parametrize("count", [6, 7])
def test_more_than_six_people_are_grouped(count):
    capacities = [
        "interpreter",
        "minister",
        "head-of-state",
        "family",
        "military",
        "other",
        "envoy",
    ]
    people = [
        {"participant": f"p{number}", "party": "kor", "capacity": capacity, "presence": "present",
         "principal": capacity == "head-of-state"}
        for number, capacity in enumerate(capacities[:count])
    ]  # fmt: skip
    groups = summit(attendances=people).who[0][0]["groups"]
    named = [(name, [one["slug"] for one in rows]) for name, rows in groups]
    if count == 6:
        assert [rows for _name, rows in named] == [[f"p{number}" for number in range(6)]]
        assert [name for name, _rows in named] == [""]
    else:
        assert named == [
            ("leaders", ["p2"]), ("ministers", ["p1", "p6"]), ("officials", ["p0", "p4"]),
            ("family", ["p3"]), ("others", ["p5"]),
        ]  # fmt: skip


# commitments --------------------------------------------------------------------------------------


def columns(**over):
    [row] = summit(commitments=[factories.commitment(**over)]).promised
    return [(one["party"], one["is_silent"]) for one in row["columns"]], [
        one["party"] for one in row["silent"]
    ]


def test_a_side_without_words_has_a_silent_column():
    assert columns(wordings=[factories.wording("jpn")]) == (
        [("kor", True), ("jpn", False)],
        [],
    )


def test_an_agreed_text_speaks_for_all():
    assert columns(wordings=[factories.wording("")]) == ([], [])
    assert columns(wordings=[factories.wording(""), factories.wording("jpn")]) == (
        [("jpn", False)],
        [],
    )


def test_more_than_four_sides_name_the_silent_in_one_line():
    parties = ["a", "b", "c", "d", "e"]
    assert columns(parties=parties, wordings=[factories.wording("c")]) == (
        [("c", False)],
        ["a", "b", "d", "e"],
    )
    assert len(columns(parties=parties[:4], wordings=[factories.wording("c")])[0]) == 4


def test_each_partys_status_is_named_only_where_they_differ():
    one_side = factories.progress(party="kor", status="in-progress")
    [row] = summit(commitments=[factories.commitment(progress=[one_side])]).promised
    assert [(name["en"], status) for name, status in row["statuses"]] == [
        ("Korea", "in-progress"),
        ("Japan", "announced"),
    ]
    [row] = summit(commitments=[factories.commitment(progress=[factories.progress()])]).promised
    assert row["statuses"] == []


def test_commitments_stand_under_the_main_topic_they_have_most_of():
    rows = [
        factories.commitment(1, topics=["history"]),
        factories.commitment(2, topics=["economy", "history", "trade"]),
        factories.commitment(3, topics=None),
    ]
    found = summit(commitments=rows).by_topic
    assert [(name.get("en", ""), [row["number"] for row in rows]) for name, rows in found] == [
        ("History", [1]),
        ("Economy", [2]),
        ("", [3]),
    ]


def test_counts_leave_out_what_was_withdrawn_and_put_positions_last():
    gone = {"on": "2026-02-01", "reason": factories.text("Slip")}
    rows = [
        factories.commitment(1, kind="position"),
        factories.commitment(2, progress=[factories.progress()]),
        factories.commitment(3),
        factories.commitment(4, withdrawn=gone),
    ]
    read = summit(commitments=rows)
    assert read.counts == [("announced", 1), ("in-progress", 1), ("position", 1)]
    assert [row["number"] for row in read.withdrawn] == [4]


def test_neighbours_of_a_commitment_leave_out_what_was_withdrawn():
    gone = {"on": "2026-02-01", "reason": factories.text("Slip")}
    found = published(
        commitments=[
            factories.commitment(1),
            factories.commitment(2, withdrawn=gone),
            factories.commitment(3),
        ]
    )
    before, after = CommitmentReading(found, 3, [], TODAY).neighbours
    assert (before["number"], after) == (1, None)
    before, after = CommitmentReading(found, 1, [], TODAY).neighbours
    assert (before, after["number"]) == (None, 3)


# programme ----------------------------------------------------------------------------------------


def test_days_are_in_order_and_sessions_in_that_of_the_file():
    read = summit(
        sessions=[
            factories.session("c", date="2026-01-14"),
            factories.session("b", time="18:00"),
            factories.session("a", time="09:00"),
            factories.session("d", date=None),
        ]
    )
    assert [(day, [row["key"] for row in rows]) for day, rows in read.days] == [
        ("2026-01-13", ["b", "a"]),
        ("2026-01-14", ["c"]),
        ("", ["d"]),
    ]
    found = [SessionReading(read.published, key, TODAY).neighbours for key in ("b", "a", "c", "d")]
    assert [[one and one["key"] for one in pair] for pair in found] == [
        [None, "a"], ["b", "c"], ["a", "d"], ["c", None],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("zone", "starts", "said"),
    [
        ("Asia/Tokyo", "2026-01-13", ("JST", "UTC+9")),
        ("Europe/London", "2026-01-13", ("GMT", "UTC")),
        ("Europe/London", "2026-07", ("BST", "UTC+1")),
        ("America/New_York", "2026-01-13", ("EST", "UTC−5")),
        ("Asia/Kolkata", "2026", ("IST", "UTC+5:30")),
        ("America/Sao_Paulo", "2026-01-13", ("America/Sao_Paulo", "UTC−3")),
        ("Asia/Tokyo", "1814", ("Asia/Tokyo", "")),
        ("", "2026-01-13", ("", "")),
        ("Mars/Olympus", "2026-01-13", ("Mars/Olympus", "")),
    ],
)
def test_the_zone_is_named_as_it_was_that_day(zone, starts, said):
    assert clock_of({"timezone": zone, "starts": starts}) == said


# differences --------------------------------------------------------------------------------------


def test_a_difference_stands_where_a_reader_looks_for_it():
    def differ(key, *about):
        values = [{"says": "90", "cites": ["s01"]}, {"says": "100", "cites": ["s02", "s01"]}]
        return {"key": key, "question": {"en": key}, "kind": "counting", "about": list(about),
                "values": values}  # fmt: skip

    read = summit(
        sources=sources("s01", "s02"),
        commitments=[factories.commitment(1), factories.commitment(10)],
        differences=[
            differ("length", "sessions.talks.minutes"),
            differ("day", "starts", "ends"),
            differ("ten", "commitments.10"),
        ],
    )
    in_facts = {name: [row["key"] for row in rows] for name, rows in read.facts["differ"].items()}
    assert in_facts["length"] == ["length"]
    assert in_facts["dates"] == ["day"]
    assert [[one["key"] for one in row["differences"]] for row in read.promised] == [[], ["ten"]]
    [session] = read.sessions
    assert [one["key"] for one in session["differences"]] == ["length"]
    [first, second] = read.differences.rows[0]["values"]
    assert (first["by"], second["by"]) == (["Ministry s01"], ["Ministry s01", "Ministry s02"])


# participants -------------------------------------------------------------------------------------


def test_a_participants_totals_are_those_of_the_summits_they_led():
    meetings = [
        {"summit": "a", "principal": True},
        {"summit": "b", "principal": False},
        {"summit": "c", "principal": True},
        {"summit": "c", "principal": True},
    ]
    summits = {
        "a": {"statuses": {"announced": 2, "position": 1}, "checked_on": "2026-01-01"},
        "b": {"statuses": {"announced": 9}, "checked_on": "2026-02-01"},
        "c": {"statuses": {"fulfilled": 1, "announced": 1}, "checked_on": ""},
    }
    read = ParticipantReading(Person({"slug": "x"}, {}, meetings, [], summits))
    assert read.totals == [("announced", 3), ("fulfilled", 1), ("position", 1)]
    assert read.checked_on == "2026-02-01"
    assert read.sections == [(1, "facts"), (2, "meetings"), (3, "commitments")]
