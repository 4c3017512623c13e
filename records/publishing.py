"""The one write path: load a document into the rows, publish it as an edition, withdraw it.

The admin, the commands and the loader all go through here, so that none can skip the checks, the
history or the index.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import transaction
from django.utils import timezone

from records import audit, index, waiting
from records.choices import EditionKind
from records.document import compare, schema
from records.document.canonical import canonical, digest
from records.document.checks import context_for, hindrances, problems, vocabulary_problems
from records.document.formats import opened
from records.document.problems import Problem
from records.document.read import read, summit_of
from records.document.schema import LANGUAGES
from records.document.validate import validated
from records.document.write import VocabularyReport, write, write_vocabulary
from records.models import Edition, Reference, Summit

Document = dict[str, Any]
Vocabulary = dict[str, list[dict[str, Any]]]


class Refused(Exception):
    """Broken rules hinder it; `problems` says which."""

    def __init__(self, found: list[Problem]):
        super().__init__("; ".join(problem.message for problem in found))
        self.problems = found


class Unpublished(Exception):
    """The working copy holds changes no edition has; `changes` names them."""

    def __init__(self, changes: list[compare.Change]):
        super().__init__("; ".join(map(str, changes)))
        self.changes = changes


class Conflicted(Exception):
    """A merge met changes against each other; `conflicts` names them."""

    def __init__(self, conflicts: list[compare.Conflict]):
        super().__init__("; ".join(map(str, conflicts)))
        self.conflicts = conflicts


@dataclass
class State:
    """Where a summit stands: the public edition, the working copy, and what lies between them."""

    summit: Summit
    edition: Edition | None  # the newest, also a withdrawal

    @cached_property
    def document(self) -> Document:
        return read(self.summit)

    @cached_property
    def published(self) -> Document | None:
        """The newest edition's document in today's format."""
        return opened(self.edition.content) if self.edition else None

    @property
    def is_public(self) -> bool:
        return self.edition is not None and self.edition.kind != EditionKind.WITHDRAWAL

    @cached_property
    def is_changed(self) -> bool:
        """Whether the working copy says anything otherwise than the newest edition; the order of
        facts, which an upgrade may leave different, is nothing said."""
        return self.document != (self.published or {})

    @cached_property
    def changes(self) -> list[compare.Change]:
        """What the working copy says otherwise than the newest edition; all of it in a draft."""
        return compare.differences(self.published or {}, self.document)

    @cached_property
    def problems(self) -> list[Problem]:
        """Every fault of the working copy: of its facts, and between them."""
        _clean, faults = validated({"format": schema.FORMAT, **self.document})
        return faults + problems(self.document, context_for(self.document))


def state(summit: Summit) -> State:
    return State(summit, summit.editions.order_by("-number").first())


@dataclass
class Loaded:
    """What loading did: the summit, its changes, names of the vocabulary, what to look at."""

    summit: Summit
    changes: list[compare.Change]
    vocabulary: VocabularyReport
    problems: list[Problem]


def load_vocabulary(
    vocabulary: Vocabulary, *, update: bool = False, by: str = ""
) -> VocabularyReport:
    """Add (with `update`: also change) names of the vocabulary; raises Refused."""
    if found := vocabulary_problems(vocabulary):
        raise Refused(found)
    with transaction.atomic():
        index.hold()
        report = write_vocabulary(vocabulary, update=update)
        # A new relation is of parties that readers may know already; other new names are not.
        relations = [name for name in report.added if name[0] == "relation"]
        vocabulary_saved([*report.updated, *relations])
        waiting.names_saved(report.added)
        if report.added or report.updated:
            added, updated = len(report.added), len(report.updated)
            kept = audit.fields(".".join(name) for name in [*report.added, *report.updated])
            audit.note("names loaded", by=by, kept=kept, added=added, updated=updated)
    return report


def load(
    document: Document,
    vocabulary: Vocabulary | None = None,
    *,
    mode: str = "",
    update_vocabulary: bool = False,
    by: str = "",
) -> Loaded:
    """Make the working copy say what `document` says, all or nothing.

    Over unpublished changes it raises Unpublished, unless `mode` is "replace" (the document wins)
    or "merge" (three ways, base the newest edition; raises Conflicted). Broken rules raise Refused.
    """
    with transaction.atomic():
        report = load_vocabulary(vocabulary or {}, update=update_vocabulary, by=by)
        summit = summit_of(document, Summit.objects.select_for_update())
        before = read(summit) if summit else {}
        if summit is not None and before != document and mode != "replace":
            document = over(state(summit), document, merge=mode == "merge")
        found = problems(document, context_for(document))
        if errors := [problem for problem in found if problem.level == "error"]:
            raise Refused(errors)
        changes = compare.differences(before, document)
        if summit is None or before != document:
            summit = write(document)
            waiting.keep(summit, document)
            kept = audit.fields(".".join(change.path) for change in changes)
            audit.note("loaded", by=by, summit=summit.slug, kept=kept, changes=len(changes))
        return Loaded(summit, changes, report, found)


def over(now: State, document: Document, *, merge: bool) -> Document:
    """The document to write where the record already has a working copy."""
    if not now.is_changed:
        return document
    if now.published is None:
        # A draft and a file have no base in common: what the file says otherwise would be lost.
        raise Unpublished(compare.differences(now.document, document))
    if not merge:
        raise Unpublished(now.changes)
    merged, conflicts = compare.merged(now.published, now.document, document)
    if conflicts:
        raise Conflicted(conflicts)
    return merged


def publish(
    summit: Summit, *, note: dict[str, str], by: str = "", kind: str = ""
) -> Edition | None:
    """Freeze the working copy as the next edition and index it; None if nothing changed since.

    `note` says in `{language: text}` what changed, for readers; `kind` is a correction or an
    addition (the default), the first edition is always `opened`. Raises Refused.
    """
    with transaction.atomic():
        index.hold()
        summit = Summit.objects.select_for_update().get(pk=summit.pk)
        now = state(summit)
        if found := hindrances(now.problems):
            raise Refused(found)
        if now.is_public and not now.is_changed:
            return None
        kind = EditionKind.OPENED if now.edition is None else kind or EditionKind.ADDITION
        edition = add_edition(summit, now, now.document, kind=kind, note=note, by=by)
        index.index(summit, now.document, edition.number)
        if now.edition is None or now.is_public:
            index.note_edition(summit, edition, now.published)
        else:
            index.note_all(summit)
        index.raise_version()
        return edition


def withdraw(summit: Summit, *, note: dict[str, str], by: str = "") -> Edition:
    """Take a public summit back: a last edition says when and why, its addresses answer “gone”."""
    with transaction.atomic():
        index.hold()
        summit = Summit.objects.select_for_update().get(pk=summit.pk)
        now = state(summit)
        if not now.is_public or now.published is None:
            raise Refused([Problem((), "The summit is not public; there is nothing to withdraw.")])
        edition = add_edition(
            summit, now, now.published, kind=EditionKind.WITHDRAWAL, note=note, by=by
        )
        index.index(summit, None, withdrawn=index.tombstone(edition))
        index.note_all(summit)
        index.raise_version()
        return edition


def add_edition(
    summit: Summit, now: State, document: Document, *, kind: str, note: dict[str, str], by: str
) -> Edition:
    edition = Edition.objects.create(
        summit=summit,
        number=(now.edition.number if now.edition else 0) + 1,
        at=timezone.now().replace(microsecond=0),  # `dumpdata` keeps no more than milliseconds
        by=by,
        kind=kind,
        content=canonical(document),
        names=json.dumps(index.names_as_they_stand(document), ensure_ascii=False),
        sha256=digest(document),
        previous_sha256=now.edition.sha256 if now.edition else "",
        **{f"note_{code}": note.get(code, "") for code in LANGUAGES},
    )
    is_withdrawal = kind == EditionKind.WITHDRAWAL
    changed = [] if is_withdrawal else [".".join(change.path) for change in now.changes]
    done = "withdrawn" if is_withdrawal else "published"
    audit.note(
        done,
        by=by,
        summit=summit.slug,
        kept=audit.fields(changed),
        edition=edition.number,
        sha256=edition.sha256,
    )
    return edition


def vocabulary_saved(names: Iterable[tuple[str, str]]) -> None:
    """Let readers see changed names `(kind, slug)`: re-index what refers to them.

    Call it inside the transaction that changed them.
    """
    wanted: dict[str, set[str]] = {}
    for kind, slug in names:
        wanted.setdefault(kind, set()).add(slug)
    if not wanted:
        return
    waiting.names_saved((kind, slug) for kind, slugs in wanted.items() for slug in slugs)
    index.raise_version()
    index.note_names(wanted, timezone.now().replace(microsecond=0))
    touched: set[int] = set()
    for kind, slugs in wanted.items():
        touched |= set(
            Reference.objects.filter(kind=kind, slug__in=slugs).values_list("summit_id", flat=True)
        )
    for summit in Summit.objects.filter(pk__in=touched).order_by("pk"):
        edition = summit.editions.order_by("-number").first()
        if edition is not None:
            index.index_edition(summit, edition)


def citing(kind: str, slug: str) -> list[str]:
    """Slugs of the summits whose current edition refers to a name of the vocabulary."""
    found = Reference.objects.filter(kind=kind, slug=slug).order_by("summit__slug")
    return list(found.values_list("summit__slug", flat=True))
