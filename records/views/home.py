"""The front page: what the record holds, what changed, where to begin."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from pyroaring import BitMap

from records import facets, public, reading
from records.filters.faceted import due_sets, follow_up_sets
from records.language import lang, plain
from records.reading import timeline
from records.reading.map import drawn

from . import front
from .answers import fresh
from .panel import checked_between, status_chart

Row = dict[str, Any]
CHANGES = 6
MOST = 12  # names of one kind under "Browse"
MOST_PARTIES = 8  # whose pairs are counted
PAIRS = 6
WORTH_A_LOOK = (
    ("due", "overdue"),
    ("due", "six-months"),
    ("followup", "none-found"),
    ("said", "differ"),
    ("said", "one"),
)


@fresh
def home(request: HttpRequest, at: int) -> HttpResponse:
    today = timezone.localdate()
    summits = facets.shelf("summit", at)
    commitments = facets.Selection(facets.shelf("commitment", at))
    told, places = front.told(summits, lang()), front.places(summits)
    wanted = {*told.ahead, *told.others, *(entry for _place, entry, _count in places.drawn)}
    rows = public.entries_by_id("summit", wanted)
    ahead, others = ([rows[pk] for pk in ids if pk in rows] for ids in (told.ahead, told.others))
    changes = latest_changes(at)
    people = [slug for row in [*ahead, *others[: front.LATEST]] for slug in row["leaders"]]
    context = {
        "numbers": numbers(at),
        "changes": changes,
        "ahead": ahead,
        "summits": others,
        "latest": front.LATEST,
        "name_of": front.name_of,
        "drawing": by_date(summits, told, [*ahead, *others]),
        "places": places,
        "map": drawn(front.placed(places, rows)),
        "chart": status_chart(commitments, commitments_with),
        "checked": checked_between(commitments),
        "commitments": len(commitments.bits()),
        "worth_a_look": worth_a_look(commitments.shelf, today),
        "browse": browse(summits, public.shared(at)),
        "names": public.names(at, {*people, *reading.people_in(changes)}),
        "today": today,
    }
    return render(request, "home.html", context)


def latest_changes(version: int) -> list[Row]:
    found = facets.Selection(facets.shelf("change", version)).page("-at", lang(), 0, CHANGES)
    return reading.with_places(public.entries("change", found))


def by_date(held: facets.Shelf, told: front.Told, rows: list[Row]) -> Row:
    """`line` with a mark for each summit, else `bars`; `undated` summits are on neither."""
    years = front.years(held)
    undated = len(held.everything()) - sum(years.values())
    if line := timeline.line(rows, lambda row: plain(front.name_of(row))) if told.all else None:
        undated = len(rows) - len(line.marks)
        return {"line": line, "bars": [], "undated": undated}
    return {"line": None, "bars": timeline.bars(years), "undated": undated}


def numbers(version: int) -> list[tuple[str, int]]:
    """How many there are, by the name of the list."""
    kinds = {"summits": "summit", "commitments": "commitment", "participants": "participant"}
    kinds["sessions"] = "session"
    return [(name, len(facets.shelf(kind, version).everything())) for name, kind in kinds.items()]


def commitments_with(name: str, value: str) -> str:
    return f"{reverse('commitments')}?{name}={value}"


def worth_a_look(held: facets.Shelf, today: date) -> list[tuple[str, str, int]]:
    """`(filter, value, how many)` of what a reader may want to see first; none that is empty."""
    sets = {
        "due": due_sets(held, today),
        "followup": follow_up_sets(held, today),
        "said": held.values("said"),
    }
    return [
        (name, value, len(sets[name][value]))
        for name, value in WORTH_A_LOOK
        if sets[name].get(value)
    ]


def browse(held: facets.Shelf, known: dict[str, dict[str, Row]]) -> Row:
    """Parties, pairs of parties, main topics and series by how many summits they have."""
    counts = {
        name: sorted(
            ((slug, len(bits)) for slug, bits in held.values(name).items() if slug in known[name]),
            key=lambda found: (-found[1], found[0]),
        )
        for name in ("party", "topic", "series")
    }
    main = [found for found in counts["topic"] if not known["topic"][found[0]]["parent"]]
    return {
        "relation": pairs(held.values("party"), [slug for slug, _ in counts["party"]]),
        "party": counts["party"][:MOST],
        "topic": main[:MOST],
        "series": counts["series"][:MOST],
    }


def pairs(sets: dict[str, BitMap], parties: list[str]) -> list[tuple[str, str, int]]:
    """The pairs of the most frequent parties that met most often."""
    found = [
        (*sorted(pair), sets[pair[0]].intersection_cardinality(sets[pair[1]]))
        for pair in combinations(parties[:MOST_PARTIES], 2)
    ]
    found.sort(key=lambda row: (-row[2], row[:2]))
    return [row for row in found if row[2]][:PAIRS]
