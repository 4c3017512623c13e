"""Many values in lists of a size that one statement can take: databases bound how many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Value = TypeVar("Value")


def batches(values: Iterable[Value], size: int) -> Iterator[list[Value]]:
    """The values in their order, in lists of `size` and one of what is left."""
    rest = iter(values)
    while some := list(islice(rest, size)):
        yield some
