"""Readers and editors who go on while something breaks; what each met is counted."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

from .figures import Figures
from .site import Site

PAGES = ("/en/", "/ko/summits", "/ja/commitments", "/en/summits/2026-01-13-nara", "/summits.json")
_numbers = count()


class Traffic:
    """What readers and editors met: `saved` names, `refused` answers, reads and their times."""

    def __init__(self, site: Site, figures: Figures):
        self.site, self.figures = site, figures
        self.saved: set[str] = set()
        self.refusals: list[str] = []  # pages of 503
        self.broken: list[int] = []  # other statuses of saves
        self.waits: list[float] = []  # of saves
        self.reads: list[float] = []
        self.statuses: set[int] = set()  # of reads
        self.over = threading.Event()

    def read(self, place: int = 0) -> int:
        began = time.monotonic()
        status = self.site.status(PAGES[place % len(PAGES)])
        self.reads.append(time.monotonic() - began)
        self.statuses.add(status)
        self.figures.reads += 1
        self.figures.reads_failed += status != 200
        return status

    def save(self) -> int:
        name = f"fault-{next(_numbers)}"
        began = time.monotonic()
        status, page = self.site.save(name)
        self.waits.append(time.monotonic() - began)
        if status == 302:
            self.saved.add(name)
        elif status == 503:
            self.refusals.append(page)
        else:
            self.broken.append(status)
        return status

    @contextmanager
    def going_on(self, readers: int = 2, editors: int = 2) -> Iterator[None]:
        """Inside, readers read and editors save without pause."""

        def again(work: Callable[[], None]) -> None:
            while not self.over.is_set():
                work()

        threads = [
            threading.Thread(target=again, args=(work,))
            for work in [self.read] * readers + [self.save] * editors
        ]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self.over.set()
            for thread in threads:
                thread.join()

    def count(self) -> None:
        """Compare what editors were told with what is there."""
        self.figures.acknowledged += len(self.saved)
        self.figures.lost += len(self.saved - self.site.topics())
        self.figures.refused += len(self.refusals)
        self.figures.faults += self.site.broken()
