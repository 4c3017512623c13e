"""Editions of public summits, ready to be drawn."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from records.choices import EditionKind
from records.document.canonical import references
from records.document.formats import opened
from records.document.schema import LANGUAGES, complete, shape_of
from records.models import Edition, Entry

from .entries import entries_of_kinds
from .names import MODELS, Names, people, shared

Row = dict[str, Any]


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

    @property
    def row(self) -> Row:
        """This edition as `editions` gives it."""
        names = ("number", "at", "by", "kind", "note", "sha256")
        return {name: getattr(self, name) for name in names}

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
    if number is None or number == newest.number:
        return published(slug, newest, newest.number, at)
    found = editions.filter(number=number).exclude(kind=EditionKind.WITHDRAWAL).first()
    return published(slug, found, newest.number, at) if found else None


def edition_of_commitment(identifier: str, at: int) -> tuple[Published | None, int]:
    """The current edition that holds a public commitment, and its number there; else None and 0:
    one query."""
    public = {"summit__entries__kind": "commitment", "summit__entries__slug": identifier}
    entry = F("summit__entries__data")
    newest = Edition.objects.filter(**public).annotate(entry=entry).order_by("-number").first()
    if newest is None:
        return None, 0
    return published(newest.entry["summit"], newest, newest.number, at), newest.entry["number"]


def published(slug: str, wanted: Edition, latest: int, at: int) -> Published:
    record = opened(wanted.content)
    return Published(
        slug=slug,
        number=wanted.number,
        latest=latest,
        at=wanted.at,
        by=wanted.by,
        kind=wanted.kind,
        note=note_of(wanted),
        sha256=wanted.sha256,
        record=record,
        names=names_for(wanted, record, at if wanted.number == latest else None),
    )


def current_documents(slugs: Iterable[str]) -> dict[str, Row]:
    """The complete documents of the current editions of several public summits, by slug: one
    query."""
    public = Entry.objects.filter(kind="summit", slug__in=list(slugs))
    newer = Edition.objects.filter(summit=OuterRef("summit"), number__gt=OuterRef("number"))
    rows = Edition.objects.filter(~Exists(newer), summit__in=public.values("summit"))
    found = [complete(opened(row)) for row in rows.values_list("content", flat=True)]
    return {document["slug"]: document for document in found}


def editions_of(slug: str) -> QuerySet[Edition]:
    """The editions of a public summit, newest first.

    The index knows by which slug it is public; that of the working copy may be a newer one.
    """
    public = Entry.objects.filter(kind="summit", slug=slug).values("summit")
    return Edition.objects.filter(summit__in=public).order_by("-number")


def names_for(wanted: Edition, record: Row, at: int | None) -> Names:
    """The names an edition was published with; with `at` today's in their place."""
    rows: dict[str, dict[str, Row]] = {}
    if at is not None:
        persons = [slug for kind, slug in references(record) if kind == "participant"]
        rows = {**shared(at), "participant": people(persons, at)}
    for kind, found in json.loads(wanted.names).items():
        if kind in MODELS:
            today, shape = rows.get(kind, {}), shape_of(MODELS[kind])
            gone = {slug: row for slug, row in found.items() if slug not in today}
            if gone:
                rows[kind] = {**{slug: complete(row, shape) for slug, row in gone.items()}, **today}
    return Names({**rows, **elsewhere(record)})


def elsewhere(record: Row) -> dict[str, dict[str, Row]]:
    """`{summit: {slug: entry}, commitment: {id: entry}}`: the public records of other summits that
    a document leads to."""
    wanted: set[tuple[str, str]] = set()
    for commitment in record.get("commitments", []):
        wanted |= {("commitment", identifier) for identifier in commitment.get("continues", [])}
        steps = [entry["summit"] for entry in commitment.get("progress", []) if "summit" in entry]
        wanted |= {("summit", slug) for slug in steps}
    return entries_of_kinds(wanted)


def note_of(edition: Edition) -> dict[str, str]:
    texts = {code: getattr(edition, f"note_{code}") for code in LANGUAGES}
    return {code: text for code, text in texts.items() if text}


def editions(slug: str) -> list[Row]:
    """All editions of a summit, newest first: `{number, at, by, kind, note, sha256}`."""
    return [edition_row(row) for row in editions_of(slug).defer("content", "names")]


def edition_row(row: Edition) -> Row:
    return {
        "number": row.number,
        "at": row.at,
        "by": row.by,
        "kind": row.kind,
        "note": note_of(row),
        "sha256": row.sha256,
    }
