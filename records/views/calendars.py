"""Calendars: of a summit, a session, a person, and of any list of what has days."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from pyroaring import BitMap

from records import facets, public
from records.exports import calendar, events, zones
from records.filters import Listing
from records.language import colon, comma, lang, plain

from .addresses import missing
from .answers import fresh
from .files import streamed, strict
from .panel import Panel

Row = dict[str, Any]
Made = Iterable[calendar.Event | None]


def texts(found: Made) -> str:
    return "".join(calendar.event_text(event, lang()) for event in found if event)


def clocks(used: Iterable[tuple[str, int]]) -> Iterator[str]:
    """The zones used; the record's own where none is, for a calendar may not be empty."""
    found = list(zones.zone_texts(used))
    yield from found or zones.zone_texts([(settings.TIME_ZONE, timezone.localdate().year)])


def clocks_of(found: list[calendar.Event | None]) -> Iterator[str]:
    return clocks((event.zone, event.starts.year) for event in found if event and event.starts)


def answered(request: HttpRequest, name: str, found: Made) -> HttpResponse:
    """The calendar of one record."""
    made = list(found)
    pieces = calendar.calendar(name, lang(), clocks_of(made), [texts(made)])
    return streamed(request, "ics", iter(["".join(pieces)]))


# what events need of summits ----------------------------------------------------------------------


def summits_of(slugs: Iterable[str], at: int) -> dict[str, Row]:
    """The entries of summits with what their events say beside them: two queries."""
    wanted = set(slugs)
    return with_editions(public.entries_by_slug("summit", wanted), at)


def with_editions(rows: dict[str, Row], at: int) -> dict[str, Row]:
    published = public.published_at(rows)
    names = public.Names(public.shared(at))
    return {
        slug: {**row, "at": published[slug], "country_name": country(row, names)}
        for slug, row in rows.items()
        if slug in published
    }


def country(row: Row, names: public.Names) -> dict[str, str]:
    return names.name("party", row["country"]) if row["country"] else {}


# single records -----------------------------------------------------------------------------------


def of_edition(found: public.Published) -> Row:
    return {
        **found.document,
        "edition": found.number,
        "at": found.at,
        "country_name": country(found.document, found.names),
    }


@strict("ics")
@fresh
def summit(request: HttpRequest, at: int, slug: str) -> HttpResponse:
    found = public.edition(slug, at=at)
    if found is None:
        return missing(request, f"summits/{slug}")
    made = events.summit_events(of_edition(found), found.document["sessions"])
    return answered(request, plain(found.document["title"]), made)


@strict("ics")
@fresh
def session(request: HttpRequest, at: int, slug: str, key: str) -> HttpResponse:
    found = public.edition(slug, at=at)
    rows = [row for row in found.document["sessions"] if row["key"] == key] if found else []
    if found is None or not rows:
        return missing(request, f"summits/{slug}/sessions/{key}")
    made = [events.session_event(row, of_edition(found)) for row in rows]
    return answered(request, plain(rows[0]["title"]), made)


@strict("ics")
@fresh
def participant(request: HttpRequest, at: int, slug: str) -> HttpResponse:
    found = public.participant(slug)
    if found is None:
        return missing(request, f"participants/{slug}")
    summits = with_editions(found.summits, at)
    made = [
        events.meeting_event(row, summits[row["summit"]])
        for row in found.meetings
        if row["summit"] in summits
    ]
    name = _("Meetings of %(name)s") % {"name": plain(found.row["name"]) or slug}
    return answered(request, name, made)


# lists --------------------------------------------------------------------------------------------


def of_summits(rows: list[Row], at: int) -> Made:
    summits = with_editions({row["slug"]: row for row in rows}, at)
    return (events.summit_event(found) for found in summits.values())


def of_sessions(rows: list[Row], at: int) -> Made:
    summits = summits_of((row["summit"] for row in rows), at)
    return (
        events.session_event(row, summits[row["summit"]])
        for row in rows
        if row["summit"] in summits
    )


def of_commitments(rows: list[Row], at: int) -> Made:
    summits = summits_of((row["summit"] for row in rows), at)
    return (
        events.due_event(row, summits[row["summit"]]) for row in rows if row["summit"] in summits
    )


# name of the list -> events of a batch of its rows; a list that is not here has no calendar.
CALENDARS: dict[str, Callable[[list[Row], int], Made]] = {
    "summits": of_summits,
    "sessions": of_sessions,
    "commitments": of_commitments,
}


def narrowed(name: str, selection: facets.Selection) -> None:
    """Leave out what has no day, where that can be most of the list."""
    if name == "commitments":
        selection.narrow("has-due", BitMap(public.ids_with_due("commitment")))


def list_zones(selection: facets.Selection) -> Iterator[tuple[str, int]]:
    """`(zone, year)` of the sessions that have a clock time."""
    for value, count in selection.counts("clock").items():
        zone, _space, year = value.rpartition(" ")
        if count:
            yield zone, int(year)


def title_of(listing: Listing, title: str, path: str) -> str:
    """What the list is called, with its filters: "Commitments: Japan, Republic of Korea"."""
    shown = comma().join(plain(row["shown"]) for row in Panel(listing, path).active)
    return f"{title}{colon()}{shown}" if shown else title


def of_list(
    request: HttpRequest, listing: Listing, name: str, title: str, batches: Iterator[list[Row]]
) -> HttpResponse:
    at, code = listing.shelf.at, lang()

    def made() -> Iterator[str]:
        # A stream is read when the request's language may be another's already.
        for rows in batches:
            with translation.override(code):
                piece = texts(CALENDARS[name](rows, at))
            yield piece

    head = title_of(listing, title, request.path)
    zones_used = clocks(list_zones(listing.selection))
    return streamed(request, "ics", calendar.calendar(head, code, zones_used, made()))
