"""A working copy on its way: every step allowed and refused, staleness, four eyes, remarks."""

from contextlib import contextmanager

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction

from records import public, publishing, review
from records.models import Contribution
from records.models.review import Step
from records.review import TRANSITIONS, NotAllowed, Person, Standing, desk_of
from records.roles import RIGHTS, ROLES
from tests.factories import document, drafted, published, text
from tests.steps import (
    FACTS,
    NOTE,
    NOW,
    administrator,
    approved,
    changed,
    person,
    returned,
    standing,
    submitted,
    take,
    withdrawn,
)

pytestmark = pytest.mark.django_db
MADE = {
    Standing.DRAFT: drafted,
    Standing.IN_REVIEW: submitted,
    Standing.CHANGES_REQUESTED: returned,
    Standing.APPROVED: approved,
    Standing.PUBLISHED: published,
    Standing.WITHDRAWN: withdrawn,
}
# Where a step leads, as written in the issue; the code derives it.
LEADS = {
    Step.SUBMITTED: Standing.IN_REVIEW,
    Step.TAKEN_BACK: Standing.DRAFT,
    Step.RETURNED: Standing.CHANGES_REQUESTED,
    Step.APPROVED: Standing.APPROVED,
    Step.SCHEDULED: Standing.APPROVED,
    Step.UNSCHEDULED: Standing.APPROVED,
}


@contextmanager
def taken_back():
    """What is done here is undone at its end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


# the table of steps -------------------------------------------------------------------------------


@pytest.mark.parametrize("wanted", Standing)
def test_working_copy_stands_where_its_steps_and_editions_put_it(wanted):
    assert standing(MADE[wanted]()) == wanted


@pytest.mark.parametrize("source", Standing)
def test_steps_are_taken_from_their_standings_and_from_no_other(source):
    summit, by = MADE[source](), administrator()
    allowed = {}
    for transition in TRANSITIONS:
        step = transition.step
        with taken_back():
            try:
                take(summit, step, by, comment="Because.", **FACTS.get(step, {}))
            except NotAllowed:
                assert standing(summit) == source
            else:
                allowed[step] = standing(summit)

    wanted = {each.step: LEADS[each.step] for each in TRANSITIONS if source in each.sources}
    wanted.pop(Step.UNSCHEDULED, None)  # it needs a schedule, and has a test of its own
    if source != Standing.PUBLISHED:  # the administrator needs no approval
        wanted[Step.SCHEDULED] = Standing.APPROVED
    assert allowed == wanted


@pytest.mark.parametrize("transition", TRANSITIONS, ids=lambda each: each.step.value)
def test_step_is_taken_by_its_roles_and_by_no_other(transition):
    step = transition.step
    summit = MADE[transition.sources[0]]()
    if step == Step.UNSCHEDULED:
        take(summit, Step.SCHEDULED, person("publisher"), **FACTS[Step.SCHEDULED])
    takers = []
    for role in ROLES:
        by = person(role)
        if step == Step.TAKEN_BACK:  # only one's own is taken back
            summit.reviews.update(account=by.account)
        with taken_back():
            try:
                take(summit, step, by, comment="So.", **FACTS.get(step, {}))
            except NotAllowed:
                continue
            takers.append(role)

    assert tuple(takers) == tuple(r for r in ROLES if r in RIGHTS["summit"][transition.action])


def test_step_that_is_in_no_table_is_taken_by_nobody():
    with pytest.raises(NotAllowed):
        take(drafted(), Step.LAPSED, administrator())
    with pytest.raises(NotAllowed):
        take(drafted(), Step.SUBMITTED, Person("Nobody"))


def test_step_keeps_who_when_and_why():
    summit = drafted()
    with time_machine.travel(NOW, tick=False):
        take(summit, Step.SUBMITTED, person("contributor", name="kim"), comment=" Please. ")

    row = summit.reviews.get()
    assert (row.number, row.by, row.account, row.at, row.comment, row.is_last) == (
        1, "kim", "kim", NOW, "Please.", True,
    )  # fmt: skip
    take(summit, Step.RETURNED, person("reviewer"), comment="No.")
    assert list(summit.reviews.order_by("number").values_list("is_last", flat=True)) == [
        False,
        True,
    ]


def test_changes_are_requested_with_a_comment():
    summit = submitted()
    with pytest.raises(NotAllowed, match="Say in a comment"):
        take(summit, Step.RETURNED, person("reviewer"), comment="  ")
    assert standing(summit) == Standing.IN_REVIEW


def test_submission_is_taken_back_by_who_submitted_it():
    summit = submitted()
    with pytest.raises(NotAllowed, match="Only who submitted"):
        take(summit, Step.TAKEN_BACK, person("contributor"))


# four eyes ----------------------------------------------------------------------------------------


def test_nobody_approves_what_they_submitted():
    both = person("contributor", "reviewer")
    summit = drafted()
    take(summit, Step.SUBMITTED, both)

    with pytest.raises(NotAllowed, match="You submitted it"):
        take(summit, Step.APPROVED, both)
    take(summit, Step.APPROVED, person("reviewer"))


def test_nobody_approves_what_they_changed_in_review():
    summit, reviewer = submitted(), person("reviewer")
    changed(summit, venue=text("Hotel"))
    review.contributed(summit, reviewer)

    with pytest.raises(NotAllowed, match="You changed it"):
        take(summit, Step.APPROVED, reviewer)
    take(summit, Step.APPROVED, person("reviewer"))
    assert Contribution.objects.count() == 1


def test_what_cannot_be_published_is_not_approved():
    summit = drafted(city=None)
    take(summit, Step.SUBMITTED, person("contributor"))

    with pytest.raises(NotAllowed, match="hinders"):
        take(summit, Step.APPROVED, person("reviewer"))


# stale --------------------------------------------------------------------------------------------


def test_approved_copy_that_changes_is_a_draft_again():
    summit = approved()
    changed(summit, venue=text("Hotel"))

    assert standing(summit) == Standing.DRAFT
    assert desk_of(summit).is_stale
    with pytest.raises(NotAllowed, match="approved first"):
        review.publish(summit, person("publisher"), note=NOTE)
    assert summit.editions.count() == 0

    changed(summit, venue=None)  # what was approved is what it says again
    publishing.load(document(), mode="replace")
    assert standing(summit) == Standing.APPROVED


@pytest.mark.parametrize("step", [Step.SUBMITTED, Step.APPROVED])
def test_step_on_a_copy_that_changed_meanwhile_is_refused(step):
    summit = drafted() if step == Step.SUBMITTED else submitted()
    seen = desk_of(summit).sha256
    changed(summit, venue=text("Hotel"))

    for digest in (seen, ""):
        with pytest.raises(NotAllowed, match="changed after this page"):
            review.take(summit, step, administrator(), seen=digest)


def test_steps_before_an_edition_are_about_that_edition():
    summit = approved()
    review.publish(summit, person("publisher"), note=NOTE)
    assert standing(summit) == Standing.PUBLISHED

    changed(summit, venue=text("Hotel"))
    assert standing(summit) == Standing.DRAFT
    with pytest.raises(NotAllowed):
        review.publish(summit, person("publisher"), note=NOTE)
    assert summit.editions.get().number == 1
    assert public.entry("summit", summit.slug) is not None


# publishing ---------------------------------------------------------------------------------------


def test_approved_copy_is_published_by_publishers_alone():
    summit = approved()
    for role in ROLES:
        if role != "publisher":
            with pytest.raises(NotAllowed):
                review.publish(summit, person(role), note=NOTE)
    assert summit.editions.count() == 0

    edition = review.publish(summit, person("publisher", name="tanaka"), note=NOTE)

    assert (edition.number, edition.by) == (1, "tanaka")


def test_publisher_without_a_review_where_none_is_asked(settings):
    summit, publisher = drafted(), person("publisher")
    with pytest.raises(NotAllowed):
        review.publish(summit, publisher, note=NOTE)

    settings.REVIEW_REQUIRED = False

    with pytest.raises(NotAllowed):
        review.publish(summit, person("contributor", "reviewer"), note=NOTE)
    assert review.publish(summit, publisher, note=NOTE).number == 1


def test_administrator_publishes_without_a_review():
    assert review.publish(drafted(), administrator(), note=NOTE).number == 1


def test_publication_of_a_copy_that_changed_meanwhile_is_refused():
    summit = approved()
    with pytest.raises(NotAllowed, match="changed after this page"):
        review.publish(summit, person("publisher"), note=NOTE, seen="0" * 64)


def test_summit_is_withdrawn_by_publishers_alone():
    summit = published()
    for role in ROLES:
        if role != "publisher":
            with pytest.raises(NotAllowed):
                review.withdraw(summit, person(role), note=NOTE)
    assert standing(summit) == Standing.PUBLISHED

    review.withdraw(summit, person("publisher"), note=NOTE)

    assert standing(summit) == Standing.WITHDRAWN


# remarks ------------------------------------------------------------------------------------------


def test_remark_follows_the_row_it_is_about():
    summit, kim = drafted(), person("contributor")
    for path in ("sessions.talks", "sessions.talks.title.ja", "sessions.talks-2", "venue"):
        review.remark(summit, kim, "Look.", path=path)

    review.follow(summit, "sessions.talks", "sessions.expanded")

    assert [row.path for row in summit.remarks.order_by("number")] == [
        "sessions.expanded",
        "sessions.expanded.title.ja",
        "sessions.talks-2",
        "venue",
    ]


def test_remark_is_answered_and_resolved_by_those_who_may():
    summit, kim = drafted(), person("contributor", name="kim")
    row = review.remark(summit, kim, "Look.", path="venue")
    reply = review.remark(summit, person("translator-ko"), "Done.", reply_to=row)
    review.resolve(row, kim, done=True)

    assert (reply.path, reply.number, row.resolved_by) == ("venue", 2, "kim")
    for do in (
        lambda: review.remark(summit, person(), "Mine"),
        lambda: review.resolve(row, person(), done=False),
    ):
        with pytest.raises(NotAllowed):
            do()
    row.refresh_from_db()
    assert row.resolved_by == "kim"


def test_what_editors_tell_each_other_reaches_no_reader(client, tmp_path):
    summit, kim = drafted(), person("contributor", name="kim")
    take(summit, Step.SUBMITTED, kim, comment="Secret comment")
    take(summit, Step.APPROVED, person("reviewer", name="lee"), comment="Secret answer")
    review.remark(summit, kim, "Secret remark", path="venue")
    review.publish(summit, person("publisher", name="tanaka"), note=NOTE)
    call_command("dumpsummit", summit.slug, output_dir=str(tmp_path), verbosity=0)

    shown = [(tmp_path / f"{summit.slug}.yaml").read_text(encoding="utf-8")]
    for where in (
        "/en/",
        "/en/summits",
        f"/en/summits/{summit.slug}",
        f"/en/summits/{summit.slug}/editions/1",
        f"/summits/{summit.slug}.json",
    ):
        response = client.get(where)
        assert response.status_code == 200, where
        shown.append(response.content.decode())

    assert [words for words in shown if "Secret" in words] == []
