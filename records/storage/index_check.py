"""Does the index say what the editions say? The publishing code indexes again, and nothing may
change; all of it in a transaction that is taken back, best on a copy."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction
from pyroaring import BitMap

from records import index
from records.models import Entry, FacetSet, Reference, Summit, Words

from .checking import MOST, Check

Said = dict[str, bytes]  # a row of the index by what it is known by, and a digest of all it says


class TakeBack(Exception):
    """Ends a transaction whose writes were only to be looked at."""


def index_checks(sample: int) -> Iterator[Check]:
    """The index against `sample` summits indexed again, with 0 against a whole `reindex`."""
    total = Summit.objects.filter(editions__isnull=False).distinct().count()
    faults: list[str] = []
    try:
        with transaction.atomic():
            if not sample or sample >= total:
                told = f"all {total} summits"
                before = everything_said()
                index.reindex()
                faults = differences(before, everything_said())
            else:
                told = f"{sample} of {total} summits"
                summits = list(sampled(sample))
                before = everything_said()
                for summit in summits:
                    index.hold()
                    index.index_edition(summit, summit.editions.order_by("-number")[0])
                    index.note_all(summit)
                faults = differences(before, everything_said())
            raise TakeBack
    except TakeBack:
        pass
    if len(faults) > MOST:
        faults = [*faults[:MOST], f"and {len(faults) - MOST} more"]
    yield Check("the index is what the editions say", faults, told)
    if connection.vendor == "sqlite":
        yield words()


def sampled(count: int) -> Iterator[Summit]:
    """Summits spread evenly over the record, the first and the newest among them."""
    keys = list(
        Summit.objects.filter(editions__isnull=False)
        .distinct()
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    last = len(keys) - 1
    places = {round(step * last / max(count - 1, 1)) for step in range(count)}
    yield from Summit.objects.filter(pk__in=[keys[place] for place in places]).order_by("pk")


def words() -> Check:
    """SQLite's index of words against the words, as FTS5 compares them."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO records_words_index(records_words_index, rank)"
                " VALUES ('integrity-check', 1)"
            )
    except Exception as problem:
        return Check("words can be searched", [str(problem)])
    return Check("words can be searched")


def everything_said() -> Said:
    """All that the index says, whatever ids its rows have."""
    said: Said = {}
    names: dict[int, str] = {}
    columns = [
        field.attname for field in Entry._meta.concrete_fields if field.attname not in ("id",)
    ]
    for row in Entry.objects.values("id", *columns).iterator(chunk_size=1000):
        name = f"entry {row['kind']} {row['slug']}"
        names[row.pop("id")] = name
        said[name] = digest([plain(value) for value in row.values()])
    rows = Words.objects.values_list("entry_id", "texts", "tokens").iterator(chunk_size=1000)
    for entry, texts, tokens in rows:
        said[f"words of {names[entry]}"] = digest([texts, tokens])
    for one in FacetSet.objects.iterator(chunk_size=100):
        held = sorted(names.get(pk, "nothing") for pk in BitMap.deserialize(bytes(one.bits)))
        if held:  # an emptied set says what a missing one says
            said[f"facet {one.kind} {one.name}={one.value}"] = digest(held)
    for reference in Reference.objects.values_list("summit_id", "kind", "slug").iterator():
        said["reference {}: {} {}".format(*reference)] = b""
    return said


def plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def digest(value: list[Any]) -> bytes:
    text = json.dumps(value, sort_keys=True, default=repr)  # jsonb has an order of its own
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


def differences(stored: Said, again: Said) -> list[str]:
    gone = [f"{name}: follows from no edition" for name in stored if name not in again]
    new = [f"{name}: is missing" for name in again if name not in stored]
    other = [
        f"{name}: is not what its edition says"
        for name, said in stored.items()
        if again.get(name, said) != said
    ]
    return sorted([*gone, *new, *other])
