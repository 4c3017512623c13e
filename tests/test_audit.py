"""Who did what is told once, with the deed and for good."""

import csv
import io
import re
from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from records import audit, publishing
from records.admin.same import merge
from records.models import Editor, Event, Participant
from records.models.desk import Unchangeable
from records.models.review import Step
from records.review import withdraw
from records.review.restoring import restore
from tests.admin_pages import add_address, address, opened, save, texts
from tests.factories import EditorFactory, ParticipantFactory, drafted, published, somebody
from tests.steps import NOTE, administrator, changed, desk_of, take

pytestmark = pytest.mark.django_db
EVENTS = "/admin/records/event/"
PASSWORD = "correct horse battery staple"
NARA = "2026-01-13-nara"


def told(act):
    """What `act` was told of: `(action, who, kind, key, summit, facts)`, oldest first."""
    last = Event.objects.order_by("pk").values_list("pk", flat=True).last() or 0
    act()
    return [
        (event.action, event.by, event.kind, event.key, event.summit, event.facts)
        for event in Event.objects.filter(pk__gt=last).order_by("pk")
    ]


# forms --------------------------------------------------------------------------------------------


def test_saved_form_tells_the_names_of_what_changed(editor):
    talks = drafted().sessions.get()

    events = told(lambda: save(editor, talks, {**opened(editor, talks), "minutes": "75"}))

    assert events == [("changed", "Kim", "session", "talks", NARA, {"fields": ["minutes"]})]
    event = Event.objects.first()
    assert event.account == Editor.objects.get().username
    assert re.fullmatch(r"\S{8,32}", event.request)


def test_lists_below_a_form_are_told_by_their_keys(editor):
    promise = drafted().commitments.get()
    form = opened(editor, promise)
    assert form["wordings-TOTAL_FORMS"] == "2"

    events = told(
        lambda: save(
            editor,
            promise,
            {**form, "wordings-0-gist_en": "Other words", "wordings-1-DELETE": "on"},
        )
    )

    assert [facts["fields"] for *_rest, facts in events] == [
        [f"wording {form_key(0)}: gist_en", f"-wording {form_key(1)}"]
    ]


def form_key(index):
    """The wordings of the factory's commitment, in the order of its form."""
    return ("kor", "jpn")[index]


def test_form_saved_without_a_change_tells_nothing(editor):
    talks = drafted().sessions.get()
    assert told(lambda: save(editor, talks, opened(editor, talks))) == []


def test_added_and_deleted_rows_are_told(editor):
    where = add_address(Participant)
    typed = {**opened(editor, where), "slug": "kim", **texts("name", "Kim")}

    added = told(lambda: save(editor, where, typed))
    row = Participant.objects.get(slug="kim")
    where = address(row, "delete")
    deleted = told(lambda: editor.post(where, opened(editor, where)))

    assert [event[:5] for event in added] == [("added", "Kim", "participant", "kim", "")]
    assert deleted == [("deleted", "Kim", "participant", "kim", "", {})]


def test_refused_form_tells_nothing(editor):
    talks = drafted().sessions.get()
    form = {**opened(editor, talks), "date": "the day before"}

    assert told(lambda: save(editor, talks, form)) == []


def test_event_goes_with_a_deed_that_was_undone():
    told_inside = []

    def undone():
        with transaction.atomic():
            told_inside.extend(told(published))
            transaction.set_rollback(True)

    assert told(undone) == []
    assert [event[0] for event in told_inside] == ["names loaded", "loaded", "published"]


# other doors --------------------------------------------------------------------------------------


def test_record_loaded_published_and_withdrawn_is_told():
    summit = published()
    kim = administrator()

    loaded = told(lambda: changed(summit, checked_on="2026-02-14"))
    edition = told(lambda: publishing.publish(summit, note=NOTE, by="Kim"))
    gone = told(lambda: withdraw(summit, kim, note=NOTE))

    by = audit.operator()
    facts = {"fields": ["checked_on"], "changes": 1}
    assert loaded == [("loaded", by, "summit", NARA, NARA, facts)]
    sha256 = summit.editions.get(number=2).sha256
    facts = {"fields": ["checked_on"], "edition": 2, "sha256": sha256}
    assert edition == [("published", "Kim", "summit", NARA, NARA, facts)]
    assert [event[:2] for event in gone] == [("withdrawn", kim.name)]


def test_step_of_review_and_restoring_are_told():
    summit = published()
    changed(summit, checked_on="2026-02-14")
    kim = administrator()

    steps = told(lambda: take(summit, Step.SUBMITTED, kim))
    seen = desk_of(summit).sha256
    restored = told(lambda: restore(summit.editions.get(), kim, seen=seen))

    assert steps == [("submitted", kim.name, "summit", NARA, NARA, {})]
    assert restored[-1] == ("restored", kim.name, "summit", NARA, NARA, {"edition": 1})


def test_renaming_is_told(editor):
    talks = drafted().sessions.get()

    events = told(lambda: editor.post(address(talks, "rename"), {"new": "expanded"}))

    assert events == [("renamed", "Kim", "session", "expanded", NARA, {"was": "talks"})]


def test_names_made_one_are_told():
    gone, kept = ParticipantFactory(slug="abe"), ParticipantFactory(slug="abe-shinzo")
    kim = administrator()

    events = told(lambda: merge(gone, kept, kim))

    facts = {"into": "abe-shinzo"}
    assert events == [("names merged", kim.name, "participant", "abe", "", facts)]


def test_load_of_many_facts_names_the_first_and_counts_all():
    fields = audit.fields(f"sources.s{number}" for number in range(100))
    assert (len(fields["fields"]), fields["count"]) == (audit.NAMED, 100)


# accounts -----------------------------------------------------------------------------------------


def test_signing_in_and_out_is_told_and_who_was_refused():
    somebody(username="kim")
    client = Client()

    def sign_in(username, password):
        client.post("/admin/login/", {"username": username, "password": password})

    events = told(
        lambda: (
            sign_in("kim", "wrong"),
            sign_in("my secret password", "kim"),
            sign_in("kim", PASSWORD),
            client.post("/admin/logout/"),
        )
    )

    assert [event[:2] for event in events] == [
        ("sign-in refused", "kim"),
        ("sign-in refused", "nobody of this name"),
        ("signed in", "kim"),
        ("signed out", "kim"),
    ]
    assert "secret" not in str(list(Event.objects.values()))


def test_changed_password_is_told_and_never_kept(editor):
    new = "another phrase of some length"
    typed = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}

    events = told(lambda: editor.post("/admin/password_change/", typed))

    account = Editor.objects.get().username
    assert events == [("password changed", "Kim", "editor", account, "", {})]


def test_changed_rights_of_an_account_are_told_with_values(editor):
    lee = somebody("contributor", username="lee")

    form = {**opened(editor, lee), "is_superuser": "on"}
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        events = told(lambda: save(editor, lee, form))

    facts = {"fields": ["is_superuser"], "is_superuser": True}
    assert events == [("changed", "Kim", "editor", "lee", "", facts)]


def test_events_outlive_the_account():
    kim = EditorFactory(username="kim", first_name="Kim")
    audit.note("password changed", by="Kim", about=kim)
    kim.delete()
    assert str(Event.objects.get())[17:] == "Kim: password changed kim"


# for good -----------------------------------------------------------------------------------------


def test_event_is_neither_changed_nor_deleted_by_its_model():
    audit.note("loaded", summit="a")
    event = Event.objects.get()

    for act in (event.save, event.delete, Event.objects.all().delete,
                lambda: Event.objects.update(by="x"),
                lambda: Event.objects.bulk_update([event], ["by"])):  # fmt: skip
        with pytest.raises(Unchangeable):
            act()


@pytest.mark.parametrize(
    "sql", ["UPDATE records_event SET summit = 'b'", "DELETE FROM records_event"]
)
def test_event_is_neither_changed_nor_deleted_by_the_database(sql):
    audit.note("loaded", summit="a")

    with pytest.raises(DatabaseError, match="events are"), transaction.atomic():
        connection.cursor().execute(sql)

    assert list(Event.objects.values_list("summit", flat=True)) == ["a"]


# in the admin -------------------------------------------------------------------------------------


def test_administrator_reads_events_and_changes_none(editor):
    audit.note("loaded", summit="a")
    event = Event.objects.get(summit="a")

    assert editor.get(EVENTS).status_code == 200
    page = editor.get(address(event)).content.decode()
    assert 'name="_save"' not in page
    assert "deletelink" not in page
    told = [
        editor.get(f"{EVENTS}add/"),
        editor.post(f"{EVENTS}add/", {"by": "x"}),
        editor.post(address(event), {"by": "x"}),
        editor.get(address(event, "delete")),
        editor.post(address(event, "delete"), {"post": "yes"}),
    ]
    assert [response.status_code for response in told] == [403] * 5
    editor.post(EVENTS, {"action": "delete_selected", "_selected_action": event.pk})
    assert list(Event.objects.filter(summit="a")) == [event]


@pytest.mark.parametrize(
    "asked",
    ["", "?action=loaded", "?account=kim", "?q=2026-01-13-nara", "?q=1999-01-01", "?q=x%20y"],
)
def test_file_holds_what_the_page_lists(editor, asked):
    published()
    audit.note("signed in", as_of=audit.Acting("kim", "kim", "r1"))

    listed = editor.get(EVENTS + asked).context["cl"].result_list
    answer = editor.get(f"{EVENTS}csv/{asked}")

    body = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(body)))
    assert [(row["action"], row["summit"]) for row in rows] == [
        (event.action, event.summit) for event in listed
    ]


def test_filters_find_what_they_name(editor):
    published()
    audit.note("signed in", as_of=audit.Acting("kim", "kim", "r1"))

    def found(asked):
        return {event.action for event in editor.get(EVENTS + asked).context["cl"].result_list}

    assert found("?action=loaded") == {"loaded"}
    assert found("?account=kim") == {"signed in"}
    assert found(f"?q={NARA}") == {"loaded", "published"}
    assert found("?q=1999-01-01") == set()
