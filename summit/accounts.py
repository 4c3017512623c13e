"""How editors sign in where a second step is asked: django-allauth, closed and in our words.

Imported only where SECOND_FACTOR is on: elsewhere the package need not be there.
"""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from summit.middleware import ADMIN
from summit.throttle import address

GetResponse = Callable[[HttpRequest], HttpResponse]


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up; administrators make accounts."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("This code is not right, or it has been used already."),
        "incorrect_password": _("This password is not right."),
        "too_many_login_attempts": _("Too many attempts. Try again in a quarter of an hour."),
        "username_password_mismatch": _("Username and password do not fit together."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, **asked: Any) -> bool:
        """Whoever signed in or confirmed within five minutes is not asked again at once."""
        steps = get_authentication_records(self.request, self.request.user)
        return not steps or time.time() - steps[-1]["at"] > REAUTHENTICATION_TIMEOUT

    def get_client_ip(self, request: HttpRequest) -> str:
        return address(request)

    def add_message(self, request: HttpRequest, level: int, *given: Any, **words: Any) -> None:
        """Faults only: what was done is seen on the page that follows."""
        if words.get("message"):
            super().add_message(request, level, *given, **words)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Seeds of codes lie enciphered in the database: a copy of it alone makes no code.

    Whoever changes SECRET_KEY keeps the old one in SECRET_KEY_FALLBACKS, or editors set up anew.
    """

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right, or it has been used already."),
    }

    def encrypt(self, text: str) -> str:
        return cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return cipher().decrypt(encrypted_text.encode()).decode()


def cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(f"second factor\n{key}".encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


class SecondFactorMiddleware:
    """No address of the admin without the second step, whatever its view asks for."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response
        self.account = f"{ADMIN}account/"

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path
        if path.startswith(ADMIN) and not path.startswith((self.account, f"{ADMIN}logout/")):
            leads = self.step(request)
            if leads:
                return HttpResponseRedirect(leads)
        return self.get_response(request)

    def step(self, request: HttpRequest) -> str:
        """The address of the step that is missing; empty if none is."""
        user = request.user
        if not user.is_authenticated:
            if request.path == f"{ADMIN}login/":
                return onward("account_login", request.GET.get("next", ADMIN))
            return onward("account_login", request.get_full_path())
        if not (user.is_active and user.is_staff):
            raise PermissionDenied
        kinds = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
        if not kinds - {Authenticator.Type.RECOVERY_CODES}:
            return reverse("mfa_index")
        if not any(one["method"] == "mfa" for one in get_authentication_records(request, user)):
            by_code = Authenticator.Type.TOTP in kinds
            asked = "mfa_reauthenticate" if by_code else "mfa_reauthenticate_webauthn"
            return onward(asked, request.get_full_path())
        return ADMIN if request.path == f"{ADMIN}login/" else ""


def onward(name: str, target: str) -> str:
    """The address of a step that leads on to `target`; allauth follows none to another site."""
    return f"{reverse(name)}?{urlencode({'next': target})}"
