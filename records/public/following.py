"""The changes that touch the records of a list: what its feed tells.

A change touches the record whose facts it tells; that a summit came into the record touches all
that came with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pyroaring import BitMap

from records import facets
from records.batches import batches
from records.choices import ChangeKind
from records.models import Entry
from records.newest import AT_ONCE

from .changes import WITH_ALL
from .entries import entries

Row = dict[str, Any]
Touched = tuple[int | None, dict[str, Any]]  # a change: its summit, its data
# The list of a document whose rows have entries of their own -> their kind.
PARTS = {"sessions": "session", "sources": "source"}
PRESENT = ("attendance", "statement")  # what somebody has in a summit
# So many changes are looked at first, then four times more of those of the summits concerned.
FIRST = 500


def changes_within(kind: str, bits: BitMap, at: int, count: int) -> list[Row]:
    """The newest changes that touch the entries of `kind` in `bits`, as of version `at`.

    The newest of the record are looked at first: they suffice for most lists. Then all those of
    the summits concerned, newest first.
    """
    timeline = facets.shelf("change", at).timelines["-at"]
    everything = facets.shelf("change", at).everything()
    found = touching(kind, bits, timeline.page(everything, 0, FIRST))
    if len(found) < count and len(everything) > FIRST:
        concerned = everything & concerning(kind, bits)
        found, start, size = [], 0, FIRST
        while start < len(concerned) and len(found) < count:
            found += touching(kind, bits, timeline.page(concerned, start, start + size))
            start, size = start + size, min(size * 4, AT_ONCE)
    return entries("change", found[:count])


def concerning(kind: str, bits: BitMap) -> BitMap:
    """The ids of all changes of the summits where entries in `bits` are found, and of names."""
    found = BitMap()
    if kind == "participant":
        people = values_of(Entry.objects.all(), "pk", bits, "slug")
        present = Entry.objects.filter(kind__in=PRESENT)
        summits = values_of(present, "person", people, "summit_id")
        names = Entry.objects.filter(kind="change", summit=None)
        found |= BitMap(names.values_list("pk", flat=True))
    else:
        summits = values_of(Entry.objects.all(), "pk", bits, "summit_id")
    return found | BitMap(values_of(Entry.objects.filter(kind="change"), "summit", summits, "pk"))


def touching(kind: str, bits: BitMap, ids: list[int]) -> list[int]:
    """Those of some changes that touch entries in `bits`, in their order."""
    rows = Entry.objects.filter(pk__in=ids).values_list("pk", "summit_id", "data")
    told = {pk: (summit, data) for pk, summit, data in rows}
    whole = {summit for summit, data in told.values() if is_whole(kind, data)} - {None}
    slugs = {slug for _summit, data in told.values() for slug in slugs_of(kind, data)}
    if kind == "participant":
        spoken = {slug for _summit, data in told.values() for slug in statements_of(data)}
        people_of, speakers = present_in(whole), speaker_of(spoken)
        slugs |= {one for people in people_of.values() for one in people} | set(speakers.values())
        wanted = wanted_slugs(kind, bits, slugs)
        summits = {summit for summit, people in people_of.items() if people & wanted}
    else:
        speakers = {}
        wanted = wanted_slugs(kind, bits, slugs)
        summits = {
            summit
            for summit, pk in pairs_of(Entry.objects.filter(kind=kind), whole, "summit_id", "pk")
            if pk in bits
        }

    def touches(summit: int | None, data: Row) -> bool:
        if is_whole(kind, data):
            return summit in summits
        said = {speakers[slug] for slug in statements_of(data) if slug in speakers}
        return not wanted.isdisjoint([*slugs_of(kind, data), *said])

    return [pk for pk in ids if pk in told and touches(*told[pk])]


def is_whole(kind: str, data: Row) -> bool:
    """Does a change touch everything of the kind in its summit?"""
    return data["what"] in WITH_ALL or (kind == "summit" and data["what"] != ChangeKind.NAME)


def slugs_of(kind: str, data: Row) -> Iterator[str]:
    """The slugs of the entries whose facts a change tells."""
    path = data.get("path", [])
    match kind:
        case "commitment" if data["commitment"]:
            yield data["commitment"]
        case "participant" if data["what"] == ChangeKind.NAME:
            if data["name_kind"] == "participant":
                yield data["name"]
        case "participant" if path[:1] == ["attendances"] and len(path) > 1:
            yield path[1]
        case "session" | "source" if len(path) > 1 and PARTS.get(path[0]) == kind:
            yield f"{data['summit']}/{path[1]}"


def statements_of(data: Row) -> Iterator[str]:
    path = data.get("path", [])
    if path[:1] == ["statements"] and len(path) > 1:
        yield f"{data['summit']}/{path[1]}"


def speaker_of(statements: set[str]) -> dict[str, str]:
    """Who said what, by the slugs of statements."""
    return dict(pairs_of(Entry.objects.filter(kind="statement"), statements, "slug", "person"))


def present_in(summits: set[int]) -> dict[int, set[str]]:
    """Who was at, or is quoted of, some summits."""
    found: dict[int, set[str]] = {}
    present = Entry.objects.filter(kind__in=PRESENT)
    for summit, person in pairs_of(present, summits, "summit_id", "person"):
        found.setdefault(summit, set()).add(person)
    return found


def wanted_slugs(kind: str, bits: BitMap, slugs: set[str]) -> set[str]:
    """Those of some slugs that are of entries in `bits`."""
    found = pairs_of(Entry.objects.filter(kind=kind), slugs, "slug", "pk")
    return {slug for slug, pk in found if pk in bits}


def pairs_of(found: Any, values: Iterable[Any], column: str, other: str) -> Iterator[tuple]:
    """`(column, other)` of the entries that have one of the values in the column."""
    for some in batches(values, AT_ONCE):
        yield from found.filter(**{f"{column}__in": some}).values_list(column, other)


def values_of(found: Any, column: str, values: Iterable[Any], other: str) -> set[Any]:
    return {value for _one, value in pairs_of(found, values, column, other)} - {None}
