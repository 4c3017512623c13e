"""What readers may read: editions and entries, nothing else.

Everything that faces the public imports this and never the rows of the working copy: what is not
published is not here, so it cannot leak.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from records import search
from records.choices import EditionKind
from records.document.canonical import references
from records.document.formats import opened
from records.document.read import read_row, rows_of
from records.document.schema import LANGUAGES, complete, shape_of
from records.models import Edition, Entry, Participant, Party, Reference, Series, Topic

Row = dict[str, Any]
MODELS = {"party": Party, "topic": Topic, "series": Series, "participant": Participant}
SHARED = ("party", "topic", "series")  # few enough for a worker to keep


# names --------------------------------------------------------------------------------------------


class Names:
    """Names of the vocabulary by kind and slug; a slug nobody knows any more names itself."""

    def __init__(self, rows: dict[str, dict[str, Row]]):
        self.rows = rows

    def row(self, kind: str, slug: str) -> Row:
        """The complete row: `{slug, name, short_name, also, ...}`, every fact present."""
        found = self.rows.get(kind, {}).get(slug)
        return found or complete({"slug": slug, "name": {}}, shape_of(MODELS[kind]))

    def has(self, kind: str, slug: str) -> bool:
        """Whether readers can be led to it; `kind` may also be `summit` or `commitment`."""
        return slug in self.rows.get(kind, {})

    def title(self, kind: str, slug: str) -> dict[str, str]:
        """The title of another public summit or commitment; empty if it is not in the record."""
        return self.rows.get(kind, {}).get(slug, {}).get("title", {})

    def name(self, kind: str, slug: str) -> dict[str, str]:
        """The full name in its languages: `{en, ko, ja}`, at least one."""
        return self.row(kind, slug)["name"] or {"en": slug}

    def short(self, kind: str, slug: str) -> dict[str, str]:
        """The short name where there is one, language by language, else the full one."""
        row = self.row(kind, slug)
        return {**self.name(kind, slug), **row.get("short_name", {})}


@dataclass
class Shared:
    """Public parties, topics and series, kept by a worker for one version."""

    at: int
    rows: dict[str, dict[str, Row]] = field(default_factory=dict)


_shared = Shared(-1)
_lock = threading.Lock()


def shared(at: int) -> dict[str, dict[str, Row]]:
    """`{party: {slug: row}, topic: ..., series: ...}` of all that published editions refer to, in
    the vocabulary's order: main topics each before its children, all else by slug."""
    global _shared
    held = _shared  # another thread may put its own there meanwhile
    if held.at != at:
        rows = {}
        for kind in SHARED:
            public = Reference.objects.filter(kind=kind).values("slug")
            model, shape = MODELS[kind], shape_of(MODELS[kind])
            wanted = model._default_manager.filter(slug__in=public)
            if kind == "topic":
                wanted = wanted | model._default_manager.filter(children__slug__in=public)
            found = [
                complete(read_row(row, shape), shape) for row in rows_of(wanted.distinct(), shape)
            ]
            if kind == "topic":
                found.sort(
                    key=lambda row: (row["parent"] or row["slug"], row["parent"], row["slug"])
                )
            else:
                found.sort(key=lambda row: row["slug"])
            rows[kind] = {row["slug"]: row for row in found}
        held = Shared(at, rows)
        with _lock:
            _shared = held
    return held.rows


def people(slugs: Iterable[str]) -> dict[str, Row]:
    """Rows of participants by slug: one query; only of those a published edition refers to."""
    wanted = set(slugs) - {""}
    if not wanted:
        return {}
    shape = shape_of(Participant)
    public = Reference.objects.filter(kind="participant", slug__in=wanted).values("slug")
    rows = rows_of(Participant.objects.filter(slug__in=public), shape)
    return {row.slug: complete(read_row(row, shape), shape) for row in rows}


def names(at: int, person_slugs: Iterable[str] = ()) -> Names:
    """Today's names of parties, topics and series, and of these people."""
    return Names({**shared(at), "participant": people(person_slugs)})


def resolve_person(slug: str) -> str:
    """The slug somebody has today who had `slug` before; empty if nobody had."""
    return signpost(f"participants/{slug}").get("to", "").rpartition("/")[2]


# editions -----------------------------------------------------------------------------------------


@dataclass
class Published:
    """One edition of a summit, ready to be drawn: its document with every fact present."""

    slug: str
    number: int
    latest: int
    at: datetime
    by: str
    kind: str
    note: dict[str, str]
    sha256: str
    record: Row  # the document as published, in today's format, sparse
    names: Names

    @property
    def is_latest(self) -> bool:
        return self.number == self.latest

    @cached_property
    def document(self) -> Row:
        """The document with every fact and list present, citations as maps."""
        return complete(self.record)

    def named(self) -> dict[str, dict[str, dict[str, str]]]:
        """`{kind: {slug: {en, ko, ja}}}` of all that the document refers to."""
        found: dict[str, dict[str, dict[str, str]]] = {}
        for kind, slug in sorted(references(self.record)):
            found.setdefault(kind, {})[slug] = self.names.name(kind, slug)
        return found


def edition(slug: str, number: int | None = None, *, at: int) -> Published | None:
    """The current edition of a public summit, or edition `number` of it; None if there is none.
    `at` is the version readers see.

    The current one is drawn with today's names and falls back on its own, a past one with its own.
    A withdrawn summit has none, past ones included.
    """
    editions = editions_of(slug)
    newest = editions.first()
    if newest is None:
        return None
    wanted = newest
    if number is not None and number != newest.number:
        found = editions.filter(number=number).exclude(kind=EditionKind.WITHDRAWAL).first()
        if found is None:
            return None
        wanted = found
    record = opened(wanted.content)
    return Published(
        slug=slug,
        number=wanted.number,
        latest=newest.number,
        at=wanted.at,
        by=wanted.by,
        kind=wanted.kind,
        note=note_of(wanted),
        sha256=wanted.sha256,
        record=record,
        names=names_for(wanted, record, at if wanted.pk == newest.pk else None),
    )


def editions_of(slug: str) -> QuerySet[Edition]:
    """The editions of a public summit, newest first.

    The index knows by which slug it is public; that of the working copy may be a newer one.
    """
    public = Entry.objects.filter(kind="summit", slug=slug).values("summit")
    return Edition.objects.filter(summit__in=public).order_by("-number")


def names_for(wanted: Edition, record: Row, at: int | None) -> Names:
    """The names an edition was published with; with `at` today's in their place."""
    rows: dict[str, dict[str, Row]] = {
        kind: {slug: complete(row, shape_of(MODELS[kind])) for slug, row in found.items()}
        for kind, found in json.loads(wanted.names).items()
        if kind in MODELS
    }
    if at is not None:
        today = shared(at)
        persons = [slug for kind, slug in references(record) if kind == "participant"]
        for kind, found in {**today, "participant": people(persons)}.items():
            rows[kind] = {**rows.get(kind, {}), **found}
    return Names({**rows, **elsewhere(record)})


def elsewhere(record: Row) -> dict[str, dict[str, Row]]:
    """`{summit: {slug: entry}, commitment: {id: entry}}`: the public records of other summits that
    a document leads to."""
    wanted: set[tuple[str, str]] = set()
    for commitment in record.get("commitments", []):
        wanted |= {("commitment", identifier) for identifier in commitment.get("continues", [])}
        steps = [entry["summit"] for entry in commitment.get("progress", []) if "summit" in entry]
        wanted |= {("summit", slug) for slug in steps}
    found: dict[str, dict[str, Row]] = {}
    for kind in sorted({kind for kind, _slug in wanted}):
        found[kind] = entries_by_slug(kind, [slug for known, slug in wanted if known == kind])
    return found


def note_of(edition: Edition) -> dict[str, str]:
    texts = {code: getattr(edition, f"note_{code}") for code in LANGUAGES}
    return {code: text for code, text in texts.items() if text}


def editions(slug: str) -> list[Row]:
    """All editions of a summit, newest first: `{number, at, by, kind, note, sha256}`."""
    return [edition_row(row) for row in editions_of(slug).defer("content", "names")]


def latest_editions(count: int) -> list[Row]:
    """The newest editions of all summits, with `slug` and `title` of those that are public."""
    public = Entry.objects.filter(kind="summit").values("summit")
    newest = Edition.objects.filter(summit__in=public).defer("content", "names")
    rows = list(newest.order_by("-at", "-id")[:count])
    entries = Entry.objects.filter(kind="summit", summit__in={row.summit_id for row in rows})
    known = {entry.summit_id: entry for entry in entries.only("summit_id", "slug", "data")}
    return [
        {
            **edition_row(row),
            "slug": known[row.summit_id].slug,
            "title": known[row.summit_id].data["title"],
        }
        for row in rows
    ]


def edition_row(row: Edition) -> Row:
    return {
        "number": row.number,
        "at": row.at,
        "by": row.by,
        "kind": row.kind,
        "note": note_of(row),
        "sha256": row.sha256,
    }


# entries ------------------------------------------------------------------------------------------


def entry(kind: str, slug: str) -> Row | None:
    """One entry as lists show it: its data with `slug`, `kind_of_entry` left to the caller."""
    found = Entry.objects.filter(kind=kind, slug=slug).values("slug", "data").first()
    return {**found["data"], "slug": found["slug"]} if found else None


def entries(kind: str, ids: Iterable[int]) -> list[Row]:
    """Entries by id, in the order given: one query."""
    wanted = list(ids)
    found = {
        pk: {**data, "slug": slug}
        for pk, slug, data in Entry.objects.filter(kind=kind, pk__in=wanted).values_list(
            "pk", "slug", "data"
        )
    }
    return [found[pk] for pk in wanted if pk in found]


def entries_by_slug(kind: str, slugs: Iterable[str]) -> dict[str, Row]:
    rows = Entry.objects.filter(kind=kind, slug__in=list(slugs)).values_list("slug", "data")
    return {slug: {**data, "slug": slug} for slug, data in rows}


@dataclass
class Person:
    """What is public of a participant: the row of the vocabulary, its entry, meetings (newest
    first) with the entries of their summits, statements."""

    row: Row
    entry: Row
    meetings: list[Row]
    statements: list[Row]
    summits: dict[str, Row]


def participant(slug: str) -> Person | None:
    """A participant whom a published edition refers to."""
    listed = entry("participant", slug)
    row = people([slug]).get(slug) if listed else None
    if not listed or not row:
        return None
    meetings = entries_of_person("attendance", slug)
    statements = entries_of_person("statement", slug)
    summits = entries_by_slug("summit", {row["summit"] for row in [*meetings, *statements]})
    return Person(row, listed, meetings, statements, summits)


def slugs_beginning(kind: str, start: str, count: int = 200) -> list[str]:
    """Slugs of public entries that begin so, for what a mistyped address may have meant."""
    found = Entry.objects.filter(kind=kind, slug__startswith=start).order_by("slug")
    return list(found.values_list("slug", flat=True)[:count])


def entries_of_person(kind: str, person: str) -> list[Row]:
    """Somebody's attendances or statements, newest first."""
    rows = Entry.objects.filter(kind=kind, person=person).order_by("-starts", "slug")
    return [{**data, "slug": slug} for slug, data in rows.values_list("slug", "data")]


def ids_matching(kind: str, query: str) -> list[int]:
    """Ids of the entries that hold every word of `query`."""
    return list(
        search.matching(Entry.objects.filter(kind=kind), query).values_list("pk", flat=True)
    )


def ids_between(kind: str, first: Any, last: Any) -> list[int]:
    """Ids of the entries whose day is known to lie in these bounds (each may be None)."""
    found = Entry.objects.filter(kind=kind)
    if first:
        found = found.filter(starts__gte=first)
    if last:
        found = found.filter(starts__lte=last)
    return list(found.exclude(starts=None).values_list("pk", flat=True))


def ids_of_summit(kind: str, slug: str) -> list[int]:
    public = Entry.objects.filter(kind="summit", slug=slug).values("summit")
    return list(Entry.objects.filter(kind=kind, summit__in=public).values_list("pk", flat=True))


def signpost(address: str) -> Row:
    """Where an address that is no longer there leads (`{to}`), or why it is gone (`{title, on,
    reason}`); empty for one that never was. `address` is like `commitments/2026-nara-3`."""
    found = Entry.objects.filter(kind__in=("gone", "moved"), slug=address).values_list(
        "data", flat=True
    )
    return found.first() or {}


# chains -------------------------------------------------------------------------------------------


@dataclass
class Links:
    at: int
    earlier: dict[str, list[str]] = field(default_factory=dict)
    later: dict[str, list[str]] = field(default_factory=dict)


_links = Links(-1)


def links(at: int) -> Links:
    """Which commitment continues which, kept by a worker for one version: one query."""
    global _links
    held = _links
    if held.at != at:
        held = Links(at)
        with_links = Entry.objects.filter(kind="commitment").exclude(facets__continues=None)
        for slug, found in with_links.values_list("slug", "facets"):
            held.earlier[slug] = found["continues"]
            for before in found["continues"]:
                held.later.setdefault(before, []).append(slug)
        with _lock:
            _links = held
    return held


def chain(identifier: str, at: int) -> list[Row]:
    """The whole chain a commitment belongs to, earliest first; those not in the record carry only
    `slug`. Just itself if it continues none and none continues it."""
    held = links(at)
    found: list[str] = []
    waiting = [identifier]
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.append(here)
            waiting += [*held.earlier.get(here, []), *held.later.get(here, [])]
    rows = entries_by_slug("commitment", found)
    members = [rows.get(slug, {"slug": slug}) for slug in found]
    return sorted(members, key=lambda row: (row.get("starts", row["slug"]), row["slug"]))
