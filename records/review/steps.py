"""The steps themselves: taken under the lock of all writers, on the copy that was looked at."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from records import audit, index, publishing, waiting
from records.models import Contribution, Edition, Review, Summit
from records.models.review import Step

from . import mail
from .standing import TRANSITIONS, Desk, NotAllowed, Person, Standing, desk_of


def locked(pk: Any) -> Summit:
    """The summit, held with the index until the transaction ends, in the order of all writers."""
    index.hold()
    return Summit.objects.select_for_update().get(pk=pk)


def take(
    summit: Summit,
    step: Step,
    person: Person,
    *,
    comment: str = "",
    seen: str = "",
    **facts: Any,
) -> Review:
    """Take a step; `seen` is the digest that `person` looked at. Raises NotAllowed."""
    transition = next((each for each in TRANSITIONS if each.step == step), None)
    if transition is None:
        raise NotAllowed(_("You may not do this."))
    with transaction.atomic():
        desk = desk_of(locked(summit.pk))
        if reason := desk.hindrance(transition, person):
            raise NotAllowed(reason)
        if transition.needs_comment and not comment.strip():
            raise NotAllowed(_("Say in a comment what is to be changed."))
        if seen != desk.sha256:
            raise NotAllowed(changed_meanwhile())
        review = add_step(desk, step, person, comment=comment.strip(), **facts)
        mail.step_taken(review)
        return review


def add_step(desk: Desk, step: Step, person: Person, **facts: Any) -> Review:
    desk.summit.reviews.filter(is_last=True).update(is_last=False)
    number = desk.summit.reviews.aggregate(last=models.Max("number"))["last"] or 0
    audit.note(step.value, by=person.name, summit=desk.summit.slug)
    return Review.objects.create(
        summit=desk.summit,
        number=number + 1,
        step=step,
        by=person.name,
        account=person.account,
        at=now(),
        after_edition=desk.newest,
        sha256=desk.sha256,
        **facts,
    )


def now() -> datetime:
    return timezone.now().replace(microsecond=0)  # `dumpdata` keeps no more than milliseconds


def changed_meanwhile() -> str:
    return _("The working copy changed after this page was opened: look at it once more.")


def publish(
    summit: Summit, person: Person, *, note: dict[str, str], kind: str = "", seen: str = ""
) -> Edition | None:
    """The next edition, if `person` may make it from where the working copy stands.

    Without `seen` what was just saved is published. Raises NotAllowed and publishing.Refused.
    """
    with transaction.atomic():
        desk = desk_of(locked(summit.pk))
        reason = desk.not_published(person)
        if reason and desk.standing != Standing.PUBLISHED:
            raise NotAllowed(reason)
        if seen and seen != desk.sha256:
            raise NotAllowed(changed_meanwhile())
        return publishing.publish(summit, note=note, by=person.name, kind=kind)


def withdraw(summit: Summit, person: Person, *, note: dict[str, str]) -> Edition:
    """Take a public summit back. Raises NotAllowed and publishing.Refused."""
    if not person.may("withdraw"):
        raise NotAllowed(_("You may not do this."))
    return publishing.withdraw(summit, note=note, by=person.name)


def contributed(summit: Summit, person: Person) -> None:
    """Keep who changed the working copy last, and when, and what waits in it now."""
    waiting.keep(summit)
    Contribution.objects.update_or_create(
        summit=summit, account=person.account, defaults={"by": person.name, "at": now()}
    )
