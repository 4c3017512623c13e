"""What readers search: entries, and names of the vocabulary, as of one version."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pyroaring import BitMap, FrozenBitMap

from records import facets, search
from records.models import Entry

from .names import shared
from .subjects import pairs, relation_row

Row = dict[str, Any]
Ranks = tuple[FrozenBitMap, FrozenBitMap, FrozenBitMap]  # called so, in titles, anywhere


@lru_cache(maxsize=64)
def matching(query: str, at: int) -> FrozenBitMap:
    """Ids of the entries, of whatever kind, that hold every word of `query`; kept for a version,
    as a reader goes from filter to filter with the same words."""
    return FrozenBitMap(search.ids(search.asked(query)))


@lru_cache(maxsize=64)
def ranked(query: str, at: int) -> Ranks:
    """The same in three sets, of which the first come first."""
    called, titled, anywhere = search.ranked(search.asked(query))
    return FrozenBitMap(called), FrozenBitMap(titled), FrozenBitMap(anywhere)


def first_of(kind: str, ranks: Ranks, at: int, count: int) -> tuple[int, list[int]]:
    """How many entries of a kind were found, and the ids of the first: those called so, then those
    with the words in their titles, then the newest."""
    held = facets.shelf(kind, at)
    left = held.everything() & (ranks[0] | ranks[2])
    total, ids = len(left), []
    for rank in ranks:
        selection = facets.Selection(held)
        selection.narrow("q", left & rank)
        ids += selection.page("-date", "en", 0, count - len(ids)) if left & rank else []
        left = left - BitMap(ids)
        if len(ids) == count:
            break
    return total, ids


@dataclass(frozen=True)
class Hit:
    """An entry that was found, with its texts: they say why."""

    kind: str
    row: Row
    texts: list[search.Said]


def hits(ids: Iterable[int]) -> dict[int, Hit]:
    """Entries by id with what they are searched by: one query."""
    rows = Entry.objects.filter(pk__in=list(ids)).values_list(
        "pk", "kind", "slug", "data", "searched__texts"
    )
    return {
        pk: Hit(kind, {**data, "slug": slug}, [search.Said(*said) for said in texts or []])
        for pk, kind, slug, data, texts in rows
    }


# names --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Name:
    """A public name of the vocabulary, its spellings, and the tokens they give."""

    kind: str
    slug: str
    row: Row
    texts: list[search.Said]
    line: str


@lru_cache(maxsize=2)
def names_searched(at: int) -> list[Name]:
    """Every party, relation, topic and series that is public; relations of all that met."""
    known = shared(at)
    relations = {row["slug"]: row for row in (relation_row(pair, at) for pair in pairs(at))}
    found = []
    for kind in ("party", "relation", "topic", "series"):
        for slug, row in (relations if kind == "relation" else known[kind]).items():
            texts = [search.Said("id", "", slug)]
            for name in ("name", "short_name"):
                texts += [
                    search.Said("name", code, text) for code, text in row.get(name, {}).items()
                ]
            texts += [search.Said("also", "", text) for text in row.get("also", [])]
            spellings = [said.text for said in texts]
            line = search.stream(kind, spellings, spellings)
            found.append(Name(kind, slug, row, texts, line))
    return found


def names_matching(query: search.Query, at: int) -> dict[str, list[Name]]:
    """The names of each kind that hold every word of a query, those called so first."""
    found: dict[str, list[Name]] = {}
    for name in names_searched(at) if query else ():
        if query.stands_in(name.line):
            found.setdefault(name.kind, []).append(name)
    for rows in found.values():
        rows.sort(key=lambda name: query.whole not in name.line.split(" "))
    return found


def forget_found() -> None:
    """Drop what was found for words already asked."""
    for kept in (matching, ranked):
        kept.cache_clear()


def forget() -> None:
    forget_found()
    names_searched.cache_clear()
