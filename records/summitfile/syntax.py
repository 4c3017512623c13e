"""What the YAML parser complains about, said so that an editor can mend it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

# Words of libyaml's (and PyYAML's) complaints, each with what to tell; the first that fits.
COMPLAINTS = (
    ("maximum nesting depth", _("Maps and lists stand in each other too deep.")),
    (
        "mapping values are not allowed",
        _(
            "A second “: ” cannot stand here: put the text in double quotes, or mend the"
            " indentation."
        ),
    ),
    ("could not find expected ':'", _("A “:” is missing: write “name: value”.")),
    ("unexpected end of stream", _("A quotation mark is opened here and never closed.")),
    ("found a tab character", _("A tab stands here; indent with spaces.")),
    (
        "found unknown escape character",
        _("Unknown escape; in double quotes write “\\\\” for “\\”."),
    ),
    (
        "invalid Unicode character",
        _("The escape stands for no character; write the character itself."),
    ),
    (
        "expected hexadecimal number",
        _("The escape is incomplete; in double quotes write “\\\\” for “\\”."),
    ),
    (
        "expected hexdecimal number",
        _("The escape is incomplete; in double quotes write “\\\\” for “\\”."),
    ),
    ("expected ',' or ']'", _("A “,” or the closing “]” of the list is missing.")),
    ("expected ',' or '}'", _("A “,” or the closing “}” of the map is missing.")),
    ("found undefined tag handle", _("“!” begins a tag, which is not allowed; use double quotes.")),
    (
        "alphabetic or numeric character",
        _("“*” and “&” have a meaning in YAML; use double quotes."),
    ),
    ("sequence entries are not allowed", _("“- ” begins an entry of a list; none can stand here.")),
    (
        "expected '-' indicator",
        _("Here only a further entry (“- …”) of the list may stand; check the indentation."),
    ),
    ("expected <document start>", _("Nothing can follow here; check the indentation.")),
    (
        "did not find expected key",
        _("This does not fit the lines above: check the indentation and the quotation marks."),
    ),
    (
        "expected <block end>",
        _("This does not fit the lines above: check the indentation and the quotation marks."),
    ),
    ("did not find expected node content", _("A value or a closing bracket is missing here.")),
    ("expected the node content", _("A value or a closing bracket is missing here.")),
)


def in_plain_words(problem: Any, text: str) -> tuple[tuple[int, int], str]:
    """Line and column of a `yaml.YAMLError`, and a sentence with the remedy."""
    complaint = getattr(problem, "problem", None) or str(problem)
    mark = getattr(problem, "problem_mark", None) or getattr(problem, "context_mark", None)
    opened = getattr(problem, "context_mark", None)
    if mark is None:
        return (1, 1), gettext("This is not YAML: %(complaint)s.") % {"complaint": complaint}
    lines = text.splitlines()
    if "unexpected end of stream" in complaint and opened is not None:
        mark = opened
    elif "cannot start any token" in complaint:
        line = lines[mark.line] if mark.line < len(lines) else ""
        character = line[mark.column : mark.column + 1]
        return (mark.line + 1, mark.column + 1), (
            gettext("A tab stands here; indent with spaces.")
            if character == "\t"
            else gettext("A value cannot begin with “%(character)s”; put it in double quotes.")
            % {"character": character}
        )
    words = next(
        (str(told) for known, told in COMPLAINTS if known in complaint),
        gettext("This is not YAML: %(complaint)s.") % {"complaint": complaint},
    )
    if ("expected ','" in complaint or "node content" in complaint) and opened is not None:
        words += gettext(" (It is opened in line %(line)s.)") % {"line": opened.line + 1}
    return (mark.line + 1, mark.column + 1), words
