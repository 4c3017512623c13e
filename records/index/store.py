"""Entries, facet sets and references as they are stored: only what changed is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from records import facets
from records.models import Entry, Reference, Summit, Words

from .row import Row

# Kind of entry -> facet and value -> ids to add, ids to remove.
Moves = dict[str, dict[tuple[str, str], tuple[set[int], set[int]]]]


def put(
    rows: list[Row],
    stored: dict[tuple[str, str], Entry],
    summit: Summit | None,
    later: Moves | None = None,
) -> None:
    """Make `stored` entries into `rows`: new, changed and gone ones, and their facets; with `later`
    the facets are only noted there, for `move` to change them all at once."""
    moves: Moves = {} if later is None else later
    new: list[Entry] = []
    changed: list[Entry] = []
    written: list[tuple[Row, Entry]] = []
    before: dict[int, dict[str, list[str]]] = {}
    for row in rows:
        columns = row.columns()
        entry = stored.pop((row.kind, row.slug), None)
        if entry is None:
            entry = Entry(kind=row.kind, slug=row.slug, summit=summit, **columns)
            new.append(entry)
        elif any(plain(getattr(entry, name)) != value for name, value in columns.items()):
            before[entry.pk] = entry.facets
            for name, value in columns.items():
                setattr(entry, name, value)
            changed.append(entry)
        if row.words:
            written.append((row, entry))
    Entry.objects.bulk_create(new)
    if changed:
        Entry.objects.bulk_update(changed, list(columns_of(changed[0])), batch_size=100)
    put_words(written, {entry.pk for entry in new})
    for entry in new:
        note_moves(moves, entry, {}, {**entry.facets, "all": ["all"]})
    for entry in changed:
        note_moves(moves, entry, before[entry.pk], entry.facets)
    for entry in stored.values():
        note_moves(moves, entry, {**entry.facets, "all": ["all"]}, {})
    if later is None:
        move(moves)
    if stored:
        Entry.objects.filter(pk__in=[entry.pk for entry in stored.values()]).delete()


def move(moves: Moves) -> None:
    """Change the facet sets as noted."""
    for kind, moved in moves.items():
        facets.change(kind, moved)


def put_words(written: list[tuple[Row, Entry]], new: set[int]) -> None:
    """What entries are searched by, `new` ones and others; whether there is such a thing depends on
    their kind alone."""
    entries = [entry.pk for _row, entry in written if entry.pk not in new]
    stored = Words.objects.in_bulk(entries, field_name="entry_id") if entries else {}
    changed = []
    for row, entry in written:
        columns = row.searched()
        before = stored.get(entry.pk)
        if before is None or any(getattr(before, name) != columns[name] for name in columns):
            changed.append(Words(entry=entry, **columns))
    if not entries:
        Words.objects.bulk_create(changed)
        return
    Words.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["entry"],
        update_fields=["texts", "tokens"],
    )


def plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def columns_of(entry: Entry) -> Iterator[str]:
    for column in entry._meta.concrete_fields:
        if column.name not in ("id", "kind", "slug", "summit"):
            yield column.name


def note_moves(
    moves: Moves,
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


def put_references(summit: Summit, wanted: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Make a summit's references those `wanted`; gives those that it no longer has."""
    stored = {(row.kind, row.slug): row.pk for row in Reference.objects.filter(summit=summit)}
    gone = [pk for key, pk in stored.items() if key not in wanted]
    Reference.objects.filter(pk__in=gone).delete()
    Reference.objects.bulk_create(
        Reference(summit=summit, kind=kind, slug=slug)
        for kind, slug in sorted(wanted)
        if (kind, slug) not in stored
    )
    return set(stored) - wanted
