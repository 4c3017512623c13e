"""kill -9 of workers, and of everything at once, while editors save and readers read."""

from __future__ import annotations

import os
import signal
import time

from .figures import Figures
from .site import Site
from .traffic import Traffic

THREADS = 4  # readers and editors at once: so many answers can be under way when a worker dies


def killed_worker(site: Site, rounds: int) -> Figures:
    """One worker dies every second; only what it was answering may fail."""
    figures = Figures("worker killed", rounds)
    site.start()
    traffic = Traffic(site, figures)
    try:
        with traffic.going_on():
            for _turn in range(rounds):
                time.sleep(0.3 + site.chance.random())
                os.kill(site.chance.choice(site.workers()), signal.SIGKILL)
                began = time.monotonic()
                while site.status("/readyz") != 200:
                    time.sleep(0.01)
                figures.recovery = max(figures.recovery, time.monotonic() - began)
            time.sleep(0.3)
    finally:
        site.stop()
    traffic.count()
    other = [status for status in traffic.broken if status]
    figures.expect(not other, f"saves were answered with {sorted(set(other))}")
    most = rounds * THREADS
    failed = figures.reads_failed + len(traffic.broken)
    figures.expect(failed <= most, f"{failed} answers failed, more than {most} under way")
    figures.told.append(f"{len(traffic.broken)} saves were cut off without an answer")
    return figures


def killed_site(site: Site, rounds: int) -> Figures:
    """Master and workers die at once in mid-write; started again, the site has all it told."""
    figures = Figures("everything killed", rounds)
    for _turn in range(rounds):
        site.start()
        traffic = Traffic(site, Figures(""))
        with traffic.going_on(readers=0, editors=4):
            while not traffic.saved:
                time.sleep(0.05)
            time.sleep(site.chance.random())
            site.kill()
        figures.recovery = max(figures.recovery, site.start())
        site.stop()
        traffic.count()
        for name in ("acknowledged", "lost", "refused"):
            total = getattr(figures, name) + getattr(traffic.figures, name)
            setattr(figures, name, total)
        figures.faults += traffic.figures.faults
        other = {status for status in traffic.broken if status}
        figures.expect(not other, f"saves were answered with {sorted(other)}")
    return figures


def reloaded(site: Site, rounds: int) -> Figures:
    """New workers take over, as in an upgrade; only answers under way may be cut off."""
    figures = Figures("workers renewed", rounds)
    site.start()
    traffic = Traffic(site, figures)
    try:
        with traffic.going_on():
            for _turn in range(rounds):
                before = set(site.workers())
                began = time.monotonic()
                assert site.process is not None
                site.process.send_signal(signal.SIGHUP)
                while before & set(site.workers()):
                    time.sleep(0.05)
                while site.status("/readyz") != 200:
                    time.sleep(0.05)
                figures.recovery = max(figures.recovery, time.monotonic() - began)
                time.sleep(0.5)
    finally:
        site.stop()
    traffic.count()
    cut = figures.reads_failed + len(traffic.broken)
    figures.told.append(f"{cut} answers were cut off; before the site nginx asks again for readers")
    figures.expect(cut <= rounds * THREADS, f"{cut} cut off, more than were under way")
    figures.expect(figures.acknowledged > 0, "nothing was saved at all")
    other = {status for status in traffic.broken if status}
    figures.expect(not other, f"saves were answered with {sorted(other)}")
    return figures
