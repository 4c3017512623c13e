"""Does plain data have the document's shape? Every fault at once, each at its place.

With `from_text` the scalars are strings, as a strict YAML reader gives them, and are turned into
the numbers and flags that the shape asks for; without it they must already be what they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from records import date_words, dates
from records.models.fields import CITATION_PATTERN

from . import schema
from .problems import Place, Problem, did_you_mean, listed, shortened
from .schema import (
    CITES_MEMBER,
    LANGUAGE_PATTERN,
    LANGUAGES,
    SUMMIT,
    VOCABULARY,
    Fact,
    Shape,
    shape_of,
)

LANGUAGE_TAG = re.compile(LANGUAGE_PATTERN, re.ASCII)
INTEGER = re.compile(r"^-?(0|[1-9][0-9]{0,9})$", re.ASCII)
# As many digits as a float can need; a small one may be written 1e-05.
NUMBER = re.compile(r"^-?(0|[1-9][0-9]{0,9})(\.[0-9]{1,20})?(e-[0-9]{1,3})?$", re.ASCII)
FLAGS = {"true": True, "false": False}


def validated(data: Any, *, from_text: bool = False) -> tuple[dict[str, Any], list[Problem]]:
    """A summit document in the order of the schema, and what is wrong with `data`.

    What is wrong is left out of the document, so that the checks across rows can still look at
    all the rest.
    """
    reader = Reader(from_text)
    extra = {"format", "vocabulary"}
    document = reader.row(data, SUMMIT, (), extra)
    found = format_problems(data) if isinstance(data, dict) else []
    return document, found + reader.problems


def format_problems(data: dict[str, Any]) -> list[Problem]:
    """What is wrong with the line that names the file's format."""
    if "format" not in data:
        message = _("The line “format: %(format)s” is missing at the head of the file.")
        return [Problem((), message % {"format": schema.FORMAT})]
    if str(data["format"]) == str(schema.FORMAT):
        return []
    message = _("Found “%(found)s”; this site reads “format: %(format)s”.")
    told = {"found": shortened(data["format"]), "format": schema.FORMAT}
    return [Problem(("format",), message % told)]


def vocabulary_file_problems(data: dict[str, Any]) -> list[Problem]:
    """What is wrong at the head of a file that holds names only."""
    reader = Reader(from_text=True)
    reader.known_names(data, ["format", "vocabulary"], ())
    return format_problems(data) + reader.problems


def validated_vocabulary(
    data: Any, *, from_text: bool = False
) -> tuple[dict[str, list[dict[str, Any]]], list[Problem]]:
    """The `vocabulary` section: `{participants: [...], parties: [...], topics, ...}`."""
    reader = Reader(from_text)
    place: Place = ("vocabulary",)
    found: dict[str, list[dict[str, Any]]] = {}
    if not reader.is_map(data, place):
        return found, reader.problems
    reader.known_names(data, [*VOCABULARY], place)
    for name, model in VOCABULARY.items():
        if name in data:
            found[name] = reader.rows(data[name], shape_of(model), (*place, name))
    return found, reader.problems


class Reader:
    def __init__(self, from_text: bool):
        self.from_text = from_text
        self.problems: list[Problem] = []

    def fault(self, place: Place, message: str, *, at_key: bool = False) -> None:
        self.problems.append(Problem(place, message, at_key=at_key))

    # containers

    def is_map(self, data: Any, place: Place) -> bool:
        if isinstance(data, dict):
            return True
        message = _("Found %(found)s where a map (“name: value” lines) belongs.")
        self.fault(place, message % {"found": kind_of(data)})
        return False

    def is_list(self, data: Any, place: Place) -> bool:
        if isinstance(data, list):
            return True
        message = _("Found %(found)s where a list (“- …” or “[…]”) belongs.")
        self.fault(place, message % {"found": kind_of(data)})
        return False

    def known_names(self, data: dict[str, Any], allowed: list[str], place: Place) -> None:
        for name in data:
            if name not in allowed:
                message = _("“%(name)s” is not known here.%(guess)s Allowed: %(allowed)s.")
                self.fault((*place, name), message % guessed(name, allowed), at_key=True)

    def rows(self, data: Any, shape: Shape, place: Place) -> list[dict[str, Any]]:
        if not self.is_list(data, place):
            return []
        if shape.key is None and len(data) < 2:
            message = _("At least two %(name)s are needed, found %(count)s.")
            self.fault(place, message % {"name": shape.name, "count": len(data)})
        rows: list[dict[str, Any]] = []
        first_at: dict[str, int] = {}
        for index, item in enumerate(data):
            row = self.row(item, shape, (*place, index))
            if shape.key is not None and isinstance(item, dict):
                known = shape.known_by(row, index)
                if (row.get(shape.key) or shape.key == "party") and known in first_at:
                    self.fault(
                        (*place, index, shape.key) if shape.key in item else (*place, index),
                        _(
                            "“%(known)s” stands in this list twice (first as entry %(first)s); each"
                            " %(key)s may stand once."
                        )
                        % {"known": known, "first": first_at[known] + 1, "key": shape.key},
                    )
                    continue
                first_at[known] = index
            rows.append(row)
        if shape.sorted_by:
            rows.sort(key=lambda row: sort_key(row, shape.sorted_by))
        return rows

    def row(
        self, data: Any, shape: Shape, place: Place, extra: set[str] | None = None
    ) -> dict[str, Any]:
        row: dict[str, Any] = {}
        if not self.is_map(data, place):
            return row
        names = [fact.name for fact in shape.facts] + [child.name for child in shape.children]
        self.known_names(data, [*sorted(extra or ()), *names], place)
        for fact in shape.facts:
            if fact.name in data:
                value = self.value(data[fact.name], fact, shape, (*place, fact.name))
                if value not in (None, "", [], {}) and not (value is False and fact.kind == "flag"):
                    row[fact.name] = value
            elif fact.default is not None and fact.kind == "choice":
                row[fact.name] = fact.default
            elif fact.required:
                self.fault(place, missing(fact.name))
        for child in shape.children:
            if child.name in data:
                rows = self.rows(data[child.name], child, (*place, child.name))
                if rows:
                    row[child.name] = rows
            elif child.key is None:
                self.fault(place, missing(child.name))
        return row

    # facts

    def value(self, data: Any, fact: Fact, shape: Shape, place: Place) -> Any:
        if fact.kind in ("text", "says"):
            if fact.kind == "says" and isinstance(data, str):
                return self.string(data, fact, place)
            return self.text(data, fact, place)
        if fact.kind == "cites":
            return self.cites(data, shape, place)
        if fact.kind == "group":
            return self.group(data, fact, shape, place)
        if fact.kind in ("many", "words"):
            return self.strings(data, fact, place)
        if fact.kind == "titles":
            return self.titles(data, fact, place)
        if fact.kind in ("integer", "number", "flag"):
            return self.scalar(data, fact, place)
        return self.string(data, fact, place)

    def string(self, data: Any, fact: Fact, place: Place) -> str | None:
        if not isinstance(data, str):
            message = _("Found %(found)s where one text belongs.")
            self.fault(place, message % {"found": kind_of(data)})
            return None
        if not data.strip():
            self.fault(place, _("Found nothing; write a value or leave the line out."))
            return None
        if fact.max_length and len(data) > fact.max_length:
            message = _("The text has %(count)s characters; at most %(most)s fit here.")
            self.fault(place, message % {"count": len(data), "most": fact.max_length})
            return None
        if fact.pattern and not re.fullmatch(fact.pattern.strip("^$"), data, re.ASCII):
            told = {"value": shortened(data), "right": PATTERN_WORDS.get(fact.name, SLUG_WORDS)}
            self.fault(place, _("“%(value)s” has the wrong form: %(right)s") % told)
            return None
        if fact.kind == "choice" and data not in fact.choices:
            message = _("“%(name)s” is not one of its values.%(guess)s Allowed: %(allowed)s.")
            self.fault(place, message % guessed(data, fact.choices))
            return None
        if fact.kind == "date":
            return self.edtf(data, place)
        if fact.kind == "day":
            return self.day(data, place)
        return data

    def edtf(self, data: str, place: Place) -> str | None:
        try:
            return dates.parse(data).text
        except dates.BadDate as problem:
            reason = problem.reason
        try:
            reason = _("did you mean “%(date)s”?") % {"date": date_words.read(data)}
        except dates.BadDate:
            if reason == dates.REMEDY:  # the words it speaks of are for forms
                reason = _("write 2026, 2026-01, 2026-01-13 or, if about, 2026-01-13~.")
        message = _("“%(value)s” is not a date: %(reason)s")
        self.fault(place, message % {"value": shortened(data), "reason": reason})
        return None

    def day(self, data: str, place: Place) -> str | None:
        try:
            if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", data, re.ASCII):
                return date.fromisoformat(data).isoformat()
        except ValueError:
            pass
        message = _("“%(value)s” is not a full date; write it like 2026-02-13.")
        self.fault(place, message % {"value": shortened(data)})
        return None

    def text(self, data: Any, fact: Fact, place: Place) -> dict[str, str] | None:
        if not isinstance(data, dict):
            message = _(
                "Found %(found)s where a text in languages belongs: one line each for"
                " %(languages)s."
            )
            told = {"found": kind_of(data), "languages": listed(LANGUAGES)}
            self.fault(place, message % told)
            return None
        self.known_names(data, [*LANGUAGES], place)
        if not data:
            self.fault(place, _("Found no language; write at least one."))
        plain = Fact(fact.name, "string", max_length=fact.max_length)
        read = {
            code: self.string(data[code], plain, (*place, code))
            for code in LANGUAGES
            if code in data
        }
        return {code: words for code, words in read.items() if words is not None}

    def strings(self, data: Any, fact: Fact, place: Place) -> list[str]:
        if not self.is_list(data, place):
            return []
        item = fact.item or {}
        plain = Fact(
            fact.name, "string", pattern=item.get("pattern", ""), max_length=item.get("maxLength")
        )
        found: dict[str, None] = {}
        for index, word in enumerate(data):
            value = self.string(word, plain, (*place, index))
            if value is None:
                continue
            if value in found:
                message = _("“%(value)s” stands in this list twice.")
                self.fault((*place, index), message % {"value": shortened(value)})
            found[value] = None
        if fact.required and not data:
            self.fault(place, _("The list is empty; at least one is needed."))
        return sorted(found) if fact.kind == "many" else list(found)

    def titles(self, data: Any, fact: Fact, place: Place) -> list[dict[str, str]]:
        if not self.is_list(data, place):
            return []
        titles = []
        for index, item in enumerate(data):
            here = (*place, index)
            if not self.is_map(item, here):
                continue
            self.known_names(item, ["lang", "text"], here)
            title = {}
            for name in ("lang", "text"):
                if name not in item:
                    self.fault(here, missing(name))
                elif (
                    value := self.string(item[name], Fact(name, "string"), (*here, name))
                ) is not None:
                    title[name] = value
            if "lang" in title and not LANGUAGE_TAG.match(title["lang"]):
                message = _("“%(tag)s” is not a language tag such as ko.")
                self.fault((*here, "lang"), message % {"tag": title["lang"]})
            elif len(title) == 2:
                titles.append(title)
        return titles

    def scalar(self, data: Any, fact: Fact, place: Place) -> Any:
        value: Any = None
        if self.from_text and isinstance(data, str):
            if fact.kind == "flag":
                value = FLAGS.get(data)
            elif fact.kind == "integer":
                value = int(data) if INTEGER.match(data) else None
            else:
                value = float(data) if NUMBER.match(data) else None
        elif fact.kind == "flag":
            value = data if isinstance(data, bool) else None
        elif not isinstance(data, bool) and isinstance(data, int | float):
            whole = fact.kind == "integer"
            value = None if whole and not isinstance(data, int) else data if whole else float(data)
        if isinstance(value, float):
            value += 0.0  # no -0.0
        if value is None:
            found = f"“{shortened(data)}”" if isinstance(data, str) else kind_of(data)
            self.fault(place, SCALAR_WORDS[fact.kind] % {"found": found})
            return None
        if fact.minimum is not None and value < fact.minimum:
            message = _("%(value)s is below %(least)s, the least allowed.")
            self.fault(place, message % {"value": value, "least": fact.minimum})
            return None
        if fact.maximum is not None and value > fact.maximum:
            message = _("%(value)s is above %(most)s, the most allowed.")
            self.fault(place, message % {"value": value, "most": fact.maximum})
            return None
        return value

    def group(self, data: Any, fact: Fact, shape: Shape, place: Place) -> dict[str, Any] | None:
        if not self.is_map(data, place):
            return None
        self.known_names(data, [part.name for part in fact.facts], place)
        found: dict[str, Any] = {}
        for part in fact.facts:
            if part.name not in data:
                self.fault(place, missing(part.name))
            elif value := self.value(data[part.name], part, shape, (*place, part.name)):
                found[part.name] = value
        return found

    def cites(self, data: Any, shape: Shape, place: Place) -> Any:
        if isinstance(data, list):
            return self.citations(data, place)
        if not isinstance(data, dict):
            message = _(
                "Found %(found)s where citations belong: a list of source keys, or a map of facts"
                " to such lists."
            )
            self.fault(place, message % {"found": kind_of(data)})
            return None
        if not data:
            self.fault(place, _("Found no citation; name a source or leave `cites` out."))
        names = [fact.name for fact in shape.facts if fact.name != "cites"] + ["all"]
        found: dict[str, list[str]] = {}
        known = re.compile(rf"({'|'.join(names)}){CITES_MEMBER}", re.ASCII)
        for name in names:  # written in the order of the definition, whatever was typed
            for key in sorted(data):
                if (
                    key.partition(".")[0] == name
                    and known.fullmatch(key)
                    and (read := self.citations(data[key], (*place, key)))
                ):
                    found[key] = read
        for key in data:
            if not known.fullmatch(key):
                message = _("“%(name)s” is no fact of this row.%(guess)s Allowed: %(allowed)s.")
                self.fault((*place, key), message % guessed(key, names), at_key=True)
        return found["all"] if list(found) == ["all"] else found

    def citations(self, data: Any, place: Place) -> list[str]:
        if not self.is_list(data, place):
            return []
        if not data:
            self.fault(place, _("The list of sources is empty; name one or leave it out."))
        found: dict[str, None] = {}
        for index, citation in enumerate(data):
            here = (*place, index)
            if not isinstance(citation, str) or not re.fullmatch(
                CITATION_PATTERN.strip("^$"), citation
            ):
                message = _(
                    "“%(citation)s” is not a citation: write a source's key, and after a space a"
                    " place in it (“s14 art. 118”), without commas."
                )
                self.fault(here, message % {"citation": shortened(citation)})
            elif citation in found:
                message = _("“%(citation)s” is cited twice in one list.")
                self.fault(here, message % {"citation": shortened(citation)})
            else:
                found[citation] = None
        return list(found)


SLUG_WORDS = gettext_lazy("use lower-case letters, digits and single hyphens.")
PATTERN_WORDS = {
    "code": gettext_lazy("write year and place, such as 2026-nara."),
    "continues": gettext_lazy("write the id of a commitment, such as 2025-tokyo-1."),
    "about": gettext_lazy("write names joined by dots, such as sessions.expanded-talks.minutes."),
}
SCALAR_WORDS = {
    "integer": gettext_lazy("Found %(found)s where a whole number belongs."),
    "number": gettext_lazy("Found %(found)s where a number belongs."),
    "flag": gettext_lazy("Found %(found)s where true or false belongs."),
}


def missing(name: str) -> str:
    return _("“%(name)s” is missing.") % {"name": name}


def guessed(name: str, allowed: Sequence[str]) -> dict[str, str]:
    """What is told of a name that is not among those allowed."""
    return {
        "name": shortened(name),
        "guess": did_you_mean(name, allowed),
        "allowed": listed(allowed, 60),
    }


def sort_key(row: dict[str, Any], name: str) -> tuple[str, str]:
    """Rows sorted by a date stand by its first possible day; an open beginning comes first."""
    text = row.get(name, "")
    first, _last = dates.bounds(text) if text else (None, None)
    return (first.isoformat() if first else "", str(text))


def kind_of(data: Any) -> str:
    if data is None:
        return pgettext("found in a file", "nothing")
    if isinstance(data, dict):
        return pgettext("found in a file", "a map")
    if isinstance(data, list):
        return pgettext("found in a file", "a list")
    return f"“{shortened(data)}”"
