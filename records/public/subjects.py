"""What summits and commitments are about: parties, relations, topics, series that are public."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Any

from records import facets
from records.document import relation
from records.document.schema import complete, shape_of
from records.models import Entry, Relation

from .names import Names, shared

Row = dict[str, Any]
KINDS = ("party", "relation", "topic", "series")


@dataclass(frozen=True)
class Subject:
    """One of them at a version: its complete row of the vocabulary, and what touches it."""

    kind: str
    row: Row
    at: int

    @property
    def slug(self) -> str:
        return str(self.row["slug"])

    @property
    def parties(self) -> tuple[str, ...]:
        """The party itself or the two of a relation; none of a topic or series."""
        if self.kind == "relation":
            return relation.pair(self.slug, shared(self.at)["party"]) or ()
        return (self.slug,) if self.kind == "party" else ()

    def among(self, entries: str) -> facets.Selection:
        """Its summits or commitments (the kind of `entries`), as the lists filter them."""
        selection = facets.Selection(facets.shelf(entries, self.at))
        if self.kind == "relation":
            sets = selection.shelf.values("party")
            both = [facets.union([sets[one]] if one in sets else []) for one in self.parties]
            selection.narrow("relation", both[0] & both[1])
        else:
            selection.choose(self.kind, [self.slug])
        return selection


def subject(kind: str, slug: str, at: int) -> Subject | None:
    """A public party, topic or series, or the relation of two parties that met, by its own slug."""
    known = shared(at)
    if kind != "relation":
        row = known[kind].get(slug)
        return Subject(kind, row, at) if row else None
    pair = relation.pair(slug, known["party"])
    if pair is None or slug != relation.slug(pair) or not has_met(pair, at):
        return None
    return Subject(kind, relation_row(pair, at), at)


def has_met(pair: relation.Pair, at: int) -> bool:
    met = facets.shelf("summit", at).values("party")
    return all(one in met for one in pair) and met[pair[0]].intersect(met[pair[1]])


def relation_row(pair: relation.Pair, at: int) -> Row:
    """The row of a relation, also of one that nobody gave a name of its own."""
    known = shared(at)
    slug = relation.slug(pair)
    nameless = {"slug": slug, "name": Names(known).relation(pair)}
    return known["relation"].get(slug) or complete(nameless, shape_of(Relation))


def today_called(kind: str, slug: str, at: int) -> str:
    """The slug under which readers find what was called `slug`, or the two parties that it names in
    another order; empty if there is none."""
    known = shared(at)
    names = "party" if kind == "relation" else kind
    today = {old: row["slug"] for row in known[names].values() for old in row["formerly"]}
    if kind != "relation":
        return str(today.get(slug, ""))
    pair = relation.pair(slug, {**today, **known["party"]})
    if pair is None:
        return ""
    left, right = (one if one in known["party"] else today[one] for one in pair)
    return relation.slug((left, right)) if left != right and has_met((left, right), at) else ""


# who met whom -------------------------------------------------------------------------------------


@lru_cache(maxsize=2)
def pairs(at: int) -> dict[relation.Pair, int]:
    """Every two parties that are together in a public summit, with the number of these, most
    frequent first; kept by a worker for one version."""
    known = shared(at)["party"]
    present: dict[int, list[str]] = {}
    for party, bits in sorted(facets.shelf("summit", at).values("party").items()):
        for summit in bits if party in known else ():
            present.setdefault(summit, []).append(party)
    counted: Counter[relation.Pair] = Counter()
    for parties in present.values():
        counted.update(combinations(parties, 2))
    return dict(sorted(counted.items(), key=lambda found: (-found[1], found[0])))


def attendances(summits: Iterable[int]) -> list[Row]:
    """Who was at these summits (ids of their entries): one query."""
    wanted = Entry.objects.filter(kind="summit", pk__in=list(summits)).values("summit")
    rows = Entry.objects.filter(kind="attendance", summit__in=wanted).order_by("slug")
    return [{**data, "person": person} for person, data in rows.values_list("person", "data")]
