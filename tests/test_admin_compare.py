"""Two states told apart as an editor reads it."""

import copy
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from records import publishing
from records.admin.comparison import Comparison, moved
from records.admin.working import names_of
from records.models import Participant
from tests.admin_pages import address, document_of
from tests.desk import page, signed_in
from tests.factories import (
    commitment,
    document,
    drafted,
    progress,
    published,
    session,
    source,
    text,
)

pytestmark = pytest.mark.django_db
NOTE = {"en": "What is new."}


def told(before, after):
    """`{section: [(kind, title, {fact: what is shown})]}` of a comparison, and what moved."""
    found = Comparison(before, after, names_of(before, after))
    return {
        section.name: [
            (row.kind, str(row.title), {fact.label: str(fact.shown) for fact in row.facts})
            for row in section.rows
        ]
        + [("moved", str(title)) for title in section.moved]
        for section in found.sections
    }


def rewritten(summit, **over):
    """The working copy says something else."""
    publishing.load({**document_of(summit), **over}, mode="replace")


# telling apart ------------------------------------------------------------------------------------


def test_nothing_differs_between_equals():
    drafted()

    assert told(document(), document()) == {}
    assert Comparison({}, {}, names_of({})).count == 0


def test_changed_facts_stand_under_their_row_with_the_change_marked_inside_the_sentence():
    drafted()
    before = document(summary=text("They met in Nara and spoke of trade"))
    after = copy.deepcopy(before)
    after["summary"]["en"] = "They met in Kyoto and spoke of trade"
    after["sessions"][0] |= {"minutes": "75", "kind": "banquet"}
    after["commitments"][0]["wordings"][0]["gist"]["ja"] = "別"
    del after["checked_on"]

    assert told(before, after) == {
        "": [
            (
                "changed",
                "",
                {
                    "Summary (English)": "They met in <del>Nara</del><ins>Kyoto</ins> and spoke of"
                    " trade",
                    "Checked on": '<del><time datetime="2026-02-13">13 February 2026</time></del>',
                },
            )
        ],
        "sessions": [
            (
                "changed",
                "Session talks",
                {
                    "Kind": "<del>Talks</del> → <ins>Banquet</ins>",
                    "Minutes": "<del>20 minutes</del> → <ins>75 minutes</ins>",
                },
            )
        ],
        "commitments": [
            (
                "changed",
                "1. Commitment 1 › Wording: Korea",
                {
                    "Gist (Japanese)": '<span lang="ja"><del>Wording of kor 日</del> <ins>別</ins>'
                    "</span>"
                },
            )
        ],
    }


def test_rows_that_came_or_went_are_told_with_all_they_say():
    drafted()
    before = document(sources=[source(), source("s02")])
    after = document(
        sessions=[session(), {"key": "tea", "kind": "banquet", "title": {"en": "Tea"}}],
        attendances=before["attendances"][:1],
    )

    found = told(before, after)

    assert found["sessions"] == [
        (
            "added",
            "Tea",
            {
                "Key": "<ins>tea</ins>",
                "Kind": "<ins>Banquet</ins>",
                "Title (English)": "<ins>Tea</ins>",
            },
        )
    ]
    [(kind, title, facts)] = found["attendances"]
    assert (kind, title, facts["Principal"]) == ("removed", "Takaichi Sanae", "<del>yes</del>")
    assert [row[:2] for row in found["sources"]] == [("removed", "Readout s02")]


def test_whole_commitment_is_told_with_its_wordings_and_progress():
    drafted()
    before, after = (
        document(commitments=[commitment(1)]),
        document(commitments=[commitment(1), commitment(2, progress=[progress()])]),
    )

    assert [row[:2] for row in told(before, after)["commitments"]] == [
        ("added", "2. Commitment 2"),
        ("added", "2. Commitment 2 › Wording: Korea"),
        ("added", "2. Commitment 2 › Wording: Japan"),
        ("added", "2. Commitment 2 › Progress entry: Progress 2026-02-01-step"),
    ]


def test_moved_rows_are_told_and_no_others():
    drafted()
    keys = ["s01", "s02", "s03", "s04"]
    before = document(sources=[source(key) for key in keys])
    after = document(sources=[source(key) for key in ["s04", "s01", "s02", "s05", "s03"]])

    assert [row[:2] for row in told(before, after)["sources"]] == [
        ("added", "Readout s05"),
        ("moved", "Readout s04"),
    ]


@given(st.permutations("abcdefg"))
@settings(deadline=None)
def test_moved_rows_are_as_few_as_can_be_and_explain_the_order(after):
    before = "abcdefg"

    shifted = moved(list(before), list(after))

    stayed = [name for name in after if name not in shifted]
    assert stayed == sorted(stayed)
    runs = [
        [name for at, name in enumerate(after) if mask >> at & 1] for mask in range(1 << len(after))
    ]
    assert len(stayed) == max(len(run) for run in runs if run == sorted(run))


def test_words_of_editors_are_escaped():
    drafted()
    before, after = document(), document(venue={"en": "<script>alert(1)</script>"})

    assert told(before, after)[""][0][2] == {
        "Venue (English)": "<ins>&lt;script&gt;alert(1)&lt;/script&gt;</ins>"
    }


# the page -----------------------------------------------------------------------------------------


def test_page_compares_what_is_asked_for_and_the_working_copy_first():
    summit, kim = published(), signed_in("contributor")
    rewritten(summit, venue={"en": "Second hall"})
    publishing.publish(summit, note=NOTE)
    rewritten(summit, venue={"en": "Third hall"})
    where = address(summit, "compare")

    def venue(query=""):
        return re.findall(r"<dt>Venue \(English\)</dt><dd>(.*?)</dd>", page(kim, where + query))

    assert venue() == ["<del>Second</del><ins>Third</ins> hall"]
    assert venue("?before=1&after=2") == ["<ins>Second hall</ins>"]
    assert venue("?before=working&after=1") == ["<del>Third hall</del>"]
    assert venue("?before=2&after=2") == []
    assert venue("?before=9&after=x") == venue()
    assert "Both say the same." in page(kim, where + "?before=2&after=2")


def test_rows_lead_to_their_forms():
    summit, kim = published(), signed_in("contributor")
    rewritten(
        summit,
        venue={"en": "Hall"},
        sessions=[session(minutes="75")],
        commitments=[commitment(due="2026-12")],
    )

    html = page(kim, address(summit, "compare"))

    rows = (summit, summit.sessions.get(), summit.commitments.get())
    assert [f'<a href="{address(row)}">Open the form' in html for row in rows] == [True] * 3


def test_names_deleted_since_are_those_the_edition_kept():
    summit, kim = published(), signed_in("contributor")
    rewritten(summit, attendances=document()["attendances"][:1], commitments=[commitment()])
    Participant.objects.filter(slug="takaichi-sanae").delete()

    assert "Takaichi Sanae" in page(kim, address(summit, "compare"))


def test_summit_that_was_never_published_has_nothing_to_compare_with():
    html = page(signed_in("contributor"), address(drafted(), "compare"))

    assert "there is no edition to compare the working copy with" in html


def test_page_of_review_says_what_would_be_published_fact_by_fact():
    summit, lee = published(), signed_in("reviewer")
    unchanged = page(lee, address(summit, "review"))
    rewritten(summit, sessions=[session(minutes="75")])

    html = page(lee, address(summit, "review"))

    assert "What would be published" not in unchanged
    assert "<dt>Minutes</dt><dd><del>20 minutes</del> → <ins>75 minutes</ins></dd>" in html


def test_comparison_asks_the_database_no_more_for_more_rows():
    kim, counts = signed_in("contributor"), []
    for number in (1, 3, 30):
        summit = published(
            slug=f"2026-03-{number:02d}-busan",
            code=f"2026-busan-{number}",
            sessions=[session(f"key-{at}") for at in range(1, number + 1)],
            commitments=[commitment(at) for at in range(1, number + 1)],
        )
        rewritten(
            summit,
            sessions=[session(f"key-{at}", minutes="75") for at in range(1, number + 1)],
            commitments=[commitment(at, due="2026-12") for at in range(1, number + 1)],
        )
        kim.get(address(summit, "compare"))
        with CaptureQueriesContext(connection) as asked:
            page(kim, address(summit, "compare"))
        with CaptureQueriesContext(connection) as restoring:
            page(kim, address(summit, "restore") + "?edition=1")
        counts.append((len(asked), len(restoring)))

    assert len(set(counts)) == 1, counts
    assert max(counts[0]) <= 60, counts
