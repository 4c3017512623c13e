"""The editors' handbook: its examples are what the parsers read, its words the editor's."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from records import date_words, dates
from records.admin import citations, handbook, rights
from records.language import colon
from records.models import Summit
from records.review.standing import TRANSITIONS
from records.roles import RIGHTS, ROLES
from tests.factories import drafted, somebody
from tests.markup import Page

LANGUAGES = [code for code, _name in settings.LANGUAGES]
SCRIPT = {"ko": re.compile("[가-힣]"), "ja": re.compile("[ぁ-ん一-龯]")}
# What is the same in every language, or quoted in the language it is typed in.
AS_TYPED = re.compile(r"<(code|kbd)\b.*?</\1>|<th scope=.row.><ul>.*?</ul>", re.DOTALL)


def html(language="en", role="contributor"):
    client = Client(headers={"accept-language": language})
    client.force_login(somebody(role))
    response = client.get("/admin/handbook/")
    assert response.status_code == 200
    return response.content.decode()


def body(language):
    return re.search(r'<div id="content-main".*?</main>', html(language), re.DOTALL)[0]


# the page -----------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_page_is_sound_with_each_of_its_anchors_once(language):
    page = Page(html(language))

    named = [each for each in page.ids if each in handbook.SECTIONS]
    assert named == list(handbook.SECTIONS)
    assert sorted(set(page.ids)) == sorted(page.ids)
    assert [link for link in page.links if link.startswith("#") and link[1:] not in page.ids] == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ko", "ja"])
def test_page_leaves_no_english(language):
    said = [text.strip() for text in re.findall(r">([^<]+)<", AS_TYPED.sub("", body(language)))]

    words = [text for text in said if re.search("[A-Za-z]{2}", text)]
    assert [text for text in words if not SCRIPT[language].search(text)] == []


@pytest.mark.django_db
@pytest.mark.parametrize("role", [*ROLES, "no role"])
def test_everybody_on_the_staff_reads_it_and_is_led_to_it(role):
    editor = Client()
    editor.force_login(somebody(role))

    assert '<a href="/admin/handbook/">' in editor.get("/admin/").content.decode()
    assert editor.get("/admin/handbook/").status_code == 200
    assert Client().get("/admin/handbook/").status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("required", [True, False])
def test_page_says_whether_a_review_is_needed_here(settings, required):
    settings.REVIEW_REQUIRED = required

    assert ("On this site publishers may publish without a review" in html()) is not required


# what it takes from the code ----------------------------------------------------------------------


@pytest.mark.parametrize("typed", handbook.DATES, ids=lambda typed: typed[-1])
def test_dates_are_read_as_the_page_says(typed):
    assert {date_words.read(each) for each in typed} == {typed[-1]}


def test_dates_show_every_way_that_is_read():
    typed = [each for row in handbook.DATES for each in row]
    parts = [side for each in typed if "/" in each for side in each.split("/")] + typed
    ways = [*date_words.SIDES, *date_words.RANGES, date_words.OPEN_END, date_words.OPEN_START]

    assert [way.pattern for way in ways if not any(map(way.fullmatch, parts))] == []
    found = [date_words.ERA, date_words.ASIDES, date_words.DOUBT, date_words.ABOUT]
    assert [way.pattern for way in found if not any(map(way.search, typed))] == []
    kept = {dates.PART.fullmatch(side)["qualifier"] for side in parts if dates.PART.fullmatch(side)}
    assert kept == {None, "~", "?", "%"}


def test_languages_of_typed_dates_are_told_to_screen_readers():
    typed = ["13 January 2026", "2026-01~", "2026년 1월경", "2026年1月ごろ", "令和8年1月13日"]

    assert [handbook.language_of(each) for each in typed] == ["en", "en", "ko", "ja", "ja"]


def test_date_that_the_page_calls_refused_is_refused():
    with pytest.raises(dates.BadDate):
        date_words.read(handbook.REFUSED_DATE)


@pytest.mark.parametrize("language", ["ko", "ja"])
def test_times_and_lengths_are_words_that_are_known(language):
    clocks = [date_words.clock_in_words(each, language) for each in handbook.CLOCKS]
    lengths = [date_words.minutes_in_words(each, language) for each in handbook.LENGTHS]

    assert [each for each in [*clocks, *lengths] if re.search("[a-z]", each)] == []
    assert handbook.CLOCKS[-len(date_words.TIMES_OF_DAY) :] == tuple(date_words.TIMES_OF_DAY)


def test_citations_are_read_as_the_page_says():
    facts = [field.name for field in Summit._meta.get_fields()]
    keys = ["s02", "s05", "s11", "s14", "s16"]
    read = [citations.parsed(typed, facts, keys) for typed, _means in handbook.CITED]

    assert read == [
        ({"all": ["s02", "s11"]}, []),
        ({"all": ["s14 art. 118"]}, []),
        ({"starts": ["s02", "s16 p. 4"], "all": ["s05"]}, []),
    ]


def test_every_role_step_and_right_has_a_name():
    assert list(rights.ROLE_NAMES) == list(ROLES)
    assert list(rights.KIND_NAMES) == list(RIGHTS)
    assert set(rights.ACTIONS) == {action for actions in RIGHTS.values() for action in actions}
    assert {each.step for each in TRANSITIONS} == set(handbook.STEP_NAMES)


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_rights_on_the_page_are_those_of_the_table(language):
    page = body(language)
    with translation.override(language):
        for role in ROLES:
            entry = re.search(rf'id="role-{role}".*?</dd>', page, re.DOTALL)[0]
            listed = re.findall(r"<li>(.*?)</li>", entry)
            assert listed == [f"{kind}{colon()}{can}" for kind, can in rights.rights_in_words(role)]


# how one comes to it ------------------------------------------------------------------------------


@pytest.mark.django_db
def test_forms_lead_to_their_sections():
    assert {name for led in handbook.LED_TO.values() for name in led} < set(handbook.SECTIONS)
    summit = drafted()
    kim = Client()
    kim.force_login(somebody("contributor"))
    pages = {
        "summit": reverse("admin:records_summit_change", args=[summit.pk]),
        "commitment": reverse(
            "admin:records_commitment_change", args=[summit.commitments.get().pk]
        ),
        "progress": reverse("admin:records_summit_progress", args=[summit.pk]),
        "next": reverse("admin:records_summit_next", args=[summit.pk]),
        "translate": reverse("admin:records_summit_translate", args=[summit.pk]),
    }
    for name, where in pages.items():
        links = Page(kim.get(where).content.decode()).links
        led = [link for link in links if link.startswith("/admin/handbook/#")]
        assert led == [f"/admin/handbook/#{section}" for section in handbook.LED_TO[name]]
