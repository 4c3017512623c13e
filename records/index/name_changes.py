"""Corrected names of the vocabulary as changes; no edition holds them, so `reindex` keeps them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from records import facets
from records.choices import ChangeKind
from records.document import compare
from records.document.read import vocabulary_of
from records.document.schema import VOCABULARY, shape_of, vocabulary_name
from records.models import Edition, Entry, Reference
from records.public.changes import seconds

from .between import part
from .row import Row
from .store import note_moves, put

Name = dict[str, Any]
LISTS = {vocabulary_name(model): name for name, model in VOCABULARY.items()}


def note_names(wanted: Mapping[str, Iterable[str]], at: datetime) -> None:
    """Add what changed in these names since readers last saw them; only public ones."""
    rows = []
    for kind, slugs in wanted.items():
        public = Reference.objects.filter(kind=kind, slug__in=slugs).values_list("slug", flat=True)
        for slug in sorted(set(public)):
            before, after = last_seen(kind, slug), as_it_stands(kind, slug)
            if before and after and before != after:
                rows.append(row_of(kind, before, after, at))
    stored = {
        (entry.kind, entry.slug): entry
        for entry in Entry.objects.filter(kind="change", slug__in=[row.slug for row in rows])
    }
    put(rows, stored, None)


def as_it_stands(kind: str, slug: str) -> Name | None:
    found = vocabulary_of([(kind, slug)]).get(LISTS[kind], [])
    return next((row for row in found if row["slug"] == slug), None)


def changes_of_name(kind: str, slug: str) -> QuerySet[Entry]:
    return Entry.objects.filter(
        kind="change", summit=None, slug__startswith=f"names/{kind}/{slug}/"
    )


def last_seen(kind: str, slug: str) -> Name | None:
    """The name as its last change left it, or as the newest edition that refers to it has it."""
    told = changes_of_name(kind, slug).order_by("-weight").first()
    citing = Reference.objects.filter(kind=kind, slug=slug).values("summit")
    edition = Edition.objects.filter(summit__in=citing).defer("content").order_by("-at").first()
    if told and (edition is None or told.weight >= seconds(edition.at)):
        return told.data["after"]
    found = json.loads(edition.names) if edition else {}
    return found.get(kind, {}).get(slug)


def row_of(kind: str, before: Name, after: Name, at: datetime) -> Row:
    shape, slug = shape_of(VOCABULARY[LISTS[kind]]), after["slug"]
    data = {
        "at": at.isoformat(),
        "day": timezone.localdate(at).isoformat(),
        "edition": None,
        "edition_kind": "",
        "note": {},
        "summit": "",
        "summit_title": {},
        "commitment": "",
        "what": str(ChangeKind.NAME),
        "kinds": [str(ChangeKind.NAME)],
        "name_kind": kind,
        "name": slug,
        "title": after["name"],
        "before": before,
        "after": after,
        "path": [],
        "whole": "",
        "parts": [part(one, 0) for one in compare.differences(before, after, shape)],
        "sources": [],
    }
    return Row(
        "change",
        f"names/{kind}/{slug}/{seconds(at)}",
        data,
        facets={
            "what": data["kinds"],
            "party": [slug] if kind == "party" else [],
            "topic": [slug] if kind == "topic" else [],
        },
        title=after["name"],
        words=[slug, *before["name"].values(), *after["name"].values()],
        starts=timezone.localdate(at),
        weight=seconds(at),
    )


def forget_names(gone: set[tuple[str, str]]) -> None:
    """Drop the changes of names that no published edition refers to any more."""
    stored = {}
    for kind, slug in gone:
        if not Reference.objects.filter(kind=kind, slug=slug).exists():
            stored |= {(entry.kind, entry.slug): entry for entry in changes_of_name(kind, slug)}
    if stored:
        put([], stored, None)


def put_back_sets() -> None:
    """The facet sets of the changes of names, after all sets were emptied."""
    moves: dict[str, dict[tuple[str, str], tuple[set[int], set[int]]]] = {}
    for entry in Entry.objects.filter(kind="change", summit=None).iterator():
        note_moves(moves, entry, {}, {**entry.facets, "all": ["all"]})
    for kind, moved in moves.items():
        facets.change(kind, moved)
