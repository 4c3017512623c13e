"""Which addresses are asked next, at what pace, and what is kept of the answers."""

from __future__ import annotations

import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db import models, transaction
from django.utils import timezone

from records import waiting
from records.batches import batches
from records.models import Link, Source, Summit

from .reaching import Reached

BATCH = 400
# A failure is looked at again on the next day: a bad night is no dead link.
AGAIN = timedelta(hours=20)


@dataclass
class Pace:
    """At most one request a second to one host."""

    seconds: float = 1.0
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    last: dict[str, float] = field(default_factory=dict)

    def wait(self, host: str) -> None:
        if host in self.last:
            rest = self.last[host] + self.seconds - self.clock()
            if rest > 0:
                self.sleep(rest)
        self.last[host] = self.clock()


def note_addresses() -> None:
    """Have a row for each address that a source of a working copy names, and for no other."""
    named: set[str] = set()
    for pair in Source.objects.values_list("url", "archived_url").iterator(chunk_size=2000):
        named.update(pair)
    named.discard("")
    known = set(Link.objects.values_list("url", flat=True))
    new = (Link(url=url) for url in sorted(named - known))
    Link.objects.bulk_create(new, batch_size=BATCH, ignore_conflicts=True)
    for gone in batches(sorted(known - named), BATCH):
        Link.objects.filter(url__in=gone).delete()


def due(now: datetime, *, older_than: timedelta, limit: int) -> list[Link]:
    """The addresses to ask next: never asked first, then failing ones, then the longest unasked."""
    old = models.Q(checked_at__lt=now - older_than)
    doubtful = models.Q(failing_since__isnull=False, is_dead=False, checked_at__lt=now - AGAIN)
    order = models.F("checked_at").asc(nulls_first=True)
    found = Link.objects.filter(models.Q(checked_at=None) | old | doubtful)
    return list(found.order_by(order, "pk")[:limit])


def by_turns(links: Iterable[Link]) -> Iterator[Link]:
    """`links` so that neighbours are of different hosts, as far as can be."""
    hosts: dict[str, deque[Link]] = defaultdict(deque)
    for link in links:
        try:
            host = urlsplit(link.url).hostname or ""
        except ValueError:
            host = ""
        hosts[host].append(link)
    while hosts:
        for host in list(hosts):
            yield hosts[host].popleft()
            if not hosts[host]:
                del hosts[host]


def check(links: Iterable[Link], reach: Callable[[str], Reached]) -> Iterator[tuple[Link, Reached]]:
    """Ask each address by `reach` and keep what came of it, one at a time: what is interrupted
    goes on with what was not asked yet."""
    for link in by_turns(links):
        reached = reach(link.url)
        keep(link, reached, timezone.now())
        yield link, reached


def keep(link: Link, reached: Reached, now: datetime) -> None:
    """Keep an answer. Dead is what failed on two different days without an answer between."""
    was_dead = link.is_dead
    link.checked_at = now = now.replace(microsecond=0)
    link.status, link.trouble = reached.status, reached.trouble[:200]
    link.final_url = reached.final_url[:2000]
    if not reached.fails:
        link.failing_since, link.is_dead = None, False
    elif link.failing_since is None:
        link.failing_since = now
    elif timezone.localdate(link.failing_since) < timezone.localdate(now):
        link.is_dead = True
    with transaction.atomic():
        # What became of the address meanwhile is not brought back: only its answer is kept.
        Link.objects.filter(pk=link.pk).update(
            **{
                name: getattr(link, name)
                for name in ("checked_at", "status", "trouble", "final_url", "failing_since",
                             "is_dead")
            }
        )  # fmt: skip
        if link.is_dead != was_dead:
            named = models.Q(sources__url=link.url) | models.Q(sources__archived_url=link.url)
            for pk in Summit.objects.filter(named).distinct().values_list("pk", flat=True):
                waiting.keep(Summit.objects.select_for_update().get(pk=pk))
