"""What a page says of itself to machines: typed links (Signposting), Dublin Core, linked data.

Zotero reads a page with `citation_*`, `dc.type` or `og:type=article` as something that it is not:
none of them stands on any page (design of the pages, 3.6).
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from records import public
from records.exports import linked
from records.language import lang, plain, words

from . import files

Row = dict[str, Any]
SCHEMA = "https://schema.org/"
METADATA = ("json", "bib", "ris")  # what describes a record rather than being another view of it


def link(rel: str, href: str, type: str = "") -> Row:
    whole = href if href.startswith("https://") else f"{settings.SITE_URL}{href}"
    return {"rel": rel, "href": whole, "type": type}


def of_files(formats: list[Row]) -> list[Row]:
    return [
        link("describedby" if row["file"] in METADATA else "alternate", row["href"], row["type"])
        for row in formats
    ]


def drawn(request: HttpRequest, template: str, context: Row) -> HttpResponse:
    """A page whose `head` also travels as a `Link` header."""
    response = render(request, template, context)
    response["Link"] = header(context["head"]["links"])
    return response


def header(links: list[Row]) -> str:
    return ", ".join(
        f'<{row["href"]}>; rel="{row["rel"]}"' + (f'; type="{row["type"]}"' if row["type"] else "")
        for row in links
    )


def head(card: str, links: list[Row], terms: list[tuple[str, str]], data: Row) -> Row:
    """`card`: the picture that other sites show beside a link to the page (`.ci/cards`)."""
    return {
        "card": card,
        "links": links,
        "terms": [(name, value) for name, value in terms if value],
        "linked": linked.script(data),
    }


# records ------------------------------------------------------------------------------------------


def context_of(name: str, **key: Any) -> Row:
    """What a record is to be had as, for its template."""
    formats = files.offered(name, **key)
    return {
        "formats": formats,
        "ways": [(row["href"], row["words"]) for row in formats],
        "citations": [row for row in formats if row["file"] in ("bib", "ris")],
    }


def of_record(
    place: str, formats: list[Row], types: tuple[str, ...], collection: str, more: list[Row]
) -> list[Row]:
    return [
        link("cite-as", f"/{place}"),
        *of_files(formats),
        *(link("type", f"{SCHEMA}{name}") for name in (*types, "AboutPage")),
        link("license", linked.LICENSE),
        link("collection", reverse(collection)),
        *more,
    ]


def terms_of(found: public.Published, title: str, identifier: str, place: str) -> list[tuple]:
    """Dublin Core of an edition: its title, dates, publisher, language, licence."""
    return [
        ("dcterms.title", title),
        ("dcterms.language", lang()),
        ("dcterms.publisher", _("Summit Record")),
        ("dcterms.identifier", identifier),
        ("dcterms.identifier", f"{settings.SITE_URL}/{place}"),
        ("dcterms.modified", timezone.localdate(found.at).isoformat()),
        ("dcterms.rights", linked.LICENSE),
    ]


def summit(found: public.Published, formats: list[Row], edition_address: bool) -> Row:
    document, slug = found.document, found.slug
    page, own = f"summits/{slug}", f"summits/{slug}/editions/{found.number}"
    edition = reverse("edition", kwargs={"slug": slug, "number": found.number})
    current = reverse("summit", kwargs={"slug": slug})
    if edition_address:
        place, more = own, [link("original", current), link("latest-version", current)]
    else:
        place, more = page, [link("memento", edition)]
    title = f"{plain(document['title'])}, {words(document['starts'], document['ends'])}"
    terms = terms_of(found, title, slug, place)
    terms.append(("dcterms.isVersionOf", f"{settings.SITE_URL}/{page}" if edition_address else ""))
    links = of_record(place, formats, ("Event",), "summits", more)
    return head("summit", links, terms, linked.summit(found))


def session(found: public.Published, key: str, formats: list[Row]) -> Row:
    place = f"summits/{found.slug}/sessions/{key}"
    [row] = [row for row in found.document["sessions"] if row["key"] == key]
    parent = reverse("summit", kwargs={"slug": found.slug})
    links = of_record(place, formats, ("Event",), "sessions", [link("up", parent)])
    terms = terms_of(found, plain(row["title"]), f"{found.slug}/{key}", place)
    return head("session", links, terms, linked.session(found, key))


def commitment(found: public.Published, number: int, formats: list[Row]) -> Row:
    identifier = f"{found.document['code']}-{number}"
    place = f"commitments/{identifier}"
    [row] = [row for row in found.document["commitments"] if row["number"] == number]
    edition = reverse("edition", kwargs={"slug": found.slug, "number": found.number})
    links = of_record(place, formats, ("PlanAction",), "commitments", [link("memento", edition)])
    terms = terms_of(found, plain(row["title"]), identifier, place)
    return head("commitment", links, terms, linked.commitment(found, number))


def participant(found: public.Person, formats: list[Row]) -> Row:
    slug = found.row["slug"]
    data = linked.participant(found)
    links = of_record(f"participants/{slug}", formats, (data["@type"],), "participants", [])
    terms = [
        ("dcterms.title", plain(found.row["name"])),
        ("dcterms.language", lang()),
        ("dcterms.publisher", _("Summit Record")),
        ("dcterms.identifier", f"{settings.SITE_URL}/participants/{slug}"),
        ("dcterms.rights", linked.LICENSE),
    ]
    return head("participant", links, terms, data)


def subject(found: public.Subject, place: str, formats: list[Row]) -> Row:
    title = plain(found.row["name"])
    types = (linked.SUBJECTS[found.kind],)
    links = of_record(place, formats, types, place.partition("/")[0], [])
    terms = [
        ("dcterms.title", title),
        ("dcterms.language", lang()),
        ("dcterms.publisher", _("Summit Record")),
        ("dcterms.identifier", f"{settings.SITE_URL}/{place}"),
        ("dcterms.rights", linked.LICENSE),
    ]
    return head("record", links, terms, linked.subject(found, place))


# pages about a record or about all ----------------------------------------------------------------


def of_page(kind: str, title: str, place: str, links: list[Row], about: str = "") -> Row:
    """The head of a page that is no record; `kind` is what schema.org calls it."""
    own = [link("type", f"{SCHEMA}{kind}"), link("license", linked.LICENSE)]
    terms = [
        ("dcterms.title", title),
        ("dcterms.language", lang()),
        ("dcterms.publisher", _("Summit Record")),
        ("dcterms.identifier", f"{settings.SITE_URL}/{place}"),
        ("dcterms.references", f"{settings.SITE_URL}/{about}" if about else ""),
        ("dcterms.rights", linked.LICENSE),
    ]
    everything = [link("cite-as", f"/{place}"), *links, *own]
    return head("record", everything, terms, linked.page(kind, title, place, about))


def editions(slug: str, title: str) -> Row:
    """The head of the page of all editions of a summit: each of them as it was."""
    place = f"summits/{slug}/editions"
    current = reverse("summit", kwargs={"slug": slug})
    links = [
        *of_files(files.offered("editions", slug=slug)),
        link("original", current),
        link("latest-version", current),
        link("up", current),
    ]
    return of_page("CollectionPage", title, place, links, f"summits/{slug}")


def edition_changes(slug: str, number: int, title: str) -> Row:
    """The head of what an edition changed: it leads to both sides of the comparison."""
    key = {"slug": slug, "number": number}
    edition = reverse("edition", kwargs=key)
    links = [
        *of_files(files.offered("edition-changes", **key)),
        link("collection", reverse("editions", kwargs={"slug": slug})),
        link("up", edition),
    ]
    if number > 1:
        earlier = reverse("edition", kwargs={"slug": slug, "number": number - 1})
        links.append(link("predecessor-version", earlier))
    place = f"summits/{slug}/editions/{number}"
    return of_page("WebPage", title, f"{place}/changes", links, place)


# lists --------------------------------------------------------------------------------------------


def listed(name: str, title: str, formats: list[Row], query: str) -> Row:
    """The head of a list with its filters: a data set and its files."""
    place = f"{name}?{query}" if query else name
    links = [*of_files(formats), link("type", f"{SCHEMA}Dataset"), link("license", linked.LICENSE)]
    terms = [
        ("dcterms.title", title),
        ("dcterms.language", lang()),
        ("dcterms.publisher", _("Summit Record")),
        ("dcterms.rights", linked.LICENSE),
    ]
    return head("record", links, terms, linked.dataset(title, "", place, formats))
