"""No address of the admin without both steps, and neither can be guessed, replayed or led off."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import admin
from django.core import management
from django.test import Client
from django.urls import get_resolver, reverse

from records.models import Editor
from summit.middleware import policy
from tests import factories
from tests.second_factor.doors import (
    ACCOUNT,
    PASSWORD,
    SECRET,
    STEP,
    code,
    editor,
    password,
    recovery_codes,
    second,
    signed_in,
)

pytestmark = pytest.mark.django_db
CONFIRM = reverse("mfa_reauthenticate")


def of_the_admin():
    """Every address of the admin that names no row, and one of a row."""

    def walk(patterns, start):
        for pattern in patterns:
            route = start + str(pattern.pattern)
            if hasattr(pattern, "url_patterns"):
                yield from walk(pattern.url_patterns, route)
            else:
                yield route

    routes = {f"/{route}" for route in walk(get_resolver().url_patterns, "")}
    plain = {route for route in routes if re.fullmatch(r"/admin/[\w/-]*", route)}
    return [*sorted(plain - {"/admin/logout/"}), "/admin/records/summit/1/change/", "/admin/x"]


def opens(client):
    return client.get("/admin/").status_code == 200


def test_nobody_reaches_the_admin_without_signing_in(client):
    asked = [one for one in of_the_admin() if not one.startswith(ACCOUNT)]
    assert len(asked) > 20
    for address in asked:
        response = client.get(address)
        assert (response.status_code, response["Location"].partition("?")[0]) == (
            302,
            f"{ACCOUNT}login/",
        ), address


def test_the_password_alone_opens_nothing(client):
    editor()
    assert password(client)["Location"] == f"{STEP}authenticate/"
    for address in of_the_admin():
        if not address.startswith(ACCOUNT):
            assert client.get(address)["Location"].startswith(f"{ACCOUNT}login/"), address


def test_who_has_no_second_step_sets_one_up_first(client):
    editor(app=False)
    password(client)
    for address in ("/admin/", "/admin/records/summit/", "/admin/password_change/", "/admin/x"):
        assert client.get(address)["Location"] == STEP, address
    page = client.get(STEP).content.decode()
    assert f'href="{STEP}totp/activate/"' in page


def test_an_app_is_set_up_by_its_code_and_then_asked_for(client):
    someone = editor(app=False)
    password(client)
    page = client.get(f"{STEP}totp/activate/").content.decode()
    secret = re.search(r'<code class="secret">([A-Z2-7]+)</code>', page)[1]
    wrong = client.post(f"{STEP}totp/activate/", {"code": "000000"})
    assert "This code is not right" in wrong.content.decode()
    assert not Authenticator.objects.exists()
    shown = code(secret=secret)
    done = client.post(f"{STEP}totp/activate/", {"code": shown})
    assert done["Location"] == f"{STEP}recovery-codes/"
    codes = re.findall(r"<code>(\d{8})</code>", client.get(done["Location"]).content.decode())
    assert codes == recovery_codes(someone)
    assert len(codes) == 10
    assert not opens(client)
    assert client.get("/admin/")["Location"] == f"{CONFIRM}?next=%2Fadmin%2F"
    confirmed = client.post(CONFIRM, {"code": shown, "next": "/admin/"})
    assert confirmed["Location"] == "/admin/"
    assert opens(client)


def test_both_steps_open_the_admin(client):
    editor()
    assert signed_in(client)["Location"] == "/admin/"
    assert opens(client)


def test_a_code_is_taken_once(client):
    editor()
    now = code()
    password(client)
    assert second(client, now).status_code == 302
    other = Client()
    password(other)
    refused = second(other, now)
    assert "has been used already" in refused.content.decode()
    assert not opens(other)


def test_a_recovery_code_is_taken_once(client):
    someone = editor()
    first = recovery_codes(someone)[0]
    password(client)
    assert second(client, first).status_code == 302
    assert opens(client)
    assert first not in recovery_codes(someone)
    other = Client()
    password(other)
    second(other, first)
    assert not opens(other)


def test_codes_cannot_be_guessed(client):
    editor()
    password(client)
    said = [second(client, f"{guess:06}").content.decode() for guess in range(11)]
    assert ["Too many attempts" in page for page in said] == [False] * 10 + [True]
    assert "Too many attempts" in second(client).content.decode()  # the right one
    assert not opens(client)


def test_passwords_cannot_be_guessed_and_the_address_is_not_forged(client, settings):
    editor()
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    answers = [
        password(client, "wrong", headers={"x-forwarded-for": f"203.0.113.{number}, 198.51.100.7"})
        for number in range(6)
    ]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert int(answers[-1]["Retry-After"]) <= 15 * 60
    elsewhere = password(client, headers={"x-forwarded-for": "198.51.100.8"})
    assert elsewhere["Location"] == f"{STEP}authenticate/"


def test_signing_in_leads_to_no_other_site(client):
    editor()
    for target in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x"):
        other = Client()
        password(other, data={"next": target})
        second(other, recovery_codes(Editor.objects.get())[0])
        assert opens(other)
        shown = Client().get(f"{ACCOUNT}login/", {"next": target})
        assert "evil" not in shown.headers.get("Location", "")
    other = Client()
    password(other, data={"next": "https://evil.example/"})
    assert second(other)["Location"] == "/admin/"


def test_signing_in_leads_to_the_page_that_was_asked_for(client):
    editor()
    asked = client.get("/admin/records/summit/?q=nara")["Location"]
    assert asked == f"{ACCOUNT}login/?next=%2Fadmin%2Frecords%2Fsummit%2F%3Fq%3Dnara"
    password(client, data={"next": "/admin/records/summit/?q=nara"})
    assert second(client)["Location"] == "/admin/records/summit/?q=nara"


@pytest.mark.parametrize(
    "address",
    ["signup/", "password/reset/", "email/", "confirm-email/", "login/code/", "social/", "set/"],
)
def test_nobody_signs_up_or_resets_by_mail(client, address):
    response = client.post(f"{ACCOUNT}{address}", {"username": "new", "email": "a@b.example"})
    assert response.status_code in (302, 403, 404)
    assert not Editor.objects.exists()
    editor()
    signed_in(client)
    assert client.get(f"{ACCOUNT}{address}").status_code == 404


def test_an_account_that_is_no_editors_is_refused(client):
    editor(is_staff=False)
    signed_in(client)
    assert client.get("/admin/").status_code == 403


@pytest.mark.parametrize("change", ["logout", "password", "inactive", "reset"])
def test_a_session_ends(client, change):
    someone = editor()
    signed_in(client)
    assert opens(client)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    if change == "logout":
        client.post("/admin/logout/")
    elif change == "password":
        someone.set_password("another long phrase")
        someone.save()
    elif change == "inactive":
        someone.is_active = False
        someone.save()
    else:
        management.call_command("reset_second_factor", "yuki", verbosity=0)
    other = Client()
    other.cookies[settings.SESSION_COOKIE_NAME] = session
    assert not opens(other)


def test_the_second_step_is_removed_by_a_command_and_set_up_anew(client, capsys):
    editor()
    management.call_command("reset_second_factor", "yuki")
    assert "yuki" in capsys.readouterr().out
    assert not Authenticator.objects.exists()
    password(client)
    assert client.get("/admin/")["Location"] == STEP
    with pytest.raises(management.CommandError, match="nobody"):
        management.call_command("reset_second_factor", "nobody")


def test_the_database_alone_makes_no_code(client):
    someone = editor()
    stored = repr(list(Authenticator.objects.values()))
    assert SECRET not in stored
    for one in recovery_codes(someone):
        assert one not in stored


def test_the_admin_shows_no_secret(client):
    shown = {model._meta.label for model in admin.site._registry}
    assert {label for label in shown if label.startswith(("account.", "mfa."))} == set()


def test_readers_get_no_session(client):
    factories.published()
    for address in ("/en/", "/ko/summits", "/summits.json", "/en/nothing"):
        response = client.get(address)
        assert not response.cookies
        assert "Cookie" not in response.headers.get("Vary", "")


PAGES = (
    "logout/", "reauthenticate/", "second-step/", "second-step/reauthenticate/",
    "second-step/totp/deactivate/", "second-step/recovery-codes/",
    "second-step/recovery-codes/generate/", "second-step/webauthn/", "second-step/webauthn/add/",
)  # fmt: skip


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
def test_every_page_runs_under_the_strict_policy(client, language):
    editor()
    seen = [client.get(f"{ACCOUNT}login/", headers={"accept-language": language})]
    password(client)
    seen.append(client.get(f"{STEP}authenticate/", headers={"accept-language": language}))
    second(client)
    for address in PAGES:
        response = client.get(f"{ACCOUNT}{address}", headers={"accept-language": language})
        assert response.status_code == 200, address
        seen.append(response)
    for response in seen:
        page = response.content.decode()
        assert f'<html lang="{language}"' in page
        assert " style=" not in page
        assert "<style" not in page
        assert not re.search(r" on\w+=", page)
        for tag in re.findall(r"<script[^>]*>", page):
            assert "src=" in tag or 'type="application/json"' in tag
        assert response["Content-Security-Policy"] == policy(settings.SECURE_CSP_ADMIN)
        assert "no-store" in response["Cache-Control"]


def test_every_button_of_a_passkey_is_offered(client):
    editor()
    options = client.get(f"{STEP}webauthn/login/", headers={"accept": "application/json"})
    assert set(options.json()["request_options"]["publicKey"]) >= {"challenge", "rpId"}
    bad = client.post(f"{STEP}webauthn/login/", {"credential": '{"id": "x"}'})
    assert (bad.status_code, bad["Location"]) == (302, f"{ACCOUNT}login/")
    assert not opens(client)


def test_the_form_of_django_is_not_a_way_around(client):
    editor()
    response = client.post("/admin/login/?next=/admin/", {"username": "yuki", "password": PASSWORD})
    assert response["Location"].startswith(f"{ACCOUNT}login/")
    assert not opens(client)
