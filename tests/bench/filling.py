"""A database filled with made-up summits: documents in, editions and index out, in bulk.

What publishing does for one summit is done for all by the same functions: the shape and the rules
are checked, the canonical text frozen as an edition, and the index made as `reindex` makes it. The
working copy is left out: it is for editors, and no reader's page asks for it.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from records import index
from records.document.canonical import canonical, digest, references
from records.document.checks import problems
from records.document.checks.context import Context
from records.document.schema import SUMMIT, VOCABULARY, shape_of
from records.document.write import set_fact
from records.index.names import Names, names_of
from records.index.whole import narrowed
from records.models import Edition, Summit

from . import SIZES
from .documents import documents, vocabulary

Row = dict[str, Any]
AT_ONCE = 500
NOTE = {"en": "Record opened.", "ko": "기록 개설", "ja": "記録の開設"}


def fill(size: str) -> dict[str, float]:
    """Fills an empty database; gives the seconds that each step took."""
    took = {}
    count = SIZES[size]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:  # a bench is made anew, never mended
            cursor.execute("PRAGMA synchronous=OFF")
            cursor.execute("PRAGMA cache_size=-3000000")  # KB; else every page is spilt many times
    with transaction.atomic():
        index.hold()
        began = time.monotonic()
        fill_vocabulary(vocabulary(count))
        took["vocabulary"] = time.monotonic() - began
        began = time.monotonic()
        freeze(documents(count))
        took["editions"] = time.monotonic() - began
    began = time.monotonic()
    # Not within the transaction above: in a savepoint SQLite keeps each page it has changed so far,
    # and walks through all of them after every statement.
    index.reindex()
    took["index"] = time.monotonic() - began
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return took


def fill_vocabulary(names: dict[str, list[Row]]) -> None:
    for name, model in VOCABULARY.items():
        shape = shape_of(model)
        rows: dict[str, Any] = {}
        for item in names.get(name, []):
            row = model()
            for fact in shape.facts:
                if not fact.target:
                    set_fact(row, fact, item.get(fact.name), {})
                elif item.get(fact.name):  # a main topic stands before its own
                    setattr(row, fact.name, rows[item[fact.name]])
            rows[item["slug"]] = row
            if name == "topics":
                row.save()
        if name != "topics":
            model._default_manager.bulk_create(rows.values(), batch_size=AT_ONCE)


def freeze(all_documents: Iterator[Row]) -> None:
    """An edition of each document, and the row of its summit, which editions belong to."""
    at = timezone.now().replace(microsecond=0) - timedelta(days=1)
    own = [fact for fact in SUMMIT.facts if not fact.target]
    while some := list(islice(all_documents, AT_ONCE)):
        summits = []
        for document in some:
            row = Summit()
            for fact in own:
                set_fact(row, fact, document.get(fact.name), {})
            summits.append(row)
        Summit.objects.bulk_create(summits)
        names = names_of(set().union(*map(references, some)))
        Edition.objects.bulk_create(
            edition(summit, document, names, at)
            for summit, document in zip(summits, some, strict=True)
        )


def edition(summit: Summit, document: Row, names: Names, at: Any) -> Edition:
    context = Context(names={kind: set(rows) for kind, rows in names.items()})
    if errors := [one for one in problems(document, context) if one.level == "error"]:
        raise ValueError(errors)
    return Edition(
        summit=summit,
        number=1,
        at=at,
        by="Bench",
        kind="opened",
        content=canonical(document),
        names=json.dumps(narrowed(names, references(document)), ensure_ascii=False),
        sha256=digest(document),
        **{f"note_{code}": NOTE[code] for code, _name in settings.LANGUAGES},
    )
