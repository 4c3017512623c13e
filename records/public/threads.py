"""Threads: commitments that continue each other, joined to one line through several summits."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from pyroaring import BitMap

from records.models import Entry

from .chains import MOST, links
from .entries import entries_by_id

Row = dict[str, Any]
MOST_STEPS = 12  # of one thread that are shown, the newest


@dataclass
class Threads:
    """Ids of the members of each thread, oldest first; newest thread first."""

    members: list[list[int]] = field(default_factory=list)
    thread_of: dict[int, int] = field(default_factory=dict)
    all: BitMap = field(default_factory=BitMap)


@lru_cache(maxsize=2)
def threads(at: int) -> Threads:
    """The threads of at least two commitments of the record, kept by a worker for one version."""
    found = Threads(joined(at))
    for place, members in enumerate(found.members):
        found.thread_of.update(dict.fromkeys(members, place))
    found.all = BitMap(found.thread_of)
    return found


def joined(at: int) -> list[list[int]]:
    held = links(at)
    slugs = sorted({*held.earlier, *held.later})
    known: dict[str, tuple[date, str, int]] = {}  # in the order of time
    for start in range(0, len(slugs), MOST):
        found = Entry.objects.filter(kind="commitment", slug__in=slugs[start : start + MOST])
        for pk, slug, starts in found.values_list("pk", "slug", "starts"):
            known[slug] = (starts or date.min, slug, pk)
    done: set[str] = set()
    groups = []
    for slug in slugs:
        group, waiting = [], [slug]
        while waiting:
            here = waiting.pop()
            if here not in done:
                done.add(here)
                group.append(here)
                waiting += [*held.earlier.get(here, ()), *held.later.get(here, ())]
        members = sorted(known[one] for one in group if one in known)
        if len(members) > 1:
            groups.append(members)
    groups.sort(key=lambda members: members[-1], reverse=True)
    return [[pk for _starts, _slug, pk in members] for members in groups]


def threads_through(bits: BitMap, at: int, most: int) -> tuple[int, list[Row]]:
    """How many threads hold one of these commitments, and the newest `most` of them as `{count,
    steps}`; steps are entries, oldest first, at most the newest `MOST_STEPS`: one query."""
    held = threads(at)
    places = sorted({held.thread_of[one] for one in bits & held.all})
    chosen = [held.members[place] for place in places[:most]]
    shown = [members[-MOST_STEPS:] for members in chosen]
    rows = entries_by_id("commitment", {one for members in shown for one in members})
    return len(places), [
        {"count": len(members), "steps": [rows[one] for one in steps if one in rows]}
        for members, steps in zip(chosen, shown, strict=True)
    ]
