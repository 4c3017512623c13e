"""An old edition as the working copy again: to be looked at, and published with a note."""

from __future__ import annotations

import copy
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from records import audit, publishing
from records.choices import EditionKind
from records.document.canonical import walk
from records.document.checks.context import former_names_of
from records.document.citations import cited_by
from records.document.formats import opened
from records.document.schema import SUMMIT, VOCABULARY, vocabulary_name
from records.models import Edition

from .standing import NotAllowed, Person, desk_of
from .steps import changed_meanwhile, contributed, locked

Document = dict[str, Any]
BY_NAME = {"delegations": "party", "attendances": "participant"}


def restored(edition: Edition, now: publishing.State) -> Document:
    """What the working copy will say: what the edition said, under today's names.

    The summit keeps its addresses; names of the vocabulary that were renamed since are today's.
    Commitments and progress that were published since stay: the record lets none vanish.
    """
    document = copy.deepcopy(opened(edition.content))
    for name in ("slug", "code", "formerly"):
        document.pop(name, None)
        if name in now.document:
            document[name] = now.document[name]
    document = {fact: document[fact] for fact in in_order(document)}
    with_todays_names(document)
    if now.published:
        keep_promises(document, now.published, now.document)
    return document


def in_order(document: Document) -> list[str]:
    known = [fact.name for fact in SUMMIT.facts] + [child.name for child in SUMMIT.children]
    return [name for name in known if name in document]


def with_todays_names(document: Document) -> None:
    today = {
        vocabulary_name(model): former_names_of(model)
        for model in VOCABULARY.values()
        if any(field.name == "formerly" for field in model._meta.fields)
    }
    for shape, row, _place in walk(document):
        for fact in shape.facts:
            names = today.get(fact.target, {})
            if fact.kind == "one" and row.get(fact.name) in names:
                row[fact.name] = names[row[fact.name]]
            elif fact.kind == "many" and fact.name in row:
                row[fact.name] = [names.get(slug, slug) for slug in row[fact.name]]
    for row in document.get("differences", []):
        for step, about in enumerate(row.get("about", [])):
            list_, _dot, rest = about.partition(".")
            name, dot, fact_name = rest.partition(".")
            names = today.get(BY_NAME.get(list_, ""), {})
            if name in names:
                row["about"][step] = f"{list_}.{names[name]}{dot}{fact_name}"


def keep_promises(document: Document, published: Document, working: Document) -> None:
    """Add the commitments and progress entries that are published and that `document` lacks, as
    the working copy has them, with the sources they cite."""
    stand = {row["number"]: row for row in document.get("commitments", [])}
    today = {row["number"]: row for row in working.get("commitments", [])}
    added: list[Document] = []
    for row in published.get("commitments", []):
        number = row["number"]
        latest = today.get(number, row)
        if number not in stand:
            added.append(latest)
            document.setdefault("commitments", []).append(copy.deepcopy(latest))
            continue
        has = {entry["key"] for entry in stand[number].get("progress", [])}
        later = {entry["key"]: entry for entry in latest.get("progress", [])}
        for entry in row.get("progress", []):
            if entry["key"] not in has:
                added.append(later.get(entry["key"], entry))
                entries = stand[number].setdefault("progress", [])
                entries.append(copy.deepcopy(added[-1]))
                entries.sort(key=lambda entry: entry["date"])
    has = {row["key"] for row in document.get("sources", [])}
    wanted = {key for row in added for key in cited_by(row)} - has
    for row in [*working.get("sources", []), *published.get("sources", [])]:
        if row["key"] in wanted:
            wanted.discard(row["key"])
            document.setdefault("sources", []).append(copy.deepcopy(row))


def restore(edition: Edition, person: Person, *, seen: str) -> publishing.Loaded:
    """Make the working copy say what an edition said. `seen` is the digest of the working copy
    that `person` looked at. Raises NotAllowed and publishing.Refused."""
    if not person.may("change"):
        raise NotAllowed(_("You may not do this."))
    if edition.kind == EditionKind.WITHDRAWAL:
        raise NotAllowed(_("This edition says that the summit was withdrawn; restore another."))
    with transaction.atomic():
        desk = desk_of(locked(edition.summit_id))
        if seen != desk.sha256:
            raise NotAllowed(changed_meanwhile())
        loaded = publishing.load(restored(edition, desk.now), mode="replace", by=person.name)
        contributed(loaded.summit, person)
        slug, number = loaded.summit.slug, edition.number
        audit.note("restored", by=person.name, summit=slug, edition=number)
        return loaded
