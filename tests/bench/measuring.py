"""What a request costs, in this process: CPU time, statements, bytes."""

from __future__ import annotations

import gzip
import io
import statistics
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext, override_settings

from records import public
from records.views import answers

from .pages import Page

SECONDS = 1.5  # of CPU for a page, at most
ROUNDS = 25  # at most
Answer = tuple[str, dict[str, str], bytes]


class Site:
    """An application as a server calls it, behind one list of middleware."""

    def __init__(self, middleware: list[str]):
        with override_settings(MIDDLEWARE=middleware):
            self.handler = WSGIHandler()

    def ask(self, address: str, **headers: str) -> Answer:
        path, _mark, query = address.partition("?")
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "HTTP_HOST": "127.0.0.1",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
            **headers,
        }
        told: list[Any] = []
        body = self.handler(environ, lambda status, names: told.extend((status, dict(names))))
        content = b"".join(body)
        body.close()
        return told[0], told[1], content


def sites() -> tuple[Site, Site]:
    """The site and its twin."""
    return Site(settings.SITE_MIDDLEWARE), Site(settings.NAIVE_MIDDLEWARE)


def bare_site() -> Site:
    """A view that does nothing behind the site's middleware, without what answers for the view."""
    known = "records.views.answers.KnownMiddleware"
    return Site([name for name in settings.SITE_MIDDLEWARE if name != known])


def measured(page: Page, site: Site, twin: Site) -> dict[str, Any]:
    """One line of the table. Twin, bare view and page take turns, so that what else the machine
    does meets all of them."""
    headers: dict[str, str] = {}
    bare = bare_site()
    status, told, content = site.ask(page.addresses[0])
    if page.repeated == "not-modified":
        headers = {"HTTP_IF_NONE_MATCH": told["ETag"]}
    elif status != "200 OK":
        raise RuntimeError(f"{page.addresses[0]}: {status}")
    turns: dict[str, Callable[[int], Any]] = {
        "page": lambda turn: site.ask(at(page.addresses, turn), **headers),
        "bare": lambda turn: bare.ask("/bare"),
    }
    if page.naive:
        turns["naive"] = lambda turn: anew(lambda: twin.ask(at(page.naive, turn)))
        status, _told, _content = twin.ask(page.naive[0])
        if status != "200 OK":
            raise RuntimeError(f"{page.naive[0]}: {status}")
    taken: dict[str, list[float]] = {name: [] for name in turns}
    for turn in range(ROUNDS):
        for name, ask in turns.items():
            if name == "page" and not page.repeated:
                forget()
            began = time.process_time()
            ask(turn)
            taken[name].append(time.process_time() - began)
        if turn > 3 and sum(map(sum, taken.values())) > SECONDS:
            break
    if not page.repeated:
        forget()
    with CaptureQueriesContext(connection) as queries:
        site.ask(page.addresses[0], **headers)
    # The first turn pays for what a worker keeps.
    cost = {name: statistics.median(seconds[1:]) * 1000 for name, seconds in taken.items()}
    line = {
        "page": page.name,
        "cpu_ms": round(cost["page"], 3),
        "sql": len(queries),
        "bytes": len(gzip.compress(content)) if page.repeated != "not-modified" else 0,
        "vs_bare": round(cost["page"] / cost["bare"], 2),
    }
    if page.naive:
        line |= {
            "naive_ms": round(cost["naive"], 3),
            "vs_naive": round(cost["naive"] / cost["page"], 1),
        }
    return line


def anew(ask: Callable[[], Answer]) -> Answer:
    """A connection for each request: what Django does unless told otherwise."""
    connections["twin"].close()
    return ask()


def at(addresses: list[str], turn: int) -> str:
    return addresses[turn % len(addresses)]


def forget() -> None:
    """What was drawn or found before: the next answer is made anew. What a worker keeps for all
    answers of a version stays."""
    answers.PAGES.forget()
    public.forget_found()
