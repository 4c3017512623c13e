"""What waits for the editor who signs in: on the admin's first page."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.utils.functional import cached_property

from records import review
from records.document.canonical import digest
from records.document.read import read_row, rows_of
from records.document.schema import SUMMIT
from records.models import Contribution, Edition, Review, Summit
from records.models.review import Step

from .desk import in_its_zone
from .publishing import person_of
from .record import form_of
from .row import spoken

SHOWN = 8  # of each list; the number of the rest is told


class Line:
    """One line of a list: a summit, where it leads, and what is said of it."""

    def __init__(self, summit, *, at, by="", words="", comment="", address="", is_stale=False):
        self.summit, self.title = summit, spoken(summit, "title") or summit.slug
        self.at, self.by, self.words, self.comment = at, by, words, comment
        self.address, self.is_stale = address, is_stale


class Queue:
    """The first lines of a list, and how many more there are."""

    def __init__(self, rows, line):
        found = list(rows[: SHOWN + 1])
        self.lines = [line(row) for row in found[:SHOWN]]
        self.more = rows.count() - SHOWN if len(found) > SHOWN else 0


class Dashboard:
    """The lists of the first page; asked for when they are drawn, in as few queries for many."""

    def __init__(self, request):
        self.person = person_of(request)
        self.is_shown = request.user.has_perm("records.view_summit")

    def last(self, *steps):
        """Last steps that are about what no edition has yet."""
        newer = Edition.objects.filter(
            summit=OuterRef("summit"), number__gt=OuterRef("after_edition")
        )
        return (
            Review.objects.filter(is_last=True, step__in=steps)
            .exclude(Exists(newer))
            .select_related("summit")
        )

    def rows(self, kind):
        """The rows of one of the lists, in their order."""
        match kind:
            case "in-review":
                return self.last(Step.SUBMITTED).order_by("at", "pk")
            case "approved":
                return self.last(Step.APPROVED, Step.UNSCHEDULED).order_by("at", "pk")
            case "scheduled":
                return self.last(Step.SCHEDULED).order_by("publish_at", "pk")
        newer = Edition.objects.filter(summit=OuterRef("summit"), at__gte=OuterRef("at"))
        return (
            Contribution.objects.filter(account=self.person.account)
            .exclude(Exists(newer))
            .select_related("summit")
            .order_by("-at", "-pk")
        )

    @cached_property
    def in_review(self):
        """What waits for a reviewer, longest first."""
        rows = self.rows("in-review")
        return Queue(rows, lambda row: Line(row.summit, at=row.at, by=row.by, comment=row.comment))

    @cached_property
    def approved(self):
        """What waits for a publisher."""
        rows = self.rows("approved")
        return Queue(
            Verified(rows),
            lambda row: Line(
                row.summit, at=row.at, by=row.by, comment=row.comment, is_stale=row.is_stale
            ),
        )

    @cached_property
    def scheduled(self):
        """What is published at a time to come, next first."""
        rows = self.rows("scheduled")
        return Queue(
            Verified(rows),
            lambda row: Line(
                row.summit, at=row.at, by=row.by, words=in_its_zone(row), is_stale=row.is_stale
            ),
        )

    @cached_property
    def mine(self):
        """What the editor changed and no edition holds yet, newest change first."""
        rows = self.rows("mine")
        wanted = rows[:SHOWN]
        steps = {
            step.summit_id: step
            for step in self.last(*Step).filter(summit__in=[row.summit_id for row in wanted])
        }

        def line(row):
            step = steps.get(row.summit_id)
            words = step.get_step_display() if step else review.Standing.DRAFT.label
            comment = step.comment if step and step.step == Step.RETURNED else ""
            return Line(row.summit, at=row.at, words=words, comment=comment)

        return Queue(rows, line)

    @cached_property
    def published(self):
        """What readers were given last."""
        rows = (
            Edition.objects.defer("content", "names")
            .select_related("summit")
            .order_by("-at", "-id")[:SHOWN]
        )
        return [
            Line(
                row.summit,
                at=row.at,
                by=row.by,
                words=row.get_kind_display(),
                comment=spoken(row, "note"),
                address=form_of(row),
            )
            for row in rows
        ]


class Verified:
    """Steps with what became of them: `is_stale` where the working copy changed since.

    All that is shown is read at once, so that eight cost the queries of one.
    """

    def __init__(self, rows):
        self.rows = rows

    def count(self):
        return self.rows.count()

    def __getitem__(self, part):
        found = list(self.rows[part])
        wanted = rows_of(Summit.objects.filter(pk__in=[row.summit_id for row in found]), SUMMIT)
        now = {summit.pk: read_row(summit, SUMMIT) for summit in wanted} if found else {}
        for row in found:
            row.is_stale = digest(now[row.summit_id]) != row.sha256
        return found
