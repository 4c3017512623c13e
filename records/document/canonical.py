"""A document as text that is the same wherever it is written, and its digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from . import schema
from .problems import Place
from .schema import SUMMIT, Shape


def canonical(document: dict[str, Any]) -> str:
    """Canonical JSON: UTF-8 text without spaces, keys in the order of the schema, format first."""
    ordered = {"format": schema.FORMAT, **{k: v for k, v in document.items() if k != "format"}}
    return json.dumps(ordered, ensure_ascii=False, separators=(",", ":"))


def digest(document: dict[str, Any]) -> str:
    """SHA-256 of the canonical text, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(document).encode()).hexdigest()


def walk(
    document: dict[str, Any], shape: Shape = SUMMIT, place: Place = ()
) -> Iterator[tuple[Shape, dict[str, Any], Place]]:
    """Every row of a document with its shape and place, parents before children."""
    yield shape, document, place
    for child in shape.children:
        for index, row in enumerate(document.get(child.name, [])):
            yield from walk(row, child, (*place, child.name, index))


def references(document: dict[str, Any]) -> set[tuple[str, str]]:
    """The names of the vocabulary a document refers to: `{("party", "jpn"), ...}`."""
    found: set[tuple[str, str]] = set()
    for shape, row, _place in walk(document):
        for fact in shape.facts:
            if fact.kind == "one" and row.get(fact.name):
                found.add((fact.target, row[fact.name]))
            elif fact.kind == "many":
                found.update((fact.target, slug) for slug in row.get(fact.name, []))
    return found
