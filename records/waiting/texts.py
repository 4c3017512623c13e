"""Which translation is older than the English it was made from, told by digests.

Nobody says of a translation which English it was made from. But of each text the digests of its
three languages are kept as they stood when the working copy was last looked at; so a change of the
English beside an unchanged translation is seen, and the digest of the English before it is the
translation's base. The base falls when the translation changes, when the English says again what
it said, or when an editor says that the translation still holds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from records.document.schema import LANGUAGES, SUMMIT, Shape

Row = dict[str, Any]
Texts = dict[str, list[str]]  # place -> digests in the order of LANGUAGES, empty where none is
Bases = dict[str, str]  # place with language -> digest of the English it was made from

SOURCE = "en"
TRANSLATIONS = tuple(code for code in LANGUAGES if code != SOURCE)


def texts_of(
    document: Row, shape: Shape = SUMMIT, at: tuple[str, ...] = ()
) -> Iterator[tuple[str, dict[str, str]]]:
    """Every text of a document as `(place, {language: words})`."""
    for fact in shape.facts:
        value = document.get(fact.name)
        if fact.kind == "group" and value:
            for part in fact.facts:
                if part.kind == "text" and value.get(part.name):
                    yield ".".join((*at, fact.name, part.name)), value[part.name]
        elif fact.kind in ("text", "says") and isinstance(value, dict):
            yield ".".join((*at, fact.name)), value
    for child in shape.children:
        for index, row in enumerate(document.get(child.name, [])):
            yield from texts_of(row, child, (*at, child.name, child.known_by(row, index)))


def digest(words: str) -> str:
    return hashlib.blake2s(words.encode(), digest_size=4).hexdigest() if words else ""


def digests(document: Row) -> Texts:
    """Of the texts that are in more than one language."""
    return {
        place: [digest(words.get(code, "")) for code in LANGUAGES]
        for place, words in texts_of(document)
        if len(words) > 1
    }


def advanced(before: Texts, bases: Bases, now: Texts) -> Bases:
    """The bases of the translations that are older than their English, after a change."""
    english = LANGUAGES.index(SOURCE)
    found: Bases = {}
    moved = renamed(before, now) if set(before) - set(now) else {}
    for place, today in now.items():
        old_place = moved.get(place, place)
        was = before.get(old_place)
        if was is None or not today[english]:
            continue
        for code in TRANSLATIONS:
            own = LANGUAGES.index(code)
            if not today[own] or today[own] != was[own]:
                continue
            base = bases.get(f"{old_place}.{code}", "")
            if not base and was[english] != today[english]:
                base = was[english]
            if base and base != today[english]:
                found[f"{place}.{code}"] = base
    return found


def renamed(before: Texts, now: Texts) -> dict[str, str]:
    """New place -> old place, of the texts that stand elsewhere because their row has a new key."""
    gone = {tuple(before[place]): place for place in before if place not in now}
    return {
        place: gone[tuple(today)]
        for place, today in now.items()
        if place not in before and tuple(today) in gone
    }
