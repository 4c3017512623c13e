"""Every type of page, by an address that shows it, and the ways to look at each."""

import itertools
import os

NARA = "summits/2026-01-13-nara"
THREE = "summits/2026-03-10-busan"
LISTS = {
    "summits": "summits",
    "commitments": "commitments",
    "participants": "participants",
    "sessions": "sessions",
    "sources": "sources",
    "changes": "changes",
    "corrections": "corrections",
    "filtered": "commitments?status=in-progress&party=kor",
    "misread": "summits?from=2023-02-30&party=nowhere",
    "empty": "commitments?status=stalled&topic=crime&q=nothing",
}
NAMES = {
    "relations": "relations",
    "parties": "parties",
    "topics": "topics",
    "all series": "series",
}
RECORDS = {
    "summit": NARA,
    "edition": f"{THREE}/editions/1",
    "three sides": THREE,
    "ahead": "summits/2027-tokyo",
    "session": f"{NARA}/sessions/expanded-talks",
    "commitment": "commitments/2026-nara-1",
    "participant": "participants/takaichi-sanae",
    "relation": "relations/jpn-kor",
    "party": "parties/jpn",
    "topic": "topics/economy",
    "series": "series/korea-japan-shuttle",
    "editions": f"{THREE}/editions",
    "what changed": f"{THREE}/editions/2/changes",
}
SEARCH = {"search": "search", "found": "search?q=조세이", "not found": "search?q=xyzzy"}
TEXTS = {
    "about": "about",
    "method": "about/method",
    "policy": "about/corrections",
    "accessibility": "about/accessibility",
    "promises": "about/promises",
    "data": "data",
}
ERRORS = {"missing": "commitments/2026-nara-33", "gone": "summits/2026-04-10-jeju"}
PAGES = {"home": "", **LISTS, **NAMES, **RECORDS, **SEARCH, **TEXTS, **ERRORS}
# Records that are read in full: what is looked at closely and slowly is looked at here.
CLOSELY = ("home", "filtered", "summit", "commitment", "participant", "relation")

LANGUAGES = ("en", "ko", "ja")
THEMES = ("light", "dark")
WIDTHS = (320, 1280)
ONCE = ("en", "light", 1280)
# In every language, theme and width also where only a few pages are.
ALWAYS = ("filtered", "summit", "commitment")


def looks() -> list[tuple[str, str, str, int]]:
    """`(page, language, theme, width)`: all of `make browser`, else each page once and the main
    ones in all ways."""
    every = list(itertools.product(PAGES, LANGUAGES, THEMES, WIDTHS))
    if os.environ.get("BROWSER_MATRIX") == "full":
        return every
    return [look for look in every if look[1:] == ONCE or look[0] in ALWAYS]


def desk_looks(*usual: tuple[str, str, int]) -> list[tuple[str, str, int]]:
    """`(language, theme, width)` of an editors' page: all in `make browser`, else the usual."""
    if os.environ.get("BROWSER_MATRIX") == "full":
        return list(itertools.product(LANGUAGES, THEMES, (390, 1280)))
    return list(usual)


def in_languages(names: list[str] | tuple[str, ...] | None = None) -> list[tuple[str, str]]:
    """`(page, language)` of the pages with these names, else of all: the main ones in each
    language, the others in English but for `make browser`."""
    every = itertools.product(names or PAGES, LANGUAGES)
    if os.environ.get("BROWSER_MATRIX") == "full":
        return list(every)
    return [one for one in every if one[1] == "en" or one[0] in CLOSELY]


def place(name: str, language: str) -> str:
    return f"{language}/{PAGES[name]}"
