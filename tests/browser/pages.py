"""Every type of page, by an address that shows it, and the ways to look at each."""

import itertools
import os

NARA = "summits/2026-01-13-nara"
LISTS = {
    "summits": "summits",
    "commitments": "commitments",
    "participants": "participants",
    "sessions": "sessions",
    "filtered": "commitments?status=in-progress&party=kor",
    "misread": "summits?from=2023-02-30&party=nowhere",
    "empty": "commitments?status=stalled&topic=crime&q=nothing",
}
RECORDS = {
    "summit": NARA,
    "edition": "summits/2026-03-10-busan/editions/1",
    "three sides": "summits/2026-03-10-busan",
    "ahead": "summits/2027-tokyo",
    "session": f"{NARA}/sessions/expanded-talks",
    "commitment": "commitments/2026-nara-1",
    "participant": "participants/takaichi-sanae",
}
ERRORS = {"missing": "commitments/2026-nara-33", "gone": "summits/2026-04-10-jeju"}
PAGES = {"home": "", **LISTS, **RECORDS, **ERRORS}
# Records that are read in full: what is looked at closely and slowly is looked at here.
CLOSELY = ("home", "filtered", "summit", "commitment", "participant")

LANGUAGES = ("en", "ko", "ja")
THEMES = ("light", "dark")
WIDTHS = (320, 1280)
# Each page in each language, with both themes and both widths among the three.
FEW = [
    [("en", "light", 1280), ("ko", "dark", 320), ("ja", "light", 320)],
    [("en", "dark", 320), ("ko", "light", 1280), ("ja", "dark", 1280)],
]


def looks() -> list[tuple[str, str, str, int]]:
    """`(page, language, theme, width)`: a fair choice, or all with BROWSER_MATRIX=full."""
    if os.environ.get("BROWSER_MATRIX") == "full":
        return list(itertools.product(PAGES, LANGUAGES, THEMES, WIDTHS))
    return [(name, *look) for n, name in enumerate(PAGES) for look in FEW[n % len(FEW)]]


def in_languages(names: list[str] | tuple[str, ...] | None = None) -> list[tuple[str, str]]:
    """`(page, language)` of the pages with these names, else of all."""
    return list(itertools.product(names or PAGES, LANGUAGES))


def place(name: str, language: str) -> str:
    return f"{language}/{PAGES[name]}"
