"""The dated exports: the newest, the files of a day, a file."""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePath
from typing import Any

from django.conf import settings
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.template.defaultfilters import filesizeformat
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from records.exports import dated, package

from .answers import LONGEST_KEPT, as_json

Row = dict[str, Any]

TYPES = {
    **package.TYPES,
    ".csv": "text/csv; charset=utf-8",
    "": "text/plain; charset=utf-8",
}
TO_KEEP = (".zip", ".sqlite")  # what no browser shows


def root() -> Path:
    return settings.DATA_DIR / "exports"


@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    for day in dated.days(root()):
        response = HttpResponseRedirect(f"/exports/{day}")
        response["Cache-Control"] = f"public, max-age={LONGEST_KEPT}"
        return response
    raise Http404("no export yet")


@require_safe
def index(request: HttpRequest, day: str) -> HttpResponseBase:
    """The files of a day with size and digest."""
    with dated.opened(root(), day) as found:
        if found is None:
            raise Http404(day)
        tag = f'"{found.digest}"'
        return get_conditional_response(request, etag=tag) or lasting(as_json(told(found)), tag)


@require_safe
def file(request: HttpRequest, day: str, name: str) -> HttpResponseBase:
    with dated.opened(root(), day) as found:
        digest = "" if found is None else digests(found).get(name, "")
        if found is None or not digest:
            raise Http404(f"{day}/{name}")
        tag = f'"{digest}"'
        if unchanged := get_conditional_response(request, etag=tag):
            return unchanged
        suffix = PurePath(name).suffix
        response = FileResponse(
            found.open(name),
            as_attachment=suffix in TO_KEEP,
            filename=f"summit-record-{day}{suffix}" if suffix in TO_KEEP else "",
            content_type=TYPES[suffix],
        )
    if suffix in TO_KEEP:
        # Compressed once more it would lose its length and gain nothing.
        request.META.pop("HTTP_ACCEPT_ENCODING", None)
    return lasting(response, tag)


def digests(found: dated.Export) -> dict[str, str]:
    sums = hashlib.sha256(found.sums).hexdigest()
    return {**{one.name: one.sha256 for one in found.files}, dated.SUMS: sums}


def lasting(response: Any, tag: str) -> Any:
    """For caches to keep: a day's files may be written anew, so not for ever."""
    response["ETag"] = tag
    response["Cache-Control"] = f"public, max-age={LONGEST_KEPT}"
    return response


def told(found: dated.Export) -> Row:
    place = f"{settings.SITE_URL}/exports/{found.day}"
    return {
        "day": found.day,
        "license": package.LICENCE["path"],
        "checksums": f"{place}/{dated.SUMS}",
        "files": [
            {
                "name": one.name,
                "url": f"{place}/{one.name}",
                "bytes": one.size,
                "sha256": one.sha256,
            }
            for one in found.files
        ],
    }


def newest() -> Row | None:
    """The newest export for a page: `{day, digest, files}`; None while there is none."""
    for day in dated.days(root()):
        with dated.opened(root(), day) as found:
            if found is not None:
                files = [
                    {"name": one.name, "size": filesizeformat(one.size), "sha256": one.sha256}
                    for one in found.files
                ]
                return {"day": day, "digest": found.digest, "files": files}
    return None
