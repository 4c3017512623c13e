"""Names of the vocabulary as readers may see them: only of what a published edition refers to."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from records import facets
from records.document import relation
from records.document.read import read_row, rows_of
from records.document.schema import complete, shape_of
from records.models import Participant, Party, Reference, Relation, Series, Topic

Row = dict[str, Any]
MODELS = {
    "party": Party,
    "topic": Topic,
    "series": Series,
    "relation": Relation,
    "participant": Participant,
}
SHARED = ("party", "topic", "series")  # few enough for a worker to keep


class Names:
    """Names of the vocabulary by kind and slug; a slug nobody knows any more names itself."""

    def __init__(self, rows: dict[str, dict[str, Row]]):
        self.rows = rows

    def row(self, kind: str, slug: str) -> Row:
        """The complete row: `{slug, name, short_name, also, ...}`, every fact present."""
        found = self.rows.get(kind, {}).get(slug)
        return found or complete({"slug": slug, "name": {}}, shape_of(MODELS[kind]))

    def has(self, kind: str, slug: str) -> bool:
        """Whether readers can be led to it; `kind` may also be `summit` or `commitment`."""
        return slug in self.rows.get(kind, {})

    def title(self, kind: str, slug: str) -> dict[str, str]:
        """The title of another public summit or commitment; empty if it is not in the record."""
        return self.rows.get(kind, {}).get(slug, {}).get("title", {})

    def name(self, kind: str, slug: str) -> dict[str, str]:
        """The full name in its languages: `{en, ko, ja}`, at least one."""
        return self.row(kind, slug)["name"] or {"en": slug}

    def short(self, kind: str, slug: str) -> dict[str, str]:
        """The short name where there is one, language by language, else the full one."""
        row = self.row(kind, slug)
        return {**self.name(kind, slug), **row.get("short_name", {})}

    def relation(self, parties: relation.Pair) -> dict[str, str]:
        """What the relation of two parties is called; without a name of its own, the two of them in
        every language that both have."""
        slug = relation.slug(parties)
        if self.has("relation", slug):
            return self.name("relation", slug)
        left, right = (self.short("party", party) for party in sorted(parties))
        both = {code: f"{left[code]}–{right[code]}" for code in left if code in right}
        return both or {"en": slug}


@lru_cache(maxsize=2)
def shared(at: int) -> dict[str, dict[str, Row]]:
    """`{party: {slug: row}, topic: ..., series: ...}` of all that published editions refer to, in
    the vocabulary's order: main topics each before its children, all else by slug; and of the
    relations of parties that met. Kept by a worker for one version."""
    rows = {}
    for kind in SHARED:
        public = Reference.objects.filter(kind=kind).values("slug")
        model, shape = MODELS[kind], shape_of(MODELS[kind])
        wanted = model._default_manager.filter(slug__in=public)
        if kind == "topic":
            wanted = wanted | model._default_manager.filter(children__slug__in=public)
        found = [complete(read_row(row, shape), shape) for row in rows_of(wanted.distinct(), shape)]
        if kind == "topic":
            found.sort(key=lambda row: (row["parent"] or row["slug"], row["parent"], row["slug"]))
        else:
            found.sort(key=lambda row: row["slug"])
        rows[kind] = {row["slug"]: row for row in found}
    rows["relation"] = relations_of(set(rows["party"]), at)
    return rows


def relations_of(parties: set[str], at: int) -> dict[str, Row]:
    """The named relations of parties that are together in a public summit."""
    shape = shape_of(Relation)
    rows = list(rows_of(Relation.objects.order_by("slug"), shape))
    met = facets.shelf("summit", at).values("party") if rows else {}
    found = {}
    for row in rows:
        pair = relation.pair(row.slug, parties)
        if pair and all(party in met for party in pair) and met[pair[0]].intersect(met[pair[1]]):
            found[row.slug] = complete(read_row(row, shape), shape)
    return found


MOST_PEOPLE = 2000  # whom a worker keeps
_known: tuple[int, dict[str, Row]] = (-1, {})


def people(slugs: Iterable[str], at: int | None = None) -> dict[str, Row]:
    """Rows of participants by slug, only of those a published edition refers to: one query, with
    the version `at` one for whom this worker has not met in it."""
    global _known
    if at is not None and (_known[0] != at or len(_known[1]) > MOST_PEOPLE):
        _known = (at, {})
    known = {} if at is None else _known[1]
    wanted = set(slugs) - {""}
    found = {slug: known[slug] for slug in wanted if slug in known}
    if missing := wanted - set(found):
        shape = shape_of(Participant)
        public = Reference.objects.filter(kind="participant", slug__in=missing).values("slug")
        rows = rows_of(Participant.objects.filter(slug__in=public), shape)
        read = {row.slug: complete(read_row(row, shape), shape) for row in rows}
        known.update(read)
        found.update(read)
    return found


def forget_people() -> None:
    global _known
    _known = (-1, {})


def names(at: int, person_slugs: Iterable[str] = ()) -> Names:
    """Today's names of parties, topics and series, and of these people."""
    return Names({**shared(at), "participant": people(person_slugs, at)})
