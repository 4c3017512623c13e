"""A summit's page: everything its document says, in the order a reader asks."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

from records.choices import EventStatus
from records.document import derived
from records.public import Published

from . import notes, people, programme
from .commitments import Commitments, counts
from .differences import ROW_OF, Differences
from .sources import Sources, supports

Row = dict[str, Any]

FACTS = (
    "title",
    "also",
    "setting",
    "event_status",
    "outcome",
    "starts",
    "ends",
    "timezone",
    "city",
    "region",
    "country",
    "venue",
    "within",
    "series",
    "series_number",
    "topics",
    "latitude",
    "longitude",
    "checked_on",
)


SECTIONS = (
    "facts",
    "participants",
    "programme",
    "commitments",
    "raised",
    "differences",
    "sources",
    "cite",
    "changes",
)


class SummitReading:
    """One edition of a summit as it reads `today`."""

    def __init__(self, published: Published, today: date):
        self.published, self.today = published, today
        self.document, self.names = published.document, published.names
        self.sources = Sources(self.document, self.names)
        self.differences = Differences(self.document, self.sources, self.names)
        self.parts = (self.document, self.sources, self.names, self.differences)

    @cached_property
    def sections(self) -> list[tuple[int, str]]:
        """Numbers and ids of the page's sections. People cite the numbers: one that has nothing to
        say is left out, and its number is given to no other."""
        empty = {
            "raised": not (self.notes["raised"] or self.notes["views"]),
            "differences": not self.differences.rows,
        }
        return [(number, id) for number, id in enumerate(SECTIONS, 1) if not empty.get(id)]

    @cached_property
    def facts(self) -> Row:
        """What the summit's own row says, with the marks of each fact."""
        document, names = self.document, self.names
        marks = self.sources.of(document, "topics")
        series = document["series"]
        return {
            **{name: document[name] for name in FACTS},
            "form": derived.form(document),
            "country_name": names.name("party", document["country"]) if document["country"] else {},
            "series_name": names.name("series", series) if series else {},
            "series_description": names.row("series", series)["description"] if series else {},
            "topic_names": [
                (slug, names.name("topic", slug), marks.get(f"topics.{slug}", []))
                for slug in document["topics"]
            ],
            "documents": [row for row in self.sources.listed() if row["outcome"]],
            "clock": programme.clock_of(document),
            "cited": self.sources.of_rows(document, ROW_OF),
            "differ": self.differences.in_facts(),
            "is_ahead": document["event_status"]
            in (EventStatus.PLANNED, EventStatus.CONFIRMED, EventStatus.POSTPONED),
        }

    @cached_property
    def who(self) -> tuple[list[Row], list[Row]]:
        """The delegations, and the people of none."""
        return people.delegations(*self.parts)

    @cached_property
    def sessions(self) -> list[Row]:
        return [programme.session(row, *self.parts) for row in self.document["sessions"]]

    @cached_property
    def days(self) -> list[tuple[str, list[Row]]]:
        return programme.by_day(self.sessions)

    @cached_property
    def commitments(self) -> Commitments:
        return Commitments(*self.parts, self.today)

    @cached_property
    def promised(self) -> list[Row]:
        return self.commitments.all()

    @cached_property
    def by_topic(self) -> list[tuple[dict[str, str], list[Row]]]:
        return self.commitments.by_topic([row for row in self.promised if not row["withdrawn"]])

    @cached_property
    def withdrawn(self) -> list[Row]:
        return [row for row in self.promised if row["withdrawn"]]

    @cached_property
    def counts(self) -> list[tuple[str, int]]:
        return counts(self.promised)

    @cached_property
    def notes(self) -> dict[str, list[tuple[str, list[Row]]]]:
        return notes.notes(self.document, self.sources, self.names)

    @cached_property
    def statements(self) -> list[Row]:
        return notes.statements(*self.parts)

    @cached_property
    def gifts(self) -> list[Row]:
        return notes.gifts(*self.parts)

    @cached_property
    def source_list(self) -> list[Row]:
        return self.sources.listed(supports(self.document, notes.PLACES))
