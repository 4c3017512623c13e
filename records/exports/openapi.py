"""The data addresses described for programs: OpenAPI 3.1, made of the tables of `urls.py`, of the
lists' filters and of the document's own schema, so that it cannot differ from what is served."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings

from records import filters
from records.filters import parameters
from records.language import LANGUAGES
from records.search import LONGEST_QUERY

from . import shapes

Row = dict[str, Any]

VERSION = "1"
PLACE = re.compile(r"<(?P<kind>slug|int):(?P<name>\w+)>")
SLUG = {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"}
JSON = "application/json"
PREFIXED = ("ics", "bib", "ris", "atom")
SWITCHES = {
    "bom": "0 leaves out the byte order mark that spreadsheets need.",
    "download": "1 makes browsers save the file.",
}
# Records about records, whose shape is not promised yet.
UNDESCRIBED = ("editions", "edition-changes")
ERRORS = {
    400: "Something in the address cannot be read or is not among the values.",
    404: "There is no record at this address.",
    410: "The record has been withdrawn.",
}


def document(
    lists: Mapping[str, tuple[type[filters.Listing], Mapping[str, str]]],
    records: Mapping[str, tuple[str, Mapping[str, str]]],
    names: Sequence[str],
) -> Row:
    """`lists`: name -> its filters, its files. `records`: name -> where it stands, its files.
    Files are `{extension: type}`. `names`: lists of names, without filters or pages."""
    paths: Row = {}
    for name, (filterset, files) in lists.items():
        for file, kind in files.items():
            paths |= path(name, file, kind, query_of(filterset, file), f"{name}-list")
    for name, (place, files) in records.items():
        for file, kind in files.items():
            paths |= path(place, file, kind, switches(file), name)
    for name in names:
        paths |= path(name, "json", JSON, [], f"{name}-list")
    paths |= path("search", "json", JSON, [parameter("q", parameters.Words())], "search-list")
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Summit Record",
            "version": VERSION,
            "description": (
                "The public record of diplomatic summits. Every list and every record is data: add"
                " .json to its address. Keys described here are kept; new ones may appear."
            ),
            "license": {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"},
        },
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "servers": [{"url": settings.SITE_URL}],
        "paths": paths,
        "components": {"schemas": shapes.schemas(lists, names)},
    }


# addresses ----------------------------------------------------------------------------------------


def path(place: str, file: str, kind: str, query: list[Row], schema_name: str) -> Row:
    found = [
        {
            "name": one["name"],
            "in": "path",
            "required": True,
            "schema": SLUG if one["kind"] == "slug" else {"type": "integer", "minimum": 0},
        }
        for one in PLACE.finditer(place)
    ]
    address = PLACE.sub(lambda one: f"{{{one['name']}}}", f"/{place}.{file}")
    if file in PREFIXED:
        address = f"/{{language}}{address}"
        language = {"type": "string", "enum": list(LANGUAGES)}
        found.insert(0, {"name": "language", "in": "path", "required": True, "schema": language})
    body: Row = {"type": "string"}
    if file == "json":
        body = shapes.ref(shapes.component(schema_name)) if schema_name not in UNDESCRIBED else {}
    statuses = (400,) if schema_name.endswith("-list") else (400, 404, 410)
    get = {
        "operationId": f"{schema_name}-{file}",
        "parameters": [*found, *query],
        "responses": {
            "200": {"description": "As asked.", "content": {kind: {"schema": body}}},
            **{
                str(status): {
                    "description": ERRORS[status],
                    "content": {JSON: {"schema": shapes.ref("Errors")}},
                }
                for status in statuses
            },
        },
    }
    if 404 in statuses:
        get["responses"]["301"] = {"description": "The record has moved."}
    return {address: {"get": get}}


def query_of(filterset: type[filters.Listing], file: str) -> list[Row]:
    """The parameters of a list; only its JSON comes in pages."""
    known = filterset.base_filters.items()
    return [
        *(parameter(name, one) for name, one in known if name != "page" or file == "json"),
        *switches(file),
    ]


def switches(file: str) -> list[Row]:
    if file != "csv":
        return []
    values = {"type": "string", "enum": ["0", "1"]}
    return [
        {"name": name, "in": "query", "description": words, "schema": values}
        for name, words in SWITCHES.items()
    ]


def parameter(name: str, found: parameters.Parameter) -> Row:
    row: Row = {"name": name, "in": "query", "description": str(found.label)}
    return row | {"schema": values_of(found)}


def values_of(found: parameters.Parameter) -> Row:
    match found:
        case filters.Facet():
            one = {"enum": [str(v) for v in found.vocabulary]} if found.vocabulary else SLUG
            return {"type": "array", "items": one, "maxItems": filters.MOST_VALUES}
        case parameters.Sort():
            return {"enum": list(found.orders)}
        case parameters.Page():
            return {"type": "integer", "minimum": 1, "maximum": 999_999_999}
        case parameters.Words():
            return {"type": "string", "maxLength": LONGEST_QUERY}
        case parameters.OfSummit():
            return SLUG
    return {"type": "array", "items": {"type": "string"}} if found.many else {"type": "string"}
