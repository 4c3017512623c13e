"""The sitemap for search engines: an index of parts, each page in its languages.

A part lists some 16,000 things in three languages each, under the 50,000 addresses of the protocol
(sitemaps.org); it is written as it is read, so that its size costs no memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from xml.sax.saxutils import quoteattr

from django.conf import settings
from django.utils import timezone

from records import facets, public
from records.language import LANGUAGES

THINGS = 50_000 // len(LANGUAGES)
START = '<?xml version="1.0" encoding="UTF-8"?>\n'
SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
# Kinds of entry with a page of their own -> where it stands, by the parts of its slug.
PAGES = {
    "summit": "summits/{}",
    "session": "summits/{}/sessions/{}",
    "commitment": "commitments/{}",
    "participant": "participants/{}",
}
# Names of the vocabulary with a page of their own.
NAMES = {"party": "parties/{}", "topic": "topics/{}", "series": "series/{}"}
Place = tuple[str, datetime | None]  # an address without language, and when it last changed


def index(at: int) -> Iterator[str]:
    """The addresses of all parts."""
    yield f"{START}<sitemapindex xmlns={quoteattr(SITEMAPS)}>\n"
    for section, parts in sections(at).items():
        for part in range(1, parts + 1):
            address = f"{settings.SITE_URL}/sitemap-{section}-{part}.xml"
            yield f"<sitemap><loc>{address}</loc></sitemap>\n"
    yield "</sitemapindex>\n"


def sections(at: int) -> dict[str, int]:
    """Section -> number of its parts; `pages` are those that are no record."""
    counts = {"pages": 1, "names": len(list(names(at)))}
    counts |= {kind: len(facets.shelf(kind, at).everything()) for kind in PAGES}
    return {section: -(-count // THINGS) for section, count in counts.items() if count}


def part(section: str, number: int, at: int, pages: Iterable[str]) -> Iterator[str]:
    """The addresses of one part; `pages` are those of the section `pages`."""
    start, stop = (number - 1) * THINGS, number * THINGS
    if section == "pages":
        found: Iterable[Place] = [(place, None) for place in pages]
    elif section == "names":
        found = list(names(at))[start:stop]
    else:
        found = records(section, start, stop, at)
    return urlset(found)


def names(at: int) -> Iterator[Place]:
    for kind, rows in public.shared(at).items():
        for slug in rows if kind in NAMES else ():
            yield NAMES[kind].format(slug), None


def records(kind: str, start: int, stop: int, at: int) -> Iterator[Place]:
    bits = facets.shelf(kind, at).everything()[start:stop]
    if bits:
        for slug, changed in public.dated_slugs(kind, bits.min(), bits.max()):
            yield PAGES[kind].format(*slug.split("/")), changed


def urlset(places: Iterable[Place]) -> Iterator[str]:
    yield f"{START}<urlset xmlns={quoteattr(SITEMAPS)} xmlns:xhtml={quoteattr(XHTML)}>\n"
    for place, changed in places:
        yield "".join(urls(place, changed))
    yield "</urlset>\n"


def urls(place: str, changed: datetime | None) -> Iterator[str]:
    """A page in each language, each naming the others and the address that has none."""
    site = settings.SITE_URL
    others = {code: f"{site}/{code}/{place}" for code in LANGUAGES}
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href={quoteattr(href)}/>'
        for code, href in {**others, "x-default": f"{site}/{place}"}.items()
    )
    day = f"<lastmod>{timezone.localdate(changed).isoformat()}</lastmod>" if changed else ""
    for href in others.values():
        yield f"<url><loc>{href}</loc>{day}{links}</url>\n"
