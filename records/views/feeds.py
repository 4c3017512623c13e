"""Feeds: of all changes, of a record's, of those of any list; an entry is a change.

A change is said in the language of its feed and keeps its id in all of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from records import public, reading
from records.choices import ChangeKind
from records.exports import atom
from records.filters import Listing
from records.language import colon, headline, lang, plain

from .addresses import missing
from .answers import fresh
from .calendars import title_of
from .files import strict

Row = dict[str, Any]
MOST = 50
OF_RECORD = (ChangeKind.OPENED, ChangeKind.REOPENED, ChangeKind.WITHDRAWN)
# Lists whose feed is of the changes of what they list -> the kind of entry.
LISTED = {
    "summits": "summit",
    "commitments": "commitment",
    "participants": "participant",
    "sessions": "session",
    "sources": "source",
}


def answered(
    request: HttpRequest, at: int, title: str, rows: Iterable[Row], query: str = ""
) -> HttpResponse:
    """The feed of some changes, newest first; its page is its address without the extension."""
    changes = reading.with_places(rows)
    people = public.people(reading.people_in(changes))
    names = public.Names({**public.shared(at), "participant": people})
    address = f"{settings.SITE_URL}{request.path}"
    text = atom.feed(
        title=title,
        author=_("Summit Record"),
        language=lang(),
        page=with_query(address.removesuffix(".atom"), query),
        address=with_query(address, query),
        items=[item(row, names) for row in changes],
    )
    response = HttpResponse(text, content_type="application/atom+xml; charset=utf-8")
    response["Content-Language"] = lang()
    return response


def with_query(address: str, query: str) -> str:
    return f"{address}?{query}" if query else address


def item(row: Row, names: public.Names) -> atom.Item:
    return atom.Item(
        key=row["slug"],
        title=title_of_change(row, names),
        address=f"{settings.SITE_URL}/{lang()}/{row['place']}",
        at=datetime.fromisoformat(row["at"]),
        kinds=row["kinds"],
        content=render_to_string("feed_entry.html", {"row": row, "names": names}),
    )


def title_of_change(row: Row, names: public.Names) -> str:
    """A change in one line of plain text; its record is named where the change does not."""
    said = headline(row, names).striptags()
    if row["commitment"]:
        return f"{row['commitment']}{colon()}{said}"
    return f"{plain(row['summit_title'])}{colon()}{said}" if row["summit"] else said


# single records -----------------------------------------------------------------------------------


@strict("atom")
@fresh
def summit(request: HttpRequest, at: int, slug: str) -> HttpResponse:
    found = public.entry("summit", slug)
    if found is None:
        return missing(request, f"summits/{slug}")
    title = _("Changes: %(title)s") % {"title": plain(found["title"])}
    return answered(request, at, title, public.changes_of_summit(slug, MOST))


@strict("atom")
@fresh
def commitment(request: HttpRequest, at: int, identifier: str) -> HttpResponse:
    found = public.entry("commitment", identifier)
    if found is None:
        return missing(request, f"commitments/{identifier}")
    title = _("Changes: %(title)s") % {"title": plain(found["title"])}
    return answered(request, at, title, public.changes_of_commitment(identifier, MOST))


@strict("atom")
@fresh
def participant(request: HttpRequest, at: int, slug: str) -> HttpResponse:
    """The changes of all summits where somebody was."""
    found = public.participant(slug)
    if found is None:
        return missing(request, f"participants/{slug}")
    rows = public.changes_of_summits(found.summits, MOST)
    title = _("Changes of the summits of %(name)s") % {"name": plain(found.row["name"]) or slug}
    return answered(request, at, title, rows)


# lists --------------------------------------------------------------------------------------------


def of_list(request: HttpRequest, listing: Listing, name: str, title: str) -> HttpResponse:
    """The newest changes under the filters of a list."""
    selection, query = listing.selection, urlencode(listing.pairs())
    if listing.entries == "change":
        rows = public.entries("change", selection.page("-at", lang(), 0, MOST))
    else:
        rows = public.changes_within(LISTED[name], selection.bits(), listing.shelf.at, MOST)
    head = title_of(listing, title, request.path)
    return answered(request, listing.shelf.at, head, rows, query)
