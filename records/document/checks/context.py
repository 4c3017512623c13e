"""What the record holds beside a document, as far as its checks ask for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from records.models import Commitment, Summit

from ..canonical import references
from ..formats import opened
from ..read import summit_of
from ..schema import VOCABULARY, vocabulary_name


@dataclass
class Context:
    """What the record holds beside the document: names, codes, earlier commitments, the edition."""

    names: dict[str, set[str]] = field(default_factory=dict)
    alike: dict[str, set[str]] = field(default_factory=dict)  # known names an unknown one may mean
    renamed: dict[tuple[str, str], str] = field(default_factory=dict)  # a former name -> today's
    codes: dict[str, str] = field(default_factory=dict)  # code -> slug of the other summit with it
    slugs: dict[str, str] = field(default_factory=dict)  # slug, also a former one -> other summit
    made_on: dict[str, date | None] = field(default_factory=dict)  # commitment id -> summit's day
    continues: dict[str, list[str]] = field(default_factory=dict)  # of earlier commitments, by id
    edition: dict[str, Any] | None = None


def context_for(
    document: dict[str, Any], vocabulary: dict[str, list[dict[str, Any]]] | None = None
) -> Context:
    """What the checks of `document` need to know of the record and of its file's vocabulary."""
    context = Context()
    wanted: dict[str, set[str]] = {}
    for kind, slug in references(document):
        wanted.setdefault(kind, set()).add(slug)
    for name, model in VOCABULARY.items():
        kind = vocabulary_name(model)
        slugs = wanted.get(kind, set())
        known = set(
            model._default_manager.filter(slug__in=slugs).values_list("slug", flat=True)
            if slugs
            else ()
        )
        known |= {item["slug"] for item in (vocabulary or {}).get(name, []) if "slug" in item}
        context.names[kind] = known
        if missing := slugs - known:
            context.alike[kind] = known | alike(model, missing)
            context.renamed |= {
                (kind, old): slug for old, slug in former_names_of(model).items() if old in missing
            }
    own = summit_of(document)
    others = Summit.objects.exclude(pk=own.pk) if own else Summit.objects.all()
    claimed = {document.get("slug", ""), *document.get("formerly", [])}
    context.codes = dict(others.filter(code=document.get("code", "")).values_list("code", "slug"))
    context.slugs = {
        slug: slug for slug in others.filter(slug__in=claimed).values_list("slug", flat=True)
    }
    for slug, former in others.exclude(formerly=[]).values_list("slug", "formerly"):
        context.slugs |= {old: slug for old in former if old in claimed}
    learn_of_earlier(context, document)
    if own is not None and (edition := own.editions.order_by("-number").first()):
        context.edition = opened(edition.content)
    return context


def learn_of_earlier(context: Context, document: dict[str, Any]) -> None:
    """The commitments that those of `document` continue, and all that these continue in turn."""
    wanted = {
        identifier
        for row in document.get("commitments", [])
        for identifier in row.get("continues", [])
    }
    seen: set[str] = set()
    while codes := {identifier.rpartition("-")[0] for identifier in wanted} - seen:
        seen |= codes
        wanted = set()
        for code, number, day, continues in Commitment.objects.filter(
            summit__code__in=codes
        ).values_list("summit__code", "number", "summit__starts_last", "continues"):
            context.made_on[f"{code}-{number}"] = day
            context.continues[f"{code}-{number}"] = continues
            wanted.update(continues)


def alike(model: Any, missing: set[str]) -> set[str]:
    """Names that begin as the missing ones do, to guess among; a whole vocabulary is too many."""
    found: set[str] = set()
    for start in {slug[:2] for slug in missing}:
        known = model._default_manager.filter(slug__startswith=start).order_by("slug")
        found.update(known.values_list("slug", flat=True)[:500])
    return found


def former_names_of(model: Any) -> dict[str, str]:
    rows = model._default_manager.exclude(formerly=[]).values_list("slug", "formerly")
    return {old: slug for slug, former in rows for old in former}
