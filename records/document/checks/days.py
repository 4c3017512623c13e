"""Days must be in order; what lies in the future or before the summit is worth a look."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from records import dates

from ..canonical import walk
from ..problems import WARNING, Place, Problem
from .references import cited


def last_day(text: str | None) -> date | None:
    return dates.bounds(text)[1] if text else None


def order_of_days(document: dict[str, Any]) -> Iterator[Problem]:
    first, last = dates.bounds(document["starts"]) if document.get("starts") else (None, None)
    end = last_day(document.get("ends")) or last
    today = timezone.localdate()
    if document.get("ends") and last and end and end < last:
        yield Problem(
            ("ends",),
            _("The summit ends (%(ends)s) before it starts (%(starts)s).") % document,
        )
    held = document.get("event_status") == "held"
    if held and first and first > today:
        yield Problem(
            ("starts",), _("The summit is marked as held but starts in the future."), WARNING
        )
    for index, row in enumerate(document.get("sessions", [])):
        day_first, day_last = dates.bounds(row["date"]) if row.get("date") else (None, None)
        if day_last and first and (first - day_last).days > 1:
            yield Problem(
                ("sessions", index, "date"),
                _("%(date)s is more than a day before the summit starts.") % row,
                WARNING,
            )
        if day_first and end and (day_first - end).days > 1:
            yield Problem(
                ("sessions", index, "date"),
                _("%(date)s is more than a day after the summit ends.") % row,
                WARNING,
            )
    published = {
        row.get("key"): last_day(row.get("published_on")) for row in document.get("sources", [])
    }
    for at, commitment in enumerate(document.get("commitments", [])):
        for index, entry in enumerate(commitment.get("progress", [])):
            place: Place = ("commitments", at, "progress", index, "date")
            day_first, day_last = dates.bounds(entry["date"]) if entry.get("date") else (None, None)
            if day_last and first and day_last < first:
                yield Problem(place, _("%(date)s is before the summit.") % entry, WARNING)
            if day_first and day_first > today:
                yield Problem(place, _("%(date)s is in the future.") % entry, WARNING)
            days = [published.get(key) for _place, key in cited(entry, ())]
            if day_first and days and all(days) and day_first > max(filter(None, days)):
                yield Problem(
                    place,
                    _(
                        "%(date)s is later than the newest source of the entry; date a plan by its"
                        " report."
                    )
                    % entry,
                    WARNING,
                )
    for name, place in day_facts(document):
        if name > today.isoformat():
            yield Problem(place, _("%(date)s is in the future.") % {"date": name}, WARNING)


def day_facts(document: dict[str, Any]) -> Iterator[tuple[str, Place]]:
    for shape, row, place in walk(document):
        for fact in shape.facts:
            if fact.kind == "day" and row.get(fact.name):
                yield row[fact.name], (*place, fact.name)
