"""Files in the admin: each fault at its line, what would change, nothing kept before it is sent."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from records import publishing
from records.models import Contribution, Party, Relation, Session, Summit
from records.summitfile import dump, dump_vocabulary, read_all
from tests.admin_pages import address, document_of, fields_of, said
from tests.factories import (
    EditorFactory,
    RelationFactory,
    commitment,
    document,
    drafted,
    published,
    session,
    somebody,
    text,
    vocabulary,
)

pytestmark = pytest.mark.django_db

UPLOAD = "/admin/upload/"


def bring(client, **files):
    """The answer to files named by their argument, as bytes or as text."""
    given = [
        SimpleUploadedFile(f"{name}.yaml", text if isinstance(text, bytes) else text.encode())
        for name, text in files.items()
    ]
    return client.post(UPLOAD, {"files": given})


def choose(client, page, button="_load", **choices):
    return client.post(UPLOAD, {**fields_of(page), **choices, button: "1"}, follow=True)


def faults(page):
    return [
        (file["name"], each.error.line, each.error.path, each.text)
        for file in page.context["files"]
        for each in file["faults"]
    ]


def kinds(page):
    return [line.kind for line in page.context["found"].lines]


def a_file(**over):
    return dump(document(**over), vocabulary())


# what is wrong ------------------------------------------------------------------------------------


def test_every_fault_of_every_file_stands_at_its_line(editor):
    one = a_file().replace("event_status: held", "event_status: hold")
    other = a_file(slug="2026-02-01-x", code="2026-x").replace("starts: ", "starts: the ")

    page = bring(editor, one=one, other=other)

    assert page.status_code == 422
    line = one.splitlines().index("event_status: hold") + 1
    begins = [n for n, row in enumerate(other.splitlines(), 1) if row.startswith("starts: the")]
    assert faults(page)[:1] == [("one.yaml", line, "event_status", "event_status: hold")]
    assert [fault[:3] for fault in faults(page) if fault[0] == "other.yaml"][:1] == [
        ("other.yaml", begins[0], "starts")
    ]
    assert f"Line {line}, column" in page.content.decode()
    assert Summit.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("summit.txt", b"format: 1", "ends in .yaml"),
        ("summit.yaml", b"#" * 1_000_001, "At most 50 files and 1 MB at once."),
        ("summit.yaml", b"", "empty"),
    ],
)
def test_file_that_is_none_or_too_large_is_refused(editor, name, content, says):
    page = editor.post(UPLOAD, {"files": SimpleUploadedFile(name, content)})

    assert says in str(page.context["upload"].errors["files"])


def test_bytes_that_are_no_text_are_a_fault_and_no_error(editor):
    page = bring(editor, summit=b"\xff\xfe\x00format")

    assert page.status_code == 422
    assert [fault[:2] for fault in faults(page)] == [("summit.yaml", 1)]


def test_rule_that_only_the_record_can_break_stands_at_its_line(editor):
    published(commitments=[commitment(1), commitment(2)])
    gone = a_file(commitments=[commitment(1)])

    page = bring(editor, summit=gone)

    assert page.status_code == 422
    assert [fault[2].split(".")[0] for fault in faults(page)] == ["commitments"]


# what would change, and loading -------------------------------------------------------------------


def test_new_summit_is_shown_and_kept_only_when_it_is_sent(editor):
    page = bring(editor, summit=a_file())

    assert (kinds(page), Summit.objects.count(), Party.objects.count()) == (["new"], 0, 0)
    after = choose(editor, page)
    summit = Summit.objects.get()
    assert document_of(summit) == document()
    assert after.redirect_chain[-1][0] == address(summit)
    assert said(after)[0] == "1 summit loaded."
    assert "summit.yaml" in LogEntry.objects.get().change_message
    assert Contribution.objects.get().summit == summit
    assert publishing.state(summit).edition is None


def test_difference_is_told_in_words_and_loaded_over_the_published(editor):
    summit = published()

    page = bring(editor, summit=a_file(sessions=[session(minutes="45")]))

    assert kinds(page) == ["changed"]
    assert "45" in page.content.decode()
    assert document_of(summit) == document()
    choose(editor, page)
    assert document_of(summit)["sessions"][0]["minutes"] == "45"


def test_unpublished_changes_are_kept_replaced_or_left_alone_as_chosen(editor):
    summit = published()
    Session.objects.update(minutes="30")
    content = a_file(title=text("Renamed"))

    merged = bring(editor, summit=content)
    replaced = choose(editor, merged, "_show", mode="replace")
    left = choose(editor, merged, "_show", mode="new")

    def changed(page):
        return [
            row.path for line in page.context["found"].lines if line.comparison
            for section in line.comparison.sections for row in section.rows
        ]  # fmt: skip

    assert changed(merged) == [()]
    assert changed(replaced) == [(), ("sessions", "talks")]
    assert kinds(left) == ["skipped"]
    choose(editor, merged)
    found = document_of(summit)
    assert (found["title"], found["sessions"][0]["minutes"]) == (text("Renamed"), "30")


def test_conflict_is_a_fault_at_its_line_and_the_other_choices_stay(editor):
    summit = published()
    Session.objects.update(minutes="30")

    page = bring(editor, summit=a_file(sessions=[session(minutes="45")]))

    assert [fault[2] for fault in faults(page)] == ["sessions.talks.minutes"]
    replaced = choose(editor, page, "_show", mode="replace")
    choose(editor, replaced)
    assert document_of(summit)["sessions"][0]["minutes"] == "45"


def test_draft_that_was_never_published_is_replaced_only_by_choice(editor):
    summit = drafted()
    page = bring(editor, summit=a_file(title=text("Other")))

    assert page.status_code == 422
    choose(editor, choose(editor, page, "_show", mode="replace"))
    assert document_of(summit)["title"] == text("Other")


def test_record_that_changed_since_it_was_shown_is_shown_again(editor):
    summit = published()
    page = bring(editor, summit=a_file(title=text("Other")))
    Session.objects.update(minutes="30")

    again = choose(editor, page)

    assert document_of(summit)["title"] == document()["title"]
    assert "Not loaded yet" in said(again)[0]
    choose(editor, again)
    assert document_of(summit)["title"] == text("Other")


def test_choice_that_was_not_shown_loads_nothing_yet(editor):
    summit = published()
    Session.objects.update(minutes="30")
    page = bring(editor, summit=a_file(title=text("Other")))

    choose(editor, page, mode="replace")

    assert document_of(summit)["sessions"][0]["minutes"] == "30"


def test_files_that_another_brought_are_not_loaded(editor, client):
    page = bring(editor, summit=a_file())
    client.force_login(EditorFactory())

    choose(client, page)

    assert Summit.objects.count() == 0


# names --------------------------------------------------------------------------------------------


def names_file(**over):
    return dump_vocabulary(vocabulary(**over))


JAPAN = {"slug": "jpn", "kind": "state", "iso": "JP", "name": {"en": "Japan, the state"}}


def test_names_of_another_form_stay_unless_that_is_chosen(editor):
    drafted()
    content = names_file(parties=[JAPAN])

    page = bring(editor, names=content)

    assert [row[:2] for row in page.context["found"].different] == [("party", "jpn")]
    assert not page.context["found"].does_something
    updated = choose(editor, page, "_show", update="on")
    assert Party.objects.get(slug="jpn").name_en == "Japan"
    choose(editor, updated)
    assert Party.objects.get(slug="jpn").name_en == "Japan, the state"


def test_name_that_readers_see_is_corrected_by_publishers_alone(client):
    published()
    content = names_file(parties=[JAPAN])
    statuses = {}
    for role in ("contributor", "publisher"):
        client.force_login(somebody(role))
        page = choose(client, bring(client, names=content), "_show", update="on")
        statuses[role] = [fault[2] for fault in faults(page)]

    assert statuses == {"contributor": ["vocabulary.parties.jpn.slug"], "publisher": []}


def test_relation_is_added_by_publishers_alone(client):
    drafted()
    relation = {"slug": "jpn-kor", "name": {"en": "Korea–Japan relations"}}
    client.force_login(somebody("contributor"))

    page = bring(client, names=names_file(relations=[relation]))

    assert page.status_code == 422
    choose(client, page)
    assert Relation.objects.count() == 0


@pytest.mark.parametrize(
    ("role", "status"),
    [("contributor", 200), ("reviewer", 200), ("publisher", 200), ("translator-ko", 403)],
)
def test_files_are_loaded_by_those_who_may_change_every_fact(client, role, status):
    client.force_login(somebody(role))

    assert client.get(UPLOAD).status_code == status
    assert (UPLOAD in client.get("/admin/").content.decode()) is (status == 200)
    assert bring(client, summit=a_file()).status_code == status


# the way out --------------------------------------------------------------------------------------


def test_downloaded_summit_is_its_working_copy_as_a_file(editor):
    summit = drafted()

    answer = editor.get(address(summit, "file"))

    [file] = read_all([("down.yaml", answer.content)])
    assert file.errors == []
    assert file.document == document()
    assert answer["Content-Disposition"] == 'attachment; filename="2026-01-13-nara.yaml"'
    assert address(summit, "file") in editor.get(address(summit)).content.decode()


def test_downloaded_names_are_all_of_the_record(editor):
    drafted()
    RelationFactory()

    answer = editor.get(reverse("admin:names-file"))

    [file] = read_all([("names.yaml", answer.content)])
    assert {name: len(rows) for name, rows in file.vocabulary.items()} == {
        "parties": 3,
        "participants": 2,
        "topics": 3,
        "series": 1,
        "relations": 1,
    }
