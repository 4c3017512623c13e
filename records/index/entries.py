"""An edition's document -> its entries: the summit, its sessions, who came, what was said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils import timezone

from records import dates
from records.document import derived
from records.document.canonical import references
from records.document.formats import opened
from records.document.schema import LANGUAGES
from records.models import Edition

from .commitment import commitment_row, difference_words, exact_words
from .names import Names, spellings, with_parents
from .places import place_sets
from .row import Row, Searched
from .sources import source_rows


def rows_for(document: dict[str, Any], names: Names, number: int) -> Iterator[Row]:
    """Every entry that a summit's edition `number` gives."""
    first = dates.bounds(document["starts"])[0] if document.get("starts") else None
    commitments = derived.standing(document)
    whole = summit_data(document, number)
    parties = [row["party"] for row in document.get("delegations", [])]
    taking_part = derived.taking_part(document)
    shared = {
        "summit": document["slug"],
        "summit_title": document["title"],
        "city": document.get("city", {}),
        "starts": document["starts"],
        "ends": document.get("ends", ""),
    }
    yield Row(
        "summit",
        document["slug"],
        whole,
        facets={
            "party": parties,
            "taking-part": taking_part,
            "form": [whole["form"]] if whole["form"] else [],
            "setting": [document["setting"]] if document.get("setting") else [],
            # Also what its commitments are about: whoever looks for culture finds the summit.
            "topic": with_parents(
                [
                    *document.get("topics", []),
                    *(t for row in commitments for t in row.get("topics", [])),
                ],
                names,
            ),
            "series": [document["series"]] if document.get("series") else [],
            **place_sets(document, first),
        },
        title=document["title"],
        words=[*summit_words(document), *spellings(references(document), names)],
        starts=first,
        weight=len(commitments),
    )
    for place, session in enumerate(document.get("sessions", [])):
        yield replace(session_row(session, document, shared, names, first), place=place)
    for place, commitment in enumerate(commitments):
        yield replace(commitment_row(commitment, document, shared, names, first), place=place)
    for attendance in document.get("attendances", []):
        person = attendance["participant"]
        yield Row(
            "attendance",
            f"{document['slug']}/{person}",
            {
                **shared,
                **{
                    name: attendance.get(name, "")
                    for name in ("party", "on_behalf_of", "capacity", "presence", "period")
                },
                "office": attendance.get("office", {}),
                "principal": attendance.get("principal", False),
                "event_status": document.get("event_status", ""),
            },
            starts=first,
            person=person,
        )
    for statement in document.get("statements", []):
        said_on = statement.get("said_on", "")
        yield Row(
            "statement",
            f"{document['slug']}/{statement['key']}",
            {
                **shared,
                "key": statement["key"],
                "gist": statement["gist"],
                "office": statement.get("office", {}),
                "exact": statement.get("exact", ""),
                "exact_lang": statement.get("exact_lang", ""),
                "said_on": said_on,
            },
            starts=(dates.bounds(said_on)[0] if said_on else None) or first,
            person=statement["speaker"],
        )
    yield from source_rows(document, shared, names)
    yield from signposts(document)


def summit_data(document: dict[str, Any], number: int) -> dict[str, Any]:
    counts: dict[str, int] = {}
    for commitment in derived.standing(document):
        status = derived.status(commitment) or "position"
        counts[status] = counts.get(status, 0) + 1
    texts = ("title", "city", "region", "summary")
    facts = ("code", "starts", "ends", "setting", "outcome", "event_status", "country", "series")
    return {
        **{name: document.get(name, {}) for name in texts},
        **{name: document.get(name, "") for name in facts},
        "checked_on": document.get("checked_on", ""),
        "timezone": document.get("timezone", ""),
        "latitude": document.get("latitude"),
        "longitude": document.get("longitude"),
        "form": derived.form(document),
        "parties": [row["party"] for row in document.get("delegations", [])],
        "hosts": derived.hosts(document),
        "leaders": derived.leaders(document),
        "topics": document.get("topics", []),
        "edition": number,
        "statuses": counts,
        "commitments": len(derived.standing(document)),
        "sessions": len(document.get("sessions", [])),
        "differences": len(document.get("differences", [])),
        "sources": len(document.get("sources", [])),
    }


def summit_words(document: dict[str, Any]) -> Iterator[Searched]:
    yield from (("id", document["slug"]), ("id", document["code"]))
    yield "title", document["title"]
    yield from (("also", {title["lang"]: title["text"]}) for title in document.get("also", []))
    for name in ("city", "region", "venue", "within", "summary"):
        yield name, document.get(name, {})
    for kind, name in (("session", "title"), ("commitment", "title"), ("note", "text")):
        for row in document.get(f"{kind}s", []):
            yield kind, row.get(name, {})
    yield from (("note", note.get("fate", {})) for note in document.get("notes", []))
    yield from (("gift", gift["what"]) for gift in document.get("gifts", []))
    for statement in document.get("statements", []):
        yield from exact_words("statement", statement)
    yield from difference_words(document)


def session_row(
    session: dict[str, Any],
    document: dict[str, Any],
    shared: dict[str, Any],
    names: Names,
    first: date | None,
) -> Row:
    day, clock, zone = session.get("date", ""), session.get("time", ""), document.get("timezone")
    # A session that names no parties is found under those of its summit; the page says which.
    parties = session.get("parties") or [row["party"] for row in document.get("delegations", [])]
    return Row(
        "session",
        f"{document['slug']}/{session['key']}",
        {
            **shared,
            "key": session["key"],
            "kind": session["kind"],
            "title": session["title"],
            "venue": session.get("venue", {}),
            **{name: session.get(name, "") for name in ("date", "time", "until", "minutes")},
            "parties": session.get("parties", []),
            "participants": session.get("participants", []),
        },
        facets={
            "kind": [session["kind"]],
            "party": parties,
            # Not shown: the time zones a calendar of sessions has to explain, and for which years.
            "clock": [f"{zone} {day[:4]}"] if zone and ":" in clock and day[:4].isdigit() else [],
        },
        title=session["title"],
        words=[
            *((name, session.get(name, {})) for name in ("title", "venue", "summary")),
            *(
                found
                for statement in document.get("statements", [])
                if statement.get("session") == session["key"]
                for found in exact_words("statement", statement)
            ),
            *difference_words(document, f"sessions.{session['key']}."),
            ("summit", document["title"]),
            *spellings((("participant", slug) for slug in session.get("participants", [])), names),
        ],
        starts=(dates.bounds(day)[0] if day else None) or first,
    )


def signposts(document: dict[str, Any]) -> Iterator[Row]:
    """Addresses that answer “withdrawn” or lead on: `commitments/2026-nara-3`, `summits/old`."""
    slug = document["slug"]
    for commitment in document.get("commitments", []):
        if withdrawn := commitment.get("withdrawn"):
            data = {"title": commitment["title"], "summit": slug, **withdrawn}
            identifier = derived.commitment_id(document, commitment)
            yield Row("gone", f"commitments/{identifier}", data)
    for old in document.get("formerly", []):
        yield Row("moved", f"summits/{old}", {"to": f"summits/{slug}"})
    for session in document.get("sessions", []):
        for old in session.get("formerly", []):
            to = f"summits/{slug}/sessions/{session['key']}"
            yield Row("moved", f"summits/{slug}/sessions/{old}", {"to": to})


def tombstone(edition: Edition) -> list[Row]:
    """What a withdrawn summit leaves: it and its commitments say when and why they are gone, old
    addresses still lead there."""
    document = opened(edition.content)
    note = {code: getattr(edition, f"note_{code}") for code in LANGUAGES}
    gone = {
        "on": timezone.localdate(edition.at).isoformat(),
        "reason": {code: text for code, text in note.items() if text},
    }
    slug = document["slug"]
    rows = [Row("gone", f"summits/{slug}", {"title": document["title"], **gone})]
    for commitment in derived.standing(document):
        data = {"title": commitment["title"], "summit": slug, **gone}
        identifier = derived.commitment_id(document, commitment)
        rows.append(Row("gone", f"commitments/{identifier}", data))
    return [*rows, *signposts(document)]
