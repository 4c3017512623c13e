"""A list's filters as its page shows them: choices with counts, what is active, ways out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from pyroaring import BitMap

from records import facets
from records.choices import LIFE_ORDER, CommitmentKind
from records.filters import Listing
from records.language import words

Row = dict[str, Any]
Pairs = list[tuple[str, str]]


# Address of a list -> version and day, and the form of the whole list, which all its pages have.
_forms: dict[str, tuple[tuple[int, date], str]] = {}


class Panel:
    """The form of a list, read-only: everything its template draws besides the entries."""

    def __init__(self, listing: Listing, path: str):
        self.listing, self.path = listing, path
        self.pairs = listing.pairs()
        self.problems = [
            {"parameter": name, "message": problem.messages[0]}
            for name, problem in listing.faults()
        ]
        self.active = [row for row in self.filters_in_use() if row["name"] != "sort"]

    @cached_property
    def groups(self) -> list[Row]:
        return list(self.choices())

    def form(self, draw: Callable[[Panel], str]) -> str:
        """The form as `draw` has it; that of the whole list once for a version and a day."""
        if self.pairs or self.problems:
            return draw(self)
        asof = self.listing.shelf.at, self.listing.today
        held = _forms.get(self.path)
        if held is None or held[0] != asof:
            held = _forms[self.path] = asof, draw(self)
        return held[1]

    def address(self, pairs: Pairs) -> str:
        return f"{self.path}?{urlencode(pairs)}" if pairs else self.path

    def with_only(self, name: str, value: str) -> str:
        """This list with one value of a facet in the place of those chosen."""
        return self.address([*(pair for pair in self.pairs if pair[0] != name), (name, value)])

    def choices(self) -> Iterator[Row]:
        """Each facet with the values that would find something, and those chosen."""
        for name, facet in self.listing.facets.items():
            chosen = set(self.listing.chosen(name) or ())
            counts = facet.counts(self.listing.selection)
            options = [
                {
                    "value": option.value,
                    "label": option.label,
                    "count": counts[option.value],
                    "selected": option.value in chosen,
                    "below": bool(option.parent),
                }
                for option in facet.options.values()
                if counts[option.value] or option.value in chosen
            ]
            if options or self.problem_at(name):
                yield {"name": name, "label": facet.label, "options": options}

    def filters_in_use(self) -> Iterator[Row]:
        """Each value in use: what it is called, and the list without it."""
        for name, text in self.pairs:
            parameter = self.listing.filters[name]
            value = text if parameter.many else self.listing.chosen(name)
            shown = parameter.shown(value)
            yield {
                "name": name,
                "label": parameter.label,
                "shown": words(shown) if isinstance(value, date) else shown,
                "without": self.address([pair for pair in self.pairs if pair != (name, text)]),
            }

    def ways_out(self) -> list[Row]:
        """Of an empty list: what each parameter alone keeps out."""
        found = []
        for name in dict.fromkeys(row["name"] for row in self.active):
            count = len(self.listing.selection.bits(without=name))
            rows = [row for row in self.active if row["name"] == name]
            pairs = [pair for pair in self.pairs if pair[0] != name]
            if count:
                found.append({"rows": rows, "count": count, "without": self.address(pairs)})
        return found

    def everything(self) -> int:
        return len(self.listing.everything)

    def orders(self) -> list[Row]:
        """The orders of the list; the first stands for no parameter, so that it falls away."""
        found = self.listing.filters["sort"].orders
        first = next(iter(found))
        return [
            {
                "value": "" if value == first else value,
                "label": label,
                "selected": value == self.listing.order,
            }
            for value, label in found.items()
        ]

    def problem_at(self, *names: str) -> list[str]:
        return [row["message"] for row in self.problems if row["parameter"] in names]

    def has(self, name: str) -> bool:
        return name in self.listing.filters

    def page_links(self) -> list[Row]:
        """First, last, the page shown and its neighbours; `gap` where some are left out."""
        here, last = self.listing.page_number, self.listing.pages
        if last == 1:
            return []
        shown = sorted({1, last, *range(max(1, here - 1), min(last, here + 1) + 1)})
        links, before = [], 0
        for number in shown:
            pairs = [*self.pairs, *([("page", str(number))] if number > 1 else [])]
            links.append(
                {
                    "number": number,
                    "href": self.address(pairs),
                    "current": number == here,
                    "gap": number > before + 1,
                }
            )
            before = number
        return links

    def next_link(self) -> str:
        here = self.listing.page_number
        if here == self.listing.pages:
            return ""
        return self.address([*self.pairs, ("page", str(here + 1))])


def facets_as_data(listing: Listing) -> dict[str, list[Row]]:
    """`{name: [{value, label, count, selected}]}`; also the values that would find nothing."""
    found = {}
    for name, facet in listing.facets.items():
        counts = facet.counts(listing.selection)
        chosen = set(listing.chosen(name) or ())
        found[name] = [
            {
                "value": option.value,
                "label": dict(option.label),
                "count": counts[option.value],
                "selected": option.value in chosen,
            }
            for option in facet.options.values()
        ]
    return found


def checked_between(selection: facets.Selection) -> tuple[str, str]:
    """The first and the last day on which one of these was last compared with its sources; empty
    if no such day is recorded."""
    bits, sets = selection.bits(), selection.shelf.values("checked")
    days = selection.shelf.days("checked")
    first = next((day for day in days if bits.intersect(sets[day])), "")
    last = next((day for day in reversed(days) if bits.intersect(sets[day])), "")
    return first, last


def status_chart(selection: facets.Selection, address: Callable[[str, str], str]) -> list[Row]:
    """How many of these commitments have which status, in the order of a commitment's life, with
    positions, which have none; `address` gives the list behind a number. Zeros are left out."""
    sets = selection.shelf.values("status")
    rows = [("status", str(status), sets.get(str(status), BitMap())) for status in LIFE_ORDER]
    positions = selection.shelf.values("kind").get(str(CommitmentKind.POSITION), BitMap())
    rows.append(("kind", str(CommitmentKind.POSITION), positions))
    counted = [(name, value, selection.count(found)) for name, value, found in rows]
    most = max((count for _name, _value, count in counted), default=0)
    return [
        {
            "value": value,
            "count": count,
            "width": max(2, round(200 * count / most)),
            "href": address(name, value),
        }
        for name, value, count in counted
        if count
    ]
