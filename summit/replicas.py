"""Which database a request reads: readers a replica, editors the primary, each the other if its
own does not answer.

A request reads one database from its first question to its last: the version it asks first is the
version of what it draws. If that database goes away meanwhile, the request is asked anew of the
next one, so that nothing is put together from two.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from typing import Any

from django.db import DatabaseError, connections
from django.http import HttpRequest, HttpResponse
from django.urls import get_resolver

from summit.databases import PRIMARY
from summit.middleware import ADMIN, is_signed_in

GetResponse = Callable[[HttpRequest], HttpResponse]

REST = 5  # seconds for which a database that did not answer is asked last
PROBES = ("/livez", "/readyz")
CONFLICT = "40001"  # what a replica had to give up because the primary went on meanwhile

log = logging.getLogger(__name__)
_read: ContextVar[str] = ContextVar("read", default=PRIMARY)
_rests: dict[str, float] = {}  # database -> until when, by this process's clock


class Router:
    """Everything is written to the primary; commands read it, too."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return _read.get()

    def db_for_write(self, model: Any, **hints: Any) -> str:
        return PRIMARY

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        return True  # all databases are one

    def allow_migrate(self, database: str, app_label: str, **hints: Any) -> bool:
        return database == PRIMARY


class ReplicaMiddleware:
    """Stands outside of whatever asks a database, and inside of what puts headers on answers."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path in PROBES:
            return self.get_response(request)
        *before, last = candidates(request)
        for database in before:
            response = self.asked(request, database)
            if response is not None:
                return response
        response = self.asked(request, last)
        # Also where nothing answers: a middleware that met that could only say 500.
        return response or get_resolver().resolve_error_handler(503)(request)

    def asked(self, request: HttpRequest, database: str) -> HttpResponse | None:
        """The answer out of one database; None if that is gone."""
        connection = connections[database]
        for _twice in range(2):  # a connection kept from before may be dead, its server not
            if not is_there(database):
                return None
            connection.errors_occurred = False
            # Of the database asked before; Django's request has no such facts.
            request.record_version = request.trouble = None  # type: ignore[attr-defined]
            before = _read.set(database)
            try:
                response = self.get_response(request)
            finally:
                _read.reset(before)
            if response.status_code < 500 or not connection.errors_occurred:
                break
            if not is_of_readers(request):
                break  # what was sent may be saved all the same: only its editor sends it again
            if connection.is_usable():
                if sqlstate(request) == CONFLICT:
                    return None
                break
            connection.close()
        else:
            rest(database)
            return None
        if response.streaming:
            response.streaming_content = reading(database, response.streaming_content)
        return response


def reading(database: str, parts: Iterator[bytes]) -> Iterator[bytes]:
    """What is drawn while it is sent, out of the same database."""
    before = _read.set(database)
    try:
        yield from parts
    finally:
        _read.reset(before)


# which, in which order ----------------------------------------------------------------------------


def candidates(request: HttpRequest) -> list[str]:
    """The databases that may answer a request, the best first, those that rest last."""
    if not is_of_readers(request):
        return [PRIMARY]
    replicas = [name for name in connections if name != PRIMARY]
    # An editor sees at once what was published, wherever the replicas are.
    order = [PRIMARY, *replicas] if is_signed_in(request) else [*replicas, PRIMARY]
    return sorted(order, key=is_resting)


def is_of_readers(request: HttpRequest) -> bool:
    """Whether a request only reads what is published; previews show the working copy."""
    is_preview = request.path.split("/")[2:3] == ["preview"]
    is_safe = request.method in ("GET", "HEAD")
    return is_safe and not request.path.startswith(ADMIN) and not is_preview


def is_resting(database: str) -> bool:
    return _rests.get(database, 0) > time.monotonic()


def rest(database: str) -> None:
    connections[database].close()
    if not is_resting(database):
        log.error("%s does not answer; for %s seconds it is asked last", database, REST)
    _rests[database] = time.monotonic() + REST


def is_there(database: str) -> bool:
    """Whether a connection is open or can be opened; one that must be in order is looked at."""
    connection = connections[database]
    try:
        connection.close_if_health_check_failed()
        connection.ensure_connection()
    except DatabaseError:
        rest(database)
        return False
    return True


def sqlstate(request: HttpRequest) -> str:
    """The code of what the database refused, as `summit.trouble` met it."""
    problem = getattr(request, "trouble", None)
    return getattr(getattr(problem, "__cause__", None), "sqlstate", None) or ""
