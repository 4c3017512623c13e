"""A long load, and copies, while editors save and readers read."""

from __future__ import annotations

import os
import statistics
import time
from itertools import count

from django.db import transaction

from records import index, storage

from .figures import Figures
from .site import Site, ended, forked, save_and_publish
from .traffic import Traffic

SHORT, LONG = 3, 8  # seconds; a save waits five
WRITERS = (8, 16)


def long_load(site: Site, rounds: int) -> Figures:
    """A command holds the record: readers notice nothing, a save waits or is told to come again."""
    figures = Figures("long load", rounds)
    site.start()
    traffic = Traffic(site, figures)
    try:
        for _turn in range(rounds):
            for seconds in (SHORT, LONG):
                pid = forked(lambda seconds=seconds: hold(site, seconds))
                time.sleep(1)
                rest = Traffic(site, figures)
                with rest.going_on(readers=2, editors=1):
                    ended(pid)
                traffic.saved |= rest.saved
                traffic.refusals += rest.refusals
                traffic.broken += rest.broken
                traffic.reads += rest.reads
                figures.recovery = max(figures.recovery, *rest.waits)
                if seconds == SHORT:
                    figures.expect(not rest.refusals, "a save did not wait for three seconds")
    finally:
        site.stop()
    traffic.count()
    median = statistics.median(traffic.reads) * 1000
    figures.told.append(f"half of the reads within {median:.0f} ms; longest wait of a save above")
    figures.expect(figures.reads_failed == 0, "readers were refused")
    figures.expect(not traffic.broken, f"saves were answered with {sorted(set(traffic.broken))}")
    return figures


def many_writers(site: Site, rounds: int) -> Figures:
    """Eight, then sixteen editors save at once until so many are saved: each waits its turn."""
    figures = Figures("many writers at once", rounds)
    traffic = Traffic(site, figures)
    site.start(workers=4)
    try:
        for editors in WRITERS:
            turn = Traffic(site, figures)
            with turn.going_on(readers=0, editors=editors):
                while len(turn.waits) < rounds:
                    time.sleep(0.05)
            slowest = sorted(turn.waits)[int(len(turn.waits) * 0.95)]
            figures.told.append(f"{editors} at once: 95 % of saves within {slowest:.2f} s")
            figures.expect(not turn.refusals, f"{len(turn.refusals)} of {editors} at once refused")
            traffic.saved |= turn.saved
            traffic.refusals += turn.refusals
            traffic.broken += turn.broken
    finally:
        site.stop()
    traffic.count()
    figures.expect(not traffic.broken, f"saves were answered with {sorted(set(traffic.broken))}")
    return figures


def hold(site: Site, seconds: float) -> None:
    with site.database(), transaction.atomic():
        index.hold()
        time.sleep(seconds)


def copied_under_writers(site: Site, rounds: int) -> Figures:
    """Copies while two writers publish without pause: each whole and of one moment."""
    figures = Figures("copied while writing", rounds)
    reading, writing = os.pipe()

    def publish(start: int) -> None:
        with site.database():
            for number in count(start):
                began = time.monotonic()
                save_and_publish(f"venue {number}")
                os.write(writing, f"venue {number}\t{time.monotonic() - began}\n".encode())

    pids = [forked(lambda start=start: publish(start)) for start in (0, 100_000)]
    os.close(writing)
    to = site.folder.with_name(f"{site.folder.name}-copies")
    copies = []
    first = os.read(reading, 100)  # waits until something was told
    try:
        for _turn in range(rounds):
            time.sleep(0.3)
            with site.database():
                copies.append(storage.back_up(to))
    finally:
        for pid in pids:
            os.kill(pid, 9)
            ended(pid)
    with os.fdopen(reading, "rb") as more:
        lines = (first + more.read()).decode().splitlines()
    told = dict(line.split("\t") for line in lines)
    for copy in copies:
        with site.database():
            found = list(storage.verified(copy.path, sample=0))
        figures.faults += [fault for check in found for fault in check.faults]
    figures.recovery = max(copy.seconds for copy in copies)
    figures.acknowledged = len(told)
    figures.lost = len(set(told) - site.notes())
    figures.faults += site.broken()
    longest = max(map(float, told.values()))
    figures.told.append(
        f"{copies[-1].size / 1e6:.1f} MB and {copies[-1].editions} editions in the last copy;"
        f" longest save {longest:.2f} s; recovery is the slowest copy"
    )
    return figures
