"""Names of the vocabulary that are spelt alike and may be one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models

from records.batches import batches
from records.document.schema import VOCABULARY, vocabulary_name
from records.models import Spelling
from records.search.folding import folded

MODELS: dict[str, Any] = {vocabulary_name(model): model for model in VOCABULARY.values()}
COMPARED = ("participant", "party", "topic", "series")
WORDS = re.compile(r"\w+")
LONGEST = 400
AT_ONCE = 400  # names in one statement


def spellings(name: Any) -> set[str]:
    """How a name is spelt, so that case, accents, hyphens, spaces and order do not tell apart.

    Each twice: its words in order without what is between them (“Lee Jae-myung”, “Lee Jaemyung”),
    and its words sorted (“Jae-myung Lee”).
    """
    texts = [getattr(name, f"{text}_{code}") for text in ("name", "short_name")
             for code in ("en", "ko", "ja") if hasattr(name, f"{text}_{code}")]  # fmt: skip
    found = set()
    for text in (*texts, *getattr(name, "also", [])):
        words = WORDS.findall(folded(text or ""))
        if words:
            found.add("".join(words)[:LONGEST])
            found.add(" ".join(sorted(words))[:LONGEST])
    return found


def names_saved(names: Iterable[tuple[str, str]]) -> None:
    """Note how names `(kind, slug)` are spelt now, or that they are gone.

    Call it inside the transaction that changed them.
    """
    wanted: dict[str, set[str]] = {}
    for kind, slug in names:
        if kind in COMPARED:
            wanted.setdefault(kind, set()).add(slug)
    for kind, slugs in wanted.items():
        for some in batches(sorted(slugs), AT_ONCE):
            Spelling.objects.filter(kind=kind, slug__in=some).delete()
            Spelling.objects.bulk_create(
                Spelling(kind=kind, slug=row.slug, folded=spelling)
                for row in MODELS[kind]._default_manager.filter(slug__in=some)
                for spelling in sorted(spellings(row))
            )


def all_names() -> Iterator[tuple[str, str]]:
    for kind in COMPARED:
        for slug in MODELS[kind]._default_manager.values_list("slug", flat=True):
            yield kind, slug


def numbers(names: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """The primary keys of names `(kind, slug)`, in one query for each kind."""
    wanted: dict[str, set[str]] = {}
    for kind, slug in names:
        wanted.setdefault(kind, set()).add(slug)
    return {
        (kind, slug): pk
        for kind, slugs in wanted.items()
        for some in batches(sorted(slugs), AT_ONCE)
        for slug, pk in MODELS[kind]
        ._default_manager.filter(slug__in=some)
        .values_list("slug", "pk")
    }


def met() -> models.QuerySet[Any]:
    """Pairs of names with one spelling: `{kind, one, other}`, the first two slugs of each."""
    return (
        Spelling.objects.values("kind", "folded")
        .annotate(one=models.Min("slug"), other=models.Max("slug"), count=models.Count("id"))
        .filter(count__gt=1)
        .values("kind", "one", "other")
        .distinct()
        .order_by("kind", "one", "other")
    )
