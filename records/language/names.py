"""Names of parties and people in the page's language, family names marked, readings above."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape

from .texts import HAN, HANGUL, ONLY_KANA, chosen, lang, t

# The script a delegation's people write their names in, where it is one of the record's.
SCRIPTS = {"jpn": "ja", "kor": "ko", "prk": "ko"}
KANA = re.compile(r"[\u3040-\u30ff\s・･=＝]+")


def name(names: Any, kind: str, slug: str) -> Markup:
    """The full name of something in the vocabulary (party, topic, series, participant)."""
    return t(names.name(kind, slug), mark=False)


def party(names: Any, slug: str, short: bool = False) -> Markup:
    """A party's name; `short` for narrow places, such as “Korea”."""
    return t(names.short("party", slug) if short else names.name("party", slug), mark=False)


def is_person(row: Mapping[str, Any]) -> bool:
    return row.get("kind", "person") in ("person", "")


def person(row: Mapping[str, Any]) -> Markup:
    """The name of a participant (a row of the vocabulary), the family name of a person marked.

    In English that is the first word, unless the name to sort by begins with another of its words
    (“Trump, Donald”). In Japanese the reading stands above the characters where it is known.
    """
    text = row["name"] or {"en": row["slug"]}
    code = chosen(text)
    shown = text[code]
    if code == "ja" and lang() == "ja":
        return with_reading(shown, (row.get("sort_name") or {}).get("ja", ""))
    found = with_family(shown, row) if code == "en" and is_person(row) else escape(shown)
    if code == lang():
        return found
    return Markup('<span lang="{}">{}</span>').format(code, found)


def with_family(shown: str, row: Mapping[str, Any]) -> Markup:
    parts = shown.split(" ")
    if len(parts) < 2:
        return escape(shown)
    sorted_by = (row.get("sort_name") or {}).get("en", "")
    family = (
        sorted_by.partition(",")[0].strip() if "," in sorted_by else sorted_by.partition(" ")[0]
    )
    before, found, after = shown.partition(family) if family else ("", "", "")
    if not found:
        before, found, after = "", parts[0], shown[len(parts[0]) :]
    return Markup('{}<span class="fam">{}</span>{}').format(before, found, after)


def with_reading(shown: str, reading: str) -> Markup:
    if not reading or not KANA.fullmatch(reading) or not HAN.search(shown):
        return escape(shown)
    return Markup("<ruby>{}<rp>（</rp><rt>{}</rt><rp>）</rp></ruby>").format(shown, reading)


def script(text: str) -> str:
    """The language whose letters a bare spelling is in, for its `lang`: characters shared by
    Chinese and Japanese, as the record meets them, are taken for Japanese."""
    if HANGUL.search(text):
        return "ko"
    return "ja" if ONLY_KANA.search(text) or HAN.search(text) else "und"


def native(row: Mapping[str, Any], party: str) -> Markup:
    """The name as the person's own country writes it, where the page's language is another."""
    code = SCRIPTS.get(party, "")
    text = row["name"]
    if not text.get(code) or code in (lang(), chosen(text)):
        return Markup("")
    return Markup('<span class="native" lang="{}">{}</span>').format(code, text[code])
