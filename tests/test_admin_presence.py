"""Who else has a form open, and the address at which forms tell it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from records.models import OpenForm, Participant, Session
from records.review import open_forms
from tests.admin_pages import add_address, address, opened, save
from tests.factories import TopicFactory, drafted, published, somebody

pytestmark = pytest.mark.django_db
KIM, LEE = {"first_name": "Kim"}, {"first_name": "Lee", "last_name": "Sora"}


def browser(role="contributor", **facts):
    client = Client()
    client.force_login(somebody(role, username=facts["first_name"].lower(), **facts))
    return client


@pytest.fixture
def kim():
    return browser(**KIM)


@pytest.fixture
def lee():
    return browser(**LEE)


def seen(client, where):
    """The lines on others of a form opened now, and its token."""
    page = client.get(where if isinstance(where, str) else address(where))
    return [line.split(", since ")[0] for line in page.context["people"]], page.context["open_form"]


def tell(client, token, what="here", **more):
    return client.post(reverse("admin:open-form"), {"token": token, "what": what, **more})


def lines(answer):
    assert answer.status_code == 200
    return [line.split(", since ")[0] for line in answer.json()["people"]]


def test_who_else_has_the_form_open_is_told_to_both(kim, lee):
    name = TopicFactory()

    first, token = seen(kim, name)
    second, _token = seen(lee, name)

    assert (first, second) == ([], ["Also editing: Kim"])
    assert lines(tell(kim, token)) == ["Also editing: Lee Sora"]


def test_since_when_is_a_time_of_the_site_and_of_another_day_has_its_day(kim, lee, time_machine):
    name = TopicFactory()
    time_machine.move_to("2026-02-01T14:59:00Z", tick=False)  # 23:59 in Seoul
    kim.get(address(name))
    one = lee.get(address(name)).context["people"]

    time_machine.move_to("2026-02-01T15:00:30Z", tick=False)
    other = lee.get(address(name)).context["people"]

    assert one == ["Also editing: Kim, since 23:59"]
    assert other == ["Also editing: Kim, since 1 February 2026 23:59"]


def test_other_forms_of_the_same_summit_are_told_as_such_and_other_summits_not_at_all(kim, lee):
    summit = drafted()
    other = drafted(slug="2026-03-01-x", code="2026-x", commitments=None)
    kim.get(address(summit.commitments.get()))

    assert seen(lee, summit)[0] == ["Elsewhere in this summit: Kim (commitment)"]
    assert seen(lee, summit.sessions.get())[0] == ["Elsewhere in this summit: Kim (commitment)"]
    assert seen(lee, other)[0] == []
    assert seen(lee, summit.country)[0] == []


def test_two_who_add_something_do_not_edit_the_same(kim, lee):
    where = add_address(Session, drafted())
    kim.get(where)
    assert seen(lee, where)[0] == ["Elsewhere in this summit: Kim (session)"]

    kim.get(add_address(Participant))
    assert seen(lee, add_address(Participant))[0] == []


def test_who_leaves_or_saves_is_there_no_more(kim, lee):
    name = TopicFactory()
    _nobody, token = seen(kim, name)
    assert tell(kim, token, "left").status_code == 204
    left = seen(lee, name)[0]

    form = opened(kim, name)
    back = seen(lee, name)[0]
    save(kim, name, {**form, "name_en": "Other"}, follow=False)

    assert (left, back) == ([], ["Also editing: Kim"])
    assert seen(lee, name)[0] == []


def test_page_that_was_opened_again_is_not_left_by_the_old_one(kim, lee):
    name = TopicFactory()
    _nobody, old = seen(kim, name)
    kim.get(address(name))

    tell(kim, old, "left")  # browsers leave a page once the next one has come

    assert seen(lee, name)[0] == ["Also editing: Kim"]


def test_who_is_silent_is_there_no_more_and_without_script_stays_for_a_while(kim, lee):
    name = TopicFactory()
    _nobody, token = seen(kim, name)
    row, now = OpenForm.objects.filter(editor__username="kim"), timezone.now()

    ago = now - open_forms.UNHEARD + timedelta(seconds=20)
    row.update(opened_at=ago, seen_at=ago)
    without_script = seen(lee, name)[0]
    row.update(seen_at=now - open_forms.SILENCE - timedelta(seconds=1))
    silent = seen(lee, name)[0]
    tell(kim, token)

    assert (without_script, silent) == (["Also editing: Kim"], [])
    assert seen(lee, name)[0] == ["Also editing: Kim"]


def test_who_may_only_look_is_not_said_to_edit(lee):
    name = published().country
    page = browser("translator-ko", **KIM).get(address(name))

    assert "open_form" not in page.context
    assert OpenForm.objects.count() == 0
    assert seen(browser("publisher", first_name="Ha"), name)[0] == []


def test_form_is_told_of_by_its_editor_with_its_token_only(kim, lee):
    name = TopicFactory()
    _nobody, token = seen(kim, name)
    where = reverse("admin:open-form")

    assert tell(lee, token).status_code == 403
    assert tell(kim, "x").status_code == 403
    assert tell(kim, "").status_code == 403
    assert kim.get(where).status_code == 405
    assert Client().post(where, {"token": token}).status_code == 302
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(OpenForm.objects.get().editor)
    assert tell(strict, token).status_code == 403
    assert OpenForm.objects.count() == 1


def test_button_without_script_leads_back_to_the_form_and_nowhere_else(kim):
    name = TopicFactory()
    _nobody, token = seen(kim, name)

    assert tell(kim, token, "forget", back=address(name)).url == address(name)
    for elsewhere in ("//example.org/", "https://example.org/", "javascript:alert(1)"):
        assert tell(kim, token, "forget", back=elsewhere).status_code == 200


@pytest.mark.parametrize("count", [1, 3, 30])
def test_form_asks_the_database_the_same_for_one_editor_and_for_thirty(
    kim, count, django_assert_num_queries
):
    summit = drafted()
    session = summit.sessions.get()
    _nobody, token = seen(kim, session)
    now = timezone.now()
    rows = [
        OpenForm(
            editor=somebody("contributor", username=f"e{number}"),
            form=address(session) if number % 2 else address(summit),
            summit=str(summit.pk),
            opened_at=now,
            seen_at=now,
        )
        for number in range(count)
    ]
    OpenForm.objects.bulk_create(rows)
    tell(kim, token)

    # Session and editor; on SQLite its patience asked for, set, set back; the row; the others.
    with django_assert_num_queries(7 if connection.vendor == "sqlite" else 4):
        answer = tell(kim, token)

    named = sum(line.count("since") for line in answer.json()["people"])
    assert named == min(count, open_forms.NAMED)


def test_readers_pages_know_nothing_of_who_edits(kim):
    summit = published()
    kim.get(address(summit))
    assert OpenForm.objects.count() == 1

    page = Client().get(f"/en/summits/{summit.slug}").content.decode()

    assert "Kim" not in page
