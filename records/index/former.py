"""What an edition refers to, under the names of today: two of them may have become one since."""

from __future__ import annotations

import copy
from typing import Any

from records.document.canonical import references, walk
from records.document.checks.context import former_names_of
from records.document.schema import VOCABULARY, Shape, vocabulary_name

Document = dict[str, Any]
Today = dict[tuple[str, str], str]  # kind and former slug -> slug

MODELS = {vocabulary_name(model): model for model in VOCABULARY.values()}


def followed(document: Document) -> Document:
    """An edition's document with names that are no more under those they were merged into."""
    today: Today = {}
    wanted: dict[str, set[str]] = {}
    for kind, slug in references(document):
        wanted.setdefault(kind, set()).add(slug)
    for kind, slugs in sorted(wanted.items()):
        rows = MODELS[kind]._default_manager.filter(slug__in=slugs)
        if missing := slugs - set(rows.values_list("slug", flat=True)):
            former = former_names_of(MODELS[kind])
            today |= {(kind, slug): former[slug] for slug in missing & set(former)}
    return under_names(document, today) if today else document


def under_names(document: Document, today: Today) -> Document:
    """The document with names of the vocabulary replaced, in citations and differences too."""
    document = copy.deepcopy(document)
    for shape, row, _place in walk(document):
        for fact in shape.facts:
            if fact.kind == "one" and row.get(fact.name):
                slug = row[fact.name]
                row[fact.name] = today.get((fact.target, slug), slug)
            elif fact.kind == "many" and row.get(fact.name):
                row[fact.name] = sorted(
                    {today.get((fact.target, slug), slug) for slug in row[fact.name]}
                )
        if isinstance(row.get("cites"), dict):
            row["cites"] = cited_under(row["cites"], shape, today)
    for row in document.get("differences", []):
        if "about" in row:
            row["about"] = list(dict.fromkeys(about_under(path, today) for path in row["about"]))
    return document


def cited_under(cites: dict[str, list[str]], shape: Shape, today: Today) -> dict[str, list[str]]:
    """`topics.old: [s02]` as `topics.new`; what both were cited for, one is."""
    kinds = {fact.name: fact.target for fact in shape.facts if fact.kind == "many"}
    found: dict[str, list[str]] = {}
    for name, sources in cites.items():
        fact, _dot, slug = name.partition(".")
        new = today.get((kinds.get(fact, ""), slug))
        at = f"{fact}.{new}" if new else name
        found[at] = list(dict.fromkeys([*found.get(at, []), *sources]))
    return found


def about_under(path: str, today: Today) -> str:
    """`attendances.old.office` as `attendances.new.office`."""
    steps = path.split(".")
    kind = {"attendances": "participant", "delegations": "party"}.get(steps[0], "")
    if len(steps) > 1 and (kind, steps[1]) in today:
        steps[1] = today[(kind, steps[1])]
    return ".".join(steps)
