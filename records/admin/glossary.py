"""Words of a text whose translation is fixed: names of the vocabulary, formats of meetings.

The vocabulary is the glossary: whoever corrects a name there corrects it here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import override

from records.batches import batches
from records.choices import Outcome, SessionKind, Setting, SummitForm
from records.document.canonical import references
from records.models import Spelling
from records.search.folding import folded
from records.waiting.spelling import COMPARED, MODELS

from .record import form_of

FORMATS = (SessionKind, SummitForm, Setting, Outcome)
WORDS = re.compile(r"\w+")
LONGEST = 7  # words of a name that is looked for
AT_ONCE = 800  # spellings in one statement
SPACED = ("en",)  # languages that put spaces between words


@dataclass(frozen=True)
class Term:
    """Words as the text has them, their fixed translation, empty where none is recorded, and the
    form of the name."""

    words: str
    fixed: str
    address: str = ""


class Glossary:
    """The fixed words in some texts, put into one language; all looked for at once.

    `texts` are `(language, words)`. Names of English texts are looked for in the whole vocabulary;
    those of Korean and Japanese, which are written without spaces or with endings, among the names
    that the document refers to.
    """

    def __init__(self, document: dict[str, Any], texts: Iterable[tuple[str, str]], language: str):
        self.language = language
        self.texts = list(dict.fromkeys(texts))
        self.known: dict[str, dict[str, list[Term]]] = {}
        names = list(self.names(document))
        for code in {code for code, _words in self.texts}:
            self.known[code] = known = {}
            for name in names:
                for words, fixed in spellings(name, code, language):
                    add(known, folding(words, code), Term(words, fixed, form_of(name)))
            for words, fixed in formats(code, language):
                add(known, folding(words, code), Term(words, fixed))

    def names(self, document: dict[str, Any]) -> Iterator[Any]:
        wanted: dict[str, set[str]] = {kind: set() for kind in COMPARED}
        if any(code not in SPACED for code, _words in self.texts):
            for kind, slug in references(document):
                if kind in wanted:
                    wanted[kind].add(slug)
        spelt = {
            run
            for code, words in self.texts
            if code in SPACED
            for _start, _end, run in runs(WORDS.findall(folded(words)))
        }
        for some in batches(sorted(spelt), AT_ONCE):
            found = Spelling.objects.filter(folded__in=some)
            for kind, slug in found.values_list("kind", "slug"):
                wanted[kind].add(slug)
        for kind, slugs in wanted.items():
            for some in batches(sorted(slugs), AT_ONCE):
                yield from MODELS[kind]._default_manager.filter(slug__in=some).order_by("slug")

    def found(self, code: str, words: str) -> list[Term]:
        """The terms of a text in its order, the longest where two overlap; each once."""
        known = self.known.get(code, {})
        terms = in_spaced(known, words) if code in SPACED else in_unspaced(known, words)
        return list(dict.fromkeys(terms))


def in_spaced(known: dict[str, list[Term]], words: str) -> Iterator[Term]:
    tokens = WORDS.findall(folded(words))
    end = 0
    for start, stop, run in runs(tokens):
        if start >= end and run in known:
            end = stop
            yield from known[run]


def in_unspaced(known: dict[str, list[Term]], words: str) -> Iterator[Term]:
    text, taken = folded(words), []
    places = []
    for spelt in sorted(known, key=len, reverse=True):
        at = text.find(spelt)
        if at >= 0 and not any(at < stop and at + len(spelt) > start for start, stop in taken):
            taken.append((at, at + len(spelt)))
            places.append((at, spelt))
    for _at, spelt in sorted(places):
        yield from known[spelt]


def runs(tokens: list[str]) -> Iterator[tuple[int, int, str]]:
    """`(first, behind the last, joined)` of words that follow each other, the longest first."""
    for start in range(len(tokens)):
        for stop in range(min(start + LONGEST, len(tokens)), start, -1):
            yield start, stop, "".join(tokens[start:stop])


def folding(words: str, code: str) -> str:
    return "".join(WORDS.findall(folded(words))) if code in SPACED else folded(words)


def add(known: dict[str, list[Term]], spelt: str, term: Term) -> None:
    # A single character is met everywhere.
    if len(spelt) < 2 or term.words == term.fixed:
        return
    there = known.setdefault(spelt, [])
    if (term.fixed, term.address) not in {(each.fixed, each.address) for each in there}:
        there.append(term)


def spellings(name: Any, code: str, language: str) -> Iterator[tuple[str, str]]:
    """`(as the text may have it, as it is to be)` of a name of the vocabulary."""
    own = getattr(name, f"name_{language}")
    yield getattr(name, f"name_{code}"), own
    if short := getattr(name, f"short_name_{code}", ""):
        yield short, getattr(name, f"short_name_{language}", "") or own
    for other in getattr(name, "also", []):
        yield other, own


@cache
def formats(code: str, language: str) -> tuple[tuple[str, str], ...]:
    """The words of the record for kinds of sessions and summits, in two languages."""
    said = []
    for each in (code, language):
        with override(each):
            said.append([str(label) for kind in FORMATS for label in kind.labels])
    return tuple(zip(*said, strict=True))
