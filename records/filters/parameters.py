"""The parameters of lists that are no facet, as django-filter's filters on a selection."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import django_filters
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from records import date_words, dates, facets, public
from records.document import relation
from records.search import LONGEST_QUERY, asked

from .form import QueryField, fault

if TYPE_CHECKING:
    from . import Listing

PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,8}")
LONGEST_SLUG = 100


class Parameter(django_filters.Filter):
    """A parameter that may stand once; `read` gives its value or says why it has none."""

    field_class = QueryField
    many = False
    parent: Listing

    def __deepcopy__(self, memo: dict[int, Any]) -> Parameter:
        """What django-filter asks of each for each request; nothing inside is ever changed."""
        return copy.copy(self)

    @property
    def field(self) -> QueryField:
        return QueryField(parameter=self, label=self.label, required=False)

    def read(self, text: str) -> Any:
        return text

    def filter(self, selection: facets.Selection, value: Any) -> facets.Selection:
        if value:
            self.narrow(selection, value)
        return selection

    def narrow(self, selection: facets.Selection, value: Any) -> None:
        pass

    def shown(self, value: Any) -> str | Mapping[str, str]:
        """A value that was read, as the list of active filters names it."""
        return str(value)

    def text(self, value: Any, typed: str) -> str:
        """A value that was read, as links write it."""
        return typed


class Words(Parameter):
    def read(self, text: str) -> str:
        if len(text) > LONGEST_QUERY:
            raise fault(
                text, _("the words are longer than %(most)s characters"), most=LONGEST_QUERY
            )
        if not asked(text):
            raise fault(text, _("“%(shown)s” has no letter or digit"))
        return text

    def narrow(self, selection: facets.Selection, value: str) -> None:
        shelf = selection.shelf
        selection.narrow("q", shelf.everything() & public.matching(value, shelf.at))


class Day(Parameter):
    """A date as readers write it; `end` says which of its days counts: `first` or `last`."""

    def __init__(self, end: str, **kwargs: Any):
        super().__init__(**kwargs)
        self.end = end

    def read(self, text: str) -> date:
        try:
            first, last = dates.bounds(date_words.read(text))
        except dates.BadDate:
            raise fault(text, _("%(shown)s is not a date")) from None
        day = first if self.end == "first" else last
        if day is None:
            raise fault(text, _("“%(shown)s” is open at this end"))
        return day

    def narrow(self, selection: facets.Selection, value: date) -> None:
        first, last = (value, None) if self.end == "first" else (None, value)
        found = public.ids_between(self.parent.entries, first, last)
        selection.narrow(self.field_name, BitMap(found))

    def shown(self, value: date) -> str:
        return value.isoformat()


class Relation(Parameter):
    """Two parties, in either order: what has both, in whatever form."""

    def read(self, text: str) -> relation.Pair:
        if parties := relation.pair(text, self.parent.known["party"]):
            return parties
        raise fault(text, _("“%(shown)s” is not two parties of the record, as in jpn-kor"))

    def narrow(self, selection: facets.Selection, value: relation.Pair) -> None:
        sets = selection.shelf.values("party")
        left, right = (sets.get(party, BitMap()) for party in value)
        selection.narrow("relation", left & right)

    def text(self, value: relation.Pair, typed: str) -> str:
        return relation.slug(value)

    def shown(self, value: relation.Pair) -> Mapping[str, str]:
        return self.parent.names.relation(value)


class OfSummit(Parameter):
    """What belongs to one summit. No facet: it would have as many values as there are summits."""

    def read(self, text: str) -> dict[str, Any]:
        found = public.entry("summit", text) if len(text) <= LONGEST_SLUG else None
        if found is None:
            raise fault(text, _("“%(shown)s” is no summit of the record"))
        return found

    def narrow(self, selection: facets.Selection, value: dict[str, Any]) -> None:
        found = public.ids_of_summit(self.parent.entries, value["slug"])
        selection.narrow("summit", BitMap(found))

    def shown(self, value: dict[str, Any]) -> Mapping[str, str]:
        return value["title"]


class AtPlace(Parameter):
    """Places of summits by what the index calls them (`jpn-nara`): any of those given. No facet:
    there may be hundreds, and the front page's map and lists lead here."""

    many = True

    def sets(self) -> Mapping[str, BitMap]:
        return self.parent.shelf.values("place")

    def read(self, text: str) -> str:
        if text not in self.sets():
            raise fault(text, _("“%(shown)s” is no place of a summit in the record"))
        return text

    def narrow(self, selection: facets.Selection, value: list[str]) -> None:
        sets = self.sets()
        selection.narrow("place", facets.union(sets[one] for one in value))

    def shown(self, value: str) -> Mapping[str, str]:
        """The city as one of its summits names it."""
        [summit] = public.entries(self.parent.entries, [self.sets()[value].max()])
        return summit["city"]


class Sort(Parameter):
    """The order of the list; the first of `orders` is that of a list without this parameter."""

    def __init__(self, orders: dict[str, Any]):
        super().__init__(label=_("Sort by"))
        self.orders = orders

    def read(self, text: str) -> str:
        if text not in self.orders:
            raise fault(text, _("“%(shown)s” is no order of this list"), self.orders)
        return text


class Page(Parameter):
    def read(self, text: str) -> int:
        if not PAGE_NUMBER.fullmatch(text):
            raise fault(text, _("“%(shown)s” is no page number"))
        return int(text)
