"""What answers share: drawn once for a version and a day, and kept by caches until then."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import cache, wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from records import facets

Row = dict[str, Any]
LONGEST_KEPT = 300  # seconds


def fresh(draw: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view out of `draw(request, version, ...)`, which is not asked for what has not changed."""

    @wraps(draw)
    def answer(request: HttpRequest, **key: Any) -> HttpResponse:
        return kept(request, lambda version: draw(request, version, **key))

    return require_safe(answer)


def kept(
    request: HttpRequest, draw: Callable[[int], HttpResponse], beside: str = ""
) -> HttpResponse:
    """“Not modified” before anything is drawn; else what `draw(version)` gives, for caches to keep
    if it is no error. `beside` stands for what an answer depends on beside the record."""
    version = facets.version()
    tag = etag(version, timezone.localdate(), request, beside)
    response = get_conditional_response(request, etag=tag)
    if response is None:
        response = draw(version)
    if response.status_code in (200, 304):
        keep(response, tag)
    elif response.status_code == 400:
        response["Cache-Control"] = "no-store"
    return response


def etag(version: int, today: date, request: HttpRequest, beside: str = "") -> str:
    """What an answer depends on: known before anything is drawn."""
    query = request.META.get("QUERY_STRING", "")
    parts = (drawing(), version, today.isoformat(), request.path, query, beside)
    return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:24]}"'


@cache
def drawing() -> str:
    """A digest of all that draws: a new release is another answer, on all workers."""
    found = hashlib.sha256()
    for place in (settings.BASE_DIR / "templates" / "site", settings.BASE_DIR / "records"):
        for path in sorted(place.rglob("*")):
            if path.suffix in (".html", ".mo", ".py", ".css", ".js", ".svg"):
                found.update(path.read_bytes())
    return found.hexdigest()


def keep(response: HttpResponse, tag: str) -> None:
    """Let caches keep an answer, but not past midnight: what is overdue depends on the day."""
    response["ETag"] = tag
    response["Cache-Control"] = f"public, max-age={min(LONGEST_KEPT, seconds_left())}"


def seconds_left() -> int:
    now = timezone.localtime()
    midnight = datetime.combine(now.date() + timedelta(days=1), time(), now.tzinfo)
    return int((midnight - now).total_seconds())


def as_json(data: Row, status: int = 200) -> JsonResponse:
    return JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False})
