"""An editor's browser at each step of signing in."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache

from tests.factories import EditorFactory

ACCOUNT = "/admin/account/"
STEP = f"{ACCOUNT}second-step/"
PASSWORD = "correct horse battery staple"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def editor(*, app=True, **facts):
    """An administrator, with an app that knows SECRET and recovery codes."""
    made = EditorFactory(username="yuki", **facts)
    if app:
        TOTP.activate(made, SECRET)
        RecoveryCodes.activate(made)
    return made


def code(secret=SECRET):
    """What the app shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def recovery_codes(someone):
    kept = Authenticator.objects.get(user=someone, type=Authenticator.Type.RECOVERY_CODES)
    return kept.wrap().get_unused_codes()


def password(client, word=PASSWORD, **more):
    return client.post(
        f"{ACCOUNT}login/", {"login": "yuki", "password": word, **more.pop("data", {})}, **more
    )


def second(client, word=None):
    return client.post(f"{STEP}authenticate/", {"code": word or code()})


def signed_in(client):
    """Both steps; the code may be used again by the next browser of the same test."""
    password(client)
    response = second(client)
    cache.clear()
    return response
