"""The places of summits as marks on the land, in frames that are fitted to them.

A frame is a piece of an equirectangular map, stretched so that shapes are right at its middle.
Marks stand at percent of it, so that letters stay as large as the page's; whether they stand clear
of each other is measured at the least width at which the page shows the frame.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import cos, radians

from . import lettering
from .lettering import Box

MOST_MARKS = 40
MOST_PLACES = 50  # drawn; as many as a list's query may name
APART = 26  # pixels between two marks; closer ones are one
MOST_FOR_TWO = 160  # pixels of two names
REGION_WIDTH, WORLD_WIDTH, WORLD_ALONE = 480, 280, 600  # pixels
REGION_RATIO, WORLD_RATIO = 1.5, 2.0  # width to height; front.css says the same
MARGIN = 0.16  # of what the places span, on each side
LEAST_SPAN = 14.0  # degrees of latitude: enough land to know the region by
WINDOW = (24.0, 14.0)  # degrees of longitude and latitude, either side: what is one region
LAND = 192.0  # degrees either side of 0 that land.svg reaches: Chukotka lies beyond 180
NORTH, SOUTH = 78.0, -56.0  # of the world's frame, unless a place lies beyond
# The world is cut where little land is: in the Bering Strait or in the Atlantic.
ATLANTIC_CUT, BERING_CUT = -30.0, -169.0


@dataclass(frozen=True)
class Place:
    """Where summits were or will be: `key` as lists know it, `only` the slug of a sole summit."""

    key: str
    name: str
    latitude: float
    longitude: float
    summits: int = 1
    held: bool = True  # at least one of them
    only: str = ""
    lang: str = ""  # of the name


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
class Frame:
    """A piece of the map in degrees, longitudes counted eastward from the cut; `top` is north."""

    left: float
    top: float
    width: float
    height: float

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Percent across and down of a point in degrees."""
        return 100 * (x - self.left) / self.width, 100 * (self.top - y) / self.height

    @property
    def turns(self) -> list[int]:
        """Where the land, which lies around 0, is drawn to fill the frame."""
        least, most = self.left - LAND, self.left + self.width + LAND
        return [turn for turn in (-360, 0, 360) if least < turn < most]

    @property
    def view_box(self) -> str:
        """For an SVG in which y is the latitude turned downward."""
        found = (self.left, -self.top, self.width, self.height)
        return " ".join(f"{number:.2f}" for number in found)


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


# frames -------------------------------------------------------------------------------------------


def east(longitude: float, cut: float) -> float:
    """A longitude counted eastward from the cut: from `cut` up to `cut` + 360."""
    return (longitude - cut) % 360 + cut


def cut_for(places: list[Place]) -> float:
    """Where to cut the world open: opposite the half of it that has more summits."""
    weight = {ATLANTIC_CUT: 0, BERING_CUT: 0}
    for place in places:
        weight[BERING_CUT if -100 < place.longitude < 60 else ATLANTIC_CUT] += place.summits
    return max(weight, key=lambda cut: weight[cut])


def region_of(places: list[Place], cut: float) -> list[Place]:
    """The places around that place around which most summits were."""

    def around(centre: Place) -> list[Place]:
        return [
            place
            for place in places
            if abs(east(place.longitude, cut) - east(centre.longitude, cut)) <= WINDOW[0]
            and abs(place.latitude - centre.latitude) <= WINDOW[1]
        ]

    return max(map(around, places), key=lambda found: sum(place.summits for place in found))


def region_frame(places: list[Place], cut: float) -> Frame:
    """The smallest frame of the region's shape around these places, with a margin."""
    xs = [east(place.longitude, cut) for place in places]
    ys = [place.latitude for place in places]
    middle_x, middle_y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    # A degree of longitude at the poles is nothing: a frame there would have no width.
    narrowing = cos(radians(min(75.0, abs(middle_y))))
    height = max(LEAST_SPAN, (max(ys) - min(ys)) * (1 + 2 * MARGIN))
    width = max((max(xs) - min(xs)) * (1 + 2 * MARGIN), height * REGION_RATIO / narrowing)
    height = max(height, width * narrowing / REGION_RATIO)
    return Frame(middle_x - width / 2, middle_y + height / 2, width, height)


def world_frame(places: list[Place], cut: float) -> Frame:
    top = max([NORTH, *(place.latitude + 5 for place in places)])
    bottom = min([SOUTH, *(place.latitude - 5 for place in places)])
    return Frame(cut, top, 360, top - bottom)


def within(frame: Frame, place: Place, cut: float) -> bool:
    x, y = frame.at(east(place.longitude, cut), place.latitude)
    return 0 <= x <= 100 and 0 <= y <= 100


# marks --------------------------------------------------------------------------------------------


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
