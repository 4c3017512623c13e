"""Entries of participants, from the meetings of all summits."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q

from records.document import derived
from records.document.read import read_row, rows_of
from records.document.schema import shape_of
from records.models import Entry, Participant, Reference

from .row import Row
from .store import Moves, put


def index_people(slugs: set[str], later: Moves | None = None) -> None:
    """The entries of these participants, from the meetings and statements the index holds; with
    `later` their facets are only noted there."""
    if not slugs:
        return
    shape = shape_of(Participant)
    known = {
        row.slug: read_row(row, shape)
        for row in rows_of(Participant.objects.filter(slug__in=slugs), shape)
    }
    public = set(
        Reference.objects.filter(kind="participant", slug__in=slugs).values_list("slug", flat=True)
    )
    meetings: dict[str, list[Entry]] = {slug: [] for slug in slugs}
    # Databases put days nobody knows at different ends.
    in_time = (F("starts").asc(nulls_first=True), "slug")
    # Without the last word SQLite takes no index of persons, and walks through all entries.
    attended = Entry.objects.filter(kind="attendance", person__in=slugs).exclude(person="")
    for entry in attended.order_by(*in_time):
        meetings[entry.person].append(entry)
    rows = [
        participant_row(known[slug], meetings[slug])
        for slug in sorted(slugs & public)
        if slug in known
    ]
    for slug in sorted(slugs & public):
        for old in known.get(slug, {}).get("formerly", []):
            rows.append(Row("moved", f"participants/{old}", {"to": f"participants/{slug}"}))
    stored = Entry.objects.filter(kind="participant", slug__in=slugs)
    # Those of today, and what led to somebody else before two were merged.
    known_by = Q(data__to__in=[f"participants/{slug}" for slug in sorted(slugs)])
    known_by |= Q(slug__in=[row.slug for row in rows if row.kind == "moved"])
    moved = Entry.objects.filter(known_by, kind="moved")
    put(rows, {(entry.kind, entry.slug): entry for entry in [*stored, *moved]}, None, later)


def participant_row(person: dict[str, Any], meetings: list[Entry]) -> Row:
    met = [entry for entry in meetings if derived.was_there(entry.data)]
    latest = (met or meetings or [None])[-1]
    sort_name = {**person["name"], **person.get("sort_name", {})}
    return Row(
        "participant",
        person["slug"],
        {
            "kind": person["kind"],
            "meetings": len(met),
            "office": latest.data["office"] if latest else {},
            "party": latest.data["party"] if latest else "",
            "last_met": met[-1].data["starts"] if met else "",
        },
        facets={
            "party": [entry.data["party"] for entry in meetings if entry.data["party"]],
            "capacity": [entry.data["capacity"] for entry in meetings],
        },
        title=sort_name,
        words=[
            ("id", person["slug"]),
            ("name", person["name"]),
            ("also", person.get("sort_name", {})),
            *(("also", spelling) for spelling in person.get("also", [])),
            *(("office", entry.data["office"]) for entry in meetings),
        ],
        starts=latest.starts if latest else None,
        weight=len(met),
    )
