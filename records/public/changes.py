"""What publications changed, newest first: entries of the kind `change`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.db.models import Q, QuerySet, Subquery

from records import facets
from records.choices import ChangeKind
from records.models import Entry

from .entries import entries

Row = dict[str, Any]
NEWEST_FIRST = facets.ORDERS["-at"]
WITH_ALL = [ChangeKind.OPENED, ChangeKind.REOPENED]  # all of a summit came with these
BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)  # where the weight of a change begins


def seconds(at: datetime) -> int:
    """When a change was published, as its weight: in 2020 it was 0, in 2088 a column is full."""
    return max(0, int((at - BEGINNING).total_seconds()))


def changes() -> QuerySet[Entry]:
    return Entry.objects.filter(kind="change").order_by(*NEWEST_FIRST)


def rows(found: QuerySet[Entry]) -> list[Row]:
    """Changes as they are drawn: their data with `slug`, what they are known by."""
    return [{**data, "slug": slug} for slug, data in found.values_list("slug", "data")]


def latest_changes(count: int) -> list[Row]:
    """The newest changes of all public records: one query."""
    return rows(changes()[:count])


def of_one(entry: QuerySet[Entry]) -> QuerySet[Entry]:
    """The changes of the summit to which an entry belongs, in no order."""
    return Entry.objects.filter(kind="change", summit=Subquery(entry.values("summit")[:1]))


def of_summits(entries_of: QuerySet[Entry]) -> QuerySet[Entry]:
    """The changes of the summits to which some entries belong, in no order.

    To be sorted by who asks: with their order asked of it, a database without statistics walks
    through the changes of all summits (0.5 s at 500,000) instead of taking these by their index.
    """
    summits = set(entries_of.values_list("summit", flat=True))
    return Entry.objects.filter(kind="change", summit__in=summits)


def changes_of_summit(slug: str, count: int) -> list[Row]:
    """The newest changes of a public summit: one query."""
    public = Entry.objects.filter(kind="summit", slug=slug)
    return rows(of_one(public).order_by(*NEWEST_FIRST)[:count])


def changes_of_summits(slugs: Iterable[str], count: int) -> list[Row]:
    """The newest changes of some public summits: three queries."""
    public = Entry.objects.filter(kind="summit", slug__in=list(slugs))
    found = sorted(of_summits(public).values_list("weight", "summit_id", "place", "slug", "pk"))
    found.sort(key=lambda row: -row[0])
    return entries("change", [row[-1] for row in found[:count]])


def changes_of_commitment(identifier: str, count: int) -> list[Row]:
    """The newest changes of a public commitment, down to the one by which it came in: one
    query."""
    public = Entry.objects.filter(kind="commitment", slug=identifier)
    own = Q(data__commitment=identifier) | Q(data__what__in=WITH_ALL)
    found = rows(of_one(public).filter(own).order_by(*NEWEST_FIRST)[:count])
    came = next(
        (at for at, row in enumerate(found) if row["what"] == ChangeKind.COMMITMENT_ADDED), count
    )
    return found[: came + 1]


def changes_of_edition(slug: str, number: int) -> list[Row]:
    """What one edition of a public summit changed, in its order: one query."""
    public = Entry.objects.filter(kind="summit", slug=slug)
    return rows(of_one(public).filter(data__edition=number).order_by("place", "slug"))


def ids_since(kind: str, moment: datetime) -> list[int]:
    """Ids of the entries published at `moment` or later."""
    found = Entry.objects.filter(kind=kind, weight__gte=seconds(moment))
    return list(found.values_list("pk", flat=True))


def ids_of_commitment(kind: str, identifier: str) -> list[int]:
    """Ids of the changes of one public commitment."""
    public = Entry.objects.filter(kind="commitment", slug=identifier)
    found = of_one(public).filter(data__commitment=identifier)
    return list(found.values_list("pk", flat=True))
