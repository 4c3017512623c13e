"""The sources of a page, numbered in its own list, and the marks that lead to them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from records.choices import ReadExtent
from records.document.citations import cited_by, split
from records.public import Names

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Mark:
    """One citation: the source's number on this page and an optional place in it."""

    number: int
    key: str
    place: str

    def in_order(self) -> tuple[int, str]:
        return self.number, self.place


class Sources:
    """The document's sources, all or those of `only`, numbered from 1 in the order of the file."""

    def __init__(self, document: Row, names: Names, only: Collection[str] | None = None):
        self.rows = [row for row in document["sources"] if only is None or row["key"] in only]
        self.names = names
        self.numbers = {row["key"]: number for number, row in enumerate(self.rows, 1)}
        self.by_key = {row["key"]: row for row in document["sources"]}

    def marks(self, citations: Iterable[str]) -> list[Mark]:
        """The marks of some citations, each once, in the order of their numbers."""
        found = {
            Mark(self.numbers[key], key, place)
            for key, place in map(split, citations)
            if key in self.numbers
        }
        return sorted(found, key=Mark.in_order)

    def of(self, row: Row, *apart: str) -> dict[str, list[Mark]]:
        """A row's marks: those of each fact in `apart`, and under `rest` all others.

        A citation of a fact's part (`topics.trade`) stands under its own name when the fact is
        apart.
        """
        named: dict[str, list[str]] = {name: [] for name in apart}
        rest: list[str] = []
        for name, citations in row["cites"].items():
            if name in named:
                named[name] += citations
            elif name.partition(".")[0] in named:
                named[name] = citations
            else:
                rest += citations
        named["rest"] = rest
        return {name: self.marks(found) if found else [] for name, found in named.items()}

    def of_rows(self, row: Row, row_of: dict[str, str]) -> dict[str, list[Mark]]:
        """The marks of several facts shown together: `row_of` tells which stands in which row.

        A fact without citations of its own has those of the whole row.
        """
        own = self.of(row, *row_of)
        found: dict[str, set[Mark]] = {name: set() for name in row_of.values()}
        for fact, name in row_of.items():
            if row[fact] not in ("", [], {}, None):
                found[name].update(own[fact] or own["rest"])
        return {name: sorted(marks, key=Mark.in_order) for name, marks in found.items()}

    def publishers(self, citations: Iterable[str]) -> list[str]:
        """Who says it: the publishers of some citations, each once."""
        keys = [mark.key for mark in self.marks(citations)]
        return list(dict.fromkeys(self.by_key[key]["publisher"] for key in keys))

    def read_whole(self, keys: Iterable[str]) -> bool:
        """True if there are such sources and each was read from its first to its last word."""
        found = [self.by_key[key]["read"] for key in keys if key in self.by_key]
        return bool(found) and all(read == ReadExtent.WHOLE for read in found)

    def listed(self, supports: dict[str, list[tuple[str, str]]] | None = None) -> list[Row]:
        """The list itself; with `supports` what each is cited for: `(section or id, anchor)`."""
        return [
            {
                **row,
                "number": number,
                "issuers": [self.names.short("party", slug) for slug in row["issued_by"]],
                "supports": None if supports is None else supports.get(row["key"], []),
            }
            for number, row in enumerate(self.rows, 1)
        ]


# Where on a summit's page the rows of each list stand.
ANCHORS = {
    "delegations": "participants",
    "attendances": "participants",
    "sessions": "programme",
    "statements": "statements",
    "gifts": "gifts",
    "differences": "differences",
}


def supports(document: Row, place_of_note: dict[str, str]) -> dict[str, list[tuple[str, str]]]:
    """Source key -> where on the summit's page it is cited: sections, then commitments."""
    found: dict[str, list[tuple[str, str]]] = {}

    def add(row: Row, name: str, anchor: str) -> None:
        for key in cited_by(row):
            entry = (name, anchor)
            if entry not in found.setdefault(key, []):
                found[key].append(entry)

    add({"cites": document["cites"]}, "facts", "facts")
    for listed, anchor in ANCHORS.items():
        for row in document[listed]:
            add(row, anchor, anchor)
    for note in document["notes"]:
        place = place_of_note[note["kind"]]
        add(note, place, place)
    for commitment in document["commitments"]:
        add(commitment, f"{document['code']}-{commitment['number']}", f"c-{commitment['number']}")
    return found
