"""Hostile inputs, thrown at every address and parameter: what a bad value gets is decided once.

A page answers 200 (and says what it left out) or leads to its clean address, data answers 200 or
400 with errors, bytes that are no text are 400; nothing is ever 5xx, leads off site, or returns a
payload unescaped.
"""

from urllib.parse import quote

import pytest
from django.test import Client

from records.filters import (
    CommitmentFilters,
    ParticipantFilters,
    SessionFilters,
    SummitFilters,
)
from tests import factories

pytestmark = pytest.mark.django_db
LISTS = {
    "summits": SummitFilters,
    "commitments": CommitmentFilters,
    "participants": ParticipantFilters,
    "sessions": SessionFilters,
}
PAYLOAD = "<script>alert(1)</script>"

VALUES = [
    # wrong types
    *("abc", "-1", "0", "1.5", "1e309", "NaN", "1_000", "0x10", " ", "True", "[]", "{}", "null"),
    *("²", "١٢", "9" * 400, "9" * 3000, "10" * 10, str(10**18), "+1", "1 ", "%"),
    # dates
    *("2023-02-29", "2023-02-30", "0001-01-01", "9999-12-31", "10000-01-01", "0000-01-01"),
    *("2025-13", "2025-00", "2025T00:00Z", "2025-01-01T00:00:00+09:00", "/", "../..", "2025/2024"),
    *(
        "2026-24",
        "9999-24",
        "20XX",
        "XXXX",
        "令和0年",
        "令和99年",
        "明治5年1月",
        "2025年13月",
        "2025~",
    ),
    # search syntax
    *('"', "'", "NEAR(", "*", "col:", "AND AND", "OR " * 60, "{a b}:", "a & b | !c <-> d", "\\"),
    *("%", "_", "%%%", "' OR 1=1 --", "'; DROP TABLE records_entry; --", "^", "(((((", "a" * 200),
    # orders and lookups
    *("?", "-pk", "password", "user__password", "a.b", "id;DROP", 'title" DESC', "-", "--date"),
    # code
    PAYLOAD,
    *('" onmouseover=alert(1) x="', "javascript:alert(1)", "{{7*7}}", "{% x %}", "${7*7}", "%(a)s"),
    *("%s", "%n", "</title>", "<!--", "]]>", "&amp;", "&lt;"),
    # text
    *(
        "나라",
        "조세이탄광",
        "高市早苗",
        "ｎａｒａ",
        "İ",
        "ß",
        "ﬀ",
        "‮abc",
        "\u200b",
        "\ufeff",
        "👩‍👩‍👧",
        "e\u0301" * 60,
    ),
    *("\n", "\r\nSet-Cookie: a=b", "\t", "\x1b[31m", "\x7f", "￿", "\U0010ffff"),
    # paths
    *("..", "../../etc/passwd", "/etc/passwd", "C:\\", "//evil.example", "%2e%2e", "a/b"),
]
BROKEN = ["%00", "a%00", "%ff", "%c0%af", "%ed%a0%80", "%80abc"]


@pytest.fixture(scope="module")
def probed(django_db_setup, django_db_blocker):
    """One record for all probes of this file, which only read."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        factories.published()
        factories.another(3)
        yield Client(raise_request_exception=True)
        transaction.set_rollback(True)


def holds(response, address, allowed):
    assert response.status_code in allowed, (address, response.status_code)
    if response.headers.get("Content-Type") != "application/json":  # with nosniff: never a page
        assert PAYLOAD.encode() not in response.content, address
    location = response.headers.get("Location", "/")
    assert location.startswith("/"), address
    assert not location.startswith(("//", "/\\")), address


@pytest.mark.parametrize("name", LISTS)
def test_values_of_every_parameter_of_a_page(probed, name):
    for parameter in LISTS[name].base_filters:
        for value in VALUES:
            address = f"/en/{name}?{parameter}={quote(value)}"
            response = probed.get(address)
            holds(response, address, {200} if value.strip() else {200, 302})
            if value.strip() and parameter not in ("q", "from", "to", "page"):
                assert b'role="alert"' in response.content, address


@pytest.mark.parametrize("name", LISTS)
def test_values_of_every_parameter_of_data(probed, name):
    for parameter in LISTS[name].base_filters:
        for value in VALUES:
            address = f"/{name}.json?{parameter}={quote(value)}"
            response = probed.get(address)
            holds(response, address, {200, 400})
            if response.status_code == 400:
                error = response.json()["errors"][0]
                assert error["parameter"] == parameter
                assert error["value"] == value.strip()
                assert error["message"]


def test_the_same_in_korean_and_japanese(probed):
    for language in ("ko", "ja"):
        for value in (value for value in VALUES if len(value) < 1000):
            address = f"/{language}/commitments?party={quote(value)}&from={quote(value)}"
            holds(probed.get(address), address, {200})


@pytest.mark.parametrize(
    "parameter",
    ["status", "x__regex", "author__password__startswith", "_connector", "_negated", "pk", "e",
     "o", "all", "next", "url", "__class__", "party[]", "party.0", "PARTY", "page__gt", ""],
)  # fmt: skip
def test_parameters_that_nobody_knows_change_nothing(probed, parameter):
    if parameter == "":
        assert probed.get("/en/summits?=x").status_code in (200, 302)
        return
    response = probed.get(f"/en/summits?party=kor&{parameter}=draft")
    assert (response.status_code, response["Location"]) == (302, "/en/summits?party=kor")
    data = probed.get(f"/summits.json?party=kor&{parameter}=draft")
    assert data.status_code == 400
    assert data.json()["errors"][0]["parameter"] == parameter


PLACES = [
    "{}", "summits/{}", "summits/{}/sessions/talks", "summits/2026-01-13-nara/sessions/{}",
    "summits/2026-01-13-nara/editions/{}", "commitments/{}", "participants/{}", "sessions/{}",
]  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_values_in_every_place_of_a_path(probed, place):
    for value in VALUES:
        for form in ("/en/{}", "/{}", "/{}.json", "/en/{}.json", "/en/{}/"):
            address = form.format(place.format(quote(value, safe="")))
            response = probed.get(address)
            holds(response, address, {200, 301, 302, 303, 308, 404, 410})


@pytest.mark.parametrize("value", BROKEN)
def test_bytes_that_are_no_text(probed, value):
    for address in (
        f"/en/summits?q={value}", f"/summits.json?party={value}", f"/en/summits/{value}",
        f"/summits/{value}.json", f"/{value}", f"/en/?{value}", f"/admin/?{value}",
    ):  # fmt: skip
        path, _mark, query = address.partition("?")
        response = probed.get("/", PATH_INFO=raw(path), QUERY_STRING=query)
        assert response.status_code == 400, address


def raw(path):
    """A percent-encoded path as WSGI hands it over: a byte a character."""
    from urllib.parse import unquote_to_bytes

    return unquote_to_bytes(path).decode("latin-1")


@pytest.mark.parametrize("name", ["Cookie", "Accept", "Accept-Language", "If-None-Match", "Range",
                                  "If-Modified-Since", "If-Match", "Accept-Encoding", "Referer",
                                  "User-Agent", "Authorization", "Content-Length"])  # fmt: skip
def test_odd_headers(probed, name):
    odd = [
        "",
        "\x00",
        "\xff",
        '"',
        "W/",
        "*",
        "bytes=0-0,5-",
        "bytes=-1",
        "x" * 4000,
        ";;q=,,",
        "ko;q=2",
    ]
    for value in odd:
        if name == "Content-Length" and not value.isdigit():
            continue
        for address in ("/en/summits", "/summits.json", "/", "/summits/2026-01-13-nara"):
            response = probed.get(address, headers={name: value})
            holds(response, (address, name, value), {200, 302, 303, 304, 412})


@pytest.mark.parametrize("address", ["/en/", "/en/summits", "/summits.json", "/", "/summits",
                                     "/robots.txt", "/livez", "/en/nothing"])  # fmt: skip
def test_methods_that_nothing_takes(probed, address):
    for method in ("POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "X"):
        assert probed.generic(method, address).status_code in (404, 405), (method, address)


def test_many_parameters(probed):
    for query in (
        "&".join(["party=kor"] * 300),
        "&".join(f"party=p{number}" for number in range(300)),
        "&".join(f"a{number}=1" for number in range(400)),
        "&" * 1000,
        "q" * 3000,
        "=&=&=",
        ";".join(["party=kor"] * 50),
    ):
        holds(probed.get(f"/en/summits?{query}"), query[:40], {200, 302})
        holds(probed.get(f"/summits.json?{query}"), query[:40], {200, 400})
    for query in ("&".join(["party=kor"] * 10_000), "x" * 64_000):
        assert probed.get(f"/en/summits?{query}").status_code == 414
