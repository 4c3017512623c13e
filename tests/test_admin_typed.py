"""What was typed and not saved: kept for its editor, offered, restored, merged, gone once saved."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from records.models import OpenForm, Session
from records.review import open_forms
from tests import factories
from tests.admin_pages import (
    add_address,
    address,
    answer,
    fields_of,
    opened,
    questions,
    said,
    save,
    theirs,
)
from tests.factories import TopicFactory, drafted, somebody, wording

pytestmark = pytest.mark.django_db
OURS = ("token", "what", "back")  # of the notice, which is a form of its own


def pairs(form):
    return [
        [name, each]
        for name, value in form.items()
        for each in ([value] if isinstance(value, str) else value)
        if name not in OURS
    ]


def keep(client, where, what="typed", **typed):
    """What the script tells of a form opened now, with something typed into it."""
    page = client.get(where if isinstance(where, str) else address(where))
    form = {**fields_of(page), **typed}
    told = {"token": page.context["open_form"], "what": what, "typed": json.dumps(pairs(form))}
    return client.post(reverse("admin:open-form"), told)


def notice(client, row):
    return client.get(address(row)).context.get("typed_at")


def restored(client, where):
    where = where if isinstance(where, str) else address(where)
    return client.get(where + ("&" if "?" in where else "?") + "restore=1")


def hall():
    return drafted(sessions=[factories.session(venue={"en": "Hall"})]).sessions.get()


def topic():
    """A name that no reader knows: the lightest form there is."""
    return TopicFactory(name_en="Hall")


def test_what_is_typed_is_kept_and_offered_and_changes_nothing(editor, other):
    name = topic()

    said_kept = keep(editor, name, name_en="Palace").json()["kept"]

    assert said_kept == f"{timezone.localtime():%H:%M}"
    assert notice(editor, name).endswith(said_kept)
    assert notice(other, name) is None
    name.refresh_from_db()
    assert name.name_en == "Hall"
    assert fields_of(editor.get(address(name)))["name_en"] == "Hall"


def test_restored_form_shows_what_was_typed_without_complaint_and_saves_it(editor):
    session = hall()
    keep(editor, session, venue_en="Palace", date="the day aft", edition_note_en="Venue corrected.")

    page = restored(editor, session)
    form = fields_of(page)

    shown = (form["venue_en"], form["date"], form["edition_note_en"])
    assert shown == ("Palace", "the day aft", "Venue corrected.")
    assert page.context["faults"] == []
    assert page.context["form_url"] == address(session)
    save(editor, session, {**form, "date": "2026-01-14"})
    session.refresh_from_db()
    assert (session.venue_en, session.date) == ("Palace", "2026-01-14")
    assert OpenForm.objects.exclude(typed="").count() == 0
    assert notice(editor, session) is None


def test_rows_below_are_restored_as_they_were_typed(editor):
    summit = drafted()
    row = summit.commitments.get()
    form = opened(editor, row)
    count = int(form["wordings-TOTAL_FORMS"])
    new = f"wordings-{count}"
    typed = {
        "wordings-0-gist_en": "Typed",
        f"{new}-verb": "agreed",
        f"{new}-gist_en": "New",
        "wordings-TOTAL_FORMS": str(count + 1),
        "progress-TOTAL_FORMS": form["progress-TOTAL_FORMS"],
    }
    keep(editor, row, **typed)

    again = fields_of(restored(editor, row))

    assert {name: again[name] for name in typed} == typed


def test_new_row_is_restored_for_its_summit_only(editor):
    summit = drafted()
    elsewhere = drafted(slug="2026-03-01-x", code="2026-x", commitments=None)
    where = add_address(Session, summit)
    keep(editor, where, key="dinner", title_en="Dinner")

    offered = editor.get(where).context.get("typed_at")
    form = fields_of(restored(editor, where))

    assert offered
    assert "typed_at" not in editor.get(add_address(Session, elsewhere)).context
    assert (form["key"], form["title_en"], form["summit"]) == ("dinner", "Dinner", str(summit.pk))
    save(editor, where, {**form, "kind": "talks", "cites": "s01"})
    assert summit.sessions.filter(key="dinner").exists()
    assert "typed_at" not in editor.get(where).context


def test_what_others_saved_meanwhile_stands_beside_what_is_restored(editor, other):
    name = topic()
    keep(editor, name, name_en="Palace")
    theirs(other, name, name_ko="궁")

    page = restored(editor, name)

    form = fields_of(page)
    assert (form["name_en"], form["name_ko"]) == ("Palace", "궁")
    assert said(page)[0].endswith('<ul class="meanwhile"><li>Name (Korean): 궁</li></ul>')
    save(editor, name, form)
    name.refresh_from_db()
    assert (name.name_en, name.name_ko) == ("Palace", "궁")


def test_what_both_changed_is_asked_when_it_is_restored(editor, other):
    name = topic()
    keep(editor, name, name_en="Palace", name_ko="궁")
    theirs(other, name, name_en="Hotel")

    page = restored(editor, name)

    assert questions(page) == [("Name (English)", "Hall", "Hotel", "Palace")]
    answer(editor, name, page, "mine")
    name.refresh_from_db()
    assert (name.name_en, name.name_ko) == ("Palace", "궁")


def test_row_below_that_others_deleted_is_asked_when_it_is_restored(editor, other):
    promise = factories.commitment(wordings=[wording("kor"), wording("jpn")])
    row = drafted(commitments=[promise]).commitments.get()
    keep(editor, row, **{"wordings-0-gist_en": "Typed", "wordings-1-gist_en": "Typed too"})
    theirs(other, row, **{"wordings-0-DELETE": "on"})

    page = restored(editor, row)

    assert [label for label, *_sides in questions(page)] == ["Wording “Republic of Korea (kor)”"]
    answer(editor, row, page, "theirs")
    assert list(row.wordings.values_list("party__slug", "gist_en")) == [("jpn", "Typed too")]


def test_nothing_is_offered_once_the_same_was_saved_by_whatever_way(editor, other):
    name = topic()
    keep(editor, name, name_en="Palace")
    theirs(other, name, name_en="Palace")

    assert notice(editor, name) is None
    assert OpenForm.objects.exclude(typed="").count() == 0


def test_what_is_discarded_is_gone(editor):
    name = topic()
    keep(editor, name, name_en="Palace")

    page = editor.get(address(name))
    sent = {"token": page.context["open_form"], "what": "forget", "back": page.context["here"]}
    again = editor.post(reverse("admin:open-form"), sent, follow=True)

    assert again.redirect_chain == [(address(name), 302)]
    assert "typed_at" not in again.context
    assert fields_of(restored(editor, name))["name_en"] == "Hall"


def test_page_left_at_once_is_kept_too(editor):
    name = topic()

    assert keep(editor, name, "left", name_en="Palace").status_code == 204

    assert notice(editor, name)


def test_save_that_was_refused_is_kept_and_the_next_one_forgets_it(editor):
    session = hall()
    page = save(editor, session, {**opened(editor, session), "venue_en": "P", "date": "x"})
    assert notice(editor, session)

    assert fields_of(restored(editor, session))["date"] == "x"
    save(editor, session, {**fields_of(page), "date": "2026-01-13"})

    assert notice(editor, session) is None


def test_what_nobody_types_or_nobody_may_read_is_not_kept(editor):
    name = topic()
    keep(editor, name, name_en="Palace", csrfmiddlewaretoken="t", old_password="p", _save="1")

    kept = dict(json.loads(OpenForm.objects.get().typed))

    assert kept["name_en"] == "Palace"
    assert {"csrfmiddlewaretoken", "old_password", "_save"} & set(kept) == set()


CANNOT_BE_KEPT = (
    "", "[", "{}", "1", "[1]", '[["a"]]', '[["a", 1]]', '[["a", "\\u0000"]]', '[["a", "\\ud800"]]',
    "[" * 9999, json.dumps([["a", "x" * open_forms.LARGEST]]),
)  # fmt: skip


def test_what_cannot_be_kept_is_said_and_leaves_what_was_kept(editor):
    name = topic()
    keep(editor, name, name_en="Palace")
    before = OpenForm.objects.get().typed
    told = {"token": editor.get(address(name)).context["open_form"], "what": "typed"}

    answers = [
        editor.post(reverse("admin:open-form"), {**told, "typed": typed})
        for typed in CANNOT_BE_KEPT
    ]

    assert {(each.status_code, each.json()["kept"]) for each in answers} == {(200, None)}
    assert OpenForm.objects.get().typed == before


def test_translator_who_lost_a_language_restores_what_is_still_his(editor):
    session = hall()
    translator = somebody("translator-ko")
    client = Client()
    client.force_login(translator)
    keep(client, session, venue_ko="궁전")
    row = OpenForm.objects.get(editor=translator)
    smuggled = [*json.loads(row.typed), ["venue_en", "Mine"]]
    OpenForm.objects.filter(pk=row.pk).update(typed=json.dumps(smuggled))

    form = fields_of(restored(client, session))

    assert form["venue_ko"] == "궁전"
    assert "venue_en" not in form


def test_form_of_a_row_that_is_gone_keeps_nothing(editor):
    name = topic()
    form = opened(editor, name)
    where = address(name)
    name.delete()

    assert save(editor, where, {**form, "name_en": "Palace"}).status_code == 409
    assert save(editor, where.replace("/topic/", f"/topic/{'0' * 300}"), form).status_code == 409
    assert OpenForm.objects.exclude(typed="").count() == 0


def test_forms_of_accounts_keep_nothing(editor):
    where = reverse("admin:records_editor_add")

    assert "open_form" not in editor.get(where).context
    editor.post(where, {"username": "x", "password1": "secret words", "password2": "other"})

    assert OpenForm.objects.count() == 0


def test_what_is_old_is_swept_with_the_due_publications(editor, other):
    old, new = topic(), topic()
    keep(editor, old, name_en="Palace")
    keep(editor, new, name_en="Palace")
    other.get(address(old))  # open, nothing typed
    long_ago = timezone.now() - open_forms.KEPT - timedelta(hours=1)
    OpenForm.objects.filter(form=address(old)).update(
        opened_at=long_ago, seen_at=None, typed_at=long_ago
    )
    OpenForm.objects.filter(form=address(old), typed="").update(typed_at=None)

    call_command("publish_due")

    assert [row.form for row in OpenForm.objects.all()] == [address(new)]


def test_busy_database_is_told_and_is_no_error():
    def write():
        raise OperationalError("database is locked")

    assert open_forms.unless_busy(write) is False
