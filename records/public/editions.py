"""Editions of public summits, ready to be drawn."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

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
    rows: dict[str, dict[str, Row]] = {
        kind: {slug: complete(row, shape_of(MODELS[kind])) for slug, row in found.items()}
        for kind, found in json.loads(wanted.names).items()
        if kind in MODELS
    }
    if at is not None:
        today = shared(at)
        persons = [slug for kind, slug in references(record) if kind == "participant"]
        for kind, found in {**today, "participant": people(persons, at)}.items():
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
