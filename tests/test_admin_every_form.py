"""Two editors on every form there is: the later save asks, and what the earlier one said stands.

The forms are those of the admin's registry: a new one is covered with its registration.
"""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.test import Client

from records.models import Edition, Editor, Event
from tests.admin_pages import Fields, address, fields_of, opened, questions, save
from tests.factories import EditorFactory
from tests.test_roles import a_row_of_everything

pytestmark = pytest.mark.django_db
# Looked at only; accounts, which administrators alone see, are told below.
LOOKED_AT, ACCOUNTS = {Edition, Event}, {Editor, Group}
FORMS = [model for model in admin.site._registry if model not in LOOKED_AT | ACCOUNTS]
TYPED = ("First typed", "Then typed")
# What a form holds where it has no words of its own.
CHOICES = {"delegation": ("role", "member", "invited")}


@pytest.fixture(scope="module")
def desk(django_db_setup, django_db_blocker):
    """A row of everything, and two administrators who have each their browser."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        browsers = []
        for name in ("Kim", "Lee"):
            browsers.append(Client())
            browsers[-1].force_login(EditorFactory(first_name=name))
        yield a_row_of_everything(), *browsers
        transaction.set_rollback(True)


def fact(model, page):
    """A fact that the form lets an editor type, and two things to type there."""
    name = model._meta.model_name
    if name in CHOICES:
        return CHOICES[name]
    columns = {field.name for field in model._meta.concrete_fields}
    typed = Fields(page.content.decode()).data
    return next(one for one in sorted(columns & set(typed)) if one.endswith("_en")), *TYPED


@pytest.mark.parametrize("model", FORMS, ids=lambda model: model._meta.model_name)
def test_a_form_that_another_saved_meanwhile_asks_and_overwrites_nothing(desk, model):
    rows, first, second = desk
    row = rows[model._meta.model_name]
    where = address(row)
    page = first.get(where)
    name, theirs, mine = fact(model, page)
    form = fields_of(page)

    saved = save(second, where, {**opened(second, where), name: theirs}, follow=False)
    response = save(first, where, {**form, name: mine}, follow=False)

    row.refresh_from_db()
    assert (saved.status_code, response.status_code) == (302, 409)
    assert [asked[2:] for asked in questions(response)] != []
    assert str(getattr(row, name)) == theirs
    assert fields_of(response)[name] == mine


def test_an_account_changed_meanwhile_is_not_let_in_again(editor, other):
    gone = EditorFactory(is_superuser=False, username="gone")
    form = opened(editor, address(gone))
    theirs = opened(other, address(gone))
    del theirs["is_active"]
    save(other, address(gone), theirs)

    response = save(editor, address(gone), {**form, "first_name": "Mine"})

    gone.refresh_from_db()
    assert (gone.is_active, gone.first_name == "Mine") == (False, False)
    assert "Not saved: the account was changed" in response.content.decode()
    save(editor, address(gone), {**opened(editor, address(gone)), "first_name": "Mine"})
    gone.refresh_from_db()
    assert (gone.is_active, gone.first_name) == (False, "Mine")
