"""What a reader may ask of a list: query strings as django-filter's FilterSets.

The form is django-filter's, the engine `facets.Selection` in the place of a queryset: each filter
narrows it. Every filter is declared; nothing walks a model, so no query string reaches one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from types import SimpleNamespace
from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from pyroaring import BitMap

from records import choices, facets, public

from .faceted import (
    Due,
    DueFacet,
    Facet,
    FollowUp,
    FollowUpFacet,
    LanguageFacet,
    NamedFacet,
    Option,
    Said,
)
from .form import MOST_VALUES, QueryForm, fault
from .parameters import AtPlace, Day, OfSummit, Page, Parameter, Relation, Sort, Words

__all__ = [
    "MOST_VALUES",
    "PAGE_SIZE",
    "CommitmentFilters",
    "Facet",
    "Listing",
    "Option",
    "Parameter",
    "ParticipantFilters",
    "SessionFilters",
    "SourceFilters",
    "SummitFilters",
]

PAGE_SIZE = 25


class Listing(django_filters.FilterSet):
    """What all lists take and give. A list declares its facets in the order of its form."""

    entries = ""  # the kind of entry it lists
    is_of_log = False  # may be empty though the record is not

    page = Page(label=_("Page"))

    class Meta:
        form = QueryForm

    def __init__(self, data: QueryDict, shelf: facets.Shelf, today: date, language: str):
        # FilterSet asks its queryset for a model; a selection has none.
        super().__init__(data, queryset=SimpleNamespace(model=None))
        self.shelf, self.today, self.language = shelf, today, language
        self.known = public.shared(shelf.at)
        self.names = public.Names(self.known)

    def filter_queryset(self, queryset: facets.Selection) -> facets.Selection:
        for name, value in self.form.cleaned_data.items():
            self.filters[name].filter(queryset, value)
        return queryset

    @cached_property
    def selection(self) -> facets.Selection:
        """The entries that all filters leave."""
        self.form.is_valid()
        return self.filter_queryset(facets.Selection(self.shelf))

    @property
    def everything(self) -> BitMap:
        """The entries of the list without any filter."""
        return self.shelf.everything()

    @property
    def qs(self) -> facets.Selection:
        return self.selection

    @cached_property
    def count(self) -> int:
        return len(self.selection.bits())

    @property
    def facets(self) -> dict[str, Facet]:
        return {name: found for name, found in self.filters.items() if isinstance(found, Facet)}

    def chosen(self, name: str) -> Any:
        """What was read of a parameter: a list of a facet, else a value or None."""
        self.form.is_valid()
        return self.form.cleaned_data.get(name)

    def typed(self, name: str) -> str:
        """What stands in a parameter that may stand once, read or not."""
        values = self.form.fields[name].widget.value_from_datadict(self.data, {}, name)
        return values[0] if values else ""

    def pairs(self) -> list[tuple[str, str]]:
        """The clean query of the filters: what was read, without the page."""
        found = []
        for name, parameter in self.filters.items():
            value = self.chosen(name)
            if parameter.many:
                found += [(name, one) for one in value or ()]
            elif value and name != "page":
                found.append((name, parameter.text(value, self.typed(name))))
        return found

    @property
    def order(self) -> str:
        return self.chosen("sort") or next(iter(self.filters["sort"].orders))

    @cached_property
    def pages(self) -> int:
        return max(1, -(-self.count // PAGE_SIZE))

    @cached_property
    def page_number(self) -> int:
        """The page shown: the first where the one asked for lies beyond the last."""
        wanted = self.chosen("page") or 1
        if wanted > self.pages:
            message = ngettext_lazy(
                "there is only %(pages)s page", "there are only %(pages)s pages", "pages"
            )
            self.form.add_error("page", fault(str(wanted), message, pages=self.pages))
            return 1
        return wanted

    @cached_property
    def ids(self) -> list[int]:
        """Entry ids of the page shown, in order."""
        start = (self.page_number - 1) * PAGE_SIZE
        return self.selection.page(self.order, self.language, start, start + PAGE_SIZE)

    def faults(self) -> Iterator[tuple[str, ValidationError]]:
        """`(parameter, problem)` of all that was left out; the page is read only once asked for."""
        _page = self.page_number
        for name, found in self.form.errors.as_data().items():
            for problem in found:
                yield name, problem


PARTY, TOPIC, SERIES, KIND = _("Party"), _("Topic"), _("Series"), _("Kind")
WORDS, FROM, TO, SUMMIT = _("Words"), _("From"), _("To"), _("Summit")
RELATION = _("Between two parties")
NEWEST, OLDEST, TITLE = _("Newest first"), _("Oldest first"), _("Title")


class Dated(Listing):
    """Lists of what happened on a day."""

    # `from` is a word of Python's own.
    vars()["from"] = Day("first", label=FROM)
    to = Day("last", label=TO)


class SummitFilters(Dated):
    entries = "summit"

    q = Words(label=WORDS)
    party = NamedFacet(label=PARTY)
    form = Facet(choices.SummitForm, label=_("Form"))
    setting = Facet(choices.Setting, label=_("Setting"))
    topic = NamedFacet(label=TOPIC)
    series = NamedFacet(label=SERIES)
    relation = Relation(label=RELATION)
    place = AtPlace(label=_("Place"))
    sort = Sort(
        {"-date": NEWEST, "date": OLDEST, "-commitments": _("Most commitments"), "title": TITLE}
    )


class ParticipantFilters(Listing):
    entries = "participant"

    q = Words(label=WORDS)
    party = NamedFacet(label=PARTY)
    capacity = Facet(choices.Capacity, label=_("Capacity"))
    sort = Sort({"name": _("Name"), "-meetings": _("Most meetings")})


class SessionFilters(Dated):
    entries = "session"

    q = Words(label=WORDS)
    kind = Facet(choices.SessionKind, label=KIND)
    party = NamedFacet(label=PARTY)
    summit = OfSummit(label=SUMMIT)
    sort = Sort({"-date": NEWEST, "date": OLDEST})


class SourceFilters(Dated):
    entries = "source"

    q = Words(label=WORDS)
    kind = Facet(choices.SourceKind, label=KIND)
    party = NamedFacet(label=_("Issued by"))
    language = LanguageFacet(label=_("Language"))
    read = Facet(choices.ReadExtent, label=_("How far it was read"))
    reliability = Facet(choices.Reliability, label=_("Reservations"))
    summit = OfSummit(label=SUMMIT)
    sort = Sort({"-date": NEWEST, "date": OLDEST, "-cited": _("Most cited"), "title": TITLE})


class CommitmentFilters(Dated):
    entries = "commitment"

    q = Words(label=WORDS)
    status = Facet(choices.CommitmentStatus, label=_("Status"))
    due = DueFacet(Due, label=_("Due"))
    followup = FollowUpFacet(FollowUp, label=_("Follow-up"))
    said = Facet(Said, label=_("What was said"))
    party = NamedFacet(label=PARTY)
    topic = NamedFacet(label=TOPIC)
    kind = Facet(choices.CommitmentKind, label=KIND)
    series = NamedFacet(label=SERIES)
    relation = Relation(label=RELATION)
    summit = OfSummit(label=SUMMIT)
    sort = Sort({"-date": NEWEST, "date": OLDEST, "due": _("Due first"), "title": TITLE})
