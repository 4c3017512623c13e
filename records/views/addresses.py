"""Addresses that lead elsewhere, and what answers where one leads nowhere.

Of what is not public nothing is said: a draft's address answers like one that never was.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache
from typing import Any

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import render
from django.urls import is_valid_path, reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import require_safe

from records import facets, public
from records.search import LONGEST_QUERY
from summit.ready import is_ready

# Crawlers: one filter at a time shows them everything; combinations have no end.
ROBOTS = "User-agent: *\nDisallow: /admin/\nDisallow: /*&\n\nSitemap: {site}/sitemap.xml\n"
# What answers a failure as data; of these, what stands below no language.
FILES = ("json", "csv", "ics", "bib", "ris", "atom")
WITHOUT_LANGUAGE = ("json", "csv")
# The first part of an address -> kind of entry.
KINDS = {"summits": "summit", "commitments": "commitment", "participants": "participant"}
# What the vocabulary names -> name and address of its list.
PLACES = {"party": "parties", "relation": "relations", "topic": "topics", "series": "series"}
KINDS_OF_NAMES = {place: kind for kind, place in PLACES.items()}


def page_name(kind: str) -> str:
    """What `urls.py` calls the page of a name of this kind: “series” is its own plural, and a list
    and one of its records cannot share a name."""
    return "one-series" if kind == "series" else kind


# leading elsewhere --------------------------------------------------------------------------------


class SeeOther(HttpResponseRedirect):
    status_code = 303


def negotiated(request: HttpRequest) -> str:
    """The site's language that the reader's browser likes best; English if it names none."""
    accepted = request.headers.get("Accept-Language", "")
    for code, _weight in parse_accept_lang_header(accepted.lower()):
        try:
            return translation.get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


@require_safe
def root(request: HttpRequest) -> HttpResponse:
    with translation.override(negotiated(request)):
        response = HttpResponseRedirect(reverse("home"))
    patch_vary_headers(response, ["Accept-Language"])
    return response


@require_safe
def identity(request: HttpRequest, name: str, **key: Any) -> HttpResponse:
    """The citable address of a thing or list: to its data or its page, as the reader asks."""
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        address = reverse(f"{name}-json", kwargs=key)
    else:
        with translation.override(negotiated(request)):
            address = reverse(name, kwargs=key)
    query = request.GET.urlencode()
    response = SeeOther(f"{address}?{query}" if query else address)
    patch_vary_headers(response, ["Accept", "Accept-Language"])
    return response


@require_safe
def in_a_language(request: HttpRequest, name: str, **key: Any) -> HttpResponse:
    """`/summits.ics` → `/ko/summits.ics`: a file with words in it is in one language."""
    with translation.override(negotiated(request)):
        address = reverse(name, kwargs=key)
    query = request.GET.urlencode()
    response = SeeOther(f"{address}?{query}" if query else address)
    patch_vary_headers(response, ["Accept-Language"])
    return response


@require_safe
def without_language(request: HttpRequest, place: str) -> HttpResponse:
    """`/en/summits.json` → `/summits.json`: data holds all languages."""
    if not is_valid_path(f"/{place}"):
        raise Http404
    query = request.GET.urlencode()
    address = f"/{place}?{query}" if query else f"/{place}"
    return HttpResponsePermanentRedirect(address, preserve_request=True)


# the building -------------------------------------------------------------------------------------


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    words = ROBOTS.format(site=settings.SITE_URL)
    return HttpResponse(words, content_type="text/plain; charset=utf-8")


@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    """The process answers; asks nothing else."""
    return said("ok", 200)


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """A database answers that knows every migration; what is wrong stands in the log only."""
    return said("ok", 200) if is_ready() else said("not ready", 503)


def said(words: str, status: int) -> HttpResponse:
    response = HttpResponse(f"{words}\n", status=status, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response


# leading nowhere ----------------------------------------------------------------------------------


def missing(request: HttpRequest, address: str, **context: Any) -> HttpResponse:
    """What answers for a record that is not public; `address` is like `summits/2026-01-13-nara`.

    Moved: 301 to the same kind of page. Withdrawn: 410 with date and reason. Else Http404. What
    stands below a summit (`summits/old/sessions/talks`) moves and goes with it. `context` goes to
    the page of a withdrawn record.
    """
    parts = address.split("/")
    for length in sorted({len(parts), min(2, len(parts))}, reverse=True):
        sign = public.signpost("/".join(parts[:length]))
        if "to" in sign:
            return moved(request, "/".join([sign["to"], *parts[length:]]))
        if sign:
            return gone(request, parts[0], sign, context)
    raise Http404(address)


def moved(request: HttpRequest, place: str) -> HttpResponse:
    """301 to the same page or file of `place`, an address without language."""
    file = file_of(request)
    address = f"/{place}.{file}" if file else f"/{place}"
    if file not in WITHOUT_LANGUAGE:
        address = f"/{language_of(request)}{address}"
    return HttpResponsePermanentRedirect(address)


def gone(
    request: HttpRequest, section: str, sign: dict[str, Any], context: dict[str, Any]
) -> HttpResponse:
    if wants_data(request):
        told = {name: sign[name] for name in ("title", "on", "reason")}
        return errors_as_data(request, 410, "This record has been withdrawn.", gone=told)
    return failure(request, 410, {**context, **sign, "section": section})


def suggestions(address: str) -> list[tuple[str, str]]:
    """`(name of the page, slug)` of public records whose address is nearly the one asked for."""
    section, _slash, slug = address.partition("/")
    kind, slug = KINDS.get(section, ""), slug.partition("/")[0].lower()[:80]
    if slug and (name := KINDS_OF_NAMES.get(section)):
        known = public.shared(facets.version())[name]
        near = get_close_matches(slug, known, n=5, cutoff=0.6)
        return [(page_name(name), found) for found in near]
    if not kind or not slug:
        return []
    # Up to the last part but one: `2026-nara-44` asks among `2026-nara-…`, `2026-01-13-n` by date.
    start = slug.rpartition("-")[0] or slug[:3]
    known = public.slugs_beginning(kind, start)
    near = get_close_matches(slug, known, n=5, cutoff=0.6)
    return [(kind, found) for found in near if found != slug]


def file_of(request: HttpRequest) -> str:
    """The extension of an address that is data: `json`; empty for a page."""
    _place, _dot, file = request.path.rpartition(".")
    return file if file in FILES else ""


def words_in(address: str) -> str:
    """What an address that leads nowhere may have been about, to be searched for: its last part, an
    id or a date as it stands, else its words."""
    last = address.rstrip("/").rpartition("/")[2].partition(".")[0][:LONGEST_QUERY]
    return last if any(map(str.isdigit, last)) else " ".join(re.split(r"[-_+]+", last)).strip()


def wants_data(request: HttpRequest) -> bool:
    return bool(file_of(request))


def language_of(request: HttpRequest) -> str:
    return translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE


def place_of(request: HttpRequest) -> str:
    """The address without language and extension: `summits/2026-01-13-nara`."""
    file = file_of(request)
    path = request.path_info.removesuffix(f".{file}" if file else "").strip("/")
    first, _slash, rest = path.partition("/")
    return rest if first in dict(settings.LANGUAGES) else path


def failure(request: HttpRequest, status: int, context: dict[str, Any]) -> HttpResponse:
    # Errors met before the language was read off the address come here as well.
    with translation.override(language_of(request)):
        response = render(request, f"{status}.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def errors_as_data(request: HttpRequest, status: int, message: str, **more: Any) -> JsonResponse:
    """An error in the shape that all data answers have."""
    error = {"parameter": None, "value": request.path, "message": message, "allowed": []}
    response = JsonResponse(
        {"errors": [error], **more}, status=status, json_dumps_params={"ensure_ascii": False}
    )
    response["Cache-Control"] = "no-store"
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if wants_data(request):
        return errors_as_data(request, 400, "The address or the request cannot be read.")
    return failure(request, 400, {"forbidden": False})


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return refused(request)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return refused(request)


def refused(request: HttpRequest) -> HttpResponse:
    response = failure(request, 400, {"forbidden": True})
    response.status_code = 403
    return response


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if wants_data(request):
        return errors_as_data(request, 404, "There is no record at this address.")
    place = place_of(request)
    context = {"suggestions": suggestions(place), "words": words_in(place)}
    return failure(request, 404, context)


def server_error(request: HttpRequest) -> HttpResponse:
    """Asks nothing of what may be broken: not the templates, not the database."""
    if wants_data(request):
        return errors_as_data(request, 500, "The server failed; the fault has been logged.")
    response = HttpResponse(page_of_failure(), status=500)
    response["Cache-Control"] = "no-store"
    return response


@cache
def page_of_failure() -> str:
    return (settings.BASE_DIR / "templates" / "site" / "500.html").read_text(encoding="utf-8")
