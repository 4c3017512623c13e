"""Entries of the index: what lists show, and where addresses lead that are no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Max, Q

from records.models import Entry

from .names import people

Row = dict[str, Any]


def entry(kind: str, slug: str) -> Row | None:
    """One entry as lists show it: its data with `slug`, `kind_of_entry` left to the caller."""
    found = Entry.objects.filter(kind=kind, slug=slug).values("slug", "data").first()
    return {**found["data"], "slug": found["slug"]} if found else None


def entries(kind: str, ids: Iterable[int]) -> list[Row]:
    """Entries by id, in the order given: one query."""
    wanted = list(ids)
    found = entries_by_id(kind, wanted)
    return [found[pk] for pk in wanted if pk in found]


def entries_by_id(kind: str, ids: Iterable[int]) -> dict[int, Row]:
    # Asked for the kind as well, SQLite walks through all entries of it instead of these ids.
    rows = Entry.objects.filter(pk__in=list(ids)).values_list("pk", "kind", "slug", "data")
    return {pk: {**data, "slug": slug} for pk, found, slug, data in rows if found == kind}


def entries_by_slug(kind: str, slugs: Iterable[str]) -> dict[str, Row]:
    rows = Entry.objects.filter(kind=kind, slug__in=list(slugs)).values_list("slug", "data")
    return {slug: {**data, "slug": slug} for slug, data in rows}


def entries_of_kinds(wanted: Iterable[tuple[str, str]]) -> dict[str, dict[str, Row]]:
    """`{kind: {slug: entry}}` of entries by kind and slug: one query, none for none."""
    slugs: dict[str, list[str]] = {}
    for kind, slug in sorted(wanted):
        slugs.setdefault(kind, []).append(slug)
    found: dict[str, dict[str, Row]] = {kind: {} for kind in slugs}
    if slugs:
        any_of = reduce(or_, (Q(kind=kind, slug__in=some) for kind, some in slugs.items()))
        rows = Entry.objects.filter(any_of).values_list("kind", "slug", "data")
        for kind, slug, data in rows:
            found[kind][slug] = {**data, "slug": slug}
    return found


@dataclass
class Person:
    """What is public of a participant: the row of the vocabulary, its entry, meetings (newest
    first) with the entries of their summits, statements."""

    row: Row
    entry: Row
    meetings: list[Row]
    statements: list[Row]
    summits: dict[str, Row]


def participant(slug: str) -> Person | None:
    """A participant whom a published edition refers to."""
    listed = entry("participant", slug)
    row = people([slug]).get(slug) if listed else None
    if not listed or not row:
        return None
    meetings = entries_of_person("attendance", slug)
    statements = entries_of_person("statement", slug)
    summits = entries_by_slug("summit", {row["summit"] for row in [*meetings, *statements]})
    return Person(row, listed, meetings, statements, summits)


def slugs_beginning(kind: str, start: str, count: int = 200) -> list[str]:
    """Slugs of public entries that begin so, for what a mistyped address may have meant."""
    found = Entry.objects.filter(kind=kind, slug__startswith=start).order_by("slug")
    return list(found.values_list("slug", flat=True)[:count])


def entries_of_person(kind: str, person: str) -> list[Row]:
    """Somebody's attendances or statements, newest first."""
    # Without the last word SQLite takes no index of persons, and walks through all entries.
    rows = Entry.objects.filter(kind=kind, person=person).exclude(person="")
    found = rows.order_by("-starts", "slug").values_list("slug", "data")
    return [{**data, "slug": slug} for slug, data in found]


def ids_between(kind: str, first: Any, last: Any) -> list[int]:
    """Ids of the entries whose day is known to lie in these bounds (each may be None)."""
    found = Entry.objects.filter(kind=kind)
    if first:
        found = found.filter(starts__gte=first)
    if last:
        found = found.filter(starts__lte=last)
    return list(found.exclude(starts=None).values_list("pk", flat=True))


def ids_of_summit(kind: str, slug: str) -> list[int]:
    public = Entry.objects.filter(kind="summit", slug=slug).values("summit")
    return list(Entry.objects.filter(kind=kind, summit__in=public).values_list("pk", flat=True))


def ids_with_due(kind: str) -> list[int]:
    """Ids of the entries whose due date has a last possible day."""
    found = Entry.objects.filter(kind=kind, due__isnull=False)
    return list(found.values_list("pk", flat=True))


def published_at(summits: Iterable[str]) -> dict[str, datetime]:
    """When the current editions of these public summits were published: one query."""
    found = Entry.objects.filter(kind="summit", slug__in=list(summits))
    return dict(found.annotate(at=Max("summit__editions__at")).values_list("slug", "at"))


def dated_slugs(kind: str, first: int, last: int) -> Iterator[tuple[str, datetime | None]]:
    """`(slug, when its summit was last published)` of the entries with ids between these two, as
    they are read."""
    found = Entry.objects.filter(kind=kind, pk__gte=first, pk__lte=last)
    dated = found.annotate(at=Max("summit__editions__at")).order_by("pk")
    yield from dated.values_list("slug", "at").iterator(chunk_size=2000)


def signpost(address: str) -> Row:
    """Where an address that is no longer there leads (`{to}`), or why it is gone (`{title, on,
    reason}`); empty for one that never was. `address` is like `commitments/2026-nara-3`."""
    found = Entry.objects.filter(kind__in=("gone", "moved"), slug=address).values_list(
        "data", flat=True
    )
    return found.first() or {}
