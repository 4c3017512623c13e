"""What waits as one list: steps, facts and names, kind after kind, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy

from records import waiting
from records.models import Work
from records.roles import permission

from .dashboard import Dashboard
from .fields import LANGUAGES, reader_language
from .row import spoken
from .waiting_places import Places

# In the order of the page: what others wait for first.
LABELS = {
    "in-review": gettext_lazy("Waits for review"),
    "approved": gettext_lazy("Approved, to be published"),
    "scheduled": gettext_lazy("Scheduled"),
    "mine": gettext_lazy("My drafts"),
    "overdue": gettext_lazy("Commitments overdue"),
    "unchecked": gettext_lazy("Commitments unchecked for six months"),
    "unsourced": gettext_lazy("Facts without a source"),
    "dead": gettext_lazy("Dead links"),
    "unarchived": gettext_lazy("Sources without an archived copy"),
    "missing": gettext_lazy("Texts missing in a language"),
    "older": gettext_lazy("Translations older than their English"),
    "spelling": gettext_lazy("Names met in two spellings"),
}
STEPS = ("in-review", "approved", "scheduled", "mine")
OF_TEXTS = ("missing", "older")  # of a text in one language


@dataclass
class Line:
    """One thing that waits: in which summit, what, since when, and where it is done."""

    kind: str
    slug: str = ""
    summit: str = ""
    what: str = ""
    title: str = ""
    since: date | None = None
    address: str = ""
    place: str = ""
    beside: str = ""  # the translator's page of the text, for who may write it

    @property
    def label(self):
        return LABELS[self.kind]


class Lists:
    """All that waits, or of one kind, of the texts in a language, of the summits whose slug holds
    `summit`: to be counted, and cut into pages."""

    def __init__(self, request, *, kind: str = "", summit: str = "", language: str = ""):
        self.dashboard = Dashboard(request)
        self.kinds = (kind,) if kind else tuple(LABELS)
        if language:
            self.kinds = tuple(kind for kind in self.kinds if kind in OF_TEXTS)
        self.summit, self.language = summit, language
        self.written = {code for code in LANGUAGES if may_write(request.user, code)}

    @property
    def is_whole(self) -> bool:
        """Every kind is asked for."""
        return len(self.kinds) == len(LABELS)

    def rows(self, kind: str) -> Any:
        """The rows of a kind, in their order; names belong to no summit."""
        if kind == "spelling":
            met = waiting.met()
            return met.none() if self.summit else met
        if kind in STEPS:
            found = self.dashboard.rows(kind)
        else:
            found = self.work().filter(kind=kind).select_related("summit").order_by("since", "pk")
        return found.filter(summit__slug__contains=self.summit) if self.summit else found

    def work(self) -> Any:
        found = Work.objects.filter(since__lte=timezone.localdate())
        return found.filter(place__endswith=f".{self.language}") if self.language else found

    @cached_property
    def counts(self) -> dict[str, int]:
        work = self.work()
        if self.summit:
            work = work.filter(summit__slug__contains=self.summit)
        by_kind = dict(work.order_by().values_list("kind").annotate(count=Count("pk")))
        return {
            kind: self.rows(kind).count()
            if kind in STEPS or kind == "spelling"
            else by_kind.get(kind, 0)
            for kind in self.kinds
        }

    def counted(self) -> list[tuple[str, Any, int]]:
        """Kind, label and number of each."""
        return [(kind, LABELS[kind], self.counts[kind]) for kind in self.kinds]

    def of_facts(self) -> list[tuple[str, Any, int]]:
        """The kinds that are no steps, as far as something waits: for the first page."""
        self.kinds = tuple(kind for kind in self.kinds if kind not in STEPS)
        return [each for each in self.counted() if each[2]]

    def count(self) -> int:
        return sum(self.counts.values())

    __len__ = count

    def __getitem__(self, part: slice) -> list[Line]:
        found: list[Line] = []
        begin, end = part.start, min(part.stop, self.count())
        for kind in self.kinds:
            count = self.counts[kind]
            if begin < count and end > 0:
                rows = list(self.rows(kind)[max(begin, 0) : end])
                found += self.lines(kind, rows)
            begin, end = max(begin - count, 0), end - count
        return found

    def lines(self, kind: str, rows: list[Any]) -> list[Line]:
        if kind == "spelling":
            known = waiting.numbers((row["kind"], row["one"]) for row in rows)
            return [names_met(row, known.get((row["kind"], row["one"]))) for row in rows]
        if kind in STEPS:
            return [step(kind, row) for row in rows]
        places = Places(rows)
        return [
            Line(
                kind,
                row.summit.slug,
                spoken(row.summit, "title") or row.summit.slug,
                places.said(row),
                in_language(row.words),
                row.since,
                places.address(row),
                row.place,
                self.beside(row) if kind in OF_TEXTS else "",
            )
            for row in rows
        ]

    def beside(self, row: Work) -> str:
        """Where the text stands beside its source; empty if it is not theirs to write."""
        place, _dot, language = row.place.rpartition(".")
        if language not in self.written:
            return ""
        where = reverse("admin:records_summit_translate", args=[row.summit_id])
        return f"{where}?{urlencode({'to': language, 'at': place})}#{place}"


def may_write(user: Any, language: str) -> bool:
    """May somebody change a summit's texts in a language, and so say that one still holds?"""
    own = permission("translate", "summit", language)
    return user.has_perm(permission("change", "summit")) or user.has_perm(own)


def step(kind: str, row: Any) -> Line:
    summit = row.summit
    page = "change" if kind == "mine" else "review"
    return Line(
        kind,
        summit.slug,
        spoken(summit, "title") or summit.slug,
        title=getattr(row, "comment", ""),
        since=timezone.localdate(row.at),
        address=reverse(f"admin:records_summit_{page}", args=[summit.pk]),
    )


def names_met(row: dict[str, str], pk: int | None) -> Line:
    """Two names with one spelling: to the page that makes them one."""
    address = reverse(f"admin:records_{row['kind']}_merge", args=[pk]) if pk else ""
    both = f"{row['one']}, {row['other']}"
    return Line("spelling", what=both, address=address, place=f"{row['kind']}.{row['one']}")


def in_language(words: dict[str, str]) -> str:
    """A title in the editor's language, else in the first it has, with its mark."""
    own = reader_language()
    if text := words.get(own, words.get("", "")):
        return text
    return next((f"{words[code]} [{code}]" for code in LANGUAGES if code in words), "")
