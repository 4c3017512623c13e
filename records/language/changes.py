"""What a publication changed, in words of the page's language.

`names` is asked for the names of parties and people, as everywhere in `language`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from records.choices import ChangeKind, CommitmentKind
from records.document.compare import ORDER
from records.document.schema import (
    AGREED,
    SUMMIT,
    VOCABULARY,
    Fact,
    Shape,
    shape_of,
    vocabulary_name,
)

from .apart import added, removed, told_apart
from .texts import brackets, colon, comma, label, lang, plain, t, tongue
from .times import clock, minutes, when, words

Row = dict[str, Any]
SHAPES = {vocabulary_name(model): shape_of(model) for model in VOCABULARY.values()}
# Rows that have no title are called by the name of whom they are about.
NAMED = {"delegations": "party", "attendances": "participant"}
# Facts written as strings that are said in words: of which list, which fact, how.
CLOCKS = {
    ("sessions", "time"): clock,
    ("sessions", "until"): clock,
    ("sessions", "minutes"): minutes,
}
OF_RECORD = (ChangeKind.OPENED, ChangeKind.REOPENED, ChangeKind.WITHDRAWN)


# one line -----------------------------------------------------------------------------------------


def headline(row: Row, names: Any) -> Markup:
    """A change in one line, without its record: “Trade talks: Announced → In progress”."""
    what = row["what"]
    if what in OF_RECORD:
        return escape(label("ChangeKind", what))
    if what == ChangeKind.NAME:
        return escape(label("ChangeKind", what)) + colon() + renamed(row)
    if not row.get("number"):
        return row_changed(row, names)
    return t(row["title"], mark=False) + colon() + of_commitment(row, names)


def of_commitment(row: Row, names: Any) -> Markup:
    what = row["what"]
    if what == ChangeKind.STATUS:
        before, after = (standing(row[side], names) for side in ("before", "after"))
        return Markup("{} → {}").format(before, after)
    said = escape(label("ChangeKind", what))
    if kind := row.get("progress_kind"):
        kind = escape(label("ProgressKind", kind))
        return kind if what == ChangeKind.FACTS else said + brackets(kind)
    if what == ChangeKind.WORDING:
        party = row["path"][3]
        if party == AGREED:
            return said + brackets(escape(_("Agreed text")))
        return said + brackets(t(names.short("party", party), mark=False))
    return said


def standing(side: Row, names: Any) -> Markup:
    """A status in words, per party where they differ."""
    if not side["status"]:
        return escape(label("CommitmentKind", CommitmentKind.POSITION))
    if not side["statuses"]:
        return escape(label("CommitmentStatus", side["status"]))
    return Markup(comma()).join(
        t(names.short("party", party), mark=False) + colon() + label("CommitmentStatus", status)
        for party, status in side["statuses"].items()
    )


def renamed(row: Row) -> Markup:
    before, after = t(row["before"]["name"], mark=False), t(row["after"]["name"], mark=False)
    return after if before == after else Markup("{} → {}").format(before, after)


def row_changed(row: Row, names: Any) -> Markup:
    """“Session “Talks” changed”, “Facts of the summit changed”."""
    path = row["path"]
    if not path:
        return escape(_("Facts of the summit changed"))
    shape = shape_at(path)
    noun = capfirst(str(shape.model._meta.verbose_name))
    if len(path) == 1:
        plural = capfirst(str(shape.model._meta.verbose_name_plural))
        return Markup(escape(_("%(list)s: order changed"))) % {"list": plural}
    said = {
        "added": _("%(kind)s “%(title)s” added"),
        "removed": _("%(kind)s “%(title)s” removed"),
    }.get(row["whole"], _("%(kind)s “%(title)s” changed"))
    return Markup(escape(said)) % {"kind": noun, "title": title_of(row, names)}


def title_of(row: Row, names: Any) -> Markup:
    path, title = row["path"], row.get("title")
    if path[0] in NAMED:
        kind = NAMED[path[0]]
        return t(names.name(kind, path[1]), mark=False)
    return t(title, mark=False) if title else escape(path[-1])


def shape_at(path: list[str]) -> Shape:
    """The shape of the row that a path of stable names leads to."""
    shape = SUMMIT
    for name in path[::2]:
        shape = shape.child(name) or shape
    return shape


# fact by fact -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Told:
    """One fact that changed: what it is called, and both its values in one line."""

    label: str
    shown: Markup


def told(row: Row, names: Any) -> list[Told]:
    """All that changed in a row, fact by fact."""
    if not row.get("parts"):
        return []
    shape = SHAPES[row["name_kind"]] if row["what"] == ChangeKind.NAME else shape_at(row["path"])
    return [Told(*one) for part in row["parts"] for one in told_of(part, shape, names)]


def told_of(part: Row, shape: Shape, names: Any) -> Iterator[tuple[str, Markup]]:
    path, (name, *rest) = part["path"], part["path"] or [""]
    before, after = part["before"], part["after"]
    fact = shape.fact(name)
    if part["kind"] == "moved" or ORDER in path:
        child = shape.child(name)
        called = capfirst(str(child.model._meta.verbose_name_plural)) if child else ""
        yield called, escape(_("order changed"))
        return
    if fact is None:  # the values of a difference, which only their places tell apart
        sides = [values_said(side, names) for side in (before, after)]
        yield _("Values"), both(*sides)
        return
    called = capfirst(str(fact.label))
    if said := CLOCKS.get((shape.name, name)):
        yield (
            called,
            both(*(escape(said(side)) if side else Markup("") for side in (before, after))),
        )
        return
    if fact.kind in ("text", "says", "string") and isinstance(before or after, str):
        code = rest[0] if rest else lang()
        called += brackets(tongue(code)) if rest else ""
        yield called, of_language(text_apart(before, after, code), code)
        return
    if fact.kind == "group":
        fact = next((one for one in fact.facts if one.name in rest), fact)
    yield called, both(*(value(side, fact, shape, names) for side in (before, after)))


def text_apart(before: str | None, after: str | None, code: str) -> Markup:
    if before and after:
        return told_apart(before, after, code)
    return added(after, code) if after else removed(before or "", code)


def of_language(shown: Markup, code: str) -> Markup:
    if code == lang():
        return shown
    return Markup('<span lang="{}">{}</span>').format(code, shown)


def both(before: Markup, after: Markup) -> Markup:
    if before and after:
        return Markup("<del>{}</del> → <ins>{}</ins>").format(before, after)
    return Markup("<ins>{}</ins>" if after else "<del>{}</del>").format(after or before)


def value(found: Any, fact: Fact, shape: Shape, names: Any) -> Markup:
    """A fact's value in words; empty if it has none."""
    if found in (None, "", [], {}):
        return Markup("")
    if fact.kind in ("date", "day"):
        return when(found)
    if fact.kind == "choice":
        return escape(choice(found, shape.model._meta.get_field(fact.name)))
    if fact.kind in ("one", "many"):
        slugs = found if isinstance(found, list) else [found]
        return Markup(comma()).join(t(names.name(fact.target, slug), mark=False) for slug in slugs)
    if fact.kind == "flag":
        return escape(_("yes") if found else _("no"))
    if fact.kind == "cites":
        return escape(cited(found))
    if fact.kind == "titles":
        return Markup(comma()).join(of_language(escape(one["text"]), one["lang"]) for one in found)
    if isinstance(found, dict):
        return t(found)
    return escape(comma().join(map(str, found)) if isinstance(found, list) else found)


def choice(found: str, field: Any) -> str:
    known = {str(key): str(said) for key, said in field.flatchoices}
    return known.get(found, found)


def cited(found: list[str] | dict[str, list[str]]) -> str:
    if isinstance(found, list):
        return comma().join(found)
    return "; ".join(f"{name}: {comma().join(keys)}" for name, keys in found.items())


def values_said(found: list[Row] | None, names: Any) -> Markup:
    shown = (t(one["says"], mark=False) for one in found or ())
    return Markup(" / ").join(shown)


def due(side: Row) -> str:
    """A due date in words: the day, else what was said of it."""
    said = [words(side["due"])] if side.get("due") else []
    said += [plain(side["due_text"])] if side.get("due_text") else []
    return comma().join(said) or _("no date given")
