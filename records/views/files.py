"""Lists and records as files of other programs: what each is called, its options, its answer.

A bad value or option answers 400 in the shape of all data errors, as JSON, whatever the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils.translation import gettext_lazy as _

from records.exports import table
from records.language import lang

from .answers import as_json

Row = dict[str, Any]

# What a list or a record may be had as beside its page: extension -> type, what readers call it.
# One is offered where `urls.py` has an address named after it: `commitments-csv`.
KINDS: dict[str, tuple[str, Any]] = {
    "json": ("application/json", "JSON"),
    "csv": ("text/csv", "CSV"),
    "ics": ("text/calendar", _("Calendar")),
    "atom": ("application/atom+xml", "Atom"),
    "bib": ("application/x-bibtex", "BibTeX"),
    "ris": ("application/x-research-info-systems", "RIS"),
}
SWITCH = ("0", "1")
OPTIONS = {"csv": {"bom": SWITCH, "download": SWITCH}}
BATCH = 500  # entries a stream holds at a time


def offered(name: str, query: str = "", **key: Any) -> list[Row]:
    """`{file, href, type, words}` of all that the list or record `name` is to be had as."""
    found = []
    for file, (kind, words) in KINDS.items():
        try:
            href = reverse(f"{name}-{file}", kwargs=key)
        except NoReverseMatch:
            continue
        href = f"{href}?{query}" if query else href
        found.append({"file": file, "href": href, "type": kind, "words": words})
    return found


def offered_as(name: str) -> list[str]:
    """The files that a list or record has an address for, whatever stands in it."""
    known = get_resolver().reverse_dict
    return [file for file in KINDS if f"{name}-{file}" in known]


def wrong_options(request: HttpRequest, file: str, known: Iterable[str] = ()) -> list[Row]:
    """What stands in the query that the file does not take; `known` is checked by others."""
    options = OPTIONS.get(file, {})
    errors = []
    for name, values in request.GET.lists():
        if name in options and len(values) == 1 and values[0] in options[name]:
            continue
        if name in options:
            errors.append(error(name, values[-1], "it can be 0 or 1, once", options[name]))
        elif name not in known:
            allowed = [*known, *options]
            errors.append(error(name, values[-1], "this address has no such parameter", allowed))
    return errors


def error(parameter: str, value: str, message: str, allowed: Iterable[str]) -> Row:
    return {"parameter": parameter, "value": value, "message": message, "allowed": list(allowed)}


# answers ------------------------------------------------------------------------------------------


def streamed(request: HttpRequest, file: str, pieces: Iterator[str]) -> StreamingHttpResponse:
    """What `pieces` give, as they come; nothing is made for a HEAD."""
    kind = KINDS[file][0]
    body = iter(()) if request.method == "HEAD" else (piece.encode() for piece in pieces)
    response = StreamingHttpResponse(body, content_type=f"{kind}; charset=utf-8")
    if kind.startswith(("text/calendar", "application/x-")):
        response["Content-Language"] = lang()
    return response


def as_table(
    request: HttpRequest,
    name: str,
    columns: Sequence[table.Column],
    batches: Iterable[list[Row]],
) -> HttpResponse:
    lines = table.lines(columns, batches, bom=request.GET.get("bom") != "0")
    response = streamed(request, "csv", lines)
    if request.GET.get("download") == "1":
        response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def strict(file: str) -> Callable[..., Callable[..., HttpResponse]]:
    """A record's file refuses parameters it does not take, as the lists do."""

    def around(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def answer(request: HttpRequest, **key: Any) -> HttpResponse:
            if errors := wrong_options(request, file):
                return refused(errors)
            return view(request, **key)

        return answer

    return around


def refused(errors: list[Row]) -> HttpResponse:
    response = as_json({"errors": errors}, status=400)
    response["Cache-Control"] = "no-store"
    return response
