"""iCalendar text (RFC 5545): what an event is, and its lines escaped, folded and in order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings

LONGEST_LINE = 75  # octets, without the line break
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass
class Event:
    """One event. Days: `first` and `last`, both of it. Or a clock time: `starts`, in `zone` where
    that is known, and `ends` where an end is recorded."""

    key: str  # lasting, unique in the record
    summary: str
    url: str
    edition: int
    at: datetime  # of that edition
    status: str = "CONFIRMED"
    first: date | None = None
    last: date | None = None
    starts: datetime | None = None
    ends: datetime | None = None
    zone: str = ""
    location: str = ""
    geo: tuple[float, float] | None = None
    description: str = ""


def calendar(
    name: str, language: str, zones: Iterable[str], events: Iterable[str]
) -> Iterator[str]:
    """A whole calendar; `zones` and `events` are lines already made."""
    yield written(
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{host()}//Summit Record//{language.upper()}",
        "CALSCALE:GREGORIAN",
        f"NAME;LANGUAGE={language}:{escaped(name)}",
        f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
    )
    yield from zones
    yield from events
    yield written("END:VCALENDAR")


def event_text(event: Event, language: str) -> str:
    """A VEVENT."""
    return written(*event_lines(event, language))


def event_lines(event: Event, language: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.key}@{host()}"
    yield f"DTSTAMP:{stamp(event.at)}"
    yield f"LAST-MODIFIED:{stamp(event.at)}"
    yield f"SEQUENCE:{event.edition}"
    yield from when(event)
    yield f"SUMMARY;LANGUAGE={language}:{escaped(event.summary)}"
    if event.location:
        yield f"LOCATION;LANGUAGE={language}:{escaped(event.location)}"
    if event.geo:
        yield f"GEO:{event.geo[0]:.6f};{event.geo[1]:.6f}"
    if event.description:
        yield f"DESCRIPTION;LANGUAGE={language}:{escaped(event.description)}"
    yield f"STATUS:{event.status}"
    yield "TRANSP:TRANSPARENT"  # nobody's own appointment
    yield f"URL:{event.url}"
    yield "END:VEVENT"


def when(event: Event) -> Iterator[str]:
    if event.starts:
        zone = f";TZID={event.zone}" if event.zone else ""
        yield f"DTSTART{zone}:{local(event.starts)}"
        if event.ends:
            yield f"DTEND{zone}:{local(event.ends)}"
    elif event.first:
        yield f"DTSTART;VALUE=DATE:{basic(event.first)}"
        last = event.last or event.first
        if last > event.first and last < date.max:  # the end is the day after the last
            yield f"DTEND;VALUE=DATE:{basic(last + timedelta(days=1))}"


# syntax -------------------------------------------------------------------------------------------


def host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def basic(day: date) -> str:
    return day.isoformat()[:10].replace("-", "")


def local(at: datetime) -> str:
    return f"{basic(at)}T{at:%H%M%S}"


def stamp(at: datetime) -> str:
    return f"{local(at.astimezone(UTC))}Z"


def escaped(text: str) -> str:
    """A text as a value: backslash, comma, semicolon and line breaks escaped."""
    one = text.replace("\r\n", "\n").replace("\r", "\n")
    one = CONTROLS.sub("", one.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,"))
    return one.replace("\n", "\\n")


def written(*lines: str) -> str:
    return "".join(f"{folded(line)}\r\n" for line in lines)


def folded(line: str) -> str:
    """A line cut into pieces of 75 octets, never inside a character."""
    if len(line.encode()) <= LONGEST_LINE:
        return line
    pieces, piece, size = [], "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > LONGEST_LINE:
            pieces.append(piece)
            piece, size = "", 1  # the space that a further piece begins with
        piece, size = piece + sign, size + width
    return "\r\n ".join([*pieces, piece])
