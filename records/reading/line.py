"""The newest meetings as marks on a line, drawn by the server.

Marks stand at equal distances: in proportion to time the newest would lie on each other.
"""

from __future__ import annotations

from typing import Any

from records.choices import EventStatus
from records.language import lang, plain, words
from records.language.texts import chosen

from . import lettering

Row = dict[str, Any]
WIDTH, EDGE = 720, 64
ONE_SIDE = 5  # more marks than these have their words above and below in turn
SIZE, WIDEST = 13, 132  # of the words in the drawing; site.css says the former too
BELOW, ABOVE = (24, 40), (-30, -14)  # of city and date, from the line


def line(meetings: list[Row]) -> Row:
    """`{width, height, y, marks: [{x, city, lang, day, at: (y, y), is_held}]}` of meetings newest
    first; marks are oldest first, `lang` stands only where the page is in another language."""
    both_sides = len(meetings) > ONE_SIDE
    y = 48 if both_sides else 12
    step = (WIDTH - 2 * EDGE) / max(1, len(meetings) - 1)
    return {
        "width": WIDTH,
        "height": y + 48,
        "y": y,
        "marks": [
            {
                "x": round(EDGE + place * step),
                "lang": foreign(row["city"]),
                "city": lettering.short(plain(row["city"]) or row["slug"]),
                "day": short_day(row["starts"]),
                "at": [y + off for off in (ABOVE if both_sides and place % 2 else BELOW)],
                "is_held": row["event_status"] in ("", EventStatus.HELD),
            }
            for place, row in enumerate(reversed(meetings))
        ],
    }


def foreign(text: Row) -> str:
    code = chosen(text)
    return "" if code == lang() else code


def short_day(edtf: str) -> str:
    """The day in words where they are short, else the year."""
    said = words(edtf)
    return said if lettering.width(said, SIZE) <= WIDEST else edtf.strip("./~?%")[:4]
