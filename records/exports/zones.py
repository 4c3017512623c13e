"""Time zones as iCalendar wants them beside each clock time: the offsets of the years used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .calendar import local, written

DAY = timedelta(days=1)


def known(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return False
    return bool(name)


def zone_texts(used: Iterable[tuple[str, int]]) -> Iterator[str]:
    """A VTIMEZONE for each zone among `(zone, year)`, good for all its years."""
    years: dict[str, list[int]] = {}
    for name, year in used:
        if known(name) and 1 < year < 9998:
            years.setdefault(name, []).append(year)
    for name in sorted(years):
        yield zone_text(name, min(years[name]), max(years[name]))


@lru_cache(maxsize=256)
def zone_text(name: str, first: int, last: int) -> str:
    lines = ["BEGIN:VTIMEZONE", f"TZID:{name}"]
    for start, before, after, kind, called in observances(ZoneInfo(name), first, last):
        lines += [
            f"BEGIN:{kind}",
            f"DTSTART:{local(start)}",
            f"TZOFFSETFROM:{offset(before)}",
            f"TZOFFSETTO:{offset(after)}",
            f"TZNAME:{called}",
            f"END:{kind}",
        ]
    return written(*lines, "END:VTIMEZONE")


def observances(
    zone: ZoneInfo, first: int, last: int
) -> Iterator[tuple[datetime, timedelta, timedelta, str, str]]:
    """`(wall time it begins, offset before, offset after, kind, name)`, the first for the beginning
    of year `first`, then each change until the end of year `last`."""
    here = datetime(first, 1, 1, tzinfo=UTC) - DAY
    end = datetime(last + 1, 1, 1, tzinfo=UTC) + DAY
    before = told(here, zone)
    yield (here.replace(tzinfo=None), before[0], before[0], *before[1:])
    while here < end:
        after = told(here + DAY, zone)
        if after != before:
            at = moment(here, here + DAY, zone)
            wall = (at + before[0]).replace(tzinfo=None)
            yield (wall, before[0], after[0], *after[1:])
        here, before = here + DAY, after


def told(at: datetime, zone: ZoneInfo) -> tuple[timedelta, str, str]:
    there = at.astimezone(zone)
    kind = "DAYLIGHT" if there.dst() else "STANDARD"
    return there.utcoffset() or timedelta(), kind, there.tzname() or str(zone)


def moment(left: datetime, right: datetime, zone: ZoneInfo) -> datetime:
    """The second at which the zone changes between two days."""
    old = told(left, zone)
    while right - left > timedelta(seconds=1):
        middle = left + timedelta(seconds=int((right - left).total_seconds()) // 2)
        left, right = (middle, right) if told(middle, zone) == old else (left, middle)
    return right


def offset(of: timedelta) -> str:
    """`+0900`; with seconds where a zone had them."""
    seconds = int(of.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("+", seconds)
    rest = f"{seconds % 60:02d}" if seconds % 60 else ""
    return f"{sign}{seconds // 3600:02d}{seconds // 60 % 60:02d}{rest}"
