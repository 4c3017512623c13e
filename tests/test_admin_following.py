"""One event added to many commitments of a summit: all or nothing, each told in its own history."""

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from records.document.derived import status
from records.models import Contribution, Event, Progress
from tests.admin_pages import address, document_of, fields_of, opened, save, texts
from tests.factories import commitment, drafted, progress, somebody

pytestmark = pytest.mark.django_db
EVENT = {
    "key": "2026-03-01-round",
    "date": "1 March 2026",
    "kind": "step",
    "status": "in-progress",
    "cites": "s01",
    **texts("text", "Talks were held."),
}
FIRST, SECOND, THIRD = (f"commitment-{number}-taken" for number in (1, 2, 3))


def a_summit():
    entry = progress("2026-02-01-step")
    return drafted(commitments=[commitment(1), commitment(2, progress=[entry]), commitment(3)])


def added(summit):
    rows = Progress.objects.filter(commitment__summit=summit, key=EVENT["key"])
    return sorted(rows.values_list("commitment__number", "status", "date"))


def faults(response):
    return [(fault.anchor, fault.message) for fault in response.context["faults"]]


def test_event_is_added_to_the_chosen_with_their_own_status(editor):
    summit = a_summit()
    where = address(summit, "progress")
    form = {**opened(editor, where), **EVENT, FIRST: "on", SECOND: "on"}

    response = save(editor, where, {**form, "commitment-2-status": "fulfilled"}, follow=False)

    assert response["Location"] == f"{address(summit)}#commitments"
    assert added(summit) == [(1, "in-progress", "2026-03-01"), (2, "fulfilled", "2026-03-01")]
    found = document_of(summit)["commitments"]
    assert [len(row.get("progress", [])) for row in found] == [1, 2, 0]
    assert [status(row) for row in found] == ["in-progress", "fulfilled", "announced"]
    assert found[0]["progress"][0]["cites"] == ["s01"]
    events = Event.objects.filter(action="changed").order_by("key")
    assert [(e.kind, e.key, e.facts["fields"]) for e in events] == [
        ("commitment", "1", ["+progress 2026-03-01-round"]),
        ("commitment", "2", ["+progress 2026-03-01-round"]),
    ]
    assert LogEntry.objects.count() == 2
    assert Contribution.objects.filter(summit=summit).count() == 1


def test_nothing_is_written_if_one_of_the_chosen_has_the_key_and_what_was_typed_stays(editor):
    summit = a_summit()
    where = address(summit, "progress")
    event = {**EVENT, "key": "2026-02-01-step"}

    response = save(editor, where, {**opened(editor, where), **event, FIRST: "on", SECOND: "on"})

    assert faults(response) == [
        ("id_commitment-2-taken", "Commitment 2 already has an entry “2026-02-01-step”.")
    ]
    assert Progress.objects.count() == 1
    assert Event.objects.filter(action="changed").count() == 0
    again = response.context["adminform"].form
    assert again["text_ja"].value() == EVENT["text_ja"]
    assert [choice["taken"].value() for choice in response.context["choices"]] == [
        True,
        True,
        False,
    ]


def test_each_fault_is_told_at_its_place(editor):
    summit = a_summit()
    where = address(summit, "progress")
    typed = {**EVENT, "date": "no day", "cites": "s99"}

    response = save(editor, where, {**opened(editor, where), **typed})

    assert [anchor for anchor, _message in faults(response)] == [
        "id_date",
        "id_cites",
        "commitments",
    ]
    assert Progress.objects.count() == 1


def test_commitment_deleted_while_the_page_was_open_is_told(editor):
    summit = a_summit()
    where = address(summit, "progress")
    form = {**opened(editor, where), **EVENT, FIRST: "on", THIRD: "on"}
    summit.commitments.get(number=3).delete()

    response = save(editor, where, form)

    assert [anchor for anchor, _message in faults(response)] == ["commitments"]
    assert added(summit) == []


def test_summits_form_leads_there_for_those_who_may_change_commitments():
    summit = a_summit()
    where = address(summit, "progress")
    shown = {}
    for role in ("contributor", "translator-ko"):
        client = Client()
        client.force_login(somebody(role))
        shown[role] = (
            where in client.get(address(summit)).content.decode(),
            client.get(where).status_code,
            client.post(where, {**EVENT, FIRST: "on"}).status_code,
        )

    assert shown == {"contributor": (True, 200, 302), "translator-ko": (False, 403, 403)}
    assert added(summit) == [(1, "in-progress", "2026-03-01")]


def test_preview_shows_what_each_would_become_and_saves_nothing(editor):
    summit = a_summit()
    where = address(summit, "progress")
    before = document_of(summit)
    form = {**opened(editor, where), **EVENT, FIRST: "on", SECOND: "on"}

    page = save(editor, where, {**form, "commitment-2-status": "fulfilled"}, "_preview")

    assert [
        (each["title"], each["before"], each["after"]) for each in page.context["foreseen"]
    ] == [
        ("1 Commitment 1", "Announced", "In progress"),
        ("2 Commitment 2", "In progress", "Fulfilled"),
    ]
    assert document_of(summit) == before
    assert LogEntry.objects.count() == 0
    save(editor, where, fields_of(page))
    assert added(summit) == [(1, "in-progress", "2026-03-01"), (2, "fulfilled", "2026-03-01")]


def test_preview_says_what_the_checks_say(editor):
    summit = a_summit()
    where = address(summit, "progress")
    early = {**EVENT, "date": "2 January 2020"}

    page = save(editor, where, {**opened(editor, where), **early, FIRST: "on"}, "_preview")

    [found] = page.context["foreseen"]
    assert len(found["warnings"]) == 1
    assert found["warnings"][0].startswith("commitments.1.progress.2026-03-01-round")


def test_what_was_typed_and_not_added_is_offered_and_restored_without_complaints(editor):
    summit = a_summit()
    where = address(summit, "progress")
    save(editor, where, {**opened(editor, where), "text_en": "Talks", FIRST: "on"})  # no date

    assert editor.get(where).context["typed_at"]
    restored = editor.get(f"{where}?restore=1")

    shown = fields_of(restored)
    assert (shown["text_en"], shown[FIRST]) == ("Talks", "on")
    assert restored.context["adminform"].errors == {}
    save(editor, where, {**shown, **EVENT})
    assert added(summit) == [(1, "in-progress", "2026-03-01")]
    assert editor.get(where).context["typed_at"] == ""
