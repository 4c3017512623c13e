"""An edition's document -> entries, facet sets and references: what readers' lists are drawn from.

Called inside the publishing transaction; `reindex` rebuilds all of it from the editions.
"""

from __future__ import annotations

import time
from typing import Any

from django.db import transaction

from records import front
from records.document.canonical import references
from records.document.formats import opened
from records.models import Edition, Entry, FacetSet, Reference, Summit, Version

from .changes import note_all, note_edition
from .entries import rows_for, tombstone
from .former import followed
from .name_changes import forget_names, note_names, put_back_sets
from .names import names_as_they_stand
from .people import index_people
from .row import Row
from .store import put, put_references
from .whole import index_everything

__all__ = [
    "hold",
    "index",
    "index_edition",
    "names_as_they_stand",
    "note_all",
    "note_edition",
    "note_names",
    "raise_version",
    "reindex",
    "tombstone",
]


def index(
    summit: Summit,
    document: dict[str, Any] | None,
    number: int = 0,
    *,
    withdrawn: list[Row] | None = None,
) -> None:
    """Make the index say what the summit's edition says; without a document, that it is gone:
    `withdrawn` is its tombstone."""
    people = set(
        Reference.objects.filter(summit=summit, kind="participant").values_list("slug", flat=True)
    )
    wanted: set[tuple[str, str]] = set()
    if document is None:
        rows = withdrawn or []
    else:
        wanted = references(document)
        rows = list(rows_for(document, names_as_they_stand(document), number))
    entries = Entry.objects.filter(summit=summit).exclude(kind="change")  # these stay
    stored = {(entry.kind, entry.slug): entry for entry in entries}
    put(rows, stored, summit)
    forget_names(put_references(summit, wanted))
    people |= {slug for kind, slug in wanted if kind == "participant"}
    index_people(people)


def hold() -> Version:
    """Hold off all others that would load, publish or index until this transaction ends.

    First in its transaction: who locks a summit before would wait for who waits for the summit.
    """
    version, _made = Version.objects.select_for_update().get_or_create(pk=1)
    return version


def raise_version() -> int:
    """Say that what readers see has changed, to workers and to caches in front.

    The clock has its part in the number: if a server that takes over had not heard of the last
    publication, its next one must not have that number, by which pages are known.
    """
    version = hold()
    version.number = max(version.number + 1, time.time_ns() // 1_000_000)
    version.save()
    front.tell_of(version.number)
    return version.number


def index_edition(summit: Summit, edition: Edition) -> None:
    if edition.kind == "withdrawal":
        index(summit, None, withdrawn=tombstone(edition))
    else:
        index(summit, followed(opened(edition.content)), edition.number)


def reindex() -> int:
    """Rebuild the whole index from the editions; returns how many summits are public."""
    with transaction.atomic():
        raise_version()
        Entry.objects.exclude(kind="change", summit=None).delete()
        FacetSet.objects.all().delete()
        Reference.objects.all().delete()
        put_back_sets()
        return index_everything()
