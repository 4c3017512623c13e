"""Words as they are searched for: folded, so that case, accents and widths do not matter."""

from __future__ import annotations

import unicodedata

from django.db.models import QuerySet

LONGEST_QUERY = 200
MOST_TERMS = 12  # each is looked for in every entry


def folded(text: str) -> str:
    """`text` without case, accents, width or compatibility forms; Hangul stays composed.

    Only Latin accents fall: taking every mark off would turn が into か.
    """
    kept: list[str] = []
    for character in unicodedata.normalize("NFKC", text).casefold():
        base = unicodedata.normalize("NFD", character)
        kept.append(base[0] if "a" <= base[0] <= "z" else character)
    return "".join(kept)


def terms(query: str) -> list[str]:
    """The words of a query, folded, without repetition, in its order; no more than are searched."""
    return list(dict.fromkeys(folded(query[:LONGEST_QUERY]).split()))[:MOST_TERMS]


def matching(entries: QuerySet, query: str) -> QuerySet:
    """`entries` that hold every word of `query`, anywhere in any language."""
    for term in terms(query):
        entries = entries.filter(words__contains=term)
    return entries
