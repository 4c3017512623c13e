"""What a search found, as its page shows it: hits in groups, why each was found, ways out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from records import public, search

Row = dict[str, Any]
SHOWN = 3  # hits of a group
MOST_NAMES = 12
# Kind of entry -> the list of all of it; in the order of the page.
ENTRIES = {
    "participant": "participants",
    "summit": "summits",
    "commitment": "commitments",
    "session": "sessions",
    "source": "sources",
}
NAMES = {"party": "parties", "relation": "relations", "topic": "topics", "series": "series"}
# What a text of an entry is, inside “Matched the … in Korean”.
WHAT = {
    "": _("record"),
    "id": _("identifier"),
    "title": _("title"),
    "gist": _("summary"),
    "summary": _("summary"),
    "measure": _("measure"),
    "wording": _("words of a side, as summed up"),
    "exact": _("exact words"),
    "progress": _("follow-up"),
    "difference": _("point on which sources differ"),
    "statement": _("statement, as summed up"),
    "gift": _("gift"),
    "note": _("note"),
    "summit": _("title of the summit"),
    "session": _("title of a session"),
    "commitment": _("title of a commitment"),
    "city": _("place"),
    "region": _("place"),
    "venue": _("place"),
    "within": _("event it was part of"),
    "office": _("office"),
    "publisher": _("publisher"),
    "copy_of": _("agency it was copied from"),
    "url": _("web address"),
    "party": _("name of a party"),
    "topic": _("name of a topic"),
    "series": _("name of a series"),
    "relation": _("name of a relation"),
    "participant": _("name of a participant"),
}


@dataclass(frozen=True)
class Shown:
    """A hit as the page shows it; `said` is the text that has most of the words, in `pieces`."""

    kind: str
    slug: str
    row: Row
    said: search.Said | None
    pieces: list[search.Piece]

    @property
    def what(self) -> str:
        label = self.said.label if self.said else ""
        return str(WHAT.get(label, WHAT[""]))

    @property
    def is_name(self) -> bool:
        """Whether what matched is a name of the thing itself: then the page says which."""
        return self.said is not None and self.said.label in ("name", "also")


@dataclass(frozen=True)
class Group:
    """What was found of one kind: how many, and the first of them."""

    kind: str
    listed_at: str
    count: int
    hits: list[Shown]


@dataclass
class Suggestion:
    """Another query and how many entries it would find."""

    text: str
    count: int


class Results:
    """All that the page of a query shows; asks the database as little as the query needs."""

    def __init__(self, text: str, at: int, language: str):
        self.at, self.language = at, language
        self.written_apart = ""
        self.find(text)
        apart = "" if self.count else found_apart(self.query)
        if apart:
            self.written_apart = apart
            self.find(apart)

    def find(self, text: str) -> None:
        """Fills the groups with what has every word of `text`."""
        self.text, self.query, at = text, search.asked(text), self.at
        ranks = public.ranked(text, at)
        found = {kind: public.first_of(kind, ranks, at, SHOWN) for kind in ENTRIES}
        hits = public.hits([pk for _total, ids in found.values() for pk in ids])
        self.entries = [
            Group(kind, listed_at, found[kind][0], [self.shown(hits[pk]) for pk in found[kind][1]])
            for kind, listed_at in ENTRIES.items()
            if found[kind][1]
        ]
        names = public.names_matching(self.query, at)
        self.names = [
            Group(kind, listed_at, len(rows), [self.shown(row) for row in rows[:MOST_NAMES]])
            for kind, listed_at in NAMES.items()
            if (rows := names.get(kind))
        ]

    def shown(self, hit: public.Hit | public.Name) -> Shown:
        slug = hit.row["slug"]
        said = search.best(hit.texts, self.query, self.language)
        pieces = search.pieces(said.text, self.query) if said else []
        return Shown(hit.kind, slug, hit.row, said, pieces)

    @property
    def groups(self) -> list[Group]:
        return [*self.entries, *self.names]

    @property
    def count(self) -> int:
        return sum(group.count for group in self.groups)

    @property
    def people(self) -> list[str]:
        """Slugs of the participants whose names the page needs."""
        rows = [hit.row for group in self.entries for hit in group.hits if hit.kind == "summit"]
        own = [
            hit.slug for group in self.entries for hit in group.hits if hit.kind == "participant"
        ]
        return [*own, *(slug for row in rows for slug in row["leaders"])]

    @cached_property
    def exact(self) -> list[Shown]:
        """The entry whose id was asked for: it stands above all else."""
        return [
            hit
            for group in self.entries
            for hit in group.hits
            if search.whole(hit.slug) == self.query.whole
        ]

    # of an empty result --------------------------------------------------------------------------

    @cached_property
    def help(self) -> Help:
        return Help(self.query)


@dataclass
class Help:
    """Why nothing was found, and what would find something."""

    query: search.Query
    missing: list[str] = field(default_factory=list)  # words that stand nowhere
    without: list[Suggestion] = field(default_factory=list)
    near: list[Suggestion] = field(default_factory=list)

    def __post_init__(self) -> None:
        terms = self.query.terms
        rests = [self.query.without(term) for term in terms] if len(terms) > 1 else []
        apart = [other for term in terms[:1] if len(terms) == 1 for other in apart_in_two(term)]
        alone = [search.asked(term.word) for term in terms]
        found = search.counts([*alone, *rests, *apart], list(ENTRIES))
        counted = dict(zip([*alone, *rests, *apart], found, strict=True))
        lost = [term for term, query in zip(terms, alone, strict=True) if not counted[query]]
        self.missing = [term.word for term in lost]
        self.without = suggested([(query, counted[query]) for query in rests])
        near = [other for term in lost[:1] for other in spelt_nearly(self.query, term)]
        again = search.counts(near, list(ENTRIES))
        self.near = suggested(
            [(query, counted[query]) for query in apart] + list(zip(near, again, strict=True))
        )


def suggested(counted: list[tuple[search.Query, int]]) -> list[Suggestion]:
    """Queries that find something, those that find most first."""
    found = {query.text: count for query, count in counted if count}
    return [Suggestion(text, found[text]) for text in sorted(found, key=found.__getitem__)[::-1]]


MOST_NEAR = 4
MOST_LINES = 200  # entries whose words are looked at for near spellings
SHORTEST_NEAR = 4
HANGUL = re.compile("[가-힣]+")  # spaces between its words are often left out


def apart_in_two(term: search.Term) -> list[search.Query]:
    """A word without spaces written as two: 조세이탄광 as 조세이 탄광."""
    word = term.word
    if not term.is_run:
        return []
    places = range(2, min(len(word) - 1, 12))
    return [search.asked(f"{word[:place]} {word[place:]}") for place in places]


def found_apart(query: search.Query) -> str:
    """A Korean word that stands nowhere, written as the two that find most (셔틀외교: 셔틀 외교);
    empty where none do."""
    if len(query.terms) != 1 or not HANGUL.fullmatch(query.terms[0].word):
        return ""
    ways = apart_in_two(query.terms[0])
    found = search.counts(ways, list(ENTRIES))
    most = max(found, default=0)
    return ways[found.index(most)].text if most else ""


def spelt_nearly(query: search.Query, lost: search.Term) -> list[search.Query]:
    """The query with a word that the record has in the place of one that it lacks."""
    if lost.is_run or len(lost.word) < SHORTEST_NEAR:
        return []
    begin = lost.word[:2]
    lines = search.lines_with(search.Atom(begin, begins=True), MOST_LINES)
    known = sorted({word for line in lines for word in line.split(" ") if word.startswith(begin)})
    near: list[str] = []
    for word in get_close_matches(search.spelt(lost.word), known, n=3 * MOST_NEAR, cutoff=0.7):
        if not word.startswith(tuple(near)):  # what begins with a word is found by it
            near.append(word)
    rest = query.without(lost).text
    return [search.asked(f"{rest} {word}".strip()) for word in near[:MOST_NEAR]]
