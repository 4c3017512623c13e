"""Roles and their rights: the table, and every address of the admin held against it."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from records import publishing
from records.document.schema import SUMMIT, VOCABULARY
from records.models import Edition, Editor, Event, Relation, Summit
from records.roles import KINDS, RIGHTS, ROLES, TRANSLATORS, rights_of
from tests.admin_pages import add_address, address, fields_of
from tests.factories import (
    EditorFactory,
    RelationFactory,
    commitment,
    drafted,
    progress,
    published,
    somebody,
    text,
)

pytestmark = pytest.mark.django_db

# The addresses of the admin: name -> what one must be, or may, to see it. Names of a model's
# addresses are made below, from the table; every other one stands here.
ANYONE, STAFF, ADMINISTRATOR = "anyone", "staff", "administrator"
OTHERS = {
    "login": ANYONE,
    "logout": STAFF,
    "index": STAFF,
    "password_change": STAFF,
    "password_change_done": STAFF,
    "jsi18n": STAFF,
    "autocomplete": STAFF,  # asks for the right to view what it completes
    "view_on_site": STAFF,  # leads to a public page
    "app_list": STAFF,
    "date-in-words": STAFF,
    "handbook": STAFF,
    "open-form": STAFF,  # asks for the token that a form's page carries
    "upload": STAFF,  # asks for the right to load summits
    "waiting": STAFF,  # asks for the right to view summits
    "waiting-csv": STAFF,
    "waiting-holds": STAFF,  # asks for the right to change or translate
    "names-file": STAFF,  # asks for the right to view names
    "auth_user_password_change": ADMINISTRATOR,
    **{
        f"{model}_{page}": ADMINISTRATOR
        for model in ("records_editor", "auth_group")
        for page in ("changelist", "add", "change", "delete", "history")
    },
}
PAGES = {
    "changelist": "view",
    "add": "add",
    "change": "view",
    "delete": "delete",
    "history": "view",
}
OWN = {
    "withdraw": "withdraw",
    "review": "view",
    "remarks": "remark",
    "preview": "view",
    "compare": "view",
    "restore": "change",
    "progress": "change",
    "next": "add",
    "translate": "view",  # every role may write texts, a translator those of a language
    "file": "view",
}
ROOMS = {model: kind for kind, models in KINDS.items() for model in models}


def addresses():
    """`{name: (model, page, action)}` of every address that belongs to a kind of the table."""
    found = {}
    for model, kind in ROOMS.items():
        pages = {**PAGES, **({} if kind in ("edition", "event") else {"rename": "change"})}
        if model in ("delegation", "attendance", "commitment"):
            del pages["rename"]  # known by a name or a number that stays
        pages |= OWN if kind == "summit" else {}
        pages |= {"csv": "view"} if kind == "event" else {}
        pages |= {"used": "view", "merge": "merge"} if kind == "name" else {}
        for page, action in pages.items():
            found[f"records_{model}_{page}"] = (model, page, action)
    return found


def names_of_addresses():
    """The names of the admin's addresses; an address without one only leads to others."""

    def walk(patterns):
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                yield from walk(pattern.url_patterns)
            elif pattern.name:
                yield pattern.name

    return set(walk(admin.site.get_urls()))


def may(role, action, kind):
    return role in RIGHTS[kind].get(action, ())


# the table ----------------------------------------------------------------------------------------


def test_every_address_of_the_admin_is_in_the_matrix():
    assert names_of_addresses() == {*addresses(), *OTHERS}


def test_every_kind_of_row_is_in_the_matrix():
    rows = [
        Summit,
        *(shape.model for shape in SUMMIT.children),
        *VOCABULARY.values(),
        Edition,
        Event,
    ]
    assert sorted(ROOMS) == sorted(model._meta.model_name for model in rows)
    assert set(KINDS) == set(RIGHTS)


def test_rights_name_roles_that_there_are():
    named = {role for actions in RIGHTS.values() for roles in actions.values() for role in roles}
    assert named == set(ROLES)


def test_migration_made_a_group_for_every_role():
    assert set(Group.objects.values_list("name", flat=True)) == set(ROLES)
    assert Group.objects.filter(permissions__isnull=False).count() == 0


def test_what_each_role_never_may():
    def with_action(role, *actions):
        return sorted(r for r in rights_of(role) if r.split(".")[1].split("_")[0] in actions)

    for role in ROLES:
        if role != "publisher":
            assert with_action(role, "publish", "withdraw", "correct") == []
        if role != "reviewer":
            assert with_action(role, "review") == []
    for role, code in TRANSLATORS.items():
        assert with_action(role, "add", "change", "delete") == []
        assert {right[-3:] for right in with_action(role, "translate")} == {f"_{code}"}
    assert rights_of("no role") == set()


def test_rights_are_those_of_the_roles_an_editor_has_now():
    editor = somebody("contributor", "reviewer")
    assert editor.has_perms(["records.add_summit", "records.review_summit"])
    assert not editor.has_perm("records.publish_summit")

    editor.groups.clear()
    assert not Editor.objects.get(pk=editor.pk).has_perm("records.view_summit")
    gone = somebody("publisher", is_active=False)
    assert not gone.has_perm("records.publish_summit")


def test_rights_given_to_a_group_that_is_no_role_count_as_django_has_them():
    editor = somebody("guests")
    group = editor.groups.get()
    group.permissions.add(
        Permission.objects.get(content_type__app_label="records", codename="view_session")
    )

    assert editor.has_perm("records.view_session")
    assert not editor.has_perm("records.view_summit")


# every address for every role ---------------------------------------------------------------------


SAYS = [{"says": "1", "cites": ["s01"]}, {"says": "2", "cites": ["s01"]}]


def a_row_of_everything():
    """A draft with a row of every kind, by the name of its model; the edition is of another."""
    other = published(slug="2026-03-01-x", code="2026-x", commitments=None)
    edition = publishing.withdraw(other, note={"en": "So that readers see no name."})
    summit = drafted(
        commitments=[commitment(progress=[progress()])],
        statements=[{"key": "word", "speaker": "lee-jae-myung", "gist": text("Said")}],
        gifts=[{"key": "drum", "givers": ["lee-jae-myung"], "receivers": ["takaichi-sanae"],
                "what": text("A drum")}],
        notes=[{"key": "why", "kind": "occasion", "text": text("Why"), "cites": ["s01"]}],
        differences=[{"key": "long", "kind": "counting", "question": text("How long?"),
                      "values": SAYS}],
    )  # fmt: skip
    RelationFactory()
    rows = {shape.model._meta.model_name: getattr(summit, shape.name).first()
            for shape in SUMMIT.children}  # fmt: skip
    rows |= {model._meta.model_name: model.objects.order_by("-slug").first()
             for model in VOCABULARY.values()}  # fmt: skip
    return {**rows, "summit": summit, "edition": edition, "event": Event.objects.first()}


def place(row, page):
    if page in ("changelist", "add", "csv"):
        whose = row.summit if hasattr(row, "order") else None
        made = reverse(f"admin:records_{row._meta.model_name}_changelist")
        if page == "csv":
            return f"{made}csv/"
        return made if page == "changelist" else add_address(type(row), whose)
    return address(row, page)


@pytest.mark.parametrize("role", [*ROLES, None])
def test_pages_open_and_forms_are_taken_for_those_who_may_and_for_nobody_else(role):
    rows = a_row_of_everything()
    client = Client()
    client.force_login(somebody(*([role] if role else [])))
    for model, page, action in addresses().values():
        allowed = may(role, action, ROOMS[model])
        if page in ("changelist", "change"):  # readers of a form are led to what they may see
            allowed = allowed or may(role, "view", ROOMS[model])
        status = client.get(place(rows[model], page)).status_code
        assert (status != 403) is allowed, (role, model, page, status)

    sent = 0
    for model, page, action in addresses().values():
        kind = ROOMS[model]
        wanted = {"change": ("change", "translate"), "review": ("submit", "review", "publish")}
        if page in ("changelist", "history"):
            continue
        if any(may(role, each, kind) for each in wanted.get(page, (action,))):
            continue
        data = {"post": "yes", "new": "other", "step": "approved", "note_en": "Mine", "text": "x"}
        assert client.post(place(rows[model], page), data).status_code == 403, (role, model, page)
        sent += 1
    assert sent >= 3  # at least nobody deletes an edition, or makes or changes one
    assert Summit.objects.get(slug="2026-01-13-nara").reviews.count() == 0


@pytest.mark.parametrize("role", [*ROLES, None])
def test_accounts_are_the_administrators_alone(role):
    me = somebody(*([role] if role else []))
    group = Group.objects.first()
    client = Client()
    client.force_login(me)
    sites = [
        reverse(f"admin:{model}_{page}", args=[pk] if page in ("change", "delete") else [])
        for model, pk in (("records_editor", me.pk), ("auth_group", group.pk))
        for page in ("changelist", "add", "change", "delete")
    ]
    sites.append(reverse("admin:auth_user_password_change", args=[me.pk]))

    assert {client.get(where).status_code for where in sites} == {403}
    assert {client.post(where, {"is_superuser": "on"}).status_code for where in sites} == {403}


def test_role_is_looked_at_by_the_administrator_and_changed_by_nobody():
    group = Group.objects.get(name="reviewer")
    client = Client()
    client.force_login(EditorFactory())

    shown = client.get(reverse("admin:auth_group_change", args=[group.pk])).content.decode()

    assert "approve" in shown
    for page in ("change", "delete"):
        where = reverse(f"admin:auth_group_{page}", args=[group.pk])
        assert client.post(where, {"name": "other", "post": "yes"}).status_code == 403
    assert Group.objects.filter(pk=group.pk, name="reviewer").exists()


# names that readers see ---------------------------------------------------------------------------


@pytest.mark.parametrize("role", ROLES)
def test_name_that_readers_see_is_corrected_by_publishers_alone(role):
    summit = published()
    client = Client()
    client.force_login(somebody(role))
    name = summit.country

    form = fields_of(client.get(address(name)))
    status = client.post(address(name), {**form, "name_en": "Mine"}).status_code

    assert status == (302 if role == "publisher" else 403)
    assert client.get(address(name)).status_code == 200


@pytest.mark.parametrize("role", ROLES)
def test_relation_is_added_by_publishers_alone(role):
    drafted()
    client = Client()
    client.force_login(somebody(role))

    client.post(
        reverse("admin:records_relation_add"), {"slug": "jpn-kor", "name_en": "Korea and Japan"}
    )

    assert Relation.objects.count() == (1 if role == "publisher" else 0)
