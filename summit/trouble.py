"""What happens when the database does not take a request: busy, full, read-only, away."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import get_resolver

GetResponse = Callable[[HttpRequest], HttpResponse]

log = logging.getLogger(__name__)

# What databases say -> what an operator does about it.
ADVICE = {
    "database is locked": "another process writes for long; wait, or look for a command that hangs",
    "lock timeout": "another process writes for long; wait, or look for a command that hangs",
    "is full": "the disk is full: make room; no restart is needed",
    "no space left": "the disk is full: make room; no restart is needed",
    "readonly": "the data folder cannot be written to: look at its owner and its file system",
    "read-only": "the data folder cannot be written to: look at its owner and its file system",
    "unable to open": "the data folder cannot be read or written to: look at its owner",
    "disk i/o error": "the disk is full or broken: look at the system's log, then run verify",
    "malformed": "the database is damaged: stop the site, run verify, restore the newest copy",
    "no such table": "migrations wait: run migrate",
    "no such column": "migrations wait: run migrate",
    "connection": "the database's server does not answer: look whether it runs",
}


class DatabaseTroubleMiddleware:
    """503 instead of 500 where the database, not the code, is at fault; says in the log what to do.

    Nothing of the request was saved: every save is one transaction.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if not is_trouble(problem):
            return None
        request.trouble = problem  # type: ignore[attr-defined]  # for summit.replicas
        log.error("%s %s: %s", request.method, request.path, advice(problem), exc_info=problem)
        return get_resolver().resolve_error_handler(503)(request)


def is_trouble(problem: Exception) -> bool:
    # That a server of PostgreSQL takes no writes is an InternalError, beside much that is ours.
    if isinstance(problem, InternalError):
        return "read-only" in str(problem)
    return isinstance(problem, OperationalError | InterfaceError)


def advice(problem: Exception) -> str:
    """What the database said, and what to do about it where that is known."""
    said = str(problem).strip()
    known = [told for words, told in ADVICE.items() if words in said.lower()]
    return f"{said} ({known[0]})" if known else said
