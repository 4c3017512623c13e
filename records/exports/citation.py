"""References to an edition for programs that keep bibliographies: BibTeX and RIS, in UTF-8."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

# A brace counts for BibTeX even behind a backslash, so that it is written as a word.
TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "%&#$_"},
}
SPACE = re.compile(r"\s+")
TONGUES = {"en": "english", "ko": "korean", "ja": "japanese"}


@dataclass(frozen=True)
class Reference:
    """What a citation names: a record as one edition has it."""

    id: str
    title: str
    edition: int
    published_on: date
    url: str  # that never changes
    visited_on: date
    language: str
    note: str


def one_line(text: str) -> str:
    return SPACE.sub(" ", text).strip()


def bibtex(found: Reference) -> Iterator[str]:
    """`@misc`, whose fields BibTeX and biblatex both read."""
    site = tex(_("Summit Record"))
    fields = {
        "author": f"{{{site}}}",
        "title": f"{{{tex(found.title)}}}",
        "edition": str(found.edition),
        "year": str(found.published_on.year),
        "month": str(found.published_on.month),
        "date": found.published_on.isoformat(),
        "publisher": site,
        "howpublished": rf"\url{{{found.url}}}",
        "url": found.url,
        "urldate": found.visited_on.isoformat(),
        "note": tex(found.note),
        "langid": TONGUES[found.language],
    }
    yield f"@misc{{{found.id},\n"
    yield ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    yield "\n}\n"


def tex(text: str) -> str:
    """A text as TeX sets it, whatever signs it holds."""
    return "".join(TEX.get(sign, sign) for sign in one_line(text))


def ris(found: Reference) -> Iterator[str]:
    """RIS, type ELEC: a page of the web with a date."""
    fields = [
        ("TY", "ELEC"),
        ("ID", found.id),
        ("AU", _("Summit Record") + ","),  # the comma: a body, not a person's two names
        ("TI", found.title),
        ("ET", str(found.edition)),
        ("PY", str(found.published_on.year)),
        ("DA", found.published_on.isoformat().replace("-", "/")),
        ("PB", _("Summit Record")),
        ("UR", found.url),
        ("Y2", found.visited_on.isoformat().replace("-", "/")),
        ("N1", found.note),
        ("LA", found.language),
        ("ER", ""),
    ]
    for tag, value in fields:
        yield f"{tag}  - {one_line(value)}\r\n"
