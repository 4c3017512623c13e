"""Entries in the order of time, read from the database only as far as somebody reads.

Of 500,000 changes the whole order takes seconds to read, and each publication asks for it anew. An
index gives when they were published and nothing else: that suffices to find the place of a page.
"""

from __future__ import annotations

import threading
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pyroaring import BitMap

from records.batches import batches
from records.models import Entry

# Entries of the first piece, which is read in full order; each next one has four times more.
FIRST, LARGEST = 1000, 128_000
FEW = 4000  # so many are sorted sooner than found among all others
AT_ONCE = 5000  # ids in one question: databases bound how many values it may hold
COLUMNS = ("weight", "summit_id", "place", "slug", "pk")


@dataclass(frozen=True)
class Piece:
    """Entries that follow each other in time; those of one second are never in two pieces."""

    weights: array[int]
    ids: array[int]
    bits: BitMap


class Timeline:
    """All entries of a kind by time, as of one version."""

    def __init__(self, kind: str, *, newest_first: bool):
        self.entries = Entry.objects.filter(kind=kind)
        self.newest_first = newest_first
        self.held: list[Piece] = []
        self.ended = False
        self.lock = threading.Lock()

    def page(self, bits: BitMap, start: int, stop: int) -> list[int]:
        """Ids `start` to `stop` of those in `bits`, in order."""
        newest = next(self.pieces(), None)
        found = [pk for pk in newest.ids if pk in bits] if newest else []
        if len(found) >= min(stop, len(bits)):
            return found[start:stop]
        if len(bits) <= FEW:
            return self.in_order(bits)[start:stop]
        weights, ids, before = self.around(bits, start, stop)
        low, high = min(start - before, len(ids)), min(stop - before, len(ids))
        begin, end = low, high
        while 0 < begin < len(ids) and weights[begin - 1] == weights[begin]:
            begin -= 1
        while 0 < end < len(ids) and weights[end - 1] == weights[end]:
            end += 1
        return self.in_order(ids[begin:end])[low - begin : high - begin]

    def around(self, bits: BitMap, start: int, stop: int) -> tuple[list[int], list[int], int]:
        """`(weights, ids, how many come before)` of the pieces that hold `start` to `stop`."""
        weights: list[int] = []
        ids: list[int] = []
        before = 0
        for piece in self.pieces():
            inside = piece.bits & bits
            if not ids and before + len(inside) <= start:
                before += len(inside)
                continue
            for weight, pk in zip(piece.weights, piece.ids, strict=True):
                if pk in inside:
                    weights.append(weight)
                    ids.append(pk)
            if before + len(ids) >= stop:
                break
        return weights, ids, before

    def pieces(self) -> Iterator[Piece]:
        place = 0
        while place < len(self.held) or self.read_on(place):
            yield self.held[place]
            place += 1

    def read_on(self, place: int) -> bool:
        """Read piece `place` unless another thread has; False if there is none."""
        with self.lock:
            if place < len(self.held) or self.ended:
                return place < len(self.held)
            size = min(FIRST * 4**place, LARGEST)
            columns = COLUMNS if place == 0 else ("weight", "pk")
            found = list(self.after().values_list(*columns)[:size])
            self.ended = len(found) < size
            if not self.ended:
                last = found[-1][0]
                whole = self.entries.filter(weight=last).values_list(*columns)
                found = [*(row for row in found if row[0] != last), *whole]
            if place == 0:
                found.sort(key=self.key)
            if found:
                weights, ids = ([row[column] for row in found] for column in (0, -1))
                self.held.append(Piece(array("q", weights), array("q", ids), BitMap(ids)))
            return bool(found)

    def after(self) -> Any:
        """What follows the pieces that are held."""
        found = self.entries.order_by("-weight" if self.newest_first else "weight")
        if not self.held:
            return found
        last = self.held[-1].weights[-1]
        return found.filter(**{"weight__lt" if self.newest_first else "weight__gt": last})

    def in_order(self, ids: Iterable[int]) -> list[int]:
        """These ids as they follow each other."""
        found: list[Any] = []
        for some in batches(ids, AT_ONCE):
            found += Entry.objects.filter(pk__in=some).values_list(*COLUMNS)
        return [row[-1] for row in sorted(found, key=self.key)]

    def key(self, row: Any) -> Any:
        """By what entries are sorted: within a second the newest summit comes first, what belongs
        to none before all, then as in the edition."""
        weight, summit, *rest, _pk = row
        return (-weight if self.newest_first else weight, summit is not None, -(summit or 0), *rest)
