"""Changes as pages and feeds show them: where each leads, whom it names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from records.choices import ChangeKind

Row = dict[str, Any]
# The list of a part -> where it stands on its summit's page; `{}` is its key.
ANCHORS = {
    "delegations": "participants",
    "attendances": "participants",
    "sessions": "s-{}",
    "statements": "said-{}",
    "gifts": "g-{}",
    "notes": "n-{}",
    "differences": "differ-{}",
    "sources": "src-{}",
}
NAMES = {
    "participant": "participants",
    "party": "parties",
    "topic": "topics",
    "series": "series",
    "relation": "relations",
}
ON_COMMITMENT = {ChangeKind.DUE: "facts", ChangeKind.WORDING: "words"}
OF_RECORD = (ChangeKind.OPENED, ChangeKind.REOPENED, ChangeKind.WITHDRAWN)


def place_of(row: Row) -> str:
    """Where what changed stands today: an address without language, with its anchor."""
    if row["what"] == ChangeKind.NAME:
        return f"{NAMES[row['name_kind']]}/{row['name']}"
    if row["commitment"]:
        anchor = ON_COMMITMENT.get(row["what"], "progress" if row.get("progress_kind") else "")
        return f"commitments/{row['commitment']}" + (f"#{anchor}" if anchor else "")
    summit = f"summits/{row['summit']}"
    path = row.get("path", [])
    if row["what"] in OF_RECORD or row.get("whole") == "removed":
        return summit
    if not path:
        return f"{summit}#facts"
    anchor = ANCHORS.get(path[0], "")
    return f"{summit}#{anchor.format(path[1])}" if anchor and len(path) > 1 else summit


def key_of(row: Row) -> str:
    """What a change is known by on the page of its edition: its anchor there."""
    return row["slug"].split("/", 2)[2]


def with_places(rows: Iterable[Row]) -> list[Row]:
    """Changes with `place`, where they lead, `key`, and `first` if another edition came before."""
    found: list[Row] = []
    for row in rows:
        last = found[-1] if found else {}
        first = any(row[name] != last.get(name) for name in ("summit", "edition", "at"))
        found.append({**row, "place": place_of(row), "key": key_of(row), "first": first})
    return found


def people_in(rows: Iterable[Row]) -> set[str]:
    """The participants whose names the words of some changes need."""
    found: set[str] = set()
    for row in rows:
        path = row.get("path", [])
        if path[:1] == ["attendances"]:
            found.add(path[1])
        for part in row.get("parts", ()):
            for side in (part["before"], part["after"]):
                if isinstance(side, list):
                    found |= {one for one in side if isinstance(one, str)}
                elif isinstance(side, str) and part["path"] in (["participant"], ["speaker"]):
                    found.add(side)
    return found
