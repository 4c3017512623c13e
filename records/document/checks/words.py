"""Texts, addresses, languages and exact words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from records.models.fields import valid_text

from ..canonical import walk
from ..problems import WARNING, Place, Problem
from ..validate import LANGUAGE_TAG
from .references import cited

valid_address = URLValidator(schemes=["http", "https"])
# A full stop inside a number or after an initial ends no sentence.
SENTENCE_END = re.compile(r"(?:(?<![.\s][A-Z])[.!?][”’\"')]*\s+|[。！？][」』”’）]*\s*)(?=\w)")


def words(document: dict[str, Any]) -> Iterator[Problem]:
    official = {
        row.get("key")
        for row in document.get("sources", [])
        if row.get("kind") in ("joint-text", "official", "record")
    }
    for shape, row, place in walk(document):
        for fact in shape.facts:
            value = row.get(fact.name)
            for where, text in texts_in(value, (*place, fact.name)):
                try:
                    valid_text(text)
                except ValidationError as problem:
                    yield Problem(where, " ".join(problem.messages))
            if value and fact.name in ("exact_lang", "language") and not LANGUAGE_TAG.match(value):
                yield Problem(
                    (*place, fact.name),
                    _("“%(tag)s” is not a language tag such as ko.") % {"tag": value},
                )
            if value and fact.name in ("url", "archived_url"):
                try:
                    valid_address(value)
                except ValidationError:
                    yield Problem(
                        (*place, fact.name), _("Write a public address that begins with https://.")
                    )
                else:
                    if "@" in urlsplit(value).netloc:
                        yield Problem(
                            (*place, fact.name),
                            _("Write the address without a user's name in it."),
                        )
        exact = row.get("exact")
        if not exact:
            continue
        if not row.get("exact_lang"):
            yield Problem(place, _("Exact words need their language (`exact_lang`)."))
        if row.get("verb") == "not-mentioned":
            yield Problem(
                (*place, "exact"), _("A side that does not mention it has no exact words.")
            )
        if not row.get("cites"):
            yield Problem(place, _("Exact words need their source (`cites`)."))
        if SENTENCE_END.search(exact):
            yield Problem((*place, "exact"), _("Quote one sentence at most."), WARNING)
        keys = {key for _place, key in cited(row, ())}
        east_asian = row.get("exact_lang", "")[:2] in ("ko", "ja", "zh")
        too_long = len(exact) > 40 if east_asian else len(exact.split()) > 12
        # A wording's words are a government's own, whoever printed them.
        if shape.name == "statements" and too_long and not keys & official:
            yield Problem(
                (*place, "exact"),
                _(
                    "From a text that is no government's own, quote at most twelve words (forty"
                    " characters of Korean or Japanese)."
                ),
                WARNING,
            )


def texts_in(value: Any, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for name, below in value.items():
            yield from texts_in(below, (*place, name))
    elif isinstance(value, list):
        for index, below in enumerate(value):
            yield from texts_in(below, (*place, index))
