"""Connections that outlast a request: opening one costs more than a page from the cache."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]


class SameDatabaseMiddleware:
    """Ends a kept connection to an SQLite file that is no longer the site's: `restore` puts another
    in its place, and whoever still has the old one open would read it, and write into it."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if connection.vendor == "sqlite":
            kept: Any = connection
            now = identity(kept.settings_dict["NAME"])
            if kept.connection is not None and getattr(kept, "file", None) != now:
                kept.close()
            # Seen before it is opened: a file put there meanwhile is met by the next request.
            kept.file = now
            response = self.get_response(request)
            if kept.errors_occurred:
                # What was opened while nothing could be written stays so: the next request opens
                # it anew. Closed by Django when this one ends and no transaction is under way.
                kept.close_at = 0
            return response
        return self.get_response(request)


def identity(path: str) -> tuple[int, int] | None:
    """Which file stands at a path; None if there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino
