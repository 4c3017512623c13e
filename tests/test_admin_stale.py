"""A form opened before somebody else's save, or a file's load, never overwrites it."""

import pytest

from records import publishing
from records.models import Commitment, Party, Session
from tests import factories
from tests.admin_pages import address, document_of, errors, fields_of, opened, said, save
from tests.factories import EditorFactory, drafted, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(EditorFactory())
    return client


@pytest.fixture
def other(editor):
    """A second editor, signed in elsewhere."""
    client = type(editor)()
    client.force_login(EditorFactory())
    return client


def test_form_over_a_change_of_the_same_row_is_refused_with_what_was_typed(editor, other):
    session = drafted().sessions.get()
    form = opened(editor, session)
    save(other, session, {**opened(other, session), "minutes": "75"})

    response = save(editor, session, {**form, "venue_en": "Typed by me"})

    assert "sessions.talks.minutes: “75”, was “20”" in errors(response)[0]
    assert fields_of(response)["venue_en"] == "Typed by me"
    session.refresh_from_db()
    assert (session.minutes, session.venue_en) == ("75", "")


def test_form_over_a_change_of_the_same_row_stays_refused(editor, other):
    session = drafted().sessions.get()
    form = opened(editor, session)
    save(other, session, {**opened(other, session), "minutes": "75"})
    refused = save(editor, session, {**form, "venue_en": "Typed by me"})

    again = save(editor, session, fields_of(refused))

    assert len(errors(again)) == 1
    session.refresh_from_db()
    assert (session.minutes, session.venue_en) == ("75", "")


def test_form_over_a_change_elsewhere_keeps_both_when_saved_again(editor, other):
    summit = drafted()
    session, source = summit.sessions.get(), summit.sources.get()
    form = opened(editor, session)
    save(other, source, {**opened(other, source), "publisher": "Another ministry"})

    refused = save(editor, session, {**form, "minutes": "75"})
    session.refresh_from_db()
    assert session.minutes == "20"
    save(editor, session, fields_of(refused))

    document = document_of(summit)
    assert document["sessions"][0]["minutes"] == "75"
    assert document["sources"][0]["publisher"] == "Another ministry"


def test_inline_changed_meanwhile_is_not_overwritten(editor, other):
    commitment = drafted().commitments.get()
    form = opened(editor, commitment)
    theirs = {**opened(other, commitment), "wordings-0-gist_en": "Theirs"}
    save(other, commitment, theirs)

    response = save(editor, commitment, {**form, "wordings-1-gist_en": "Mine"})

    assert "wordings.kor.gist.en: “Theirs”" in errors(response)[0]
    assert fields_of(response)["wordings-1-gist_en"] == "Mine"
    gists = [row.gist_en for row in commitment.wordings.all()]
    assert gists == ["Theirs", "Wording of jpn"]


def test_inline_deleted_meanwhile_leaves_all_that_was_typed_on_the_page(editor, other):
    commitment = drafted().commitments.get()
    form = opened(editor, commitment)
    save(other, commitment, {**opened(other, commitment), "wordings-0-DELETE": "on"})

    response = save(
        editor, commitment, {**form, "wordings-0-gist_en": "First", "wordings-1-gist_en": "Second"}
    )

    shown = fields_of(response)
    assert (shown["wordings-0-gist_en"], shown["wordings-1-gist_en"]) == ("First", "Second")
    assert [row.party.slug for row in commitment.wordings.all()] == ["jpn"]


def test_inline_added_meanwhile_survives(editor, other):
    commitment = drafted().commitments.get()
    form = opened(editor, commitment)
    theirs = opened(other, commitment)
    theirs |= {
        "progress-TOTAL_FORMS": "1",
        "progress-0-key": "2026-02-07-step",
        "progress-0-date": "2026-02-07",
        "progress-0-kind": "step",
        "progress-0-text_en": "Theirs",
        "progress-0-cites": "s01",
    }
    save(other, commitment, theirs)

    response = save(editor, commitment, {**form, "title_en": "Mine"})

    assert "commitments.1.progress.2026-02-07-step" in errors(response)[0]
    commitment.refresh_from_db()
    assert commitment.title_en == "Commitment 1"
    assert commitment.progress.count() == 1


def test_form_over_a_loaded_file_is_refused(editor):
    summit = drafted()
    form = opened(editor, summit)
    changed = factories.document(title=factories.text("Loaded from a file"))
    publishing.load(changed, mode="replace")

    response = save(editor, summit, {**form, "venue_en": "Mine"})

    assert "title.en: “Loaded from a file”" in errors(response)[0]
    summit.refresh_from_db()
    assert (summit.title_en, summit.venue_en) == ("Loaded from a file", "")


def test_stale_form_is_not_published_either(editor, other):
    summit = drafted()
    session = summit.sessions.get()
    form = opened(editor, session)
    save(other, session, {**opened(other, session), "minutes": "75"})

    response = save(editor, session, {**form, "edition_note_en": "My note"}, "_publish")

    assert summit.editions.count() == 0
    assert fields_of(response)["edition_note_en"] == "My note"


def test_form_without_its_seal_or_with_another_is_refused(editor):
    session = drafted().sessions.get()
    form = opened(editor, session)

    for token in ("", "nonsense", form["opened_on"][:-2] + "xx"):
        response = save(editor, session, {**form, "minutes": "99", "opened_on": token})
        assert "nobody can tell" in errors(response)[0]

    session.refresh_from_db()
    assert session.minutes == "20"


def test_delete_page_opened_before_a_change_does_not_delete(editor, other):
    summit = drafted(sessions=[factories.session(), factories.session("dinner")])
    session = summit.sessions.get(key="dinner")
    page = fields_of(editor.get(address(session, "delete")))
    save(other, session, {**opened(other, session), "minutes": "75"})

    response = editor.post(address(session, "delete"), page, follow=True)

    assert "Not deleted" in said(response)[0]
    assert Session.objects.filter(pk=session.pk).exists()
    again = editor.post(address(session, "delete"), fields_of(response), follow=True)
    assert again.redirect_chain == [(address(summit), 302)]
    assert not Session.objects.filter(pk=session.pk).exists()


def test_form_of_a_row_deleted_meanwhile_shows_what_was_typed(editor, other):
    session = drafted().sessions.get()
    form = opened(editor, session)
    Session.objects.all().delete()

    response = save(editor, session, {**form, "venue_en": "<b>Typed"})

    assert response.status_code == 409
    assert "&lt;b&gt;Typed" in response.content.decode()
    assert Session.objects.count() == 0


def test_name_of_the_vocabulary_changed_meanwhile_is_not_overwritten(editor, other):
    published()
    party = Party.objects.get(slug="jpn")
    form = opened(editor, party)
    save(other, party, {**opened(other, party), "name_en": "Theirs"})

    response = save(editor, party, {**form, "name_en": "Mine"})

    assert "name.en: “Theirs”, was “Japan”" in errors(response)[0]
    assert fields_of(response)["name_en"] == "Mine"
    assert Party.objects.get(slug="jpn").name_en == "Theirs"


def test_address_of_no_row_is_no_server_error(editor):
    for pk in ("999", "abc", "9" * 30, "1_2f"):
        for kind in ("session", "summit", "party"):
            response = editor.get(f"/admin/records/{kind}/{pk}/change/")
            assert response.status_code == 302, (kind, pk)
            assert editor.post(f"/admin/records/{kind}/{pk}/change/", {}).status_code == 409
    assert Commitment.objects.count() == 0
