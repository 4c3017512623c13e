"""A working copy's document -> what in it waits for an editor.

What must have a source follows the record's model (every fact carries its sources); overdue and
unchecked follow `document/derived.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from records import dates
from records.document import derived
from records.document.schema import LANGUAGES, SUMMIT, Shape

from .texts import Bases, texts_of

Row = dict[str, Any]

OVERDUE, UNCHECKED = "overdue", "unchecked"
UNSOURCED, UNARCHIVED, DEAD = "unsourced", "unarchived", "dead"
MISSING, OLDER = "missing", "older"
KINDS = (OVERDUE, UNCHECKED, UNSOURCED, UNARCHIVED, MISSING, OLDER, DEAD)

UNCHECKED_AFTER = timedelta(days=183)  # six months
# Names, orders and what the editors say themselves; the summary says nothing that is not below it.
NEEDS_NO_SOURCE = {
    "slug",
    "also",
    "event_status",
    "code",
    "key",
    "number",
    "formerly",
    "cites",
    "summary",
    "checked_on",
    "topics",
    "series",
    "series_number",
    "timezone",
    "latitude",
    "longitude",
    "words_differ",
    "continues",
    "fulfilled_when",
    "supersedes",
    "exact_lang",
    "session",
    "party",
    "participant",
    "note",
}
SHOWN = 120  # characters of a title


@dataclass(frozen=True, slots=True)
class Found:
    """Something that waits: its kind, its place in the document, from which day on (None: from
    when it was found), and what the row there is called, by language."""

    kind: str
    place: str
    since: date | None = None
    words: dict[str, str] = field(default_factory=dict)


def find(document: Row, *, bases: Bases, dead: Collection[str] = ()) -> Iterator[Found]:
    """All that waits in a document; `bases` name the translations older than their English,
    `dead` the addresses that answer no more."""
    yield from promises(document)
    yield from unsourced(document)
    yield from addresses(document, dead)
    titles = titles_of(document)
    for place, words in texts_of(document):
        for code in LANGUAGES:
            if code not in words:
                yield Found(MISSING, f"{place}.{code}", words=title_at(titles, place))
            elif f"{place}.{code}" in bases:
                yield Found(OLDER, f"{place}.{code}", words=title_at(titles, place))


def promises(document: Row) -> Iterator[Found]:
    """Open commitments past their due day, and those nobody looked at for half a year."""
    held = dates.latest(document["starts"]) if document.get("starts") else None
    for commitment in derived.standing(document):
        if not derived.is_open(commitment):
            continue
        place = f"commitments.{commitment['number']}"
        words = title(commitment)
        if due := derived.due_day(commitment):
            yield Found(OVERDUE, place, day_after(due, timedelta(days=1)), words)
        looked = [
            day
            for text in (derived.last_check(commitment, document),)
            if text and (day := dates.latest(text))
        ]
        looked += [day for day in (derived.last_follow_up(commitment), held) if day]
        if looked:
            yield Found(UNCHECKED, place, day_after(max(looked), UNCHECKED_AFTER), words)


def day_after(day: date, time: timedelta) -> date:
    return date.max if day > date.max - time else day + time


def unsourced(document: Row, shape: Shape = SUMMIT, at: tuple[str, ...] = ()) -> Iterator[Found]:
    """Rows that cite nothing, and facts that no citation of their row covers."""
    if shape.fact("cites"):
        cites = document.get("cites")
        if not cites:
            yield Found(UNSOURCED, ".".join((*at, "cites")), words=title(document))
        elif isinstance(cites, dict) and "all" not in cites:
            covered = {name.partition(".")[0] for name in cites}
            for fact in shape.facts:
                stated = document.get(fact.name) not in (None, "", [], {}, False)
                if stated and fact.name not in covered | NEEDS_NO_SOURCE:
                    yield Found(UNSOURCED, ".".join((*at, fact.name)), words=title(document))
    for child in shape.children:
        for index, row in enumerate(document.get(child.name, [])):
            yield from unsourced(row, child, (*at, child.name, child.known_by(row, index)))


def addresses(document: Row, dead: Collection[str]) -> Iterator[Found]:
    for source in document.get("sources", []):
        place, words = f"sources.{source['key']}", title(source)
        if source.get("url") and not source.get("archived_url"):
            yield Found(UNARCHIVED, f"{place}.archived_url", words=words)
        for name in ("url", "archived_url"):
            if source.get(name) in dead:
                yield Found(DEAD, f"{place}.{name}", words=words)


# what a row is called -----------------------------------------------------------------------------


def title(row: Row) -> dict[str, str]:
    """A row's title as far as it has one; a source's in its own language stands under no code."""
    for name in ("title", "question", "gist", "what"):
        value = row.get(name)
        if isinstance(value, dict):
            return {code: words[:SHOWN] for code, words in value.items()}
        if value:
            return {"": value[:SHOWN]}
    return {"": row["publisher"][:SHOWN]} if row.get("publisher") else {}


def titles_of(document: Row) -> dict[str, dict[str, str]]:
    """`{"commitments.3": title}` of the rows of the summit's lists."""
    return {
        f"{child.name}.{child.known_by(row, index)}": title(row)
        for child in SUMMIT.children
        for index, row in enumerate(document.get(child.name, []))
    }


def title_at(titles: dict[str, dict[str, str]], place: str) -> dict[str, str]:
    return titles.get(".".join(place.split(".")[:2]), {})
