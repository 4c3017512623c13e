"""Files brought to the record: what loading them would change, and the loading itself.

Both are the same attempt by the one write path; one that is only looked at is taken back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from records import dates, index, publishing, review
from records.document.canonical import digest
from records.document.compare import differences
from records.document.read import read, summit_of
from records.document.schema import SUMMIT, VOCABULARY, shape_of, vocabulary_name
from records.models import Summit
from records.roles import permission
from records.summitfile import File, FileError, all_names, check_all

from .comparison import Comparison, many
from .working import names_of

MERGE, REPLACE, NEW = "merge", "replace", "new"
SHAPES = {vocabulary_name(model): shape_of(model) for model in VOCABULARY.values()}


@dataclass
class Line:
    """What one summit file does to the record."""

    file: File
    summit: Summit | None = None
    title: str = ""
    kind: str = "changed"  # new, changed, same, skipped
    counts: list[tuple[str, int]] = field(default_factory=list)  # of a new summit's lists
    comparison: Comparison | None = None


@dataclass
class Attempt:
    """What loading did or would do; with `faults` it does nothing."""

    faults: list[FileError] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    added: list[tuple[str, str]] = field(default_factory=list)  # names, by kind in words
    updated: list[tuple[str, str]] = field(default_factory=list)
    different: list[tuple[str, str, list[str]]] = field(default_factory=list)
    seen: str = ""  # a digest of all it was compared with
    is_loaded: bool = False

    @property
    def does_something(self) -> bool:
        return bool(self.added or self.updated) or any(
            line.kind in ("new", "changed") for line in self.lines
        )


def attempt(
    files: list[File],
    person: review.Person,
    *,
    mode: str = MERGE,
    update: bool = False,
    seen: str = "",
) -> Attempt:
    """Load parsed files, all or nothing; kept only if they were `seen` against this very record.

    `mode` says what becomes of unpublished changes, or that only new summits are loaded; with
    `update` the files' form of known names is taken.
    """
    found = Attempt()
    together = all_names(files)
    known = {file.name: summit_of(file.document) for file in files if file.document}
    wanted = [file for file in files if not (mode == NEW and known.get(file.name))]
    check_all(wanted, together)
    found.faults = [error for file in files for error in file.errors]
    if found.faults:
        return found
    wanted.sort(key=lambda file: (first_day(file), file.name))
    with transaction.atomic():
        index.hold()
        digests = [mode, str(update)]
        if len(wanted) == len(files) or any(file.document for file in wanted):
            digests += load_names(found, files, together, person, update=update)
        for file in files:
            if file not in wanted:
                summit = known[file.name]
                found.lines.append(Line(file, summit, str(summit), "skipped"))
        for file in wanted if not found.faults else ():
            if file.document is not None:
                digests.append(load_summit(found, file, person, mode))
        found.seen = digest({"seen": digests})
        found.is_loaded = bool(seen) and seen == found.seen and not found.faults
        if found.is_loaded:
            for line in found.lines:
                if line.summit and line.kind in ("new", "changed"):
                    review.contributed(line.summit, person)
        else:
            transaction.set_rollback(True)
    return found


def load_names(
    found: Attempt,
    files: list[File],
    together: dict[str, list[dict[str, Any]]],
    person: review.Person,
    *,
    update: bool,
) -> list[str]:
    """Load the files' names; what they were compared with, as texts."""
    try:
        report = publishing.load_vocabulary(together, update=update, by=person.name)
    except publishing.Refused as refusal:
        found.faults += [
            FileError(files[0].name, 1, 1, "", problem.message) for problem in refusal.problems
        ]
        return []
    for kind, slug in [*report.added, *report.updated]:
        if reason := not_allowed(person, kind, slug, is_new=(kind, slug) in report.added):
            found.faults.append(where_named(files, kind, slug, reason))
    found.added = [(called(kind), slug) for kind, slug in report.added]
    found.updated = [(called(kind), slug) for kind, slug in report.updated]
    for (kind, slug), forms in report.different.items():
        changes = differences(forms["record"], forms["file"], SHAPES[kind])
        found.different.append((called(kind), slug, [str(change) for change in changes]))
    return [
        *(f"+{kind}.{slug}" for kind, slug in report.added),
        *(f"*{kind}.{slug}" for kind, slug in report.updated),
        *(digest(forms["record"]) for forms in report.different.values()),
    ]


def not_allowed(person: review.Person, kind: str, slug: str, *, is_new: bool) -> str:
    """Why somebody may not load a name that is new or has another form; empty if they may."""
    may = person.rights.has_perm
    if is_new:
        return "" if may(permission("add", kind)) else _("You may not add names of this kind.")
    if not may(permission("change", kind)):
        return _("You may not change names of this kind.")
    if publishing.citing(kind, slug) and not may(permission("correct", kind)):
        return _("Readers see this name: a publisher corrects it.")
    return ""


def where_named(files: list[File], kind: str, slug: str, reason: str) -> FileError:
    """A name of the vocabulary as an error at its line, in the first file that brings it."""
    lists = {vocabulary_name(model): name for name, model in VOCABULARY.items()}
    for file in files:
        rows = file.plain.data.get("vocabulary") if isinstance(file.plain.data, dict) else None
        for place, row in enumerate((rows or {}).get(lists[kind]) or []):
            if isinstance(row, dict) and row.get("slug") == slug:
                at = ("vocabulary", lists[kind], place, "slug")
                return file.at(file.plain.position(at), at, reason)
    return FileError(files[0].name, 1, 1, f"{kind} {slug}", reason)


def load_summit(found: Attempt, file: File, person: review.Person, mode: str) -> str:
    """Load one summit file; a digest of the working copy it met."""
    document = file.document or {}
    there = summit_of(document)
    before = read(there) if there else {}
    try:
        loaded = publishing.load(document, mode="" if mode == NEW else mode, by=person.name)
    except publishing.Refused as refusal:
        found.faults += [file.error(problem) for problem in refusal.problems]
    except publishing.Unpublished:
        found.faults.append(
            FileError(
                file.name,
                1,
                1,
                "",
                _(
                    "This summit was never published: its draft and the file have no edition in"
                    " common that tells what is newer. Choose “Take the file”, or only new ones."
                ),
            )
        )
    except publishing.Conflicted as refusal:
        for conflict in refusal.conflicts:
            at = file.line_of(conflict.path)
            reason = _(
                "The working copy and the file both changed this since the newest edition:"
                " %(conflict)s."
            ) % {"conflict": conflict}
            found.faults.append(FileError(at.name, at.line, at.column, at.path, reason))
    else:
        after = read(loaded.summit)
        line = Line(file, loaded.summit, str(loaded.summit))
        if there is None:
            line.kind = "new"
            counted = [(many(shape), len(after.get(shape.name, []))) for shape in SUMMIT.children]
            line.counts = [(name, count) for name, count in counted if count]
        elif before == after:
            line.kind = "same"
        else:
            line.comparison = Comparison(before, after, names_of(before, after))
        found.lines.append(line)
    return digest(before)


def called(kind: str) -> str:
    return str(SHAPES[kind].model._meta.verbose_name)


def first_day(file: File) -> date:
    starts = (file.document or {}).get("starts")
    return (dates.bounds(starts)[0] if starts else None) or date.min
