"""Entries, facet sets and references as they are stored: only what changed is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from records import facets
from records.models import Entry, Reference, Summit

from .row import Row


def put(rows: list[Row], stored: dict[tuple[str, str], Entry], summit: Summit | None) -> None:
    """Make `stored` entries into `rows`: new, changed and gone ones, and their facets."""
    moves: dict[str, dict[tuple[str, str], tuple[set[int], set[int]]]] = {}
    new: list[Entry] = []
    changed: list[Entry] = []
    before: dict[int, dict[str, list[str]]] = {}
    for row in rows:
        columns = row.columns()
        entry = stored.pop((row.kind, row.slug), None)
        if entry is None:
            new.append(Entry(kind=row.kind, slug=row.slug, summit=summit, **columns))
        elif any(plain(getattr(entry, name)) != value for name, value in columns.items()):
            before[entry.pk] = entry.facets
            for name, value in columns.items():
                setattr(entry, name, value)
            changed.append(entry)
    Entry.objects.bulk_create(new)
    if changed:
        Entry.objects.bulk_update(changed, list(columns_of(changed[0])), batch_size=100)
    for entry in new:
        note_moves(moves, entry, {}, {**entry.facets, "all": ["all"]})
    for entry in changed:
        note_moves(moves, entry, before[entry.pk], entry.facets)
    for entry in stored.values():
        note_moves(moves, entry, {**entry.facets, "all": ["all"]}, {})
    for kind, moved in moves.items():
        facets.change(kind, moved)
    if stored:
        Entry.objects.filter(pk__in=[entry.pk for entry in stored.values()]).delete()


def plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def columns_of(entry: Entry) -> Iterator[str]:
    for column in entry._meta.concrete_fields:
        if column.name not in ("id", "kind", "slug", "summit"):
            yield column.name


def note_moves(
    moves: dict[str, dict[tuple[str, str], tuple[set[int], set[int]]]],
    entry: Entry,
    before: dict[str, list[str]],
    after: dict[str, list[str]],
) -> None:
    of_kind = moves.setdefault(entry.kind, {})
    for names, side in ((after, 0), (before, 1)):
        for name, values in names.items():
            for value in values:
                if value not in (before if side == 0 else after).get(name, []):
                    of_kind.setdefault((name, value), (set(), set()))[side].add(entry.pk)


def put_references(summit: Summit, wanted: set[tuple[str, str]]) -> None:
    stored = {(row.kind, row.slug): row.pk for row in Reference.objects.filter(summit=summit)}
    gone = [pk for key, pk in stored.items() if key not in wanted]
    Reference.objects.filter(pk__in=gone).delete()
    Reference.objects.bulk_create(
        Reference(summit=summit, kind=kind, slug=slug)
        for kind, slug in sorted(wanted)
        if (kind, slug) not in stored
    )
