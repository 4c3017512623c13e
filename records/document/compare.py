"""Two documents told apart in an editor's words, and three merged into one.

Both work on leaves: a path of stable names (`sessions`, `expanded-talks`, `minutes`) to a value.
A text has one leaf per language, a set or a list of citations is one leaf, a row that exists is a
leaf of its own, and so is the order of a list.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .problems import shortened
from .schema import LANGUAGES, SUMMIT, Shape

Path = tuple[str, ...]
ORDER = "#order"  # no key can be written so


class Mark(enum.Enum):
    """Values of leaves that no fact can have, whatever a document says."""

    ROW = "a row is there"
    MISSING = "nothing is there"


ROW, MISSING = Mark.ROW, Mark.MISSING


def leaves(document: dict[str, Any], shape: Shape = SUMMIT, at: Path = ()) -> dict[Path, Any]:
    """`{path: value}` of everything a document says."""
    found: dict[Path, Any] = {}
    for fact in shape.facts:
        value = document.get(fact.name)
        if value in (None, "", [], {}):
            continue
        if fact.kind in ("text", "group") or (fact.kind == "says" and isinstance(value, dict)):
            for part, words in value.items():
                found[(*at, fact.name, part)] = words
        else:
            found[(*at, fact.name)] = value
    for child in shape.children:
        rows = document.get(child.name, [])
        if child.key is None:
            if rows:
                found[(*at, child.name)] = rows
            continue
        known = [child.known_by(row, place) for place, row in enumerate(rows)]
        if rows and not child.sorted_by:
            found[(*at, child.name, ORDER)] = known
        for name, row in zip(known, rows, strict=True):
            found[(*at, child.name, name)] = ROW
            found.update(leaves(row, child, (*at, child.name, name)))
    return found


def built(found: dict[Path, Any], shape: Shape = SUMMIT, at: Path = ()) -> dict[str, Any]:
    """The document that `found` are the leaves of; what has no row is dropped."""
    below: dict[str, dict[str, Any]] = {}
    rows: dict[str, list[str]] = {}
    depth = len(at)
    for path, value in found.items():
        if path[:depth] != at or len(path) <= depth:
            continue
        name = path[depth]
        child = shape.child(name)
        if child is None or child.key is None:
            if len(path) == depth + 1:
                below[name] = value
            elif len(path) == depth + 2:
                below.setdefault(name, {})[path[depth + 1]] = value
        elif value == ROW and len(path) == depth + 2:
            rows.setdefault(name, []).append(path[depth + 1])
    document: dict[str, Any] = {}
    for fact in shape.facts:
        value = below.get(fact.name)
        if isinstance(value, dict) and fact.kind in ("text", "says"):
            value = {code: value[code] for code in sorted(value, key=language_order)}
        elif isinstance(value, dict) and fact.kind == "group":
            value = {part.name: value[part.name] for part in fact.facts if part.name in value}
        if value not in (None, "", [], {}):
            document[fact.name] = value
    for child in shape.children:
        if child.key is None:
            if child.name in below:
                document[child.name] = below[child.name]
            continue
        order = found.get((*at, child.name, ORDER), [])
        place = {name: index for index, name in enumerate(order)}
        names = rows.get(child.name, [])
        names.sort(key=lambda name: place.get(name, len(place)))
        if names:
            document[child.name] = [built(found, child, (*at, child.name, name)) for name in names]
    return document


def language_order(code: str) -> int:
    return LANGUAGES.index(code) if code in LANGUAGES else len(LANGUAGES)


# difference ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs: `kind` is added, removed, changed or moved."""

    path: Path
    kind: str
    before: Any = None
    after: Any = None

    def __str__(self) -> str:
        return in_words(self)


def differences(
    before: dict[str, Any], after: dict[str, Any], shape: Shape = SUMMIT
) -> list[Change]:
    """What `after` says otherwise than `before`; a row added or removed is one change."""
    old, new = leaves(before, shape), leaves(after, shape)
    changes: list[Change] = []
    whole: list[Path] = []  # rows told as one change, with all below them
    for path in [*old, *(path for path in new if path not in old)]:
        if any(path[: len(row)] == row for row in whole):
            continue
        was, now = old.get(path, MISSING), new.get(path, MISSING)
        if was == now:
            continue
        if path[-1] == ORDER:
            kept_old = [
                name for name in (was if was is not MISSING else []) if known(new, path, name)
            ]
            kept_new = [
                name for name in (now if now is not MISSING else []) if known(old, path, name)
            ]
            if kept_old != kept_new:
                changes.append(Change(path[:-1], "moved", kept_old, kept_new))
        elif was == ROW or now == ROW:
            whole.append(path)
            changes.append(Change(path, "removed" if was == ROW else "added"))
        elif was is MISSING:
            changes.append(Change(path, "added", None, now))
        elif now is MISSING:
            changes.append(Change(path, "removed", was, None))
        else:
            changes.append(Change(path, "changed", was, now))
    return changes


def known(found: dict[Path, Any], order: Path, name: str) -> bool:
    return (*order[:-1], name) in found


def in_words(change: Change) -> str:
    """“sessions.expanded-talks.minutes: “70”, was “75”” and its like."""
    place = ".".join(change.path)
    match change.kind:
        case "moved":
            told = {"place": place, "names": ", ".join(change.after)}
            return _("%(place)s: order changed to %(names)s") % told
        case "added" if change.after is None:
            return _("%(place)s: added") % {"place": place}
        case "removed" if change.before is None:
            return _("%(place)s: removed") % {"place": place}
        case "added":
            told = {"place": place, "value": value_in_words(change.after)}
            return _("%(place)s: %(value)s added") % told
        case "removed":
            told = {"place": place, "value": value_in_words(change.before)}
            return _("%(place)s: %(value)s removed") % told
    told = {
        "place": place,
        "value": value_in_words(change.after),
        "before": value_in_words(change.before),
    }
    return _("%(place)s: %(value)s, was %(before)s") % told


def value_in_words(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(
            value_in_words(item) if isinstance(item, dict) else str(item) for item in value
        )
    if isinstance(value, dict):
        return "; ".join(f"{name}: {value_in_words(item)}" for name, item in value.items())
    return f"“{shortened(value, 200)}”"


# merge --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Conflict:
    """A leaf that both sides changed differently, or a row one removed and the other changed."""

    path: Path
    base: Any
    ours: Any
    theirs: Any

    def __str__(self) -> str:
        return _("%(place)s: %(ours)s here, %(theirs)s there") % {
            "place": ".".join(self.path),
            "ours": side_in_words(self.ours),
            "theirs": side_in_words(self.theirs),
        }


def side_in_words(value: Any) -> str:
    if value is MISSING:
        return pgettext("side of a conflict", "removed")
    is_row = value == ROW
    return pgettext("side of a conflict", "kept and changed") if is_row else value_in_words(value)


def merged(
    base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]
) -> tuple[dict[str, Any], list[Conflict]]:
    """Both sides' changes since `base` in one document, and what they changed against each other.

    The same change on both sides is no conflict. Where there is one, the document keeps ours (a
    row removed by one side and changed by the other stays). The checks must be run on the result.
    """
    result, conflicts = merged_leaves(leaves(base), leaves(ours), leaves(theirs))
    return built(result), conflicts


def merged_leaves(
    b: dict[Path, Any], o: dict[Path, Any], t: dict[Path, Any]
) -> tuple[dict[Path, Any], list[Conflict]]:
    """The same of leaves: those of the base, ours and theirs, which need be of no document."""
    result: dict[Path, Any] = {}
    conflicts: list[Conflict] = []
    settled: list[Path] = []
    for row in [path for path in b if b[path] == ROW]:
        if any(row[: len(done)] == done for done in settled):
            continue
        in_ours, in_theirs = row in o, row in t
        if in_ours == in_theirs:
            continue
        there = o if in_ours else t
        if within(there, row) != within(b, row):
            sides = (ROW, MISSING) if in_ours else (MISSING, ROW)
            conflicts.append(Conflict(row, ROW, *sides))
            result.update(within(there, row))
        settled.append(row)
    for path in dict.fromkeys([*o, *t, *b]):
        if any(path[: len(done)] == done for done in settled):
            continue
        was, mine, other = b.get(path, MISSING), o.get(path, MISSING), t.get(path, MISSING)
        if path[-1] == ORDER:
            value = merged_order(*([] if side is MISSING else side for side in (was, mine, other)))
        elif mine == other or other == was:
            value = mine
        elif mine == was:
            value = other
        else:
            value = other if mine is MISSING else mine
            conflicts.append(Conflict(path, was, mine, other))
        if value is not MISSING:
            result[path] = value
    return result, conflicts


def within(found: dict[Path, Any], row: Path) -> dict[Path, Any]:
    return {path: value for path, value in found.items() if path[: len(row)] == row}


def merged_order(base: list[str], ours: list[str], theirs: list[str]) -> list[str]:
    """The order of the side that moved rows (ours if both did), with what the other added after
    the same neighbour."""
    kept = set(base) & set(ours) & set(theirs)
    unmoved = [name for name in ours if name in kept] == [name for name in base if name in kept]
    first, second = (theirs, ours) if unmoved else (ours, theirs)
    order = list(first)
    for place, name in enumerate(second):
        if name in order or name in base:
            continue
        neighbour = next((known for known in reversed(second[:place]) if known in order), None)
        order.insert(order.index(neighbour) + 1 if neighbour else 0, name)
    return order
