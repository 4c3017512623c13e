"""What pages say to machines: typed links, languages, Dublin Core, linked data."""

import json
import re
import struct
from pathlib import Path

import pytest
import time_machine
from django.contrib.staticfiles import finders

from records import publishing
from records.views import files
from tests import factories
from tests.heads import SITE, head, header_links

pytestmark = pytest.mark.django_db
SUMMIT = "2026-01-13-nara"
LICENSE = "https://creativecommons.org/licenses/by/4.0/"
RECORDS = [
    f"summits/{SUMMIT}",
    f"summits/{SUMMIT}/editions/1",
    f"summits/{SUMMIT}/sessions/talks",
    "commitments/2026-nara-1",
    "participants/lee-jae-myung",
    "parties/kor",
    "relations/jpn-kor",
    "topics/trade",
    "series/shuttle",
]
LISTS = ["summits", "commitments?party=kor&status=announced", "participants", "sessions"]


@pytest.fixture(autouse=True)
def still():
    with time_machine.travel("2026-03-01T12:00:00+09:00", tick=False):
        yield


# typed links --------------------------------------------------------------------------------------


def test_a_summit_says_where_to_cite_describe_and_find_it(client):
    factories.published()
    response, _head = head(client, f"/en/summits/{SUMMIT}")
    files_of = [
        ("describedby", f"{SITE}/summits/{SUMMIT}.json", "application/json"),
        ("alternate", f"{SITE}/summits/{SUMMIT}.csv", "text/csv"),
        ("alternate", f"{SITE}/en/summits/{SUMMIT}.ics", "text/calendar"),
        ("alternate", f"{SITE}/en/summits/{SUMMIT}.atom", "application/atom+xml"),
        ("describedby", f"{SITE}/en/summits/{SUMMIT}.bib", "application/x-bibtex"),
        ("describedby", f"{SITE}/en/summits/{SUMMIT}.ris", "application/x-research-info-systems"),
    ]
    offered = {row["file"] for row in files.offered("summit", slug=SUMMIT)}
    assert header_links(response) == [
        ("cite-as", f"{SITE}/summits/{SUMMIT}", ""),
        *(row for row in files_of if row[1].rpartition(".")[2] in offered),
        ("type", "https://schema.org/Event", ""),
        ("type", "https://schema.org/AboutPage", ""),
        ("license", LICENSE, ""),
        ("collection", f"{SITE}/en/summits", ""),
        ("memento", f"{SITE}/en/summits/{SUMMIT}/editions/1", ""),
    ]


def test_an_edition_leads_to_the_original_and_the_latest(client):
    summit = factories.published()
    publishing.load(factories.document(title=factories.text("Second")), mode="replace")
    publishing.publish(summit, note={"en": "Title."})
    response, _head = head(client, f"/ja/summits/{SUMMIT}/editions/1")
    found = {rel: href for rel, href, _kind in header_links(response) if rel != "type"}
    assert found["cite-as"] == f"{SITE}/summits/{SUMMIT}/editions/1"
    assert found["original"] == found["latest-version"] == f"{SITE}/ja/summits/{SUMMIT}"
    assert "memento" not in found


@pytest.mark.parametrize("place", [*RECORDS, *LISTS])
def test_the_header_says_what_the_head_says_and_every_address_answers(client, place):
    factories.published()
    for code in ("en", "ko", "ja"):
        response, page = head(client, f"/{code}/{place}")
        told = header_links(response)
        assert set(told) <= set(page.typed())
        alternates = [row for row in page.typed() if row[0] in ("alternate", "describedby")]
        assert len({kind for _rel, _href, kind in alternates}) > 1
        for _rel, href, kind in alternates:
            answer = client.get(href.removeprefix(SITE))
            assert answer.status_code == 200, href
            assert answer["Content-Type"].partition(";")[0] == kind
        for rel, href, _kind in told:
            if rel in ("collection", "memento", "up"):
                assert client.get(href.removeprefix(SITE)).status_code == 200
            if rel == "cite-as":
                led = client.get(href.removeprefix(SITE), headers={"Accept-Language": code})
                assert (led.status_code, led["Location"]) == (303, f"/{code}/{place}")


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        (f"summits/{SUMMIT}/editions", "CollectionPage"),
        (f"summits/{SUMMIT}/editions/2/changes", "WebPage"),
        ("changes", "Dataset"),
        ("corrections", "Dataset"),
        ("about", "AboutPage"),
        ("about/method", "AboutPage"),
        ("about/corrections", "AboutPage"),
        ("about/accessibility", "AboutPage"),
        ("about/promises", "AboutPage"),
        ("data", "DataCatalog"),
    ],
)
def test_pages_that_are_no_record_say_what_they_are(client, place, kind):
    summit = factories.published()
    publishing.load(factories.document(title=factories.text("Second")), mode="replace")
    publishing.publish(summit, note={"en": "Title."})

    response, page = head(client, f"/ja/{place}")

    told = header_links(response)
    assert set(told) <= set(page.typed())
    assert ("type", f"https://schema.org/{kind}", "") in told
    assert ("license", LICENSE, "") in told
    for rel, href, _kind in told:
        if rel not in ("type", "license"):
            status = 303 if rel == "cite-as" else 200
            assert (href, client.get(href.removeprefix(SITE)).status_code) == (href, status)
    found = json.loads(page.data)
    assert (found["@type"], found["@id"]) == (kind, f"{SITE}/{place}")
    terms = {one["name"]: one["content"] for one in page.metas if "name" in one}
    assert terms["dcterms.title"] == found["name"]
    assert terms["dcterms.language"] == "ja"


def test_changes_of_an_edition_lead_to_both_sides(client):
    summit = factories.published()
    publishing.load(factories.document(title=factories.text("Second")), mode="replace")
    publishing.publish(summit, note={"en": "Title."})

    response, _head = head(client, f"/en/summits/{SUMMIT}/editions/2/changes")

    found = {rel: href for rel, href, _kind in header_links(response)}
    editions = f"{SITE}/en/summits/{SUMMIT}/editions"
    assert found["up"] == f"{editions}/2"
    assert found["predecessor-version"] == f"{editions}/1"
    assert found["collection"] == editions


def test_the_line_of_formats_is_this_list_with_these_filters(client):
    factories.published()
    page = client.get("/ko/commitments?party=kor&status=announced&page=1").content.decode()
    [line] = re.findall(r'<p class="formats">(.*?)</p>', page, re.DOTALL)
    query = "status=announced&amp;party=kor"
    found = re.findall(r'href="([^"]+)"', line)
    assert found[:3] == [
        f"/commitments.json?{query}",
        f"/commitments.csv?{query}",
        f"/ko/commitments.ics?{query}",
    ]
    for href in found:
        assert client.get(href.replace("&amp;", "&")).status_code == 200


# languages ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", [*RECORDS, *LISTS])
def test_the_languages_of_a_page_name_each_other_and_it(client, place):
    factories.published()
    bare = place.partition("?")[0]
    expected = {code: f"{SITE}/{code}/{bare}" for code in ("en", "ko", "ja")}
    for code in ("en", "ko", "ja"):
        _response, page = head(client, f"/{code}/{place}")
        found = {
            one["hreflang"]: one["href"] for one in page.links if one.get("rel") == "alternate"
            and "hreflang" in one
        }  # fmt: skip
        assert found == {**expected, "x-default": f"{SITE}/{bare}"}


# Dublin Core and Zotero ---------------------------------------------------------------------------


@pytest.mark.parametrize("place", [*RECORDS, *LISTS, ""])
def test_a_page_is_a_web_page_to_zotero(client, place):
    factories.published()
    _response, page = head(client, f"/en/{place}")
    assert [name for name in page.terms() if name.startswith("citation_")] == []
    assert page.terms() & {"dc.type", "DC.type", "dcterms.type"} == set()
    [kind] = [one["content"] for one in page.metas if one.get("property") == "og:type"]
    assert kind == "website"


def test_a_record_says_what_it_is_in_dublin_core(client):
    factories.published()
    _response, page = head(client, f"/ko/summits/{SUMMIT}")
    found = [(one["name"], one["content"]) for one in page.metas
             if one.get("name", "").startswith("dcterms.")]  # fmt: skip
    assert found == [
        ("dcterms.title", "Summit in Nara 한, 2026년 1월 13일~14일"),
        ("dcterms.language", "ko"),
        ("dcterms.publisher", "정상회담 기록"),
        ("dcterms.identifier", SUMMIT),
        ("dcterms.identifier", f"{SITE}/summits/{SUMMIT}"),
        ("dcterms.modified", "2026-03-01"),
        ("dcterms.rights", LICENSE),
    ]


def test_a_draft_and_unpublished_changes_are_in_no_head(client):
    factories.published()
    factories.drafted(title=factories.text("Secretly"))
    for place in [*RECORDS, *LISTS]:
        response, page = head(client, f"/en/{place}")
        assert "Secretly" not in page.data + response["Link"]


# pictures beside links ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "card"),
    [
        ("", "record"),
        ("summits", "record"),
        (f"summits/{SUMMIT}", "summit"),
        (f"summits/{SUMMIT}/sessions/talks", "session"),
        ("commitments/2026-nara-1", "commitment"),
        ("participants/lee-jae-myung", "participant"),
        ("relations/jpn-kor", "record"),
    ],
)
def test_each_type_of_page_has_its_picture_beside_links(client, place, card):
    factories.published()
    _response, page = head(client, f"/en/{place}")
    told = {one["property"]: one["content"] for one in page.metas if "property" in one}
    assert told["og:image"] == f"{SITE}/static/records/cards/{card}.png"
    picture = Path(finders.find(f"records/cards/{card}.png")).read_bytes()
    # The size of a PNG stands in its first chunk.
    assert struct.unpack(">II", picture[16:24]) == (1200, 630)
    assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
