"""Commitments: what each side said, side by side, and what came of it until today."""

from __future__ import annotations

from datetime import date
from typing import Any

from records.choices import (
    CommitmentKind,
    SourceKind,
    WordingVerb,
)
from records.document import derived
from records.document.citations import cited_by
from records.public import Names

from .differences import Differences
from .people import order
from .sources import Sources

Row = dict[str, Any]

COLUMNS = 4  # more silent parties than this are named in one line
FACTS = (
    "due",
    "due_text",
    "measure",
    "force",
    "session",
    "fulfilled_when",
    "continues",
    "topics",
    "note",
)


class Commitments:
    """Reads the commitments of one document as they stand `today`."""

    def __init__(
        self,
        document: Row,
        sources: Sources,
        names: Names,
        differences: Differences,
        today: date,
    ):
        self.document, self.sources, self.names = document, sources, names
        self.differences, self.today = differences, today
        self.order = order(document)
        self.sessions = {row["key"]: row for row in document["sessions"]}

    def all(self) -> list[Row]:
        """Every commitment in the order of the file, withdrawn ones too."""
        return [self.one(row) for row in self.document["commitments"]]

    def one(self, row: Row) -> Row:
        status = derived.status(row)
        voices = [self.wording(one) for one in row["wordings"] if one["party"]]
        agreed = [self.wording(one) for one in row["wordings"] if not one["party"]]
        columns, silent = self.columns(row, voices, bool(agreed))
        statuses = derived.statuses(row) if derived.statuses_differ(row) else {}
        return {
            **row,
            "id": derived.commitment_id(self.document, row),
            "status": status or "position",
            "is_position": not status,
            "is_open": derived.is_open(row),
            "since": derived.status_since(row),
            "statuses": [
                (self.names.short("party", slug), statuses[slug]) for slug in self.sorted(statuses)
            ],
            "said": derived.said(row),
            "agreed": agreed[0] if agreed else None,
            "columns": columns,
            "silent": silent,
            "actors": [self.names.name("party", slug) for slug in self.sorted(row["parties"])],
            "actor_slugs": self.sorted(row["parties"]),
            "topic_names": [
                (self.names.name("topic", slug), self.topic_marks(row).get(f"topics.{slug}", []))
                for slug in row["topics"]
            ],
            "progress": self.progress(row),
            "has_follow_up": bool(derived.follow_ups(row)),
            "checked": derived.last_check(row, self.document),
            "is_overdue": derived.is_overdue(row, self.today),
            "is_late": derived.is_late(row),
            "due_day": derived.due_day(row),
            "made_in": self.sessions.get(row["session"]),
            "continued": [(one, self.names.title("commitment", one)) for one in row["continues"]],
            "marks": self.sources.of(row, *FACTS),
            "differences": self.differences.about("commitments", str(row["number"])),
        }

    def sorted(self, parties: Any) -> list[str]:
        """Parties in the page's order: of delegations first, others after them."""
        return sorted(
            parties,
            key=lambda slug: (self.order.index(slug) if slug in self.order else 99, slug),
        )

    def topic_marks(self, row: Row) -> dict[str, Any]:
        return self.sources.of(row, "topics")

    # what each side said

    def wording(self, row: Row) -> Row:
        cited = list(cited_by(row))
        return {
            **row,
            "name": self.names.short("party", row["party"]) if row["party"] else {},
            "is_silent": row["verb"] == WordingVerb.NOT_MENTIONED,
            "is_read_whole": self.sources.read_whole(cited),
            # Without a party it is what all agreed: their own text, or what others say of it.
            "is_joint_text": any(
                self.sources.by_key[key]["kind"] == SourceKind.JOINT_TEXT
                for key in cited
                if key in self.sources.by_key
            ),
            "marks": self.sources.of(row, "exact"),
        }

    def columns(self, row: Row, voices: list[Row], agreed: bool) -> tuple[list[Row], list[Row]]:
        """One column a party, in the page's order; parties too many for columns apart.

        Who has no wording of its own is silent, unless an agreed text speaks for all.
        """
        spoken = {one["party"]: one for one in voices}
        if agreed or not row["wordings"]:
            return [spoken[slug] for slug in self.sorted(spoken)], []
        silent = [slug for slug in row["parties"] if slug not in spoken]
        if len(silent) + len(spoken) <= COLUMNS:
            found = {**spoken, **{slug: self.silence(slug) for slug in silent}}
            return [found[slug] for slug in self.sorted(found)], []
        return (
            [spoken[slug] for slug in self.sorted(spoken)],
            [self.silence(slug) for slug in self.sorted(silent)],
        )

    def silence(self, party: str) -> Row:
        """The column of a party of which no wording is recorded."""
        own = [
            row["key"]
            for row in self.document["sources"]
            if row["kind"] in (SourceKind.OFFICIAL, SourceKind.JOINT_TEXT)
            and party in row["issued_by"]
        ]
        return {
            "party": party,
            "name": self.names.short("party", party),
            "verb": "",
            "gist": {},
            "exact": "",
            "is_silent": True,
            "is_read_whole": self.sources.read_whole(own),
            "marks": {"rest": [], "exact": []},
        }

    # what came of it

    def progress(self, row: Row) -> list[Row]:
        """Every entry, also those put right by a later one, which say by which."""
        replaced = {one["supersedes"]: one for one in row["progress"] if one["supersedes"]}
        return [
            {
                **entry,
                "who": self.names.short("party", entry["party"]) if entry["party"] else {},
                "is_counted": entry["kind"] in derived.FOLLOW_UPS,
                "is_summit_public": self.names.has("summit", entry["summit"]),
                "replaced_by": replaced.get(entry["key"]),
                "marks": self.sources.of(entry)["rest"],
            }
            for entry in row["progress"]
        ]

    # by topic

    def by_topic(self, rows: list[Row]) -> list[tuple[dict[str, str], list[Row]]]:
        """`(name of the main topic, commitments)` in the order of their first; `{}` for none.

        One with topics of several main topics stands under the one it has most of.
        """
        groups: dict[str, list[Row]] = {}
        for row in rows:
            groups.setdefault(self.main_topic(row["topics"]), []).append(row)
        return [
            (self.names.name("topic", slug) if slug else {}, found)
            for slug, found in groups.items()
        ]

    def main_topic(self, topics: list[str]) -> str:
        parents = [self.names.row("topic", slug)["parent"] or slug for slug in topics]
        return max(dict.fromkeys(parents), key=parents.count, default="")


def counts(rows: list[Row]) -> list[tuple[str, int]]:
    """`(status, number)` in life order, positions last; without those withdrawn."""
    found: dict[str, int] = {}
    for row in rows:
        if not row["withdrawn"]:
            found[row["status"]] = found.get(row["status"], 0) + 1
    known = [*derived.LIFE_ORDER, str(CommitmentKind.POSITION)]
    return [(str(status), found[status]) for status in known if status in found]
