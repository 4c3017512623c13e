"""The working copy as its readers would get it, behind signed links that end.

Drawn by the templates and readings of the public pages. No cache keeps it, no robot lists it, and
nothing of it is stored. A link ends with its hours, and with the right of the editor who made it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone, translation
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from records import facets, public, reading
from records.models import Editor, Summit
from records.roles import permission

from . import working
from .record import Record

Row = dict[str, Any]
SALT = "records.admin.preview"
MOST_CHANGES = 20
# What readers' pages may, and to stand in a frame of this site's own admin.
POLICY = {**settings.SECURE_CSP, "frame-ancestors": ["'self'"]}


# links --------------------------------------------------------------------------------------------


class Closed(Exception):
    """A link that does not open: `status` 410 if it has ended, 403 if nobody signed it."""

    def __init__(self, status: int):
        super().__init__(status)
        self.status = status


def token_for(summit: Summit, editor: Any) -> str:
    return signing.TimestampSigner(salt=SALT).sign(f"{summit.pk}.{editor.pk}")


def ends_at(token: str) -> datetime:
    """When a link made by `token_for` stops to open."""
    seconds = signing.b62_decode(token.split(":")[1])
    return datetime.fromtimestamp(seconds, timezone.get_current_timezone()) + lifetime()


def lifetime() -> timedelta:
    return timedelta(hours=settings.PREVIEW_HOURS)


def opened(token: str) -> Record:
    """The working copy that a link shows. Raises Closed."""
    try:
        said = signing.TimestampSigner(salt=SALT).unsign(token, max_age=lifetime())
    except signing.SignatureExpired as ended:
        raise Closed(410) from ended
    except signing.BadSignature as forged:
        raise Closed(403) from forged
    summit, editor = (int(part) for part in said.split("."))
    person = Editor.objects.filter(pk=editor).first()
    known = Summit.objects.filter(pk=summit).exists()
    if not known or person is None or not person.has_perm(permission("view", "summit")):
        raise Closed(410)
    return Record(summit)


def previewed(draw: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view out of `draw(request, record, token, ...)`."""

    @require_safe
    @xframe_options_sameorigin
    @wraps(draw)
    def answer(request: HttpRequest, token: str, **key: Any) -> HttpResponse:
        try:
            response = draw(request, opened(token), token, **key)
        except Closed as closed:
            context = {"has_ended": closed.status == 410, "hours": settings.PREVIEW_HOURS}
            response = render(request, "preview_closed.html", context, status=closed.status)
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        response["Referrer-Policy"] = "no-referrer"  # the address itself is the key
        response["Content-Security-Policy"] = in_one_line(POLICY)
        return response

    return answer


def in_one_line(policy: dict[str, list[str]]) -> str:
    return "; ".join(" ".join([name, *values]) for name, values in policy.items())


# pages --------------------------------------------------------------------------------------------


@previewed
def summit(request: HttpRequest, record: Record, token: str) -> HttpResponse:
    found = working.to_be(record)
    context = {
        "read": reading.SummitReading(found, timezone.localdate()),
        "editions": public.editions(public_slug(record)),
        "changes": reading.with_places(public.changes_of_summit(public_slug(record), MOST_CHANGES)),
        "is_address_of_edition": False,
    }
    place = f"summits/{found.slug}"
    return drawn(request, "summit.html", record, found, token, place, context)


@previewed
def session(request: HttpRequest, record: Record, token: str, key: str) -> HttpResponse:
    found = working.to_be(record)
    if key not in record.keys("sessions"):
        raise Http404
    context = {"read": reading.SessionReading(found, key, timezone.localdate())}
    place = f"summits/{found.slug}/sessions/{key}"
    return drawn(request, "session.html", record, found, token, place, context)


@previewed
def commitment(request: HttpRequest, record: Record, token: str, number: int) -> HttpResponse:
    found = working.to_be(record)
    row = next((row for row in found.document["commitments"] if row["number"] == number), None)
    if row is None:
        raise Http404
    identifier = f"{found.document['code']}-{number}"
    chain = chain_of(identifier, row["continues"])
    context = {
        "read": reading.CommitmentReading(found, number, chain, timezone.localdate()),
        "changes": reading.with_places(public.changes_of_commitment(identifier, MOST_CHANGES)),
    }
    place = f"commitments/{identifier}"
    return drawn(request, "commitment.html", record, found, token, place, context)


def public_slug(record: Record) -> str:
    """By which slug readers know the summit: the working copy's may be a newer one."""
    return record.published.get("slug", record.summit.slug)


def chain_of(identifier: str, continued: list[str]) -> list[Row]:
    """The chain a commitment would belong to, earliest first: what it continues in the working
    copy, and what readers see of all of them."""
    at = facets.version()
    known = {row["slug"]: row for row in public.chain(identifier, at)}
    for before in continued:
        known |= {row["slug"]: row for row in public.chain(before, at)}
    return sorted(known.values(), key=lambda row: (row.get("starts", row["slug"]), row["slug"]))


def drawn(
    request: HttpRequest,
    template: str,
    record: Record,
    found: public.Published,
    token: str,
    place: str,
    context: Row,
) -> HttpResponse:
    context = {
        "published": found,
        "document": found.document,
        "names": found.names,
        "json_url": f"/{place}.json",
        "edition_url": f"{settings.SITE_URL}/summits/{found.slug}/editions/{found.number}",
        "ways": [],
        "citations": [],
        "drawn": template,
        "public_edition": record.state.edition.number if record.state.is_public else 0,
        "link_ends_at": ends_at(token),
        "link_ends_clock": f"{ends_at(token):%H:%M}",
        **context,
    }
    response = render(request, "preview.html", context)
    response.content = within(response.content.decode(), found, token).encode()
    return response


def within(html: str, found: public.Published, token: str) -> str:
    """The page with links to the summit's own pages leading to their previews."""
    root = f"/{translation.get_language()}"
    slug, code = re.escape(found.slug), re.escape(found.document["code"])
    page = rf"summits/{slug}(?:(/sessions/[^\"#?/]+)|/editions/{found.number})?"
    own = rf'href="{root}/(?:{page}|commitments/{code}-(\d+))(?=["#])'

    def led(match: re.Match[str]) -> str:
        below = match[1] or (f"/commitments/{match[2]}" if match[2] else "")
        return f'href="{root}/preview/{token}{below}'

    return re.sub(own, led, html)


def address(token: str, below: str = "", language: str = "en") -> str:
    """Where a preview stands; `below` is empty, `sessions/KEY` or `commitments/NUMBER`."""
    with translation.override(language):
        whole = reverse("preview", kwargs={"token": token})
    return f"{whole}/{below}" if below else whole


urlpatterns = [
    path("<str:token>", summit, name="preview"),
    path("<str:token>/sessions/<slug:key>", session, name="preview-session"),
    path("<str:token>/commitments/<int:number>", commitment, name="preview-commitment"),
]
