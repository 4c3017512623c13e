"""The page of conflicts: what both changed is asked, the answer stands, nothing typed is lost."""

import re

import pytest

from records import publishing
from records.models import Party
from tests import factories
from tests.admin_pages import (
    address,
    answer,
    errors,
    fields_of,
    opened,
    questions,
    said,
    save,
    theirs,
)
from tests.factories import EditorFactory, drafted, published

pytestmark = pytest.mark.django_db


def collided(editor, other):
    session = drafted(sessions=[factories.session(venue={"en": "Hall"})]).sessions.get()
    form = opened(editor, session)
    theirs(other, session, venue_en="Palace", minutes="75")
    return session, save(editor, session, {**form, "venue_en": "Hotel", "summary_en": "Typed"})


def test_fact_that_both_changed_is_asked_with_all_three_and_nothing_is_saved(editor, other):
    session, page = collided(editor, other)

    assert questions(page) == [("Venue (English)", "Hall", "Palace", "Hotel")]
    html = page.content.decode()
    assert "Not saved yet: Lee Sora changed the same while the form was open." in html
    assert page.context["conflicts"].meeting.changes == ["Minutes: 75"]
    assert (fields_of(page)["venue_en"], fields_of(page)["summary_en"]) == ("Hotel", "Typed")
    session.refresh_from_db()
    assert (session.venue_en, session.minutes, session.summary_en) == ("Palace", "75", "")


@pytest.mark.parametrize(
    ("side", "anew", "stands"),
    [
        ("theirs", {}, "Palace"),
        ("mine", {}, "Hotel"),
        ("mine", {"venue_en": "Palace Hotel"}, "Palace Hotel"),
        ("theirs", {"venue_en": "Palace Hotel"}, "Palace"),
    ],
)
def test_answer_stands_and_all_the_rest_is_kept(editor, other, side, anew, stands):
    session, page = collided(editor, other)

    response = answer(editor, session, page, side, **anew)

    session.refresh_from_db()
    assert response.redirect_chain == [(f"{address(session.summit)}#sessions", 302)]
    assert (session.venue_en, session.minutes, session.summary_en) == (stands, "75", "Typed")
    assert said(response)[0].endswith('<ul class="meanwhile"><li>Minutes: 75</li></ul>')


def test_page_without_an_answer_asks_again_with_all_that_was_typed(editor, other):
    session, page = collided(editor, other)

    again = save(editor, session, {**fields_of(page), "venue_en": "Anew"})

    assert questions(again) == [("Venue (English)", "Hall", "Palace", "Anew")]
    assert "choose an answer to each question" in again.content.decode()
    assert (fields_of(again)["venue_en"], fields_of(again)["summary_en"]) == ("Anew", "Typed")
    session.refresh_from_db()
    assert session.venue_en == "Palace"


def test_answers_given_stay_given_while_others_lack(editor, other):
    session = drafted().sessions.get()
    form = opened(editor, session)
    theirs(other, session, venue_en="Palace", minutes="75")
    page = save(editor, session, {**form, "venue_en": "Hotel", "minutes": "60"})
    first, second = (each.name for each in page.context["conflicts"].questions)

    again = save(editor, session, {**fields_of(page), first: "theirs"})

    assert fields_of(again)[first] == "theirs"
    save(editor, session, {**fields_of(again), second: "mine"})
    session.refresh_from_db()
    assert sorted([session.venue_en, session.minutes]) in (["60", "Palace"], ["75", "Hotel"])


def test_fact_changed_once_more_is_asked_once_more(editor, other):
    session, page = collided(editor, other)
    theirs(other, session, venue_en="Temple", time="10:00")

    again = answer(editor, session, page, "mine")

    assert questions(again) == [("Venue (English)", "Hall", "Temple", "Hotel")]
    answer(editor, session, again, "theirs")
    session.refresh_from_db()
    assert (session.venue_en, session.time, session.summary_en) == ("Temple", "10:00", "Typed")


def test_fault_after_the_page_of_conflicts_loses_nothing(editor, other):
    session, page = collided(editor, other)

    wrong = answer(editor, session, page, "mine", date="soon")

    shown = fields_of(wrong)
    assert len(errors(wrong)) == 1
    assert (shown["venue_en"], shown["summary_en"], shown["minutes"]) == ("Hotel", "Typed", "75")
    save(editor, session, {**shown, "date": "2026-01-13"})
    session.refresh_from_db()
    assert (session.venue_en, session.summary_en, session.minutes) == ("Hotel", "Typed", "75")


def test_fault_in_a_fact_that_is_asked_is_kept_as_typed(editor, other):
    session = drafted().sessions.get()
    form = opened(editor, session)
    theirs(other, session, date="2026-01-14")

    page = save(editor, session, {**form, "date": "<b>soon"})

    assert [asked[3] for asked in questions(page)] == ["<b>soon"]
    assert "<b>soon" not in page.content.decode()
    assert errors(answer(editor, session, page, "mine")) != []


def test_names_and_lists_that_both_changed_are_asked_in_words(editor, other):
    row = drafted().commitments.get()
    form = opened(editor, row)
    slugs = {party.slug: str(party.pk) for party in Party.objects.all()}
    theirs(other, row, parties=[slugs["jpn"]], kind="renewed", cites="s01 p. 2")

    page = save(
        editor, row, {**form, "parties": [slugs["kor"]], "kind": "position", "cites": "s01 p. 3"}
    )

    assert {label: (saved, mine) for label, _was, saved, mine in questions(page)} == {
        "Parties": ("Japan (jpn)", "Republic of Korea (kor)"),
        "Kind": ("Renewed", "Position"),
        "Sources": ("s01 p. 2", "s01 p. 3"),
    }
    answer(editor, row, page, "mine")
    assert [party.slug for party in row.parties.all()] == ["kor"]


def test_conflict_with_a_loaded_file_is_asked(editor):
    summit = drafted()
    form = opened(editor, summit)
    publishing.load(factories.document(title=factories.text("From a file")), mode="replace")

    page = save(editor, summit, {**form, "title_en": "Mine"})

    [(label, _before, saved, mine)] = questions(page)
    assert (label, saved, mine) == ("Title (English)", "From a file", "Mine")
    assert "somebody else, or a file, changed the same" in page.content.decode()


def test_name_of_the_vocabulary_is_asked_too(editor, other):
    published()
    party = Party.objects.get(slug="jpn")
    form = opened(editor, party)
    theirs(other, party, name_en="Theirs", short_name_en="JP")

    page = save(editor, party, {**form, "name_en": "Mine"})

    assert questions(page) == [("Name (English)", "Japan", "Theirs", "Mine")]
    answer(editor, party, page, "mine")
    party.refresh_from_db()
    assert (party.name_en, party.short_name_en) == ("Mine", "JP")


def test_form_without_its_seal_or_with_another_asks_for_all_that_differs(editor):
    summit = drafted(sessions=[factories.session(), factories.session("dinner")])
    session, dinner = summit.sessions.all()
    form, foreign = opened(editor, session), opened(editor, dinner)["opened_on"]

    for token in ("", "nonsense", form["opened_on"][:-2] + "xx", foreign):
        page = save(editor, session, {**form, "minutes": "99", "opened_on": token})
        assert questions(page) == [("Minutes", "not known", "20", "99")]
        assert "nobody can tell on which state" in page.content.decode()
    session.refresh_from_db()
    assert session.minutes == "20"
    answer(editor, session, page, "mine")
    session.refresh_from_db()
    assert session.minutes == "99"


def test_seal_of_answers_is_checked(editor, other):
    session, page = collided(editor, other)
    asked = {**fields_of(page), "choice-0": "mine"}

    for seen in ("", "nonsense", asked["seen"][:-2] + "xx"):
        assert save(editor, session, {**asked, "seen": seen}).status_code == 409
    session.refresh_from_db()
    assert session.venue_en == "Palace"


def test_conflicts_are_for_those_who_may_change_the_row(editor, other):
    session = drafted().sessions.get()
    form = opened(editor, session)
    theirs(other, session, venue_en="Palace")
    other.force_login(EditorFactory(is_superuser=False))

    response = save(other, session, {**form, "venue_en": "Hotel"})

    assert response.status_code == 403


def test_page_of_conflicts_brings_no_script_or_style_and_texts_as_text(editor, other):
    attack = "\"'><img src=x onerror=alert(1)>"
    session = drafted().sessions.get()
    form = opened(editor, session)
    theirs(other, session, venue_en=attack)

    page = save(editor, session, {**form, "venue_en": attack + "2", "summary_en": attack})

    html = page.content.decode()
    assert "<img src=x" not in html
    assert not re.search(
        r"<script(?![^>]*\bsrc=)|<style|<[a-z][^<>]*\s(style|on[a-z]+)=[\"']", html
    )
    assert fields_of(page)["summary_en"] == attack
