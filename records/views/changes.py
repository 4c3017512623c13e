"""What changed: the list of all changes, the log of corrections, a summit's editions."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records import filters, public, reading
from records.filters.changes import ChangeFilters, CorrectionFilters
from records.language import LANGUAGES, plain

from . import heads
from .addresses import missing
from .answers import as_json, fresh
from .data import LICENSE
from .lists import ListView, with_people

Row = dict[str, Any]
MOST = 200  # changes of one edition on its page; the data has all


class Changes(ListView):
    name = "changes"
    title = gettext_lazy("Changes")
    filterset = ChangeFilters

    def rows(self, listing: filters.Listing) -> list[Row]:
        rows = reading.with_places(public.entries("change", listing.ids))
        listing.names = with_people(listing, sorted(reading.people_in(rows)))
        return rows

    def item(self, row: Row, listing: filters.Listing) -> Row:
        return as_item(row)


class Corrections(Changes):
    name = "corrections"
    title = gettext_lazy("Corrections")
    filterset = CorrectionFilters


def as_item(row: Row) -> Row:
    """A change as data: what it is known by for ever, where it leads, what was and what is."""
    row = {name: value for name, value in row.items() if name not in ("key", "kinds", "first")}
    place = row.pop("place")
    url = {code: f"{settings.SITE_URL}/{code}/{place}" for code in LANGUAGES}
    return {"id": row.pop("slug"), "url": url, **row}


# a summit's editions ------------------------------------------------------------------------------


@fresh
def editions(request: HttpRequest, at: int, slug: str) -> HttpResponse:
    found, place = public.edition(slug, at=at), f"summits/{slug}/editions"
    if found is None:
        return missing(request, place)
    title = _("Editions: %(title)s") % {"title": plain(found.document["title"])}
    context = {
        **of_summit(found, place),
        "editions": public.editions(slug),
        "page_title": title,
        "head": heads.editions(slug, title),
    }
    return heads.drawn(request, "editions.html", context)


@fresh
def editions_data(request: HttpRequest, at: int, slug: str) -> HttpResponse:
    place = f"summits/{slug}/editions"
    rows = public.editions(slug)
    if not rows:
        return missing(request, place)
    items = [
        {
            **{name: row[name] for name in ("number", "kind", "note", "by", "sha256")},
            "published_at": row["at"].isoformat(),
            "url": addresses_of(f"summits/{slug}/editions/{row['number']}"),
            "changes": f"{settings.SITE_URL}/{place}/{row['number']}/changes.json",
        }
        for row in rows
    ]
    return as_json({"id": slug, "url": addresses_of(place), "license": LICENSE, "editions": items})


@fresh
def edition_changes(request: HttpRequest, at: int, slug: str, number: int) -> HttpResponse:
    place = f"summits/{slug}/editions/{number}/changes"
    found, row = public.edition(slug, at=at), edition_row(slug, number)
    if found is None or row is None:
        return missing(request, place)
    rows = reading.with_places(public.changes_of_edition(slug, number))
    shown = rows[:MOST]
    people = public.people(reading.people_in(shown))
    title = _("What edition %(number)s changed: %(title)s") % {
        "number": number,
        "title": plain(found.document["title"]),
    }
    context = {
        **of_summit(found, place),
        "page_title": title,
        "head": heads.edition_changes(slug, number, title),
        "names": public.Names({**public.shared(at), "participant": people}),
        "edition": row,
        "rows": shown,
        "more": len(rows) - len(shown),
    }
    return heads.drawn(request, "edition_changes.html", context)


@fresh
def edition_changes_data(request: HttpRequest, at: int, slug: str, number: int) -> HttpResponse:
    place = f"summits/{slug}/editions/{number}/changes"
    row = edition_row(slug, number)
    if row is None:
        return missing(request, place)
    rows = reading.with_places(public.changes_of_edition(slug, number))
    head = {"id": f"{slug}/{number}", "edition": number, "published_at": row["at"].isoformat()}
    told = {"kind": row["kind"], "note": row["note"], "items": [as_item(one) for one in rows]}
    return as_json({**head, "url": addresses_of(place), "license": LICENSE, **told})


def edition_row(slug: str, number: int) -> Row | None:
    """One edition of a public summit."""
    return next((row for row in public.editions(slug) if row["number"] == number), None)


def of_summit(found: public.Published, place: str) -> Row:
    return {
        "published": found,
        "document": found.document,
        "identity": f"/{place}",
        "json_url": f"/{place}.json",
    }


def addresses_of(place: str) -> dict[str, str]:
    return {code: f"{settings.SITE_URL}/{code}/{place}" for code in LANGUAGES}
