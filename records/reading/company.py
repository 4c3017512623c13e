"""Who was at several meetings, how often, by party."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from records.document import derived

Row = dict[str, Any]
MOST_PARTIES = 6
MOST_PEOPLE = 8  # of one party


def company(attendances: list[Row], parties: Sequence[str]) -> list[Row]:
    """`{party, people: [{slug, times, led}], more}` of the most frequent parties, `parties` before
    others; who led most often comes first. `party` is empty for people of no delegation."""
    times: dict[str, Counter[str]] = {}
    led: Counter[str] = Counter()
    for row in attendances:
        if derived.was_there(row):
            times.setdefault(row["party"], Counter())[row["person"]] += 1
            led[row["person"]] += bool(row["principal"])
    by_weight = sorted(
        times, key=lambda one: (one not in parties, not one, -times[one].total(), one)
    )
    found = []
    for party in by_weight[:MOST_PARTIES]:
        people = sorted(times[party], key=lambda one: (-led[one], -times[party][one], one))
        shown = [
            {"slug": one, "times": times[party][one], "led": bool(led[one])}
            for one in people[:MOST_PEOPLE]
        ]
        found.append({"party": party, "people": shown, "more": len(people) - len(shown)})
    return found
