"""Document -> YAML text in one canonical form, made to be read and edited by people.

A text is a block map with one line for each language; slugs, keys and citations stand in one
line. Quotes stand where any reader of YAML 1.1 or 1.2 would take a text for something else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from records.document import schema
from records.document.schema import SUMMIT, VOCABULARY, Fact, Shape, shape_of

from .strict import INVISIBLE

# What YAML 1.1 or 1.2 takes for a truth value, nothing, a number, a time or a sign of its own.
MISREAD = re.compile(
    r"""y | n | yes | no | on | off | true | false | null | ~ | = | <<
    | [-+]? 0b [01_]+ | [-+]? 0o? [0-7_]+ | [-+]? 0x [0-9a-f_]+
    | [-+]? \.? [0-9] [0-9_,]* (\. [0-9_]*)? (e [-+]? [0-9]+)? | [-+]? \. (inf|nan)
    | [-+]? [0-9] [0-9_]* (: [0-9]+)+ (\. [0-9_]*)?
    | [0-9]{4} - [0-9]{1,2} - [0-9]{1,2} [t\s] .*""",
    re.VERBOSE | re.IGNORECASE,
)
SIGNS = "-?:,[]{}#&*!|>'\"%@`"  # a text that begins with one of them is no plain text
MEANS_SOMETHING = re.compile(r": |:$| #|[\t\n\r]")
MEANS_SOMETHING_IN_A_LIST = re.compile(r"[,\[\]{}:?]")
ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def dump(
    document: dict[str, Any], vocabulary: dict[str, list[dict[str, Any]]] | None = None
) -> str:
    """The text of a summit file. What `read` makes of it is the same document."""
    lines = [f"format: {schema.FORMAT}", *facts(document, SUMMIT, "")]
    for child in SUMMIT.children:
        if document.get(child.name):
            lines += ["", *rows(document[child.name], child, "")]
    if vocabulary:
        lines += ["", *names(vocabulary)]
    return "\n".join(lines) + "\n"


def dump_vocabulary(vocabulary: dict[str, list[dict[str, Any]]]) -> str:
    """The text of a vocabulary file."""
    return "\n".join([f"format: {schema.FORMAT}", "", *names(vocabulary)]) + "\n"


def names(vocabulary: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    if not any(vocabulary.values()):
        yield "vocabulary: {}"
        return
    yield "vocabulary:"
    for name, model in VOCABULARY.items():
        if vocabulary.get(name):
            yield from rows(vocabulary[name], shape_of(model), "  ", name)


def rows(items: list[dict[str, Any]], shape: Shape, indent: str, name: str = "") -> Iterator[str]:
    yield f"{indent}{name or shape.name}:"
    for item in items:
        inner = indent + "    "
        lines = list(facts(item, shape, inner))
        for child in shape.children:
            if item.get(child.name):
                lines += rows(item[child.name], child, inner)
        yield from entry(lines, indent)


def entry(lines: list[str], indent: str) -> Iterator[str]:
    """Lines indented by `indent` and four spaces, as one entry of a list."""
    yield f"{indent}  - {lines[0][len(indent) + 4 :]}"
    yield from lines[1:]


def facts(item: dict[str, Any], shape: Shape, indent: str) -> Iterator[str]:
    for fact in shape.facts:
        value = item.get(fact.name)
        if value not in (None, "", [], {}):
            yield from fact_lines(fact, value, indent)


def fact_lines(fact: Fact, value: Any, indent: str) -> Iterator[str]:
    head, inner = f"{indent}{fact.name}:", indent + "  "
    if fact.kind == "titles":
        yield head
        for title in value:
            lines = [line for name in title for line in text(name, title[name], indent + "    ")]
            yield from entry(lines, indent)
    elif fact.kind == "group":
        yield head
        for part in fact.facts:
            if part.name in value:
                yield from fact_lines(part, value[part.name], inner)
    elif isinstance(value, dict):
        yield head
        for name, below in value.items():
            if isinstance(below, list):
                yield f"{inner}{name}: {in_one_line(below)}"
            else:
                yield from text(name, below, inner)
    elif isinstance(value, list):
        yield f"{head} {in_one_line(value)}"
    elif isinstance(value, str):
        yield from text(fact.name, value, indent)
    else:
        yield f"{head} {number(value)}"


def number(value: bool | int | float) -> str:
    return str(value).lower() if isinstance(value, bool) else repr(value)


def text(name: str, value: str, indent: str) -> Iterator[str]:
    """`name: value`, as a literal block if it has paragraphs."""
    value = unicodedata.normalize("NFC", value)
    lines = value.split("\n")
    if len(lines) > 1 and not INVISIBLE.search(value) and not at_the_edges(lines):
        yield f"{indent}{name}: |-"
        for line in lines:
            yield f"{indent}  {line}" if line else ""
    else:
        yield f"{indent}{name}: {value if is_plain(value) else quoted(value)}"


def at_the_edges(lines: list[str]) -> bool:
    """Whether there is white space that a literal block would lose or misread."""
    return (
        not lines[-1]
        or lines[0][:1] in ("", " ", "\t")
        or any(line[-1:] in (" ", "\t") or "\r" in line for line in lines)
    )


def in_one_line(words: list[str]) -> str:
    listed = [unicodedata.normalize("NFC", word) for word in words]
    return f"[{', '.join(w if is_plain(w, in_list=True) else quoted(w) for w in listed)}]"


def is_plain(value: str, *, in_list: bool = False) -> bool:
    """Whether the text may stand without quotes; a full date may, our reader takes it for text."""
    return not (
        not value
        or value != value.strip()
        or value[0] in SIGNS
        or MISREAD.fullmatch(value)
        or MEANS_SOMETHING.search(value)
        or (in_list and MEANS_SOMETHING_IN_A_LIST.search(value))
        or INVISIBLE.search(value)
    )


def quoted(value: str) -> str:
    escaped = "".join(ESCAPES.get(character, character) for character in value)
    return f'"{INVISIBLE.sub(escape, escaped)}"'


def escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02X}" if code < 256 else f"\\u{code:04X}"
