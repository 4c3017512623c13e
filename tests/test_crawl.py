"""Every link of every page answers, with the type it gives and the place it names."""

import pytest

from tests import factories
from tests.crawl import Answer, Crawl

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "ko", "ja")


def reader(client):
    """What the site answers, as a crawl asks for it."""

    def get(address):
        response = client.get(address)
        kind = response.get("Content-Type", "").partition(";")[0]
        text = response.content.decode() if kind == "text/html" else ""
        return Answer(response.status_code, kind, response.get("Location", ""), text)

    return get


def test_every_link_and_fragment_of_a_small_record_answers(client):
    factories.published(
        commitments=[factories.commitment(progress=[factories.progress()], due="2026-12")]
    )

    found = Crawl(reader(client), ["/", *(f"/{code}/" for code in LANGUAGES)])

    assert found.faults == []
    pages = {code: {a[3:] for a in found.ids if a.startswith(f"/{code}/")} for code in LANGUAGES}
    assert pages["en"] == pages["ko"] == pages["ja"]
    assert len(pages["en"]) > 50
    assert {"application/json", "text/csv", "text/calendar", "application/atom+xml"} <= set(
        found.kinds.values()
    )


def test_crawl_tells_what_is_wrong():
    site = {
        "/": Answer(200, "text/html", "", '<a href="/a#x">a</a><a href="/gone">b</a>'),
        "/a": Answer(200, "text/html", "", '<p id="y"><a href="/f" type="text/csv">c</a></p>'),
        "/f": Answer(200, "text/plain", "", ""),
        "/gone": Answer(404, "text/html", "", ""),
    }

    found = Crawl(site.__getitem__, ["/"])

    assert found.faults == [
        "/gone: 404",
        "/: no #x in /a",
        "/a: /f is text/plain, not text/csv",
    ]
