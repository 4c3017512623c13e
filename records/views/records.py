"""The pages of single records: a summit and its editions, a session, a commitment, a participant.

All but a participant's are drawn from an edition's document; what depends on today is computed
when drawn, and no answer outlives the day in a cache.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from records import public, reading

from . import heads
from .addresses import missing
from .answers import fresh

Row = dict[str, Any]
MOST_CHANGES = 20  # on the page of what they changed


def drawn_from(found: public.Published, place: str) -> Row:
    """What every page of an edition needs; `place` is its address without language."""
    edition = f"/summits/{found.slug}/editions/{found.number}"
    return {
        "published": found,
        "document": found.document,
        "names": found.names,
        "identity": f"/{place}",
        "json_url": f"/{place}.json",
        "edition_url": f"{settings.SITE_URL}{edition}",
    }


# a summit and its editions ------------------------------------------------------------------------


@fresh
def summit(request: HttpRequest, at: int, slug: str) -> HttpResponse:
    place = f"summits/{slug}"
    found = public.edition(slug, at=at)
    return summit_page(request, found, place) if found else missing(request, place)


@fresh
def edition(request: HttpRequest, at: int, slug: str, number: int) -> HttpResponse:
    place = f"summits/{slug}/editions/{number}"
    found = public.edition(slug, number, at=at)
    return summit_page(request, found, place) if found else missing(request, place)


def summit_page(request: HttpRequest, found: public.Published, place: str) -> HttpResponse:
    context = drawn_from(found, place)
    context["read"] = reading.SummitReading(found, timezone.localdate())
    context["editions"] = public.editions(found.slug) if found.latest > 1 else [found.row]
    context["changes"] = (
        reading.with_places(public.changes_of_summit(found.slug, MOST_CHANGES))
        if found.is_latest
        else []  # a past edition says nothing that came later
    )
    is_edition = place.rpartition("/")[0].endswith("/editions")
    context["is_address_of_edition"] = is_edition
    if is_edition:
        context |= heads.context_of("edition", slug=found.slug, number=found.number)
    else:
        context |= heads.context_of("summit", slug=found.slug)
    context["head"] = heads.summit(found, context["formats"], is_edition)
    return heads.drawn(request, "summit.html", context)


# what stands below a summit -----------------------------------------------------------------------


@fresh
def session(request: HttpRequest, at: int, slug: str, key: str) -> HttpResponse:
    place = f"summits/{slug}/sessions/{key}"
    found = public.edition(slug, at=at)
    if found is None or key not in [row["key"] for row in found.document["sessions"]]:
        return missing(request, place)
    context = drawn_from(found, place)
    context["read"] = reading.SessionReading(found, key, timezone.localdate())
    context |= heads.context_of("session", slug=slug, key=key)
    context["head"] = heads.session(found, key, context["formats"])
    return heads.drawn(request, "session.html", context)


@fresh
def commitment(request: HttpRequest, at: int, identifier: str) -> HttpResponse:
    place = f"commitments/{identifier}"
    found, number = public.edition_of_commitment(identifier, at)
    if found is None:
        return missing(request, place)
    context = drawn_from(found, place)
    chain = public.chain(identifier, at) if public.links(at).holds(identifier) else []
    context["changes"] = reading.with_places(public.changes_of_commitment(identifier, MOST_CHANGES))
    context["read"] = reading.CommitmentReading(found, number, chain, timezone.localdate())
    context |= heads.context_of("commitment", identifier=identifier)
    context["head"] = heads.commitment(found, number, context["formats"])
    return heads.drawn(request, "commitment.html", context)


# a participant ------------------------------------------------------------------------------------


@fresh
def participant(request: HttpRequest, at: int, slug: str) -> HttpResponse:
    place = f"participants/{slug}"
    found = public.participant(slug)
    if found is None:
        return missing(request, place)
    context = {
        "read": reading.ParticipantReading(found),
        "names": public.names(at),
        "identity": f"/{place}",
        "json_url": f"/{place}.json",
        **heads.context_of("participant", slug=slug),
    }
    context["head"] = heads.participant(found, context["formats"])
    return heads.drawn(request, "participant.html", context)
