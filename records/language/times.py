"""Dates, times of day and lengths in words of the page's language."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache

from django.utils import timezone
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from records import date_words, dates

from .texts import lang

# What HTML's <time datetime> can hold of EDTF.
MACHINE_DATE = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?")


@lru_cache(maxsize=4096)
def worded(text: str, code: str, weekday: bool, precision_note: bool) -> str:
    try:
        return date_words.in_words(text, code, weekday=weekday, precision_note=precision_note)
    except dates.BadDate:
        return text


def joined(first: str, last: str) -> str:
    """Two dates as one interval where EDTF can say it."""
    if not last or last == first or "/" in first + last:
        return first
    return f"{first}/{last}"


def words(edtf: str, until: str = "", weekday: bool = False, precision_note: bool = False) -> str:
    """An EDTF date in words of the page's language; with `until` the days from one to the other."""
    return worded(joined(edtf, until), lang(), weekday, precision_note) if edtf else ""


def when(edtf: str, until: str = "", weekday: bool = False, precision_note: bool = False) -> Markup:
    """The same as `<time>` where a machine can read the date; else as a span that stays whole."""
    said = words(edtf, until, weekday, precision_note)
    whole = joined(edtf, until)
    if MACHINE_DATE.fullmatch(whole):
        return Markup(f'<time datetime="{escape(whole)}">{escape(said)}</time>')
    return Markup(f'<span class="when">{escape(said)}</span>') if said else Markup("")


def era(edtf: str, until: str = "") -> str:
    """The Japanese year of a date, on Japanese pages only, if all of it lies in one: 令和8年."""
    if lang() != "ja" or not edtf:
        return ""
    try:
        found = {date_words.reiwa(one) for one in dates.bounds(joined(edtf, until)) if one}
    except dates.BadDate:
        return ""
    return found.pop() or "" if len(found) == 1 else ""


def day(of: date | str) -> Markup:
    """A full day, as a date or as ISO text, in words."""
    return when(of if isinstance(of, str) else of.isoformat())


def instant(at: datetime) -> Markup:
    """The day of a point in time, on the record's clock (Seoul and Tokyo)."""
    local = timezone.localtime(at)
    return Markup('<time datetime="{}">{}</time>').format(
        local.isoformat(timespec="seconds"), words(local.date().isoformat())
    )


def clock(text: str) -> str:
    """A time of day: "about 14:00", "afternoon"."""
    return date_words.clock_in_words(text, lang())


def hours(time: str, until: str) -> str:
    """From when until when; empty if neither is known."""
    if not until:
        return clock(time)
    if not time:
        return _("until %(time)s") % {"time": clock(until)}
    return (
        f"{clock(time)}{'–' if lang() == 'en' else '～' if lang() == 'ja' else '~'}{clock(until)}"
    )


def minutes(text: str) -> str:
    """A length: "20 minutes", "about 60 minutes"."""
    return date_words.minutes_in_words(text, lang())
