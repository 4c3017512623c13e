"""Who did what that matters, as lines of the log: loaded, published, withdrawn, signed in.

A line is written when its transaction is committed: what was taken back is not told. The record
itself keeps editions, steps and their authors; the log tells what came from where.
"""

from __future__ import annotations

import getpass
import logging
from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import transaction
from django.http import HttpRequest

log = logging.getLogger(__name__)


def note(event: str, *, by: str = "", **facts: Any) -> None:
    """Tell an event once the transaction it belongs to is committed.

    `by` is an editor's name; without one it is the account of the machine that ran a command.
    """
    facts = {"event": event, "by": by or operator(), **facts}
    words = " ".join(f"{name}={value}" for name, value in facts.items() if name != "event")
    told = partial(log.info, "%s %s", event, words, extra={"facts": facts})
    transaction.on_commit(told, robust=True)


def operator() -> str:
    try:
        return f"{getpass.getuser()} (command)"
    except (KeyError, OSError):  # an account without a name, as in containers
        return "command"


def listen() -> None:
    """Hear Django's own signals of signing in: the one way to be told, whatever the form."""
    for signal, heard in (
        (user_logged_in, signed_in),
        (user_logged_out, signed_out),
        (user_login_failed, refused),
    ):
        signal.connect(heard, dispatch_uid=f"audit-{heard.__name__}")


def signed_in(*, user: Any, **_rest: Any) -> None:
    note("signed in", by=user.get_username())


def signed_out(*, user: Any = None, **_rest: Any) -> None:
    if user is not None:
        note("signed out", by=user.get_username())


def refused(
    *, credentials: dict[str, Any], request: HttpRequest | None = None, **_rest: Any
) -> None:
    """A name that no account has is not told: it may be a password typed in the wrong field."""
    name = str(credentials.get("username", ""))
    known = (
        bool(name) and "\0" not in name and get_user_model().objects.filter(username=name).exists()
    )
    note("sign-in refused", by=name if known else "nobody of this name")
