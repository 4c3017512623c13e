"""Pieces of the map of the world that are fitted to the places of summits.

A frame is a piece of an equirectangular map, stretched so that shapes are right at its middle.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians

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
