"""Where sources differ: every value with who says it, and which things of the page it concerns."""

from __future__ import annotations

from typing import Any

from records.public import Names

from .sources import Sources

Row = dict[str, Any]

# Facts of the summit's own row, and the row of the Facts in which a reader looks for them.
ROW_OF: dict[str, str] = {
    "title": "title",
    "also": "title",
    "starts": "dates",
    "ends": "dates",
    "timezone": "dates",
    "city": "place",
    "region": "place",
    "country": "place",
    "latitude": "place",
    "longitude": "place",
    "venue": "venue",
    "setting": "form",
    "within": "form",
    "event_status": "status",
    "outcome": "outcome",
    "series": "series",
    "series_number": "series",
    "topics": "topics",
}


class Differences:
    """The differences of a document, and those that concern a thing of it."""

    def __init__(self, document: Row, sources: Sources, names: Names):
        self.rows = [self.reading(row, sources) for row in document["differences"]]

    @staticmethod
    def reading(row: Row, sources: Sources) -> Row:
        values = [
            {
                **value,
                "by": sources.publishers(value["cites"].get("all", [])),
                "marks": sources.of(value)["rest"],
            }
            for value in row["values"]
        ]
        return {**row, "values": values}

    def about(self, *place: str) -> list[Row]:
        """Those about a row (`sessions`, its key) or a fact of the summit (`outcome`)."""
        return [
            row
            for row in self.rows
            if any(path.split(".")[: len(place)] == list(place) for path in row["about"])
        ]

    def in_facts(self) -> dict[str, list[Row]]:
        """Row of the Facts -> differences to name there; `length` gathers the talks' minutes."""
        found: dict[str, list[Row]] = {name: [] for name in {*ROW_OF.values(), "length"}}
        for row in self.rows:
            for name in dict.fromkeys(filter(None, map(row_of_facts, row["about"]))):
                found[name].append(row)
        return found


def row_of_facts(path: str) -> str:
    first, *rest = path.split(".")
    if first == "sessions" and rest[-1:] == ["minutes"]:
        return "length"
    return ROW_OF.get(first, "")
