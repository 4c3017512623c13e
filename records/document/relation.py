"""Two parties as one name: `jpn-kor`, whichever of them the reader names first."""

from __future__ import annotations

from collections.abc import Container

LONGEST = 200

Pair = tuple[str, str]


def pair(name: str, parties: Container[str]) -> Pair | None:
    """The two different parties a name joins, in alphabetical order; None if it names no two of
    `parties`, whose own slugs may hold hyphens."""
    parts = name.split("-") if len(name) <= LONGEST else []
    for cut in range(1, len(parts)):
        left, right = "-".join(parts[:cut]), "-".join(parts[cut:])
        if left != right and left in parties and right in parties:
            return (left, right) if left < right else (right, left)
    return None


def slug(parties: Pair) -> str:
    return "-".join(sorted(parties))
