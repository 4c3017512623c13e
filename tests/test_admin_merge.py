"""Two editors on one form: what only one changed is kept, what both changed is asked."""

import pytest

from records import publishing
from records.models import Party
from tests import factories
from tests.admin_pages import (
    answer,
    document_of,
    errors,
    fields_of,
    opened,
    questions,
    said,
    save,
    theirs,
)
from tests.factories import commitment, drafted, progress, published, somebody

pytestmark = pytest.mark.django_db


# what only one changed ----------------------------------------------------------------------------


def test_facts_that_each_changed_alone_are_both_kept_and_told(editor, other):
    session = drafted().sessions.get()
    form = opened(editor, session)
    theirs(other, session, minutes="75")

    response = save(editor, session, {**form, "venue_en": "Typed by me"})

    session.refresh_from_db()
    assert (session.minutes, session.venue_en) == ("75", "Typed by me")
    assert said(response)[0] == (
        "Changed by Lee Sora while this form was open, and kept beside what you typed:"
        '<ul class="meanwhile"><li>Minutes: 75</li></ul>'
    )


def test_change_of_another_form_is_no_matter(editor, other):
    summit = drafted()
    session, source = summit.sessions.get(), summit.sources.get()
    form = opened(editor, session)
    theirs(other, source, publisher="Another ministry")

    response = save(editor, session, {**form, "minutes": "75"})

    document = document_of(summit)
    assert document["sessions"][0]["minutes"] == "75"
    assert document["sources"][0]["publisher"] == "Another ministry"
    assert [message for message in said(response) if "while this form" in message] == []


def test_same_change_by_both_is_no_conflict(editor, other):
    session = drafted().sessions.get()
    form = opened(editor, session)
    theirs(other, session, date="2026-01-14", summary_en="One\r\nTwo")

    save(editor, session, {**form, "date": "14 January 2026", "summary_en": "One\nTwo"})

    session.refresh_from_db()
    assert (session.date, session.summary_en) == ("2026-01-14", "One\nTwo")


def test_facts_of_every_kind_changed_by_others_are_kept(editor, other):
    summit = drafted()
    row = summit.commitments.get()
    form = opened(editor, row)
    party = Party.objects.get(slug="chn")
    changed = {"topics": [], "words_differ": "on", "cites": "title: s01 p. 4", "due": "2027",
               "parties": [party.pk], "continues": "2025-tokyo-1", "session": "talks"}  # fmt: skip
    theirs(other, row, **changed)
    after = document_of(summit)["commitments"][0]

    save(editor, row, {**form, "title_en": "Mine"})

    now = document_of(summit)["commitments"][0]
    assert now == {**after, "title": {**after["title"], "en": "Mine"}}
    assert after["parties"] == ["chn"]
    assert after["words_differ"] is True


def test_box_ticked_by_others_is_not_cleared_and_one_ticked_by_me_stays(editor, other):
    row = drafted(commitments=[commitment(words_differ=True)]).commitments.get()
    form = opened(editor, row)
    save(other, row, {k: v for k, v in opened(other, row).items() if k != "words_differ"})

    save(editor, row, {**form, "title_en": "Mine", "wordings-0-exact_is_translation": "on"})

    row.refresh_from_db()
    assert not row.words_differ
    assert row.wordings.first().exact_is_translation


def test_form_over_a_loaded_file_keeps_both(editor):
    summit = drafted()
    form = opened(editor, summit)
    changed = factories.document(title=factories.text("Loaded from a file"))
    publishing.load(changed, mode="replace")

    response = save(editor, summit, {**form, "venue_en": "Mine"})

    summit.refresh_from_db()
    assert (summit.title_en, summit.venue_en) == ("Loaded from a file", "Mine")
    assert said(response)[0].startswith("Changed while this form was open, and kept beside")


def test_merged_form_is_saved_but_not_published_and_keeps_its_note(editor, other):
    summit = drafted()
    session = summit.sessions.get()
    form = opened(editor, session)
    theirs(other, session, minutes="75")

    response = save(
        editor, session, {**form, "venue_en": "Mine", "edition_note_en": "My note"}, "_publish"
    )

    session.refresh_from_db()
    assert (session.minutes, session.venue_en) == ("75", "Mine")
    assert summit.editions.count() == 0
    assert fields_of(response)["edition_note_en"] == "My note"
    assert "Saved, but not published: look at what others changed, then publish." in said(response)


def test_fault_in_a_merged_form_loses_nothing_of_both(editor, other):
    session = drafted().sessions.get()
    form = opened(editor, session)
    theirs(other, session, minutes="75")

    wrong = save(editor, session, {**form, "venue_en": "Typed by me", "date": "soon"})

    shown = fields_of(wrong)
    assert len(errors(wrong)) == 1
    assert (shown["minutes"], shown["venue_en"], shown["date"]) == ("75", "Typed by me", "soon")
    theirs(other, session, time="10:00")
    save(editor, session, {**shown, "date": "2026-01-13"})
    session.refresh_from_db()
    assert (session.minutes, session.venue_en, session.time) == ("75", "Typed by me", "10:00")


def test_translator_and_editor_on_one_form_keep_both(editor, other):
    other.force_login(somebody("translator-ja", username="sato"))
    row = drafted().commitments.get()
    form, japanese = opened(editor, row), opened(other, row)
    save(editor, row, {**form, "title_en": "Mine", "wordings-0-gist_en": "Mine"})

    save(other, row, {**japanese, "title_ja": "約束", "wordings-0-gist_ja": "合意"})

    row.refresh_from_db()
    assert (row.title_en, row.title_ja) == ("Mine", "約束")
    wording = row.wordings.first()
    assert (wording.gist_en, wording.gist_ja) == ("Mine", "合意")


# rows below ---------------------------------------------------------------------------------------


def test_rows_that_each_changed_alone_are_both_kept(editor, other):
    row = drafted().commitments.get()
    form = opened(editor, row)
    theirs(other, row, **{"wordings-0-gist_en": "Theirs"})

    response = save(editor, row, {**form, "wordings-1-gist_en": "Mine"})

    assert [wording.gist_en for wording in row.wordings.all()] == ["Theirs", "Mine"]
    assert "<li>Wording “Republic of Korea (kor)”: Gist (English): Theirs</li>" in said(response)[0]


def added(number=0, **typed):
    facts = {"key": "2026-02-07-step", "date": "2026-02-07", "kind": "step", "text_en": "A",
             "cites": "s01", **typed}  # fmt: skip
    return {"progress-TOTAL_FORMS": str(number + 1)} | {
        f"progress-{number}-{name}": value for name, value in facts.items()
    }


def test_rows_that_each_added_are_both_there(editor, other):
    row = drafted().commitments.get()
    form = opened(editor, row)
    theirs(other, row, **added())

    save(editor, row, {**form, **added(key="2026-03-01-step", date="2026-03-01", text_en="B")})

    assert [(each.key, each.text_en) for each in row.progress.all()] == [
        ("2026-02-07-step", "A"),
        ("2026-03-01-step", "B"),
    ]


def test_row_that_both_added_is_one_and_asks_where_they_differ(editor, other):
    row = drafted().commitments.get()
    form = opened(editor, row)
    theirs(other, row, **added(text_ko="그들"))

    page = save(editor, row, {**form, **added(text_en="B", text_ja="私")})

    assert questions(page) == [
        ("Progress entry “2026-02-07-step”: Text (English)", "(empty)", "A", "B")
    ]
    answer(editor, row, page, "mine")
    [entry] = row.progress.all()
    assert (entry.text_en, entry.text_ko, entry.text_ja) == ("B", "그들", "私")


def test_row_deleted_meanwhile_that_nobody_changed_stays_deleted(editor, other):
    row = drafted().commitments.get()
    form = opened(editor, row)
    theirs(other, row, **{"wordings-0-DELETE": "on"})

    response = save(editor, row, {**form, "title_en": "Mine"})

    row.refresh_from_db()
    assert row.title_en == "Mine"
    assert [wording.party.slug for wording in row.wordings.all()] == ["jpn"]
    assert "<li>Wording “Republic of Korea (kor)”: deleted</li>" in said(response)[0]


@pytest.mark.parametrize(("side", "left"), [("mine", ["jpn", "kor"]), ("theirs", ["jpn"])])
def test_row_that_they_deleted_and_i_changed_is_asked(editor, other, side, left):
    row = drafted().commitments.get()
    form = opened(editor, row)
    theirs(other, row, **{"wordings-0-DELETE": "on"})

    page = save(editor, row, {**form, "wordings-0-gist_en": "One", "wordings-1-gist_en": "Two"})

    asked = ("Wording “Republic of Korea (kor)”", "deleted", "Gist (English): One")
    assert [(label, saved, mine) for label, _was, saved, mine in questions(page)] == [asked]
    assert [wording.party.slug for wording in row.wordings.all()] == ["jpn"]
    answer(editor, row, page, side)
    found = {wording.party.slug: wording.gist_en for wording in row.wordings.all()}
    assert found == {"jpn": "Two", "kor": "One"} if side == "mine" else {"jpn": "Two"}
    assert list(found) == left


@pytest.mark.parametrize(("side", "left"), [("mine", ["jpn"]), ("theirs", ["kor", "jpn"])])
def test_row_that_i_deleted_and_they_changed_is_asked(editor, other, side, left):
    row = drafted().commitments.get()
    form = opened(editor, row)
    theirs(other, row, **{"wordings-0-gist_en": "Theirs"})

    page = save(editor, row, {**form, "wordings-0-DELETE": "on", "title_en": "Mine"})

    asked = ("Wording “Republic of Korea (kor)”", "Gist (English): Theirs", "deleted")
    assert [(label, saved, mine) for label, _was, saved, mine in questions(page)] == [asked]
    answer(editor, row, page, side)
    row.refresh_from_db()
    assert row.title_en == "Mine"
    assert [wording.party.slug for wording in row.wordings.all()] == left


def test_rows_that_only_their_place_names_are_merged_too(editor, other):
    values = [{"says": "1", "cites": ["s01"]}, {"says": "2", "cites": ["s01"]}]
    difference = {"key": "long", "kind": "counting", "question": factories.text("How long?"),
                  "values": values}  # fmt: skip
    row = drafted(differences=[difference]).differences.get()
    form = opened(editor, row)
    theirs(other, row, **{"values-0-says_plainly": "One", "values-1-place": "1"})

    save(editor, row, {**form, "values-1-says_plainly": "Two"})

    assert [value.says_plainly for value in row.values.all()] == ["Two", "One"]


def test_published_progress_deleted_in_a_merged_form_is_still_refused(editor, other):
    summit = published(commitments=[commitment(progress=[progress("step-1")])])
    row = summit.commitments.get()
    form = opened(editor, row)
    theirs(other, row, title_en="Theirs")

    response = save(editor, row, {**form, "progress-0-DELETE": "on", "title_ko": "나"})

    assert "is published and cannot be deleted" in errors(response)[0]
    assert (fields_of(response)["title_en"], fields_of(response)["title_ko"]) == ("Theirs", "나")
    assert row.progress.count() == 1
