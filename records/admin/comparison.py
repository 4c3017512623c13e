"""Two documents told apart as an editor reads it: by section, row and fact, texts inside."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from records.document.compare import MISSING, ORDER, ROW, Path, leaves
from records.document.schema import AGREED, SUMMIT, Shape
from records.language import plain, t
from records.language.changes import NAMED, Told, shape_at, told_of
from records.public import Names

Row = dict[str, Any]
MOST = 500  # rows of a comparison; the rest is counted
# What a row is called by, the first it has.
TITLES = ("title", "question", "text", "gist", "what", "name")


@dataclass
class Compared:
    """A row that came, went or says something else; `kind` is added, removed or changed."""

    path: Path
    kind: str = "changed"
    title: str = ""
    parts: list[Row] = field(default_factory=list)
    facts: list[Told] = field(default_factory=list)
    address: str = ""  # the form of the row, where there is one

    @property
    def says(self) -> str:
        return {"added": _("added"), "removed": _("removed")}.get(self.kind, "")


@dataclass
class Section:
    """The summit's own facts or one of its lists, with what differs there."""

    name: str
    title: str
    rows: list[Compared] = field(default_factory=list)
    moved: list[Markup] = field(default_factory=list)  # rows that have another place, as now


class Comparison:
    """What `after` says otherwise than `before`, in the order of the summit's form."""

    def __init__(self, before: Row, after: Row, names: Names):
        self.before, self.after, self.names = before, after, names
        self.orders: dict[Path, list[str]] = {}
        rows, orders = self.found()
        self.count = len(rows) + len(orders)
        self.more = max(0, len(rows) - MOST)
        self.sections = self.in_sections(list(rows.values())[:MOST], orders)

    def found(self) -> tuple[dict[Path, Compared], list[tuple[Path, list[str]]]]:
        """The rows that differ, and the lists whose order does with the rows that moved."""
        old, new = leaves(self.before), leaves(self.after)
        rows: dict[Path, Compared] = {}
        orders: list[tuple[Path, list[str]]] = []
        for path in dict.fromkeys([*new, *old]):
            was, now = old.get(path, MISSING), new.get(path, MISSING)
            if was == now:
                continue
            if path[-1] == ORDER:
                if shifted := moved(
                    *(there if there is not MISSING else [] for there in (was, now))
                ):
                    orders.append((path[:-1], shifted))
                continue
            at = row_of(path)
            row = rows.setdefault(at, Compared(at))
            if ROW in (was, now):
                row.kind = "added" if now is ROW else "removed"
                continue
            kind = "added" if was is MISSING else "removed" if now is MISSING else "changed"
            sides = [None if side is MISSING else side for side in (was, now)]
            row.parts.append(
                {"path": list(path[len(at) :]), "kind": kind, "before": sides[0], "after": sides[1]}
            )
        return rows, orders

    def in_sections(
        self, rows: list[Compared], orders: list[tuple[Path, list[str]]]
    ) -> list[Section]:
        sections = {"": Section("", _("Facts of the summit"))}
        for shape in SUMMIT.children:
            sections[shape.name] = Section(shape.name, many(shape))
        for row in sorted(rows, key=self.place):
            shape = shape_at(list(row.path))
            row.title = self.title(row.path)
            row.facts = [
                Told(*one) for part in row.parts for one in told_of(part, shape, self.names)
            ]
            sections[row.path[0] if row.path else ""].rows.append(row)
        for path, shifted in orders:
            section = sections[path[0]]
            section.moved += [self.title((*path, name)) for name in shifted]
        return [section for section in sections.values() if section.rows or section.moved]

    def place(self, row: Compared) -> tuple[Any, ...]:
        """Where a row stands among others: as today, what is gone behind, parts with their row."""
        found: list[Any] = []
        shape = SUMMIT
        for depth in range(0, len(row.path), 2):
            list_, name = row.path[depth : depth + 2]
            lists = [child.name for child in shape.children]
            known = self.order(row.path[: depth + 1])
            found += [lists.index(list_), known.index(name)]
            shape = shape.children[lists.index(list_)]
        return tuple(found)

    def order(self, path: Path) -> list[str]:
        """The rows of a list by name, as they stand now, then those that are gone."""
        if path not in self.orders:
            shape = shape_at([*path, ""])
            names: list[str] = []
            for document in (self.after, self.before):
                above = row_at(document, path[:-1]) or {}
                there = enumerate(above.get(path[-1], []))
                names += [shape.known_by(row, place) for place, row in there]
            self.orders[path] = list(dict.fromkeys(names))
        return self.orders[path]

    def title(self, path: Path) -> Markup:
        """A row as an editor calls it: by its title, its party or person, else its key."""
        if not path:
            return Markup("")
        own = self.own_title(path)
        if len(path) == 2:
            return own
        kind = capfirst(str(shape_at(list(path)).model._meta.verbose_name))
        return Markup("{} › {}: {}").format(self.title(path[:-2]), kind, own)

    def own_title(self, path: Path) -> Markup:
        list_, key = path[-2:]
        row = row_at(self.after, path) or row_at(self.before, path) or {}
        if kind := NAMED.get(list_):
            return t(self.names.name(kind, key), mark=False)
        if list_ == "wordings":
            if key == AGREED:
                return escape(_("Agreed text"))
            return t(self.names.short("party", key), mark=False)
        called = next((row[name] for name in TITLES if row.get(name)), "")
        words = called if isinstance(called, str) else plain(called)
        number = f"{key}. " if list_ == "commitments" else ""
        return escape(f"{number}{words or key}")


def many(shape: Shape) -> str:
    return capfirst(str(shape.model._meta.verbose_name_plural))


def row_of(path: Path) -> Path:
    """The row that a leaf belongs to: as deep as its path names rows."""
    shape: Shape | None = SUMMIT
    depth = 0
    while len(path) >= depth + 2 and shape is not None:
        child = shape.child(path[depth])
        if child is None or child.key is None:
            break
        shape, depth = child, depth + 2
    return path[:depth]


def row_at(document: Row, path: Path) -> Row | None:
    shape, row = SUMMIT, document
    for name, key in zip(path[::2], path[1::2], strict=True):
        shape = shape.child(name)
        there = enumerate(row.get(name, []))
        found = next((one for place, one in there if shape.known_by(one, place) == key), None)
        if found is None:
            return None
        row = found
    return row


def moved(before: list[str], after: list[str]) -> list[str]:
    """The fewest rows whose change of place makes the one order the other, as they stand now."""
    kept = set(before) & set(after)
    old = {name: place for place, name in enumerate(before)}
    now = [name for name in after if name in kept]
    # The longest run of rising places stayed, all others moved (patience sorting).
    ends: list[int] = []
    tops: list[str] = []
    left_of: dict[str, str] = {}
    for name in now:
        pile = bisect_left(ends, old[name])
        ends[pile : pile + 1] = [old[name]]
        tops[pile : pile + 1] = [name]
        left_of[name] = tops[pile - 1] if pile else ""
    stayed: set[str] = set()
    name = tops[-1] if tops else ""
    while name:
        stayed.add(name)
        name = left_of[name]
    return [name for name in now if name not in stayed]
