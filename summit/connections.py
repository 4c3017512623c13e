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
    in its place, and whoever still has the old one open would read it, and write into it. One to a
    file that can be written to again ends as well."""

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
        return self.get_response(request)


def identity(path: str) -> tuple[int, int, bool] | None:
    """Which file stands at a path and whether it can be written to; None if there is none.

    A connection that was opened while nothing could be written stays so.
    """
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino, os.access(path, os.W_OK)
