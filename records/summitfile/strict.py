"""YAML text -> plain data: maps, lists and strings, each with its line and column.

Stricter than YAML, which reads `NO` as false, keeps the last of two equal keys and lets 380 bytes
grow to gigabytes: nothing here is resolved or expanded, every scalar is the text that was written.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

import yaml
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.document.problems import Place, shortened

from .syntax import in_plain_words

LARGEST = 1_000_000  # bytes; the first nine summits have 20 to 60 kB
DEEPEST = 12  # the citations of a commitment's wording stand at 8
MOST_VALUES = 100_000  # as many as 1 MB of real summits holds; more is no summit, and slow
MOST_FAULTS = 100  # listed before the rest is left out

Position = tuple[int, int]  # line and column, both from 1
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
LINE_END = re.compile(r"\r\n|\r|\n")
# What YAML cannot hold unescaped, and U+2028/2029, which it counts as line ends and editors do not.
INVISIBLE = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")  # also as an escape
ENCODING = gettext_lazy("Save the file as UTF-8 (without a byte order mark).")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something YAML allows and a summit file does not, or no YAML at all."""

    position: Position
    place: Place
    message: str


@dataclass
class Plain:
    """What a text says: `data` of dicts, lists, strings and None (nothing written).

    `values` and `keys` hold the position of each place's value and name, `broken` the places whose
    value was refused; `whole` is false where reading stopped before the end.
    """

    data: Any = None
    values: dict[Place, Position] = field(default_factory=dict)
    keys: dict[Place, Position] = field(default_factory=dict)
    broken: set[Place] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)
    whole: bool = True

    def position(self, place: Place, *, at_key: bool = False) -> Position:
        """Where `place` stands, or its nearest parent that is there."""
        if at_key and place in self.keys:
            return self.keys[place]
        while place not in self.values and place:
            place = place[:-1]
        return self.values.get(place, (1, 1))

    def fault(self, position: Position, place: Place, message: str) -> None:
        self.faults.append(Fault(position, place, message))
        if len(self.faults) == MOST_FAULTS:
            stop(self, position, _("There may be more faults; these come first."))


class Stop(Exception):
    """Reading cannot go on."""


def plain(text: bytes) -> Plain:
    """Read `text` (UTF-8, at most 1 MB); every fault with its position, never an exception."""
    found = Plain()
    try:
        Builder(found).build(decoded(text, found))
    except Stop:
        found.whole = False
    return found


def decoded(text: bytes, found: Plain) -> str:
    if len(text) > LARGEST:
        stop(found, (1, 1), _("The file is larger than 1 MB; one summit is far smaller."))
    if text.startswith(b"\xef\xbb\xbf"):
        stop(found, (1, 1), _("The file begins with a byte order mark.") + f" {ENCODING}")
    # Without a mark the zero byte of the first letter tells.
    if text.startswith((b"\xff\xfe", b"\xfe\xff")) or 0 in text[:2]:
        stop(found, (1, 1), _("The file is UTF-16.") + f" {ENCODING}")
    try:
        characters = text.decode()
    except UnicodeDecodeError as problem:
        before = text[: problem.start].decode()
        message = _("The byte 0x%(byte)02X is not UTF-8.") % {"byte": text[problem.start]}
        stop(found, position_after(before), f"{message} {ENCODING}")
    done, line, column = 0, 1, 1  # counted on from fault to fault: the text may be long
    for match in INVISIBLE.finditer(characters):
        message = _("The invisible character U+%(code)04X stands here; delete it.")
        lines, columns = position_after(characters[done : match.start()])
        line, column = (line + lines - 1, columns) if lines > 1 else (line, column + columns - 1)
        done = match.start()
        found.fault((line, column), (), message % {"code": ord(match[0])})
    if found.faults:
        raise Stop
    return characters


def stop(found: Plain, position: Position, message: str) -> None:
    found.faults.append(Fault(position, (), message))
    raise Stop


def position_after(text: str) -> Position:
    lines = LINE_END.split(text)
    return len(lines), len(lines[-1]) + 1


def position_of(event: Any) -> Position:
    return event.start_mark.line + 1, event.start_mark.column + 1


@dataclass
class Frame:
    """A map or list being filled; `key` is the map's name that waits for its value."""

    place: Place
    filled: Any
    key: str | None = None
    skips: bool = False  # the next value belongs to a name that was refused


class Builder:
    """Plain data from YAML's events; no recursion, so that depth costs nothing."""

    def __init__(self, found: Plain):
        self.found = found
        self.open: list[Frame] = []
        self.depth = 0
        self.skipped = 0  # depth inside a value that is left out
        self.documents = 0

    def build(self, text: str) -> None:
        try:
            for event in yaml.parse(text, Loader=LOADER):
                self.take(event)
        except yaml.YAMLError as problem:
            position, message = in_plain_words(problem, text)
            stop(self.found, position, message)
        if not self.documents:
            stop(self.found, (1, 1), _("The file is empty."))

    def fault(self, event: Any, place: Place, message: str) -> None:
        self.found.fault(position_of(event), place, message)

    def take(self, event: Any) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self.scalar(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self.begin(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.end()
        elif isinstance(event, yaml.AliasEvent):
            self.alias(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                message = _("A second document begins here (“---”); a file holds one.")
                stop(self.found, position_of(event), message)
            if event.version or event.tags:
                self.fault(event, (), _("Directives (“%…”) are not allowed; delete the line."))

    # nodes

    def scalar(self, event: Any) -> None:
        is_plain = not event.style
        refused = self.decorated(event)
        if control := CONTROL.search(event.value):
            message = _("The text holds the invisible character U+%(code)04X; delete it.")
            self.fault(event, self.next_place(), message % {"code": ord(control[0])})
            refused = True
        text = unicodedata.normalize("NFC", event.value)
        if self.skipped:
            return
        if self.wants_key():
            self.name(event, text, is_plain, refused)
        elif is_plain and text.lower() in ("", "~", "null"):
            self.attach(event, None, refused)
        else:
            self.attach(event, text, refused)

    def begin(self, event: Any) -> None:
        refused = self.decorated(event)
        self.depth += 1
        if self.depth > DEEPEST:
            message = _("Maps and lists stand in each other deeper than %(most)s levels.")
            stop(self.found, position_of(event), message % {"most": DEEPEST})
        if self.skipped:
            self.skipped += 1
            return
        if self.wants_key():
            frame = self.open[-1]
            self.fault(event, frame.place, _("A map or list cannot be a name; write a word."))
            frame.skips, self.skipped = True, 1
            return
        filled: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        place = self.attach(event, filled, refused)
        if place is None:
            self.skipped = 1
        else:
            self.open.append(Frame(place, filled))

    def end(self) -> None:
        self.depth -= 1
        if self.skipped:
            self.skipped -= 1
        else:
            self.open.pop()

    def alias(self, event: Any) -> None:
        if self.skipped:
            return
        if self.open and self.open[-1].skips:  # its name was refused already
            self.open[-1].skips = False
            return
        message = _("“*%(name)s” repeats another place; write the value out.")
        self.fault(event, self.next_place(), message % {"name": shortened(event.anchor)})
        if self.wants_key():
            self.open[-1].skips = True
        else:
            self.attach(event, None, True)

    # what they stand in

    def decorated(self, event: Any) -> bool:
        """Whether an anchor or a tag stands before the value, which is a fault."""
        if event.anchor is not None:
            message = _("The anchor “&%(name)s” is not allowed; delete it.")
            self.fault(event, self.next_place(), message % {"name": shortened(event.anchor)})
        if event.tag is not None:
            message = _("The tag “%(name)s” is not allowed; delete it.")
            self.fault(event, self.next_place(), message % {"name": shortened(event.tag)})
        return event.anchor is not None or event.tag is not None

    def wants_key(self) -> bool:
        frame = self.open[-1] if self.open else None
        return (
            frame is not None
            and isinstance(frame.filled, dict)
            and frame.key is None
            and not frame.skips
        )

    def next_place(self) -> Place:
        if not self.open:
            return ()
        frame = self.open[-1]
        if isinstance(frame.filled, list):
            return (*frame.place, len(frame.filled))
        return frame.place if frame.key is None else (*frame.place, frame.key)

    def name(self, event: Any, text: str, is_plain: bool, refused: bool) -> None:
        frame = self.open[-1]
        place = (*frame.place, text)
        frame.skips = True
        if refused:
            return
        if not text:
            self.fault(event, frame.place, _("A name is missing before the colon."))
        elif text == "<<" and is_plain:
            self.fault(event, place, _("“<<” (a merge) is not allowed; write the lines out."))
        elif text in frame.filled:
            line = self.found.keys[place][0]
            message = _("“%(name)s” stands here twice, first in line %(line)s; keep one.")
            self.fault(event, place, message % {"name": shortened(text), "line": line})
        else:
            frame.skips, frame.key = False, text
            self.found.keys[place] = position_of(event)

    def attach(self, event: Any, value: Any, refused: bool) -> Place | None:
        """Put a value where it stands; its place, or None if its name was refused."""
        if self.open and self.open[-1].skips:
            self.open[-1].skips = False
            return None
        place = self.next_place()
        self.found.values[place] = position_of(event)
        if len(self.found.values) > MOST_VALUES:
            message = _("The file holds over %(most)s values.") % {"most": MOST_VALUES}
            stop(self.found, position_of(event), message)
        if refused:
            self.found.broken.add(place)
        if not self.open:
            self.found.data = value
            return place
        frame = self.open[-1]
        if isinstance(frame.filled, list):
            frame.filled.append(value)
        else:
            frame.filled[frame.key] = value
            frame.key = None
        return place
