"""Documents for Hypothesis: any fact of any row may be there, in odd words of three languages."""

from __future__ import annotations

import unicodedata
from typing import Any

from hypothesis import strategies as st

from records.document import schema
from records.document.schema import LANGUAGES, SUMMIT, VOCABULARY, Fact, Shape

# What YAML, JSON and people trip over, beside plain words.
ODD = [
    *["NO", "yes", "null", "~", "12:30", "010", "0x1F", "1e3", "-1", ".5", "2026-01-13", "=", "<<"],
    *["---", "...", "%", "@", "`", "|", ">", "'", '"', "\\"],
    *["- a", "a: b", "a:", "# a", "a # b", "!x", "&x", "*x", "? x", "{x}", "[x]", ", ", "a\tb"],
    *["two\nlines", "two\n\nparagraphs", "\nlate", "early\n", "  in\n front", "trailing \nspace"],
    *[
        "나라",
        "奈良、日本",
        "「…」",
        "나라\n정상",
        "é",
        "😀",
        "\u3000wide\u3000",
        "\u2028x",
        "\ufeffx",
    ],
    *["a\r\nb", "x\u200by", "\u00a0x", "“a” ‘b’", "a\u2029"],
]
ALPHABET = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], include_characters="\n\t")


def usable(words: str) -> bool:
    return bool(words.strip()) and words == unicodedata.normalize("NFC", words)


def words(limit: int | None) -> st.SearchStrategy[str]:
    most = min(limit or 60, 60)
    made = st.text(ALPHABET, min_size=1, max_size=most)
    normal = made.map(lambda found: unicodedata.normalize("NFC", found)[:most])
    return st.one_of(st.sampled_from(ODD), normal).filter(usable)


KEYS = [f"k{number}" for number in range(1, 4)]
DATES = ["2026", "2026-01", "2026-01-13", "1814-09~", "2026-21", "2026-02/..", "201X", "2026-01-XX"]
NAMES = {
    "participants": ["lee", "takaichi", "group"],
    "parties": ["jpn", "kor", "ddr"],
    "topics": ["economy", "trade"],
    "series": ["shuttle"],
    "relations": ["jpn-kor"],
}
KIND = {schema.vocabulary_name(model): name for name, model in VOCABULARY.items()}
PATTERNED = {
    "continues": ["2024-seoul-1", "2025-tokyo-12"],
    "about": ["starts", "title", "city"],
    "formerly": ["old-1", "old-2"],
}
CITED = ["k1", "k1 p. 3", "k1 art. 118", "k1 § 2: “가”"]


def value(fact: Fact, shape: Shape) -> st.SearchStrategy[Any]:
    match fact.kind:
        case "text":
            return texts(fact.max_length)
        case "says":
            return st.one_of(words(fact.max_length), texts(fact.max_length))
        case "date":
            return st.sampled_from(DATES)
        case "day":
            return st.dates().map(str).filter(lambda day: day < "2026-11-01")
        case "integer":
            return st.integers(int(fact.minimum or 0), 10**6)
        case "number":
            return st.floats(fact.minimum, fact.maximum).map(lambda number: round(number, 6) + 0.0)
        case "flag":
            return st.just(True)
        case "choice":
            return st.sampled_from(fact.choices)
        case "one":
            return st.sampled_from(NAMES[KIND[fact.target]])
        case "many":
            slugs = st.sampled_from(NAMES[KIND[fact.target]])
            return st.lists(slugs, min_size=1, max_size=3, unique=True).map(sorted)
        case "words":
            known = PATTERNED.get(fact.name)
            one = st.sampled_from(known) if known else words(100)
            return st.lists(one, min_size=1, max_size=2, unique=True)
        case "titles":
            title = st.fixed_dictionaries({"lang": st.sampled_from(LANGUAGES), "text": words(60)})
            return st.lists(title, min_size=1, max_size=2)
        case "cites":
            listed = st.lists(st.sampled_from(CITED), min_size=1, max_size=2, unique=True)
            return st.one_of(listed, cites_by_fact(listed, shape))
        case "group":
            return st.fixed_dictionaries({part.name: value(part, shape) for part in fact.facts})
    return words(fact.max_length)


def cites_by_fact(listed: st.SearchStrategy[Any], shape: Shape) -> st.SearchStrategy[Any]:
    names = [fact.name for fact in shape.facts if fact.name != "cites"]
    several = st.dictionaries(st.sampled_from(names), listed, min_size=1, max_size=2)
    return several.map(lambda found: {name: found[name] for name in names if name in found})


def texts(limit: int | None) -> st.SearchStrategy[dict[str, str]]:
    some = st.dictionaries(st.sampled_from(LANGUAGES), words(limit), min_size=1)
    return some.map(lambda found: {code: found[code] for code in LANGUAGES if code in found})


LEFT_OUT = ("formerly", "session", "supersedes", "language", "exact", "exact_lang", "status",
            "series_number", "timezone", "url", "archived_url", "iso", "wikidata")  # fmt: skip


def row(shape: Shape, key: Any) -> st.SearchStrategy[dict[str, Any]]:
    """A row known by `key`; facts that only some rows may have are given by `fixed`."""
    facts = {}
    for fact in shape.facts:
        if fact.name == shape.key:
            facts[fact.name] = st.just(key)
        elif fact.name not in LEFT_OUT:
            must = fact.required and fact.default is None
            made = value(fact, shape)
            facts[fact.name] = made if must else st.one_of(st.none(), made)
    children = {child.name: rows(child) for child in shape.children}
    return st.fixed_dictionaries({**facts, **children}).map(
        lambda found: {name: said for name, said in found.items() if said not in (None, [])}
    )


def rows(shape: Shape) -> st.SearchStrategy[list[dict[str, Any]]]:
    if shape.key is None:
        return st.lists(row(shape, None), min_size=2, max_size=3)
    keys: list[Any] = {
        "party": NAMES["parties"],
        "participant": NAMES["participants"],
        "number": [1, 2, 30],
    }.get(shape.key, KEYS)
    chosen = st.lists(st.sampled_from(keys), max_size=2, unique=True)
    return chosen.flatmap(lambda found: st.tuples(*(row(shape, key) for key in found)).map(list))


def names() -> dict[str, list[dict[str, Any]]]:
    """The vocabulary that these documents refer to."""
    return {
        kind: [
            {
                "slug": slug,
                **({"kind": {"participants": "person", "parties": "state"}[kind]}
                   if kind in ("participants", "parties") else {}),
                "name": {"en": slug, "ko": "이름: 하나", "ja": "名前"},
            }
            for slug in slugs
        ]
        for kind, slugs in NAMES.items()
    }  # fmt: skip


documents = row(SUMMIT, None).map(
    lambda found: {**found, "slug": "2026-01-13-nara", "code": "2026-nara"}
)
