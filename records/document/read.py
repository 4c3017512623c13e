"""Rows -> document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Prefetch

from records.models import Summit

from .canonical import references
from .schema import LANGUAGES, SUMMIT, VOCABULARY, Fact, Shape, shape_of, vocabulary_name
from .validate import sort_key


def read(summit: Summit) -> dict[str, Any]:
    """The working copy of `summit` as a sparse document, facts in the order of the schema.

    A fixed number of queries, whatever the summit holds.
    """
    [whole] = rows_of(Summit.objects.filter(pk=summit.pk), SUMMIT)
    return read_row(whole, SUMMIT)


def summit_of(
    document: dict[str, Any], among: models.QuerySet[Summit] | None = None
) -> Summit | None:
    """The record's summit that a document is of: by its slug, else by one it had before."""
    known = [document.get("slug", ""), *document.get("formerly", [])]
    rows = Summit.objects.all() if among is None else among
    found = {row.slug: row for row in rows.filter(slug__in=known)}
    return next((found[slug] for slug in known if slug in found), None)


def rows_of(queryset: models.QuerySet[Any], shape: Shape) -> models.QuerySet[Any]:
    """`queryset` with all that `read_row` needs of it fetched beforehand."""
    joined = [fact.name for fact in shape.facts if fact.kind == "one"]
    many: list[Any] = [fact.name for fact in shape.facts if fact.kind == "many"]
    for child in shape.children:
        many.append(Prefetch(child.name, rows_of(child.model._default_manager.all(), child)))
    return (
        queryset.select_related(*joined).prefetch_related(*many)
        if joined
        else (queryset.prefetch_related(*many))
    )


def read_row(row: Any, shape: Shape) -> dict[str, Any]:
    item: dict[str, Any] = {}
    for fact in shape.facts:
        value = read_fact(row, fact, shape)
        if value not in (None, "", [], {}, False) or (value == 0 and value is not False):
            item[fact.name] = value
    for child in shape.children:
        rows = [read_row(below, child) for below in getattr(row, child.name).all()]
        if child.sorted_by:
            rows.sort(key=lambda below: sort_key(below, child.sorted_by))
        if rows:
            item[child.name] = rows
    return item


def read_fact(row: Any, fact: Fact, shape: Shape, prefix: str = "") -> Any:
    name = prefix + fact.name
    match fact.kind:
        case "text":
            return read_text(row, name)
        case "says":
            return getattr(row, f"{name}_plainly") or read_text(row, name)
        case "one":
            named = getattr(row, name)
            return named.slug if named else ""
        case "many":
            return sorted(named.slug for named in getattr(row, name).all())
        case "day":
            day = getattr(row, name)
            return day.isoformat() if day else ""
        case "titles":
            return [{"lang": title["lang"], "text": title["text"]} for title in getattr(row, name)]
        case "cites":
            return ordered_citations(getattr(row, name), shape)
        case "group":
            group = {part.name: read_fact(row, part, shape, f"{name}_") for part in fact.facts}
            return {part: value for part, value in group.items() if value}
        case "number":
            value = getattr(row, name)
            return None if value is None else float(value)
        case _:
            return getattr(row, name)


def read_text(row: Any, name: str) -> dict[str, str]:
    texts = {code: getattr(row, f"{name}_{code}") for code in LANGUAGES}
    return {code: text for code, text in texts.items() if text}


def ordered_citations(cites: dict[str, list[str]], shape: Shape) -> Any:
    """Citations as documents write them: a plain list where all of it holds for the whole row.

    A database may hand a JSON map back in another order than it was given.
    """
    names = [fact.name for fact in shape.facts if fact.name != "cites"] + ["all"]
    ordered = {
        key: list(cites[key])
        for name in names
        for key in sorted(cites)
        if key.partition(".")[0] == name and cites[key]
    }
    return ordered["all"] if list(ordered) == ["all"] else ordered


def vocabulary_for(document: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """All names a document refers to, and the names those refer to, as a file's `vocabulary`."""
    return vocabulary_of(references(document))


def vocabulary_of(wanted: Iterable[tuple[str, str]]) -> dict[str, list[dict[str, Any]]]:
    slugs: dict[str, set[str]] = {}
    for kind, slug in wanted:
        slugs.setdefault(kind, set()).add(slug)
    found: dict[str, list[dict[str, Any]]] = {}
    for name, model in VOCABULARY.items():
        kind = vocabulary_name(model)
        shape = shape_of(model)
        rows: dict[str, dict[str, Any]] = {}
        missing = slugs.get(kind, set())
        while missing:
            fetched = rows_of(model._default_manager.filter(slug__in=missing), shape)
            rows.update({row.slug: read_row(row, shape) for row in fetched})
            missing = names_within(rows.values(), shape, kind) - set(rows)
        if rows:
            found[name] = [rows[slug] for slug in sorted(rows)]
    return found


def names_within(rows: Iterable[dict[str, Any]], shape: Shape, kind: str) -> set[str]:
    found: set[str] = set()
    for row in rows:
        for fact in shape.facts:
            if fact.target == kind and row.get(fact.name):
                value = row[fact.name]
                found.update(value if isinstance(value, list) else [value])
    return found


def whole_vocabulary() -> dict[str, list[dict[str, Any]]]:
    """Every name the record knows, as a vocabulary file holds them."""
    found = {}
    for name, model in VOCABULARY.items():
        shape = shape_of(model)
        rows = rows_of(model._default_manager.order_by("slug"), shape)
        if listed := [read_row(row, shape) for row in rows]:
            found[name] = listed
    return found
