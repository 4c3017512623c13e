"""The lists of parties, relations, topics and series: all public names, each with its counts.

They have no filters and no pages. Of very many names the page shows the most frequent and says so;
the data holds all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from records import facets, public
from records.document import relation
from records.language import LANGUAGES

from .addresses import PLACES
from .answers import as_json, fresh
from .files import strict
from .subjects import View

Row = dict[str, Any]
MOST = 300  # names that a page shows


@dataclass
class Named:
    """One name of a list: its row (of a relation only slug and name), how many summits and
    commitments it has, those below it."""

    row: Row
    summits: int
    commitments: int
    below: list[Named] = field(default_factory=list)

    @property
    def slug(self) -> str:
        return str(self.row["slug"])

    @property
    def weight(self) -> tuple[int, int, str]:
        return (-self.summits, -self.commitments, self.slug)


def page_of(kind: str) -> View:
    @fresh
    def page(request: HttpRequest, at: int) -> HttpResponse:
        if request.GET:
            return HttpResponseRedirect(request.path)
        count = how_many(kind, at)
        rows = named(kind, at, MOST)
        shown = by_main_topic(rows) if kind == "topic" else rows[:MOST]
        context = {
            "kind": kind,
            "rows": shown,
            "count": count,
            "shown": sum(1 + len(row.below) for row in shown),
            "names": public.names(at),
            "identity": f"/{PLACES[kind]}",
            "json_url": f"/{PLACES[kind]}.json",
        }
        return render(request, "subjects.html", context)

    return page


def data_of(kind: str) -> View:
    @strict("json")
    @fresh
    def data(request: HttpRequest, at: int) -> HttpResponse:
        rows = named(kind, at)
        items = [item(kind, row) for row in rows]
        return as_json({"items": items, "count": len(rows), "facets": {}, "next_url": None})

    return data


def item(kind: str, named: Named) -> Row:
    row = named.row
    place = f"{PLACES[kind]}/{named.slug}"
    return {
        "id": named.slug,
        "url": {code: f"{settings.SITE_URL}/{code}/{place}" for code in LANGUAGES},
        "title": row["name"],
        **({"parent": row["parent"] or None} if kind == "topic" else {}),
        "summits": named.summits,
        "commitments": named.commitments,
    }


# what they are made of ----------------------------------------------------------------------------


def how_many(kind: str, at: int) -> int:
    return len(public.pairs(at) if kind == "relation" else public.shared(at)[kind])


def named(kind: str, at: int, most: int | None = None) -> list[Named]:
    """Every public name of a kind, the most frequent first; of relations, which are many, no more
    than `most`."""
    summits, promised = facets.shelf("summit", at), facets.shelf("commitment", at)
    if kind == "relation":
        sets, names = promised.values("party"), public.Names(public.shared(at))
        found = [
            Named(
                {"slug": relation.slug(pair), "name": names.relation(pair)},
                count,
                together(sets, pair),
            )
            for pair, count in islice(public.pairs(at).items(), most)
        ]
        return sorted(found, key=lambda row: row.weight)
    met, made = summits.values(kind), promised.values(kind)
    rows = public.shared(at)[kind]
    found = [Named(row, len(met.get(s, ())), len(made.get(s, ()))) for s, row in rows.items()]
    return sorted(found, key=lambda row: row.weight)


def together(sets: dict[str, Any], pair: relation.Pair) -> int:
    """How many commitments both parties must keep."""
    left, right = (sets.get(one) for one in pair)
    return left.intersection_cardinality(right) if left and right else 0


def by_main_topic(rows: list[Named]) -> list[Named]:
    """Main topics in the order of `rows`, each with those below it; the latter are left to the
    pages of their main topics where there are too many for one page."""
    main = {row.slug: row for row in rows if not row.row["parent"]}
    for row in rows if len(rows) <= MOST else ():
        if row.row["parent"] in main:
            main[row.row["parent"]].below.append(row)
    return list(main.values())[:MOST]
