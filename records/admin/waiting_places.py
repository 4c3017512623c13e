"""Places of documents -> fields on forms: `commitments.3.title.ja` is `#id_title_ja` on the
commitment's form. A page of lines costs as many queries as one line."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from records.document.schema import LANGUAGES, SUMMIT, Shape
from records.models import Work

from .fields import LANGUAGES as LANGUAGE_NAMES
from .record import form_of

SLUGS = {"party": "party__slug", "participant": "participant__slug"}


class Places:
    """Where the lines of one page lead, and what stands there in words."""

    def __init__(self, rows: list[Work]):
        self.rows = rows

    @cached_property
    def forms(self) -> dict[tuple[int, str, str], int]:
        """(summit, list, key) -> number of the row that has a form of its own."""
        wanted = defaultdict(lambda: (set(), set()))
        for row in self.rows:
            name, key = (*row.place.split("."), "")[:2]
            if SUMMIT.child(name):
                wanted[name][0].add(row.summit_id)
                wanted[name][1].add(key)
        found = {}
        for name, (summits, keys) in wanted.items():
            shape = SUMMIT.child(name)
            column = SLUGS.get(shape.key, shape.key)
            rows = shape.model._default_manager.filter(
                summit__in=summits, **{f"{column}__in": keys}
            )
            for pk, summit, key in rows.values_list("pk", "summit_id", column):
                found[summit, name, str(key)] = pk
        return found

    @cached_property
    def below(self) -> dict[tuple[int, str, str], int]:
        """(row above, list, key) -> its place in the list below that row's form."""
        wanted = defaultdict(set)
        for row in self.rows:
            steps = row.place.split(".")
            shape = SUMMIT.child(steps[0])
            pk = self.forms.get((row.summit_id, *steps[:2])) if shape else None
            if pk and len(steps) > 3 and shape.child(steps[2]):
                wanted[steps[0], steps[2]].add(pk)
        found = {}
        for (above, name), parents in wanted.items():
            child = SUMMIT.child(above).child(name)
            column = SLUGS.get(child.key, child.key)
            rows = child.model._default_manager.filter(**{f"{child.parent}__in": parents})
            counted = defaultdict(int)
            columns = (f"{child.parent}_id", *([column] if column else []))
            for parent, *key in rows.values_list(*columns):
                index = counted[parent]
                counted[parent] += 1
                known = child.known_by({child.key: key[0]} if key else {}, index)
                found[parent, name, known] = index
        return found

    def address(self, row: Work) -> str:
        steps = row.place.split(".")
        shape = SUMMIT.child(steps[0])
        if shape is None:
            return f"{form_of(row.summit)}#id_{'_'.join(steps)}"
        pk = self.forms.get((row.summit_id, *steps[:2]))
        if pk is None:  # renamed since: the summit's form names them all
            return f"{form_of(row.summit)}#{steps[0]}"
        form = reverse(f"admin:records_{shape.model._meta.model_name}_change", args=[pk])
        rest = steps[2:]
        if len(rest) > 1 and shape.child(rest[0]):
            index = self.below.get((pk, rest[0], rest[1]))
            if index is None:
                return f"{form}#{rest[0]}-group"
            return f"{form}#id_{rest[0]}-{index}-{'_'.join(rest[2:])}"
        return f"{form}#id_{'_'.join(rest)}" if rest else f"{form}#{anchor_of(row)}"

    def said(self, row: Work) -> str:
        """`Commitment 3, progress 2026-02-01-step: text (Japanese)`."""
        rows, steps, shape = [], row.place.split("."), SUMMIT
        while steps and (child := shape.child(steps[0])):
            shape, key = child, steps[1] if len(steps) > 1 else ""
            rows.append(f"{shape.model._meta.verbose_name} {key}")
            steps = steps[2:]
        fact = fact_in_words(shape, steps)
        where = capfirst(", ".join(rows))
        return f"{where}: {fact}" if where and fact else where or capfirst(fact)


def anchor_of(row: Work) -> str:
    """The field of a commitment where what waits is done: its due day, or its progress."""
    return "id_due" if row.kind == "overdue" else "progress-group"


def fact_in_words(shape: Shape, steps: list[str]) -> str:
    if not steps:
        return ""
    fact = shape.fact(steps[0])
    language = LANGUAGE_NAMES[steps[-1]] if steps[-1] in LANGUAGES else ""
    name = str(fact.label) if fact else steps[0]
    if not language:
        return name
    return _("%(label)s (%(language)s)") % {"label": name, "language": language}
