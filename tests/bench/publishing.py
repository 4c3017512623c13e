"""What it costs to load one summit file and to publish one summit, on top of a size."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

from django.db import transaction

from records import publishing, summitfile

from .documents import document

NOTE = {"en": "Record opened."}
TURNS = 7


class TakeBack(Exception):
    """Ends a transaction whose writes were only to be timed."""


def loaded_and_published(first: int) -> dict[str, float]:
    """CPU and wall milliseconds of each; summits from number `first` on are new ones."""
    taken: dict[str, list[float]] = {}
    for turn in range(TURNS):
        number = first + turn
        made = document(number)
        # Its people are known: files bring few new names.
        for row in made["attendances"]:
            if row["participant"].startswith("person-"):
                row["participant"] = f"person-{turn}-{row['participant'][-1]}"
        text = summitfile.dump(made).encode()
        try:
            with transaction.atomic():
                loaded = timed(taken, "load", lambda text=text: load(text))
                summit = loaded.summit
                timed(taken, "publish", lambda one=summit: publishing.publish(one, note=NOTE))
                raise TakeBack
        except TakeBack:
            pass
    return {name: round(statistics.median(found), 1) for name, found in taken.items()}


def load(text: bytes) -> Any:
    file = summitfile.read(text, "bench.yaml")
    return publishing.load(file.document, file.vocabulary)


def timed(taken: dict[str, list[float]], name: str, act: Callable[[], Any]) -> Any:
    cpu, wall = time.process_time(), time.monotonic()
    result = act()
    taken.setdefault(f"{name}_cpu_ms", []).append((time.process_time() - cpu) * 1000)
    taken.setdefault(f"{name}_wall_ms", []).append((time.monotonic() - wall) * 1000)
    return result
