"""Atom (RFC 4287) of changes: Django's feed with its content as HTML and ids that last."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed

from . import LICENSE

# XML cannot hold them, not even written as numbers.
UNSAYABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
MINTED = 2026  # the year by which the site's name in its ids is to be read (RFC 4151)
NEVER = datetime(2020, 1, 1, tzinfo=UTC)  # when a feed without entries was updated


@dataclass(frozen=True, slots=True)
class Item:
    """One entry: a change, what it is about, and its words as HTML."""

    key: str
    title: str
    address: str
    at: datetime
    kinds: Iterable[str]
    content: str


class Feed(Atom1Feed):
    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=NEVER)


def tag(what: str) -> str:
    """The lasting id of a thing (RFC 4151): `tag:record.example,2026:change/2026-nara/7/…`."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},{MINTED}:{what}"


def feed(
    *, title: str, author: str, language: str, page: str, address: str, items: Iterable[Item]
) -> str:
    """A feed as text; `page` is what it is the feed of, `address` its own, both absolute."""
    place = address.removeprefix(settings.SITE_URL).lstrip("/")
    made = Feed(
        title=sayable(title),
        link=page,
        description=None,
        language=language,
        author_name=author,
        feed_url=address,
        feed_guid=tag(f"feed/{place}"),
        feed_copyright=LICENSE,
    )
    for item in items:
        made.add_item(
            title=sayable(item.title),
            link=item.address,
            description=None,
            unique_id=tag(f"change/{item.key}"),
            pubdate=item.at,
            updateddate=item.at,
            categories=item.kinds,
            content=sayable(item.content),
        )
    return made.writeString("utf-8")


def sayable(text: str) -> str:
    return UNSAYABLE.sub("\ufffd", text)
