"""The rules between the facts of a document, beyond those that files are refused for."""

import pytest

from records.document import checks
from records.document.problems import said
from tests.factories import (
    commitment,
    document,
    progress,
    published,
    source,
    text,
    vocabulary,
    wording,
)

pytestmark = pytest.mark.django_db


def test_long_words_of_no_governments_own_text_are_a_warning():
    long = "가" * 41
    found = document(
        commitments=[commitment(wordings=[wording("kor", exact=long, exact_lang="ko")])],
        statements=[
            {
                "key": "lee-long",
                "speaker": "lee-jae-myung",
                "gist": {"en": "Said at length."},
                "exact": long,
                "exact_lang": "ko",
                "cites": ["s01"],
            }
        ],
        sources=[source(kind="news")],
    )

    context = checks.context_for(found, vocabulary())
    warned = [said(found, one.place) for one in checks.problems(found, context)]

    # A wording's words are a government's own, whoever printed them.
    assert warned == ["statements.lee-long.exact"]


def test_entries_that_supersede_each_other_are_refused():
    entries = [
        progress("2026-01-14-one", supersedes="2026-01-14-two"),
        progress("2026-01-14-two", supersedes="2026-01-14-one"),
        progress("2026-01-14-three", supersedes="2026-01-14-three"),
    ]
    found = document(commitments=[commitment(progress=entries)])

    told = {
        said(found, one.place): one.message
        for one in checks.problems(found, checks.context_for(found, vocabulary()))
    }

    circle = "These entries supersede each other in a circle; none would count."
    start = "commitments.1.progress"
    assert told == {
        f"{start}.2026-01-14-one.supersedes": circle,
        f"{start}.2026-01-14-two.supersedes": circle,
        f"{start}.2026-01-14-three.supersedes": (
            "No other entry “2026-01-14-three” in this commitment's progress."
        ),
    }


def test_published_progress_keeps_what_moved_a_status_and_may_mend_its_words():
    published(commitments=[commitment(progress=[progress("2026-01-14-step")])])

    def hindering(**over):
        found = document(commitments=[commitment(progress=[progress("2026-01-14-step", **over)])])
        return [
            (said(found, one.place), one.level)
            for one in checks.problems(found, checks.context_for(found))
        ]

    assert hindering(text=text("Said better")) == []
    assert hindering(kind="result", status="fulfilled") == [
        ("commitments.1.progress.2026-01-14-step.kind", "publish")
    ]
