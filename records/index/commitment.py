"""A commitment's entry: what follows from its wordings and progress, as facets and data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from records.document import derived

from .names import Names, spellings, with_parents
from .row import Row, Searched


def commitment_row(
    commitment: dict[str, Any],
    document: dict[str, Any],
    shared: dict[str, Any],
    names: Names,
    first: date | None,
) -> Row:
    status, said = derived.status(commitment), derived.said(commitment)
    due, followed = derived.due_day(commitment), derived.last_follow_up(commitment)
    follow_ups = derived.follow_ups(commitment)
    heard = followed or first
    since = derived.status_since(commitment)
    undated = not due and derived.is_open(commitment)
    checked = derived.last_check(commitment, document)
    parties = commitment.get("parties", [])
    return Row(
        "commitment",
        derived.commitment_id(document, commitment),
        {
            **shared,
            "number": commitment["number"],
            "title": commitment["title"],
            "gist": commitment.get("gist", {}),
            "kind": commitment["kind"],
            "status": status,
            "status_since": since["date"] if since else "",
            "statuses": derived.statuses(commitment) if derived.statuses_differ(commitment) else {},
            "late": derived.is_late(commitment),
            "said": said,
            "parties": parties,
            "topics": commitment.get("topics", []),
            "series": document.get("series", ""),
            "due": commitment.get("due", ""),
            "due_text": commitment.get("due_text", {}),
            "falls_due": due.isoformat() if due and derived.is_open(commitment) else "",
            "continues": commitment.get("continues", []),
            "followed_on": followed.isoformat() if followed else "",
            "follow_ups": len(follow_ups),
            "checked": checked,
        },
        facets={
            "status": [status] if status else [],
            "kind": [commitment["kind"]],
            "topic": with_parents(commitment.get("topics", []), names),
            "party": parties,
            "series": [document["series"]] if document.get("series") else [],
            "said": [said] if said else [],
            "followup": ["none-found"] if derived.is_open(commitment) and not follow_ups else [],
            # Not shown: what depends on today is added up from days when a list is drawn.
            "open": ["open"] if derived.is_open(commitment) else [],
            "due-day": [due.isoformat()] if due and derived.is_open(commitment) else [],
            "due": ["undated"] if undated else [],
            "last-heard": [heard.isoformat()] if heard and derived.is_open(commitment) else [],
            "continues": commitment.get("continues", []),
            "checked": [checked] if checked else [],
        },
        title=commitment["title"],
        words=[
            ("id", derived.commitment_id(document, commitment)),
            *((name, commitment.get(name, {})) for name in ("title", "gist", "measure", "note")),
            *(
                found
                for wording in commitment.get("wordings", [])
                for found in exact_words("wording", wording)
            ),
            *(("progress", entry["text"]) for entry in commitment.get("progress", [])),
            *difference_words(document, f"commitments.{commitment['number']}."),
            ("summit", document["title"]),
            *spellings((("party", slug) for slug in parties), names),
            *spellings((("topic", slug) for slug in commitment.get("topics", [])), names),
        ],
        starts=first,
        due=due,
        weight=len(follow_ups),
    )


def exact_words(what: str, said: dict[str, Any]) -> Iterator[Searched]:
    """What a wording or statement says, in our words and exactly."""
    yield what, said["gist"]
    yield "exact", {said.get("exact_lang", ""): said.get("exact", "")}


def difference_words(document: dict[str, Any], about: str = "") -> Iterator[Searched]:
    """What sources answer differently, of all or of one part of the document."""
    for difference in document.get("differences", []):
        places = difference.get("about", [])
        if not about or any(f"{place}.".startswith(about) for place in places):
            yield "difference", difference["question"]
            yield "difference", difference.get("reading", {})
            yield from (("difference", value["says"]) for value in difference.get("values", []))
