"""A passkey set up and used to sign in, by a real browser whose authenticator is a virtual one."""

import re

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import sync_playwright

from tests.second_factor.conftest import CHROMIUM
from tests.second_factor.doors import PASSWORD, STEP, code, editor

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page():
    # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        opened = browser.new_context(locale="en").new_page()
        opened.complaints = []
        opened.on("pageerror", lambda error: opened.complaints.append(str(error)))
        opened.on(
            "console",
            lambda said: said.type == "error" and opened.complaints.append(said.text),
        )
        yield opened
        browser.close()


def cookies(page):
    """The browser's session, of which a stranger would need a copy."""
    return [one for one in page.context.cookies() if "session" in one["name"]]


@pytest.mark.django_db(transaction=True)
def test_a_passkey_is_set_up_and_signs_in_by_itself(page, live_server):
    someone = editor()
    keys = page.context.new_cdp_session(page)
    keys.send("WebAuthn.enable")
    key = keys.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})["authenticatorId"]

    page.goto(f"{live_server.url}/admin/")
    page.fill("[name=login]", "yuki")
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.fill("[name=code]", code())
    page.locator("form:has([name=code]) [type=submit]").click()
    page.wait_for_url("**/admin/")
    page.goto(f"{live_server.url}{STEP}webauthn/add/")
    page.fill("[name=name]", "Laptop")
    page.check("[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(f"**{STEP}")
    kept = Authenticator.objects.get(user=someone, type=Authenticator.Type.WEBAUTHN)
    assert (kept.wrap().name, kept.wrap().is_passwordless) == ("Laptop", True)

    page.context.clear_cookies()
    page.goto(f"{live_server.url}/admin/records/summit/")
    assert page.url.startswith(f"{live_server.url}/admin/account/login/")
    page.click("#passkey_login")
    page.wait_for_url("**/admin/records/summit/")
    assert len(cookies(page)) == 1
    assert page.complaints == []

    # Somebody who has the device but not its owner's finger or code.
    page.context.clear_cookies()
    keys.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})
    page.goto(f"{live_server.url}/admin/")
    page.click("#passkey_login")
    page.wait_for_timeout(500)
    page.goto(f"{live_server.url}/admin/")
    assert re.search("/admin/account/login/", page.url)
