"""What stands in the lists: the shape of the items of each, for the description of the site.

An empty text or list says that nothing is recorded, as in the lists themselves.
"""

from __future__ import annotations

from typing import Any

from django.db.models import TextChoices

from records import choices
from records.filters.faceted import Said
from records.language import LANGUAGES

Row = dict[str, Any]

TEXT: Row = {"$ref": "#/components/schemas/Text"}
WORDS: Row = {"type": "string"}
SLUGS: Row = {"type": "array", "items": {"type": "string"}}
COUNT: Row = {"type": "integer", "minimum": 0}
FLAG: Row = {"type": "boolean"}
DEGREES: Row = {"type": ["number", "null"]}
DAY: Row = {"type": "string", "description": "A day; empty for none."}
DATE: Row = {"type": "string", "description": "EDTF, level 1: a day, month, year; empty for none."}
MOMENT: Row = {"type": "string", "format": "date-time"}


def one_of(vocabulary: type[TextChoices], *, empty: bool = False) -> Row:
    return {"enum": [*map(str, vocabulary), *([""] if empty else [])]}


def counted_by(vocabulary: type[TextChoices], *more: str) -> Row:
    names = {"enum": [*map(str, vocabulary), *more]}
    return {"type": "object", "propertyNames": names, "additionalProperties": COUNT}


STATUS = one_of(choices.CommitmentStatus, empty=True)
OF_SUMMIT: Row = {
    "summit": WORDS,
    "summit_title": TEXT,
    "city": TEXT,
    "starts": DATE,
    "ends": DATE,
}
CHANGED: Row = {
    "at": MOMENT,
    "day": DAY,
    "edition": {"type": ["integer", "null"], "minimum": 1},
    "edition_kind": one_of(choices.EditionKind, empty=True),
    "note": TEXT,
    "summit": WORDS,
    "summit_title": TEXT,
    "commitment": WORDS,
    "what": one_of(choices.ChangeKind),
    "sources": {"type": "array", "items": {"type": "object"}},
}
# What only changes of some kinds tell.
ALSO_CHANGED: Row = {
    "title": TEXT,
    "number": {"type": "integer", "minimum": 1},
    "text": TEXT,
    "on": DATE,
    "progress_kind": WORDS,
    "party": WORDS,
    "before": {},
    "after": {},
    "path": SLUGS,
    "row_title": TEXT,
    "whole": {"enum": ["", "added", "removed", "moved"]},
    "parts": {"type": "array", "items": {"type": "object"}},
    "name_kind": WORDS,
    "name": WORDS,
}
NAMED: Row = {"title": TEXT, "summits": COUNT, "commitments": COUNT}

# list -> what each of its items has.
ITEMS: dict[str, Row] = {
    "summits": {
        "title": TEXT,
        "city": TEXT,
        "region": TEXT,
        "summary": TEXT,
        "code": WORDS,
        "starts": DATE,
        "ends": DATE,
        "setting": one_of(choices.Setting, empty=True),
        "outcome": one_of(choices.Outcome, empty=True),
        "event_status": one_of(choices.EventStatus, empty=True),
        "country": WORDS,
        "series": WORDS,
        "checked_on": DATE,
        "timezone": WORDS,
        "latitude": DEGREES,
        "longitude": DEGREES,
        "form": one_of(choices.SummitForm, empty=True),
        "parties": SLUGS,
        "hosts": SLUGS,
        "leaders": SLUGS,
        "topics": SLUGS,
        "edition": {"type": "integer", "minimum": 1},
        "statuses": counted_by(choices.CommitmentStatus, "position"),
        "commitments": COUNT,
        "sessions": COUNT,
        "differences": COUNT,
        "sources": COUNT,
    },
    "commitments": {
        **OF_SUMMIT,
        "number": {"type": "integer", "minimum": 1},
        "title": TEXT,
        "gist": TEXT,
        "kind": one_of(choices.CommitmentKind),
        "status": STATUS,
        "status_since": DATE,
        "statuses": {"type": "object", "additionalProperties": STATUS},
        "late": FLAG,
        "said": one_of(Said, empty=True),
        "parties": SLUGS,
        "topics": SLUGS,
        "series": WORDS,
        "due": DATE,
        "due_text": TEXT,
        "falls_due": DAY,
        "continues": SLUGS,
        "followed_on": DAY,
        "follow_ups": COUNT,
        "checked": DATE,
        "overdue": FLAG,
    },
    "participants": {
        "kind": one_of(choices.ParticipantKind),
        "meetings": COUNT,
        "office": TEXT,
        "party": WORDS,
        "last_met": DATE,
        "title": TEXT,
    },
    "sessions": {
        **OF_SUMMIT,
        "key": WORDS,
        "kind": one_of(choices.SessionKind),
        "title": TEXT,
        "venue": TEXT,
        "date": DATE,
        "time": WORDS,
        "until": WORDS,
        "minutes": WORDS,
        "parties": SLUGS,
        "participants": SLUGS,
    },
    "sources": {
        "summit": WORDS,
        "summit_title": TEXT,
        "key": WORDS,
        "number": {"type": "integer", "minimum": 1},
        "title": WORDS,
        "language": WORDS,
        "publisher": WORDS,
        "kind": one_of(choices.SourceKind),
        "published_on": DATE,
        "accessed_on": DATE,
        "read": one_of(choices.ReadExtent),
        "reliability": one_of(choices.Reliability, empty=True),
        "archived_url": WORDS,
        "copy_of": WORDS,
        "source_url": WORDS,
        "gloss": TEXT,
        "issued_by": SLUGS,
        "outcome": FLAG,
        "cited": COUNT,
        "commitments": SLUGS,
    },
    "changes": CHANGED,
    "corrections": CHANGED,
    "parties": NAMED,
    "relations": NAMED,
    "series": NAMED,
    "topics": {**NAMED, "parent": {"type": ["string", "null"]}},
    "search": {"title": TEXT, "matched": {"type": ["object", "null"]}},
}
OPTIONAL: dict[str, Row] = {"changes": ALSO_CHANGED, "corrections": ALSO_CHANGED}


def addresses() -> Row:
    one = {"type": "string", "format": "uri"}
    properties = dict.fromkeys(LANGUAGES, one)
    return {"type": "object", "properties": properties, "required": list(properties)}


def item(name: str) -> Row:
    """The shape of an item of the list `name`; what a later version adds is no fault."""
    always = {"id": {"type": "string"}, "url": addresses(), **ITEMS[name]}
    properties = {**always, **OPTIONAL.get(name, {})}
    return {"type": "object", "properties": properties, "required": list(always)}
