"""What the YAML parser complains about, said so that an editor can mend it."""

from __future__ import annotations

from typing import Any

# Words of libyaml's (and PyYAML's) complaints, each with what to tell; the first that fits.
COMPLAINTS = (
    ("maximum nesting depth", "Maps and lists stand in each other too deep."),
    (
        "mapping values are not allowed",
        "A second “: ” cannot stand here: put the text in double quotes, or mend the indentation.",
    ),
    ("could not find expected ':'", "A “:” is missing: write “name: value”."),
    ("unexpected end of stream", "A quotation mark is opened here and never closed."),
    ("found a tab character", "A tab stands here; indent with spaces."),
    ("found unknown escape character", "Unknown escape; in double quotes write “\\\\” for “\\”."),
    (
        "invalid Unicode character",
        "The escape stands for no character; write the character itself.",
    ),
    (
        "expected hexadecimal number",
        "The escape is incomplete; in double quotes write “\\\\” for “\\”.",
    ),
    (
        "expected hexdecimal number",
        "The escape is incomplete; in double quotes write “\\\\” for “\\”.",
    ),
    ("expected ',' or ']'", "A “,” or the closing “]” of the list is missing."),
    ("expected ',' or '}'", "A “,” or the closing “}” of the map is missing."),
    ("found undefined tag handle", "“!” begins a tag, which is not allowed; use double quotes."),
    ("alphabetic or numeric character", "“*” and “&” have a meaning in YAML; use double quotes."),
    ("sequence entries are not allowed", "“- ” begins an entry of a list; none can stand here."),
    (
        "expected '-' indicator",
        "Here only a further entry (“- …”) of the list may stand; check the indentation.",
    ),
    ("expected <document start>", "Nothing can follow here; check the indentation."),
    (
        "did not find expected key",
        "This does not fit the lines above: check the indentation and the quotation marks.",
    ),
    (
        "expected <block end>",
        "This does not fit the lines above: check the indentation and the quotation marks.",
    ),
    ("did not find expected node content", "A value or a closing bracket is missing here."),
    ("expected the node content", "A value or a closing bracket is missing here."),
)


def in_plain_words(problem: Any, text: str) -> tuple[tuple[int, int], str]:
    """Line and column of a `yaml.YAMLError`, and a sentence with the remedy."""
    complaint = getattr(problem, "problem", None) or str(problem)
    mark = getattr(problem, "problem_mark", None) or getattr(problem, "context_mark", None)
    opened = getattr(problem, "context_mark", None)
    if mark is None:
        return (1, 1), f"This is not YAML: {complaint}."
    lines = text.splitlines()
    if "unexpected end of stream" in complaint and opened is not None:
        mark = opened
    elif "cannot start any token" in complaint:
        line = lines[mark.line] if mark.line < len(lines) else ""
        character = line[mark.column : mark.column + 1]
        return (mark.line + 1, mark.column + 1), (
            "A tab stands here; indent with spaces."
            if character == "\t"
            else f"A value cannot begin with “{character}”; put it in double quotes."
        )
    words = next(
        (told for known, told in COMPLAINTS if known in complaint),
        f"This is not YAML: {complaint}.",
    )
    if "closing" in words and opened is not None:
        words += f" (It is opened in line {opened.line + 1}.)"
    return (mark.line + 1, mark.column + 1), words
