"""The pages and data of parties, relations, topics and series: what touches each in all summits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from records import facets, public, reading
from records.choices import SummitForm
from records.filters.faceted import Due, FollowUp, Said, due_sets, follow_up_sets
from records.language import lang

from . import files, heads
from .addresses import PLACES, missing, moved, page_name
from .answers import fresh
from .data import as_record
from .panel import checked_between, status_chart

Row = dict[str, Any]
View = Callable[..., HttpResponse]

MEETINGS = 25
COUNTED = 50  # meetings whose people are counted
THREADS = 12
DIFFERING = 3
NEWEST = 5  # commitments told below their chart
RELATED = 100
OPEN = (
    ("due", Due.OVERDUE),
    ("due", Due.SIX_MONTHS),
    ("followup", FollowUp.NONE_FOUND),
    ("said", Said.DIFFER),
    ("said", Said.ONE),
)


def page_of(kind: str) -> View:
    @fresh
    def page(request: HttpRequest, at: int, slug: str) -> HttpResponse:
        found = public.subject(kind, slug, at)
        if found is None:
            return elsewhere(request, kind, slug, at)
        place = f"{PLACES[kind]}/{slug}"
        formats = files_of(found)
        context = {
            "read": read(found, timezone.localdate()),
            "head": heads.subject(found, place, formats),
            "ways": [(row["href"], row["words"]) for row in formats],
            "kind": kind,
            "listed_at": PLACES[kind],
            "identity": f"/{place}",
            "json_url": f"/{place}.json",
            "today": timezone.localdate(),
        }
        return heads.drawn(request, "subject.html", context)

    return page


def files_of(found: public.Subject) -> list[Row]:
    """What a subject is to be had as: its data, the calendar and feed of the lists behind it."""
    query = urlencode({found.kind: found.slug})
    own = files.offered(page_name(found.kind), slug=found.slug)
    behind = {"ics": "summits", "atom": "commitments"}
    return own + [
        row
        for file, name in behind.items()
        for row in files.offered(name, query)
        if row["file"] == file
    ]


def data_of(kind: str) -> View:
    @files.strict("json")
    @fresh
    def data(request: HttpRequest, at: int, slug: str) -> HttpResponse:
        found = public.subject(kind, slug, at)
        if found is None:
            return elsewhere(request, kind, slug, at)
        whole = read(found, timezone.localdate())
        return as_record(
            f"{PLACES[kind]}/{slug}",
            {"id": slug},
            public_row(found),
            counts={
                "summits": whole.summits,
                "commitments": whole.commitments,
                "threads": whole.all_threads,
                **{f"{name}={value}": count for name, value, count in whole.open},
            },
            lists={
                name: f"{settings.SITE_URL}/{name}.json?{urlencode({kind: slug})}"
                for name in ("summits", "commitments")
            },
            statuses={row["value"]: row["count"] for row in whole.chart},
            meetings=whole.meetings,
            threads=[
                {"count": row["count"], "steps": [one["slug"] for one in row["steps"]]}
                for row in whole.threads
            ],
        )

    return data


def elsewhere(request: HttpRequest, kind: str, slug: str, at: int) -> HttpResponse:
    """Where a name leads that no public subject has: to what is called otherwise today, or 404."""
    today = public.today_called(kind, slug, at)
    place = f"{PLACES[kind]}/{today or slug}"
    return moved(request, place) if today else missing(request, place)


def public_row(found: public.Subject) -> Row:
    """The row of the vocabulary as far as readers know the names in it, without what is empty."""
    row = {name: value for name, value in found.row.items() if value not in ("", [], {}, None)}
    if before := row.pop("predecessors", []):
        known = public.shared(found.at)["party"]
        if kept := [slug for slug in before if slug in known]:
            row["predecessors"] = kept
    return row


# what they are made of ----------------------------------------------------------------------------


def read(found: public.Subject, today: date) -> reading.SubjectReading:
    """Everything of a subject, in a fixed number of queries."""
    at = found.at
    summits, promised = found.among("summit"), found.among("commitment")
    newest = summits.page("-date", lang(), 0, COUNTED)
    oldest = summits.page("date", lang(), 0, 1)
    rows = public.entries_by_id("summit", [*newest[:MEETINGS], *oldest])
    meetings = [rows[one] for one in newest[:MEETINGS] if one in rows]
    people = reading.company(public.attendances(newest), found.parties)
    wanted = [one["slug"] for group in people for one in group["people"]]
    names = public.names(at, [*wanted, *(slug for row in meetings for slug in row["leaders"])])
    all_threads, threads = public.threads_through(promised.bits(), at, THREADS)
    all_differing, differing = differing_among(found, names, today)
    return reading.SubjectReading(
        subject=found,
        names=names,
        meetings=meetings,
        first=next((rows[one] for one in oldest if one in rows), None),
        summits=len(summits.bits()),
        commitments=len(promised.bits()),
        forms=forms(summits),
        chart=status_chart(promised, address_of(found)),
        checked=checked_between(promised),
        newest=public.entries("commitment", promised.page("-date", lang(), 0, NEWEST)),
        open=open_among(promised, today),
        threads=threads,
        all_threads=all_threads,
        differing=differing,
        all_differing=all_differing,
        people=people,
        counted=len(newest),
        related=related(found),
    )


def address_of(found: public.Subject) -> Callable[[str, str], str]:
    """The list of commitments of a subject with one more filter."""
    listed = reverse("commitments")
    return lambda name, value: f"{listed}?{urlencode({found.kind: found.slug, name: value})}"


def forms(summits: facets.Selection) -> list[tuple[str, int]]:
    counts = summits.counts("form")
    return [(str(form), counts[form]) for form in SummitForm if counts.get(form)]


def open_among(promised: facets.Selection, today: date) -> list[tuple[str, str, int]]:
    """`(parameter, value, count)` of what a reader may ask of these commitments first."""
    held, bits = promised.shelf, promised.bits()
    sets = {
        "due": due_sets(held, today),
        "followup": follow_up_sets(held, today),
        "said": held.values("said"),
    }
    counted = [
        (name, str(value), bits.intersection_cardinality(sets[name][value]))
        for name, value in OPEN
        if value in sets[name]
    ]
    return [row for row in counted if row[2]]


def differing_among(
    found: public.Subject, names: public.Names, today: date
) -> tuple[int, list[Row]]:
    """How many of its commitments the sides word otherwise, and the newest as parallel texts."""
    differing = found.among("commitment")
    differing.choose("said", [Said.DIFFER])
    entries = public.entries("commitment", differing.page("-date", lang(), 0, DIFFERING))
    documents = public.current_documents({row["summit"] for row in entries}) if entries else {}
    return len(differing.bits()), [
        reading.parallel(row, documents[row["summit"]], names, today)
        for row in entries
        if row["summit"] in documents
    ]


def related(found: public.Subject) -> Row:
    """The names beside a subject: `(slug, summits, commitments)` of topics above and below, of
    relations; parties before and after. At most `RELATED` of each, the most frequent."""
    known, slug, row = public.shared(found.at), found.slug, found.row
    if found.kind == "topic":
        below = [one for one, other in known["topic"].items() if other["parent"] == slug]
        above = [row["parent"]] if row["parent"] in known["topic"] else []
        return {"above": counted(found, above), "below": counted(found, below)}
    if found.kind != "party":
        return {}
    pairs = [pair for pair in public.pairs(found.at) if slug in pair][:RELATED]
    return {
        "relations": [
            (public.relation_row(pair, found.at), public.pairs(found.at)[pair]) for pair in pairs
        ],
        "before": [one for one in row["predecessors"] if one in known["party"]],
        "after": [one for one, other in known["party"].items() if slug in other["predecessors"]],
        "facts": [name for name in ("iso", "since", "until") if row[name]],
    }


def counted(found: public.Subject, slugs: list[str]) -> list[tuple[str, int, int]]:
    sets = [facets.shelf(kind, found.at).values("topic") for kind in ("summit", "commitment")]
    rows = [(slug, *(len(held.get(slug, ())) for held in sets)) for slug in slugs]
    return sorted(rows, key=lambda row: (-row[2], -row[1], row[0]))[:RELATED]
