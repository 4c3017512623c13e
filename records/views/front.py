"""What the front page draws of all summits: chosen from the facet sets, which a worker keeps, so
that only the entries drawn are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from heapq import nlargest
from typing import Any

from pyroaring import BitMap

from records import facets
from records.choices import EventStatus
from records.language import chosen, plain
from records.reading.frames import Place
from records.reading.map import MOST_PLACES
from records.reading.timeline import MOST_MARKS

Row = dict[str, Any]
Text = Mapping[str, str]
AHEAD = (EventStatus.PLANNED, EventStatus.CONFIRMED, EventStatus.POSTPONED)
LATEST = 7  # told with leaders and commitments
COMING = 6


@dataclass(frozen=True)
class Places:
    """The places with most summits, each with an entry that knows its coordinates and how many
    summits it had; and how many summits are elsewhere."""

    drawn: list[tuple[str, int, int]] = field(default_factory=list)  # place, entry, summits
    held: frozenset[str] = frozenset()  # of those drawn: where at least one was held
    others: int = 0  # places that are on no map of so few
    elsewhere: int = 0  # summits there
    nowhere: int = 0  # summits of which no place, or no coordinates, are recorded


@lru_cache(maxsize=2)
def places(held: facets.Shelf) -> Places:
    located = held.values("located").get("yes", BitMap())
    known = {
        place: bits for place, bits in held.values("place").items() if not bits.isdisjoint(located)
    }
    chosen = nlargest(MOST_PLACES, known, key=lambda place: (len(known[place]), place))
    took_place = held.values("event-status").get(str(EventStatus.HELD), BitMap())
    placed = facets.union(known.values())
    drawn = facets.union(known[place] for place in chosen)
    return Places(
        [(place, (known[place] & located).max(), len(known[place])) for place in chosen],
        frozenset(place for place in chosen if not known[place].isdisjoint(took_place)),
        len(known) - len(chosen),
        len(placed - drawn),
        len(held.everything() - placed),
    )


@lru_cache(maxsize=2)
def years(held: facets.Shelf) -> dict[int, int]:
    """How many summits began in each year, by the earliest day of their dates."""
    return {int(year): len(bits) for year, bits in held.values("year").items()}


@dataclass(frozen=True)
class Told:
    """Entries of summits that the page tells: those ahead, soonest first, and the others, latest
    first; `all` says whether these are all there are."""

    ahead: list[int]
    others: list[int]
    all: bool


@lru_cache(maxsize=2)
def told(held: facets.Shelf, language: str) -> Told:
    sets = held.values("event-status")
    coming = facets.union(sets[str(status)] for status in AHEAD if str(status) in sets)
    every = held.everything()
    complete = len(every) <= MOST_MARKS

    def first(bits: BitMap, order: str, most: int) -> list[int]:
        if not bits:
            return []
        found = facets.Selection(held)
        found.narrow("of these", bits)
        return found.page(order, language, 0, MOST_MARKS if complete else most)

    return Told(first(coming, "date", COMING), first(every - coming, "-date", LATEST), complete)


def name_of(row: Row) -> Text:
    """What a summit is called in a drawing: by its city."""
    return row["city"] or row["title"]


def placed(found: Places, rows: dict[int, Row]) -> list[Place]:
    """The places as the map takes them, out of the entries by id."""
    return [
        Place(
            place,
            plain(name_of(row)),
            row["latitude"],
            row["longitude"],
            count,
            place in found.held,
            row["slug"] if count == 1 else "",
            chosen(name_of(row)),
        )
        for place, entry, count in found.drawn
        if (row := rows.get(entry))
    ]
