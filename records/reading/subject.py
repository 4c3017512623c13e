"""The page of a party, a relation, a topic, a series: what it touches in all summits."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from records.choices import EventStatus
from records.public import Names, Subject

from .commitments import Commitments
from .differences import Differences
from .line import line
from .single import numbered
from .sources import Sources

Row = dict[str, Any]
ON_LINE = 12


@dataclass
class SubjectReading:
    """All that the page of a subject draws, each part at most as many as the view asked for.

    `meetings` are entries of summits, newest first, `first` the oldest; `open` holds `(parameter,
    value, count)` of the list of commitments, `newest` its first; `people` counts in the newest
    `counted` meetings.
    """

    subject: Subject
    names: Names
    meetings: list[Row]
    first: Row | None
    summits: int
    commitments: int
    forms: list[tuple[str, int]]
    chart: list[Row]
    checked: tuple[str, str]
    newest: list[Row]
    open: list[tuple[str, str, int]]
    threads: list[Row]
    all_threads: int
    differing: list[Row]
    all_differing: int
    people: list[Row]
    counted: int
    related: Row = field(default_factory=dict)

    @property
    def row(self) -> Row:
        return self.subject.row

    @cached_property
    def sections(self) -> list[tuple[int, str]]:
        return numbered(
            meetings=self.meetings,
            commitments=self.chart,
            threads=self.threads,
            words=self.differing,
            people=self.people,
            related=any(self.related.values()),
        )

    @cached_property
    def line(self) -> Row | None:
        """The newest meetings on a line; one alone is none."""
        return line(self.meetings[:ON_LINE]) if len(self.meetings) > 1 else None

    @property
    def checked_on(self) -> str:
        """When the last of the meetings listed was compared with its sources."""
        return max((row["checked_on"] for row in self.meetings), default="")

    @cached_property
    def last_held(self) -> Row | None:
        """The newest summit that was held."""
        held = (row for row in self.meetings if row["event_status"] in ("", EventStatus.HELD))
        return next(held, None)

    @property
    def last_hosts(self) -> list[dict[str, str]]:
        """The names of the parties that hosted it."""
        hosts = self.last_held["hosts"] if self.last_held else []
        return [self.names.short("party", slug) for slug in hosts]


def parallel(entry: Row, document: Row, names: Names, today: date) -> Row:
    """A commitment's columns for a page that lists no sources: without marks that lead to them."""
    sources = Sources(document, names, only=())
    read = Commitments(document, sources, names, Differences(document, sources, names), today)
    [row] = [row for row in document["commitments"] if row["number"] == entry["number"]]
    return {**read.one(row), "entry": entry}
