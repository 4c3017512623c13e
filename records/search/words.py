"""Text -> the tokens it is indexed by; query -> the terms that must be found.

Latin words are tokens, also joined over hyphens and apostrophes. Writing without spaces gives every
pair of neighbouring characters, and the last one alone, so that one character is found as the
beginning of a token and two as a token.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from .folding import CJK, DOTS, JOINERS, folded
from .spelling import spelt

LONGEST_QUERY = 200
MOST_TERMS = 12  # each is looked for
# Without a stemmer “visa” must find “visas”, in any place of a query; short words, numbers and ids
# (2026-nara-4) would find too much.
SHORTEST_BEGINNING = 4
LONGEST_TOKEN = 60  # PostgreSQL takes no lexeme of 2 kB
BREAK = "§"  # stands between texts, so that nothing is found across them
# Before the tokens of titles and names; before a whole title or name; before the kind of an entry.
TITLE, WHOLE, KIND = "¶", "§", "¤"

_WORD = f"[^\\W_{CJK}]"
_JOINED = f"{_WORD}+(?:[{JOINERS}]{_WORD}+)*"
CHUNK = re.compile(f"(?:[{CJK}]+|{_JOINED})+")
SEGMENT = re.compile(f"(?P<cjk>[{CJK}]+)|{_JOINED}")
ONLY_CJK = re.compile(f"[{CJK}]+")
JOINER = re.compile(f"[{JOINERS}]")
BETWEEN = re.compile(f"(?<=[{CJK}])[{DOTS}](?=[{CJK}])")
INITIALS = re.compile(r"\b[a-z](?:\.[a-z])+\b\.?")  # U.S.


def chunks(text: str) -> list[str]:
    """The words of a text, folded; what stands together without a space or sign is one."""
    plain = BETWEEN.sub("", folded(text))
    plain = INITIALS.sub(lambda found: found[0].replace(".", ""), plain)
    return CHUNK.findall(plain)


def segment_tokens(segment: str, *, last: bool = True) -> Iterator[str]:
    """The tokens of one run of characters or one Latin word; `last`: also its last character."""
    if SEGMENT.match(segment).lastgroup == "cjk":
        yield from (segment[place : place + 2] for place in range(len(segment) - 1))
        if last or len(segment) == 1:
            yield segment[-1]
        return
    parts = JOINER.split(segment)
    yield from (spelt(part[:LONGEST_TOKEN]) for part in parts)
    if len(parts) > 1:
        yield spelt("".join(parts)[:LONGEST_TOKEN])


def tokens(text: str) -> list[str]:
    """What a text is indexed by, in its order."""
    return list(tokens_of(text))


@lru_cache(maxsize=4096)  # the same titles and names stand in many entries of a summit
def tokens_of(text: str) -> tuple[str, ...]:
    return tuple(
        token
        for chunk in chunks(text)
        for segment in SEGMENT.finditer(chunk)
        for token in segment_tokens(segment[0])
    )


@lru_cache(maxsize=4096)
def whole(text: str) -> str:
    """A title, name or id as one token: the same for “Sanae Takaichi” and “Takaichi, Sanae”."""
    words = sorted(spelt(JOINER.sub("", chunk)) for chunk in chunks(text))
    return WHOLE + "".join(words)[:LONGEST_TOKEN] if words else ""


def stream(kind: str, texts: Iterable[str], titles: Iterable[str]) -> str:
    """All tokens of an entry; `titles` are its own names, found in `texts` as well."""
    titles = list(titles)
    body = [token for text in dict.fromkeys(texts) for token in (BREAK, *tokens(text))]
    marked = dict.fromkeys(TITLE + token for title in titles for token in tokens_of(title))
    names = dict.fromkeys(filter(None, map(whole, titles)))
    return " ".join([KIND + kind, *body, BREAK, *marked, *names])


# queries ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Atom:
    """A token to be found, or (`begins`) the beginning of one."""

    token: str
    begins: bool = False

    def marked(self, mark: str) -> Atom:
        return Atom(mark + self.token, self.begins)

    def stands_in(self, found: set[str]) -> bool:
        if self.begins:
            return any(token.startswith(self.token) for token in found)
        return self.token in found


@dataclass(frozen=True)
class Term:
    """One word of a query: any of the `ways` (all atoms of it), and `run` somewhere in the stream.

    `run` is what a longer run of characters has to be told apart by: its pairs in their order.
    """

    word: str
    ways: tuple[tuple[Atom, ...], ...]
    run: str = ""

    @property
    def is_run(self) -> bool:
        """Whether it is of writing without spaces throughout."""
        return ONLY_CJK.fullmatch(self.word) is not None

    def stands_in(self, line: str) -> bool:
        found = set(line.split(" "))
        return self.run in line and any(
            all(atom.stands_in(found) for atom in way) for way in self.ways
        )


@dataclass(frozen=True)
class Query:
    """What a reader asks: all `terms` must be found; empty if there is no letter or digit in it."""

    text: str
    terms: tuple[Term, ...] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.terms)

    @property
    def whole(self) -> str:
        return whole(self.text)

    def without(self, term: Term) -> Query:
        rest = tuple(other for other in self.terms if other != term)
        return Query(" ".join(other.word for other in rest), rest)

    def stands_in(self, line: str) -> bool:
        return all(term.stands_in(line) for term in self.terms)


def asked(text: str) -> Query:
    """A query as it is looked for: its words folded, once each, no more than `MOST_TERMS`."""
    text = text[:LONGEST_QUERY]
    return Query(text.strip(), tuple(map(term, list(dict.fromkeys(chunks(text)))[:MOST_TERMS])))


def term(chunk: str) -> Term:
    segments = [found[0] for found in SEGMENT.finditer(chunk)]
    if len(segments) == 1 and SEGMENT.match(chunk).lastgroup != "cjk":
        parts = [part[:LONGEST_TOKEN] for part in JOINER.split(chunk)]
        if len(parts) > 1 and any(part.isdigit() for part in parts):
            # An id or a date (2026-nara-4, nara-4): these parts, in this order.
            parts = [spelt(part) for part in parts]
            return Term(chunk, (tuple(map(Atom, dict.fromkeys(parts))),), f" {' '.join(parts)} ")
        # A name may be written in one (Jaemyung) or apart (Jae Myung).
        ways = [(word_atom("".join(parts)[:LONGEST_TOKEN]),)]
        if len(parts) > 1:
            ways.append(tuple(map(word_atom, parts)))
        return Term(chunk, tuple(ways))
    found = [token for one in segments[:-1] for token in segment_tokens(one)]
    found += segment_tokens(segments[-1], last=False)
    atoms = [Atom(token) for token in found]
    if len(found[-1]) == 1 and SEGMENT.match(segments[-1]).lastgroup == "cjk":
        atoms[-1] = Atom(found[-1], begins=True)
    run = " ".join(found) if len(found) > 1 else ""
    if run and SEGMENT.match(segments[0]).lastgroup != "cjk":
        run = f" {run}"  # a word from its beginning
    if run and SEGMENT.match(segments[-1]).lastgroup != "cjk":
        run = f"{run} "
    return Term(chunk, (tuple(dict.fromkeys(atoms)),), run)


def word_atom(word: str) -> Atom:
    begins = len(word) >= SHORTEST_BEGINNING and not word[-1].isdigit()
    return Atom(spelt(word), begins)
