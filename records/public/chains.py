"""Commitments that continue each other across summits."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from records import facets
from records.batches import batches
from records.models import Entry

from .entries import entries_by_slug

Row = dict[str, Any]
MOST = 10_000


@dataclass
class Links:
    earlier: dict[str, list[str]] = field(default_factory=dict)
    later: dict[str, list[str]] = field(default_factory=dict)

    def holds(self, identifier: str) -> bool:
        """Whether a commitment continues another or is continued."""
        return identifier in self.earlier or identifier in self.later


@lru_cache(maxsize=2)
def links(at: int) -> Links:
    """Which commitment continues which, kept by a worker for one version: one query."""
    found = Links()
    linked = facets.union(facets.shelf("commitment", at).values("continues").values())
    for ids in batches(linked, MOST):
        for slug, sets in Entry.objects.filter(pk__in=ids).values_list("slug", "facets"):
            found.earlier[slug] = sets["continues"]
            for before in sets["continues"]:
                found.later.setdefault(before, []).append(slug)
    return found


def chain(identifier: str, at: int) -> list[Row]:
    """The whole chain a commitment belongs to, earliest first; those not in the record carry only
    `slug`. Just itself if it continues none and none continues it."""
    held = links(at)
    found: list[str] = []
    waiting = [identifier]
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.append(here)
            waiting += [*held.earlier.get(here, []), *held.later.get(here, [])]
    rows = entries_by_slug("commitment", found)
    members = [rows.get(slug, {"slug": slug}) for slug in found]
    return sorted(members, key=lambda row: (row.get("starts", row["slug"]), row["slug"]))
