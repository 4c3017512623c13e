"""The texts of a working copy, each beside the language it is translated from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from records.document.formats import opened
from records.document.read import read_row
from records.document.schema import LANGUAGES, SUMMIT, Shape
from records.document.validate import sort_key
from records.models import Upkeep
from records.waiting.texts import SOURCE, Bases, digest, texts_of

from .fields import LANGUAGES as LANGUAGE_NAMES
from .record import Record

MISSING, OLDER = "missing", "older"
LOOKED_AT = 10  # editions


@dataclass
class Pair:
    """One text: where it stands, in which column of which row, what it says in the language and in
    the one beside it, and why it waits, if it does."""

    at: str  # the row's place, commitments.3; empty for the summit
    place: str  # the text's, commitments.3.title
    label: str
    row: Any
    part: Any  # the row with a form of its own: `row`, or the one above it
    column: str  # title_ko
    words: str
    source: str  # a language, empty where the text is in no other
    source_words: str
    waits: str
    base: str = ""  # digest of the English that an older translation was made from

    @property
    def prefix(self) -> str:
        """What the names of the row's fields begin with."""
        return self.at or "summit"

    @property
    def name(self) -> str:
        """What the text's field is called on its page."""
        return f"{self.prefix}-{self.column}"

    @property
    def said(self) -> list[str]:
        """What a page shows of it, to tell later whether it changed."""
        return [self.source_words, self.words]

    @property
    def said_of(self) -> str:
        """The text's name, below its form with the row's: `wording kor: gist`."""
        if self.row is self.part:
            return self.label
        key = self.at.split(".")[-1]
        return f"{self.row._meta.verbose_name} {key}: {self.label}"

    @property
    def part_at(self) -> str:
        """Where the row with a form of its own stands: `commitments.3`."""
        return ".".join(self.at.split(".")[:2])

    @property
    def about(self) -> str:
        """What the form is about that the text stands on: `Commitment 3`."""
        name = capfirst(str(self.part._meta.verbose_name))
        return f"{name} {self.at.split('.')[1]}" if self.at else name

    @property
    def named(self) -> str:
        """`Commitment 3: title`, `Title` of the summit."""
        return f"{self.about}: {self.said_of}" if self.at else capfirst(self.said_of)

    @property
    def source_name(self) -> Any:
        return LANGUAGE_NAMES.get(self.source, "")

    @property
    def source_label(self) -> str:
        """The text's name with the language it is translated from, if there is one."""
        label = capfirst(self.said_of)
        if not self.source:
            return label
        return _("%(label)s (%(language)s)") % {"label": label, "language": self.source_name}


def pairs(record: Record, language: str) -> list[Pair]:
    """Every text of the working copy that stands in some language, in the order of the document."""
    kept = Upkeep.objects.filter(summit=record.summit).first()
    bases = kept.bases if kept else {}
    return list(below(record.summit, record.document, SUMMIT, (), language, bases))


def earlier(record: Record, found: list[Pair]) -> dict[str, str]:
    """`{place: the English as it was}` of translations older than it, as far as one of the newest
    editions has it."""
    wanted = {pair.place: pair.base for pair in found if pair.base}
    words: dict[str, str] = {}
    if not wanted:
        return words
    editions = record.summit.editions.order_by("-number").values_list("content", flat=True)
    for content in editions[:LOOKED_AT]:
        for place, said in texts_of(opened(content)):
            if place in wanted and digest(said.get(SOURCE, "")) == wanted[place]:
                words.setdefault(place, said[SOURCE])
        if len(words) == len(wanted):
            break
    return words


def below(
    row: Any,
    item: dict[str, Any],
    shape: Shape,
    at: tuple[str, ...],
    language: str,
    bases: Bases,
    part: Any = None,
) -> Iterator[Pair]:
    for place, column, label, words in texts(item, shape):
        source = source_of(words, language)
        where = ".".join((*at, place))
        base = bases.get(f"{where}.{language}", "")
        waits = OLDER if base else ""
        if source and language not in words:
            waits = MISSING
        yield Pair(
            at=".".join(at),
            place=where,
            label=str(label),
            row=row,
            part=part or row,
            column=f"{column}_{language}",
            words=words.get(language, ""),
            source=source,
            source_words=words.get(source, ""),
            waits=waits,
            base=base,
        )
    for child in shape.children:
        found = [(each, read_row(each, child)) for each in getattr(row, child.name).all()]
        if child.sorted_by:
            found.sort(key=lambda each: sort_key(each[1], child.sorted_by))
        for number, (each, said) in enumerate(found):
            there = (*at, child.name, child.known_by(said, number))
            own = (part or row) if at else None
            yield from below(each, said, child, there, language, bases, own)


def texts(item: dict[str, Any], shape: Shape) -> Iterator[tuple[str, str, Any, dict[str, str]]]:
    """`(place in the row, column without its language, label, {language: words})`."""
    for fact in shape.facts:
        value = item.get(fact.name)
        if fact.kind == "group" and value:
            for each in fact.facts:
                if each.kind == "text" and value.get(each.name):
                    place, column = f"{fact.name}.{each.name}", f"{fact.name}_{each.name}"
                    yield place, column, each.label, value[each.name]
        elif fact.kind in ("text", "says") and isinstance(value, dict) and value:
            yield fact.name, fact.name, fact.label, value


def source_of(words: dict[str, str], language: str) -> str:
    """The language a text is translated from: English where it has it, else one that it has."""
    others = (SOURCE, *(code for code in LANGUAGES if code != SOURCE))
    return next((code for code in others if code != language and code in words), "")
