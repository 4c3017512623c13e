"""What the data page says of addresses, facts and filters, read off the code that serves them.

So it cannot fall behind: an address, a fact or a parameter without words fails its test.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern, RoutePattern
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from records import choices, filters
from records.document import schema
from records.filters import changes, faceted, parameters
from records.language import label
from records.language.data_words import ADDRESSES, FACTS, KINDS
from records.search import LONGEST_QUERY

Row = dict[str, Any]

SUFFIX = re.compile(r"\.(json|csv|ics|atom|bib|ris|xml)$")
# How editors may type a date: readers get it as the kind of fact says.
TYPING_DATES = _("As precise as known: “13 January 2026”, “2026-01”, “about 1814”.")
CONVERTER = re.compile(r"<(?:[a-z]+:)?([a-z_]+)>")


# addresses ----------------------------------------------------------------------------------------


def routes() -> Iterator[tuple[str, bool, URLPattern]]:
    """`(address, is it below a language, pattern)` of all that is served by a plain route."""
    waiting: list[tuple[Any, str, bool]] = [
        (pattern, "", False) for pattern in get_resolver().url_patterns
    ]
    while waiting:
        pattern, before, prefixed = waiting.pop(0)
        if isinstance(pattern, URLResolver):
            below = isinstance(pattern.pattern, LocalePrefixPattern)
            here = "" if below else str(pattern.pattern)
            waiting += [(one, before + here, prefixed or below) for one in pattern.url_patterns]
        elif isinstance(pattern.pattern, RoutePattern):
            yield before + str(pattern.pattern), prefixed, pattern


@cache
def addresses() -> dict[str, dict[str, bool]]:
    """`{address: {format: is it below a language}}` of all that is to be had as data."""
    found: dict[str, dict[str, bool]] = {}
    for route, prefixed, _pattern in routes():
        suffix = SUFFIX.search(route)
        if suffix and not route.startswith("admin/"):
            address = CONVERTER.sub(r"{\1}", SUFFIX.sub("", route))
            found.setdefault(address, {})[suffix[1]] = prefixed
    return found


def addresses_in_words() -> list[Row]:
    """The rows of the table of formats, in the order of its words: `{what, address, places}`, each
    place with the formats that stand there."""
    known = list(ADDRESSES)
    rows = []
    for address, formats in addresses().items():
        places: dict[str, list[str]] = {}
        for suffix, prefixed in formats.items():
            places.setdefault("/{lang}/" if prefixed else "/", []).append(suffix)
        what = str(ADDRESSES.get(address, ""))
        found = [(before + address, suffixes) for before, suffixes in places.items()]
        rows.append({"what": what, "address": address, "places": found})
    return sorted(
        rows,
        key=lambda row: (
            known.index(row["address"]) if row["address"] in known else len(known),
            row["address"],
        ),
    )


# facts --------------------------------------------------------------------------------------------


def shapes() -> list[Row]:
    """Every kind of row of a document with its facts: `{name, path, title, facts}`."""
    found = [shape_in_words(shape, path) for shape, path in below(schema.SUMMIT, "record")]
    for name, model in schema.VOCABULARY.items():
        found.append(shape_in_words(schema.shape_of(model), name))
    return found


def below(shape: schema.Shape, path: str) -> Iterator[tuple[schema.Shape, str]]:
    yield shape, path
    for child in shape.children:
        yield from below(child, f"{path}.{child.name}[]")


def shape_in_words(shape: schema.Shape, path: str) -> Row:
    meta = shape.model._meta
    single = shape is schema.SUMMIT
    return {
        "name": meta.model_name,
        "path": path,
        "title": capfirst(str(meta.verbose_name if single else meta.verbose_name_plural)),
        "facts": [
            fact_in_words(fact, name, str(meta.model_name)) for name, fact in flat(shape.facts)
        ],
    }


def flat(facts: tuple[schema.Fact, ...], before: str = "") -> Iterator[tuple[str, schema.Fact]]:
    """`(name, fact)`; what stands in a group is named with it: `withdrawn.on`."""
    for fact in facts:
        if fact.kind == "group":
            yield from flat(fact.facts, f"{fact.name}.")
        else:
            yield before + fact.name, fact


def fact_in_words(fact: schema.Fact, name: str, model: str) -> Row:
    target = next(
        (one for one in schema.VOCABULARY.values() if schema.vocabulary_name(one) == fact.target),
        None,
    )
    kind = str(KINDS[fact.kind])
    return {
        "name": name,
        "label": capfirst(str(fact.label)),
        "kind": kind % {"what": target._meta.verbose_name} if target else kind,
        "required": fact.required and fact.default is None,
        "meaning": meaning_of(fact, model),
        "values": [(value, label(vocabulary_of(fact), value)) for value in fact.choices],
        "default": fact.default or "",
    }


def meaning_of(fact: schema.Fact, model: str) -> str:
    """For a reader; what the editors' forms say of it where that serves both."""
    told = FACTS.get(f"{model}.{fact.name}", FACTS.get(fact.name, fact.help))
    return "" if str(told) == str(TYPING_DATES) else str(told)


def vocabulary_of(fact: schema.Fact) -> str:
    """The name of the vocabulary that a fact takes its values from."""
    for name, vocabulary in vars(choices).items():
        if (
            isinstance(vocabulary, type)
            and issubclass(vocabulary, choices.TextChoices)
            and tuple(vocabulary.values) == fact.choices
        ):
            return name
    return ""


# filters ------------------------------------------------------------------------------------------


def lists() -> dict[str, type[filters.Listing]]:
    """`{address: its filters}` of every list that can be filtered."""
    found = {}
    for route, prefixed, pattern in routes():
        filterset = getattr(getattr(pattern.callback, "view_class", None), "filterset", None)
        if prefixed and filterset and not SUFFIX.search(route):
            found[route] = filterset
    return found


def filters_in_words() -> list[Row]:
    """`{address, title, parameters}` of each list; a parameter as its form shows it."""
    return [
        {
            "address": address,
            "what": str(ADDRESSES.get(address, "")),
            "parameters": [
                parameter_in_words(name, parameter)
                for name, parameter in filterset.base_filters.items()
            ],
        }
        for address, filterset in lists().items()
    ]


def parameter_in_words(name: str, parameter: parameters.Parameter) -> Row:
    values: list[tuple[str, str]] = []
    if isinstance(parameter, parameters.Sort):
        values = [(value, str(words)) for value, words in parameter.orders.items()]
    elif isinstance(parameter, faceted.Facet) and parameter.vocabulary:
        values = [(str(one), str(one.label)) for one in parameter.vocabulary]
    return {
        "name": name,
        "label": str(parameter.label),
        "many": parameter.many,
        "hint": hint(parameter),
        "values": values,
    }


def hint(parameter: parameters.Parameter) -> str:
    """What a parameter takes, beside its list of values; empty where nobody has said it."""
    if isinstance(parameter, faceted.Facet) and parameter.vocabulary:
        return ""
    told = next((words for kind, words in HINTS.items() if isinstance(parameter, kind)), "")
    return str(told) % {"most": LONGEST_QUERY}


# A kind of parameter -> what it takes.
HINTS: dict[type[parameters.Parameter], Any] = {
    parameters.Words: _("Words to find, at most %(most)s characters."),
    parameters.Day: _("A year, a month or a day: 2025, 2025-08 or 2025-08-23"),
    parameters.Relation: _("Two parties, in either order, such as jpn-kor."),
    parameters.OfSummit: _("The slug of one summit."),
    parameters.AtPlace: _("Country and city, such as jpn-nara."),
    parameters.Page: _("The number of a page, from 1."),
    parameters.Sort: _("One of these; without it, the first."),
    changes.OfCommitment: _("The id of one commitment, such as 2026-nara-1."),
    changes.Since: _("A day or a point in time: what was published then or later."),
    faceted.Facet: _("Values that occur in the record; the list’s JSON names them under “facets”."),
}
