"""Neighbouring editions -> the changes readers follow, as entries that stay when others come.

A change is known by what it is about, never by its place: `2026-01-13-nara/7/status.3`. So its
address and the id of its feed entry last, also when the index is rebuilt.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from django.utils import timezone

from records.choices import ChangeKind, EditionKind
from records.document import derived
from records.document.formats import opened
from records.document.schema import LANGUAGES
from records.models import Edition, Entry, Summit
from records.public.changes import seconds

from .between import Document, Found, between, change
from .names import Names, with_parents
from .row import Row
from .store import put

LONGEST_KEY = 110  # of the 200 characters a slug has
MOST_EDITIONS, MOST_CHANGES = 99_999, 10_000  # their product fits a column of 31 bits


def note_edition(summit: Summit, edition: Edition, before: Document | None) -> None:
    """Add what a new edition changed in `before`, the document public until then."""
    put(list(rows_of(edition, before, again=False)), {}, summit)


def note_all(summit: Summit) -> None:
    """Make a summit's changes those of all its editions; of a withdrawn one only that it is."""
    stored = {
        (entry.kind, entry.slug): entry
        for entry in Entry.objects.filter(summit=summit, kind="change")
    }
    put(list(rows_of_all(list(summit.editions.order_by("number")))), stored, summit)


def rows_of_all(editions: list[Edition]) -> Iterator[Row]:
    """The entries of the changes of a summit's editions, oldest first."""
    if not editions:
        return
    newest = editions[-1]
    if newest.kind == EditionKind.WITHDRAWAL:
        yield from rows_of(newest, None, again=False)
        return
    before, again = None, False
    for edition in editions:
        yield from rows_of(edition, before, again=again)
        before, again = opened(edition.content), edition.kind == EditionKind.WITHDRAWAL


def rows_of(edition: Edition, before: Document | None, *, again: bool) -> Iterator[Row]:
    """The entries of one edition's changes; `again` if it follows a withdrawal."""
    document = opened(edition.content)
    names: Names = json.loads(edition.names)
    note = {code: getattr(edition, f"note_{code}") for code in LANGUAGES}
    shared = {
        "at": edition.at.isoformat(),
        "day": timezone.localdate(edition.at).isoformat(),
        "edition": edition.number,
        "edition_kind": edition.kind,
        "note": {code: text for code, text in note.items() if text},
        "summit": document["slug"],
        "summit_title": document["title"],
    }
    for place, (key, data) in enumerate(found_in(edition, document, before, again)):
        commitment = next(
            (row for row in document.get("commitments", []) if row["number"] == data.get("number")),
            None,
        )
        parties = [row["party"] for row in document.get("delegations", [])]
        about = commitment or {"parties": parties, "topics": document.get("topics", [])}
        data = {
            **shared,
            "commitment": derived.commitment_id(document, commitment) if commitment else "",
            **data,
        }
        yield Row(
            "change",
            f"{document['slug']}/{edition.number}/{key[:LONGEST_KEY]}",
            data,
            facets={
                "what": data["kinds"],
                "kind": [edition.kind],
                "party": about.get("parties", []),
                "topic": with_parents(about.get("topics", []), names),
            },
            title=document["title"],
            words=[
                document["slug"],
                data["commitment"],
                *document["title"].values(),
                *data.get("title", {}).values(),
                *shared["note"].values(),
            ],
            starts=timezone.localdate(edition.at),
            weight=seconds(edition.at),
            # Of editions published within a second the later one comes first as well.
            place=(MOST_EDITIONS - min(edition.number, MOST_EDITIONS)) * MOST_CHANGES + place,
        )


def found_in(
    edition: Edition, document: Document, before: Document | None, again: bool
) -> Iterator[Found]:
    if edition.kind == EditionKind.WITHDRAWAL:
        yield change(ChangeKind.WITHDRAWN, title=document["title"])
        return
    if before is None:
        yield change(ChangeKind.OPENED, title=document["title"])
        return
    if again:
        yield change(ChangeKind.REOPENED, title=document["title"])
    yield from between(before, document)
