"""Numbers of the real record: each that leads somewhere is the length of the list it leads to."""

import re
from functools import cache

import pytest
import time_machine

from records.models import Party, Relation, Series, Topic
from tests.real_record import LANGUAGES, page, whole_record

pytestmark = pytest.mark.django_db
LISTS = ("summits", "commitments", "participants", "sessions", "sources")
NAMES = {"party": "parties", "relation": "relations", "topic": "topics", "series": "series"}
NUMBER = re.compile(r"[0-9]+")


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    with whole_record(django_db_blocker) as client:
        yield client


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-25T12:00:00+09:00", tick=False):
        yield


def data(site, address):
    response = site.get(address)
    assert response.status_code == 200, address
    return response.json()


@cache
def length(site, address):
    """How many there are in the list at the address of a page."""
    return data(site, re.sub(r"^/(en|ko|ja)/([a-z]+)", r"/\2.json", address))["count"]


def counted(root):
    """`(list, number)` of every number on the page that leads to a list of its own length."""
    for link in root.all("a"):
        to, found = link.attrs["href"], NUMBER.search(link.text)
        if re.match(r"/(en|ko|ja)/(summits|commitments)\?", to) and found:
            yield to, int(found[0])
    for row in (row for names in root.all("ul", "names") for row in names.all("li")):
        if not row.all("span", "n"):  # a commitment, with its status
            continue
        to, found = row.one("a").attrs["href"], NUMBER.search(row.one("span", "n").text)
        if "?" in to:
            yield to, int(found[0])
        else:
            kind = {"relations": "relation", "topics": "topic"}[to.split("/")[2]]
            yield f"/en/summits?{kind}={to.split('/')[3]}", int(found[0])


def subjects(site, kind):
    return [row["id"] for row in data(site, f"/{NAMES[kind]}.json")["items"]]


@pytest.mark.parametrize("name", LISTS)
def test_every_facet_of_the_record_counts_its_list(site, name):
    for facet, values in data(site, f"/{name}.json")["facets"].items():
        for row in values:
            found = data(site, f"/{name}.json?{facet}={row['value']}")["count"]
            assert (facet, row["value"], found) == (facet, row["value"], row["count"])


@pytest.mark.parametrize("relation", ["jpn-kor", "chn-kor", "jpn-usa"])
@pytest.mark.parametrize("name", ["summits", "commitments"])
def test_every_facet_within_a_relation_counts_its_list(site, name, relation):
    for facet, values in data(site, f"/{name}.json?relation={relation}")["facets"].items():
        for row in values:
            within = f"/{name}.json?relation={relation}&{facet}={row['value']}"
            assert (within, data(site, within)["count"]) == (within, row["count"])


@pytest.mark.parametrize("kind", NAMES)
def test_every_number_of_a_subject_is_the_length_of_its_list(site, kind):
    slugs = subjects(site, kind)
    seen = 0
    for slug in slugs:
        root = page(site, f"/en/{NAMES[kind]}/{slug}")
        for to, number in counted(root.one("main")):
            assert (slug, to, length(site, to)) == (slug, to, number)
            seen += 1
    assert seen >= 2 * len(slugs) - len(slugs) // 2


@pytest.mark.parametrize("kind", NAMES)
def test_every_number_in_a_list_of_subjects_is_the_length_of_its_list(site, kind):
    for language in LANGUAGES:
        root = page(site, f"/{language}/{NAMES[kind]}").one("tbody")
        numbers = list(counted(root))
        assert numbers
        for to, number in numbers:
            assert (to, length(site, to)) == (to, number)


@pytest.mark.parametrize("kind", NAMES)
def test_counts_of_a_subject_as_data_are_those_of_its_lists(site, kind):
    for slug in subjects(site, kind):
        found = data(site, f"/{NAMES[kind]}/{slug}.json")
        counts = found["counts"]
        assert counts["summits"] == length(site, f"/en/summits?{kind}={slug}")
        assert counts["commitments"] == length(site, f"/en/commitments?{kind}={slug}")
        assert sum(found["statuses"].values()) == counts["commitments"]
        assert len(found["meetings"]) == min(25, counts["summits"])


def test_subjects_of_the_record_are_those_its_summits_name(site):
    found = {kind: len(subjects(site, kind)) for kind in NAMES}

    assert subjects(site, "relation") == ["jpn-kor", "jpn-usa", "kor-usa", "chn-kor", "chn-jpn"]
    assert found["relation"] == Relation.objects.count()
    assert found["series"] == Series.objects.count() == 3
    assert found["party"] <= Party.objects.count()
    assert found["topic"] <= Topic.objects.count()


@pytest.mark.parametrize("language", LANGUAGES)
def test_relation_of_korea_and_japan_reads_whole(site, language):
    root = page(site, f"/{language}/relations/jpn-kor")

    names = {"en": "Korea–Japan relations", "ko": "한일 관계", "ja": "日韓関係"}
    assert root.one("h1").text == names[language]
    assert [one.attrs["id"] for one in root.one("main").all("section")] == [
        *("meetings", "commitments", "threads", "words", "people"),
    ]
    assert len(root.one("section", id="meetings").all("h3")) == 9
