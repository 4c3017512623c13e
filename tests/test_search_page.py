"""The search page: groups, why something was found, ways out of nothing, data, the masthead."""

import re
import xml.etree.ElementTree as ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings

from records import public
from tests import factories
from tests.markup import faults

pytestmark = pytest.mark.django_db
SUMMIT = "2026-01-13-nara"


def page(client, query, language="en"):
    response = client.get(f"/{language}/search", {"q": query})
    assert response.status_code == 200
    return response.content.decode()


def text_of(html):
    main = html[html.index("<main") : html.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def groups(client, query):
    found = client.get("/search.json", {"q": query}).json()["groups"]
    return {
        group["kind"]: (group["count"], [row["id"] for row in group["items"]]) for group in found
    }


# groups -------------------------------------------------------------------------------------------


def test_groups_stand_in_their_order_with_three_hits_and_the_way_to_all(client):
    factories.published(commitments=[factories.commitment(number) for number in range(1, 6)])

    html = page(client, "Japan")

    headings = re.findall(r'<h2 id="g-(\w+)">', html)
    assert headings == ["summit", "commitment", "party", "relation"]
    assert html.count('<a href="/en/commitments/2026-nara-') == 3
    assert '<a href="/en/commitments?q=Japan">All: 5 commitments</a>' in html
    listed = client.get("/commitments.json", {"q": "Japan"}).json()["count"]
    assert groups(client, "Japan")["commitment"][0] == listed == 5


def test_what_is_called_so_comes_first_then_titles_then_the_newest(client):
    factories.another(1, title=factories.text("Persimmon"))
    factories.another(2, title=factories.text("Persimmon harvest"))
    factories.another(3, title=factories.text("Harvest"), summary={"en": "Persimmon everywhere."})
    factories.another(4, title=factories.text("Harvest"), summary={"en": "Persimmon again."})

    count, slugs = groups(client, "persimmon")["summit"]
    assert (count, slugs) == (
        4,
        ["2001-02-city-1", "2002-03-city-2", "2004-05-city-4"],
    )


@pytest.mark.parametrize(
    ("identifier", "place"),
    [
        ("2026-nara-1", "commitments/2026-nara-1"),
        (SUMMIT, f"summits/{SUMMIT}"),
        ("takaichi-sanae", "participants/takaichi-sanae"),
    ],
)
def test_an_identifier_stands_above_all_else(client, identifier, place):
    factories.published()
    html = page(client, identifier)
    first = html[html.index('<section class="exact"') :]
    assert re.search(r'href="([^"]+)"', first)[1] == f"/en/{place}"
    groups = [found.start() for found in re.finditer('<section class="group"', html)]
    assert all(html.index('<section class="exact"') < start for start in groups)
    assert html.count(f'<a href="/en/{place}"') == 1


def test_a_name_without_its_identifier_stands_in_its_group_only(client):
    factories.published()
    assert '<section class="exact"' not in page(client, "高市早苗")


# why ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("高市早苗", "Matched the name: 高市早苗"),
        ("タカイチ", "Matched another spelling: たかいち さなえ"),
        ("한", "Matched the Korean title: Summit in Nara 한"),
        ("Summit in Nara", "Matched the title"),
        ("2026-nara", "Matched the identifier: 2026-nara"),
    ],
)
def test_a_hit_says_why_it_was_found(client, query, said):
    factories.published()
    assert said in text_of(page(client, query)).replace(" :", ":")


def test_an_excerpt_is_escaped_and_in_its_language(client):
    factories.published(summary={"ko": "앞 <script>나무</script> 뒤"})
    html = page(client, "나무")
    escaped = "앞 &lt;script&gt;<mark>나무</mark>&lt;/script&gt; 뒤"
    assert f'<span class="excerpt" lang="ko">{escaped}</span>' in html


def test_words_asked_for_are_escaped(client):
    factories.published()
    html = page(client, '"><script>alert(1)</script>')
    assert "<script>alert" not in html


# nothing ------------------------------------------------------------------------------------------


def test_nothing_found_says_which_word_and_what_would_find_something(client):
    factories.published()
    html = page(client, "nara zzzz")
    text = text_of(html)
    assert "Nothing in the record matches “nara zzzz”" in text
    assert "Found nowhere: zzzz" in text
    count = sum(count for count, _slugs in groups(client, "nara").values())
    assert f'<a href="/en/search?q=nara">nara</a>: {count} results' in html


def test_words_that_never_meet_are_not_called_missing(client):
    factories.another(1, title=factories.text("Quince"), summary={"en": "Orchard."})
    factories.another(2, title=factories.text("Medlar"))
    text = text_of(page(client, "quince medlar"))
    assert "Found nowhere" not in text
    assert "Without one of the words" in text


@pytest.mark.parametrize(
    ("query", "near"),
    [("Takaichy", "takaichi"), ("長生炭鉱山", "長生 炭鉱山")],
)
def test_nothing_found_offers_what_is_spelt_nearly_so(client, query, near):
    factories.published(summary={"en": "The mine.", "ja": "長生の炭鉱山"})
    text = text_of(page(client, query))
    assert f"Close to it in the record {near}" in text


def test_nothing_found_offers_no_word_that_begins_with_one_offered(client):
    factories.published(summary={"en": "Lantern, lanterns."})
    html = page(client, "lanterm")
    assert re.findall(r'search\?q=(\w+)">', html[html.index("Close to it") :]) == ["lantern"]


@pytest.mark.parametrize("query", ["조세이탄광", "나라공원"])
def test_a_korean_word_that_stands_nowhere_is_found_written_as_two(client, query):
    factories.published(title=factories.text("Mine"), summary={"ko": "조세이 탄광, 나라 공원"})
    apart = f"{query[:-2]} {query[-2:]}"
    text = text_of(page(client, query))
    assert f"“{query}”; shown is what matches “{apart}”." in text
    assert groups(client, query)["summit"] == groups(client, apart)["summit"] == (1, [SUMMIT])
    assert "shown is what" not in text_of(page(client, apart))


def test_nothing_found_leads_to_where_sources_are_suggested(client):
    factories.published()
    with override_settings(CONTACT_EMAIL="desk@record.example"):
        assert "mailto:desk@record.example?subject=zzzz" in page(client, "zzzz")
    with override_settings(CONTACT_EMAIL=""):
        assert "mailto:" not in page(client, "zzzz")


def test_an_empty_record_finds_nothing(client):
    assert "Nothing in the record matches" in page(client, "nara")


# the address --------------------------------------------------------------------------------------


def test_without_words_the_page_says_what_can_be_searched(client):
    assert "Every word must be found" in client.get("/en/search").content.decode()
    assert client.get("/en/search?q=&x=1")["Location"] == "/en/search"
    assert client.get("/search.json").json() == {"query": "", "count": 0, "groups": []}


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("q=" + "x" * 201, "the words are longer than 200 characters"),
        ("q=%25%25", "“%%” has no letter or digit"),
        ("q=a&q=b", "it is given twice"),
    ],
)
def test_words_that_cannot_be_read_are_told(client, query, message):
    factories.published()
    html = client.get(f"/en/search?{query}").content.decode()
    assert f"{message}; shown without it" in html
    data = client.get(f"/search.json?{query}")
    assert (data.status_code, data.json()["errors"][0]["message"]) == (400, message)


def test_data_knows_no_other_parameter(client):
    response = client.get("/search.json?q=nara&sort=date")
    assert (response.status_code, response.json()["errors"][0]["parameter"]) == (400, "sort")
    assert client.get("/en/search?q=nara&sort=date")["Location"] == "/en/search?q=nara"


def test_bytes_that_are_no_text_are_refused(client):
    assert [client.get(f"/en/search?q={bad}").status_code for bad in ("%00", "%ff")] == [400, 400]


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
@pytest.mark.parametrize("query", ["", "高市早苗", "commitment", "2026-nara-1", "zzzz nara", "한"])
def test_the_page_is_without_fault(client, query, language):
    factories.published()
    address = f"/{language}/search" + (f"?q={query}" if query else "")
    assert faults(client.get(address).content.decode()) == []


def test_search_is_not_for_robots(client):
    assert '<meta name="robots" content="noindex, follow">' in page(client, "nara")


def test_data_says_what_matched(client):
    factories.published()
    group = client.get("/search.json", {"q": "高市早苗"}).json()["groups"][0]
    assert group["items"] == [
        {
            "id": "takaichi-sanae",
            "url": {
                code: f"http://127.0.0.1:8000/{code}/participants/takaichi-sanae"
                for code in ("en", "ko", "ja")
            },
            "title": {"en": "Takaichi Sanae", "ko": "다카이치 사나에", "ja": "高市早苗"},
            "matched": {"what": "name", "language": "ja", "text": "高市早苗"},
        }
    ]


# around it ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["", "summits", f"summits/{SUMMIT}", "about"])
def test_every_page_has_the_form_once(client, place):
    factories.published()
    html = client.get(f"/ja/{place}").content.decode()
    assert html.count('role="search"') == 1
    assert '<form class="find" role="search" action="/ja/search" method="get">' in html
    assert '<label class="vh" for="find">' in html


def test_a_missing_page_searches_for_the_words_of_its_address(client):
    html = client.get("/en/summits/chosei-mine").content.decode()
    assert 'value="chosei mine"' in html
    assert 'value="2026-nara-44"' in client.get("/en/commitments/2026-nara-44").content.decode()


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
def test_browsers_learn_how_to_search(client, language):
    head = client.get(f"/{language}/").content.decode()
    assert f'href="/opensearch-{language}.xml"' in head
    response = client.get(f"/opensearch-{language}.xml")
    root = ElementTree.fromstring(response.content)
    name = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert root.tag == f"{name}OpenSearchDescription"
    assert len(root.findtext(f"{name}ShortName")) <= 16
    templates = [url.get("template") for url in root.findall(f"{name}Url")]
    assert templates[0] == f"http://127.0.0.1:8000/{language}/search?q={{searchTerms}}"


@pytest.mark.parametrize("count", [1, 3, 30])
def test_search_asks_the_same_few_queries_for_one_thing_and_for_thirty(client, count):
    factories.published(
        commitments=[factories.commitment(number) for number in range(1, count + 1)],
        sessions=[factories.session(f"s{number}") for number in range(count)],
    )
    asked = {}
    for query in ("nara", "zzzz nara", "高市早苗"):
        client.get("/en/search", {"q": query})
        public.found.forget()
        with CaptureQueriesContext(connection) as queries:
            client.get("/en/search", {"q": query})
        asked[query] = len(queries)
    # version, words, hits, people (with their names in one query more where there are some)
    assert asked == {"nara": 3, "zzzz nara": 4, "高市早苗": 3}
