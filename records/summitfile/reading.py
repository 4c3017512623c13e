"""A summit file's text -> its document and vocabulary, and every fault with its line and column."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from records import dates
from records.document import schema, validate
from records.document.checks import context_for, problems, vocabulary_problems
from records.document.problems import ERROR, PUBLISH, Place, Problem, said, shortened
from records.document.schema import SUMMIT, VOCABULARY, Shape, shape_of

from .strict import Plain, Position, plain

Vocabulary = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class FileError:
    """One fault of a file, as an editor's tools know to jump to it."""

    name: str
    line: int
    column: int
    path: str
    message: str

    def __str__(self) -> str:
        where = f"{self.name}:{self.line}:{self.column}: "
        return where + (f"{self.path}: " if self.path else "") + self.message


@dataclass
class File:
    """What a summit file holds; `document` is None in a vocabulary file.

    `errors` refuse it; `hindrances` keep the summit from being published, `warnings` are worth a
    look. With errors, `document` holds what is right.
    """

    name: str
    document: dict[str, Any] | None = None
    vocabulary: Vocabulary = field(default_factory=dict)
    errors: list[FileError] = field(default_factory=list)
    hindrances: list[FileError] = field(default_factory=list)
    warnings: list[FileError] = field(default_factory=list)
    plain: Plain = field(default_factory=Plain, repr=False)

    @property
    def slug(self) -> str:
        return str((self.document or {}).get("slug", ""))

    def line_of(self, path: Iterable[str]) -> FileError:
        """A path of stable names (as `compare` gives it) as a place in the file, without words."""
        place: list[str | int] = []
        value: Any = self.document
        shape: Shape | None = SUMMIT
        for step in path:
            if isinstance(value, list) and shape is not None:
                known = [shape.known_by(item, at) for at, item in enumerate(value)]
                place.append(known.index(step) if step in known else step)
            else:
                place.append(step)
                shape = (shape.child(step) if shape else None) or shape
            value = below(value, place[-1])
        return self.error(Problem(tuple(place), ""))

    def error(self, problem: Problem) -> FileError:
        """A problem of the file's document as an error at the place where it is written."""
        place = self.written(problem.place)
        return self.at(self.plain.position(place, at_key=problem.at_key), place, problem.message)

    def at(self, position: Position, place: Place, message: str) -> FileError:
        return FileError(
            self.name, *position, shortened(said(self.plain.data, place), 200), message
        )

    def written(self, place: Place) -> Place:
        """A place in the document as a place in the file, whose rows may be in another order."""
        if place[:1] == ("vocabulary",):
            held: Any = {"vocabulary": self.vocabulary}
            return written(place, held, self.plain.data, None)
        return written(place, self.document, self.plain.data, SUMMIT)


def read(text: bytes, name: str) -> File:
    """One file by itself; names it refers to may also be in the record."""
    return read_all([(name, text)])[0]


def read_all(texts: Iterable[tuple[str, bytes]]) -> list[File]:
    """Files that belong together: each may use names that another one brings."""
    files = [parsed(text, name) for name, text in texts]
    check_all(files, all_names(files))
    return files


def all_names(files: Iterable[File]) -> Vocabulary:
    """The vocabulary of all files, vocabulary files first; of two equal names the first stays."""
    found: dict[str, dict[str, dict[str, Any]]] = {name: {} for name in VOCABULARY}
    for file in sorted(files, key=lambda file: file.document is not None):
        for name, items in file.vocabulary.items():
            for item in items:
                if "slug" in item:
                    found[name].setdefault(item["slug"], item)
    return {name: list(items.values()) for name, items in found.items() if items}


def check_all(files: Iterable[File], together: Vocabulary) -> None:
    """Look at what needs the record and the other files: names, codes, editions, earlier promises.

    `together` is what `all_names` gives of these files, and perhaps of more.
    """
    files = list(files)
    made_on = {
        f"{file.document.get('code')}-{row.get('number')}": dates.latest(file.document["starts"])
        for file in files
        if file.document and "starts" in file.document
        for row in file.document.get("commitments", [])
    }
    forms = {name: {item["slug"]: item for item in items} for name, items in together.items()}
    first_with: dict[tuple[str, str], str] = {}
    for file in files:
        check(file, together, made_on)
        for name in ("slug", "code") if file.document else ():
            value = (file.document or {}).get(name)
            if value and (earlier := first_with.setdefault((name, value), file.name)) != file.name:
                message = _("%(file)s has the same %(name)s.") % {"file": earlier, "name": name}
                file.errors.append(file.error(Problem((name,), message)))
        for name, items in file.vocabulary.items():
            for index, item in enumerate(items):
                if forms.get(name, {}).get(item.get("slug", ""), item) != item:
                    message = _("“%(slug)s” has another form in an earlier file, which counts.")
                    message %= {"slug": item["slug"]}
                    file.warnings.append(file.error(Problem(("vocabulary", name, index), message)))


def parsed(text: bytes, name: str) -> File:
    """What the file says and whether it has the shape; nothing is asked of the record."""
    found = plain(text)
    file = File(name, plain=found)
    faults = [((0, *fault.position), fault.position, fault) for fault in found.faults]
    structural: list[Problem] = []
    data = found.data
    if found.whole and isinstance(data, dict) and other_format(data):
        structural.append(Problem(("format",), other_format(data)))
    elif found.whole:
        if not isinstance(data, dict) or not is_vocabulary(data):
            file.document, structural = validate.validated(data, from_text=True)
        else:
            structural = validate.vocabulary_file_problems(data)
        if isinstance(data, dict) and "vocabulary" in data:
            file.vocabulary, more = validate.validated_vocabulary(
                data["vocabulary"], from_text=True
            )
            structural += more
    errors = [
        (order, file.at(position, fault.place, fault.message)) for order, position, fault in faults
    ]
    for problem in structural:
        if any(problem.place[: len(place)] == place for place in found.broken):
            continue  # the value could not be read; that is said already
        position = found.position(problem.place, at_key=problem.at_key)
        # A citation is often wrong because its source is: the source's own fault goes first.
        order = (int("cites" in problem.place), *position)
        errors.append((order, file.at(position, problem.place, problem.message)))
    file.errors = [error for _order, error in sorted(errors, key=lambda pair: pair[0])]
    return file


def is_vocabulary(data: dict[str, Any]) -> bool:
    """A file of names only: `format` and `vocabulary`, and no fact of a summit."""
    known = {fact.name for fact in SUMMIT.facts} | {child.name for child in SUMMIT.children}
    return "vocabulary" in data and not known & set(data)


def other_format(data: dict[str, Any]) -> str:
    """What to say of a file of another format, whose every other fault would be misleading."""
    number = data.get("format", str(schema.FORMAT))
    if not isinstance(number, str) or not number.isascii() or not number.isdigit():
        return ""
    if int(number[:9]) < schema.FORMAT:
        return _(
            "Format %(found)s is older than %(format)s, which this site reads: upgrade the file"
            " first, or dump the summit again from a record that has it."
        ) % {"found": number, "format": schema.FORMAT}
    if int(number[:9]) > schema.FORMAT:
        return _(
            "Format %(found)s is newer than %(format)s, which this site reads: update the site"
            " first."
        ) % {"found": shortened(number), "format": schema.FORMAT}
    return ""


def check(file: File, together: Vocabulary, made_on: dict[str, date | None]) -> None:
    """What is wrong between the facts, and with the record; it comes after the rest."""
    if not file.plain.whole:
        return
    found = vocabulary_problems(file.vocabulary, together)
    if file.document is not None:
        context = context_for(file.document, together)
        context.made_on.update(made_on)
        found = problems(file.document, context) + found
    lists: dict[str, list[FileError]] = {ERROR: file.errors, PUBLISH: file.hindrances}
    told: dict[str, list[FileError]] = {}
    for problem in found:
        place = self_or_above(file.written(problem.place), file.plain)
        if place and any(
            place[: len(broken)] == broken or broken[: len(place)] == place
            for broken in file.plain.broken
        ):
            continue
        told.setdefault(problem.level, []).append(file.error(problem))
    for level, errors in told.items():
        errors.sort(key=lambda error: (error.line, error.column))
        lists.get(level, file.warnings).extend(errors)


def self_or_above(place: Place, found: Plain) -> Place:
    while place and place not in found.values:
        place = place[:-1]
    return place


def written(place: Place, document: Any, data: Any, shape: Shape | None) -> Place:
    """`place` of a validated document as the place in the data it was read from.

    Validation sorts sets and dated rows and leaves out what is wrong, so rows are found again by
    what they are known by, and entries of plain lists by what they say.
    """
    steps: list[str | int] = []
    listed: Shape | None = None
    for step in place:
        if isinstance(step, str):
            steps.append(step)
            if shape is None:  # inside the vocabulary section
                listed = shape_of(VOCABULARY[step]) if step in VOCABULARY else None
            else:
                listed = shape.child(step)
            document, data = below(document, step), below(data, step)
            continue
        if isinstance(data, dict) and "all" in data:  # a map of citations that holds for the row
            steps.append("all")
            data = data["all"]
        item = below(document, step)
        index = index_in(data, item, step, listed)
        steps.append(index)
        document, data = item, below(data, index)
        shape = listed or shape
    return tuple(steps)


def below(value: Any, step: str | int) -> Any:
    try:
        return value[step]
    except (KeyError, IndexError, TypeError):
        return None


def index_in(data: Any, item: Any, index: int, shape: Shape | None) -> int:
    if not isinstance(data, list):
        return index
    if isinstance(item, str):
        return data.index(item) if item in data else index
    if shape is not None and shape.key is not None and isinstance(item, dict):
        name = shape.known_by(item, index)
        for place, candidate in enumerate(data):
            if isinstance(candidate, dict) and shape.known_by(candidate, place) == name:
                return place
    return index
