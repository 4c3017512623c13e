"""What the head says to machines: who one is, in which languages, as what else."""

import pytest

from .pages import LANGUAGES, LISTS, RECORDS, in_languages, place


def alternates(page):
    return page.locator("link[rel=alternate][hreflang]").evaluate_all(
        "all => Object.fromEntries(all.map(one => [one.hreflang, new URL(one.href).pathname]))"
    )


@pytest.mark.parametrize("name", ["home", "summits", "commitments", *RECORDS])
def test_the_languages_of_a_page_name_each_other(visit, name):
    found = {code: alternates(visit(place(name, code))) for code in LANGUAGES}

    assert found["en"] == found["ko"] == found["ja"]
    assert {code: found["en"][code] for code in LANGUAGES} == {
        code: f"/{place(name, code)}" for code in LANGUAGES
    }
    assert sorted(found["en"]) == ["en", "ja", "ko", "x-default"]


@pytest.mark.parametrize(("name", "language"), in_languages([*LISTS, *RECORDS]))
def test_head_is_that_of_a_web_page_with_one_address_and_data(visit, name, language):
    page = visit(place(name, language))
    canonical = page.locator("link[rel=canonical]").get_attribute("href")
    data = page.locator("link[rel=alternate][type='application/json']").get_attribute("href")

    assert canonical.split("?")[0].endswith(f"/{place(name, language).split('?')[0]}")
    assert page.locator("meta[property='og:type']").get_attribute("content") == "website"
    assert page.locator("meta[name^=citation_], meta[name='dc.type']").count() == 0
    answer = page.request.get(data)
    assert answer.status == 200
    assert answer.headers["content-type"].partition(";")[0] == "application/json"
