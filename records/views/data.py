"""Single records as JSON: in no language, with all three inside; the same editions as the pages.

`{"id", "edition", "published_at", "checked_on", "url": {en, ko, ja}, "license", "record", ...}`:
`record` is the document or the row of it as published; what follows from it stands beside it.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from records import public
from records.document import derived, schema
from records.document.citations import cited_by
from records.exports import LICENSE
from records.language import LANGUAGES

from .addresses import missing
from .answers import as_json, fresh
from .files import strict
from .heads import header, link

Row = dict[str, Any]


@strict("json")
@fresh
def summit(request: HttpRequest, at: int, slug: str) -> HttpResponse:
    found = public.edition(slug, at=at)
    return of_summit(found, f"summits/{slug}") if found else missing(request, f"summits/{slug}")


@strict("json")
@fresh
def edition(request: HttpRequest, at: int, slug: str, number: int) -> HttpResponse:
    place = f"summits/{slug}/editions/{number}"
    found = public.edition(slug, number, at=at)
    return of_summit(found, place) if found else missing(request, place)


def of_summit(found: public.Published, place: str) -> HttpResponse:
    return as_record(
        place,
        {"id": found.slug, **of_edition(found)},
        {"format": schema.FORMAT, **found.record},
        sha256=found.sha256,
        derived={"form": derived.form(found.record) or None, "hosts": derived.hosts(found.record)},
        names=found.named(),
    )


@strict("json")
@fresh
def session(request: HttpRequest, at: int, slug: str, key: str) -> HttpResponse:
    place = f"summits/{slug}/sessions/{key}"
    found = public.edition(slug, at=at)
    row = found and row_of(found, "sessions", "key", key)
    if not found or not row:
        return missing(request, place)
    head = {"id": f"{slug}/{key}", **of_edition(found)}
    return as_record(place, head, row, summit=slug, sources=cited(found, row), names=found.named())


@strict("json")
@fresh
def commitment(request: HttpRequest, at: int, identifier: str) -> HttpResponse:
    place = f"commitments/{identifier}"
    found, number = public.edition_of_commitment(identifier, at)
    row = found and row_of(found, "commitments", "number", number)
    if not found or not row:
        return missing(request, place)
    return as_record(
        place,
        {"id": identifier, **of_edition(found)},
        row,
        summit=found.slug,
        derived=what_came_of(row, found.record),
        sources=cited(found, row),
        names=found.named(),
    )


@strict("json")
@fresh
def participant(request: HttpRequest, at: int, slug: str) -> HttpResponse:
    place = f"participants/{slug}"
    found = public.participant(slug)
    if found is None:
        return missing(request, place)
    said = {name: value for name, value in found.row.items() if value not in ("", [], {}, None)}
    return as_record(
        place, {"id": slug}, said, meetings=found.meetings, statements=found.statements
    )


# what they are made of ----------------------------------------------------------------------------


def as_record(place: str, head: Row, record: Row, **more: Any) -> HttpResponse:
    url = {code: f"{settings.SITE_URL}/{code}/{place}" for code in LANGUAGES}
    response = as_json({**head, "url": url, "license": LICENSE, "record": record, **more})
    response["Link"] = header([link("describes", f"/{place}"), link("license", LICENSE)])
    return response


def of_edition(found: public.Published) -> Row:
    return {
        "edition": found.number,
        "published_at": found.at.isoformat(),
        "checked_on": found.record.get("checked_on"),
    }


def row_of(found: public.Published, rows: str, name: str, value: Any) -> Row | None:
    return next((row for row in found.record.get(rows, []) if row[name] == value), None)


def cited(found: public.Published, row: Row) -> list[Row]:
    """The sources that a row, or a row below it, cites."""
    keys = set(cited_by(row))
    return [source for source in found.record.get("sources", []) if source["key"] in keys]


def what_came_of(row: Row, record: Row) -> Row:
    """What follows from a commitment's wordings and progress, as of today."""
    since = derived.status_since(row)
    return {
        "status": derived.status(row) or None,
        "status_since": since["date"] if since else None,
        "statuses": derived.statuses(row),
        "said": derived.said(row) or None,
        "overdue": derived.is_overdue(row, timezone.localdate()),
        "late": derived.is_late(row),
        "followed_up": bool(derived.follow_ups(row)),
        "checked": derived.last_check(row, record) or None,
    }
