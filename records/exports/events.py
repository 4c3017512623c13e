"""What of the record is an event of a calendar, in the reader's language.

No hour is invented: a session whose clock time nobody recorded is a day's event, and in its
summit's calendar stands in the description of the summit's own. A time or a length that is
recorded as "about 14:30" stands at 14:30 and says so. A due date stands on its last possible day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from records import dates
from records.choices import EventStatus
from records.language import brackets, colon, hours, label, lang, minutes, place, plain, words

from .calendar import Event
from .zones import known

Row = dict[str, Any]
Names = Mapping[str, Mapping[str, str]]

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
CLOCK = re.compile(
    r"(?P<how>about |shortly after |planned )?(?P<hour>[01]?[0-9]|2[0-3]):(?P<minute>[0-5][0-9])"
)
LENGTH = re.compile(r"(?:about )?(?P<minutes>[0-9]{1,4})")
STATUSES = {
    EventStatus.PLANNED: "TENTATIVE",
    EventStatus.POSTPONED: "TENTATIVE",
    EventStatus.CANCELLED: "CANCELLED",
}


def address(place: str, anchor: str = "") -> str:
    return f"{settings.SITE_URL}/{lang()}/{place}{anchor}"


def status_of(summit: Row) -> str:
    return STATUSES.get(summit["event_status"], "CONFIRMED")


def days_of(starts: str, ends: str) -> tuple[date, date] | None:
    """The first and the last day, where both are recorded as days."""
    first, last = starts, ends or starts
    if not (DAY.fullmatch(first) and DAY.fullmatch(last)):
        return None
    return date.fromisoformat(first), date.fromisoformat(last)


def told(name: str, value: str) -> str:
    return f"{name}{colon()}{value}"


def joined(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


def geo_of(summit: Row) -> tuple[float, float] | None:
    here = summit["latitude"], summit["longitude"]
    return None if None in here else here


def about(summit: Row, place: str, anchor: str = "") -> Row:
    """What the events of a summit share. `summit`: its facts as its document or its entry has them,
    with `edition` and `at`, and `country_name`."""
    return {
        "edition": summit["edition"],
        "at": summit["at"],
        "status": status_of(summit),
        "url": address(place, anchor),
    }


# a summit -----------------------------------------------------------------------------------------


def summit_event(summit: Row, untimed: list[Row] | None = None, more: str = "") -> Event | None:
    """The days of a summit, none where they are not recorded as days; `untimed` are its sessions
    that have no clock time, `more` is what a calendar has to add."""
    days = days_of(summit["starts"], summit["ends"])
    if not days:
        return None
    shared = about(summit, f"summits/{summit['slug']}")
    listed = [f"– {plain(row['title'])}{time_said(row)}" for row in untimed or ()]
    return Event(
        key=summit["slug"],
        summary=plain(summit["title"]),
        first=days[0],
        last=days[1],
        location=str(place(summit["city"], summit["country_name"]).striptags()),
        geo=geo_of(summit),
        description=joined(
            more,
            plain(summit["summary"]),
            _("Sessions without a recorded clock time:") if listed else "",
            *listed,
            shared["url"],
        ),
        **shared,
    )


def time_said(row: Row) -> str:
    """The time in words behind a title: `(morning)`."""
    said = hours(row["time"], row["until"])
    return str(brackets(said)) if said else ""


def summit_events(summit: Row, sessions: list[Row]) -> Iterator[Event]:
    """A summit's calendar: its days, and each session that has a clock time."""
    timed = [row for row in sessions if start_of(row)]
    whole = summit_event(summit, [row for row in sessions if row not in timed])
    if whole:
        yield whole
    for row in timed:
        if event := session_event(row, summit):
            yield event


# a session ----------------------------------------------------------------------------------------


def start_of(row: Row) -> datetime | None:
    """When a session began, by the clock of the place."""
    clock = CLOCK.fullmatch(row["time"])
    if not clock or not DAY.fullmatch(row["date"]):
        return None
    at = time(int(clock["hour"]), int(clock["minute"]))
    return datetime.combine(date.fromisoformat(row["date"]), at)


def is_exact(row: Row) -> bool:
    """Whether its clock times are recorded to the minute."""
    found = [CLOCK.fullmatch(row[name]) for name in ("time", "until") if row[name]]
    return all(clock and not clock["how"] for clock in found)


def end_of(row: Row, starts: datetime) -> datetime | None:
    """When it ended, where an end or a length is recorded; before the beginning: past midnight."""
    if clock := CLOCK.fullmatch(row["until"]):
        ends = starts.replace(hour=int(clock["hour"]), minute=int(clock["minute"]))
        return ends if ends > starts else ends + timedelta(days=1)
    length = LENGTH.fullmatch(row["minutes"])
    return starts + timedelta(minutes=int(length["minutes"])) if length else None


def session_event(row: Row, summit: Row) -> Event | None:
    """A session at its clock time, else on its day, else over the days of its summit."""
    starts = start_of(row)
    own_day = days_of(row["date"], "")
    days = own_day or days_of(summit["starts"], summit["ends"])
    if not starts and not days:
        return None
    shared = about(summit, f"summits/{summit['slug']}/sessions/{row['key']}")
    if starts and row["time"].startswith("planned"):
        shared["status"] = "TENTATIVE"
    timing: Row = {"first": days[0], "last": days[1]} if days and not starts else {}
    if starts:
        zone = summit["timezone"] if known(summit["timezone"]) else ""
        timing = {"starts": starts, "ends": end_of(row, starts), "zone": zone}
    recorded = "" if starts and is_exact(row) else hours(row["time"], row["until"])
    length = minutes(row["minutes"]) if row["minutes"].startswith("about") else ""
    where = str(place(summit["city"], summit["country_name"]).striptags())
    return Event(
        key=f"{summit['slug']}.{row['key']}",
        summary=plain(row["title"]),
        # A venue of its own may lie in another town: an airport, a place of a visit.
        location=plain(row["venue"]) or where,
        geo=None if plain(row["venue"]) else geo_of(summit),
        description=joined(
            plain(summit["title"]),
            label("SessionKind", row["kind"]),
            "" if own_day else _("Day not recorded"),
            told(_("Time as recorded"), recorded) if recorded else "",
            "" if row["time"] or row["until"] else _("time not recorded"),
            told(_("Length as recorded"), length) if length else "",
            plain(row.get("summary", {})),
            shared["url"],
        ),
        **timing,
        **shared,
    )


# a due date ---------------------------------------------------------------------------------------


def due_event(row: Row, summit: Row) -> Event | None:
    """The last possible day of a commitment's due date; none where it has no such day."""
    day = dates.latest(row["due"]) if row["due"] else None
    if not day:
        return None
    shared = about(summit, f"commitments/{row['slug']}")
    status = row["status"] or "position"
    return Event(
        key=f"{row['slug']}.due",
        summary=told(_("Due"), plain(row["title"])),
        first=day,
        last=day,
        description=joined(
            told(_("Due date as recorded"), words(row["due"])),
            plain(row["due_text"]),
            label("CommitmentKind" if status == "position" else "CommitmentStatus", status),
            plain(row["summit_title"]),
            shared["url"],
        ),
        **(shared | {"status": "CONFIRMED"}),
    )


# a person's meetings ------------------------------------------------------------------------------


def meeting_event(meeting: Row, summit: Row) -> Event | None:
    """A summit as one who took part has it: the event of the summit itself, with the office."""
    office = plain(meeting["office"]) or label("Capacity", meeting["capacity"])
    said = label("Presence", meeting["presence"]) if meeting["presence"] != "present" else ""
    return summit_event(summit, more=joined(office, said))
