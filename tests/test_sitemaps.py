"""The sitemap: every public page once, in three languages that name each other, nothing else."""

from xml.etree import ElementTree

import pytest
import time_machine

from records import publishing, sitemaps
from tests import factories

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
SUMMIT = "2026-01-13-nara"
SPACES = {"s": sitemaps.SITEMAPS, "x": sitemaps.XHTML}


@pytest.fixture(autouse=True)
def still():
    with time_machine.travel("2026-03-01T12:00:00+09:00", tick=False):
        yield


def xml(client, address):
    response = client.get(address.removeprefix(SITE))
    assert response.status_code == 200, address
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    return ElementTree.fromstring(response.getvalue())


def parts(client):
    return [one.text for one in xml(client, "/sitemap.xml").iterfind(".//s:loc", SPACES)]


def pages(client):
    """Address -> when it changed, what it says of its languages."""
    found = {}
    for part in parts(client):
        for url in xml(client, part).iterfind("s:url", SPACES):
            links = url.iterfind("x:link", SPACES)
            address = url.find("s:loc", SPACES).text
            assert address not in found
            found[address] = (
                url.findtext("s:lastmod", namespaces=SPACES),
                {one.get("hreflang"): one.get("href") for one in links},
            )
    return found


def test_every_page_stands_in_it_once_and_answers(client):
    factories.published()
    factories.another(3)
    found = pages(client)
    records = ["summits/2003-04-city-3", f"summits/{SUMMIT}", f"summits/{SUMMIT}/sessions/talks",
               "commitments/2026-nara-1", "participants/takaichi-sanae", "parties/jpn",
               "topics/trade", "series/shuttle", "summits", ""]  # fmt: skip
    assert {f"{SITE}/{code}/{place}" for code in ("en", "ko", "ja") for place in records} <= set(
        found
    )
    for address in found:
        assert client.get(address.removeprefix(SITE)).status_code == 200, address


def test_the_languages_of_a_page_name_each_other(client):
    factories.published()
    found = pages(client)
    for _changed, links in found.values():
        assert sorted(links) == ["en", "ja", "ko", "x-default"]
        assert [found[links[code]][1] for code in ("en", "ko", "ja")] == [links] * 3
        assert links["x-default"] == links["en"].replace("/en/", "/", 1)
        answer = client.get(links["x-default"].removeprefix(SITE))
        assert answer.status_code in (302, 303)
        assert answer["Location"] == links["en"].removeprefix(SITE)


def test_a_record_says_when_it_was_last_published(client):
    factories.published()
    with time_machine.travel("2026-03-05T00:30:00+09:00", tick=False):
        factories.another(3)
    found = pages(client)
    assert found[f"{SITE}/ko/summits/{SUMMIT}"][0] == "2026-03-01"
    assert found[f"{SITE}/en/summits/2003-04-city-3/sessions/talks"][0] == "2026-03-05"
    assert found[f"{SITE}/en/participants/lee-jae-myung"][0] is None


def test_a_long_section_is_cut_into_parts_that_hold_everything(client, monkeypatch):
    factories.published()
    for number in range(1, 8):
        factories.another(number)
    whole = pages(client)
    monkeypatch.setattr(sitemaps, "THINGS", 3)
    cut = [part for part in parts(client) if "-summit-" in part]
    assert cut == [f"{SITE}/sitemap-summit-{number}.xml" for number in (1, 2, 3)]
    assert client.get("/sitemap-summit-4.xml").status_code == 404
    monkeypatch.setattr(sitemaps, "THINGS", 1000)
    assert pages(client) == whole


@pytest.mark.parametrize("name", ["summit-0", "summit-2", "nothing-1", "gone-1", "attendance-1"])
def test_a_part_that_is_not_there_is_not_found(client, name):
    factories.published()
    assert client.get(f"/sitemap-{name}.xml").status_code == 404


def test_an_empty_record_has_a_map_of_its_pages(client):
    assert parts(client) == [f"{SITE}/sitemap-pages-1.xml"]
    assert f"{SITE}/ja/summits" in pages(client)


def test_a_draft_and_a_withdrawn_summit_are_not_in_it(client):
    factories.published()
    gone = factories.another(3)
    factories.drafted(slug="2026-02-01-x", code="2026-x")
    publishing.withdraw(gone, note={"en": "Withdrawn."})
    found = "".join(pages(client))
    assert "2026-02-01-x" not in found
    assert "city-3" not in found


def test_robots_lead_to_it(client):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines[-1] == f"Sitemap: {SITE}/sitemap.xml"
