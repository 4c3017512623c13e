"""What is done to the machines, one act after the other, and what each must not cost."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

from django.db import close_old_connections, connection

from records import publishing
from records.models import Summit
from tests.faults.server import Server

from .machines import Cache, Machine, Replica, echoing, until
from .web import SHOWING, SUMMIT, Answer, Readers, asked, saved, unkept

FRESH = 2.0  # seconds from a publication to every page that shows it
AGAIN = 2.0  # seconds from a promotion to the first write
QUICK = 1.0  # seconds after which an editor knows that nothing can be saved
_numbers = count(1)


@dataclass
class Cluster:
    primary: Server
    replica: Replica
    machines: list[Machine]
    cache: Cache
    session: str  # an editor's cookie
    missed: list[str] = field(default_factory=list)
    figures: int = 0

    def figure(self, what: str, value: str, holds: bool, goal: str) -> None:
        self.figures += 1
        print(f"{'ok    ' if holds else 'MISSED'} {what}: {value} (goal: {goal})", flush=True)
        if not holds:
            self.missed.append(what)

    def seen(self, path: str, **headers: str) -> Answer:
        return asked(self.cache.port, path, **headers)

    def as_editor(self, path: str) -> Answer:
        return self.seen(path, Cookie=self.session)

    def published(self) -> str:
        """The title that a publication gave the summit just now."""
        close_old_connections()
        title = f"Summit number {next(_numbers)} of this run"
        summit = Summit.objects.get(slug=SUMMIT)
        summit.title_en = title
        summit.save()
        publishing.publish(summit, note={"en": title})
        return title


def acts() -> list[Callable[[Cluster], None]]:
    return [
        fresh_pages,
        fresh_pages_untold,
        own_changes,
        nobody_elses_pages,
        no_way_to_widen,
        who_asks,
        replica_killed,
        primary_killed,
        databases_dead,
        machine_killed,
        site_dead,
    ]


# publishing ---------------------------------------------------------------------------------------


def seconds_until_fresh(cluster: Cluster) -> float:
    """From the commit of a publication until every page shows it, through the cache."""
    for path in SHOWING:  # kept, or there would be nothing to purge
        cluster.seen(path)
    title = cluster.published()
    began = time.monotonic()
    for path in SHOWING:
        until(lambda path=path: title in cluster.seen(path).body, 30)
    return time.monotonic() - began


def fresh_pages(cluster: Cluster) -> None:
    with Readers(cluster.cache.port).reading() as readers:
        time.sleep(0.5)
        times = sorted(seconds_until_fresh(cluster) for _ in range(10))
    value = f"median {times[5]:.2f} s, longest {times[-1]:.2f} s of {len(times)}"
    cluster.figure(
        f"E06 publication to {len(SHOWING)} fresh pages through the cache",
        value,
        times[-1] <= FRESH,
        f"{FRESH:.0f} s",
    )
    failed = readers.failed
    cluster.figure("    reads meanwhile", readers.told(), not failed, "none fails")


def fresh_pages_untold(cluster: Cluster) -> None:
    """The word of a publication is lost, and the replica is behind when it comes."""
    cluster.replica.asked("SELECT pg_wal_replay_pause()")
    for path in SHOWING:
        cluster.seen(path)
    title = cluster.published()
    for path in SHOWING:  # told of a version that the replica does not have: old pages come again
        cluster.seen(path)
    cluster.replica.asked("SELECT pg_wal_replay_resume()")
    began = time.monotonic()
    for path in SHOWING:
        until(lambda path=path: title in cluster.seen(path).body, 30)
    took = time.monotonic() - began
    cluster.figure(
        "E06 a replica that was behind, caught up, to fresh pages",
        f"{took:.2f} s",
        took <= FRESH,
        f"{FRESH:.0f} s",
    )


# editors ------------------------------------------------------------------------------------------


def own_changes(cluster: Cluster) -> None:
    cluster.replica.has_all_of(cluster.primary)
    cluster.replica.asked("SELECT pg_wal_replay_pause()")
    title = cluster.published()
    editor = [title in cluster.as_editor(path).body for path in SHOWING]
    reader = [asked(cluster.machines[0].port, path) for path in SHOWING]  # past the cache
    old = [one.status == 200 and title not in one.body for one in reader]
    cluster.replica.asked("SELECT pg_wal_replay_resume()")
    cluster.figure(
        "P06 pages that show an editor his change while the replica stands still",
        f"{sum(editor)} of {len(editor)}",
        all(editor),
        "all",
    )
    cluster.figure(
        "    pages that show readers the whole record before it",
        f"{sum(old)} of {len(old)}",
        all(old),
        "all",
    )
    cluster.replica.has_all_of(cluster.primary)


def nobody_elses_pages(cluster: Cluster) -> None:
    kept = [
        cluster.as_editor(path).is_kept
        for path in ("/admin/", "/admin/records/summit/", "/admin/login/", SHOWING[0], SHOWING[1])
        for _twice in range(2)
    ]
    cluster.figure("E03 pages of an editor out of the cache", str(sum(kept)), not any(kept), "0")
    cluster.seen(SHOWING[0])
    stranger = cluster.seen(SHOWING[0], Cookie="other=1; third=2")
    cluster.figure(
        "    a reader with cookies of others gets the kept page, and no cookie",
        "yes" if stranger.is_kept and "Set-Cookie" not in stranger.headers else "no",
        stranger.is_kept and "Set-Cookie" not in stranger.headers,
        "yes",
    )
    inner = [
        name for name in ("Record-Version", "Surrogate-Key", "xkey") if name in stranger.headers
    ]
    cluster.figure(
        "    headers between site and cache that a reader sees", str(len(inner)), not inner, "0"
    )


def no_way_to_widen(cluster: Cluster) -> None:
    """The door of the machines refuses patterns; the public one refuses everything."""
    told = {"Record_Version": "1", "Surrogate_Key": "record"}
    outside = [
        asked(cluster.cache.port, "/en/", method, X_Forwarded_For="127.0.0.1", **told).status
        for method in ("PURGE", "BAN")
    ]
    cluster.figure("E08 PURGE and BAN by an outsider", str(outside), outside == [403, 403], "403")
    door = cluster.cache.purge
    wide = [
        asked(door, "/", "PURGE", **told | {"Surrogate_Key": key}).status
        for key in (".*", "record .*", "record,other", "*", "", "a" * 41)
    ]
    wide += [asked(door, "/", "PURGE", **told | {"Record_Version": n}).status for n in ("x", "-1")]
    cluster.figure(
        "    keys that could be more than one key", str(set(wide)), set(wide) == {400}, "400"
    )
    inside = asked(door, "/en/")
    cluster.figure(
        "    pages through the machines' door", str(inside.status), inside.status == 403, "403"
    )
    cluster.seen("/en/")
    gone = [
        asked(door, "/", "PURGE", **told | {"Surrogate_Key": key}).headers.get("X-Gone", "")
        for key in ("recor", "record")
    ]
    cluster.figure(
        "    pages that a key of nothing, and the key of the record, takes away",
        ", ".join(gone),
        gone[0] == "0" and int(gone[1]) > 0,
        "0, more",
    )


def who_asks(cluster: Cluster) -> None:
    """What nginx says of who asks arrives as it was said: throttling believes the last of it."""
    with echoing() as echo:
        folder = cluster.cache.folder.parent / "echo"
        folder.mkdir()
        cache = Cache(folder, [echo, echo])
        cache.start()
        try:
            until(lambda: asked(cache.port, "/en/").status == 200, 20)
            seen = [
                asked(cache.port, unkept(), X_Forwarded_For=told).body
                for told in ("203.0.113.9", "10.0.0.1, 203.0.113.9")
            ]
        finally:
            cache.kill()
    cluster.figure(
        "A10 a reader's address behind nginx and the cache",
        "; ".join(seen),
        seen == ["203.0.113.9", "10.0.0.1, 203.0.113.9"],
        "as nginx said it",
    )


# what is killed -----------------------------------------------------------------------------------


def replica_killed(cluster: Cluster) -> None:
    with Readers(cluster.cache.port).reading() as readers:
        time.sleep(1)
        cluster.replica.kill()
        time.sleep(3)
        written = saved(cluster.cache.port, cluster.session)
        cluster.replica.start()
        time.sleep(1)
    failed = len(readers.failed)
    cluster.figure(
        f"P04 failed reads of {readers.told()} while the replica is killed",
        str(failed),
        failed == 0,
        "0",
    )
    cluster.figure("    a write meanwhile", str(written.status), written.status == 302, "302")
    cluster.replica.has_all_of(cluster.primary)
    time.sleep(5)  # a database that did not answer is asked last for so long


def primary_killed(cluster: Cluster) -> None:
    cluster.replica.has_all_of(cluster.primary)
    with Readers(cluster.cache.port).reading() as readers:
        time.sleep(1)
        cluster.primary.kill()
        time.sleep(0.2)
        refused = [saved(cluster.cache.port, cluster.session) for _ in range(5)]
        editor = [cluster.as_editor(path).status for path in SHOWING]
        time.sleep(2)
        began = time.monotonic()
        cluster.replica.promote()
        asked_for = time.monotonic() - began
        tried = until(lambda: saved(cluster.cache.port, cluster.session).status == 302, 60)
        again = tried + asked_for
        time.sleep(1)
    failed = len(readers.failed)
    cluster.figure(
        f"P02 failed reads of {readers.told()} while the primary is killed",
        str(failed),
        failed == 0,
        "0",
    )
    statuses, longest = {one.status for one in refused}, max(one.seconds for one in refused)
    cluster.figure(
        "    writes without a primary",
        f"{statuses} within {longest:.2f} s",
        statuses == {503} and longest < QUICK,
        f"503 within {QUICK:.0f} s",
    )
    cluster.figure("    an editor reads on", f"{set(editor)}", set(editor) == {200}, "200")
    cluster.figure(
        "P08 promotion to the first write, no restart",
        f"{again:.2f} s",
        again <= AGAIN,
        f"{AGAIN:.0f} s",
    )
    connection.close()
    cluster.primary = cluster.replica
    took = seconds_until_fresh(cluster)
    cluster.figure(
        "    publication to fresh pages on the new primary",
        f"{took:.2f} s",
        took <= FRESH,
        f"{FRESH:.0f} s",
    )


def stale(cluster: Cluster, what: str) -> None:
    """Pages kept are read on, others are refused politely; nothing else is."""
    kept = [cluster.seen(path) for _thrice in range(3) for path in SHOWING]
    missed = [cluster.seen(unkept()) for _ in range(10)]
    served = sum(one.status == 200 and one.body.strip()[-1:] in (">", "}") for one in kept)
    cluster.figure(
        f"E09 {what}: kept pages served", f"{served} of {len(kept)}", served == len(kept), "all"
    )
    polite = sum(one.status == 503 and "Retry-After" in one.headers for one in missed)
    cluster.figure(
        "    other pages that say 503 and when to come again",
        f"{polite} of {len(missed)}",
        polite == len(missed),
        "all",
    )


def databases_dead(cluster: Cluster) -> None:
    """Just after a publication, when everything kept is out of date."""
    for path in SHOWING:
        cluster.seen(path)
    cluster.published()
    connection.close()
    cluster.primary.kill()
    stale(cluster, "no database at all")
    cluster.primary.start()
    took = until(lambda: cluster.seen(unkept()).status == 200, 30)
    cluster.figure(
        "P10 a server that is back, to pages drawn anew, no restart",
        f"{took:.2f} s",
        took < 10,
        "10 s",
    )


def machine_killed(cluster: Cluster) -> None:
    with Readers(cluster.cache.port).reading() as readers:
        time.sleep(0.5)
        cluster.machines[0].kill()
        time.sleep(3)
    failed = len(readers.failed)
    cluster.figure(
        f"O01 failed reads of {readers.told()} while one of two machines is killed",
        str(failed),
        failed == 0,
        "0",
    )


def site_dead(cluster: Cluster) -> None:
    for path in SHOWING:
        cluster.seen(path)
    for machine in cluster.machines:
        machine.kill()
    stale(cluster, "no machine at all, at once")
    time.sleep(4)
    stale(cluster, "    and when the cache knows it")
