"""Caches in front of the site: what answers tell them, and how they are told of a publication.

Every answer that depends on the record says as of which version it was drawn. A cache that knows of
a later one keeps an earlier answer no longer than a moment, so that it is no matter who comes
first: the word of the publication, the replica that shows it, or an answer under way since before.
"""

from __future__ import annotations

import http.client
import logging
from collections.abc import Callable
from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse

VERSION = "Record-Version"
KEYS = "Surrogate-Key"
KEY = "record"  # of all that depends on the version
PATIENCE = 1  # seconds that an editor waits for a cache that does not answer

log = logging.getLogger(__name__)


class FrontMiddleware:
    """Says version and key on what caches may keep; the caches take both off again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        version = getattr(request, "record_version", None)
        if version is not None and "public" in response.get("Cache-Control", ""):
            response[VERSION], response[KEYS] = str(version), KEY
        return response


def tell_of(version: int) -> None:
    """Tell every cache, once this transaction is committed."""
    if settings.CACHE_URLS:
        transaction.on_commit(partial(told, version), robust=True)


def told(version: int) -> list[int]:
    """What the caches answer, 0 for none; they learn of it anyway, from the next answer that was
    drawn as of this version."""
    found = []
    for url in settings.CACHE_URLS:
        try:
            found.append(told_one(url, version))
        except (OSError, http.client.HTTPException) as problem:
            log.error("the cache at %s was not told of version %s: %s", url, version, problem)
            found.append(0)
    return found


def told_one(url: str, version: int) -> int:
    cache = http.client.HTTPConnection(urlsplit(url).netloc, timeout=PATIENCE)
    try:
        cache.request("PURGE", "/", headers={VERSION: str(version), KEYS: KEY})
        answer = cache.getresponse()
        if answer.status != 200:
            log.error("the cache at %s refused version %s: %s", url, version, answer.status)
        return answer.status
    finally:
        cache.close()
