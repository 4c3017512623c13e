"""Translated texts written into their rows as the rows' own forms would write them.

By the same rules, told in the same history, with the same warnings.
"""

from __future__ import annotations

from typing import Any

from records import review, waiting

from .audited import own_name
from .pairs import Pair
from .publishing import person_of, warn
from .record import Record
from .translation import Translation


def save(page: Translation) -> int:
    """Write what was typed, each row's told in the history of its form; how many texts."""
    typed = [field for field in page.fields if field.is_typed]
    held = [field for field in page.fields if field.holds]
    for field in held:
        waiting.holds(page.record.summit, f"{field.pair.place}.{page.language}")
    for form in page.forms:
        if form.has_changed():
            form.save()
    parts: dict[Any, list[Pair]] = {}
    for field in typed:
        part = field.pair.part
        parts.setdefault((type(part), part.pk), []).append(field.pair)
    for found in parts.values():
        part = found[0].part
        own = page.site.get_model_admin(type(part))
        page.request.changed_facts = [changed(each) for each in found]
        own.log_change(page.request, part, [{"changed": facts_of(each)} for each in found])
    if typed:
        review.contributed(page.record.summit, person_of(page.request))
        now = Record(page.record.summit.pk)
        for found in parts.values():
            warn(page.request, now, now.path_of(found[0].part))
    return len(typed) + len(held)


def changed(pair: Pair) -> str:
    """`title_ko`, `wording kor: gist_ko`: as the event of a form names it."""
    if pair.row is pair.part:
        return pair.column
    return f"{pair.row._meta.model_name} {own_name(pair.row)}: {pair.column}"


def facts_of(pair: Pair) -> dict[str, Any]:
    """The same as Django's history has it."""
    found: dict[str, Any] = {"fields": [pair.label]}
    if pair.row is not pair.part:
        found |= {"name": str(pair.row._meta.verbose_name), "object": str(pair.row)}
    return found
