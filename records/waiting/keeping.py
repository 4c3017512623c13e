"""What waits as rows: written when a working copy changed, and only what changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from records.document.formats import opened
from records.document.read import read
from records.models import Link, Summit, Upkeep, Work

from .finding import Found, find
from .texts import advanced, digests

BATCH = 100


def keep(summit: Summit, document: dict[str, Any] | None = None) -> None:
    """Note what waits in a working copy that may have changed.

    Call it inside the transaction that changed it.
    """
    document = read(summit) if document is None else document
    upkeep = Upkeep.objects.filter(summit=summit).first() or beginning(summit)
    texts = digests(document)
    bases = advanced(upkeep.texts, upkeep.bases, texts)
    if upkeep.pk is None or (upkeep.texts, upkeep.bases) != (texts, bases):
        upkeep.texts, upkeep.bases = texts, bases
        upkeep.save()
    write(summit, find(document, bases=bases, dead=dead_of(document)))


def beginning(summit: Summit) -> Upkeep:
    """What is known of a summit never looked at: as its editions followed each other."""
    upkeep = Upkeep(summit=summit)
    contents = summit.editions.order_by("number").values_list("content", flat=True)
    for content in contents.iterator(chunk_size=10):
        texts = digests(opened(content))
        upkeep.bases = advanced(upkeep.texts, upkeep.bases, texts)
        upkeep.texts = texts
    return upkeep


def dead_of(document: dict[str, Any]) -> set[str]:
    named = {
        source[name]
        for source in document.get("sources", [])
        for name in ("url", "archived_url")
        if source.get(name)
    }
    found = Link.objects.filter(url__in=named, is_dead=True) if named else Link.objects.none()
    return set(found.values_list("url", flat=True))


def write(summit: Summit, found: Iterable[Found]) -> None:
    """Make the summit's rows those of `found`; what waits already waits since it began to."""
    now = today()
    before = {(row.kind, row.place): row for row in Work.objects.filter(summit=summit)}
    added, changed = [], []
    for each in found:
        row = before.pop((each.kind, each.place), None)
        if row is None:
            added.append(
                Work(
                    summit=summit,
                    kind=each.kind,
                    place=each.place,
                    since=each.since or now,
                    words=each.words,
                )
            )
        elif (row.since, row.words) != (since := each.since or row.since, each.words):
            row.since, row.words = since, each.words
            changed.append(row)
    # Not by `id__in`, of which SQLite takes no more than it has variables.
    for row in before.values():
        Work.objects.filter(pk=row.pk).delete()
    Work.objects.bulk_update(changed, ["since", "words"], batch_size=BATCH)
    Work.objects.bulk_create(added, batch_size=BATCH)


def today() -> date:
    return timezone.localdate()


def holds(summit: Summit, place: str) -> bool:
    """A translation is right though its English changed; False if nothing says otherwise.

    `place` names it with its language: `commitments.3.title.ja`.
    """
    with transaction.atomic():
        upkeep = Upkeep.objects.select_for_update().filter(summit=summit).first()
        if upkeep is None or place not in upkeep.bases:
            return False
        del upkeep.bases[place]
        upkeep.save(update_fields=["bases"])
        Work.objects.filter(summit=summit, kind="older", place=place).delete()
        return True


# summits never looked at --------------------------------------------------------------------------


def without_upkeep() -> models.QuerySet[Summit]:
    return Summit.objects.filter(upkeep=None)


def catch_up(*, all_: bool = False) -> int:
    """Look at the summits that were never looked at, or at all; how many."""
    wanted = Summit.objects.all() if all_ else without_upkeep()
    numbers = list(wanted.order_by("pk").values_list("pk", flat=True))
    for pk in numbers:
        with transaction.atomic():
            if summit := Summit.objects.select_for_update().filter(pk=pk).first():
                keep(summit)
    return len(numbers)
