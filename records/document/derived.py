"""What follows from a document and is never stored in it: form, status, what was said, follow-ups.

Rules: design of the record, "The models", last two paragraphs; levels of strength after the G7
Research Group. Works on sparse and on complete documents. What depends on today takes it as an
argument.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from records import dates
from records.choices import (
    LIFE_ORDER,
    OPEN_STATUSES,
    STATUS_MOVING,
    STRENGTH,
    CommitmentKind,
    CommitmentStatus,
    DelegationRole,
    EventStatus,
    Presence,
    ProgressKind,
    SummitForm,
    WordingVerb,
)

Row = dict[str, Any]

BROKEN = (CommitmentStatus.STALLED, CommitmentStatus.REVERSED, CommitmentStatus.NOT_FULFILLED)
# What counts as a follow-up: not what others did, not that somebody looked.
FOLLOW_UPS = tuple(
    kind for kind in ProgressKind if kind not in (ProgressKind.CONTEXT, ProgressKind.CHECK)
)


# the summit ---------------------------------------------------------------------------------------


def taking_part(document: Row) -> list[str]:
    """The parties of a summit, without a neutral host and those only invited."""
    apart = (DelegationRole.NEUTRAL_HOST, DelegationRole.INVITED)
    return [row["party"] for row in document.get("delegations", []) if row["role"] not in apart]


def form(document: Row) -> str:
    """bilateral, trilateral, multilateral; empty where fewer than two parties are named."""
    count = len(taking_part(document))
    if count < 2:
        return ""
    known = {2: SummitForm.BILATERAL, 3: SummitForm.TRILATERAL}
    return str(known.get(count, SummitForm.MULTILATERAL))


def hosts(document: Row) -> list[str]:
    host = (DelegationRole.HOST, DelegationRole.NEUTRAL_HOST)
    return [row["party"] for row in document.get("delegations", []) if row["role"] in host]


def leaders(document: Row) -> list[str]:
    """Slugs of the participants who led their party's side, in the order of the file."""
    return [row["participant"] for row in document.get("attendances", []) if row.get("principal")]


def was_there(attendance: Row) -> bool:
    """Not so of somebody absent, nor at a summit that has not taken place (yet); `attendance` is an
    entry of the index, which holds its summit's `event_status`."""
    held = attendance["event_status"] in ("", EventStatus.HELD)
    return held and attendance["presence"] != Presence.ABSENT


def standing(document: Row) -> list[Row]:
    """The commitments that were not withdrawn."""
    return [row for row in document.get("commitments", []) if not row.get("withdrawn")]


# what came of a commitment ------------------------------------------------------------------------


def entries(commitment: Row) -> list[Row]:
    """Its progress without the entries that later ones put right."""
    progress: list[Row] = commitment.get("progress", [])
    replaced = {entry["supersedes"] for entry in progress if entry.get("supersedes")}
    return [entry for entry in progress if entry["key"] not in replaced]


def status_of_party(commitment: Row, party: str) -> str:
    """What the latest entry that can leave a status leaves for `party` or for all."""
    status = str(CommitmentStatus.ANNOUNCED)
    for entry in entries(commitment):
        concerns = entry.get("party", "") in ("", party)
        if concerns and entry["kind"] in STATUS_MOVING and entry.get("status"):
            status = entry["status"]
    return status


def statuses(commitment: Row) -> dict[str, str]:
    """Party -> status, for the parties that must act; nobody must by a position."""
    if commitment.get("kind") == CommitmentKind.POSITION:
        return {}
    return {party: status_of_party(commitment, party) for party in commitment.get("parties", [])}


def status(commitment: Row) -> str:
    """The overall status; empty for a position, which asks for no act.

    The same for all: that. Broken for any: that. Else the least advanced.
    """
    if commitment.get("kind") == CommitmentKind.POSITION:
        return ""
    found = set(statuses(commitment).values()) or {str(CommitmentStatus.ANNOUNCED)}
    for broken in BROKEN:
        if broken in found:
            return str(broken)
    return str(min(found, key=LIFE_ORDER.index))


def status_since(commitment: Row) -> Row | None:
    """The entry with which the overall status became what it is, for its date and sources; none
    while it is as announced."""
    counted = entries(commitment)
    found, before = None, status({**commitment, "progress": []})
    for count, entry in enumerate(counted, start=1):
        now = status({**commitment, "progress": counted[:count]})
        if now != before:
            found, before = entry, now
    return found


def statuses_differ(commitment: Row) -> bool:
    return len(set(statuses(commitment).values())) > 1


def is_open(commitment: Row) -> bool:
    """Something is still to be done, so that its due date can pass."""
    return status(commitment) in OPEN_STATUSES


def due_day(commitment: Row) -> date | None:
    """The last possible day of the due date; a due date in words is never overdue by itself."""
    return dates.latest(commitment["due"]) if commitment.get("due") else None


def is_overdue(commitment: Row, today: date) -> bool:
    day = due_day(commitment)
    return bool(day and day < today and is_open(commitment))


def is_late(commitment: Row) -> bool:
    """Fulfilled after the last possible day of its due date."""
    day, since = due_day(commitment), status_since(commitment)
    if not day or not since or status(commitment) != CommitmentStatus.FULFILLED:
        return False
    first = dates.bounds(since["date"])[0]
    return bool(first and first > day)


def follow_ups(commitment: Row) -> list[Row]:
    return [entry for entry in entries(commitment) if entry["kind"] in FOLLOW_UPS]


def last_follow_up(commitment: Row) -> date | None:
    """The last possible day of the newest follow-up."""
    days = [dates.latest(entry["date"]) for entry in follow_ups(commitment)]
    return max((day for day in days if day), default=None)


def last_check(commitment: Row, document: Row) -> str:
    """The date (EDTF) when somebody last looked: a check, else the summit's `checked_on`."""
    checks = [e["date"] for e in entries(commitment) if e["kind"] == ProgressKind.CHECK]
    return checks[-1] if checks else document.get("checked_on") or ""


# what was said ------------------------------------------------------------------------------------


def strength(wording: Row) -> str:
    """committed, supported, welcomed, or empty for what a side does not mention."""
    return str(STRENGTH[WordingVerb(wording["verb"])] or "")


def voices(commitment: Row) -> list[Row]:
    """The wordings of parties that do mention it."""
    return [
        wording
        for wording in commitment.get("wordings", [])
        if wording.get("party") and wording["verb"] != WordingVerb.NOT_MENTIONED
    ]


def said(commitment: Row) -> str:
    """differ, one or both; empty where no wording is recorded."""
    voiced = voices(commitment)
    agreed = any(not wording.get("party") for wording in commitment.get("wordings", []))
    if commitment.get("words_differ") or len({strength(wording) for wording in voiced}) > 1:
        return "differ"
    if agreed or len(voiced) > 1:
        return "both"
    return "one" if voiced else ""


def commitment_id(document: Row, commitment: Row) -> str:
    return f"{document['code']}-{commitment['number']}"
