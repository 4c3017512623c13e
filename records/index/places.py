"""Where, when and whether a summit was held, as values of facet sets."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.text import slugify

from records.document.schema import LANGUAGES

LONGEST = 80  # what a facet set's value may hold


def place(document: dict[str, Any]) -> str:
    """What the place of a summit is called in addresses: `jpn-nara`, the host country and the
    English name of the city; the name in another language where there is no English one, empty
    where no city is named."""
    city = document.get("city", {})
    named = slugify(city.get("en", "")) or next(
        filter(None, (slugify(city.get(code, ""), allow_unicode=True) for code in LANGUAGES)), ""
    )
    whole = "-".join(filter(None, (document.get("country", ""), named))) if named else ""
    return whole[:LONGEST].rstrip("-")


def place_sets(document: dict[str, Any], first: date | None) -> dict[str, list[str]]:
    """Facet sets of a summit: `place`; `located` if it stands on a map; `year` of its earliest day,
    in four digits; `event-status`."""
    located = document.get("latitude") is not None and document.get("longitude") is not None
    values = {
        "place": place(document),
        "located": "yes" if located else "",
        "year": f"{first.year:04d}" if first else "",
        "event-status": document.get("event_status", ""),
    }
    return {name: [value] for name, value in values.items() if value}
