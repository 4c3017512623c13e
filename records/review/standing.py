"""Where a working copy stands on its way to readers, and which steps may follow, by whom.

It is derived from its last step, the newest edition and what the working copy says
now: a copy changed after its approval is a draft again, whoever changed it and by whichever door.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from records import publishing
from records.document.canonical import digest
from records.document.checks import hindrances
from records.models import Review, Summit
from records.models.review import Step
from records.roles import permission


class Standing(models.TextChoices):
    """Where a working copy stands on its way."""

    DRAFT = "draft", gettext_lazy("Draft")
    IN_REVIEW = "in-review", gettext_lazy("In review")
    CHANGES_REQUESTED = "changes-requested", gettext_lazy("Changes requested")
    APPROVED = "approved", gettext_lazy("Approved")
    PUBLISHED = "published", pgettext_lazy("working copy", "Published")
    WITHDRAWN = "withdrawn", gettext_lazy("Withdrawn")


@dataclass(frozen=True)
class Transition:
    """A step: from which standings, by whom (an action of `roles.RIGHTS`), with which comment."""

    step: Step
    action: str
    sources: tuple[Standing, ...]
    needs_comment: bool = False


NOT_READY = (Standing.DRAFT, Standing.CHANGES_REQUESTED, Standing.WITHDRAWN)
TRANSITIONS = (
    Transition(Step.SUBMITTED, "submit", NOT_READY),
    Transition(Step.TAKEN_BACK, "submit", (Standing.IN_REVIEW,)),
    Transition(
        Step.RETURNED, "review", (Standing.IN_REVIEW, Standing.APPROVED), needs_comment=True
    ),
    Transition(Step.APPROVED, "review", (Standing.IN_REVIEW,)),
    Transition(Step.SCHEDULED, "publish", (Standing.APPROVED,)),
    Transition(Step.UNSCHEDULED, "publish", (Standing.APPROVED,)),
)
# What makes a working copy ready for publication, as long as it says the same.
APPROVING = (Step.APPROVED, Step.SCHEDULED, Step.UNSCHEDULED)


class NotAllowed(Exception):
    """A step that this editor may not take, or not from where the working copy stands."""


@dataclass(frozen=True)
class Person:
    """Who takes a step: the name as it is kept, the account, what it may do."""

    name: str
    account: str = ""
    rights: Any = None  # Django's user; None may do nothing

    def may(self, action: str) -> bool:
        return self.rights is not None and self.rights.has_perm(permission(action, "summit"))

    @property
    def is_administrator(self) -> bool:
        return self.rights is not None and self.rights.is_active and self.rights.is_superuser


class Desk:
    """A summit's working copy on its way: where it stands, how it came there, what may follow."""

    def __init__(self, now: publishing.State, last: Review | None = None, *, asked: bool = False):
        self.now = now
        if not asked:
            last = now.summit.reviews.filter(is_last=True).first()
        # Steps before the newest edition were about what it holds.
        self.last = last if last and last.after_edition == self.newest else None

    @property
    def summit(self) -> Summit:
        return self.now.summit

    @property
    def newest(self) -> int:
        return self.now.edition.number if self.now.edition else 0

    @cached_property
    def sha256(self) -> str:
        """The digest of what the working copy says now."""
        return digest(self.now.document)

    @cached_property
    def standing(self) -> Standing:
        if self.now.is_public and not self.now.is_changed:
            return Standing.PUBLISHED
        step = self.last.step if self.last else ""
        if step == Step.SUBMITTED:
            return Standing.IN_REVIEW
        if step == Step.RETURNED:
            return Standing.CHANGES_REQUESTED
        if step in APPROVING and self.last and self.last.sha256 == self.sha256:
            return Standing.APPROVED
        if self.now.edition and not self.now.is_public and not self.now.is_changed:
            return Standing.WITHDRAWN
        return Standing.DRAFT

    @property
    def is_stale(self) -> bool:
        """It was approved, and changed since."""
        approved = self.last is not None and self.last.step in APPROVING
        return approved and self.standing == Standing.DRAFT

    @property
    def scheduled(self) -> Review | None:
        """The step that lets it be published at a time to come."""
        waits = self.last is not None and self.last.step == Step.SCHEDULED
        return self.last if waits and self.standing == Standing.APPROVED else None

    def hindrance(self, transition: Transition, person: Person) -> str:
        """Why `person` cannot take this step now; empty if nothing hinders."""
        if not person.may(transition.action):
            return _("You may not do this.")
        if self.standing not in transition.sources and not self.skips_review(transition, person):
            return _("It cannot be done from where it stands: %(standing)s.") % {
                "standing": self.standing.label
            }
        match transition.step:
            case Step.APPROVED if self.last:
                return self.not_approved(person, self.last)
            case Step.UNSCHEDULED if not self.scheduled:
                return _("It is not scheduled.")
            case Step.SCHEDULED if self.scheduled:
                return _("It is scheduled already.")
            case Step.TAKEN_BACK if self.last and self.last.account != person.account:
                if not person.is_administrator:
                    return _("Only who submitted it takes it back.")
        return ""

    def skips_review(self, transition: Transition, person: Person) -> bool:
        scheduling = transition.step == Step.SCHEDULED and self.standing != Standing.PUBLISHED
        return scheduling and publishes_unreviewed(person)

    def not_approved(self, person: Person, submitted: Review) -> str:
        if hindrances(self.now.problems):
            return _("Something still hinders publishing.")
        if person.is_administrator:
            return ""
        if submitted.account == person.account:
            return _("You submitted it: somebody else reviews it.")
        mine = self.summit.contributions.filter(account=person.account)
        touched = mine.filter(at__gte=submitted.at)
        if touched.exists():
            return _("You changed it after it was submitted: somebody else reviews it.")
        return ""

    def open_to(self, person: Person) -> list[Transition]:
        """The steps that `person` may take now."""
        return [each for each in TRANSITIONS if not self.hindrance(each, person)]

    def not_published(self, person: Person) -> str:
        """Why `person` cannot publish it now; empty if nothing hinders but the record's rules."""
        if not person.may("publish"):
            return _("You may not do this.")
        if self.standing == Standing.PUBLISHED:
            return _("Readers see the working copy as it is.")
        if self.standing != Standing.APPROVED and not publishes_unreviewed(person):
            return _("It must be approved first.")
        return ""


def publishes_unreviewed(person: Person) -> bool:
    """May `person` publish without a review? The administrator; publishers where none is asked."""
    return person.is_administrator or (person.may("publish") and not settings.REVIEW_REQUIRED)


def desk_of(summit: Summit) -> Desk:
    return Desk(publishing.state(summit))
