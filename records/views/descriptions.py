"""What describes the site to programs: OpenAPI, the document's schema, the sitemap."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import reverse

from records import filters, sitemaps
from records.document import schema
from records.exports import openapi

from .answers import fresh
from .files import KINDS, offered_as

Row = dict[str, Any]
XML = "application/xml; charset=utf-8"


def as_schema(found: Row, content_type: str) -> JsonResponse:
    return JsonResponse(
        found, content_type=content_type, json_dumps_params={"ensure_ascii": False, "indent": 1}
    )


def api(
    request: HttpRequest,
    lists: Mapping[str, type[filters.Listing]],
    records: Mapping[str, str],
    names: Sequence[str],
) -> HttpResponse:
    """`lists`: name -> filters. `records`: name -> where it stands. `names`: lists of names."""

    def draw(request: HttpRequest, at: int) -> HttpResponse:
        return as_schema(described(lists, records, names), "application/json")

    return fresh(draw)(request)


def described(
    lists: Mapping[str, type[filters.Listing]], records: Mapping[str, str], names: Sequence[str]
) -> Row:
    types = {file: kind for file, (kind, _words) in KINDS.items()}

    def files(name: str) -> dict[str, str]:
        return {file: types[file] for file in offered_as(name)}

    return openapi.document(
        {name: (found, files(name)) for name, found in lists.items()},
        {name: (place, files(name)) for name, place in records.items()},
        names,
    )


@fresh
def summit_schema(request: HttpRequest, at: int) -> HttpResponse:
    return as_schema(json_schema(), "application/schema+json")


@cache
def json_schema() -> Row:
    return schema.json_schema()


# the sitemap --------------------------------------------------------------------------------------


def as_xml(request: HttpRequest, pieces: Iterator[str]) -> StreamingHttpResponse:
    body = iter(()) if request.method == "HEAD" else (piece.encode() for piece in pieces)
    return StreamingHttpResponse(body, content_type=XML)


@fresh
def sitemap(request: HttpRequest, at: int) -> HttpResponse:
    return as_xml(request, sitemaps.index(at))


@fresh
def sitemap_part(
    request: HttpRequest, at: int, section: str, part: int, pages: Sequence[str]
) -> HttpResponse:
    """`pages`: names of the addresses that are no record."""
    if not 1 <= part <= sitemaps.sections(at).get(section, 0):
        raise Http404(section)
    places = [reverse(name).removeprefix("/en/") for name in pages]
    return as_xml(request, sitemaps.part(section, part, at, places))
