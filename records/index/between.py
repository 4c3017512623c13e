"""Two documents of a summit -> what readers follow from one to the next.

Each change with what it is known by, which says what it is about. Nothing asks the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from records.choices import ChangeKind
from records.document import compare, derived
from records.document.citations import cited_by
from records.document.compare import Path
from records.document.schema import SUMMIT

Document = dict[str, Any]
Found = tuple[str, dict[str, Any]]  # what the change is known by, its data
MOST_SOURCES = 20
# What a row is called by, the first it has.
TITLES = ("title", "question", "text", "gist", "what", "name")
# Facts of a commitment that are changes of another kind.
DUE = ("due", "due_text")


def change(kind: str, *rest: str, also: Iterable[str] = (), **data: Any) -> Found:
    """A change by its kind and what it is about; `also` are further kinds it counts among."""
    kind = str(kind)
    key = ".".join([kind, *rest])
    return key, {"what": kind, "kinds": [kind, *map(str, also)], "sources": [], **data}


def between(before: Document, after: Document) -> Iterator[Found]:
    """The changes from one document to the next: what was promised first, then all else."""
    groups: dict[Path, list[compare.Change]] = {}
    for one in compare.differences(before, after):
        groups.setdefault(group_of(one), []).append(one)
    old = {str(row["number"]): row for row in before.get("commitments", [])}
    for row in after.get("commitments", []):
        number = str(row["number"])
        below = [path for path in groups if path[:2] == ("commitments", number)]
        own = {path: groups.pop(path) for path in below}
        yield from of_commitment(old.get(number), row, own, after)
    for path, parts in groups.items():
        yield of_row(before, after, path, parts)


def group_of(one: compare.Change) -> Path:
    """The row whose change it is: the summit (`()`), one of its parts, a part of a commitment."""
    path = one.path
    if SUMMIT.child(path[0]) is None:
        return ()
    if path[0] == "commitments" and path[2:3] in (("wordings",), ("progress",)):
        return path[:4] if len(path) > 3 else path[:2]
    return path[:2]


def of_commitment(
    old: Document | None,
    new: Document,
    groups: dict[Path, list[compare.Change]],
    document: Document,
) -> Iterator[Found]:
    number = str(new["number"])
    about = {"number": new["number"], "title": new["title"]}
    if old is None:
        sources = sources_of(new, document)
        yield change(ChangeKind.COMMITMENT_ADDED, number, **about, sources=sources)
        return
    if new.get("withdrawn") and not old.get("withdrawn"):
        gone = new["withdrawn"]
        yield change(
            ChangeKind.COMMITMENT_WITHDRAWN, number, **about, on=gone["on"], text=gone["reason"]
        )
        groups = {path: drop(parts, ("withdrawn",)) for path, parts in groups.items()}
    had = {row["key"] for row in old.get("progress", [])}
    added = [row for row in new.get("progress", []) if row["key"] not in had]
    told = ""
    if standing_of(old) != standing_of(new):
        since = derived.status_since(new) or {}
        told = since["key"] if since in added else ""
        entry = since if told else {}
        follow_up = [ChangeKind.FOLLOW_UP] if told else []
        yield change(
            ChangeKind.STATUS,
            number,
            also=follow_up,
            **about,
            before=standing_of(old),
            after=standing_of(new),
            **followed(entry),
            sources=sources_of(entry, document),
        )
    for row in added:
        groups.pop(("commitments", number, "progress", row["key"]), None)
        if row["key"] == told:
            continue
        sources = sources_of(row, document)
        kind = ChangeKind.FOLLOW_UP if row["kind"] in derived.FOLLOW_UPS else ChangeKind.FACTS
        yield change(
            kind, number, "progress", row["key"], **about, **followed(row), sources=sources
        )
    yield from of_due(old, new, about, document)
    for path, parts in groups.items():
        if path == ("commitments", number):
            parts = drop(parts, DUE)
        if parts:
            yield of_row({}, document, path, parts, **about)


def standing_of(commitment: Document) -> dict[str, Any]:
    """Where a commitment stands: overall, and per party where they differ."""
    statuses = derived.statuses(commitment) if derived.statuses_differ(commitment) else {}
    return {"status": derived.status(commitment), "statuses": statuses}


def followed(entry: Document) -> Document:
    """What of a progress entry its change tells."""
    if not entry:
        return {}
    told = {"text": entry["text"], "on": entry["date"], "progress_kind": entry["kind"]}
    return {**told, "party": entry.get("party", "")}


def of_due(old: Document, new: Document, about: Document, document: Document) -> Iterator[Found]:
    sides = [{name: row[name] for name in DUE if row.get(name)} for row in (old, new)]
    if sides[0] != sides[1]:
        before, after = sides
        number = str(new["number"])
        sources = sources_of(new, document, *DUE)
        yield change(ChangeKind.DUE, number, **about, before=before, after=after, sources=sources)


def drop(parts: list[compare.Change], names: tuple[str, ...]) -> list[compare.Change]:
    return [one for one in parts if one.path[2] not in names] if parts else parts


def of_row(
    before: Document,
    after: Document,
    path: Path,
    parts: list[compare.Change],
    **about: Any,
) -> Found:
    """All that changed in one row, fact by fact, or that the row came or went."""
    row = row_at(after, path) or row_at(before, path) or {}
    kind = ChangeKind.FACTS
    if path[:1] == ("sources",) and [one.kind for one in parts] == ["added"] and len(path) == 2:
        kind = ChangeKind.SOURCE if parts[0].path == path else kind
    elif path[2:3] == ("wordings",):
        kind = ChangeKind.WORDING
    title = next((row[name] for name in TITLES if row.get(name)), {}) if path else {}
    if isinstance(title, str):  # that of a source, in its language
        title = {row.get("language") or "und": title}
    whole = [one.kind for one in parts if one.path == path]
    told = {
        "path": list(path),
        "title": title,
        "whole": whole[0] if whole else "",
        "parts": [] if whole else [part(one, len(path)) for one in parts],
    }
    listed = path[:1] == ("sources",)
    sources = [source(row)] if listed and row else sources_of(row if path else {}, after)
    if path[:1] == ("commitments",):
        told["row_title"] = told.pop("title")
    return change(kind, *path, **{**told, **about}, sources=sources)


def part(one: compare.Change, depth: int) -> Document:
    """One fact of a row, before and after; its path begins below the row."""
    return {
        "path": list(one.path[depth:]),
        "kind": one.kind,
        "before": one.before,
        "after": one.after,
    }


def row_at(document: Document, path: Path) -> Document | None:
    """The row that a path of stable names leads to; the document itself for an empty one."""
    if len(path) % 2:
        return None
    shape, row = SUMMIT, document
    for name, key in zip(path[::2], path[1::2], strict=False):
        shape = shape.child(name)
        rows = row.get(name, [])
        row = next(
            (one for place, one in enumerate(rows) if shape.known_by(one, place) == key), None
        )
        if row is None:
            return None
    return row


def sources_of(row: Document, document: Document, *facts: str) -> list[Document]:
    """The sources a row, or these of its facts, cites, as a feed names them."""
    cites = row.get("cites") if row else None
    if facts and isinstance(cites, dict):
        row = {"cites": {name: keys for name, keys in cites.items() if name in facts}}
    keys = list(islice(dict.fromkeys(cited_by(row)), MOST_SOURCES)) if row else []
    known = {one["key"]: one for one in document.get("sources", [])}
    return [source(known[key]) for key in keys if key in known]


def source(row: Document) -> Document:
    wanted = ("key", "title", "language", "publisher", "url")
    return {**{name: row.get(name, "") for name in wanted}, "gloss": row.get("gloss", {})}
