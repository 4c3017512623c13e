"""The programme: sessions by day, with all that was said, given and promised in each."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from records import dates
from records.choices import SessionKind
from records.document import derived
from records.public import Names

from .differences import Differences
from .sources import Sources

Row = dict[str, Any]

# The sittings a summit is held for: filled dots in the programme.
MAIN = (
    SessionKind.ONE_TO_ONE,
    SessionKind.SMALL_GROUP,
    SessionKind.EXPANDED,
    SessionKind.TALKS,
    SessionKind.PLENARY,
    SessionKind.WORKING_SESSION,
    SessionKind.OUTREACH_SESSION,
    SessionKind.SIGNING,
    SessionKind.PRESS_ANNOUNCEMENT,
    SessionKind.PRESS_CONFERENCE,
)
# Its length is that of talks, not of a dinner or a visit.
FACTS = ("date", "time", "until", "minutes", "venue", "parties", "participants", "summary")


def person(slug: str, names: Names) -> Row:
    return {
        "slug": slug,
        "person": names.row("participant", slug),
        "is_known": names.has("participant", slug),
    }


def session(row: Row, document: Row, sources: Sources, names: Names, about: Differences) -> Row:
    key = row["key"]
    return {
        **row,
        "is_main": row["kind"] in MAIN,
        "parties": [names.name("party", slug) for slug in row["parties"]],
        "people": [person(slug, names) for slug in row["participants"]],
        "marks": sources.of(row, *FACTS),
        "differences": about.about("sessions", key),
        "commitments": [
            {**one, "id": derived.commitment_id(document, one)}
            for one in derived.standing(document)
            if one["session"] == key
        ],
    }


def by_day(sessions: list[Row]) -> list[tuple[str, list[Row]]]:
    """`(date, sessions)`, days in order, within a day the order of the file; undated ones last."""
    days: dict[str, list[Row]] = {}
    for row in sessions:
        days.setdefault(row["date"], []).append(row)
    return sorted(days.items(), key=lambda item: first_day(item[0]))


def first_day(date: str) -> str:
    first = dates.bounds(date)[0] if date else None
    return first.isoformat() if first else "9999"


def clock_of(document: Row) -> tuple[str, str]:
    """The zone's short name (or its full one) and its distance from UTC on the first day:
    `("JST", "UTC+9")`; `("", "")` where no zone is given or none was in force."""
    name, first = document["timezone"], dates.bounds(document["starts"])[0]
    if not name or not first:
        return name, ""
    try:
        at = datetime.combine(first, time(12), ZoneInfo(name))
    except (KeyError, ValueError, OSError):  # a zone this machine does not know
        return name, ""
    offset, short = at.utcoffset(), at.tzname() or ""
    if offset is None or short == "LMT":
        return name, ""
    total = int(offset.total_seconds() // 60)
    hours, rest = divmod(abs(total), 60)
    sign = "+" if total >= 0 else "−"
    return (
        short if short.isalpha() else name,
        f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "") if total else "UTC",
    )


def neighbours(key: str, days: list[tuple[str, list[Row]]]) -> tuple[Row | None, Row | None]:
    """The sessions before and after one, in the order of the programme."""
    rows = [row for _day, found in days for row in found]
    place = next(index for index, row in enumerate(rows) if row["key"] == key)
    before = rows[place - 1] if place else None
    return before, rows[place + 1] if place + 1 < len(rows) else None
