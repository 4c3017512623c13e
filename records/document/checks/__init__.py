"""The rules between the facts of a document, and between it and the rest of the record.

`validate` has looked at each fact by itself; here references must lead somewhere, dates must be in
order, published promises may not vanish. Rules: design of the record, "Rules".
"""

from __future__ import annotations

from typing import Any

from ..problems import ERROR, PUBLISH, Problem
from .context import Context, context_for
from .days import order_of_days
from .promises import kept, needed_to_publish, promises
from .references import cited, former_keys, identity, names, siblings, waiting
from .vocabulary import vocabulary_problems
from .words import words

__all__ = [
    "Context",
    "cited",
    "context_for",
    "hindrances",
    "problems",
    "vocabulary_problems",
    "waiting",
]


def problems(document: dict[str, Any], context: Context | None = None) -> list[Problem]:
    """Every broken rule of a document: errors, hindrances to publishing, warnings."""
    context = context or context_for(document)
    found = [
        *names(document, context),
        *siblings(document),
        *former_keys(document),
        *identity(document, context),
        *order_of_days(document),
        *promises(document, context),
        *words(document),
        *kept(document, context),
        *needed_to_publish(document),
    ]
    return found


def hindrances(found: list[Problem]) -> list[Problem]:
    """Those that refuse a publication."""
    return [problem for problem in found if problem.level in (ERROR, PUBLISH)]
