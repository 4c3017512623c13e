"""What follows from a document: status, what was said, dates that passed."""

from datetime import date

import pytest

from records.choices import LIFE_ORDER, STATUS_MOVING, ProgressKind
from records.document import derived
from tests.factories import commitment, progress, wording

TODAY = date(2026, 3, 1)


def entry(key, day="2026-01-20", kind="step", status="in-progress", **over):
    return progress(key, date=day, kind=kind, status=status, **over)


def made(*entries, **over):
    return commitment(progress=list(entries), **over)


# status -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entries", "statuses", "status"),
    [
        ([], {"jpn": "announced", "kor": "announced"}, "announced"),
        ([("", "in-progress")], {"jpn": "in-progress", "kor": "in-progress"}, "in-progress"),
        ([("kor", "fulfilled")], {"jpn": "announced", "kor": "fulfilled"}, "announced"),
        (
            [("kor", "fulfilled"), ("jpn", "partly-fulfilled")],
            {"jpn": "partly-fulfilled", "kor": "fulfilled"},
            "partly-fulfilled",
        ),
        ([("kor", "stalled")], {"jpn": "announced", "kor": "stalled"}, "stalled"),
        (
            [("kor", "stalled"), ("jpn", "reversed")],
            {"jpn": "reversed", "kor": "stalled"},
            "stalled",
        ),
        ([("", "fulfilled"), ("jpn", "not-fulfilled")],
         {"jpn": "not-fulfilled", "kor": "fulfilled"}, "not-fulfilled"),
        ([("kor", "stalled"), ("kor", "fulfilled"), ("jpn", "fulfilled")],
         {"jpn": "fulfilled", "kor": "fulfilled"}, "fulfilled"),
        ([("", "fulfilled"), ("", "in-progress")],
         {"jpn": "in-progress", "kor": "in-progress"}, "in-progress"),
    ],
)  # fmt: skip
def test_status_is_what_the_latest_entries_leave_for_each_party(entries, statuses, status):
    rows = [
        entry(f"e{number}", party=party, status=left)
        for number, (party, left) in enumerate(entries)
    ]
    found = made(*rows)
    assert derived.statuses(found) == statuses
    assert derived.status(found) == status
    assert derived.statuses_differ(found) == (len(set(statuses.values())) > 1)


@pytest.mark.parametrize("kind", [kind for kind in ProgressKind if kind not in STATUS_MOVING])
def test_what_only_looks_or_speaks_moves_no_status(kind):
    found = made(entry("a"), entry("b", kind=str(kind), status="fulfilled"))
    assert derived.status(found) == "in-progress"


def test_an_entry_put_right_no_longer_counts():
    found = made(entry("a", status="fulfilled"), entry("b", supersedes="a", status="in-progress"))
    assert derived.status(found) == "in-progress"
    assert [one["key"] for one in derived.entries(found)] == ["b"]


def test_a_position_has_no_status_for_anybody():
    found = made(kind="position")
    assert (derived.status(found), derived.statuses(found)) == ("", {})
    assert not derived.is_open(found)


def test_every_status_has_its_place_in_life():
    for status in LIFE_ORDER:
        assert derived.status(made(entry("a", status=str(status)))) == status


def test_since_when_is_the_entry_that_first_left_the_present_status():
    found = made(
        entry("a", "2026-01-15"),
        entry("b", "2026-01-20"),
        entry("c", "2026-01-25", status="stalled"),
        entry("d", "2026-02-01"),
        entry("e", "2026-02-05"),
    )
    assert derived.status_since(found)["key"] == "d"
    assert derived.status_since(made()) is None
    assert derived.status_since(made(entry("a"), entry("b", status="announced")))["key"] == "b"


def test_since_when_waits_for_the_last_party():
    found = made(entry("a", "2026-01-15", party="kor"), entry("b", "2026-02-01", party="jpn"))
    assert derived.status_since(found)["key"] == "b"


# days ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "status", "overdue"),
    [
        ("2026-02-28", "announced", True),
        ("2026-03-01", "announced", False),
        ("2026-03", "announced", False),
        ("2026-02", "announced", True),
        ("2025~", "stalled", True),
        ("2025", "partly-fulfilled", True),
        ("2026-01/..", "in-progress", False),
        ("../2026-02", "in-progress", True),
        ("2026-02-28", "fulfilled", False),
        ("2026-02-28", "superseded", False),
        ("2026-02-28", "reversed", False),
        ("2026-02-28", "not-fulfilled", False),
    ],
)
def test_overdue_once_the_last_possible_day_has_passed(due, status, overdue):
    found = made(entry("a", status=status), due=due)
    assert derived.is_overdue(found, TODAY) == overdue


def test_a_due_date_in_words_is_never_overdue():
    found = made(due=None, due_text={"en": "soon"})
    assert (derived.due_day(found), derived.is_overdue(found, TODAY)) == (None, False)


@pytest.mark.parametrize(
    ("fulfilled", "late"),
    [("2026-02-10", False), ("2026-02-11", True), ("2026-02", False), ("2026-03", True)],
)
def test_late_is_what_was_surely_fulfilled_after_its_day(fulfilled, late):
    done = entry("a", fulfilled, kind="result", status="fulfilled")
    assert derived.is_late(made(done, due="2026-02-10")) == late
    assert not derived.is_late(made(done))
    assert not derived.is_late(made(entry("a", fulfilled), due="2026-02-10"))


def test_a_confirmation_later_than_the_day_does_not_make_late():
    found = made(
        entry("a", "2026-02-01", kind="result", status="fulfilled"),
        entry("b", "2026-03-01", kind="result", status="fulfilled"),
        due="2026-02-10",
    )
    assert not derived.is_late(found)


def test_follow_ups_are_neither_context_nor_checks():
    found = made(*(entry(str(kind), kind=str(kind)) for kind in ProgressKind))
    keys = {one["key"] for one in derived.follow_ups(found)}
    assert keys == {str(kind) for kind in ProgressKind} - {"context", "check"}
    assert derived.last_follow_up(found) == date(2026, 1, 20)
    assert derived.last_follow_up(made()) is None


def test_the_last_check_is_that_of_the_commitment_else_of_the_summit():
    check = entry("a", "2026-02-20", kind="check", status=None)
    later = entry("b", "2026-02-25", kind="check", status=None)
    summit = {"checked_on": "2026-02-13"}
    assert derived.last_check(made(check, later), summit) == "2026-02-25"
    assert derived.last_check(made(entry("c")), summit) == "2026-02-13"
    assert derived.last_check(made(), {}) == ""


# what was said ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wordings", "words_differ", "said"),
    [
        ([], False, ""),
        ([wording("kor")], False, "one"),
        ([wording("kor"), wording("jpn", verb="not-mentioned")], False, "one"),
        ([wording("jpn", verb="not-mentioned")], False, ""),
        ([wording("kor"), wording("jpn")], False, "both"),
        ([wording("kor"), wording("jpn", verb="decided")], False, "both"),
        ([wording("kor"), wording("jpn", verb="welcomed")], False, "differ"),
        ([wording("kor"), wording("jpn")], True, "differ"),
        ([wording("")], False, "both"),
        ([wording(""), wording("kor", verb="welcomed")], False, "both"),
    ],
)
def test_what_was_said(wordings, words_differ, said):
    assert derived.said(commitment(wordings=wordings, words_differ=words_differ)) == said


# the summit ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("roles", "form", "hosts"),
    [
        ([], "", []),
        (["host"], "", ["p0"]),
        (["host", "guest"], "bilateral", ["p0"]),
        (["guest", "guest", "neutral-host"], "bilateral", ["p2"]),
        (["member"] * 3, "trilateral", []),
        (["host", "guest", "invited"], "bilateral", ["p0"]),
        (["host", *["member"] * 25], "multilateral", ["p0"]),
    ],
)
def test_form_and_hosts_follow_from_the_delegations(roles, form, hosts):
    rows = [{"party": f"p{number}", "role": role} for number, role in enumerate(roles)]
    assert (derived.form({"delegations": rows}), derived.hosts({"delegations": rows})) == (
        form,
        hosts,
    )
