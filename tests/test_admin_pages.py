"""Every page of the admin: it opens, for whom, at what cost, and shows what was typed as text."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import CharField, TextField
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from records import publishing
from records.admin.site import GROUPS
from records.document.schema import SUMMIT, VOCABULARY
from records.models import (
    Commitment,
    Edition,
    Editor,
    Entry,
    Event,
    FacetSet,
    Participant,
    Party,
    Progress,
    Reference,
    Session,
    Summit,
    Version,
)
from tests.admin_pages import add_address, address, document_of, enter, errors, opened, save
from tests.factories import (
    EditorFactory,
    commitment,
    drafted,
    progress,
    published,
    session,
    source,
    text,
    vocabulary,
)

pytestmark = pytest.mark.django_db
PARTS = [shape.model for shape in SUMMIT.children]
OURS = [Summit, *PARTS, *VOCABULARY.values()]


def signed_in(*permissions):
    """A staff editor who may do just this: `view_session`, `change_summit`."""
    editor = EditorFactory(is_superuser=False)
    editor.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    client.force_login(editor)
    return client


def whole(count):
    """A document's lists, each of `count` rows, with as many rows below them."""
    people = ("lee-jae-myung", "takaichi-sanae", "third")
    parties = ("jpn", "kor", "chn")
    numbers = range(1, count + 1)
    values = [{"says": str(number), "cites": ["s01"]} for number in range(1, count + 2)]
    return {
        "delegations": [{"party": parties[n], "role": "member"} for n in range(count)],
        "attendances": [
            {"participant": people[n], "capacity": "official", "presence": "present"}
            for n in range(count)
        ],
        "sessions": [session(f"talks-{number}") for number in numbers],
        "commitments": [
            commitment(
                number,
                wordings=[
                    {"party": parties[n], "verb": "agreed", "gist": text("G")} for n in range(count)
                ],
                progress=[progress(f"step-{n}", party="jpn") for n in numbers],
            )
            for number in numbers
        ],
        "statements": [
            {"key": f"word-{n}", "speaker": people[0], "gist": text("Said")} for n in numbers
        ],
        "gifts": [
            {"key": f"gift-{n}", "givers": [people[0]], "receivers": [people[1]], "what": text("G")}
            for n in numbers
        ],
        "notes": [
            {"key": f"note-{n}", "kind": "occasion", "text": text("N"), "cites": ["s01"]}
            for n in numbers
        ],
        "differences": [
            {"key": f"differ-{n}", "kind": "counting", "question": text("Q"), "values": values}
            for n in numbers
        ],
        "sources": [source(f"s{n:02d}") for n in numbers],
    }


def names_with_a_third():
    names = vocabulary()
    third = {"slug": "third", "kind": "person", "name": text("Third")}
    relations = [{"slug": "jpn-kor", "name": text("Relation")}]
    return {**names, "participants": [*names["participants"], third], "relations": relations}


def queries(client, where):
    with CaptureQueriesContext(connection) as found:
        response = client.get(where)
    assert response.status_code == 200, where
    return len(found)


def pages(summit):
    """Addresses of every list, add form, change form and delete page, told apart by a name."""
    rows = [summit, *(getattr(summit, shape.name).first() for shape in SUMMIT.children)]
    rows += [model.objects.order_by("slug").first() for model in VOCABULARY.values()]
    found = {}
    for model, row in zip(OURS, rows, strict=True):
        name = model._meta.model_name
        found[name, "list"] = reverse(f"admin:records_{name}_changelist")
        found[name, "add"] = add_address(model, summit)
        found[name, "change"] = address(row)
        found[name, "delete"] = address(row, "delete")
        found[name, "history"] = address(row, "history")
    return found


def test_every_page_opens_with_the_same_queries_at_one_and_three_rows(editor):
    one = drafted(names_with_a_third(), **whole(1))
    ContentType.objects.get_for_models(*OURS)  # asked once in a process
    few = {name: queries(editor, where) for name, where in pages(one).items()}
    three = drafted(names_with_a_third(), **whole(3))

    many = {name: queries(editor, where) for name, where in pages(three).items()}

    # A delete page names all that goes with the row: it may ask more, the others not.
    for name in [name for name in few if name[1] == "delete"]:
        del few[name], many[name]
    assert many == few
    assert max(few.values()) <= 60


def test_every_model_an_editor_needs_is_registered_and_no_other():
    registered = set(admin.site._registry)

    assert registered == {*OURS, Edition, Editor, Event, Group}
    assert not registered & {Entry, FacetSet, Reference, Version, Progress}
    listed = {name for _title, names in GROUPS for name in names}
    assert listed == {model._meta.object_name for model in registered}


def test_no_form_has_a_box_of_json_or_an_inline_script_or_style(editor):
    summit = published(names_with_a_third(), **whole(1))

    for where in pages(summit).values():
        html = editor.get(where).content.decode()
        assert not re.search(r"<script(?![^>]*\bsrc=)", html), where
        assert "<style" not in html, where
        assert not re.search(r"<[a-z][^<>]*\s(style|on[a-z]+)=[\"']", html), where
        boxes = re.findall(r"<textarea[^>]*>\s*([^<]*)", html)
        assert not [box for box in boxes if box[:1] in "[{" and box], where


def test_lists_search_in_three_scripts_and_every_spelling(editor):
    drafted()
    person = Participant.objects.get(slug="takaichi-sanae")
    person.also = ["다카이찌 사나에", "髙市早苗", "TAKAICHI, Sanae"]
    person.formerly = ["takaichi"]
    person.save()
    where = reverse("admin:records_participant_changelist")
    completing = reverse("admin:autocomplete")
    field = {"app_label": "records", "model_name": "attendance", "field_name": "participant"}

    for asked in ("sanae", "다카이치", "高市", "髙市", "사나에 다카이찌", "takaichi, s"):
        found = editor.get(where, {"q": asked}).context["cl"].result_list
        assert [row.slug for row in found] == ["takaichi-sanae"], asked
        answer = editor.get(completing, {**field, "term": asked}).json()
        assert [row["text"] for row in answer["results"]] == ["Takaichi Sanae (takaichi-sanae)"]
    assert list(editor.get(where, {"q": "이재명 nobody"}).context["cl"].result_list) == []


def test_lists_of_parts_search_in_three_scripts(editor):
    drafted(sessions=[session(title={"en": "Expanded talks", "ko": "확대회담", "ja": "拡大会談"})])
    where = reverse("admin:records_session_changelist")

    for asked in ("expanded", "확대", "拡大", "2026-01-13-nara"):
        found = editor.get(where, {"q": asked}).context["cl"].result_list
        assert [row.key for row in found] == ["talks"], asked


def test_filters_and_orders_that_nobody_offers_are_no_server_error(editor):
    drafted()
    for model in OURS:
        where = reverse(f"admin:records_{model._meta.model_name}_changelist")
        for asked in (
            "o=1.2.-3",
            "o=99",
            "p=9999",
            "all=1",
            "standing=x",
            "kind__exact=x",
            "q=%25",
        ):
            assert editor.get(f"{where}?{asked}").status_code in (200, 302), (where, asked)
        for asked in ("summit__editions__by__startswith=a", "editions__by__startswith=a"):
            assert editor.get(f"{where}?{asked}").status_code in (302, 400), (where, asked)


def test_summits_are_filtered_by_their_standing(editor):
    public = published()
    draft = drafted(slug="2026-02-01-draft", code="2026-draft", commitments=None)
    where = reverse("admin:records_summit_changelist")

    for standing, rows in (("public", [public]), ("draft", [draft]), ("withdrawn", [])):
        assert list(editor.get(where, {"standing": standing}).context["cl"].result_list) == rows


def test_texts_of_an_attacker_are_shown_as_text_everywhere(editor):
    attack = "\"'><img src=x onerror=alert(1)>"
    summit = drafted(names_with_a_third(), **whole(1))
    rows = [summit, *(getattr(summit, shape.name).first() for shape in SUMMIT.children)]
    rows += [model.objects.order_by("slug").first() for model in VOCABULARY.values()]
    rows += [*rows[4].wordings.all(), *rows[4].progress.all(), *rows[8].values.all()]
    fixed = ("slug", "code", "key", "starts", "ends", "timezone", "session", "summit")
    for row in rows:
        columns = {
            field.name: attack
            for field in row._meta.concrete_fields
            if isinstance(field, CharField | TextField)
            and not field.choices
            and (field.max_length or 99) >= len(attack)
            and type(field).__name__ != "EdtfField"
            and field.name not in fixed
        }
        if "says_plainly" in columns:
            columns = {"says_plainly": attack}
        assert columns
        type(row).objects.filter(pk=row.pk).update(**columns)
    saved = save(editor, summit, opened(editor, summit))

    shown = [saved.content.decode()]
    shown += [editor.get(where).content.decode() for where in pages(summit).values()]
    shown.append(editor.get(reverse("admin:index")).content.decode())

    assert sum("&lt;img src=x onerror" in html for html in shown) > 30
    assert not [html for html in shown if "<img src=x" in html]


# who may what -------------------------------------------------------------------------------------


def test_anonymous_is_led_to_the_login_by_every_page(client):
    summit = drafted(names_with_a_third(), **whole(1))
    own = [address(summit, "withdraw"), address(summit, "rename"), reverse("admin:date-in-words")]

    for where in [*pages(summit).values(), *own, reverse("admin:autocomplete")]:
        response = client.get(where)
        assert response.status_code == 302, where
        assert response.url.startswith("/admin/login/"), where


def test_staff_without_rights_see_nothing():
    summit = drafted(names_with_a_third(), **whole(1))
    client = signed_in()

    for (_name, kind), where in pages(summit).items():
        assert client.get(where).status_code == 403, where
        if kind in ("add", "change", "delete"):
            assert client.post(where, {"post": "yes"}).status_code == 403, where
    for action in ("withdraw", "rename"):
        assert client.post(address(summit, action), {"new": "x"}).status_code == 403


def test_staff_who_may_only_look_change_nothing():
    summit = drafted()
    row = summit.sessions.get()
    client = signed_in("view_session", "view_summit", "view_commitment")

    for each in (row, summit, summit.commitments.get()):
        html = client.get(address(each)).content.decode()
        assert 'name="_save"' not in html
        assert 'name="_publish"' not in html
        assert client.post(address(each), {"_save": "1"}).status_code == 403
    assert client.post(address(row, "rename"), {"new": "other"}).status_code == 403
    assert document_of(summit)["sessions"][0]["key"] == "talks"


def test_staff_who_may_change_parts_only_save_but_do_not_publish():
    summit = drafted()
    row = summit.sessions.get()
    client = signed_in("change_session", "view_summit")
    data = {**opened(client, row), "minutes": "75", "edition_note_en": "Mine"}

    save(client, row, data, "_publish")

    assert document_of(summit)["sessions"][0]["minutes"] == "75"
    assert summit.editions.count() == 0


def test_staff_with_rights_on_commitments_edit_what_is_below_them():
    summit = drafted()
    row = summit.commitments.get()
    client = signed_in("change_commitment")

    save(client, row, {**opened(client, row), "wordings-0-gist_en": "By staff"})

    assert row.wordings.first().gist_en == "By staff"


def test_staff_never_reach_accounts_whatever_they_were_given():
    every = Permission.objects.filter(content_type__app_label__in=("records", "auth"))
    client = signed_in(*every.values_list("codename", flat=True))
    me = Editor.objects.get(is_superuser=False)
    group = Group.objects.create(name="All")

    for model, row in (("records_editor", me), ("auth_group", group)):
        for where in (
            reverse(f"admin:{model}_changelist"),
            reverse(f"admin:{model}_add"),
            reverse(f"admin:{model}_change", args=[row.pk]),
            reverse(f"admin:{model}_delete", args=[row.pk]),
        ):
            assert client.get(where).status_code == 403, where
            assert client.post(where, {"is_superuser": "on", "post": "yes"}).status_code == 403
    me.refresh_from_db()
    assert not me.is_superuser


def test_superuser_makes_an_editor(editor):
    phrase = "a phrase nobody else has 42"
    where = reverse("admin:records_editor_add")
    data = {"username": "lee", "password1": phrase, "password2": phrase, "usable_password": "true"}

    editor.post(where, data)

    made = Editor.objects.get(username="lee")
    assert made.check_password(phrase)
    assert not made.is_staff


def test_what_a_form_does_not_offer_is_not_taken_from_it(editor):
    summit = published()
    other = drafted(slug="2026-02-01-other", code="2026-other")
    row, theirs = summit.commitments.get(), other.commitments.get()
    extra = {
        "id": "99",
        "pk": "99",
        "summit": str(other.pk),
        "number": "9",
        "order": "9",
        "formerly": '["x"]',
        "is_superuser": "on",
        "starts_first": "1900-01-01",
        "wordings-0-id": str(theirs.wordings.first().pk),
        "wordings-0-order": "9",
    }

    save(editor, row, {**opened(editor, row), **extra})
    save(editor, summit, {**opened(editor, summit), **extra})

    row.refresh_from_db()
    assert (row.summit_id, row.number, row.order) == (summit.pk, 1, 1)
    assert publishing.state(summit).changes == []
    assert theirs.wordings.first().gist_en == "Wording of kor"


def test_editions_are_only_looked_at(editor):
    edition = published().editions.get()
    where = reverse("admin:records_edition_change", args=[edition.pk])

    assert "/en/summits/2026-01-13-nara/editions/1" in editor.get(where).content.decode()
    assert editor.post(where, {"note_en": "Mine"}).status_code == 403
    assert editor.post(address(edition, "delete"), {"post": "yes"}).status_code == 403
    assert editor.get(reverse("admin:records_edition_add")).status_code == 403
    edition.refresh_from_db()
    assert edition.note_en == "Record opened."


def test_form_sent_from_another_site_is_refused():
    row = drafted().sessions.get()
    client = Client(enforce_csrf_checks=True)
    client.force_login(EditorFactory())

    for where in (address(row), address(row, "rename"), address(row.summit, "withdraw")):
        assert client.post(where, {"minutes": "75"}).status_code == 403


# what is typed ------------------------------------------------------------------------------------


def test_citations_typed_wrongly_name_their_line_and_the_remedy(editor):
    row = drafted().sessions.get()
    typed = 'minuets: s01\r\ntitle: s77\r\n\r\nall: s01, s01, "]['

    response = save(editor, row, {**opened(editor, row), "cites": typed})

    found = errors(response)
    assert found[0].startswith("Line 1: “minuets” is no fact of this form. Did you mean “minutes”?")
    assert found[1:] == [
        "Line 2: no source “s77” in this summit. This summit has s01. Add the source first.",
        "Line 4: “s01” is cited twice.",
        'Line 4: “"][” is not a citation; write a source’s key (s14) and, after a space, a place'
        " in it (s14 art. 118), with commas between sources.",
    ]
    row.refresh_from_db()
    assert row.cites == {"all": ["s01"]}


def test_dates_typed_wrongly_say_what_to_write(editor):
    summit = drafted()
    row = summit.sources.get()

    wrong = save(editor, row, {**opened(editor, row), "published_on": "31 February 2026"})
    vague = save(editor, row, {**opened(editor, row), "accessed_on": "January 2026"})

    assert len(errors(wrong)) == 1
    assert errors(vague) == ["Write the full day, such as “13 January 2026” or “2026-01-13”."]


def test_date_is_echoed_in_words(editor):
    where = reverse("admin:date-in-words")

    good = editor.get(where, {"text": "about 13 January 2026"}).json()
    bad = editor.get(where, {"text": "<b>soon"}).json()

    assert good == {"edtf": "2026-01-13~", "words": "about 13 January 2026"}
    assert list(bad) == ["error"]


def test_lists_of_words_name_the_line_that_is_wrong(editor):
    row = drafted().commitments.get()

    response = save(editor, row, {**opened(editor, row), "continues": "2025-tokyo-1\r\nTokyo 2"})

    assert errors(response) == ["Line 2: “Tokyo 2” is not written as the help says."]


def test_part_is_added_only_to_a_summit(editor):
    summit = drafted()

    response = editor.get(add_address(Session))

    assert 'name="summit"' in response.content.decode()
    for asked in ("x", "0", "9" * 30):
        assert (
            "of which summit?"
            in editor.get(f"{add_address(Session)}?summit={asked}").content.decode()
        )
    assert enter(editor, Session, summit, key="k", kind="talks", title_en="T").summit == summit
    assert Commitment.objects.count() == 1
    assert Party.objects.count() == 3
