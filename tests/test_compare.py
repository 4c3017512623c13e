"""Laws of merging: nothing lost, nothing invented."""

import copy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from records.document.compare import ORDER, built, differences, leaves, merged
from records.document.validate import validated
from tests.documents import documents
from tests.factories import commitment, document, session, source, text

EDITS = {
    "title": lambda found, word: found["title"].update(en=word),
    "korean title": lambda found, word: found["title"].update(ko=word),
    "venue": lambda found, word: found.update(venue={"en": word}),
    "no checked_on": lambda found, word: found.pop("checked_on", None),
    "minutes": lambda found, word: found["sessions"][0].update(minutes=word),
    "new session": lambda found, word: found["sessions"].append(session(f"new-{word}")),
    "other order": lambda found, word: found["sources"].reverse(),
    "new source": lambda found, word: found["sources"].insert(1, source(f"new-{word}")),
    "gist": lambda found, word: found["commitments"][0].update(gist={"en": word}),
    "topics": lambda found, word: found["commitments"][0].update(topics=["history"]),
    "new commitment": lambda found, word: found["commitments"].append(commitment(7, due=word)),
}


def base():
    found = document(
        sessions=[session("a"), session("b")],
        commitments=[commitment(1), commitment(2)],
        sources=[source("s01"), source("s02"), source("s03")],
    )
    return found


def edited(names, word):
    found = copy.deepcopy(base())
    for name in names:
        EDITS[name](found, word)
    return found


laws = settings(max_examples=40, deadline=None)  # how fast is no law
edits = st.lists(st.sampled_from(sorted(EDITS)), unique=True, max_size=6)


def test_document_is_built_again_from_its_leaves():
    assert built(leaves(base())) == base()


@laws
@given(edits)
def test_merge_with_an_unchanged_side_is_the_other(names):
    theirs = edited(names, "1")

    assert merged(base(), theirs, base()) == (theirs, [])
    assert merged(base(), base(), theirs) == (theirs, [])


@laws
@given(edits)
def test_merge_of_the_same_changes_is_no_conflict(names):
    both = edited(names, "1")

    assert merged(base(), both, copy.deepcopy(both)) == (both, [])


@laws
@given(edits, edits)
def test_merge_of_disjoint_changes_holds_both(mine, others):
    others = [name for name in others if name not in mine]
    ours, theirs = edited(mine, "1"), edited(others, "2")

    result, conflicts = merged(base(), ours, theirs)

    assert conflicts == []
    wanted = {change.path for change in differences(base(), ours)}
    wanted |= {change.path for change in differences(base(), theirs)}
    assert {change.path for change in differences(base(), result)} == wanted


@laws
@given(edits, edits)
def test_merge_loses_no_leaf_that_either_side_added(mine, others):
    ours, theirs = edited(mine, "1"), edited(others, "2")

    result, conflicts = merged(base(), ours, theirs)

    clashing = {conflict.path for conflict in conflicts}
    there, before = leaves(result), leaves(base())
    for side in (ours, theirs):
        for path, value in leaves(side).items():
            if path not in before and path not in clashing and path[-1] != ORDER:
                assert there[path] == value


@laws
@given(edits, edits)
def test_merge_of_disjoint_changes_does_not_ask_who_was_first(mine, others):
    others = [name for name in others if name not in mine]
    ours, theirs = edited(mine, "1"), edited(others, "2")

    one, _none = merged(base(), ours, theirs)
    other, _none = merged(base(), theirs, ours)

    def unordered(found):
        return {path: value for path, value in leaves(found).items() if path[-1] != ORDER}

    assert unordered(one) == unordered(other)


@laws
@given(edits, edits)
def test_merge_of_disjoint_changes_is_one_after_the_other(mine, others):
    """As if one editor had made all of them: `EDITS` of different names touch different things."""
    others = [name for name in others if name not in mine]
    ours, theirs = edited(mine, "1"), edited(others, "1")

    result, conflicts = merged(base(), ours, theirs)

    assert conflicts == []
    assert differences(edited([*mine, *others], "1"), result) == [
        change
        for change in differences(edited([*mine, *others], "1"), result)
        if change.kind == "moved"
    ]


@laws
@given(edits, edits)
def test_restoring_an_earlier_state_gives_it_whole(mine, others):
    """A revert is a merge whose base is what is undone: only what came later remains."""
    earlier, later = edited(mine, "1"), edited([*mine, *(n for n in others if n not in mine)], "1")

    assert merged(later, later, earlier) == (earlier, [])
    undone, conflicts = merged(earlier, later, base())
    assert conflicts == []
    assert differences(undone, merged(base(), base(), undone)[0]) == []


@laws
@given(edits, edits)
def test_differences_are_empty_exactly_when_documents_are_equal(mine, others):
    ours, theirs = edited(mine, "1"), edited(others, "1")

    assert (differences(ours, theirs) == []) == (ours == theirs)


@given(documents)
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_document_is_built_again_from_its_leaves(found):
    whole, faults = validated({"format": 1, **found})

    assert faults == []
    assert built(leaves(whole)) == whole
    assert merged({}, whole, whole) == (whole, [])


@pytest.mark.parametrize("word", ["row", "a row is there", "#order"])
def test_word_of_our_own_in_a_text_is_a_word(word):
    before, after = document(venue={"en": word}), document(venue={"en": "Hotel"})

    assert [str(change) for change in differences(before, after)] == [
        f"venue.en: “Hotel”, was “{word}”"
    ]
    assert merged(before, after, before) == (after, [])


def test_different_changes_of_one_leaf_are_a_conflict():
    ours, theirs = edited(["title"], "1"), edited(["title"], "2")

    result, conflicts = merged(base(), ours, theirs)

    assert [str(conflict) for conflict in conflicts] == ["title.en: “1” here, “2” there"]
    assert result["title"]["en"] == "1"


@pytest.mark.parametrize("removed_here", [True, False])
def test_removing_what_the_other_changed_is_a_conflict_and_keeps_it(removed_here):
    without = base()
    without["sessions"] = without["sessions"][1:]
    changed = edited(["minutes"], "99")
    ours, theirs = (without, changed) if removed_here else (changed, without)

    result, conflicts = merged(base(), ours, theirs)

    assert [conflict.path for conflict in conflicts] == [("sessions", "a")]
    assert {row["key"]: row["minutes"] for row in result["sessions"]}["a"] == "99"


def test_order_changed_by_one_side_only_is_theirs():
    theirs = edited(["other order"], "1")
    ours = edited(["title"], "1")

    result, conflicts = merged(base(), ours, theirs)

    assert conflicts == []
    assert [row["key"] for row in result["sources"]] == ["s03", "s02", "s01"]


def test_moved_rows_are_told_as_moved():
    assert [str(change) for change in differences(base(), edited(["other order"], "1"))] == [
        "sources: order changed to s03, s02, s01"
    ]


def test_text_of_a_value_without_languages_is_one_leaf():
    before = document(
        differences=[
            {
                "key": "length",
                "question": text("How long?"),
                "kind": "counting",
                "values": [{"says": "1", "cites": ["s01"]}, {"says": "2", "cites": ["s01"]}],
            }
        ]
    )
    after = copy.deepcopy(before)
    after["differences"][0]["values"][1]["says"] = "3"

    assert [change.path for change in differences(before, after)] == [
        ("differences", "length", "values")
    ]
