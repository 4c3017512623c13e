"""The one definition of a document's shape, read off the models.

From it come the JSON Schema, the loader's errors, the checks of publishing, the order in which
facts are written, and the empty facts that drawing needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models

from records.models import (
    Attendance,
    Commitment,
    Delegation,
    Difference,
    DifferenceValue,
    Gift,
    Note,
    Participant,
    Party,
    Progress,
    Relation,
    Series,
    Session,
    Source,
    Statement,
    Summit,
    Topic,
    Wording,
)
from records.models.fields import (
    CITATION_PATTERN,
    KEY_PATTERN,
    Citations,
    DateBound,
    EdtfField,
    TitleList,
    WordList,
)

FORMAT = 1
LANGUAGE_PATTERN = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
CITES_MEMBER = r"(\.[a-z0-9-]+)?"  # behind a fact's name: one member of a set, `topics.history`
# A date as `records.dates` reads it; that its days exist is checked there alone.
EDTF_PART = r"([0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(-([0-9]{2}|XX)(-([0-9]{2}|XX))?)?[~?%]?"
EDTF_PATTERN = rf"^({EDTF_PART}|({EDTF_PART}|\.\.)/({EDTF_PART}|\.\.))$"
LARGEST_INTEGER = 2**31 - 1  # what every database's integer holds
LANGUAGES = tuple(code for code, _label in settings.LANGUAGES)

# Facts that stand together in the document though they are columns of their own in the row.
GROUPS: dict[type[models.Model], str] = {Commitment: "withdrawn"}
# What a row is known by inside its list; `key` unless said here, None where only its place tells.
KEYS: dict[type[models.Model], str | None] = {
    Delegation: "party",
    Attendance: "participant",
    Commitment: "number",
    Wording: "party",
    DifferenceValue: None,
    Participant: "slug",
    Party: "slug",
    Topic: "slug",
    Series: "slug",
    Relation: "slug",
}
CHILDREN: dict[type[models.Model], tuple[type[models.Model], ...]] = {
    Summit: (
        Delegation,
        Attendance,
        Session,
        Commitment,
        Statement,
        Gift,
        Note,
        Difference,
        Source,
    ),
    Commitment: (Wording, Progress),
    Difference: (DifferenceValue,),
}
# Rows sorted by what they say instead of by their place in the file.
SORTED_BY: dict[type[models.Model], str] = {Progress: "date"}
VOCABULARY: dict[str, type[models.Model]] = {
    "participants": Participant,
    "parties": Party,
    "topics": Topic,
    "series": Series,
    "relations": Relation,
}
AGREED = "agreed"  # stands for the party of a wording that has none, in paths


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a row: its name in the document, its kind, its limits.

    Kinds: text (a map of languages), says (a text, or one string for all languages), string, date
    (EDTF), day (a full date), integer, number, flag, choice, one (a slug of the vocabulary), many
    (sorted slugs), words (a list of strings), titles (`[{lang, text}]`), cites, group.
    """

    name: str
    kind: str
    label: Any = ""
    help: Any = ""
    required: bool = False
    default: Any = None
    choices: tuple[str, ...] = ()
    target: str = ""
    pattern: str = ""
    max_length: int | None = None
    minimum: float | None = None
    maximum: float | None = None
    item: dict[str, Any] | None = None
    facts: tuple[Fact, ...] = ()

    def empty(self) -> Any:
        """What stands for the fact where a document leaves it out."""
        if self.kind in ("text", "says", "cites"):
            return {}
        if self.kind in ("many", "words", "titles"):
            return []
        if self.kind in ("integer", "number", "group"):
            return None
        if self.kind == "flag":
            return False
        return self.default or ""


@dataclass(frozen=True, slots=True)
class Shape:
    """The facts of one kind of row, the lists below it, and what it is known by."""

    model: type[models.Model]
    name: str  # of the list that holds it
    key: str | None
    facts: tuple[Fact, ...]
    children: tuple[Shape, ...]
    parent: str  # the row's field that leads to its parent
    sorted_by: str

    def fact(self, name: str) -> Fact | None:
        return next((fact for fact in self.facts if fact.name == name), None)

    def child(self, name: str) -> Shape | None:
        return next((shape for shape in self.children if shape.name == name), None)

    def known_by(self, item: dict[str, Any], place: int) -> str:
        """The name of `item` in paths: its key, or its place counted from 1."""
        if self.key is None:
            return str(place + 1)
        value = item.get(self.key)
        if value in (None, ""):
            return AGREED if self.model is Wording else str(place + 1)
        return str(value)


def vocabulary_name(model: type[models.Model]) -> str:
    """Singular: `participant`, `party`, `topic`, `series`, `relation`."""
    return model._meta.model_name or ""


@cache
def shape_of(model: type[models.Model], parent: type[models.Model] | None = None) -> Shape:
    children = tuple(shape_of(child, model) for child in CHILDREN.get(model, ()))
    parent_field = ""
    list_name = next((name for name, known in VOCABULARY.items() if known is model), "")
    for field in model._meta.concrete_fields:
        if parent is not None and field.related_model is parent:
            parent_field = field.name
            list_name = str(getattr(field.remote_field, "related_name", ""))
    return Shape(
        model=model,
        name=list_name,
        key=KEYS.get(model, "key"),
        facts=tuple(facts_of(model, parent_field)),
        children=children,
        parent=parent_field,
        sorted_by=SORTED_BY.get(model, ""),
    )


def facts_of(model: type[models.Model], parent_field: str) -> Iterator[Fact]:
    columns = sorted(
        [*model._meta.concrete_fields, *model._meta.many_to_many],
        key=lambda field: field.creation_counter,
    )
    # Keys come first however late their abstract base was written down.
    leading = ("slug", "code", "key", "formerly")
    columns.sort(key=lambda field: leading.index(field.name) if field.name in leading else 9)
    texts = getattr(model, "texts", {})
    group = GROUPS.get(model, "")
    grouped: list[Fact] = []
    done: set[str] = set()
    for column in columns:
        name = column.name
        if (
            column.primary_key
            or isinstance(column, DateBound)
            or name in (parent_field, "order")
            or name.endswith("_plainly")
        ):
            continue
        if hasattr(column, "_translated_field_language_code"):
            name = name.removesuffix(f"_{column._translated_field_language_code}")
        if name in done:
            continue
        done.add(name)
        fact = fact_of(model, column, name, texts)
        if group and name.startswith(f"{group}_"):
            short = {"name": name.removeprefix(f"{group}_"), "required": True}
            if not grouped:
                grouped.append(Fact(name=group, kind="group"))
            grouped.append(Fact(**{**fact_as_dict(fact), **short}))
            continue
        if grouped:
            yield Fact(name=group, kind="group", label=group, facts=tuple(grouped[1:]))
            grouped = []
        yield fact


def fact_as_dict(fact: Fact) -> dict[str, Any]:
    return {name: getattr(fact, name) for name in Fact.__slots__}


def fact_of(model: type[models.Model], column: Any, name: str, texts: dict[str, Any]) -> Fact:
    common = {
        "name": name,
        "label": column.verbose_name,
        "help": column.help_text,
        "max_length": getattr(column, "max_length", None),
    }
    if name in texts:
        plain = any(field.name == f"{name}_plainly" for field in model._meta.concrete_fields)
        common["label"] = texts[name].short_description
        return Fact(
            kind="says" if plain else "text", required=texts[name].required or plain, **common
        )
    required = not column.blank
    if isinstance(column, EdtfField):
        return Fact(kind="date", required=required, **common)
    if isinstance(column, Citations):
        return Fact(kind="cites", required=column.required, **common)
    if isinstance(column, WordList):
        return Fact(kind="words", item=column.item, **common)
    if isinstance(column, TitleList):
        return Fact(kind="titles", **common)
    if column.many_to_many:
        target = vocabulary_name(model if column.related_model == "self" else column.related_model)
        return Fact(kind="many", required=required, target=target, **common)
    if isinstance(column, models.ForeignKey):
        target = vocabulary_name(column.related_model)
        return Fact(kind="one", required=required, target=target, **common)
    if isinstance(column, models.DateField):
        return Fact(kind="day", required=required, **common)
    if isinstance(column, models.BooleanField):
        return Fact(kind="flag", default=False, **common)
    if isinstance(column, models.IntegerField | models.FloatField):
        limits = {type(v): v.limit_value for v in column.validators if hasattr(v, "limit_value")}
        return Fact(
            kind="number" if isinstance(column, models.FloatField) else "integer",
            required=required,
            minimum=limits.get(
                MinValueValidator, 0 if "Positive" in type(column).__name__ else None
            ),
            maximum=min(limits.get(MaxValueValidator, LARGEST_INTEGER), LARGEST_INTEGER),
            **common,
        )
    if column.choices:
        default = column.default if column.has_default() else None
        return Fact(
            kind="choice",
            required=required,
            default=str(default) if default else None,
            choices=tuple(str(value) for value, _label in column.flatchoices if value != ""),
            **common,
        )
    regexes = (v.regex for v in column.validators if type(v) is RegexValidator)
    pattern = next((regex.pattern for regex in regexes if isinstance(regex, re.Pattern)), "")
    return Fact(kind="string", required=required, pattern=pattern, **common)


SUMMIT = shape_of(Summit)


def complete(item: dict[str, Any], shape: Shape = SUMMIT) -> dict[str, Any]:
    """A copy of a sparse document with every fact and list present, empty where nothing is said.

    Citations become maps `{fact or "all": [...]}`; templates can then stay strict.
    """
    whole: dict[str, Any] = {}
    for fact in shape.facts:
        value = item.get(fact.name)
        if fact.kind == "cites":
            value = {"all": value} if isinstance(value, list) else (value or {})
        elif value is None:
            value = fact.empty()
        whole[fact.name] = value
    for child in shape.children:
        whole[child.name] = [complete(row, child) for row in item.get(child.name, [])]
    return whole


# JSON Schema --------------------------------------------------------------------------------------


def json_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a summit file."""
    schema = schema_of(SUMMIT)
    schema["properties"] = {
        "format": {"const": FORMAT, "description": "The number of this shape."},
        **schema["properties"],
        "vocabulary": {
            "type": "object",
            "description": "All that the file refers to, so that it stands alone.",
            "properties": {
                name: {"type": "array", "items": schema_of(shape_of(model))}
                for name, model in VOCABULARY.items()
            },
            "additionalProperties": False,
        },
    }
    schema["required"] = ["format", *schema["required"]]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{settings.SITE_URL}/schema/summit.json",
        "title": "Summit file",
        **schema,
        "$defs": {
            "citation": {"type": "string", "pattern": CITATION_PATTERN},
            "language": {"type": "string", "pattern": LANGUAGE_PATTERN},
        },
    }


def schema_of(shape: Shape) -> dict[str, Any]:
    properties = {fact.name: fact_schema(fact, shape) for fact in shape.facts}
    for child in shape.children:
        rows: dict[str, Any] = {"type": "array", "items": schema_of(child)}
        if child.key is None:
            rows["minItems"] = 2
        properties[child.name] = rows
    required = [fact.name for fact in shape.facts if fact.required and fact.default is None]
    required += [child.name for child in shape.children if child.key is None]
    return {
        "type": "object",
        "description": " ".join((shape.model.__doc__ or "").split()),
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def text_schema(fact: Fact) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {code: string_schema(fact) for code in LANGUAGES},
        "additionalProperties": False,
        "minProperties": 1,
    }


def string_schema(fact: Fact) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string", "pattern": fact.pattern or r"\S"}
    if fact.max_length:
        schema["maxLength"] = fact.max_length
    return schema


def fact_schema(fact: Fact, shape: Shape) -> dict[str, Any]:
    citations = {"type": "array", "items": {"$ref": "#/$defs/citation"}, "minItems": 1}
    schema: dict[str, Any]
    match fact.kind:
        case "text":
            schema = text_schema(fact)
        case "says":
            schema = {"anyOf": [string_schema(fact), text_schema(fact)]}
        case "date":
            schema = {**string_schema(fact), "pattern": EDTF_PATTERN}
        case "day":
            pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
            schema = {"type": "string", "format": "date", "pattern": pattern}
        case "integer" | "number":
            schema = {"type": fact.kind}
            if fact.minimum is not None:
                schema["minimum"] = fact.minimum
            if fact.maximum is not None:
                schema["maximum"] = fact.maximum
        case "flag":
            schema = {"type": "boolean"}
        case "choice":
            schema = {"enum": list(fact.choices)}
        case "many":
            slug = {"type": "string", "pattern": KEY_PATTERN}
            schema = {"type": "array", "items": slug, "uniqueItems": True}
            if fact.required:
                schema["minItems"] = 1
        case "words":
            word = {"pattern": r"\S", **(fact.item or {})}
            schema = {"type": "array", "items": word, "uniqueItems": True}
        case "titles":
            title = {"lang": {"$ref": "#/$defs/language"}, "text": string_schema(fact)}
            schema = {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": title,
                    "required": ["lang", "text"],
                    "additionalProperties": False,
                },
            }
        case "cites":
            names = [known.name for known in shape.facts if known.name != "cites"]
            schema = {
                "anyOf": [
                    citations,
                    {
                        "type": "object",
                        "patternProperties": {
                            rf"^({'|'.join([*names, 'all'])}){CITES_MEMBER}$": citations
                        },
                        "additionalProperties": False,
                        "minProperties": 1,
                    },
                ]
            }
        case "group":
            schema = {
                "type": "object",
                "properties": {part.name: fact_schema(part, shape) for part in fact.facts},
                "required": [part.name for part in fact.facts],
                "additionalProperties": False,
            }
        case _:
            schema = string_schema(fact)
    if str(fact.help):
        schema["description"] = str(fact.help)
    return schema
