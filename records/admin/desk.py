"""Where a working copy stands, how it came there, and what was remarked: shown on its forms."""

from __future__ import annotations

from functools import cached_property
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import formats
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from records import review
from records.models import Review
from records.models.review import Step

from .publishing import person_of
from .record import form_of

SHOWN = 50  # steps and editions of a history


class DeskPanel:
    """The state of review, the way on, and the open remarks on what the form is about."""

    def __init__(self, record, request, path=()):
        self.desk = review.Desk(record.state)
        self.person = person_of(request)
        self.path = ".".join(path)
        pk = record.summit.pk
        self.address = reverse("admin:records_summit_review", args=[pk])
        self.remarks_address = reverse("admin:records_summit_remarks", args=[pk])
        if self.path:
            self.remarks_address += f"?{urlencode({'path': self.path})}"
        self.remarks = [
            each for each in threads(record.summit, record) if concerns(each.path, self.path)
        ]

    @property
    def may_remark(self) -> bool:
        return self.person.may("remark")

    @property
    def may_step(self) -> bool:
        may = self.person.may
        return may("submit") or may("review") or may("publish")

    @cached_property
    def history(self) -> list[Line]:
        """How the summit came here; on its own form, not on those of its parts."""
        return [] if self.path else history(self.desk.summit)

    @property
    def when(self) -> str:
        """The time of a scheduled publication, in its own zone."""
        return in_its_zone(self.desk.scheduled) if self.desk.scheduled else ""


def in_its_zone(step: Review) -> str:
    there = step.publish_at.astimezone(ZoneInfo(step.zone or settings.TIME_ZONE))
    return f"{formats.date_format(there, 'DATE_FORMAT')} {there:%H:%M} ({step.zone})"


# remarks ------------------------------------------------------------------------------------------


class Thread:
    """A remark with its replies; `place` leads to the form of what it is about."""

    def __init__(self, remark, replies, record):
        self.remark, self.replies = remark, replies
        self.path = remark.path
        self.place = record.address(tuple(remark.path.split(".")) if remark.path else ())


def threads(summit, record, *, resolved=False) -> list[Thread]:
    """The summit's remarks, open or resolved ones, in one query."""
    rows = list(summit.remarks.all())
    replies: dict[int, list] = {}
    for row in rows:
        replies.setdefault(row.reply_to_id or 0, []).append(row)
    return [
        Thread(row, replies.get(row.pk, []), record)
        for row in replies.get(0, [])
        if bool(row.resolved_at) == resolved
    ]


def concerns(path: str, form: str) -> bool:
    """Is a remark at `path` about what the form of `form` shows? The summit's form shows all."""
    return not form or path == form or path.startswith(f"{form}.")


# history ------------------------------------------------------------------------------------------


class Line:
    """One line of the history: a step or an edition."""

    def __init__(self, at, by, words, comment="", address=""):
        self.at, self.by, self.words = at, by, words
        self.comment, self.address = comment, address


def history(summit) -> list[Line]:
    """Steps and editions, newest first; an edition says whether somebody approved it."""
    steps = list(summit.reviews.all())
    approved = {step.sha256 for step in steps if step.step == Step.APPROVED}
    lines = [Line(s.at, s.by, step_in_words(s), s.comment) for s in steps[:SHOWN]]
    for edition in summit.editions.defer("content", "names")[:SHOWN]:
        words = _("Edition %(number)s: %(kind)s") % {
            "number": edition.number,
            "kind": edition.get_kind_display(),
        }
        if edition.sha256 not in approved:
            words = _("%(edition)s (without review)") % {"edition": words}
        lines.append(Line(edition.at, edition.by, words, address=form_of(edition)))
    # Of one second, what makes readers see it came last.
    return sorted(lines, key=lambda line: (line.at, bool(line.address)), reverse=True)[:SHOWN]


def step_in_words(step: Review) -> str:
    if step.step == Step.SCHEDULED:
        return _("Scheduled for %(time)s") % {"time": in_its_zone(step)}
    return step.get_step_display()
