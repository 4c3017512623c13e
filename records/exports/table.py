"""CSV as spreadsheets in Korea and Japan open it: RFC 4180, a byte order mark, no formula run.

The rule: words that begin with one of FORMULA, or with apostrophes before one, get an apostrophe in
front; numbers, dates and slugs never do. To have the words back, take one apostrophe from the front
of words that begin with one and have one of FORMULA after all their apostrophes.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]

BOM = "\ufeff"
BETWEEN = ";"  # the members of a cell that holds several
# What begins a formula, also in the full width that Japanese keyboards write.
FORMULA = tuple("=+-@\t\r＝＋－＠")


@dataclass(frozen=True)
class Column:
    """One column: its permanent name, what it shows of a row, whether that is somebody's words."""

    name: str
    value: Callable[[Row], Any]
    is_words: bool = False

    def cell(self, row: Row) -> str:
        found = self.value(row)
        if isinstance(found, bool):
            return "true" if found else "false"
        if isinstance(found, list | tuple):
            return BETWEEN.join(map(str, found))
        written = "" if found is None else str(found)
        return harmless(written) if self.is_words else written


def harmless(words: str) -> str:
    """`words` that no spreadsheet takes for a formula."""
    return f"'{words}" if words.lstrip("'").startswith(FORMULA) else words


class Echo:
    """What the csv module writes, handed back instead of kept."""

    def write(self, line: str) -> str:
        return line


def lines(
    columns: Sequence[Column], batches: Iterable[list[Row]], *, bom: bool = True
) -> Iterator[str]:
    """The whole table, a batch of rows at a time."""
    write = csv.writer(Echo()).writerow
    yield (BOM if bom else "") + write([column.name for column in columns])
    for rows in batches:
        yield "".join(write([column.cell(row) for column in columns]) for row in rows)
