"""The list of sources: what each is, where it stands, what rests on it."""

import pytest

from tests import factories
from tests.factories import commitment, source, text

pytestmark = pytest.mark.django_db


def listed(client, query=""):
    response = client.get(f"/sources.json{query}")
    assert response.status_code == 200
    return response.json()


@pytest.fixture
def sources(db):
    factories.published(
        sources=[
            source("s01", issued_by=["kor"], language="ko", title="공동언론발표"),
            source("s02", issued_by=["jpn"], language="ja", published_on="2026-01-13", read="part"),
            source("s03", title=None, gloss=text("Notes"), kind="news", published_on=None),
        ],
        commitments=[
            commitment(1, cites=["s01", "s02 p. 3"]),
            commitment(2, cites=["s02"], withdrawn={"on": "2026-02-01", "reason": text("Wrong")}),
        ],
    )


def test_source_says_what_it_is_and_what_rests_on_it(client, sources):
    [row] = listed(client, "?language=ko")["items"]

    assert row["id"] == "2026-01-13-nara/s01"
    assert row["url"]["ja"].endswith("/ja/summits/2026-01-13-nara#src-s01")
    assert row["source_url"] == "https://example.org/s01"
    assert (row["title"], row["issued_by"]) == ("공동언론발표", ["kor"])
    assert row["commitments"] == ["2026-nara-1"]


def test_commitment_taken_back_is_not_named_by_its_source(client, sources):
    [row] = listed(client, "?language=ja")["items"]

    assert row["commitments"] == ["2026-nara-1"]


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("", ["s01", "s02", "s03"]),
        ("?sort=date", ["s02", "s01", "s03"]),
        ("?sort=-cited", ["s01", "s02", "s03"]),
        ("?party=jpn", ["s02"]),
        ("?kind=news", ["s03"]),
        ("?read=part", ["s02"]),
        ("?to=2026-01-13", ["s02"]),
        ("?summit=2026-01-13-nara&q=notes", ["s03"]),
        ("?reliability=low", []),
    ],
)
def test_filter_and_order_of_sources(client, sources, query, keys):
    assert [row["key"] for row in listed(client, query)["items"]] == keys


def test_languages_of_sources_are_named_in_the_languages_of_the_site(client, sources):
    [ja, ko, *more] = [
        (option["value"], option["label"], option["count"])
        for option in listed(client)["facets"]["language"]
        if option["value"] != "en"
    ]
    assert ja == ("ja", {"en": "Japanese", "ko": "일본어", "ja": "日本語"}, 1)
    assert ko == ("ko", {"en": "Korean", "ko": "한국어", "ja": "韓国語"}, 1)
    assert more == []


def test_page_leads_to_the_source_on_its_summit_s_page(client, sources):
    page = client.get("/ko/sources").content.decode()

    assert '<a href="/ko/summits/2026-01-13-nara#src-s01" lang="ko">공동언론발표</a>' in page
    assert 'id="src-s01"' in client.get("/ko/summits/2026-01-13-nara").content.decode()


def test_source_of_a_draft_is_not_listed(client, sources):
    sentinel = source("s09", title="SENTINEL")
    factories.drafted(slug="2027-01-01-seoul", code="2027-seoul", sources=[source(), sentinel])

    assert "SENTINEL" not in client.get("/en/sources").content.decode()
    assert listed(client, "?q=sentinel")["count"] == 0
