"""What is said of the summit as a whole, what people said there, what they gave each other."""

from __future__ import annotations

from typing import Any

from records.choices import MATTERS, OPINIONS, NoteKind
from records.public import Names

from .differences import Differences
from .programme import person
from .sources import Sources

Row = dict[str, Any]

BACKGROUND = (NoteKind.OCCASION, NoteKind.PREPARATION, NoteKind.AFTERMATH)
# Where on the page the notes of each kind stand: the ids of its parts.
PLACES: dict[str, str] = {
    **{str(kind): "background" for kind in BACKGROUND},
    **{str(kind): "raised" for kind in MATTERS},
    **{str(kind): "views" for kind in OPINIONS},
    str(NoteKind.GAP): "gaps",
}


def notes(document: Row, sources: Sources, names: Names) -> dict[str, list[tuple[str, list[Row]]]]:
    """Place on the page -> `(kind, notes)`, kinds in the vocabulary's order."""
    found: dict[str, dict[str, list[Row]]] = {place: {} for place in PLACES.values()}
    kinds = [str(kind) for kind in NoteKind]
    for row in sorted(document["notes"], key=lambda row: kinds.index(row["kind"])):
        read = {
            **row,
            "parties": [names.short("party", slug) for slug in row["by"]],
            "topic_names": [names.name("topic", slug) for slug in row["topics"]],
            "publishers": sources.publishers(
                citation for cited in row["cites"].values() for citation in cited
            ),
            "marks": sources.of(row)["rest"],
        }
        found[PLACES[row["kind"]]].setdefault(row["kind"], []).append(read)
    return {place: list(rows.items()) for place, rows in found.items()}


def statements(
    document: Row, sources: Sources, names: Names, differences: Differences
) -> list[Row]:
    """Who said what, with the office held that day and the session it was said in."""
    offices = {row["participant"]: row["office"] for row in document["attendances"]}
    parties = {row["participant"]: row["party"] for row in document["attendances"]}
    sessions = {row["key"]: row for row in document["sessions"]}
    return [
        {
            **row,
            **person(row["speaker"], names),
            "party": parties.get(row["speaker"], ""),
            "held": row["office"] or offices.get(row["speaker"], {}),
            "said_in": sessions.get(row["session"]),
            "marks": sources.of(row)["rest"],
            "differences": differences.about("statements", row["key"]),
        }
        for row in document["statements"]
    ]


def gifts(document: Row, sources: Sources, names: Names, differences: Differences) -> list[Row]:
    return [
        {
            **row,
            "from": [person(slug, names) for slug in row["givers"]],
            "to": [person(slug, names) for slug in row["receivers"]],
            "marks": sources.of(row)["rest"],
            "differences": differences.about("gifts", row["key"]),
        }
        for row in document["gifts"]
    ]
