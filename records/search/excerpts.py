"""Where a query stands in a text, for the few hits that are shown."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .folding import CJK, DOTS, JOINERS, folded, folded_with_places
from .spelling import spellings
from .words import JOINER, SEGMENT, Query, Term, whole

LONGEST = 160  # characters of an excerpt; half as many of writing that takes double width
FILLER = f"[{JOINERS}{DOTS}.]?"
Piece = tuple[str, bool]  # a piece of text, and whether it is what was looked for


@dataclass(frozen=True)
class Said:
    """A text of an entry: what it is (`title`, `party`; empty: unnamed), its language, itself."""

    label: str
    language: str
    text: str


def pattern(term: Term) -> re.Pattern[str]:
    """Finds a term in a folded text as it was written: a name also with its hyphen or dot."""
    found = []
    for segment in SEGMENT.finditer(term.word):
        if segment.lastgroup == "cjk":
            found.append(FILLER.join(segment[0]))
        else:
            parts = JOINER.split(segment[0])
            ways = [FILLER.join(map(re.escape, way)) for way in spellings("".join(parts))]
            apart = parts if len(term.ways) > 1 else []
            ways += [re.escape(way) for part in apart for way in spellings(part)]
            end = "" if len(segment[0]) == len(term.word) and begins(term) else r"(?![^\W_])"
            found.append(f"(?<![^\\W_{CJK}])(?:{'|'.join(ways)}){end}")
    return re.compile(r"\s?".join(found))


def begins(term: Term) -> bool:
    return any(atom.begins for way in term.ways for atom in way)


def best(texts: list[Said], query: Query, language: str) -> Said | None:
    """The text that has most words of a query: the first such, in the reader's language if it has
    as many; an identifier only where all of it was asked for or nothing else has as many."""
    if not texts:
        return None
    lines = folded("\n".join(said.text.replace("\n", " ") for said in texts)).split("\n")
    patterns = [pattern(term) for term in query.terms]
    first: dict[str, int] = {}
    scores = []
    for place, (said, line) in enumerate(zip(texts, lines, strict=True)):
        order = first.setdefault(said.label, place)
        if said.label == "id" and whole(said.text) != query.whole:
            order = len(texts)
        found = sum(bool(one.search(line)) for one in patterns)
        scores.append((-found, order, said.language != language, place))
    score = min(scores)
    return texts[score[3]] if score[0] else None


def pieces(text: str, query: Query) -> list[Piece]:
    """A text cut where words of the query begin and end; one far longer than a line only around
    the first of them."""
    line, places = folded_with_places(text)
    spans = sorted(
        (places[found.start()], end_of(places, found.end()))
        for term in query.terms
        for found in pattern(term).finditer(line)
        if found.end() > found.start()
    )
    start, stop = window(text, spans[0] if spans else (0, 0))
    found: list[Piece] = [("… ", False)] if start else []
    done = start
    for first, last in spans:
        first, last = max(first, done), min(last, stop)
        if last > first:
            found += [(text[done:first], False), (text[first:last], True)]
            done = last
    found += [(text[done:stop], False)]
    found += [(" …", False)] if stop < len(text) else []
    return [piece for piece in found if piece[0]]


def end_of(places: list[int], end: int) -> int:
    """Where in the text a folded character ends: where the next one of another place begins."""
    last = places[end - 1]
    return next((place for place in places[end:] if place > last), places[-1])


def window(text: str, around: tuple[int, int]) -> tuple[int, int]:
    """The part of a long text that is shown, not cut inside a word where there are spaces."""
    wide = sum(character > "\u1100" for character in text) * 2 > len(text)
    longest = LONGEST // 2 if wide else LONGEST
    if len(text) <= longest:
        return 0, len(text)
    start = max(0, around[0] - longest // 3)
    stop = min(len(text), max(start + longest, around[1]))
    start = max(0, min(start, stop - longest))
    if start:
        space = text.find(" ", start, around[0])
        start = space + 1 if space >= 0 else start
    if stop < len(text):
        space = text.rfind(" ", max(around[1], start + longest // 2), stop)
        stop = space if space >= 0 else stop
    return start, stop
