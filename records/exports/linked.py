"""Records as linked data in the terms of schema.org, for the head of their pages.

A value that sources disagree on is a `Claim`, with where it is said; nothing is a `ClaimReview`,
which would rate what is true, and no commitment a failed action: the record rates nobody.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from markupsafe import Markup

from records.choices import CommitmentStatus, EventStatus
from records.document import derived
from records.document.citations import cited_by
from records.language import LANGUAGES, OWN_NAMES, lang, plain
from records.public import Names, Person, Published, Subject

from . import LICENSE
from .events import CLOCK, DAY, start_of
from .zones import known

Row = dict[str, Any]
SCHEMA = "https://schema.org/"
EVENT_STATUSES = {
    EventStatus.POSTPONED: f"{SCHEMA}EventPostponed",
    EventStatus.CANCELLED: f"{SCHEMA}EventCancelled",
}
ACTION_STATUSES = {
    CommitmentStatus.ANNOUNCED: "Potential",
    CommitmentStatus.IN_PROGRESS: "Active",
    CommitmentStatus.PARTLY_FULFILLED: "Active",
    CommitmentStatus.STALLED: "Active",
    CommitmentStatus.FULFILLED: "Completed",
}


def script(found: Row) -> Markup:
    """Linked data as the content of a script element: in ASCII, with nothing that could end it."""
    text = json.dumps({"@context": SCHEMA.rstrip("/"), **told(found)}, separators=(",", ":"))
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)


def told(found: Row) -> Row:
    """Without what nothing is known of."""
    return {name: value for name, value in found.items() if value not in (None, "", [], {})}


def at(place: str) -> str:
    return f"{settings.SITE_URL}/{place}"


# what records lead to -----------------------------------------------------------------------------


def country(slug: str, names: Names) -> Row:
    kind = names.row("party", slug).get("kind", "")
    sort = "Country" if kind in ("state", "") else "Organization"
    return {"@type": sort, "name": plain(names.name("party", slug))}


def person(slug: str, names: Names) -> Row:
    row = names.row("participant", slug)
    found: Row = {"@type": kind_of(row), "name": plain(names.name("participant", slug))}
    return {**found, "@id": at(f"participants/{slug}")} if names.has("participant", slug) else found


def kind_of(row: Row) -> str:
    return "Organization" if row.get("kind") == "group" else "Person"


def location(document: Row, names: Names) -> Row:
    city, nation = plain(document["city"]), document["country"]
    here = document["latitude"], document["longitude"]
    geo = {"@type": "GeoCoordinates", "latitude": here[0], "longitude": here[1]}
    lines = (plain(document["region"]), plain(names.name("party", nation)) if nation else "")
    return told(
        {
            "@type": "Place",
            "name": plain(document["venue"]) or city,
            "address": ", ".join(part for part in (city, *lines) if part),
            "geo": None if None in here else geo,
        }
    )


def day(edtf: str) -> str:
    """A date as ISO 8601 has it; what is uncertain is not told to machines as certain."""
    return edtf if DAY.fullmatch(edtf) else ""


def moment(row: Row, zone: str) -> str:
    """A session's beginning: with its clock time where that is recorded exactly."""
    clock, starts = CLOCK.fullmatch(row["time"]), start_of(row)
    if not starts or not clock or clock["how"] or not known(zone):
        return day(row["date"])
    return starts.replace(tzinfo=ZoneInfo(zone)).isoformat()


# records ------------------------------------------------------------------------------------------


def summit(found: Published) -> Row:
    document, names = found.document, found.names
    series = document["series"]
    return {
        "@type": "Event",
        "@id": at(f"summits/{found.slug}"),
        "name": plain(document["title"]),
        "alternateName": [title["text"] for title in document["also"]],
        "description": plain(document["summary"]),
        "startDate": day(document["starts"]),
        "endDate": day(document["ends"]),
        "eventStatus": EVENT_STATUSES.get(document["event_status"], f"{SCHEMA}EventScheduled"),
        "location": location(document, names),
        "organizer": [country(slug, names) for slug in derived.hosts(document)],
        "attendee": [
            person(row["participant"], names)
            for row in document["attendances"]
            if row["presence"] == "present"
        ],
        "superEvent": series
        and {"@type": "EventSeries", "name": plain(names.name("series", series))},
        "about": [plain(names.name("topic", slug)) for slug in document["topics"]],
        "subEvent": [sub_event(row, found) for row in document["sessions"]],
        "subjectOf": list(claims(document)),
        "version": found.number,
        "license": LICENSE,
    }


def sub_event(row: Row, found: Published) -> Row:
    return told(
        {
            "@type": "Event",
            "@id": at(f"summits/{found.slug}/sessions/{row['key']}"),
            "name": plain(row["title"]),
            "startDate": moment(row, found.document["timezone"]),
            "location": {
                "@type": "Place",
                # A venue of its own may lie in another town than the summit.
                "name": plain(row["venue"]) or plain(found.document["city"]),
                "address": plain(row["venue"]) or plain(found.document["city"]),
            },
        }
    )


def session(found: Published, key: str) -> Row:
    [row] = [row for row in found.document["sessions"] if row["key"] == key]
    return {
        **sub_event(row, found),
        "description": plain(row["summary"]),
        "attendee": [person(slug, found.names) for slug in row["participants"]],
        "superEvent": {
            "@type": "Event",
            "@id": at(f"summits/{found.slug}"),
            "name": plain(found.document["title"]),
            "startDate": day(found.document["starts"]),
        },
        "license": LICENSE,
    }


def claims(document: Row) -> Iterator[Row]:
    """What sources say differently, value by value, with where each is said."""
    sources = {row["key"]: row for row in document["sources"]}
    for row in document["differences"]:
        for value in row["values"]:
            says = value["says"] if isinstance(value["says"], str) else plain(value["says"])
            yield told(
                {
                    "@type": "Claim",
                    "name": plain(row["question"]),
                    "text": says,
                    "appearance": [
                        told(
                            {
                                "@type": "CreativeWork",
                                "name": source["title"] or plain(source["gloss"]),
                                "url": source["url"],
                            }
                        )
                        for source in cited(value, sources)
                    ],
                }
            )


def cited(value: Row, sources: dict[str, Row]) -> Iterable[Row]:
    return [sources[key] for key in dict.fromkeys(cited_by(value)) if key in sources]


def commitment(found: Published, number: int) -> Row:
    document, names = found.document, found.names
    [row] = [row for row in document["commitments"] if row["number"] == number]
    status = ACTION_STATUSES.get(derived.status(row))  # type: ignore[call-overload]  # "" is none
    return {
        "@type": "PlanAction",
        "@id": at(f"commitments/{derived.commitment_id(document, row)}"),
        "name": plain(row["title"]),
        "description": plain(row["gist"]),
        "agent": [country(slug, names) for slug in row["parties"]],
        "actionStatus": f"{SCHEMA}{status}ActionStatus" if status else "",
        "startTime": day(document["starts"]),
        "object": [
            {"@type": "Thing", "name": plain(names.name("topic", slug))} for slug in row["topics"]
        ],
    }


def participant(found: Person) -> Row:
    name = plain(found.row["name"])
    latest = found.meetings[0]["office"] if found.meetings else {}
    others = [*found.row["name"].values(), *found.row["also"]]
    wikidata = found.row["wikidata"]
    return {
        "@type": kind_of(found.row),
        "@id": at(f"participants/{found.row['slug']}"),
        "name": name,
        "alternateName": [other for other in dict.fromkeys(others) if other != name],
        "jobTitle": plain(latest) if kind_of(found.row) == "Person" else "",
        "sameAs": f"https://www.wikidata.org/entity/{wikidata}" if wikidata else "",
    }


SUBJECTS = {
    "party": "Country",
    "relation": "Thing",
    "topic": "DefinedTerm",
    "series": "EventSeries",
}


def subject(found: Subject, place: str) -> Row:
    """A party, relation, topic or series: its names."""
    row, name = found.row, plain(found.row["name"])
    others = [*row["name"].values(), *row.get("short_name", {}).values(), *row.get("also", [])]
    sort = SUBJECTS[found.kind]
    return {
        "@type": "Organization" if found.kind == "party" and row["kind"] != "state" else sort,
        "@id": at(place),
        "name": name,
        "alternateName": [other for other in dict.fromkeys(others) if other and other != name],
        "description": plain(row.get("description", {})),
    }


# lists --------------------------------------------------------------------------------------------


def page(kind: str, name: str, place: str, about: str = "") -> Row:
    """A page of words or about a record, `about` being the record's address without language."""
    return {
        "@type": kind,
        "@id": at(place),
        "name": name,
        "inLanguage": lang(),
        "license": LICENSE,
        "isPartOf": {"@type": "WebSite", "@id": at("")},
        "about": {"@id": at(about)} if about else {},
    }


def dataset(name: str, description: str, place: str, downloads: Iterable[Row]) -> Row:
    """A list with the files it is to be had as: rows of `{href, type}`."""
    return {
        "@type": "Dataset",
        "@id": at(place),
        "name": name,
        "description": description,
        "license": LICENSE,
        "isAccessibleForFree": True,
        "inLanguage": [code for code in LANGUAGES if code in OWN_NAMES],
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": row["type"],
                "contentUrl": f"{settings.SITE_URL}{row['href']}",
            }
            for row in downloads
        ],
    }
