"""Facets as django-filter's filters: their values, their counts, and the days they depend on."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy
from pyroaring import BitMap

from records import choices, facets
from records.language import LANGUAGES, tongue

from .form import fault
from .parameters import Parameter


class Said(TextChoices):
    """What the sides said of a commitment: derived from its wordings."""

    BOTH = "both", pgettext_lazy("what was said", "Words of both sides")
    ONE = "one", pgettext_lazy("what was said", "Words of one side only")
    DIFFER = "differ", pgettext_lazy("what was said", "What they say differs")


class FollowUp(TextChoices):
    """What was found of a commitment since it was made; the second depends on today."""

    NONE_FOUND = "none-found", pgettext_lazy("follow-up", "None found")
    YEAR_WITHOUT = "year-without", pgettext_lazy("follow-up", "Open, nothing found for a year")


class Due(TextChoices):
    """When an open commitment falls due; all but the last depend on today."""

    OVERDUE = "overdue", pgettext_lazy("due", "Overdue")
    SIX_MONTHS = "six-months", pgettext_lazy("due", "Within six months")
    LATER = "later", pgettext_lazy("due", "Later")
    UNDATED = "undated", pgettext_lazy("due", "Open, no date given")


# sets that depend on today ------------------------------------------------------------------------


def months_on(day: date, months: int) -> date:
    """The same day so many months later (earlier), or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@lru_cache(maxsize=2)
def due_sets(held: facets.Shelf, today: date) -> facets.Sets:
    """The sets of `due`, added up from the days on which open commitments fall due."""
    now, soon = today.isoformat(), months_on(today, 6).isoformat()
    days = held.values("due-day")
    return {
        Due.OVERDUE: facets.union(bits for day, bits in days.items() if day < now),
        Due.SIX_MONTHS: facets.union(bits for day, bits in days.items() if now <= day <= soon),
        Due.LATER: facets.union(bits for day, bits in days.items() if day > soon),
        Due.UNDATED: held.values("due").get(Due.UNDATED, BitMap()),
    }


@lru_cache(maxsize=2)
def follow_up_sets(held: facets.Shelf, today: date) -> facets.Sets:
    """The sets of `followup`: open ones count from the day when something was last found."""
    before = months_on(today, -12).isoformat()
    heard = held.values("last-heard")
    return {
        FollowUp.NONE_FOUND: held.values("followup").get(FollowUp.NONE_FOUND, BitMap()),
        FollowUp.YEAR_WITHOUT: facets.union(bits for day, bits in heard.items() if day <= before),
    }


# facets -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Option:
    """One value a facet may take; `parent` is the topic it stands under."""

    value: str
    label: Mapping[str, str]
    parent: str = ""


class Facet(Parameter):
    """A vocabulary of choices: any of the values given, each with its count."""

    many = True

    def __init__(self, vocabulary: type[TextChoices] | None = None, **kwargs: Any):
        super().__init__(**kwargs)
        self.vocabulary = vocabulary

    @cached_property
    def options(self) -> dict[str, Option]:
        """Every value there may be, in the vocabulary's order."""
        members = self.vocabulary or ()
        return {str(one): Option(str(one), choices.labels(one)) for one in members}

    def sets(self) -> facets.Sets:
        return self.parent.shelf.values(self.field_name)

    def read(self, text: str) -> str:
        if text not in self.options:
            raise fault(text, _("“%(shown)s” is not among the values"), self.options)
        return text

    def narrow(self, selection: facets.Selection, value: list[str]) -> None:
        sets = self.sets()
        found = facets.union(sets[one] for one in value if one in sets)
        selection.narrow(self.field_name, found)

    def counts(self, selection: facets.Selection) -> dict[str, int]:
        """How many entries each value would give with all other facets applied."""
        found = selection.counts(self.field_name, self.sets())
        return {value: found.get(value, 0) for value in self.options}

    def shown(self, value: str) -> Mapping[str, str]:
        return self.options[value].label


class NamedFacet(Facet):
    """Public names of the vocabulary: parties, topics, series."""

    @cached_property
    def options(self) -> dict[str, Option]:
        rows = self.parent.known[self.field_name]
        return {
            slug: Option(slug, row["name"] or {"en": slug}, row.get("parent") or "")
            for slug, row in rows.items()
        }


class LanguageFacet(Facet):
    """Languages of texts: those that occur, by the code of their tag."""

    @cached_property
    def options(self) -> dict[str, Option]:
        codes = sorted(self.parent.shelf.values(self.field_name))
        return {code: Option(code, tongues(code)) for code in codes}


def tongues(code: str) -> dict[str, str]:
    """The name of a language in the site's languages."""
    found = {}
    for own in LANGUAGES:
        with override(own):
            found[own] = str(tongue(code))
    return found


class DueFacet(Facet):
    def sets(self) -> facets.Sets:
        return due_sets(self.parent.shelf, self.parent.today)


class FollowUpFacet(Facet):
    def sets(self) -> facets.Sets:
        return follow_up_sets(self.parent.shelf, self.parent.today)
