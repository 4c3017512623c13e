"""What a browser answers for a key, read so that nonsense is a wrong answer and no failure."""

from __future__ import annotations

import struct
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms

# What the parsers below allauth raise over JSON of another shape, which anybody can send.
NONSENSE = (LookupError, TypeError, ValueError, AttributeError, struct.error, AssertionError)


class AnswerOfKey(forms.AuthenticateWebAuthnForm):
    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()
        except NONSENSE:
            raise get_adapter().validation_error("incorrect_code") from None


class AuthenticateForm(AnswerOfKey):
    """The second step by a key."""


class LoginForm(AnswerOfKey, forms.LoginWebAuthnForm):
    """Signing in by a passkey alone."""


class ReauthenticateForm(AnswerOfKey, forms.ReauthenticateWebAuthnForm):
    """Confirming by a key."""


class AddForm(forms.AddWebAuthnForm):
    """A new key."""

    def clean(self) -> Any:
        try:
            return super().clean()
        except NONSENSE:
            raise get_adapter().validation_error("incorrect_code") from None
