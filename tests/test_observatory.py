"""What an outside examination of the headers would say of the site in production."""

import runpy

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, override_settings

from tests import factories
from tests.observatory import score
from tests.test_settings import OURS, PRODUCTION

pytestmark = pytest.mark.django_db


@pytest.fixture
def production(monkeypatch, tmp_path):
    for name in OURS:
        monkeypatch.delenv(name, raising=False)
    for name, value in {**PRODUCTION, "DATA_DIR": str(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    made = runpy.run_path(str(settings.BASE_DIR / "summit" / "settings.py"))
    names = [name for name in made if name.startswith(("SESSION_", "CSRF_", "SECURE_"))]
    with override_settings(
        **{name: made[name] for name in [*names, "ALLOWED_HOSTS", "SITE_URL", "CONTACT_EMAIL"]}
    ):
        yield


def examined(address):
    host = {"host": "record.example"}
    plain = Client(headers=host).get(address)
    secure = Client(headers={**host, "x-forwarded-proto": "https"}).get(address)
    return secure.status_code, *score(plain, secure, secure.content.decode())


@pytest.mark.parametrize(
    ("address", "status"),
    [("/en/", 200), ("/ko/summits", 200), ("/ja/commitments", 200), ("/en/search?q=nara", 200),
     ("/en/summits/2026-01-13-nara", 200), ("/ko/about/promises", 200), ("/en/nothing", 404),
     ("/summits.json", 200), ("/.well-known/security.txt", 200)],
)  # fmt: skip
def test_readers_get_more_than_full_marks(production, address, status):
    factories.published()
    answered, found, results = examined(address)
    assert [result for result in results.items() if result[1][1] < 0] == []
    assert (answered, found) == (status, 130)


def test_editors_get_them_with_their_cookies(production):
    answered, found, results = examined("/admin/login/")
    assert results["cookies"] == ("secure, httponly, samesite", 5)
    assert (answered, found) == (200, 135)


def answer(**headers):
    return HttpResponse(headers=headers)


def test_a_bare_answer_gets_few():
    found, results = score(answer(), answer(), '<script src="https://other.example/a.js"></script>')
    assert results["content-security-policy"] == ("not implemented", -25)
    assert results["redirection"] == ("missing", -20)
    assert results["subresource-integrity"] == ("foreign scripts without integrity", -50)
    assert found == 0


@pytest.mark.parametrize(
    ("policy", "modifier"),
    [
        ("default-src 'none'; form-action 'self'", 10),
        ("default-src 'none'", 5),
        ("default-src 'self'; form-action 'self'", 5),
        ("default-src 'none'; style-src 'unsafe-inline'; form-action 'self'", 0),
        ("default-src 'none'; script-src 'unsafe-inline'", -20),
        ("default-src 'none'; script-src https:", -20),
        ("script-src 'self'", -20),
        ("default-src 'none'; script-src 'unsafe-eval'", -10),
        ("default-src 'none'; img-src http://a.example", -20),
        ("", -25),
    ],
)
def test_a_policy_is_told_from_a_weaker_one(policy, modifier):
    _score, results = score(answer(), answer(**{"Content-Security-Policy": policy}), "")
    assert results["content-security-policy"][1] == modifier


def test_what_adds_counts_only_from_ninety():
    strong = {
        "Content-Security-Policy": "default-src 'none'; form-action 'self'; frame-ancestors 'none'",
        "Strict-Transport-Security": "max-age=31536000",
        "X-Content-Type-Options": "nosniff",
    }
    home = HttpResponse(status=301, headers={"Location": "https://record.example/"})
    assert score(home, answer(**strong), "")[0] == 115
    del strong["Strict-Transport-Security"]
    assert score(home, answer(**strong), "")[0] == 80
