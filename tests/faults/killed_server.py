"""PostgreSQL killed, started anew, used up, cut off: the site's workers run on and come back."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import psycopg

from .figures import Figures
from .server import MOST, ROLE, Server
from .site import Site
from .traffic import Traffic

READS = 20
LONG = 7  # seconds; a statement waits five for a lock
CUT = 3


def server_of(site: Site) -> Server:
    assert site.server is not None
    return site.server


@contextmanager
def served(site: Site, figures: Figures) -> Iterator[Traffic]:
    """Inside, the site serves; afterwards no worker was renewed and all that was told is there."""
    site.start()
    before = site.workers()
    traffic = Traffic(site, figures)
    try:
        yield traffic
        figures.expect(site.workers() == before, "workers were started anew")
    finally:
        site.stop()
    traffic.count()
    figures.expect(not traffic.broken, f"saves were answered with {sorted(set(traffic.broken))}")
    figures.expect(figures.acknowledged > 0, "nothing was saved at all")


def back(site: Site, traffic: Traffic) -> float:
    """After how many seconds a page and a save are answered again."""
    began = time.monotonic()
    while site.status("/en/") != 200 or traffic.save() != 302:
        if time.monotonic() - began > 30:
            raise RuntimeError("The site did not come back.")
        time.sleep(0.02)
    return time.monotonic() - began


def killed_server(site: Site, rounds: int) -> Figures:
    """The server dies in mid-write, all its processes at once; started again, it has all told."""
    return gone(site, Figures("database killed", rounds), server_of(site).kill)


def restarted_server(site: Site, rounds: int) -> Figures:
    """The server is started anew under connections that are kept open."""
    return gone(site, Figures("database restarted", rounds), server_of(site).stop)


def gone(site: Site, figures: Figures, end: Callable[[], None]) -> Figures:
    with served(site, figures) as traffic:
        for _turn in range(figures.rounds):
            under_way = Traffic(site, figures)
            with under_way.going_on():
                while not under_way.saved:
                    time.sleep(0.02)
                time.sleep(site.chance.random() / 2)
                end()
                time.sleep(0.3)
            server_of(site).start()
            figures.recovery = max(figures.recovery, back(site, traffic))
            add(traffic, under_way)
            reads = [traffic.read(place) for place in range(READS)]
            figures.expect(set(reads) == {200}, f"back again, readers met {sorted(set(reads))}")
    figures.told.append("reads failed while the database was away; recovery is after its start")
    return figures


def used_up(site: Site, rounds: int) -> Figures:
    """Others take every connection the server has: 503, and with one free again all is well."""
    figures = Figures("connections used up", rounds)
    server = server_of(site)
    with served(site, figures) as traffic:
        for _turn in range(rounds):
            traffic.save()
            taken: list[psycopg.Connection] = []
            try:
                for _more in range(2 * MOST):
                    server.asked(OF_THE_SITE)
                    with suppress(psycopg.OperationalError):
                        taken.append(server.connected(user=ROLE))
                statuses = {
                    site.status("/en/"),
                    site.status("/summits.json"),
                    site.status("/livez"),
                }
                figures.expect(statuses == {200, 503}, f"readers met {sorted(statuses)}")
                figures.expect(traffic.save() == 503, "a save was not refused with 503")
            finally:
                for one in taken:
                    one.close()
            figures.recovery = max(figures.recovery, back(site, traffic))
    return figures


# Of the site's own, not of those that keep connections from it.
OF_THE_SITE = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    f" WHERE usename = '{ROLE}' AND datname <> 'postgres'"
)


def cut_off(site: Site, rounds: int) -> Figures:
    """Statements ended as by a time limit, connections as by one of idle transactions: 503."""
    figures = Figures("statements and connections ended", rounds)
    server = server_of(site)
    with served(site, figures) as traffic:
        for _turn in range(rounds):
            for how in ("pg_cancel_backend", "pg_terminate_backend"):
                under_way = Traffic(site, figures)
                with under_way.going_on():
                    until = time.monotonic() + CUT
                    while time.monotonic() < until:
                        server.asked(OF_THE_SITE.replace("pg_terminate_backend", how))
                        time.sleep(site.chance.random() / 50)
                add(traffic, under_way)
                figures.recovery = max(figures.recovery, back(site, traffic))
    other = {status for status in traffic.statuses if status not in (200, 503)}
    figures.expect(not other, f"readers met {sorted(other)}")
    return figures


def locked(site: Site, rounds: int) -> Figures:
    """Tables locked longer than a statement waits: 503, never 500, and no worker lost."""
    figures = Figures("tables locked", rounds)
    server = server_of(site)
    with served(site, figures) as traffic:
        for _turn in range(rounds):
            with server.connected(site.folder.name) as there, there.transaction():
                there.execute("LOCK TABLE records_version, records_topic IN ACCESS EXCLUSIVE MODE")
                under_way = Traffic(site, figures)
                with under_way.going_on():
                    time.sleep(LONG)
            add(traffic, under_way)
            figures.expect(bool(under_way.refusals), "no save was refused")
            figures.recovery = max(figures.recovery, back(site, traffic))
    other = {status for status in traffic.statuses if status not in (200, 503)}
    figures.expect(not other, f"readers met {sorted(other)}")
    return figures


def add(traffic: Traffic, under_way: Traffic) -> None:
    traffic.saved |= under_way.saved
    traffic.refusals += under_way.refusals
    traffic.broken += under_way.broken
    traffic.statuses |= under_way.statuses
