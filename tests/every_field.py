"""Summits with a text of its own in every fact, made from the schema: a new fact is covered by
itself.

Every text holds the `mark` and a number, so that a test can ask where each has gone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from records.choices import NoteKind
from records.document.schema import LANGUAGES, SUMMIT, VOCABULARY, Fact, Shape, shape_of

Row = dict[str, Any]
LISTS = {"participant": "participants", "party": "parties", "topic": "topics", "series": "series"}
# What a fact must hold for the document to be valid; all else is made up.
FIXED: dict[tuple[str, str], Any] = {
    ("", "timezone"): "Asia/Tokyo",
    ("", "event_status"): "held",
    ("sources", "language"): "en",
    ("wordings", "exact_lang"): "en",
    ("statements", "exact_lang"): "en",
    ("progress", "kind"): "step",
    ("progress", "status"): "in-progress",
}
DAY = "2026-01-13"


@dataclass
class Made:
    """A document, the vocabulary it needs, and `(path, language, text)` of every text in both."""

    document: Row = field(default_factory=dict)
    vocabulary: dict[str, list[Row]] = field(default_factory=dict)
    texts: list[tuple[str, str, str]] = field(default_factory=list)


class Maker:
    def __init__(self, mark: str, odd: str = ""):
        self.mark, self.odd, self.made, self.count = mark, odd, Made(), 0

    def key(self, path: str, language: str = "") -> str:
        self.count += 1
        word = f"{self.mark}{self.count:03}z"
        self.made.texts.append((path, language, word))
        return word

    def words(self, path: str, language: str = "") -> str:
        """A text in one language; `odd` stands in it where anything may."""
        return self.key(path, language) + self.odd

    def text(self, path: str) -> Row:
        return {code: self.words(path, code) for code in LANGUAGES}

    # rows

    def row(self, shape: Shape, path: str, **given: Any) -> Row:
        """A row with every fact but those that `given` holds or, being None, leaves out."""
        row: Row = {}
        for fact in shape.facts:
            if fact.name == "cites":
                continue
            name = "" if shape is SUMMIT else shape.name
            value = given.get(fact.name, FIXED.get((name, fact.name), ...))
            value = self.value(fact, f"{path}.{fact.name}") if value is ... else value
            if value is not None:
                row[fact.name] = value
        if cites := shape.fact("cites"):
            row["cites"] = given.get("cites") or self.citations(shape, row, f"{path}.{cites.name}")
        return row

    def citations(self, shape: Shape, row: Row, path: str) -> Row | list[str]:
        """A citation for each fact of the row, told apart by its place in the source."""
        everything = [f"{self.source} {self.key(f'{path}.all')}"]
        if shape.name == "values":
            return everything
        cites = {
            fact.name: [f"{self.source} {self.key(f'{path}.{fact.name}')}"]
            for fact in shape.facts
            if fact.name in row and fact.kind != "group"
        }
        return {**cites, "all": everything}

    def value(self, fact: Fact, path: str) -> Any:
        match fact.kind:
            case "text" | "says":
                return self.text(path)
            case "date" | "day":
                return DAY
            case "integer" | "number":
                return 7
            case "flag":
                return True
            case "choice":
                return fact.choices[0]
            case "one":
                return self.name(fact.target, path)
            case "many":
                return [self.name(fact.target, path)]
            case "titles":
                return [{"lang": "en", "text": self.words(path)}]
            case "words":
                return [self.key(path)]
            case "group":
                return None
        if "url" in fact.name:
            return f"https://example.org/{self.key(path)}"
        return self.key(path) if fact.pattern or fact.name == "summit" else self.words(path)

    def name(self, kind: str, path: str) -> str:
        """A new name of the vocabulary, known to nothing but this fact."""
        model = next(model for name, model in VOCABULARY.items() if name == LISTS[kind])
        empty = {"iso": None, "wikidata": None, "parent": None, "predecessors": None}
        row = self.row(shape_of(model), f"{path}>{kind}", **empty)
        self.made.vocabulary.setdefault(LISTS[kind], []).append(row)
        return row["slug"]

    # the whole

    def summit(self, **given: Any) -> Made:
        self.source = self.key("sources.key")
        shapes = {child.name: child for child in SUMMIT.children}
        whole = self.row(SUMMIT, "", **given)
        whole["delegations"] = [self.row(shapes["delegations"], "delegations")]
        whole["attendances"] = [
            self.row(shapes["attendances"], "attendances", party=whole["delegations"][0]["party"])
        ]
        whole["sessions"] = [self.row(shapes["sessions"], "sessions")]
        session = whole["sessions"][0]["key"]
        number = given.get("first_number", 1)
        whole["commitments"] = [
            self.commitment(shapes["commitments"], "commitments", number, session),
            self.withdrawn(shapes["commitments"], number + 1),
        ]
        whole["statements"] = [
            self.row(shapes["statements"], "statements", session=session),
        ]
        whole["gifts"] = [self.row(shapes["gifts"], "gifts")]
        whole["notes"] = [
            self.row(shapes["notes"], f"notes[{kind.value}]", kind=kind.value) for kind in NoteKind
        ]
        whole["differences"] = [self.difference(shapes["differences"], session)]
        whole["sources"] = [
            self.row(shapes["sources"], "sources", key=self.source),
            self.row(shapes["sources"], "sources[untitled]", title=None),
        ]
        names = [fact.name for fact in SUMMIT.facts] + [child.name for child in SUMMIT.children]
        self.made.document = {name: whole[name] for name in names if name in whole}
        return self.made

    def commitment(self, shape: Shape, path: str, number: int, session: str) -> Row:
        row = self.row(
            shape, path, number=number, session=session, continues=[f"1999-{self.key(path)}-1"]
        )
        wordings, progress = (shape.child(name) for name in ("wordings", "progress"))
        assert wordings
        assert progress
        mine = row["parties"][0]
        row["wordings"] = [
            self.row(wordings, f"{path}.wordings[agreed]", party=None),
            self.row(wordings, f"{path}.wordings", party=mine),
        ]
        first = self.row(progress, f"{path}.progress", party=mine, supersedes=None)
        second = self.row(progress, f"{path}.progress[second]", party=mine, supersedes=first["key"])
        row["progress"] = [first, second]
        return row

    def withdrawn(self, shape: Shape, number: int) -> Row:
        """A commitment taken back: all it leaves is its title, a day and a reason."""
        title = self.text("withdrawn.title")
        reason = self.text("withdrawn.reason")
        parties = [self.name("party", "withdrawn.parties")]
        given = {"number": number, "title": title, "parties": parties, "kind": "new"}
        return given | {"withdrawn": {"on": DAY, "reason": reason}, "cites": [self.source]}

    def difference(self, shape: Shape, session: str) -> Row:
        row = self.row(shape, "differences", about=[f"sessions.{session}"])
        values = shape.child("values")
        assert values
        row["values"] = [
            self.row(values, "differences.values"),
            self.row(values, "differences.values[plain]", says=self.words("differences.says")),
        ]
        return row


def summit(mark: str, *, odd: str = "", **given: Any) -> Made:
    """A summit whose every text is told by `mark` (letters and digits); `odd` follows in each that
    may hold anything."""
    return Maker(mark, odd).summit(**given)


def slugs(made: Made) -> Iterator[str]:
    """All that could stand in an address: slugs, keys, ids."""
    document = made.document
    yield document["slug"]
    yield from document.get("formerly", [])
    for row in document["commitments"]:
        yield f"{document['code']}-{row['number']}"
    for rows in [*document.values(), *made.vocabulary.values()]:
        for row in rows if isinstance(rows, list) else []:
            if isinstance(row, dict):
                yield from [row[name] for name in ("key", "slug") if name in row]
                yield from row.get("formerly", [])
