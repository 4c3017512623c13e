"""The pages about the record: complete against the code they describe, whole in each language."""

import gzip
import json
import re

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import translation

from records import choices, publishing
from records.document import schema
from records.language import OWN_NAMES
from records.language.data_words import ADDRESSES, DERIVED, ENVELOPE, LIST
from records.language.meanings import MEANINGS
from records.urls import LISTS, RECORDS
from records.views import about, reference
from tests import factories
from tests.markup import Page

pytestmark = pytest.mark.django_db
PLACES = (
    "about",
    "about/method",
    "about/corrections",
    "about/accessibility",
    "about/promises",
    "data",
)
LANGUAGES = ("en", "ko", "ja")
SUMMIT = "2026-01-13-nara"
# Vocabularies that no page explains beyond their labels: the words say all, or the field's name.
PLAIN = {
    "Capacity",
    "ChangeKind",
    "DelegationRole",
    "NoteKind",
    "Outcome",
    "ParticipantKind",
    "PartyKind",
    "SessionKind",
    "VisitRank",
    "WordingVerb",
}


def page(client, place, language="en"):
    response = client.get(f"/{language}/{place}")
    assert response.status_code == 200, (place, language)
    return Page(response.content.decode())


def main_words(client, place, language):
    """The sentences of a page's body, without code, addresses, names and figures."""
    html = client.get(f"/{language}/{place}").content.decode()
    body = re.search(r"<main.*?</main>", html, re.DOTALL)[0]
    body = re.sub(r"<(pre|code)\b.*?</\1>", " ", body, flags=re.DOTALL)
    return [text.strip() for text in re.findall(r">([^<]+)<", body) if text.strip()]


# drawing ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_sound_with_a_summit_and_without(client, language):
    empty = {place: page(client, place, language).faults for place in PLACES}
    factories.published()
    filled = {place: page(client, place, language).faults for place in PLACES}

    assert empty == filled == {place: [] for place in PLACES}


@pytest.mark.parametrize("place", PLACES)
def test_sections_are_numbered_as_in_the_contents(client, place):
    found = page(client, place)

    listed = [
        (int(words.partition(".")[0]), words.partition(". ")[2])
        for href, words in found.anchors
        if href.startswith("#") and re.match(r"\d+\. ", words)
    ]
    headed = [
        re.match(r"(\d+)(.*)", words).groups()
        for level, words in found.headings
        if level == 2 and re.match(r"\d", words)
    ]
    assert [(int(number), words) for number, words in headed] == listed
    assert len(listed) > 3


@pytest.mark.parametrize("place", PLACES)
def test_every_internal_link_and_fragment_answers(client, place):
    factories.published()
    for href in page(client, place).links:
        address, _, fragment = href.partition("#")
        if not address.startswith("/") or address.startswith("/static/"):
            continue
        response = client.get(address, follow=True)
        assert response.status_code == 200, href
        if fragment:
            assert fragment in Page(response.content.decode()).ids, href


def test_the_anchors_that_other_pages_lead_to_are_there(client):
    ids = page(client, "about/method").ids

    wanted = {"commitment", "statuses", "sides", "differences", "not", "due", "follow-up"}
    assert wanted - set(ids) == set()


def test_navigation_and_foot_lead_to_them_and_mark_where_one_is(client):
    here = client.get("/en/about/method").content.decode()

    assert '<a href="/en/about" aria-current="true">About</a>' in here
    assert '<a href="/en/data">Data</a>' in here
    foot = here[here.index("<footer") :]
    assert re.findall(r'href="(/en/[^"]+)"', foot) == [f"/en/{place}" for place in PLACES]


@pytest.mark.parametrize("place", PLACES)
def test_address_without_language_leads_to_the_readers(client, place):
    response = client.get(f"/{place}", headers={"Accept-Language": "ko"})

    assert (response.status_code, response["Location"]) == (303, f"/ko/{place}")
    assert response["Vary"] == "Accept-Language"


@pytest.mark.parametrize("count", [1, 3, 30])
def test_pages_ask_few_queries_and_are_not_drawn_again(client, count):
    factories.published()
    for number in range(count - 1):
        factories.another(number)

    for place in PLACES:
        tag = client.get(f"/en/{place}")["ETag"]
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/en/{place}").status_code == 200
        with CaptureQueriesContext(connection) as again:
            response = client.get(f"/en/{place}", headers={"If-None-Match": tag})

        assert len(asked) == (3 if place == "data" else 1), place
        assert (response.status_code, len(again)) == (304, 1), place


@pytest.mark.parametrize("language", ["ko", "ja"])
@pytest.mark.parametrize("place", PLACES)
def test_no_sentence_is_left_in_english(client, place, language):
    factories.published()
    english = {
        words for words in main_words(client, place, "en") if re.search("[A-Za-z]{3}", words)
    }

    left = english & set(main_words(client, place, language))

    # Names that are the same in every language.
    assert {words for words in left if not same_everywhere(words)} == set()


def same_everywhere(words):
    names = {"CC BY 4.0", "JSON", "CSV", "iCalendar", "Atom", "BibTeX", "RIS", "XML", "Python", "R"}
    more = {"JSON Schema", "OpenAPI", *OWN_NAMES.values()}
    return words in names | more or not re.search(r"[A-Za-z]+ [A-Za-z]+ [A-Za-z]+", words)


@pytest.mark.parametrize("place", ["about", "about/corrections", "about/accessibility"])
def test_contact_is_that_of_the_settings_or_none(client, place):
    with override_settings(CONTACT_EMAIL="desk@record.example"):
        known = page(client, place).links
    with override_settings(CONTACT_EMAIL=""):
        unknown = page(client, place)

    assert known["mailto:desk@record.example"] == "desk@record.example"
    assert [href for href in unknown.links if href.startswith("mailto:")] == []
    assert "has not given an address yet" in unknown.text


# method -------------------------------------------------------------------------------------------


def test_every_choice_of_an_explained_vocabulary_has_a_meaning():
    vocabularies = {
        name
        for name, found in vars(choices).items()
        if isinstance(found, type) and issubclass(found, choices.TextChoices)
    } - {"TextChoices"}

    assert set(MEANINGS) | PLAIN == vocabularies
    assert {name: list(found) for name, found in MEANINGS.items()} == {
        name: [str(one) for one in getattr(choices, name)] for name in MEANINGS
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_choice_stands_in_the_method_with_its_meaning(client, language):
    text = page(client, "about/method", language).text
    text += page(client, "about/corrections", language).text

    for name, rows in about.meanings().items():
        if name == "Strength":
            continue
        for value, _label, _meaning in rows:
            told = choices.labels(getattr(choices, name)(value))[language]
            assert told in text, (name, value)


def test_every_status_has_its_anchor_and_its_test(client):
    html = client.get("/en/about/method").content.decode()
    rows = dict(re.findall(r'<div id="status-([a-z-]+)">.*?<dd>(.*?)</dd></div>', html))

    assert list(rows) == [*(str(one) for one in choices.CommitmentStatus), "position"]
    assert rows == {
        **MEANINGS["CommitmentStatus"],
        "position": MEANINGS["CommitmentKind"]["position"],
    }


def test_kinds_of_entry_say_what_the_code_does_with_them(client):
    html = client.get("/en/about/method").content.decode()
    rows = re.findall(r'<div id="entry-([a-z-]+)">.*<span[^>]*>(.*) · (.*)</span></dd>', html)

    assert {kind: (moves, counts) for kind, moves, counts in rows} == {
        "reaffirmed": ("moves no status", "counts as a follow-up"),
        "step": ("can move the status", "counts as a follow-up"),
        "result": ("can move the status", "counts as a follow-up"),
        "setback": ("can move the status", "counts as a follow-up"),
        "changed": ("can move the status", "counts as a follow-up"),
        "assessed": ("moves no status", "counts as a follow-up"),
        "context": ("moves no status", "is no follow-up"),
        "check": ("moves no status", "is no follow-up"),
    }


def test_rules_name_the_statuses_that_the_code_decides_by(client):
    text = page(client, "about/method").text

    assert "one of them is Stalled, Reversed or Not fulfilled, the commitment is so" in text
    still = "Announced, In progress, Partly fulfilled or Stalled"
    assert f"that day is before today, and the status is still {still}." in text
    assert f"Open means: {still}." in text


def test_every_verb_stands_under_its_strength(client):
    text = page(client, "about/method").text

    assert "agreed, decided, pledged, confirmed, reaffirmed" in text
    assert "agreed in principle, supported, proposed" in text
    assert "welcomed, discussed, explained" in text
    told = [verb for verbs in about.verbs().values() for verb in verbs]
    assert sorted(told) == sorted(str(verb.label) for verb in choices.WordingVerb)


# data ---------------------------------------------------------------------------------------------


def test_every_address_with_data_stands_in_the_table_in_words(client):
    factories.published()
    found = reference.addresses()
    text = page(client, "data").text

    wanted = {*LISTS, *(re.sub(r"<\w+:(\w+)>", r"{\1}", place) for place, _, _ in RECORDS.values())}
    assert wanted - set(found) == set()
    assert set(found) - set(ADDRESSES) == set()
    for address, formats in found.items():
        for suffix, prefixed in formats.items():
            place = f"{'/{lang}' if prefixed else ''}/{address}"
            assert re.search(rf"{re.escape(place)} (\.[a-z]+ )*\.{suffix}\b", text), place


def test_every_field_of_every_shape_stands_on_the_page(client):
    html = client.get("/en/data").content.decode()
    told = {
        name: re.findall(r"<dt><code>([a-z_.0-9]+)</code>", part)
        for name, part in re.findall(r'<h3 id="([a-z]+)">(.*?</dl>)', html, re.DOTALL)
    }

    for shape, _path in reference.below(schema.SUMMIT, ""):
        names = [name for name, _fact in reference.flat(shape.facts)]
        assert told[shape.model._meta.model_name] == names
    for model in schema.VOCABULARY.values():
        names = [name for name, _fact in reference.flat(schema.shape_of(model).facts)]
        assert told[model._meta.model_name] == names


def test_every_choice_of_a_field_is_shown_with_its_label():
    with translation.override("ko"):  # in English a label may be the value itself
        facts = [fact for shape in reference.shapes() for fact in shape["facts"]]

    assert [
        (fact["name"], value)
        for fact in facts
        for value, label in fact["values"]
        if label in ("", value)
    ] == []


def test_every_parameter_of_every_list_is_shown_and_said(client):
    html = client.get("/en/data").content.decode()
    told = {
        address: re.findall(r"<dt><code>([a-z_]+)</code>", part)
        for address, part in re.findall(r'<h3 id="filters-([a-z]+)">(.*?</dl>)', html, re.DOTALL)
    }

    lists = reference.lists()
    assert told == {address: list(found.base_filters) for address, found in lists.items()}
    assert {name: lists[name] for name in LISTS} == {
        name: view.filterset for name, view in LISTS.items()
    }
    unsaid = [
        (row["address"], one["name"])
        for row in reference.filters_in_words()
        for one in row["parameters"]
        if not one["hint"] and not one["values"]
    ]
    assert unsaid == []


def test_keys_around_records_and_lists_are_those_that_are_answered(client):
    factories.published()
    places = (
        f"summits/{SUMMIT}",
        f"summits/{SUMMIT}/editions/1",
        f"summits/{SUMMIT}/sessions/talks",
        "commitments/2026-nara-1",
        "participants/lee-jae-myung",
    )
    answers = [client.get(f"/{place}.json").json() for place in places]
    lists = [client.get(f"/{name}.json").json() for name in LISTS]

    assert {key for answer in answers for key in answer} == set(ENVELOPE)
    assert {key for answer in answers for key in answer.get("derived", {})} == set(DERIVED)
    assert {key for answer in lists for key in answer} == set(LIST)


def test_the_example_is_the_newest_summit_that_was_held(client):
    factories.published()
    factories.published(slug="2027-05-tokyo", code="2027-tokyo", starts="2027-05", ends=None,
                        event_status="confirmed", sessions=[], commitments=[])  # fmt: skip
    found = page(client, "data")

    assert found.links[f"/summits/{SUMMIT}.json"] == f"{SUMMIT}.json"
    assert found.links["/commitments/2026-nara-1.json"] == "2026-nara-1.json"
    assert f"curl {settings.SITE_URL}/summits/{SUMMIT}.json" in found.text


def test_a_draft_is_no_example(client):
    publishing.load(factories.document(), factories.vocabulary())
    text = page(client, "data").text

    assert "Summit in Nara" not in text
    assert "The record opens with its first summit." in text


def test_the_beginning_of_an_answer_is_that_of_the_answer(client):
    factories.published()
    shown = about.example(about.facets.version())["answer"]
    whole = client.get(f"/summits/{SUMMIT}.json").json()

    begun = json.loads(shown.replace(",\n    …", ""))

    assert begun == {
        **{name: whole[name] for name in begun},
        "record": {name: whole["record"][name] for name in begun["record"]},
    }


def test_the_error_that_is_shown_is_the_one_that_is_answered(client):
    factories.published()
    response = client.get(about.BAD_ADDRESS)

    assert (response.status_code, response.json()) == (400, about.BAD_ANSWER)


def test_page_is_within_its_weight(client):
    factories.published()
    for language in LANGUAGES:
        response = client.get(f"/{language}/data")
        assert len(gzip.compress(response.content)) < 40_000
        assert len(re.findall(r"<[a-z]", response.content.decode())) < 3000
