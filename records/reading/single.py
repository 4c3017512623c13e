"""A session's, a commitment's, a participant's own page: the parts of a document that concern it.

Each numbers only the sources it cites, in the order of the document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import Any

from records.choices import LIFE_ORDER, CommitmentKind
from records.document.citations import cited_by
from records.public import Person, Published

from . import notes, programme
from .commitments import Commitments
from .differences import Differences
from .sources import Sources

Row = dict[str, Any]


def numbered(**sections: Any) -> list[tuple[int, str]]:
    """`(number, id)` of the sections that have something to say; a number left out stays free."""
    return [(number, id) for number, (id, said) in enumerate(sections.items(), 1) if said]


class PartReading:
    """What the pages below a summit share: `rows` are those the page draws."""

    def __init__(self, published: Published, rows: Iterable[Row], list_: str, key: str):
        self.document, self.names = published.document, published.names
        rows = list(rows)
        about = [row for row in self.document["differences"] if concerns(row, list_, key)]
        wanted = {source for row in [*rows, *about] for source in cited_by(row)}
        self.sources = Sources(self.document, self.names, only=wanted)
        differences = Differences(self.document, self.sources, self.names)
        self.differences = differences.about(list_, key)
        self.parts = (self.document, self.sources, self.names, differences)

    @property
    def source_list(self) -> list[Row]:
        return self.sources.listed()


def concerns(difference: Row, list_: str, key: str) -> bool:
    return any(path.split(".")[:2] == [list_, key] for path in difference["about"])


class SessionReading(PartReading):
    """One session, what was said in it and the commitments a source ties to it."""

    def __init__(self, published: Published, key: str, today: date):
        document = published.document
        self.key = key
        [self.row] = [row for row in document["sessions"] if row["key"] == key]
        self.said_in = [row for row in document["statements"] if row["session"] == key]
        super().__init__(published, [self.row, *self.said_in], "sessions", key)

    @cached_property
    def sections(self) -> list[tuple[int, str]]:
        return numbered(
            facts=True,
            statements=self.said_in,
            commitments=self.session["commitments"],
            differences=self.differences,
            sources=True,
        )

    @cached_property
    def session(self) -> Row:
        return programme.session(self.row, *self.parts)

    @cached_property
    def statements(self) -> list[Row]:
        keys = [row["key"] for row in self.said_in]
        return [row for row in notes.statements(*self.parts) if row["key"] in keys]

    @cached_property
    def neighbours(self) -> tuple[Row | None, Row | None]:
        return programme.neighbours(self.key, programme.by_day(self.document["sessions"]))

    @property
    def clock(self) -> tuple[str, str]:
        return programme.clock_of(self.document)


class CommitmentReading(PartReading):
    """One commitment as it reads `today`, with the `chain` of those it continues and that
    continue it."""

    def __init__(self, published: Published, number: int, chain: list[Row], today: date):
        document = published.document
        [self.row] = [row for row in document["commitments"] if row["number"] == number]
        super().__init__(published, [self.row], "commitments", str(number))
        self.commitment = Commitments(*self.parts, today).one(self.row)
        self.chain = chain if len(chain) > 1 else []

    @cached_property
    def sections(self) -> list[tuple[int, str]]:
        return numbered(
            words=True,
            facts=True,
            progress=True,
            chain=self.chain,
            test=not self.commitment["is_position"],
            differences=self.differences,
            sources=True,
            cite=True,
            changes=True,
        )

    @cached_property
    def neighbours(self) -> tuple[Row | None, Row | None]:
        """The commitments before and after it at its summit, without those withdrawn."""
        rows = [row for row in self.document["commitments"] if not row["withdrawn"]]
        place = next(at for at, row in enumerate(rows) if row["number"] == self.row["number"])
        return rows[place - 1] if place else None, (rows[place + 1 :] or [None])[0]


class ParticipantReading:
    """A person or group through all summits: meetings, commitments of those led, words."""

    def __init__(self, found: Person):
        self.person, self.row, self.entry = found, found.row, found.entry
        self.meetings, self.statements = found.meetings, found.statements

    @cached_property
    def sections(self) -> list[tuple[int, str]]:
        return numbered(
            facts=True, meetings=self.meetings, commitments=self.totals, statements=self.statements
        )

    @cached_property
    def checked_on(self) -> str:
        """When the last of the summits was compared with its sources."""
        return max((row["checked_on"] for row in self.person.summits.values()), default="")

    @cached_property
    def totals(self) -> list[tuple[str, int]]:
        """`(status, number)` of the commitments of the summits where this was a principal."""
        found: dict[str, int] = {}
        for status, count in self.made():
            found[status] = found.get(status, 0) + count
        known = [*map(str, LIFE_ORDER), str(CommitmentKind.POSITION)]
        return [(status, found[status]) for status in known if status in found]

    def made(self) -> Iterator[tuple[str, int]]:
        for slug in dict.fromkeys(row["summit"] for row in self.meetings if row["principal"]):
            yield from self.person.summits[slug]["statuses"].items()
