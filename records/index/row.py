"""One entry to be: what every kind of entry has."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from records import search
from records.document.schema import LANGUAGES

Text = dict[str, str]
# A text that an entry is searched by, bare or with what it is: ("title", {"en": …}).
Searched = str | tuple[str, Text | str]
OWN = ("id", "title", "name", "also")  # names of the entry itself; other texts only lead to it


@dataclass
class Row:
    """One entry to be: see `models.published.Entry` for the columns."""

    kind: str
    slug: str
    data: dict[str, Any]
    facets: dict[str, list[str]] = field(default_factory=dict)
    title: Text = field(default_factory=dict)
    words: list[Searched] = field(default_factory=list)
    starts: date | None = None
    due: date | None = None
    weight: int = 0
    place: int = 0
    person: str = ""

    def columns(self) -> dict[str, Any]:
        sort = {f"sort_{code}": sort_bytes(self.title, code) for code in LANGUAGES}
        return {
            "data": self.data,
            "facets": {name: sorted(set(values)) for name, values in self.facets.items() if values},
            "starts": self.starts,
            "due": self.due,
            "weight": self.weight,
            "place": self.place,
            "person": self.person,
            **sort,
        }

    def searched(self) -> dict[str, Any]:
        """Its texts as `[what it is, language, text]`, once each, and the tokens they give."""
        texts: dict[str, list[str]] = {}
        for word in self.words:
            label, text = ("", word) if isinstance(word, str) else word
            for code, said in in_order(text) if isinstance(text, dict) else [("", text)]:
                if said:
                    texts.setdefault(said, [label, code, said])
        own = [said for label, _code, said in texts.values() if label in OWN]
        return {"texts": list(texts.values()), "tokens": search.stream(self.kind, texts, own)}


def in_order(text: Text) -> list[tuple[str, str]]:
    """A text's languages as documents have them; PostgreSQL's `jsonb` orders keys its own way."""
    place = {code: number for number, code in enumerate(LANGUAGES)}
    return sorted(text.items(), key=lambda said: (place.get(said[0], len(place)), said[0]))


def sort_bytes(title: Text, code: str) -> bytes:
    text = title.get(code) or next((title[other] for other in LANGUAGES if other in title), "")
    return search.folded(text).encode()[:200]
