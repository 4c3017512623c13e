"""What answers share: drawn once for a version and a day, and kept by caches until then."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import cache, wraps
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.text import compress_string
from django.views.decorators.http import require_safe

from records import facets
from summit.middleware import is_signed_in

Row = dict[str, Any]
LONGEST_KEPT = 300  # seconds
KEPT_VERSION = "record_version"  # where a request keeps the version it was answered for
ELSEWHERE = ("/admin/", "/livez", "/readyz", "/static/")


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
    version = version_for(request)
    tag = etag(version, timezone.localdate(), request, beside)
    response = known(request, tag)
    if response is None:
        response = PAGES.drawn(request, tag, lambda: draw(version))
    if response.status_code in (200, 304):
        keep(request, response, tag)
    elif response.status_code == 400:
        response["Cache-Control"] = "no-store"
    return response


def known(request: HttpRequest, tag: str) -> HttpResponse | None:
    """What can be answered without drawing: that nothing changed, or a page held."""
    response: HttpResponse | None = get_conditional_response(request, etag=tag)
    return PAGES.found(request, tag) if response is None else response


def version_for(request: HttpRequest) -> int:
    """The version readers see, asked once a request."""
    found: int | None = getattr(request, KEPT_VERSION, None)
    if found is None:
        found = facets.version()
        setattr(request, KEPT_VERSION, found)
    return found


class KnownMiddleware:
    """Answers what is known before anybody looks for the view: half of what a held page costs is
    finding that out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or not PAGES.held or is_elsewhere(request.path):
            return self.get_response(request)
        try:
            tag = etag(version_for(request), timezone.localdate(), request)
        except DatabaseError:
            return self.get_response(request)  # the view meets it as well, and is answered for
        response = known(request, tag)
        if response is None:
            return self.get_response(request)
        keep(request, response, tag)
        return response


def is_elsewhere(path: str) -> bool:
    """Whether no page of the record stands there: probes must not ask the database, the admin asks
    it otherwise."""
    return path.startswith(ELSEWHERE)


def etag(version: int, today: date, request: HttpRequest, beside: str = "") -> str:
    """What an answer depends on: known before anything is drawn."""
    query = request.META.get("QUERY_STRING", "")
    site = settings.SITE_URL, settings.CONTACT_EMAIL  # pages show them
    parts = (drawing(), site, version, today.isoformat(), request.path, query, beside)
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


def keep(request: HttpRequest, response: HttpResponse, tag: str) -> None:
    """Let caches keep an answer, but not past midnight: what is overdue depends on the day. Whoever
    is signed in asks each time whether it changed, and sees at once what was just published."""
    # As Django's own: a compressed answer is not the same bytes.
    response["ETag"] = f"W/{tag}" if response.has_header("Content-Encoding") else tag
    if is_signed_in(request):
        response["Cache-Control"] = "private, no-cache"
    else:
        response["Cache-Control"] = f"public, max-age={min(LONGEST_KEPT, seconds_left())}"


def seconds_left() -> int:
    now = timezone.localtime()
    midnight = datetime.combine(now.date() + timedelta(days=1), time(), now.tzinfo)
    return int((midnight - now).total_seconds())


def as_json(data: Row, status: int = 200) -> JsonResponse:
    return JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False})


# pages that a worker keeps ------------------------------------------------------------------------


class Pages:
    """Answers as they were drawn, until they are too many; the oldest go first.

    An answer is known by its ETag, which names the version and the day: what was published since is
    another one, on every worker. Kept as they travel, compressed for those who take it so.
    """

    most = 16_000_000  # bytes, of each worker
    largest = 500_000

    def __init__(self) -> None:
        self.held: OrderedDict[tuple[str, bool], tuple[dict[str, str], bytes]] = OrderedDict()
        self.size = 0
        self.lock = threading.Lock()

    def drawn(
        self, request: HttpRequest, tag: str, draw: Callable[[], HttpResponse]
    ) -> HttpResponse:
        """The answer with this tag, drawn now and held."""
        response = draw()
        if response.status_code == 200 and not response.streaming:
            if zipped := is_zipped(request):
                compress(response)
            self.hold((tag, zipped), dict(response.items()), response.content)
        return response

    def found(self, request: HttpRequest, tag: str) -> HttpResponse | None:
        """The answer with this tag as it was drawn before, if it is held."""
        if held := self.held.get((tag, is_zipped(request))):
            headers, content = held
            return HttpResponse(content, headers=headers)
        return None

    def hold(self, key: tuple[str, bool], headers: dict[str, str], content: bytes) -> None:
        if len(content) > self.largest:
            return
        with self.lock:
            if key not in self.held:
                self.held[key] = headers, content
                self.size += len(content)
            while self.size > self.most:
                _key, (_headers, gone) = self.held.popitem(last=False)
                self.size -= len(gone)

    def forget(self) -> None:
        with self.lock:
            self.held.clear()
            self.size = 0


PAGES = Pages()


def is_zipped(request: HttpRequest) -> bool:
    return "gzip" in request.headers.get("Accept-Encoding", "")


def compress(response: HttpResponse) -> None:
    """What Django's GZipMiddleware would do, which then leaves the answer as it is."""
    response.content = compress_string(response.content, max_random_bytes=100)
    response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ("Accept-Encoding",))
