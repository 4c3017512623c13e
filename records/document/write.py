"""Document -> rows: the working copy says afterwards exactly what the document says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from records.models import Summit

from .canonical import references
from .read import read_row, rows_of, summit_of
from .schema import LANGUAGES, SUMMIT, VOCABULARY, Fact, Shape, shape_of, vocabulary_name

Names = dict[str, dict[str, Any]]  # kind -> slug -> row of the vocabulary


def write(document: dict[str, Any]) -> Summit:
    """Make the rows of the document's summit say what it says, in one transaction.

    The document must have passed `validate` and `checks`: every reference is known. Rows are
    matched by key (or by a key they had `formerly`), so unchanged ones are not touched; what left
    the document is deleted last, when nothing refers to it any more.
    """
    with transaction.atomic():
        names = known_names(references(document))
        summit = summit_of(document, rows_of(Summit.objects.all(), SUMMIT))
        written: Summit = write_row(summit, document, SUMMIT, names, {})
        return written


def known_names(wanted: Iterable[tuple[str, str]]) -> Names:
    """The rows of these names: a record may know tens of thousands."""
    slugs: dict[str, set[str]] = {}
    for kind, slug in wanted:
        slugs.setdefault(kind, set()).add(slug)
    found: Names = {}
    for model in VOCABULARY.values():
        kind = vocabulary_name(model)
        rows: Any = model._default_manager.filter(slug__in=slugs.get(kind, ()))
        found[kind] = {row.slug: row for row in rows}
    return found


def write_row(
    row: Any, item: dict[str, Any], shape: Shape, names: Names, place: dict[str, Any]
) -> Any:
    """Write one row and all below it; `place` holds its parent and order. Returns the row."""
    facts = {name: value for name, value in item.items() if shape.child(name) is None}
    before = None
    if row is not None:
        before = read_row(row, shape)
        before = {name: before[name] for name in before if shape.child(name) is None}
    moved = row is not None and any(getattr(row, name) != place[name] for name in place)
    if before != facts or moved:
        if row is None:
            row = shape.model()
        for name, value in place.items():
            setattr(row, name, value)
        for fact in shape.facts:
            if fact.kind != "many":
                set_fact(row, fact, facts.get(fact.name), names)
        row.save()
        for fact in shape.facts:
            slugs = facts.get(fact.name, [])
            if fact.kind == "many" and (before is None or before.get(fact.name, []) != slugs):
                getattr(row, fact.name).set([names[fact.target][slug] for slug in slugs])
    gone: list[Any] = []
    for child in shape.children:
        gone += write_children(row, item.get(child.name, []), child, names, isnew=before is None)
    for left in gone:
        left.delete()
    return row


def write_children(
    parent: Any, items: list[dict[str, Any]], shape: Shape, names: Names, *, isnew: bool
) -> list[Any]:
    """Write the rows of one list; returns those that left it, for the caller to delete."""
    left: dict[str, Any] = {}
    if not isnew:
        for place, row in enumerate(getattr(parent, shape.name).all()):
            left[shape.known_by(read_row(row, shape), place)] = row
    matched: list[tuple[dict[str, Any], Any]] = []
    for place, item in enumerate(items):
        matched.append((item, left.pop(shape.known_by(item, place), None)))
    for order, (item, row) in enumerate(matched, start=1):
        if row is None:  # perhaps it was renamed
            row = next(
                (left.pop(old) for old in reversed(item.get("formerly", [])) if old in left), None
            )
        write_row(row, item, shape, names, {shape.parent: parent, "order": order})
    return list(left.values())


def set_fact(row: Any, fact: Fact, value: Any, names: Names, prefix: str = "") -> None:
    name = prefix + fact.name
    match fact.kind:
        case "text":
            set_text(row, name, value)
        case "says":
            setattr(row, f"{name}_plainly", value if isinstance(value, str) else "")
            set_text(row, name, {} if isinstance(value, str) else value)
        case "one":
            setattr(row, name, names[fact.target][value] if value else None)
        case "cites":
            setattr(row, name, {"all": value} if isinstance(value, list) else (value or {}))
        case "group":
            for part in fact.facts:
                set_fact(row, part, (value or {}).get(part.name), names, f"{name}_")
        case "day":
            setattr(row, name, value or None)
        case _:
            setattr(row, name, fact.empty() if value is None else value)


def set_text(row: Any, name: str, texts: dict[str, str] | None) -> None:
    for code in LANGUAGES:
        setattr(row, f"{name}_{code}", (texts or {}).get(code, ""))


# Vocabulary ---------------------------------------------------------------------------------------


@dataclass
class VocabularyReport:
    """What a vocabulary section did: names as `(kind, slug)`; those that differ keep the record's
    form unless updated, with both forms as `{"record": ..., "file": ...}`."""

    added: list[tuple[str, str]] = field(default_factory=list)
    updated: list[tuple[str, str]] = field(default_factory=list)
    different: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)


def write_vocabulary(
    vocabulary: dict[str, list[dict[str, Any]]], *, update: bool = False
) -> VocabularyReport:
    """Add the names the record does not know; for a different one the record's form stays.

    With `update` the file's form is taken. Names may refer to each other in any order.
    """
    report = VocabularyReport()
    with transaction.atomic():
        for name, model in VOCABULARY.items():
            items = vocabulary.get(name, [])
            if not items:
                continue
            shape, kind = shape_of(model), vocabulary_name(model)
            slugs = [item["slug"] for item in items]
            old = [slug for item in items for slug in item.get("formerly", [])]
            rows = {
                row.slug: row
                for row in rows_of(model._default_manager.filter(slug__in=slugs + old), shape)
            }
            to_write = []
            for item in items:
                earlier = [rows[slug] for slug in item.get("formerly", []) if slug in rows]
                row = rows.get(item["slug"]) or (earlier[0] if earlier else None)
                if row is None:
                    report.added.append((kind, item["slug"]))
                    to_write.append((None, item))
                elif (known := read_row(row, shape)) != item:
                    if update:
                        report.updated.append((kind, item["slug"]))
                        to_write.append((row, item))
                    else:
                        report.different[(kind, item["slug"])] = {"record": known, "file": item}
            write_names(to_write, shape)
    return report


def slugs_of(value: str | list[str] | None) -> list[str]:
    return value if isinstance(value, list) else [value] if value else []


def write_names(to_write: list[tuple[Any, dict[str, Any]]], shape: Shape) -> None:
    """Two rounds: first each by itself, then what they refer to."""
    own = [fact for fact in shape.facts if not fact.target]
    rows = []
    for row, item in to_write:
        row = row or shape.model()
        for fact in own:
            set_fact(row, fact, item.get(fact.name), {})
        row.save()
        rows.append((row, item))
    linked = [fact for fact in shape.facts if fact.target]
    if not linked or not rows:
        return
    names = known_names(
        (fact.target, slug)
        for _row, item in rows
        for fact in linked
        for slug in slugs_of(item.get(fact.name))
    )
    for row, item in rows:
        for fact in linked:
            if fact.kind == "one":
                set_fact(row, fact, item.get(fact.name), names)
            else:
                getattr(row, fact.name).set(
                    [names[fact.target][slug] for slug in item.get(fact.name, [])]
                )
        row.save()
