"""The pages that are measured, and the same pages of the twin."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from . import SIZES
from .documents import document
from .words import SEARCHES

FILTER = "status=fulfilled&topic=trade"
DEEP = {"S": 40, "M": 500, "L": 500}  # S has no more pages


@dataclass(frozen=True)
class Page:
    """A page at several addresses, so that under load not the same is asked again and again."""

    name: str
    addresses: list[str]
    naive: list[str]  # empty where there is no twin
    repeated: str = ""  # "cached": the same again; "not-modified": and known to the reader


def pages(size: str) -> list[Page]:
    some = [document(number) for number in range(0, SIZES[size], max(SIZES[size] // 20, 1))]
    summits = [f"/summits/{one['slug']}" for one in some]
    promises = [f"/commitments/{one['code']}-{number}" for one in some for number in (1, 7)]
    lists = {
        "list-summits": [f"/summits?page={page}" for page in (1, 2, 3, 4)],
        "list-commitments": [f"/commitments?page={page}" for page in (1, 2, 3, 4)],
        "list-filtered": [f"/commitments?{FILTER}"],
        "deep-commitments": [f"/commitments?page={DEEP[size] - back}" for back in (0, 1, 2, 3)],
        "detail-summit": summits,
        "detail-commitment": promises,
        **{f"search-{kind}": [f"/search?q={quote(word)}"] for kind, word in SEARCHES.items()},
    }
    found = [
        Page(name, [f"/en{one}" for one in places], [f"/naive{one}" for one in places])
        for name, places in lists.items()
    ]
    first = ["/en/summits?page=1"]
    return [
        *found,
        Page("cached", first, [], "cached"),
        Page("not-modified", first, [], "not-modified"),
    ]
