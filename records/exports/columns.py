"""The columns of the lists as tables. Names are permanent: new ones may come at the end."""

from __future__ import annotations

from functools import partial
from operator import itemgetter
from typing import Any

from django.conf import settings

from records.choices import LIFE_ORDER, CommitmentKind
from records.language import LANGUAGES

from .table import Column

Row = dict[str, Any]


def said(row: Row, name: str, code: str) -> str:
    return (row.get(name) or {}).get(code, "")


def words(name: str, fact: str = "") -> tuple[Column, ...]:
    """A text language by language, empty where it lacks one: `title_en`, `title_ko`, `title_ja`."""
    return tuple(
        Column(f"{name}_{code}", partial(said, name=fact or name, code=code), is_words=True)
        for code in LANGUAGES
    )


def facts(*names: str) -> tuple[Column, ...]:
    """Slugs, choices, dates and numbers as they stand in the index."""
    return tuple(Column(name, itemgetter(name)) for name in names)


def free(*names: str) -> tuple[Column, ...]:
    """What editors may write in any words, though it mostly is a time or a number."""
    return tuple(Column(name, itemgetter(name), is_words=True) for name in names)


def counted(row: Row, status: str) -> int:
    return row["statuses"].get(status, 0)


def address(row: Row) -> str:
    return f"{settings.SITE_URL}/{row['place']}"


ID = (Column("id", itemgetter("slug")),)
URL = (Column("url", address),)
OF_SUMMIT = (*facts("summit"), *words("summit_title"), *facts("starts", "ends"))
STATUSES = (*map(str, LIFE_ORDER), str(CommitmentKind.POSITION))

CHANGE = (
    *ID,
    *facts("at", "day", "what"),
    *words("title"),
    *facts("edition", "edition_kind"),
    *words("note"),
    *facts("summit"),
    *words("summit_title"),
    *facts("commitment"),
    *URL,
)

# name of the list -> its columns; a list that is not here has no table.
TABLES: dict[str, tuple[Column, ...]] = {
    "summits": (
        *ID,
        *words("title"),
        *facts("starts", "ends"),
        *words("city"),
        *facts("country", "form", "setting", "event_status", "outcome", "parties", "hosts"),
        *facts("leaders", "topics", "series", "sessions", "commitments"),
        *(
            Column(f"commitments_{status.replace('-', '_')}", partial(counted, status=status))
            for status in STATUSES
        ),
        *facts("differences", "sources", "latitude", "longitude", "checked_on", "edition"),
        *URL,
    ),
    "commitments": (
        *ID,
        *words("title"),
        *words("gist"),
        *OF_SUMMIT,
        *facts("number", "kind", "parties", "topics", "series"),
        *facts("status", "status_since", "said", "due"),
        *words("due_text"),
        *facts("overdue", "late", "follow_ups", "followed_on", "checked", "continues"),
        *URL,
    ),
    "participants": (
        *ID,
        *words("title"),
        *facts("kind", "party"),
        *words("office"),
        *facts("meetings", "last_met"),
        *URL,
    ),
    "changes": CHANGE,
    "corrections": CHANGE,
    "sources": (
        *ID,
        # In its own language, and what it says in ours.
        Column("title", itemgetter("title"), is_words=True),
        *words("gloss"),
        *facts("language"),
        *free("publisher"),
        *facts("kind", "issued_by", "published_on", "accessed_on", "read", "reliability"),
        *facts("outcome", "source_url", "archived_url"),
        *free("copy_of"),
        *facts("summit", "number", "cited", "commitments"),
        *URL,
    ),
    "sessions": (
        *ID,
        *words("title"),
        *facts("kind", "date"),
        *free("time", "until", "minutes"),
        *words("venue"),
        *OF_SUMMIT,
        *facts("parties", "participants"),
        *URL,
    ),
}
