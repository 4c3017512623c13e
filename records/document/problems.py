"""What is wrong with a document, and where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _

from .schema import SUMMIT, VOCABULARY, Shape, shape_of

ERROR = "error"  # the document cannot be loaded, saved or published
PUBLISH = "publish"  # it may be kept as a draft, but not be published
WARNING = "warning"  # worth a look; nothing is refused

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: `place` as keys and indexes from the root, `message` with what was found, what is
    allowed and the remedy, `level` how far it hinders."""

    place: Place
    message: str
    level: str = ERROR
    at_key: bool = False  # the fault is the name itself, not what stands under it


def said(document: Any, place: Sequence[str | int]) -> str:
    """`place` as an editor names it: `sessions.expanded-talks.minutes` instead of indexes."""
    words: list[str] = []
    shape: Shape | None = SUMMIT
    value: Any = document
    rest = list(place)
    if rest[:1] == ["vocabulary"] and len(rest) > 1 and rest[1] in VOCABULARY:
        shape = None
    while rest:
        step = rest.pop(0)
        listed: Shape | None = None
        if isinstance(step, str):
            words.append(step)
            if shape is not None:
                listed = shape.child(step)
            elif words == ["vocabulary", step]:
                listed = shape_of(VOCABULARY[step]) if step in VOCABULARY else None
        value = step_into(value, step)
        if listed is not None and rest and isinstance(rest[0], int):
            index = rest.pop(0)
            value = step_into(value, index)
            known = listed.known_by(value, int(index)) if isinstance(value, dict) else index
            words.append(str(known) if not isinstance(known, int) else str(known + 1))
            shape = listed
        elif isinstance(step, int):
            words.append(str(step + 1))
    return ".".join(words)


def step_into(value: Any, step: str | int) -> Any:
    try:
        return value[step]
    except (KeyError, IndexError, TypeError):
        return None


def did_you_mean(word: object, allowed: Iterable[str]) -> str:
    # Keys such as s02 and s20 are all alike: a guess among them would only mislead.
    close = (
        get_close_matches(str(word), list(allowed), n=1, cutoff=0.6) if len(str(word)) > 3 else []
    )
    return _(" Did you mean “%(word)s”?") % {"word": close[0]} if close else ""


def shortened(value: object, limit: int = 60) -> str:
    text = str(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def listed(words: Iterable[object], limit: int = 30) -> str:
    told = [str(word) for word in words]
    more = _(" and %(count)s more") % {"count": len(told) - limit} if len(told) > limit else ""
    return ", ".join(told[:limit]) + more
