"""Summits by date: marks on an axis of years while they are few, else bars to be counted.

Across, places are percent of the drawing's width, so that its letters stay as large as the page's.
Whether marks and names stand clear of each other is measured at `WIDTH`, the narrowest at which the
page shows the drawing; wider ones have more room.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import count
from math import ceil
from typing import Any

from records import dates

from . import lettering

Row = dict[str, Any]
WIDTH = 500  # pixels of the axis
MOST_MARKS = 40
MOST_LANES = 12  # of marks above each other; a higher pile is told in bars
MOST_NAMED = 7  # lanes up to which marks carry names
MARK = 24  # a mark with what belongs to it when pointed at, in pixels
GAP = 3  # so many years without a summit are drawn as one broken stretch
BROKEN = 1.0  # its length in years
YEAR_APART = 40  # pixels between two years that are written out
MOST_BARS = 60


@dataclass(frozen=True)
class Stretch:
    """A part of the axis: one year, or years without a summit (`broken`); written out if `said`."""

    first: int
    last: int
    x: float
    width: float
    said: bool = True

    @property
    def broken(self) -> bool:
        return self.last > self.first


@dataclass(frozen=True)
class Mark:
    """A summit on the axis, `lane` rows above it; `name` is empty where there is no room."""

    row: Row
    x: float
    lane: int = 0
    name: str = ""


@dataclass(frozen=True)
class Line:
    axis: list[Stretch]
    marks: list[Mark]

    @property
    def lanes(self) -> int:
        return 1 + max(mark.lane for mark in self.marks)

    @property
    def broken(self) -> bool:
        return any(part.broken for part in self.axis)

    @property
    def overhang(self) -> int:
        """How far names reach beyond the end of the axis at most, in pixels."""
        return max(0, ceil(max(reach(mark) for mark in self.marks) - WIDTH))


@dataclass(frozen=True)
class Bar:
    """So many summits of the years `first` to `last`; `height` is percent of the tallest."""

    first: int
    last: int
    count: int
    x: float
    width: float
    height: float
    said: bool


def middle(edtf: str) -> date | None:
    """The day in the middle of a date's bounds; the one bound it has, None without any."""
    first, last = dates.bounds(edtf) if edtf else (None, None)
    if first and last:
        return date.fromordinal((first.toordinal() + last.toordinal()) // 2)
    return first or last


# marks --------------------------------------------------------------------------------------------


def line(rows: list[Row], named: Callable[[Row], str]) -> Line | None:
    """Entries of summits on their axis, earliest first, each under the name that `named` gives it;
    those without any date are left out. None if there is nothing to draw or too much for marks."""
    dated = [(day, row) for row in rows if (day := middle(row["starts"]))]
    dated.sort(key=lambda found: (found[0], found[1]["slug"]))
    if not 0 < len(dated) <= MOST_MARKS:
        return None
    axis = stretches({day.year for day, _row in dated})
    bare = [Mark(row, across(day, axis)) for day, row in dated]
    with_names = piled(
        [Mark(mark.row, mark.x, name=lettering.short(named(mark.row))) for mark in bare]
    )
    found = Line(axis, with_names)
    if found.lanes > MOST_NAMED:
        found = Line(axis, piled(bare))
    return found if found.lanes <= MOST_LANES else None


def stretches(years: set[int]) -> list[Stretch]:
    """The axis from the first of these years to the last, every year of the same length."""
    parts: list[tuple[int, int, float]] = []
    before = None
    for year in sorted(years):
        empty = year - before - 1 if before is not None else 0
        if before is not None and empty >= GAP:
            parts.append((before + 1, year - 1, BROKEN))
        elif before is not None:
            parts += [(one, one, 1) for one in range(before + 1, year)]
        parts.append((year, year, 1))
        before = year
    whole = sum(length for _first, _last, length in parts)
    axis, x, free = [], 0.0, -100.0
    for first, last, length in parts:
        share = 100 * length / whole
        room = 100 * YEAR_APART * (2 if last > first else 1) / WIDTH
        left = x + (share - room) / 2
        # A year is written out where the one before leaves room, a gap where it has room itself.
        said = left >= free and (last == first or room <= share)
        free = left + room if said else free
        axis.append(Stretch(first, last, x, share, said))
        x += share
    return axis


def across(day: date, axis: list[Stretch]) -> float:
    """Where a day lies on the axis, in percent."""
    part = next(part for part in axis if part.first <= day.year <= part.last)
    start = date(day.year, 1, 1).toordinal()
    return part.x + part.width * (day.toordinal() - start + 0.5) / 366


def piled(marks: list[Mark]) -> list[Mark]:
    """The marks, given from left to right, on lanes where they stand clear of each other. With
    names each stands above all that it covers: so no line to the axis runs through a name."""
    done: list[Mark] = []
    for mark in reversed(marks):
        covered = {other.lane for other in done if start(other) < reach(mark)}
        if mark.name:
            lane = 1 + max(covered, default=-1)
        else:
            lane = next(lane for lane in count() if lane not in covered)
        done.append(Mark(mark.row, mark.x, lane, mark.name))
    return done[::-1]


def start(mark: Mark) -> float:
    """Where a mark begins, in pixels from the left."""
    return mark.x * WIDTH / 100 - MARK / 2


def reach(mark: Mark) -> float:
    """Where a mark with its name ends, in pixels from the left."""
    return mark.x * WIDTH / 100 + MARK / 2 + lettering.width(mark.name)


# bars ---------------------------------------------------------------------------------------------


def bars(counts: Mapping[int, int]) -> list[Bar]:
    """How many summits each year had, or each decade (century) where the years are too many; those
    without any are left out, their room is not."""
    years = [year for year, held in counts.items() if held]
    if not years:
        return []
    step = 1
    while max(years) // step - min(years) // step >= MOST_BARS:
        step *= 10
    first = min(years) // step
    width = 100 / (max(years) // step - first + 1)
    added: dict[int, int] = {}
    for year in sorted(years):
        added[year // step] = added.get(year // step, 0) + counts[year]
    most = max(added.values())
    every = max(1, -(-YEAR_APART * 100 // round(width * WIDTH)))
    return [
        Bar(
            max(1, number * step),
            number * step + step - 1,
            held,
            (number - first) * width,
            width,
            100 * held / most,
            (number - first) % every == 0,
        )
        for number, held in added.items()
    ]
