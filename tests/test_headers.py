"""What every answer carries, and what none does."""

import gzip

import django
import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, RequestFactory

from summit import middleware
from summit.middleware import LONGEST_ADDRESS, is_text, policy
from tests import factories

pytestmark = pytest.mark.django_db
EVERYTHING = (
    "/",
    "/en/",
    "/ko/summits",
    "/summits.json",
    "/en/nothing",
    "/en",
    "/livez",
    "/admin/",
)


@pytest.mark.parametrize("address", EVERYTHING)
def test_every_answer_carries_the_headers_of_security(client, address):
    response = client.get(address)
    of_the_admin = address.startswith("/admin/")
    said = settings.SECURE_CSP_ADMIN if of_the_admin else settings.SECURE_CSP
    assert response["Content-Security-Policy"] == policy(said)
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["Permissions-Policy"] == middleware.PERMISSIONS_POLICY
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize("name", ["SECURE_CSP", "SECURE_CSP_ADMIN"])
def test_the_policy_allows_no_inline_code_and_names_what_default_src_does_not_cover(name):
    said = policy(getattr(settings, name))
    assert said.startswith("default-src 'none'; ")
    assert "unsafe" not in said
    assert "*" not in said
    for directive in ("form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert directive in said


def test_the_policy_is_written_as_django_6_writes_it():
    assert policy({"default-src": ["'none'"], "img-src": ["'self'", "data:"]}) == (
        "default-src 'none'; img-src 'self' data:"
    )


def test_the_policy_is_sent_by_django_itself_where_it_can():
    ours = "summit.middleware.ContentSecurityPolicyMiddleware"
    assert (ours in settings.MIDDLEWARE) is (django.VERSION < (6, 0))
    assert sum("ContentSecurityPolicy" in name for name in settings.MIDDLEWARE) == 1


@pytest.mark.parametrize(
    ("made_by", "header"),
    [
        (middleware.ContentSecurityPolicyMiddleware, "Content-Security-Policy"),
        (middleware.PermissionsPolicyMiddleware, "Permissions-Policy"),
    ],
)
def test_an_answer_with_a_header_of_its_own_keeps_it(made_by, header):
    def view(request):
        return HttpResponse(headers={header: "its own"})

    assert made_by(view)(RequestFactory().get("/"))[header] == "its own"


def test_a_failure_carries_them_too(monkeypatch):
    def failing():
        raise RuntimeError

    monkeypatch.setattr("records.facets.version", failing)
    response = Client(raise_request_exception=False).get("/en/")
    assert response.status_code == 500
    assert response["Content-Security-Policy"] == policy(settings.SECURE_CSP)


@pytest.mark.parametrize("address", ["/en/", "/ko/summits", "/ja/commitments", "/en/sessions"])
def test_no_page_of_the_record_needs_inline_code_or_another_site(client, address):
    factories.published()
    page = client.get(address).content.decode()
    assert " style=" not in page
    assert "<style" not in page
    assert " onclick=" not in page
    # Linked data is a block of data to a browser, which runs none of it.
    data = page.count('<script type="application/ld+json">')
    assert page.count("<script") == page.count("<script src=") + data
    assert 'src="http' not in page


@pytest.mark.parametrize("address", ["/en/", "/summits.json", "/", "/en/nothing", "/livez"])
def test_no_answer_of_the_record_sets_a_cookie(client, address):
    assert not client.get(address).cookies


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "evil.example:8000", "a b", "127.0.0.1@evil"],
)
def test_a_host_that_is_not_ours_is_refused_and_never_repeated(host):
    for address in ("/en/", "/summits", "/", "/en/summits/x"):
        response = Client(headers={"host": host}).get(address)
        assert response.status_code == 400
        assert "evil" not in response.content.decode()


@pytest.mark.parametrize(
    "name", ["X-Forwarded-Host", "Forwarded", "X-Original-URL", "X-Rewrite-URL"]
)
def test_a_forwarded_host_is_not_believed(client, name):
    factories.published()
    for address in ("/en/", "/summits", "/summits.json"):
        response = client.get(address, headers={name: "evil.example"})
        assert "evil" not in response.content.decode()
        assert "evil" not in response.headers.get("Location", "")


def test_an_address_longer_than_a_server_takes_is_refused(client):
    assert client.get("/en/summits?q=" + "x" * LONGEST_ADDRESS).status_code == 414
    assert client.get("/en/" + "x" * LONGEST_ADDRESS).status_code == 414
    assert client.get("/en/summits?q=" + "x" * 4000).status_code == 200


@pytest.mark.parametrize(
    ("found", "answer"),
    [
        (b"nara", True),
        ("나라".encode(), True),
        (b"\xff", False),
        (b"a\0b", False),
        (b"\xed\xa0\x80", False),
        (b"\xc0\xaf", False),
        (b"", True),
    ],
)
def test_what_is_text(found, answer):
    assert is_text(found) is answer


@pytest.mark.parametrize(
    "query", ["q=%00", "q=%ff", "%00=1", "q=a%00b", "q=%ed%a0%80", "party=%c0%af"]
)
@pytest.mark.parametrize("path", ["/en/summits", "/summits.json", "/", "/summits", "/livez"])
def test_undecodable_bytes_in_a_query_are_a_bad_request(client, path, query):
    response = client.get("/", PATH_INFO=path, QUERY_STRING=query)
    assert response.status_code == 400
    assert response["Content-Type"].startswith(
        "application/json" if path.endswith(".json") else "text/html"
    )


@pytest.mark.parametrize(
    "path", [b"/en/\xff", b"/en/summits/\0", b"/\xed\xa0\x80", b"/en/a\0.json"]
)
def test_undecodable_bytes_in_a_path_are_a_bad_request(path):
    from io import BytesIO

    from django.core.handlers.wsgi import WSGIHandler

    found = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path.decode("latin-1"),
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
    }
    answer = WSGIHandler()(environ, lambda status, headers: found.append(status))
    answer.close()
    assert found == ["400 Bad Request"]


def test_pages_travel_compressed_and_are_still_known_by_their_tag(client):
    factories.published()
    address = "/en/summits/2026-01-13-nara"
    plain = client.get(address)
    packed = client.get(address, headers={"accept-encoding": "gzip"})
    assert gzip.decompress(packed.content) == plain.content
    assert "Accept-Encoding" in packed["Vary"]
    again = client.get(
        address, headers={"accept-encoding": "gzip", "if-none-match": packed["ETag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
