"""The lists as pages and as data: the same entries, counts that hold, few queries."""

import json
import random
from html.parser import HTMLParser
from urllib.parse import urlencode

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from records import facets, publishing
from tests import factories

pytestmark = pytest.mark.django_db
LISTS = ("summits", "commitments", "participants", "sessions", "sources")


def data(client, address):
    response = client.get(address)
    assert response.status_code == 200, response.content
    return response.json()


class Texts(HTMLParser):
    """The links of a page with their words, and the words of all."""

    def __init__(self, page):
        super().__init__()
        self.links, self.words, self.href = {}, [], ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self.href = dict(attrs)["href"]

    def handle_endtag(self, tag):
        if tag == "a":
            self.href = ""

    def handle_data(self, words):
        self.words.append(words)
        if self.href:
            self.links.setdefault(self.href, "")
            self.links[self.href] += words


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


# counts hold --------------------------------------------------------------------------------------


def varied(chance, number):
    """A summit like none of the others."""
    sides = chance.sample(["jpn", "kor", "chn"], chance.choice([2, 2, 3]))
    progress = [
        None,
        [factories.progress(status=chance.choice(["in-progress", "fulfilled", "stalled"]))],
    ]
    commitments = []
    for place in range(1, chance.randint(1, 5)):
        row = factories.commitment(
            place,
            parties=sides,
            kind=chance.choice(["new", "new", "renewed", "position"]),
            topics=chance.sample(["trade", "history", "economy"], chance.randint(1, 2)),
            due=chance.choice([None, "2025", "2026-05", "2027-01-01"]),
            wordings=[factories.wording(side) for side in sides[: chance.randint(1, 2)]],
            progress=chance.choice(progress),
        )
        if row["kind"] == "position":
            row |= {"due": None, "progress": None}
        commitments.append({name: value for name, value in row.items() if value})
    factories.another(
        number,
        delegations=[{"party": side, "role": "member"} for side in sides],
        country=None,
        attendances=None,
        commitments=commitments,
        setting=chance.choice(["visit", "regular", "margins"]),
        topics=chance.sample(["trade", "history", "economy"], 2),
        series=chance.choice(["shuttle", None]),
        sessions=[
            factories.session(f"s{place}", kind=kind, date="", parties=chance.choice([[], sides]))
            for place, kind in enumerate(chance.sample(["talks", "banquet", "visit"], 2))
        ],
    )


@time_machine.travel("2026-03-01T12:00:00+09:00", tick=False)
def test_every_count_is_the_length_of_the_list_behind_it(client):
    chance = random.Random(20260113)
    factories.published()
    for number in range(36):
        varied(chance, number)
    for name in LISTS:
        whole = data(client, f"/{name}.json")
        for facet, values in whole["facets"].items():
            for row in values:  # of a list without filters: the value alone
                found = data(client, f"/{name}.json?{facet}={row['value']}")
                assert (facet, row["value"], found["count"]) == (facet, row["value"], row["count"])
        for _round in range(12):
            query = [
                (facet, row["value"])
                for facet, values in whole["facets"].items()
                for row in chance.sample(values, min(len(values), chance.choice([0, 0, 0, 1, 2])))
            ]
            narrowed = data(client, f"/{name}.json?{urlencode(query)}")
            seen, following = len(narrowed["items"]), narrowed["next_url"]
            while following:
                following_page = data(client, following.removeprefix("http://127.0.0.1:8000"))
                seen += len(following_page["items"])
                following = following_page["next_url"]
            assert seen == narrowed["count"]
            for facet, values in narrowed["facets"].items():
                row = chance.choice(values)
                others = [pair for pair in query if pair[0] != facet]
                address = f"/{name}.json?{urlencode([*others, (facet, row['value'])])}"
                assert data(client, address)["count"] == row["count"], (query, facet, row)


def test_selecting_more_values_never_loses_entries_and_other_facets_do_not_gain(client):
    chance = random.Random(7)
    for number in range(8):
        varied(chance, number)
    one = data(client, "/summits.json?party=chn")
    two = data(client, "/summits.json?party=chn&party=kor")
    assert {row["id"] for row in one["items"]} <= {row["id"] for row in two["items"]}
    whole = data(client, "/summits.json")
    for facet in ("form", "topic", "series"):
        for narrow, wide in zip(one["facets"][facet], whole["facets"][facet], strict=True):
            assert narrow["count"] <= wide["count"]


# as data ------------------------------------------------------------------------------------------


def test_a_list_as_data_has_its_four_keys_and_items_their_addresses(client):
    factories.published()
    found = data(client, "/commitments.json")
    assert list(found) == ["items", "count", "facets", "next_url"]
    item = found["items"][0]
    assert item["id"] == "2026-nara-1"
    assert item["url"] == {
        code: f"http://127.0.0.1:8000/{code}/commitments/2026-nara-1" for code in ("en", "ko", "ja")
    }
    assert found["facets"]["status"][0] == {
        "value": "announced",
        "label": {"en": "Announced", "ko": "발표", "ja": "発表"},
        "count": 1,
        "selected": False,
    }


def test_addresses_of_items_as_data_are_those_of_pages(client):
    factories.published()
    for name in LISTS:
        for item in data(client, f"/{name}.json")["items"]:
            for code, url in item["url"].items():
                path = url.removeprefix("http://127.0.0.1:8000")
                assert path.startswith(f"/{code}/")
                assert client.get(path).status_code == 200, path


def test_a_bad_value_as_data_is_400_with_all_errors(client):
    factories.published()
    response = client.get("/summits.json?from=2023-02-30&sort=up&form=odd&status=draft")
    assert response.status_code == 400
    assert response["Cache-Control"] == "no-store"
    assert [tuple(error.values())[:3] for error in response.json()["errors"]] == [
        ("from", "2023-02-30", "2023-02-30 is not a date"),
        ("form", "odd", "“odd” is not among the values"),
        ("sort", "up", "“up” is no order of this list"),
        ("status", "draft", "this address has no such parameter"),
    ]
    assert response.json()["errors"][2]["allowed"] == ["-date", "date", "-commitments", "title"]
    assert response.json()["errors"][1]["allowed"] == ["bilateral", "trilateral", "multilateral"]


def test_an_empty_parameter_as_data_is_none(client):
    factories.published()
    assert data(client, "/summits.json?q=&party=&from=")["count"] == 1


def test_pages_as_data_lead_on_with_the_same_filters(client):
    factories.published(commitments=[factories.commitment(number) for number in range(1, 61)])
    first = data(client, "/commitments.json?party=kor&sort=title")
    second = data(client, first["next_url"].removeprefix("http://127.0.0.1:8000"))
    third = data(client, second["next_url"].removeprefix("http://127.0.0.1:8000"))
    assert [len(found["items"]) for found in (first, second, third)] == [25, 25, 10]
    assert third["next_url"] is None
    assert len({row["id"] for found in (first, second, third) for row in found["items"]}) == 60
    assert client.get("/commitments.json?page=4").status_code == 400


# as a page ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
@pytest.mark.parametrize("name", LISTS)
def test_a_list_shows_the_entries_of_its_data(client, language, name):
    factories.published()
    factories.another(3)
    links = Texts(page(client, f"/{language}/{name}")).links
    for item in data(client, f"/{name}.json")["items"]:
        path = item["url"][language].removeprefix("http://127.0.0.1:8000")
        title = item["title"]  # of a source it stands in its own language only
        assert (title if name == "sources" else title[language]) in links[path]


def test_a_bad_value_as_a_page_is_said_above_and_at_the_field(client):
    factories.published()
    found = page(client, "/en/summits?from=2023-02-30&party=kor")
    alert, title = found.index('role="alert"'), found.index("<h1>")
    assert alert < title
    assert found.count("2023-02-30 is not a date; shown without it") == 2
    assert '<details class="filters" open>' in found
    assert 'value="2023-02-30"' in found
    assert 'id="e-from-1"' in found
    assert 'aria-describedby="e-from-1 f-date-hint"' in found
    assert Texts(found).links["#f-from"] == "2023-02-30 is not a date; shown without it"
    assert Texts(found).links["/en/summits/2026-01-13-nara"] == "Summit in Nara"


def test_a_page_without_bad_values_has_no_alert(client):
    factories.published()
    found = page(client, "/en/summits?party=kor")
    assert 'role="alert"' not in found
    assert '<details class="filters">' in found


@pytest.mark.parametrize("query", ["page=2", "page=0", "page=abc", "page=99999999999"])
def test_a_page_that_is_none_shows_the_first(client, query):
    factories.published()
    found = page(client, f"/en/summits?{query}")
    assert 'role="alert"' in found
    assert "/en/summits/2026-01-13-nara" in Texts(found).links


@pytest.mark.parametrize(
    ("asked", "clean"),
    [
        ("party=kor&q=&sort=", "party=kor"),
        ("utm_source=x&party=kor&party=jpn", "party=kor&party=jpn"),
        ("q=", ""),
        ("q=나라&x=", "q=%EB%82%98%EB%9D%BC"),
    ],
)
def test_empty_and_unknown_parameters_fall_away(client, asked, clean):
    response = client.get(f"/en/summits?{asked}")
    assert response.status_code == 302
    assert response["Location"] == (f"/en/summits?{clean}" if clean else "/en/summits")
    assert client.get(response["Location"]).status_code == 200


def test_active_filters_lead_to_the_list_without_them(client):
    factories.published()
    found = Texts(page(client, "/en/summits?party=kor&party=jpn&from=2025&sort=title"))
    words = {" ".join(text.split()): href for href, text in found.links.items()}
    assert words["Remove filter Party: Republic of Korea"] == (
        "/en/summits?from=2025&party=jpn&sort=title"
    )
    assert words["Remove filter From: 1 January 2025"] == (
        "/en/summits?party=kor&party=jpn&sort=title"
    )


def test_an_empty_list_says_what_each_filter_keeps_out(client):
    factories.published()
    factories.another(3)
    found = Texts(page(client, "/en/summits?form=trilateral&series=shuttle"))
    assert "No summits match" in found.words
    assert " ".join(found.links["/en/summits?series=shuttle"].split())
    text = " ".join(" ".join(found.words).split())
    assert "Without Form: Trilateral : 2 results" in text
    assert "Without any filter : 2 results" in text


def test_zero_counts_are_hidden_unless_they_are_chosen(client):
    factories.published()
    assert 'value="trilateral"' not in page(client, "/en/summits")
    assert 'value="trilateral" checked' in page(client, "/en/summits?form=trilateral")


def test_pages_of_a_long_list(client):
    factories.published(commitments=[factories.commitment(number) for number in range(1, 131)])
    found = page(client, "/en/commitments?party=kor&page=4")
    assert "<title>Commitments (page 4 of 6)" in found
    links = [href for href in Texts(found).links if "/en/" in href and "page=" in href]
    assert links == [f"/en/commitments?party=kor&page={number}" for number in (3, 5, 6)]
    assert "/en/commitments?party=kor" in Texts(found).links


def test_the_chart_of_statuses_follows_the_filters(client):
    done = factories.progress(kind="result", status="fulfilled")
    factories.published(
        commitments=[
            factories.commitment(1),
            factories.commitment(2, progress=[done]),
            factories.commitment(3, kind="position", topics=["history"]),
        ]
    )
    links = Texts(page(client, "/en/commitments")).links
    assert links["/en/commitments?status=announced"].startswith("1 ")
    assert links["/en/commitments?status=fulfilled"].startswith("1 ")
    assert links["/en/commitments?kind=position"].startswith("1 ")
    assert "/en/commitments?status=stalled" not in links
    narrowed = Texts(page(client, "/en/commitments?topic=history")).links
    assert "/en/commitments?topic=history&status=announced" not in narrowed
    assert narrowed["/en/commitments?topic=history&kind=position"].startswith("1 ")


def test_a_record_without_summits_says_so(client):
    for name in LISTS:
        assert "The record opens with its first summit." in page(client, f"/en/{name}")
        assert data(client, f"/{name}.json")["items"] == []
    assert "The record opens with its first summit." in page(client, "/en/")


def test_texts_of_the_record_are_escaped(client):
    odd = {"en": "<img src=x onerror=alert(1)>", "ko": '"><u>', "ja": "</main><script>"}
    factories.published(title=odd, city=odd)
    for language in odd:
        for address in ("", "summits", "commitments", "sessions", "summits?q=%3Cimg%20src%3Dx%3E"):
            found = page(client, f"/{language}/{address}")
            assert not any(text in found for text in odd.values()), address


# drafts -------------------------------------------------------------------------------------------


def test_nothing_of_a_draft_is_in_any_list(client):
    factories.published()
    sentinel = factories.text("Zyxwv")
    factories.drafted(
        slug="2025-11-secret", code="2025-secret", title=sentinel, city=sentinel,
        commitments=[factories.commitment(1, title=sentinel)],
        sessions=[factories.session(title=sentinel)],
    )  # fmt: skip
    for address in ("/en/", *(f"/en/{name}" for name in LISTS), *(f"/{n}.json" for n in LISTS)):
        answer = client.get(address)
        assert b"Zyxwv" not in answer.content
        assert b"secret" not in answer.content
    assert data(client, "/summits.json?q=Zyxwv")["count"] == 0


def test_a_withdrawn_summit_leaves_every_list(client):
    summit = factories.published()
    before = client.get("/en/commitments")["ETag"]
    publishing.withdraw(summit, note={"en": "Not a summit.", "ko": "아님", "ja": "誤り"})
    for name in LISTS:
        assert data(client, f"/{name}.json")["count"] == 0
    assert client.get("/en/commitments")["ETag"] != before


# caching ------------------------------------------------------------------------------------------


ADDRESSES = ("/en/", "/ko/summits?party=kor", "/commitments.json", "/ja/sessions")


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_unchanged_list_is_not_drawn_again(client, address):
    factories.published()
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    for name in ("ETag", "Cache-Control"):
        assert again[name] == first[name]
    with CaptureQueriesContext(connection) as asked:
        client.get(address, headers={"If-None-Match": first["ETag"]})
        assert len(asked) == 1


def test_the_tag_changes_with_the_record_the_day_and_the_language(client, settings):
    factories.published()
    tags = set()
    with time_machine.travel("2026-03-01T00:00:00+09:00", tick=False):
        tags.add(client.get("/en/summits")["ETag"])
        tags.add(client.get("/ko/summits")["ETag"])
    with time_machine.travel("2026-03-01T23:59:58+09:00", tick=False):
        same = client.get("/en/summits")
        assert same["ETag"] in tags
        assert same["Cache-Control"] == "public, max-age=2"
    with time_machine.travel("2026-03-02T00:00:00+09:00", tick=False):
        tags.add(client.get("/en/summits")["ETag"])
        factories.another(3)
        tags.add(client.get("/en/summits")["ETag"])
        settings.CONTACT_EMAIL = "others@record.example"  # pages show it
        tags.add(client.get("/en/summits")["ETag"])
    assert len(tags) == 5


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_has_the_headers_of_get_and_no_body(client, address):
    factories.published()
    got, asked = client.get(address), client.head(address)
    assert asked.content == b""
    assert dict(asked.headers) == dict(got.headers)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_reader_gets_no_cookie_and_answers_do_not_vary(client, address):
    factories.published()
    response = client.get(address)
    assert not response.cookies
    assert response["Vary"] == "Accept-Encoding"
    assert response["Cache-Control"].startswith("public, max-age=")


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_list_is_only_read(client, address, method):
    assert getattr(client, method)(address).status_code == 405


# queries ------------------------------------------------------------------------------------------


def asked(client, address):
    client.get(address)  # a worker reads sets, orders and names once a version
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
        return len(queries)


def asked_cold(client, address):
    from records import public

    facets._shelves.clear()
    public.forget()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
        return len(queries)


def test_lists_ask_the_same_few_queries_however_long_they_are(client):
    addresses = [f"/en/{name}" for name in ("", *LISTS)] + [f"/{name}.json" for name in LISTS]
    addresses.append("/en/commitments?party=kor&status=announced&due=undated&sort=title")
    addresses.append("/en/sessions?kind=talks&q=session&from=2000&to=2030&sort=date")
    found, cold = {}, {}
    size = 0
    for count in (1, 3, 30):
        while size < count:
            factories.another(size)
            size += 1
        found[count] = {address: asked(client, address) for address in addresses}
        cold[count] = {address: asked_cold(client, address) for address in addresses}
    assert found[1] == found[3] == found[30]
    assert max(found[1].values()) <= 6
    assert cold[3] == cold[30]
    print(json.dumps({"warm": found[1], "cold": cold[1]}, indent=1))


def test_meetings_are_counted_once_they_took_place(client):
    factories.published()
    factories.another(3, event_status="confirmed", starts="2030-01-10", sessions=None)
    absent = {"participant": "lee-jae-myung", "party": "kor", "capacity": "head-of-state"}
    factories.another(4, attendances=[{**absent, "presence": "absent"}])
    found = {row["id"]: row for row in data(client, "/participants.json")["items"]}
    assert found["lee-jae-myung"]["meetings"] == 1
    assert found["lee-jae-myung"]["last_met"] == "2026-01-13"


def test_a_position_waits_for_no_follow_up(client):
    position = factories.commitment(2, kind="position", topics=["history"])
    factories.published(commitments=[factories.commitment(1), position])
    found = data(client, "/commitments.json?followup=none-found")
    assert [row["id"] for row in found["items"]] == ["2026-nara-1"]


def test_a_bad_value_is_said_at_its_facet_even_if_that_has_nothing_to_choose(client):
    factories.published()
    found = page(client, "/en/summits?party=xxx&form=trilateral&q=nothing+at+all")
    assert '<fieldset class="facet" id="f-party">' in found
    assert "“xxx” is not among the values; shown without it" in found


def test_the_front_page_leads_to_what_is_there(client):
    factories.published()
    factories.another(3, event_status="confirmed", starts="2030-01-10", sessions=None)
    found = Texts(page(client, "/en/"))
    for href in found.links:
        if href.startswith("/en/") and "#" not in href:
            assert client.get(href).status_code == 200, href
    assert "/en/relations/jpn-kor" in found.links
    assert " ".join(found.links["/en/commitments"].split()) in (
        "2 commitments",
        "Commitments2 commitments",
    )
    assert "Dates may change." in " ".join(found.words)
