"""Two wordings of one text, with what left and what came marked inside the sentence."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from markupsafe import Markup

from .texts import written

# Japanese is told apart by characters, all else by words and the signs between them.
_SIGN = r"\u3040-\u30ff\u3400-\u9fff々"
TOKENS = re.compile(rf"[{_SIGN}]|[^\W{_SIGN}]+|\s+|[^\w\s]")
# Comparing costs the product of the lengths, and marks in every second word help nobody.
MOST_COMPARED = 4_000_000
LEAST_ALIKE = 0.35


def told_apart(before: str, after: str, code: str) -> Markup:
    """`after` in the language `code` with `<ins>` around what is new and `<del>` around what was
    there; both whole, one behind the other, where they have little in common."""
    old, new = TOKENS.findall(before), TOKENS.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    small = len(old) * len(new) <= MOST_COMPARED
    if not small or matcher.ratio() < LEAST_ALIKE:
        return Markup(" ").join([removed(before, code), added(after, code)])
    pieces = []
    for kind, first, last, start, stop in matcher.get_opcodes():
        was, now = "".join(old[first:last]), "".join(new[start:stop])
        if kind == "equal":
            pieces.append(written(now, code))
        else:
            pieces += [removed(was, code)] if was else []
            pieces += [added(now, code)] if now else []
    return Markup("").join(pieces)


def removed(text: str, code: str) -> Markup:
    return Markup("<del>{}</del>").format(written(text, code))


def added(text: str, code: str) -> Markup:
    return Markup("<ins>{}</ins>").format(written(text, code))
