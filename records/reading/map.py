"""The places of summits as marks on the land, in frames that are fitted to them.

Marks stand at percent of it, so that letters stay as large as the page's; whether they stand clear
of each other is measured at the least width at which the page shows the frame.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from . import lettering
from .frames import (
    REGION_RATIO,
    WORLD_RATIO,
    Frame,
    Place,
    cut_for,
    east,
    region_frame,
    region_of,
    within,
    world_frame,
)
from .lettering import Box

MOST_MARKS = 40
MOST_PLACES = 50  # drawn; as many as a list's query may name
APART = 26  # pixels between two marks; closer ones are one
MOST_FOR_TWO = 160  # pixels of two names
REGION_WIDTH, WORLD_WIDTH, WORLD_ALONE = 480, 280, 600  # pixels


@dataclass(frozen=True)
class Mark:
    """One place, or several that would cover each other, in percent of the frame."""

    places: tuple[Place, ...]
    x: float
    y: float
    name: str = ""  # empty where there is no room for one
    side: str = ""  # of the mark on which the name stands: right or left

    @property
    def summits(self) -> int:
        return sum(place.summits for place in self.places)

    @property
    def radius(self) -> float:
        """Of the disc that is drawn, in pixels; that of several summits holds their number."""
        return radius(self.summits)

    @property
    def held(self) -> bool:
        return any(place.held for place in self.places)

    @property
    def only(self) -> str:
        return self.places[0].only if len(self.places) == 1 else ""


@dataclass(frozen=True)
class Map:
    """A frame of the whole world, and where most summits lie in one region a frame of that: then
    `box` is its outline in the world's (x, y, width, height in percent), outside of which the world
    has its marks."""

    world: Frame
    world_marks: list[Mark]
    region: Frame | None = None
    region_marks: list[Mark] = field(default_factory=list)
    box: tuple[float, float, float, float] | None = None

    @property
    def marks(self) -> list[Mark]:
        """All of them, most summits first."""
        found = [*self.region_marks, *self.world_marks]
        return sorted(found, key=lambda mark: (-mark.summits, mark.places[0].key))


def drawn(places: Iterable[Place]) -> Map | None:
    """The map of these places; None without any."""
    found = sorted(places, key=lambda place: (-place.summits, place.key))[:MOST_PLACES]
    if not found:
        return None
    cut = cut_for(found)
    near = region_of(found, cut)
    if 2 * sum(place.summits for place in near) < sum(place.summits for place in found):
        world = world_frame(found, cut)
        return Map(world, marked(found, cut, world, WORLD_ALONE, WORLD_RATIO, MOST_MARKS))
    region = region_frame(near, cut)
    far = [place for place in found if not within(region, place, cut)]
    near = [place for place in found if within(region, place, cut)]
    world = world_frame(found, cut)
    far_marks = marked(far, cut, world, WORLD_WIDTH, WORLD_RATIO, MOST_MARKS // 2)
    near_marks = marked(near, cut, region, REGION_WIDTH, REGION_RATIO, MOST_MARKS - len(far_marks))
    left, top = world.at(region.left, region.top)
    right, bottom = world.at(region.left + region.width, region.top - region.height)
    left, right = max(0.0, left), min(100.0, right)
    top, bottom = max(0.0, top), min(100.0, bottom)
    return Map(world, far_marks, region, near_marks, (left, top, right - left, bottom - top))


def radius(summits: int) -> float:
    return 6.5 if summits == 1 else max(11, 4 + 3.8 * len(str(summits)))


def marked(
    places: list[Place], cut: float, frame: Frame, width: float, ratio: float, most: int
) -> list[Mark]:
    """These places as at most so many marks that stand apart, with the names there is room for."""
    apart = float(APART)
    while True:
        found = merged(places, cut, frame, width, ratio, apart)
        if len(found) <= most:
            return named(found, width, width / ratio)
        apart *= 1.25


def merged(
    places: list[Place], cut: float, frame: Frame, width: float, ratio: float, apart: float
) -> list[Mark]:
    """Each place, most summits first, by itself or with the mark that it would cover; a mark stands
    where its first place is."""
    groups: list[tuple[float, float, list[Place]]] = []
    for place in places:
        x, y = frame.at(east(place.longitude, cut), place.latitude)
        near = (((x - left) ** 2 + ((y - top) / ratio) ** 2, group) for left, top, group in groups)
        distance, group = min(near, key=lambda one: one[0], default=(float("inf"), []))
        room = radius(sum(one.summits for one in group)) + radius(place.summits)
        if distance**0.5 * width / 100 < max(apart, room):
            group.append(place)
        else:
            groups.append((x, y, [place]))
    return [Mark(tuple(group), x, y) for x, y, group in groups]


def named(marks: list[Mark], width: float, height: float) -> list[Mark]:
    """The marks with their names on the right or the left, where nothing else stands."""
    points = [(mark.x * width / 100, mark.y * height / 100) for mark in marks]
    halves = [max(APART / 2, mark.radius + 3) for mark in marks]
    taken = [
        Box(x - half, y - half, x + half, y + half)
        for (x, y), half in zip(points, halves, strict=True)
    ]
    found = []
    for mark, (x, y), half in zip(marks, points, halves, strict=True):
        words = name_of(mark)
        wide = lettering.width(words)
        sides = {
            "right": Box(x + half, y - 10, x + half + wide, y + 10),
            "left": Box(x - half - wide, y - 10, x - half, y + 10),
        }
        free = [
            (side, box)
            for side, box in sides.items()
            if box.left >= 0 and box.right <= width and not any(box.meets(one) for one in taken)
        ]
        if free:
            side, box = free[0]
            taken.append(box)
            found.append(Mark(mark.places, mark.x, mark.y, words, side))
        else:
            found.append(mark)
    return found


def name_of(mark: Mark) -> str:
    """The name of its place; of two, both if they are short; else a sign for those left out."""
    first, *others = [lettering.short(place.name) for place in mark.places]
    if len(others) == 1 and lettering.width(both := f"{first} · {others[0]}") <= MOST_FOR_TWO:
        return both
    return f"{first} +" if others else first
