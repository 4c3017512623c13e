"""What the process tells its operator: lines of JSON, each with the id of the request it is of.

No address of a reader and no query string is in them; a traceback names no values.
"""

from __future__ import annotations

import json
import logging
import re
import secrets
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]

REQUEST_ID = re.compile(r"[0-9a-f]{16,32}")  # nginx's $request_id has 32
_request_id: ContextVar[str] = ContextVar("request_id", default="")


def request_id() -> str:
    """The id of the request this code works for; empty in commands."""
    return _request_id.get()


class RequestIdMiddleware:
    """An id for every request: the proxy's where one is trusted, else made here. An answer that
    tells of a failure tells it as X-Request-ID, so that a reader can say which it was."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response
        self.trusts_proxy = bool(settings.SECURE_PROXY_SSL_HEADER)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "") if self.trusts_proxy else ""
        own = given if REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
        request.request_id = own  # type: ignore[attr-defined]  # ours alone reads it
        token = _request_id.set(own)
        try:
            response = self.get_response(request)
        finally:
            _request_id.reset(token)
        if response.status_code >= 400:
            response.headers["X-Request-ID"] = own
        return response


class WithRequestId(logging.Filter):
    """Puts the id on each record where it is logged: a handler may format it elsewhere."""

    def filter(self, record: logging.LogRecord) -> bool:
        # Django tells of a failed answer after the request's own code has ended.
        asked = getattr(record, "request", None)
        record.request_id = request_id() or getattr(asked, "request_id", "")
        return True


class JsonFormatter(logging.Formatter):
    """One line of JSON for a record; `extra={"facts": {...}}` become keys of their own."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if found := getattr(record, "request_id", ""):
            line["request"] = found
        if status := getattr(record, "status_code", None):  # Django's own of answers
            line["status"] = status
        line |= getattr(record, "facts", {})
        if record.exc_info:
            line["fault"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def configuration(*, as_json: bool, audit: bool) -> dict[str, Any]:
    """The setting LOGGING; also gunicorn's, whose workers log in the same way."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"request": {"()": "summit.logs.WithRequestId"}},
        "formatters": {
            "json": {"()": "summit.logs.JsonFormatter"},
            "text": {"format": "%(levelname)s %(name)s: %(message)s"},
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "filters": ["request"],
                "formatter": "json" if as_json else "text",
            }
        },
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {"records.audit": {"level": "INFO" if audit else "WARNING"}},
    }
