"""Uncertain dates: a subset of EDTF (ISO 8601-2, Library of Congress, level 1), read strictly.

    2026-01-13  2026-01  2026       a day, a month, a year
    2026-21 ... 2026-24             a season: spring, summer, autumn, winter
    2026-01-XX  2026-XX             a day of the month, a month of the year: which, is not recorded
    201X  20XX                      a year of the decade, of the century
    2026-01~  2026-01?  2026-01%    about, uncertain, both
    2026-01-13/2026-01-14           from ... to, each side any of the above
    2025-08/..  ../2026-03          since, by

Left out: times, negative and longer years, sets, `2026-01/` (an end that nobody knows: write `..`),
qualifiers inside a date. The words for dates, both ways, are in `date_words.py`.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, date
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

REMEDY = gettext_lazy("write 2026, 2026-01, 2026-01-13 or 'about 13 January 2026'")
LONGEST = 100

PART = re.compile(
    r"""(?P<year> [0-9]{4} | [0-9]{3}X | [0-9]{2}XX )
        (?: - (?P<month> [0-9]{2} | XX ) (?: - (?P<day> [0-9]{2} | XX ) )? )?
        (?P<qualifier> [~?%] )?""",
    re.VERBOSE,
)
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class BadDate(ValueError):
    """A text that is no date; its message is one plain sentence with the remedy, in the language
    of whoever wrote it.

    `text` is what was written and `reason` the rest of the sentence.
    """

    def __init__(self, text: str, reason: str | None = None) -> None:
        self.text = text if len(text) <= LONGEST else text[:LONGEST] + "…"
        self.reason = str(REMEDY) if reason is None else reason
        told = {"text": self.text or _("An empty text"), "reason": self.reason}
        super().__init__(_("%(text)s is not a date: %(reason)s") % told)


@dataclass(frozen=True, slots=True)
class Part:
    """One date of an EDTF text, as precise as it is written."""

    year: str  # "2026", "201X", "20XX"
    month: str  # "01" to "12", a season "21" to "24", "XX" or ""
    day: str  # "01" to "31", "XX" or ""
    qualifier: str  # "~", "?", "%" or ""
    first: date  # first and last possible day, whatever the qualifier says
    last: date


@dataclass(frozen=True, slots=True)
class Edtf:
    """An EDTF text that was read: its bounds (None where it is open) and its two sides.

    A single date has the same part on both sides; an open side is None.
    """

    text: str
    first: date | None
    last: date | None
    start: Part | None
    end: Part | None


@lru_cache(maxsize=4096)
def parse(text: str) -> Edtf:
    """Read an EDTF text of the subset above, exactly as written; anything else raises BadDate.

    An interval is reversed, and refused, if it would end before it can have begun.
    """
    if len(text) > LONGEST:
        raise BadDate(text)
    if "/" not in text:
        part = _part(text, text)
        return Edtf(text, part.first, part.last, part, part)
    left, _slash, right = text.partition("/")
    start = None if left == ".." else _part(left, text)
    end = None if right == ".." else _part(right, text)
    if start is None and end is None:
        raise BadDate(text, _("one side must be a date, as in 2025-08/.. or ../2026-03"))
    if start and end and start.first > end.last:
        raise BadDate(text, _("it ends before it begins; write the earlier date first"))
    first = start.first if start else None
    return Edtf(text, first, end.last if end else None, start, end)


def bounds(text: str) -> tuple[date | None, date | None]:
    """The first and the last possible day of an EDTF text, both included; None where it is open.

    `about` and `uncertain` leave the bounds of the date as written.
    """
    value = parse(text)
    return value.first, value.last


def latest(text: str) -> date | None:
    """The last possible day of an EDTF text, by which dates are compared (RECORD.md, Rules).

    None for a date that is open at its end.
    """
    return parse(text).last


def _part(text: str, whole: str) -> Part:
    found = PART.fullmatch(text)
    if not found:
        raise BadDate(whole)
    year, month, day, qualifier = (found[name] or "" for name in PART.groupindex)
    if ("X" in year and month) or (month == "XX" and day not in ("", "XX")):
        reason = _("X stands for all that follows it; write 201X, 2026-XX or 2026-01-XX")
        raise BadDate(whole, reason)
    if not year.replace("X", "0").strip("0"):
        raise BadDate(whole, _("years run from 0001 to 9999"))
    first, last = _days(year, month, day, whole)
    return Part(year, month, day, qualifier, first, last)


def _days(year: str, month: str, day: str, whole: str) -> tuple[date, date]:
    low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if month in ("", "XX"):
        return date(low, 1, 1), date(high, 12, 31)
    number = int(month)
    if 21 <= number <= 24 and not day:
        return _season(low, number, whole)
    if not 1 <= number <= 12:
        reason = _("months run from 01 to 12, and 21 to 24 are spring to winter without a day")
        raise BadDate(whole, reason)
    length = monthrange(low, number)[1]
    if day in ("", "XX"):
        return date(low, number, 1), date(low, number, length)
    if not 1 <= int(day) <= length:
        reason = _("%(month)s %(year)s has %(days)s days")
        # Django's own catalogues name the months.
        told = {"month": _(MONTHS[number - 1]), "year": year, "days": length}
        raise BadDate(whole, reason % told)
    return date(low, number, int(day)), date(low, number, int(day))


def _season(year: int, number: int, whole: str) -> tuple[date, date]:
    """Spring is March to May, winter December to February of the next year.

    EDTF leaves this open; these are the seasons of Korean, Japanese and English usage.
    """
    if number == 24 and year == MAXYEAR:
        raise BadDate(whole, _("it ends after the year 9999"))
    month = 3 * (number - 20)
    last_year, last_month = (year, month + 2) if number < 24 else (year + 1, 2)
    last_day = monthrange(last_year, last_month)[1]
    return date(year, month, 1), date(last_year, last_month, last_day)
