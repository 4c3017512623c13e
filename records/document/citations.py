"""Which sources a document's rows cite."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Row = dict[str, Any]


def split(citation: str) -> tuple[str, str]:
    """`s14 art. 118` as the source's key and the place in it."""
    key, _space, place = citation.partition(" ")
    return key, place


def cited_by(row: Row) -> Iterator[str]:
    """The keys of all sources that a row, complete or sparse, and the rows below it cite."""
    for name, value in row.items():
        if name == "cites":
            for citations in value.values() if isinstance(value, dict) else [value]:
                yield from (split(citation)[0] for citation in citations)
        elif isinstance(value, list):
            for below in value:
                if isinstance(below, dict):
                    yield from cited_by(below)
