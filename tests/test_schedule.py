"""Publication at a time to come, once and only of what was approved; letters on each step."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command

from records import public, publishing, review
from records.models import Edition, Summit
from records.models.review import Step
from records.review import NotAllowed, Standing
from tests.factories import drafted, published, text
from tests.steps import (
    FACTS,
    NOTE,
    NOW,
    administrator,
    approved,
    changed,
    person,
    standing,
    take,
)

pytestmark = pytest.mark.django_db


def scheduled(at=NOW, by="tanaka"):
    summit = approved()
    publisher = person("publisher", name=by)
    take(
        summit,
        Step.SCHEDULED,
        publisher,
        publish_at=at,
        zone="Asia/Seoul",
        kind="addition",
        note_en="New.",
        note_ko="새 판",
    )
    return summit


def run():
    out, err = StringIO(), StringIO()
    call_command("publish_due", stdout=out, stderr=err)
    return out.getvalue() + err.getvalue()


def test_scheduled_copy_is_published_at_its_time_and_once():
    summit = scheduled()
    with time_machine.travel(NOW - timedelta(seconds=1), tick=False):
        assert run() == ""
        assert public.entry("summit", summit.slug) is None

    with time_machine.travel(NOW, tick=False):
        assert run() == f"{summit.slug}: edition 1 published\n"
        assert run() == ""

    edition = Edition.objects.get()
    assert (edition.by, edition.note_en, edition.note_ko, edition.at) == (
        "tanaka", "New.", "새 판", NOW,
    )  # fmt: skip
    assert standing(summit) == Standing.PUBLISHED


def test_scheduled_copy_that_changed_goes_back_instead():
    summit = scheduled()
    changed(summit, venue=text("Hotel"))

    first, second = run(), run()

    assert first == (
        f"{summit.slug}: not published. The working copy changed after it was scheduled.\n"
    )
    assert second == ""
    assert summit.editions.count() == 0
    assert standing(summit) == Standing.DRAFT
    assert summit.reviews.get(is_last=True).step == Step.LAPSED


def test_scheduled_copy_that_the_rules_refuse_goes_back_with_the_reason():
    summit = scheduled()
    other = drafted(slug="2026-01-13-other", code="2026-other", commitments=None)
    Summit.objects.filter(pk=other.pk).update(formerly=[summit.slug])

    assert "not published" in run()
    assert run() == ""
    assert summit.editions.count() == 0


def test_cancelled_schedule_is_not_published_and_can_be_made_anew():
    summit = scheduled()
    take(summit, Step.UNSCHEDULED, person("publisher"))

    assert run() == ""
    assert standing(summit) == Standing.APPROVED
    with pytest.raises(NotAllowed, match="not scheduled"):
        take(summit, Step.UNSCHEDULED, person("publisher"))
    take(summit, Step.SCHEDULED, person("publisher"), **FACTS[Step.SCHEDULED])
    assert "edition 1 published" in run()


def test_schedule_ends_with_an_edition_made_before_its_time():
    summit = scheduled()
    publishing.publish(summit, note=NOTE)
    changed(summit, venue=text("Hotel"))

    assert run() == ""
    assert summit.editions.get().number == 1


def test_several_are_due_and_one_that_lapses_hinders_no_other():
    first = scheduled()
    other = drafted(slug="2026-03-01-busan", code="2026-busan", commitments=None)
    take(other, Step.SCHEDULED, administrator(), **FACTS[Step.SCHEDULED])
    changed(first, venue=text("Hotel"))

    told = run().splitlines()

    assert len(told) == 2
    assert (first.editions.count(), other.editions.count()) == (0, 1)


# mail ---------------------------------------------------------------------------------------------


@pytest.fixture
def with_mail(settings):
    settings.EMAIL_URL = "smtp://mail.example"


def letters(capture, do):
    mail.outbox.clear()
    with capture(execute=True):
        do()
    return [(letter.subject, sorted(letter.bcc)) for letter in mail.outbox]


def test_those_whose_turn_it_is_get_a_letter(with_mail, django_capture_on_commit_callbacks):
    kim = person("contributor", name="kim", email="kim@example.org")
    lee = person("reviewer", name="lee", email="lee@example.org")
    person("reviewer", name="gone", email="gone@example.org", is_active=False)
    tanaka = person("publisher", name="tanaka", email="tanaka@example.org")
    summit, capture = drafted(), django_capture_on_commit_callbacks

    assert letters(capture, lambda: take(summit, Step.SUBMITTED, kim, comment="Please.")) == [
        ("2026-01-13-nara: Submitted for review", ["lee@example.org"])
    ]
    body = mail.outbox[0].body
    assert f"/admin/records/summit/{summit.pk}/review/" in body
    assert body.endswith("\n\nPlease.\n")
    assert letters(capture, lambda: take(summit, Step.APPROVED, lee)) == [
        ("2026-01-13-nara: Approved", ["kim@example.org", "tanaka@example.org"])
    ]
    assert letters(
        capture, lambda: take(summit, Step.SCHEDULED, tanaka, **FACTS[Step.SCHEDULED])
    ) == [("2026-01-13-nara: Scheduled", ["kim@example.org"])]
    changed(summit, venue=text("Hotel"))
    assert letters(capture, review.publish_due) == [
        ("2026-01-13-nara: Not published at its time", ["kim@example.org", "tanaka@example.org"])
    ]


def test_nobody_gets_a_letter_where_no_mail_is_set_up(django_capture_on_commit_callbacks):
    person("reviewer", name="lee", email="lee@example.org")
    summit = drafted()

    assert (
        letters(
            django_capture_on_commit_callbacks,
            lambda: take(summit, Step.SUBMITTED, person("contributor")),
        )
        == []
    )
    assert standing(summit) == Standing.IN_REVIEW


def test_step_that_is_refused_sends_nothing(with_mail, django_capture_on_commit_callbacks):
    person("reviewer", name="lee", email="lee@example.org")

    def refused():
        with pytest.raises(NotAllowed):
            take(published(), Step.SUBMITTED, person("contributor"))

    assert letters(django_capture_on_commit_callbacks, refused) == []
