"""Where addresses lead: languages, identities, what moved, what is gone, what never was."""

import pytest
from django.conf import settings
from django.db import connection
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from records import public, publishing
from records.views import addresses
from tests import factories

pytestmark = pytest.mark.django_db
SUMMIT = "2026-01-13-nara"


def led(response):
    return response.status_code, response.headers.get("Location")


# names and languages ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "key", "place"),
    [
        ("home", {}, ""),
        ("summits", {}, "summits"),
        ("summit", {"slug": SUMMIT}, f"summits/{SUMMIT}"),
        (
            "session",
            {"slug": SUMMIT, "key": "talks"},
            f"summits/{SUMMIT}/sessions/talks",
        ),
        ("edition", {"slug": SUMMIT, "number": 7}, f"summits/{SUMMIT}/editions/7"),
        ("commitments", {}, "commitments"),
        ("commitment", {"identifier": "2026-nara-1"}, "commitments/2026-nara-1"),
        ("participants", {}, "participants"),
        ("participant", {"slug": "takaichi-sanae"}, "participants/takaichi-sanae"),
        ("sessions", {}, "sessions"),
    ],
)
def test_every_page_stands_below_its_language_and_its_data_below_none(name, key, place):
    for language in ("en", "ko", "ja"):
        with translation.override(language):
            assert reverse(name, kwargs=key) == f"/{language}/{place}"
    if name != "home":
        assert reverse(f"{name}-json", kwargs=key) == f"/{place}.json"
        assert reverse(f"{name}-id", kwargs=key) == f"/{place}"


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("ko", "ko"),
        ("ko-KR,ko;q=0.9,en;q=0.5", "ko"),
        ("ja-JP", "ja"),
        ("fr,de;q=0.8", "en"),
        ("fr, ja;q=0.2, ko;q=0.1", "ja"),
        ("*", "en"),
        ("en-GB", "en"),
        ("x" * 3000, "en"),
        ("ko;q=nonsense,;;,", "en"),
    ],
)
def test_the_root_and_identities_lead_to_the_readers_language(client, accepted, language):
    headers = {"Accept-Language": accepted}
    assert led(client.get("/", headers=headers)) == (302, f"/{language}/")
    found = client.get(f"/summits/{SUMMIT}", headers=headers)
    assert led(found) == (303, f"/{language}/summits/{SUMMIT}")
    assert found["Vary"] == "Accept, Accept-Language"
    assert client.get("/", headers=headers)["Vary"] == "Accept-Language"


@pytest.mark.parametrize(
    ("accepted", "address"),
    [
        ("application/json", f"/summits/{SUMMIT}.json"),
        ("application/json;q=0.9, text/html;q=0.5", f"/summits/{SUMMIT}.json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", f"/en/summits/{SUMMIT}"),
        ("*/*", f"/en/summits/{SUMMIT}"),
        ("image/png", f"/en/summits/{SUMMIT}"),
    ],
)
def test_an_identity_leads_to_data_for_those_who_ask_for_it(client, accepted, address):
    assert led(client.get(f"/summits/{SUMMIT}", headers={"Accept": accepted})) == (303, address)


def test_the_identity_of_a_list_keeps_its_query(client):
    assert led(client.get("/summits?party=kor&from=2025년")) == (
        303,
        "/en/summits?party=kor&from=2025%EB%85%84",
    )


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("/en", (308, "/en/")),
        ("/ko", (308, "/ko/")),
        ("/admin", (308, "/admin/")),
        ("/en/summits/", (308, "/en/summits")),
        ("/en/summits/?party=kor", (308, "/en/summits?party=kor")),
        ("/en/summits//", (308, "/en/summits")),
        ("/summits.json/", (308, "/summits.json")),
        ("/nothing/", (308, "/nothing")),
        ("/en/summits.json?party=kor", (308, "/summits.json?party=kor")),
        (f"/ja/summits/{SUMMIT}.json", (308, f"/summits/{SUMMIT}.json")),
        ("/en/nothing.json", (404, None)),
        ("/en/nothing", (404, None)),
        ("/nothing", (404, None)),
        ("/fr/summits", (404, None)),
        ("/en-gb/summits", (404, None)),
        ("/EN/summits", (404, None)),
        ("/en/summits/ＮＡＲＡ", (404, None)),
        ("/en/summits/%E3%81%AA%E3%82%89/", (308, "/en/summits/%E3%81%AA%E3%82%89")),
        ("/en/x%0d%0aSet-Cookie:a=b/", (308, "/en/x%0D%0ASet-Cookie:a%3Db")),
    ],
)
def test_addresses_have_one_form(client, asked, answer):
    assert led(client.get(asked)) == answer


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example/",
        "//evil.example",
        "///evil.example/",
        "/\\evil.example/",
        "/en//evil.example.json",
        "/en/\\evil.example.json",
        "/en///evil.example/",
        "/%2F/evil.example/",
    ],
)
def test_no_address_leads_off_site(client, path):
    from urllib.parse import unquote

    response = client.get("/", PATH_INFO=unquote(path))
    location = response.headers.get("Location", "/en/")
    assert response.status_code in (302, 308, 404)
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))


# moved, gone, missing -----------------------------------------------------------------------------


def test_a_summit_that_was_renamed_leads_on_with_all_that_stands_below_it(client):
    factories.published(formerly=["2026-01-12-nara"])
    for language in ("en", "ko", "ja"):
        for rest in ("", "/sessions/talks", "/editions/1"):
            asked = client.get(f"/{language}/summits/2026-01-12-nara{rest}")
            assert led(asked) == (301, f"/{language}/summits/{SUMMIT}{rest}")
    assert led(client.get("/summits/2026-01-12-nara.json")) == (301, f"/summits/{SUMMIT}.json")


def test_a_withdrawn_commitment_says_when_and_why(client):
    gone = factories.commitment(2, withdrawn={"on": "2026-02-01", "reason": factories.text("Slip")})
    factories.published(commitments=[factories.commitment(1), gone])
    response = client.get("/ko/commitments/2026-nara-2")
    page = response.content.decode()
    assert response.status_code == 410
    assert "Commitment 2 한" in page
    assert "Slip 한" in page
    assert "2026년 2월 1일" in page
    data = client.get("/commitments/2026-nara-2.json")
    assert data.status_code == 410
    assert data.json()["gone"] == {
        "title": factories.text("Commitment 2"),
        "on": "2026-02-01",
        "reason": factories.text("Slip"),
    }
    assert data.json()["errors"][0]["value"] == "/commitments/2026-nara-2.json"


def test_a_withdrawn_summit_takes_all_that_stands_below_it_along(client):
    summit = factories.published()
    publishing.withdraw(summit, note={"en": "No summit.", "ko": "아님", "ja": "誤り"})
    below = (
        f"summits/{SUMMIT}",
        f"summits/{SUMMIT}/sessions/talks",
        f"summits/{SUMMIT}/editions/1",
        "commitments/2026-nara-1",
    )
    for place in below:
        response = client.get(f"/en/{place}")
        assert response.status_code == 410, place
        assert "No summit." in response.content.decode()
        assert client.get(f"/{place}.json").status_code == 410


def test_a_commitment_answers_again_when_its_summit_returns(client):
    summit = factories.published()
    publishing.withdraw(summit, note={"en": "No summit."})
    publishing.publish(summit, note={"en": "It was one."})
    assert client.get("/en/commitments/2026-nara-1").status_code == 200
    assert public.signpost("commitments/2026-nara-1") == {}


def test_missing_raises_for_what_never_was():
    request = RequestFactory().get("/en/summits/never")
    with pytest.raises(Http404):
        addresses.missing(request, "summits/never")


@pytest.mark.parametrize(
    "place",
    [
        "summits/2025-11-secret",
        "summits/2025-11-secret/sessions/talks",
        "summits/2025-11-secret/editions/1",
        "commitments/2025-secret-1",
    ],
)
def test_a_draft_answers_like_an_address_that_never_was(client, place):
    factories.published()
    never = {path: client.get(path) for path in (f"/ja/{place}", f"/{place}.json")}
    factories.drafted(slug="2025-11-secret", code="2025-secret", title=factories.text("Zyxwv"))
    for path, before in never.items():
        now = client.get(path)
        assert now.status_code == before.status_code == 404
        assert now.content == before.content
        headers = [{**answer.headers, "X-Request-ID": ""} for answer in (now, before)]
        assert headers[0] == headers[1]  # but for what tells one request from another


def test_a_page_not_found_names_public_ids_that_are_near(client):
    factories.published(commitments=[factories.commitment(number) for number in (1, 2)])
    factories.drafted(slug="2026-01-14-nara", code="2026-narb")
    page = client.get("/en/commitments/2026-nara-22").content.decode()
    assert 'href="/en/commitments/2026-nara-2"' in page
    page = client.get("/ko/summits/2026-01-13-nar").content.decode()
    assert f'href="/ko/summits/{SUMMIT}"' in page
    assert "2026-01-14-nara" not in page
    page = client.get("/ja/participants/takaichi").content.decode()
    assert 'href="/ja/participants/takaichi-sanae"' in page


@pytest.mark.parametrize(("language", "words"), [("en", "Page not found"), ("ko", ""), ("ja", "")])
def test_errors_speak_the_language_of_the_address(client, language, words):
    response = client.get(f"/{language}/nothing")
    page = response.content.decode()
    assert f'<html lang="{language}">' in page
    assert words in page
    assert f'href="/{language}/summits"' in page
    assert response["Cache-Control"] == "no-store"
    broken = client.get(f"/{language}/summits?q=%ff")
    assert broken.status_code == 400
    assert f'<html lang="{language}">' in broken.content.decode()


def test_an_address_without_language_that_leads_nowhere_answers_in_english(client):
    page = client.get("/nothing", headers={"Accept-Language": "ko"}).content.decode()
    assert '<html lang="en">' in page


def test_data_that_is_missing_is_an_error_as_data(client):
    response = client.get("/summits/never.json")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/json"
    assert list(response.json()["errors"][0]) == ["parameter", "value", "message", "allowed"]


# failures -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/en/", "/ko/summits", "/ja/commitments", "/summits.json"])
def test_a_failure_tells_nothing_and_needs_nothing(monkeypatch, address):
    def failing(*args, **kwargs):
        raise RuntimeError("select secret from table")

    monkeypatch.setattr("records.facets.version", failing)
    client = Client(raise_request_exception=False)
    with connection.execute_wrapper(failing):
        response = client.get(address)
    assert response.status_code == 500
    assert response["Cache-Control"] == "no-store"
    assert "secret" not in response.content.decode()
    assert "Traceback" not in response.content.decode()


def test_the_page_of_a_failure_is_a_file_in_three_languages_without_script():
    page = (settings.BASE_DIR / "templates/site/500.html").read_text()
    assert "<script" not in page
    assert "{{" not in page
    assert "{%" not in page
    for words in ('lang="en"', 'lang="ko"', 'lang="ja"', "/static/records/site.css"):
        assert words in page


def test_a_form_without_its_token_is_refused(client):
    request = RequestFactory().post("/ko/summits")
    response = addresses.csrf_failure(request)
    assert response.status_code == 403
    assert '<html lang="ko">' in response.content.decode()


# the building -------------------------------------------------------------------------------------


def test_livez_asks_no_database(client):
    def failing(*args):
        raise AssertionError("asked")

    with connection.execute_wrapper(failing):
        response = client.get("/livez")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response["Cache-Control"] == "no-store"


def test_readyz_tells_whether_the_database_answers_and_nothing_else(client, caplog):
    assert (client.get("/readyz").status_code, client.get("/readyz").content) == (200, b"ok\n")

    def failing(*args):
        raise RuntimeError("password=hunter2")

    with connection.execute_wrapper(failing):
        response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"not ready\n")
    assert "hunter2" in caplog.text


def test_readyz_is_not_ready_while_migrations_wait(client, caplog):
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder(connection).migration_qs.filter(app="records").delete()
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"not ready\n")
    assert "records.0001_initial" in caplog.text


def test_robots_keep_out_of_the_admin_and_of_combinations(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    assert "Disallow: /admin/" in response.content.decode()
    assert "Disallow: /*&" in response.content.decode()
