"""Facets as stored sets: for each value of a facet a Roaring bitmap of entry ids.

Publishing changes the sets it touches; a worker reads all sets of a kind once per version. A list
is then an intersection of bitmaps and a walk along an order, at any size (design, measured).
Inside a facet values add up (OR), between facets they narrow (AND).
"""

from __future__ import annotations

import threading
from array import array
from collections.abc import Iterable, Iterator
from functools import reduce
from operator import and_

from django.db import connections, router
from django.db.models import F
from pyroaring import BitMap

from records.batches import batches
from records.models import Entry, FacetSet, Version
from records.newest import Timeline

Sets = dict[str, dict[str, BitMap]]  # facet -> value -> entry ids
# What is of one day stands summit by summit, and there as in the file: commitment 2 before 10.
IN_FILE = ("summit_id", "place", "slug")
ORDERS = {
    "date": ("starts", *IN_FILE),
    "-date": ("-starts", *IN_FILE),
    "due": ("due", *IN_FILE),
    "-commitments": ("-weight", "slug"),
    "-meetings": ("-weight", "slug"),
    # A change weighs the seconds until it was published; that of a name is of no summit.
    "-at": ("-weight", F("summit_id").desc(nulls_first=True), "place", "slug"),
    "at": ("weight", F("summit_id").desc(nulls_first=True), "place", "slug"),
    "-cited": ("-weight", "slug"),
}
NULLS_LAST = ("date", "-date", "due")
AT_ONCE = 300  # sets read or written in one statement
BY_TIME = ("-at", "at")  # the same as `newest.Timeline` has them


def version() -> int:
    """The number raised by everything that changes what readers see: one query, in plain SQL, since
    every request asks it."""
    with connections[router.db_for_read(Version)].cursor() as cursor:
        cursor.execute("SELECT number FROM records_version WHERE id = 1")
        row = cursor.fetchone()
    return row[0] if row else 0


class Shelf:
    """The sets and orders of one kind of entry as of one version, kept by a worker."""

    def __init__(self, kind: str, at: int):
        self.kind, self.at = kind, at
        self.sets: Sets = {}
        for name, value, bits in FacetSet.objects.filter(kind=kind).values_list(
            "name", "value", "bits"
        ):
            self.sets.setdefault(name, {})[value] = BitMap.deserialize(bytes(bits))
        self.orders: dict[str, array[int]] = {}
        self.sorted: dict[str, list[str]] = {}
        self.timelines = {
            sort: Timeline(kind, newest_first=sort.startswith("-")) for sort in BY_TIME
        }

    def values(self, name: str) -> dict[str, BitMap]:
        return self.sets.get(name, {})

    def everything(self) -> BitMap:
        return self.sets.get("all", {}).get("all", BitMap())

    def days(self, name: str) -> list[str]:
        """The values of a facet whose values are days, the earliest first."""
        if name not in self.sorted:
            self.sorted[name] = sorted(self.values(name))
        return self.sorted[name]

    def order(self, sort: str, language: str) -> array[int]:
        """Entry ids in the order of `sort`; names as the language sorts them."""
        named = sort in ("title", "name")
        key = f"{sort}-{language}" if named else sort
        if key not in self.orders:
            fields = (f"sort_{language}", "slug") if named else ORDERS[sort]
            entries = Entry.objects.filter(kind=self.kind)
            if sort in NULLS_LAST:
                column = fields[0].lstrip("-")
                dated = entries.exclude(**{column: None}).order_by(*fields)
                undated = entries.filter(**{column: None}).order_by(*IN_FILE)
                ids = [*dated.values_list("id", flat=True), *undated.values_list("id", flat=True)]
            else:
                ids = list(entries.order_by(*fields).values_list("id", flat=True))
            self.orders[key] = array("q", ids)
        return self.orders[key]


_shelves: dict[str, Shelf] = {}
_lock = threading.Lock()


def shelf(kind: str, at: int) -> Shelf:
    """The shelf of `kind` at version `at`, read from the database if this worker has none."""
    held = _shelves.get(kind)
    if held is None or held.at != at:
        held = Shelf(kind, at)
        with _lock:
            _shelves[kind] = held
    return held


def union(sets: Iterable[BitMap]) -> BitMap:
    return BitMap.union(*found) if (found := list(sets)) else BitMap()


class Selection:
    """Entries of one kind, narrowed facet by facet."""

    def __init__(self, held: Shelf):
        self.shelf = held
        self.chosen: dict[str, BitMap] = {}
        self.left: dict[str, BitMap] = {}  # as `bits` found it

    def narrow(self, name: str, bits: BitMap) -> None:
        self.chosen[name] = bits
        self.left.clear()

    def choose(self, name: str, values: Iterable[str]) -> None:
        """Keep entries with any of `values` of facet `name`."""
        sets = self.shelf.values(name)
        self.narrow(name, union(sets[value] for value in values if value in sets))

    def bits(self, without: str = "") -> BitMap:
        """The ids that remain, as if facet `without` had not been used."""
        left_out = without if without in self.chosen else ""
        if left_out not in self.left:
            chosen = [bits for name, bits in self.chosen.items() if name != left_out]
            self.left[left_out] = reduce(and_, chosen) if chosen else self.shelf.everything()
        return self.left[left_out]

    def count(self, bits: BitMap, without: str = "") -> int:
        """How many of a set of this kind's ids remain."""
        if self.chosen.keys() <= {without}:
            return len(bits)  # all of them, without a look at each
        return self.bits(without).intersection_cardinality(bits)

    def counts(self, name: str, sets: dict[str, BitMap] | None = None) -> dict[str, int]:
        """How many entries each value of a facet would give, with all other facets applied."""
        found = sets if sets is not None else self.shelf.values(name)
        return {value: self.count(bits, name) for value, bits in found.items()}

    def page(self, sort: str, language: str, start: int, stop: int) -> list[int]:
        """Entry ids `start` to `stop` of what remains, in order."""
        if sort in BY_TIME:
            return self.shelf.timelines[sort].page(self.bits(), start, stop)
        order = self.shelf.order(sort, language)
        if not self.chosen:
            return list(order[start:stop])
        return list(islice_in(order, self.bits(), start, stop))

    def walk(self, sort: str, language: str, batch: int) -> Iterator[list[int]]:
        """Everything that remains, in order, in lists of `batch` entry ids."""
        bits = self.bits()
        yield from batches((e for e in self.shelf.order(sort, language) if e in bits), batch)


def islice_in(order: Iterable[int], bits: BitMap, start: int, stop: int) -> Iterator[int]:
    place = 0
    for entry in order:
        if entry in bits:
            if place >= start:
                yield entry
            place += 1
            if place >= stop:
                return


# changing them ------------------------------------------------------------------------------------


def change(kind: str, moves: dict[tuple[str, str], tuple[set[int], set[int]]]) -> None:
    """Apply `{(facet, value): (ids to add, ids to remove)}` in the publishing transaction."""
    moves = {key: move for key, move in moves.items() if move[0] or move[1]}
    if not moves:
        return
    stored = {}
    for some in batches(sorted(moves), AT_ONCE):
        found = FacetSet.objects.filter(
            kind=kind, name__in={name for name, _value in some}, value__in={v for _name, v in some}
        )
        stored |= {(row.name, row.value): row for row in found if (row.name, row.value) in moves}
    new, changed, gone = [], [], []
    for (name, value), (add, remove) in moves.items():
        row = stored.get((name, value)) or FacetSet(kind=kind, name=name, value=value)
        bits = BitMap.deserialize(bytes(row.bits)) if row.bits else BitMap()
        bits |= BitMap(add)
        bits -= BitMap(remove)
        if bits:
            row.bits = bits.serialize()
            (changed if row.pk else new).append(row)
        elif row.pk:
            gone.append(row.pk)
    FacetSet.objects.bulk_create(new, batch_size=AT_ONCE)
    FacetSet.objects.bulk_update(changed, ["bits"], batch_size=AT_ONCE)
    FacetSet.objects.filter(pk__in=gone).delete()
