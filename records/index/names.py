"""Names of the vocabulary as an edition meets them: kept beside it, and searched for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from records.document.canonical import references
from records.document.read import vocabulary_of

from .row import Searched

Names = dict[str, dict[str, dict[str, Any]]]  # kind -> slug -> row of the vocabulary


def names_as_they_stand(document: dict[str, Any]) -> Names:
    """Today's vocabulary rows of all that a document refers to (topics with their parents)."""
    return names_of(references(document))


def names_of(wanted: Iterable[tuple[str, str]]) -> Names:
    """Today's vocabulary rows of these names, by kind."""
    found = vocabulary_of(wanted)
    kinds = {
        "participants": "participant",
        "parties": "party",
        "topics": "topic",
        "series": "series",
        "relations": "relation",
    }
    return {kinds[name]: {row["slug"]: row for row in rows} for name, rows in found.items()}


def with_parents(topics: Iterable[str], names: Names) -> list[str]:
    """Topics and the main topics they belong to, so that a main topic finds all below it."""
    known = names.get("topic", {})
    parents = [known[topic]["parent"] for topic in topics if known.get(topic, {}).get("parent")]
    return [*topics, *parents]


def spellings(wanted: Iterable[tuple[str, str]], names: Names) -> Iterator[Searched]:
    """Every form of the names wanted, in every language, each with its kind."""
    for kind, slug in sorted(wanted):
        row = names.get(kind, {}).get(slug, {})
        for name in ("name", "short_name"):
            yield kind, row.get(name, {})
        yield from ((kind, spelling) for spelling in row.get("also", []))
