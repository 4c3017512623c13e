"""`record.sqlite`: the record as tables of one database, for SQL and for Datasette.

A table for each list, one for each kind of row below a summit or a commitment, and the names. What
is not stated is NULL.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from records.document import derived
from records.document.schema import LANGUAGES, SUMMIT, Fact, Shape

from .columns import TABLES
from .table import BETWEEN

Row = dict[str, Any]

# A change outlives the summit that was withdrawn, so only tables of what is public refer to it.
REFERRING = ("commitments", "sessions", "sources")
WITHOUT = ("cites", "titles", "group")  # kinds of fact that are no cell: they stand in summits.json
IN_LANGUAGES = ("text", "says")


def quoted(name: str) -> str:
    return f'"{name}"'


def parts() -> Iterator[tuple[str, Shape, Shape]]:
    """`(table, shape of its rows, shape above)` of all rows below a summit that no list shows."""
    waiting = [(child, SUMMIT) for child in SUMMIT.children]
    while waiting:
        shape, above = waiting.pop(0)
        if shape.name not in TABLES:
            yield f"{'difference_' if shape.name == 'values' else ''}{shape.name}", shape, above
        waiting += [(child, shape) for child in shape.children]


def cells_of(shape: Shape) -> list[Fact]:
    return [fact for fact in shape.facts if fact.kind not in WITHOUT]


def names_of(fact: Fact) -> list[str]:
    """The columns of a fact: one, or one for each language."""
    if fact.kind in IN_LANGUAGES:
        return [f"{fact.name}_{code}" for code in LANGUAGES]
    return [fact.name]


def values_of(fact: Fact, row: Row) -> list[Any]:
    value = row.get(fact.name)
    if fact.kind not in IN_LANGUAGES:
        return [plain(value)]
    if isinstance(value, str):  # one text for all languages
        return [plain(value)] * len(LANGUAGES)
    return [plain((value or {}).get(code)) for code in LANGUAGES]


def plain(value: Any) -> Any:
    """A value as a cell holds it."""
    if isinstance(value, list | tuple):
        value = BETWEEN.join(map(str, value))
    return None if value == "" else value


def documents(path: Path) -> Iterator[Row]:
    """The answers in `summits.json`, one at a time: it has one a line."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.startswith("{"):
                yield json.loads(line.rstrip().removesuffix(","))


# filling ------------------------------------------------------------------------------------------


def write(path: Path, lists: Mapping[str, Iterable[Row]], summits: Path, readme: Row) -> None:
    """The database at `path`, of the rows of each list and the file of all summits."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE readme (name TEXT PRIMARY KEY, text TEXT NOT NULL)")
        db.executemany("INSERT INTO readme VALUES (?, ?)", readme.items())
        for name, rows in lists.items():
            fill_list(db, name, rows)
        for name, shape, above in parts():
            create_part(db, name, shape, above)
        db.execute(
            "CREATE TABLE names (kind TEXT NOT NULL, slug TEXT NOT NULL, language TEXT NOT NULL,"
            " name TEXT NOT NULL, PRIMARY KEY (kind, slug, language))"
        )
        for answer in documents(summits):
            fill_parts(db, answer)
        db.commit()


def fill_list(db: sqlite3.Connection, name: str, rows: Iterable[Row]) -> None:
    columns = TABLES[name]
    facts = ", ".join(quoted(column.name) for column in columns)
    refers = name in REFERRING
    key = ", FOREIGN KEY (summit) REFERENCES summits (id)" if refers else ""
    db.execute(f"CREATE TABLE {quoted(name)} ({facts}, PRIMARY KEY (id){key})")
    marks = ", ".join("?" * len(columns))
    cells = ([plain(column.value(row)) for column in columns] for row in rows)
    db.executemany(f"INSERT INTO {quoted(name)} VALUES ({marks})", cells)
    if refers:
        db.execute(f"CREATE INDEX {quoted(name + '_summit')} ON {quoted(name)} (summit)")


def create_part(db: sqlite3.Connection, name: str, shape: Shape, above: Shape) -> None:
    """A table whose rows are known by what they stand below and their place there, from 1."""
    facts = ["of_summit" if one == "summit" else quoted(one) for one in columns_of(shape)]
    keys, known = ["summit TEXT NOT NULL REFERENCES summits (id)"], "summit"
    if above.name == "commitments":
        keys.append("commitment TEXT NOT NULL REFERENCES commitments (id)")
        known = "commitment"
    elif above is not SUMMIT:
        keys.append("above INTEGER NOT NULL")
        known = "summit, above"
    db.execute(
        f"CREATE TABLE {quoted(name)} ({', '.join(keys)}, place INTEGER NOT NULL,"
        f" {', '.join(facts)}, PRIMARY KEY ({known}, place))"
    )
    db.execute(f"CREATE INDEX {quoted(name + '_summit')} ON {quoted(name)} (summit)")


def columns_of(shape: Shape) -> list[str]:
    return [name for fact in cells_of(shape) for name in names_of(fact)]


def fill_parts(db: sqlite3.Connection, answer: Row) -> None:
    summit, record = answer["id"], answer["record"]
    for name, shape, above in parts():
        for keys, rows in groups(summit, record, shape, above):
            cells = [
                [*keys, place, *(one for fact in cells_of(shape) for one in values_of(fact, row))]
                for place, row in enumerate(rows, 1)
            ]
            marks = ", ".join("?" * (len(keys) + 1 + len(columns_of(shape))))
            db.executemany(f"INSERT INTO {quoted(name)} VALUES ({marks})", cells)
    db.executemany(
        "INSERT OR REPLACE INTO names VALUES (?, ?, ?, ?)",
        (
            (kind, slug, code, name)
            for kind, found in answer["names"].items()
            for slug, words in found.items()
            for code, name in words.items()
        ),
    )


def groups(
    summit: str, record: Row, shape: Shape, above: Shape
) -> Iterator[tuple[list[Any], list[Row]]]:
    """`(what its rows stand below, the rows)`, once for each row above them."""
    if above is SUMMIT:
        yield [summit], record.get(shape.name, [])
        return
    for place, row in enumerate(record.get(above.name, []), 1):
        own = derived.commitment_id(record, row) if above.name == "commitments" else place
        yield [summit, own], row.get(shape.name, [])
