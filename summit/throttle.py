"""Guessing passwords made slow: attempts counted for all workers in the cache they share."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from summit.middleware import ADMIN

GetResponse = Callable[[HttpRequest], HttpResponse]

# Where passwords are tried -> the name of the field that says whose.
DOORS = {f"{ADMIN}login/": "username", f"{ADMIN}account/login/": "login"}


@dataclass(frozen=True)
class Limit:
    """So many attempts that failed in so many seconds."""

    name: str
    attempts: int
    seconds: int


# One account from one place; one place at any accounts; one account from anywhere. The last is
# wide, or whoever knows an editor's name could keep the editor out.
HERE = Limit("account-here", 5, 15 * 60)
PLACE = Limit("place", 20, 15 * 60)
ACCOUNT = Limit("account", 50, 60 * 60)


class Throttled(Exception):
    """Too many attempts; `seconds` until the next may be made."""

    def __init__(self, seconds: int):
        self.seconds = seconds


class Slots:
    """The places that attempts of one kind take, each free again when its time is over.

    A place is taken by the cache's `add`, which one of several workers wins: attempts made at the
    same moment are counted one by one, which reading a number and writing it back would not.
    """

    def __init__(self, limit: Limit, whose: str):
        self.limit = limit
        digest = hashlib.sha256(whose.encode()).hexdigest()[:32]
        self.keys = [f"sign-in:{limit.name}:{digest}:{place}" for place in range(limit.attempts)]

    def take(self) -> str:
        """The key of the place that was free; raises Throttled if there is none."""
        now = time.time()
        taken = cache.get_many(self.keys)
        for key in self.keys:
            if key not in taken and cache.add(key, now + self.limit.seconds, self.limit.seconds):
                return key
        ends = [float(end) for end in cache.get_many(self.keys).values()]
        raise Throttled(max(1, int(min(ends, default=now + self.limit.seconds) - now) + 1))


def address(request: HttpRequest) -> str:
    """Where a request comes from, as far as it can be believed; of IPv6 the network of 64 bits.

    Behind a proxy that is trusted it is the last of X-Forwarded-For, which that proxy wrote; what
    stands before it was sent along and may be anything.
    """
    found = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        found = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or found
    try:
        known = ip_address(found)
    except ValueError:
        return "unknown"
    if isinstance(known, IPv6Address):
        return str(known.ipv4_mapped or IPv6Network((known, 64), strict=False))
    return str(known)


class ThrottleMiddleware:
    """429 with Retry-After where passwords fail too often; a right one is not counted.

    A place is taken before the password is looked at, so that many attempts at once gain nothing.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        field = DOORS.get(request.path) if request.method == "POST" else None
        if field is None:
            return self.get_response(request)
        account, place = request.POST.get(field, "").strip().casefold(), address(request)
        here = Slots(HERE, f"{account}\n{place}")
        taken: list[str] = []
        try:
            for slots in (here, Slots(PLACE, place), Slots(ACCOUNT, account)):
                taken.append(slots.take())
        except Throttled as refused:
            cache.delete_many(taken)
            return too_many(request, refused.seconds)
        response = self.get_response(request)
        if response.status_code != 200:  # not the form again: signed in, sent on, or refused unread
            cache.delete_many([*taken, *(here.keys if response.status_code == 302 else [])])
        return response


def too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    """What somebody reads who has to wait."""
    context = {"minutes": -(-seconds // 60)}
    response = TemplateResponse(request, "account/throttled.html", context, status=429).render()
    response["Retry-After"] = str(seconds)
    response["Cache-Control"] = "no-store"
    return response
