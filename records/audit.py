"""Who did what that matters: an event in the database and a line of the log, by one door.

The event belongs to the transaction of what it tells, so that there is neither a deed without an
event nor an event without its deed; the line is written when that transaction is committed. Facts
are names and numbers, never the texts of the record: those stand in editions and working copies.
"""

from __future__ import annotations

import getpass
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import models, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from records.models import Event, Summit
from records.models.review import Step

log = logging.getLogger(__name__)

# Every event there is, and how an editor reads it.
ACTIONS: dict[str, Any] = {
    "added": _("Added"),
    "changed": _("Changed"),
    "deleted": _("Deleted"),
    "renamed": _("Renamed"),
    "loaded": _("Loaded"),
    "names loaded": _("Names loaded"),
    "names merged": _("Names merged"),
    "restored": _("Restored"),
    **{step.value: step.label for step in Step},
    # Beside them stands the room of what is published.
    "published": pgettext_lazy("event", "Published"),
    "withdrawn": _("Withdrawn"),
    "signed in": _("Signed in"),
    "signed out": _("Signed out"),
    "sign-in refused": _("Sign-in refused"),
    "password changed": _("Password changed"),
    "second step added": _("Second step added"),
    "second step removed": _("Second step removed"),
}
NAMED = 40  # of the changed facts that an event names; the number of all is told beside


@dataclass(frozen=True)
class Acting:
    """Who sent the request that is answered, and its id."""

    by: str = ""
    account: str = ""
    request: str = ""


NOBODY = Acting()
_acting: ContextVar[Acting] = ContextVar("acting", default=NOBODY)


@contextmanager
def acting(request: HttpRequest) -> Iterator[None]:
    """Inside, events are those of the editor who sent `request`."""
    user = getattr(request, "user", None)
    known = user is not None and user.is_authenticated
    token = _acting.set(
        Acting(
            by=(user.get_full_name() or user.get_username()) if known else "",
            account=user.get_username() if known else "",
            request=id_of(request),
        )
    )
    try:
        yield
    finally:
        _acting.reset(token)


def id_of(request: HttpRequest | None) -> str:
    return getattr(request, "request_id", "")


def note(
    event: str,
    *,
    by: str = "",
    about: models.Model | tuple[str, str] | None = None,
    summit: str = "",
    kept: dict[str, Any] | None = None,
    as_of: Acting | None = None,
    **facts: Any,
) -> None:
    """Keep an event, and tell it in the log once its transaction is committed.

    `by` is an editor's name; without one it is who acts, else the account of the machine that ran
    a command. `about` is a row, or a kind and a key; of a summit's own events `summit` is enough.
    `facts` are told in both, `kept` in the event alone.
    """
    assert event in ACTIONS, event
    who = as_of or _acting.get()
    by = by or who.by or operator()
    kind, key, summit = place_of(about, summit)
    now = timezone.now()
    Event.objects.create(
        at=now.replace(microsecond=now.microsecond // 1000 * 1000),  # as `dumpdata` keeps it
        by=by[:310],
        account=who.account[:150],
        action=event,
        kind=kind,
        key=key[:310],
        summit=summit,
        facts={**facts, **(kept or {})},
        request=who.request,
    )
    place = {"kind": kind, "key": key} if about is not None else {}
    told = {"by": by, **place, **({"summit": summit} if summit else {}), **facts}
    words = " ".join(f"{name}={value}" for name, value in told.items())
    tell = partial(log.info, "%s %s", event, words, extra={"facts": {"event": event, **told}})
    transaction.on_commit(tell, robust=True)


def place_of(about: models.Model | tuple[str, str] | None, summit: str) -> tuple[str, str, str]:
    """Kind, key and summit of what an event is about."""
    if isinstance(about, tuple):
        return *about, summit
    if about is None:
        return ("summit", summit, summit) if summit else ("", "", "")
    kind = about._meta.model_name or ""
    if isinstance(about, Summit):
        return kind, about.slug, about.slug
    whose = getattr(about, "summit", None)
    # A row below a summit is known by the rest of its natural key.
    names = about.natural_key() if hasattr(about, "natural_key") else (str(about),)
    own = names[1:] if whose is not None else names
    return kind, " ".join(str(name) for name in own), whose.slug if whose else summit


def fields(names: Iterable[str]) -> dict[str, Any]:
    """Names of changed facts as an event keeps them: the first of many, and how many."""
    found = list(names)
    more = {"count": len(found)} if len(found) > NAMED else {}
    return {"fields": found[:NAMED], **more} if found else {}


def operator() -> str:
    try:
        return f"{getpass.getuser()} (command)"
    except (KeyError, OSError):  # an account without a name, as in containers
        return "command"


# signing in ---------------------------------------------------------------------------------------


def listen() -> None:
    """Hear Django's own signals of signing in: the one way to be told, whatever the form."""
    for signal, heard in (
        (user_logged_in, signed_in),
        (user_logged_out, signed_out),
        (user_login_failed, refused),
    ):
        signal.connect(heard, dispatch_uid=f"audit-{heard.__name__}")
    if apps.is_installed("allauth.mfa"):  # where a second step is asked
        from allauth.mfa import signals

        signals.authenticator_added.connect(step_added, dispatch_uid="audit-step_added")
        signals.authenticator_removed.connect(step_removed, dispatch_uid="audit-step_removed")


def of_account(event: str, user: Any, request: HttpRequest | None, **facts: Any) -> None:
    name = user.get_username()
    who = Acting(by=name, account=name, request=id_of(request))
    note(event, by=name, as_of=who, **facts)


def signed_in(*, user: Any, request: HttpRequest | None = None, **_rest: Any) -> None:
    of_account("signed in", user, request)


def signed_out(*, user: Any = None, request: HttpRequest | None = None, **_rest: Any) -> None:
    if user is not None:
        of_account("signed out", user, request)


def step_added(
    *, user: Any, authenticator: Any, request: HttpRequest | None = None, **_rest: Any
) -> None:
    of_account("second step added", user, request, step=str(authenticator.type))


def step_removed(
    *, user: Any, authenticator: Any, request: HttpRequest | None = None, **_rest: Any
) -> None:
    of_account("second step removed", user, request, step=str(authenticator.type))


def refused(
    *, credentials: dict[str, Any], request: HttpRequest | None = None, **_rest: Any
) -> None:
    """A name that no account has is not told: it may be a password typed in the wrong field."""
    name = str(credentials.get("username", ""))
    known = (
        bool(name) and "\0" not in name and get_user_model().objects.filter(username=name).exists()
    )
    who = Acting(account=name if known else "", request=id_of(request))
    note("sign-in refused", by=name if known else "nobody of this name", as_of=who)
