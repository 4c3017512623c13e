"""Publication at a time to come: what is due is published once, or lapses and says why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from records import publishing
from records.document.checks import hindrances
from records.document.schema import LANGUAGES
from records.models import Edition, Review, Summit
from records.models.review import Step

from . import mail
from .standing import Desk, Person, Standing, desk_of
from .steps import add_step, locked


@dataclass(frozen=True)
class Outcome:
    """What became of a scheduled publication: an edition, or why there is none."""

    summit: Summit
    edition: Edition | None
    reason: str = ""


def due(at: datetime) -> models.QuerySet[Review]:
    """Scheduled publications whose time has come."""
    return Review.objects.filter(is_last=True, step=Step.SCHEDULED, publish_at__lte=at).order_by(
        "publish_at", "pk"
    )


def publish_due(at: datetime | None = None) -> list[Outcome]:
    """Publish what is due; each summit by itself, and none twice."""
    found = [publish_one(review) for review in list(due(at or timezone.now()))]
    return [outcome for outcome in found if outcome]


def publish_one(review: Review) -> Outcome | None:
    """Publish a scheduled working copy, or let the schedule lapse and say why; None if it is done
    or was cancelled."""
    with transaction.atomic():
        desk = desk_of(locked(review.summit_id))
        if desk.last is None or desk.last.pk != review.pk:
            return None
        person = Person(review.by, review.account)
        if desk.standing == Standing.PUBLISHED:  # what was changed was changed back
            return lapse(desk, person, _("Readers see the working copy as it is."))
        if not desk.scheduled:
            return lapse(desk, person, _("The working copy changed after it was scheduled."))
        note = {code: text for code in LANGUAGES if (text := getattr(review, f"note_{code}"))}
        if broken := hindrances(desk.now.problems):
            return lapse(desk, person, " ".join(problem.message for problem in broken))
        edition = publishing.publish(desk.summit, note=note, by=review.by, kind=review.kind)
        return Outcome(desk.summit, edition)


def lapse(desk: Desk, person: Person, reason: str) -> Outcome:
    mail.step_taken(add_step(desk, Step.LAPSED, person, comment=reason))
    return Outcome(desk.summit, None, reason)
