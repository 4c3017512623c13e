"""The rules between names of the vocabulary."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from .. import relation
from ..problems import Place, Problem, did_you_mean
from ..schema import VOCABULARY, vocabulary_name
from .context import former_names_of


def vocabulary_problems(
    vocabulary: dict[str, list[dict[str, Any]]],
    beside: dict[str, list[dict[str, Any]]] | None = None,
) -> list[Problem]:
    """Names that refer to names nobody knows, topics deeper than two levels, relations of other
    than two parties.

    `beside` holds names that other files bring in the same load.
    """
    found = former_slugs(vocabulary, beside or {})
    found += relation_problems(vocabulary, beside or {})
    for name, fact, kind in (("parties", "predecessors", "party"), ("topics", "parent", "topic")):
        model = VOCABULARY[name]
        items = vocabulary.get(name, [])
        around = [*items, *(beside or {}).get(name, [])]
        known = {item["slug"] for item in around if "slug" in item}
        known |= set(model._default_manager.values_list("slug", flat=True))
        parents = {item.get("slug"): item.get("parent") for item in around}
        if name == "topics":
            below = model._default_manager.exclude(parent=None).values_list("slug", "parent__slug")
            parents = {**dict(below), **parents}
        for index, item in enumerate(items):
            value = item.get(fact) or []
            for step, slug in enumerate([value] if isinstance(value, str) else value):
                place: Place = ("vocabulary", name, index, fact)
                place = place if isinstance(value, str) else (*place, step)
                if slug not in known:
                    found.append(unknown(place, kind, slug, known))
                elif name == "topics" and parents.get(slug):
                    message = _("“%(slug)s” is itself below a topic; there are two levels only.")
                    found.append(Problem(place, message % {"slug": slug}))
    return found


def relation_problems(
    vocabulary: dict[str, list[dict[str, Any]]], beside: dict[str, list[dict[str, Any]]]
) -> list[Problem]:
    """Relations whose slug is not those of two known parties in alphabetical order."""
    items = vocabulary.get("relations", [])
    if not items:
        return []
    around = [*vocabulary.get("parties", []), *beside.get("parties", [])]
    known = {item["slug"] for item in around if "slug" in item}
    known |= set(VOCABULARY["parties"]._default_manager.values_list("slug", flat=True))
    found = []
    for index, item in enumerate(items):
        parties = relation.pair(item.get("slug", ""), known)
        place: Place = ("vocabulary", "relations", index, "slug")
        if "slug" in item and parties is None:
            message = _("“%(slug)s” is not two known parties joined, as in jpn-kor.")
            found.append(Problem(place, message % {"slug": item["slug"]}))
        elif parties and item["slug"] != relation.slug(parties):
            message = _("The parties stand in alphabetical order: write %(slug)s.")
            found.append(Problem(place, message % {"slug": relation.slug(parties)}))
    return found


def former_slugs(
    vocabulary: dict[str, list[dict[str, Any]]], beside: dict[str, list[dict[str, Any]]]
) -> list[Problem]:
    """Names that another one has or had: an address can lead to one thing only."""
    found = []
    for name, model in VOCABULARY.items():
        items = vocabulary.get(name, [])
        slugs = {item["slug"] for item in items if "slug" in item}
        former = former_names_of(model) if items else {}
        olds = {old for item in items for old in item.get("formerly", [])}
        known = set(
            model._default_manager.filter(slug__in=olds | slugs).values_list("slug", flat=True)
            if olds
            else ()
        )
        for index, item in enumerate(items):
            slug = item.get("slug", "")
            if former.get(slug, slug) != slug:
                message = _("“%(slug)s” is called “%(today)s” today; write that.")
                message %= {"slug": slug, "today": former[slug]}
                found.append(Problem(("vocabulary", name, index, "slug"), message))
            for step, old in enumerate(item.get("formerly", [])):
                # That the record still has the old one alone is what renaming means.
                in_use = old in slugs or (old in known and slug in known)
                owner = former.get(old, slug)
                if in_use or owner != slug:
                    message = (
                        _("“%(old)s” is a name in use; it cannot be a former one too.")
                        if in_use
                        else _("“%(old)s” is a former name of “%(owner)s”.")
                    ) % {"old": old, "owner": owner}
                    found.append(Problem(("vocabulary", name, index, "formerly", step), message))
    return found


def unknown(
    place: Place, kind: str, slug: str, known: set[str], today: str | None = None
) -> Problem:
    if today:
        message = _("The %(kind)s “%(slug)s” is called “%(today)s” today; write that.")
        return Problem(place, message % {"kind": kind_in_words(kind), "slug": slug, "today": today})
    message = _(
        "No %(kind)s “%(slug)s” is known.%(guess)s Add it to the vocabulary first, or to the file's"
        " own `vocabulary`."
    )
    guess = did_you_mean(slug, known)
    return Problem(place, message % {"kind": kind_in_words(kind), "slug": slug, "guess": guess})


def kind_in_words(kind: str) -> str:
    """What a name of the vocabulary is, as the admin calls it."""
    model = next(model for model in VOCABULARY.values() if vocabulary_name(model) == kind)
    return str(model._meta.verbose_name)
