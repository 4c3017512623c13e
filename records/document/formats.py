"""Old documents brought up to the present format, one step after another, when they are read.

A change of shape raises `schema.FORMAT` and adds the function that makes a document of the format
before into one of the next. Editions are never rewritten; tests keep one document of each format.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from . import schema

Upgrade = Callable[[dict[str, Any]], dict[str, Any]]
UPGRADES: dict[int, Upgrade] = {}


def upgraded(document: dict[str, Any]) -> dict[str, Any]:
    """`document` in the present format, without the line that names it."""
    number = int(document.get("format", 1))
    document = {name: value for name, value in document.items() if name != "format"}
    while number < schema.FORMAT:
        document = UPGRADES[number](document)
        number += 1
    return document


def opened(content: str) -> dict[str, Any]:
    """An edition's canonical text as a document of the present format."""
    return upgraded(json.loads(content))
