"""The shapes of data answers as JSON Schema, for the description of the site."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from records.document import schema

from .items import addresses, item

Row = dict[str, Any]


def ref(name: str) -> Row:
    return {"$ref": f"#/components/schemas/{name}"}


def component(name: str) -> str:
    """`commitments-list` → `CommitmentsList`."""
    return "".join(part.capitalize() for part in name.split("-"))


def schemas(lists: Iterable[str], short: Iterable[str]) -> Row:
    whole = schema.json_schema()
    rows = {child.name: schema.schema_of(child) for child in schema.SUMMIT.children}
    names = {
        f"{model.__name__}Row": schema.schema_of(schema.shape_of(model))
        for model in schema.VOCABULARY.values()
    }
    summit = {key: value for key, value in whole.items() if key[0] != "$"}
    found: Row = {
        "Document": summit,
        "SessionRow": rows["sessions"],
        "CommitmentRow": rows["commitments"],
        **names,
        **whole["$defs"],
        "Text": text(),
        "Errors": errors(),
        "Summit": record(ref("Document"), edition=True),
        "Edition": record(ref("Document"), edition=True),
        "Session": record(ref("SessionRow"), edition=True),
        "Commitment": record(ref("CommitmentRow"), edition=True),
        "Participant": record(ref("ParticipantRow")),
        "Party": record(ref("PartyRow")),
        "Topic": record(ref("TopicRow")),
        "OneSeries": record(ref("SeriesRow")),
        "Relation": record({"type": "object"}),  # a relation without a row has a made one
        **{component(f"{name}-list"): listed(name) for name in lists},
        **{component(f"{name}-list"): whole_list(name) for name in short},
        "SearchList": found_by_words(),
    }
    return rewritten(found)


def text() -> Row:
    return {
        "type": "object",
        "description": "A text by language, those it has.",
        "additionalProperties": {"type": "string"},
    }


def record(row: Row, *, edition: bool = False) -> Row:
    of_edition = {
        "edition": {"type": "integer", "minimum": 1},
        "published_at": {"type": "string", "format": "date-time"},
        "checked_on": {"type": ["string", "null"]},
    }
    properties = {
        "id": {"type": "string"},
        **(of_edition if edition else {}),
        "url": addresses(),
        "license": {"type": "string"},
        "record": row,
    }
    return {"type": "object", "properties": properties, "required": list(properties)}


def listed(name: str) -> Row:
    value = {
        "value": {"type": "string"},
        "label": ref("Text"),
        "count": {"type": "integer", "minimum": 0},
        "selected": {"type": "boolean"},
    }
    properties = {
        "items": {"type": "array", "items": item(name)},
        "count": {"type": "integer", "minimum": 0},
        "facets": {
            "type": "object",
            "additionalProperties": {
                "type": "array",
                "items": {"type": "object", "properties": value, "required": list(value)},
            },
        },
        "next_url": {"type": ["string", "null"]},
    }
    return {"type": "object", "properties": properties, "required": list(properties)}


def whole_list(name: str) -> Row:
    """All public names of a kind, each with its counts."""
    properties = {
        "items": {"type": "array", "items": item(name)},
        "count": {"type": "integer", "minimum": 0},
        "facets": {"type": "object"},
        "next_url": {"type": "null"},
    }
    return {"type": "object", "properties": properties, "required": list(properties)}


def found_by_words() -> Row:
    group = {
        "kind": {"type": "string"},
        "count": {"type": "integer", "minimum": 0},
        "items": {"type": "array", "items": item("search")},
        "url": {"type": "string"},
    }
    groups = {"type": "object", "properties": group, "required": list(group)}
    properties = {
        "query": {"type": ["string", "null"]},
        "count": {"type": "integer", "minimum": 0},
        "groups": {"type": "array", "items": groups},
    }
    return {"type": "object", "properties": properties, "required": list(properties)}


def errors() -> Row:
    properties: Row = {
        "parameter": {"type": ["string", "null"]},
        "value": {"type": "string"},
        "message": {"type": "string"},
        "allowed": {"type": "array", "items": {"type": "string"}},
    }
    row = {"type": "object", "properties": properties, "required": list(properties)}
    return {
        "type": "object",
        "properties": {"errors": {"type": "array", "items": row, "minItems": 1}},
        "required": ["errors"],
    }


def rewritten(found: Any) -> Any:
    """References to the definitions of a schema as references to the components."""
    if isinstance(found, dict):
        return {name: rewritten(value) for name, value in found.items()}
    if isinstance(found, list):
        return [rewritten(value) for value in found]
    if isinstance(found, str) and found.startswith("#/$defs/"):
        return found.replace("#/$defs/", "#/components/schemas/")
    return found
