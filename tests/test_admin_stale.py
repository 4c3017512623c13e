"""Rows deleted or changed while a page of theirs was open, and rows that are not there."""

import pytest

from records.models import Commitment, Session
from tests import factories
from tests.admin_pages import address, fields_of, opened, said, save
from tests.factories import drafted

pytestmark = pytest.mark.django_db


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


def test_address_of_no_row_is_no_server_error(editor):
    for pk in ("999", "abc", "9" * 30, "1_2f"):
        for kind in ("session", "summit", "party"):
            response = editor.get(f"/admin/records/{kind}/{pk}/change/")
            assert response.status_code == 302, (kind, pk)
            assert editor.post(f"/admin/records/{kind}/{pk}/change/", {}).status_code == 409
    assert Commitment.objects.count() == 0
