"""The whole index out of the editions, many summits at a time: what `reindex` writes.

Summit by summit each would ask for its names, change its facet sets and count the meetings of its
people again; many at a time ask once.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from records.batches import batches
from records.choices import EditionKind
from records.document.canonical import references
from records.document.formats import opened
from records.models import Edition, Reference, Summit

from .changes import rows_of_all
from .entries import rows_for, tombstone
from .former import followed
from .names import Names, names_of
from .people import index_people
from .store import Moves, move, put

Document = dict[str, Any]
Name = tuple[str, str]  # kind and slug
SUMMITS, PEOPLE = 20, 500  # at a time


def index_everything() -> int:
    """Fill an index that holds no summit; gives how many summits are public."""
    moves: Moves = {}
    public = 0
    for summits in groups():
        newest = {summit: editions[-1] for summit, editions in summits}
        documents = {
            summit: opened(edition.content)
            for summit, edition in newest.items()
            if edition.kind != EditionKind.WITHDRAWAL
        }
        names = names_of(set().union(*map(references, documents.values())))
        wanted: list[Reference] = []
        for summit, editions in summits:
            rows = list(rows_of_all(editions))
            if document := documents.get(summit):
                document, own, referred = as_named_today(document, names)
                rows += rows_for(document, own, editions[-1].number)
                wanted += [
                    Reference(summit=summit, kind=kind, slug=slug) for kind, slug in referred
                ]
            else:
                rows += tombstone(editions[-1])
            put(rows, {}, summit, moves)
        Reference.objects.bulk_create(wanted)
        public += len(documents)
    for slugs in people():
        index_people(slugs, moves)
    move(moves)
    return public


def as_named_today(document: Document, names: Names) -> tuple[Document, Names, set[Name]]:
    """An edition's document under the names of today, these names, and which it refers to."""
    referred = references(document)
    if all(slug in names.get(kind, {}) for kind, slug in referred):
        return document, narrowed(names, referred), referred
    document = followed(document)
    referred = references(document)
    return document, names_of(referred), referred


def groups() -> Iterator[list[tuple[Summit, list[Edition]]]]:
    """Summits with all their editions, oldest first; so many summits at a time."""
    keys = list(Edition.objects.order_by("summit").values_list("summit", flat=True).distinct())
    for chosen in batches(keys, SUMMITS):
        summits = Summit.objects.in_bulk(chosen)
        editions = Edition.objects.filter(summit__in=chosen).order_by("summit", "number")
        grouped = groupby(editions, key=lambda edition: edition.summit_id)
        yield [(summits[pk], list(found)) for pk, found in grouped]


def narrowed(names: Names, wanted: set[Name]) -> Names:
    """Those of the names that are wanted, topics with the main topics above them."""
    found: Names = {}
    for kind, slug in wanted:
        while slug and slug not in found.get(kind, {}):
            row = found.setdefault(kind, {})[slug] = names[kind][slug]
            slug = row.get("parent", "") if kind == "topic" else ""
    return found


def people() -> Iterator[set[str]]:
    """The participants that current editions refer to, so many at a time."""
    found = Reference.objects.filter(kind="participant").order_by("slug").distinct()
    slugs = list(found.values_list("slug", flat=True))
    yield from map(set, batches(slugs, PEOPLE))
