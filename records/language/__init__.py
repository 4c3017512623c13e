"""Texts, names, labels and dates in the reader's language, for templates.

What the record lacks in that language is shown in one it has, never silently: the text carries its
`lang` and a small mark. Everything here gives `Markup` with what editors wrote escaped, or plain
`str` (`plain`, `label`, `words`), which the template escapes.
"""

from .changes import due, headline, standing, told
from .names import is_person, name, native, party, person, script
from .texts import (
    LANGUAGES,
    LOCALES,
    OWN_NAMES,
    brackets,
    chosen,
    colon,
    comma,
    here,
    in_language,
    label,
    labels_of,
    lang,
    listed,
    other_texts,
    paragraphs,
    place,
    plain,
    quoted,
    t,
    tongue,
)
from .times import clock, day, era, hours, instant, minutes, when, words

__all__ = [
    "LANGUAGES",
    "LOCALES",
    "OWN_NAMES",
    "brackets",
    "chosen",
    "clock",
    "colon",
    "comma",
    "day",
    "due",
    "era",
    "headline",
    "here",
    "hours",
    "in_language",
    "instant",
    "is_person",
    "label",
    "labels_of",
    "lang",
    "listed",
    "minutes",
    "name",
    "native",
    "other_texts",
    "paragraphs",
    "party",
    "person",
    "place",
    "plain",
    "quoted",
    "script",
    "standing",
    "t",
    "told",
    "tongue",
    "when",
    "words",
]
