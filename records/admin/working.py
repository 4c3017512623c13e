"""A working copy as the edition it would be: what preview draws, and the names it needs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from records.choices import EditionKind
from records.document.canonical import digest
from records.document.schema import complete, shape_of
from records.index.names import names_as_they_stand
from records.models import Edition
from records.public import Names, Published
from records.public.editions import elsewhere
from records.public.names import MODELS

from .record import Record

Row = dict[str, Any]


def to_be(record: Record) -> Published:
    """The next edition as readers would get it; who publishes it, and with which note, is open."""
    edition = record.state.edition
    number = edition.number + 1 if edition else 1
    return Published(
        slug=record.summit.slug,
        number=number,
        latest=number,
        at=timezone.now(),
        by="",
        kind=EditionKind.ADDITION if edition else EditionKind.OPENED,
        note={},
        sha256=digest(record.document),
        record=record.document,
        names=names_of(record.document),
    )


def names_of(*documents: Row, kept: Iterable[Edition] = ()) -> Names:
    """Today's names of all that some documents refer to, public or not; a name deleted since is
    taken from an edition that kept it."""
    rows: dict[str, dict[str, Row]] = {}
    stored = [json.loads(edition.names) for edition in kept]
    for names in [*stored, *map(names_as_they_stand, documents)]:
        for kind, found in names.items():
            shape = shape_of(MODELS[kind])
            ready = {slug: complete(row, shape) for slug, row in found.items()}
            rows[kind] = {**rows.get(kind, {}), **ready}
    for document in documents:
        for kind, found in elsewhere(document).items():
            rows[kind] = {**rows.get(kind, {}), **found}
    return Names(rows)
