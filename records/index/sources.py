"""The entries of a summit's sources: each says what it is and what rests on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from records import dates
from records.document import derived
from records.document.citations import cited_by

from .names import Names, spellings
from .row import Row

FACTS = (
    "title",
    "language",
    "publisher",
    "kind",
    "published_on",
    "accessed_on",
    "read",
    "reliability",
    "archived_url",
    "copy_of",
)


def source_rows(document: dict[str, Any], shared: dict[str, Any], names: Names) -> Iterator[Row]:
    """An entry for each source; `weight` is how often it is cited."""
    cited = Counter(cited_by(document))
    promises = commitments_by_source(document)
    for place, source in enumerate(document.get("sources", [])):
        key, issuers = source["key"], source.get("issued_by", [])
        published = source.get("published_on", "")
        gloss = source.get("gloss", {})
        titles = {"en": source["title"]} if source.get("title") else gloss
        yield Row(
            "source",
            f"{document['slug']}/{key}",
            {
                **{name: shared[name] for name in ("summit", "summit_title")},
                "key": key,
                "number": place + 1,
                **{name: source.get(name, "") for name in FACTS},
                # Under `url` data names the address of the page.
                "source_url": source.get("url", ""),
                "gloss": gloss,
                "issued_by": issuers,
                "outcome": source.get("outcome", False),
                "cited": cited[key],
                "commitments": promises.get(key, []),
            },
            facets={
                "kind": [source["kind"]],
                "party": issuers,
                "language": [source["language"]] if source.get("language") else [],
                "read": [source["read"]],
                "reliability": [source["reliability"]] if source.get("reliability") else [],
            },
            title=titles or {"en": source["publisher"]},
            words=[
                key,
                ("title", {source.get("language", ""): source.get("title", "")}),
                ("title", gloss),
                *((name, source.get(name, "")) for name in ("publisher", "url", "copy_of")),
                ("note", source.get("note", {})),
                ("summit", document["title"]),
                *spellings((("party", slug) for slug in issuers), names),
            ],
            starts=dates.bounds(published)[0] if published else None,
            weight=cited[key],
            place=place,
        )


def commitments_by_source(document: dict[str, Any]) -> dict[str, list[str]]:
    """Source key -> ids of the commitments that cite it, in the order of the document."""
    found: dict[str, list[str]] = {}
    for commitment in derived.standing(document):
        for key in dict.fromkeys(cited_by(commitment)):
            found.setdefault(key, []).append(derived.commitment_id(document, commitment))
    return found
