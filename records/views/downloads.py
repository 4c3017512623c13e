"""Single records for other programs: a summit's commitments as a table, citations as files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from records import public
from records.exports import citation, columns
from records.language import lang, plain, words

from . import files
from .addresses import missing
from .answers import fresh
from .lists import Commitments

Row = dict[str, Any]


@files.strict("csv")
@fresh
def summit_table(request: HttpRequest, at: int, slug: str) -> HttpResponse:
    """The commitments of a summit, in the columns of the list of commitments."""
    if public.entry("summit", slug) is None:
        return missing(request, f"summits/{slug}")
    found = public.entries("commitment", public.ids_of_summit("commitment", slug))
    today = timezone.localdate().isoformat()
    rows = [
        {**Commitments.as_of(row, today), "place": f"commitments/{row['slug']}"} for row in found
    ]
    table = columns.TABLES["commitments"]
    return files.as_table(request, slug, table, [sorted(rows, key=lambda row: row["number"])])


# citations ----------------------------------------------------------------------------------------


def reference(found: public.Published, id: str, title: str, place: str, note: str) -> Row:
    return {
        "id": id,
        "title": title,
        "edition": found.number,
        "published_on": timezone.localdate(found.at),
        "url": f"{settings.SITE_URL}/{place}",
        "visited_on": timezone.localdate(),
        "language": lang(),
        "note": note,
    }


def of_edition(found: public.Published) -> citation.Reference:
    """The edition of a summit that is being read, at the address that never changes."""
    document = found.document
    title = _("%(title)s, %(date)s") % {
        "title": plain(document["title"]),
        "date": words(document["starts"], document["ends"]),
    }
    note = _("Record %(slug)s, edition %(number)s") % {"slug": found.slug, "number": found.number}
    place = f"summits/{found.slug}/editions/{found.number}"
    return citation.Reference(**reference(found, found.slug, title, place, note))


def of_commitment(found: public.Published, identifier: str, number: int) -> citation.Reference:
    [row] = [row for row in found.document["commitments"] if row["number"] == number]
    note = _("Commitment %(id)s, edition %(number)s of %(slug)s") % {
        "id": identifier,
        "number": found.number,
        "slug": found.slug,
    }
    # In its edition, which never changes: the page of a commitment is always the newest.
    place = f"summits/{found.slug}/editions/{found.number}#c-{number}"
    return citation.Reference(**reference(found, identifier, plain(row["title"]), place, note))


Write = Callable[[citation.Reference], Iterator[str]]
WRITERS: dict[str, Write] = {"bib": citation.bibtex, "ris": citation.ris}


def cited(request: HttpRequest, file: str, found: citation.Reference) -> HttpResponse:
    return files.streamed(request, file, iter(["".join(WRITERS[file](found))]))


def edition(file: str) -> Callable[..., HttpResponse]:
    """A view that gives the citation of a summit's edition, the current one if none is named."""

    @files.strict(file)
    @fresh
    def answer(request: HttpRequest, at: int, slug: str, number: int | None = None) -> HttpResponse:
        found = public.edition(slug, number, at=at)
        place = f"summits/{slug}" if number is None else f"summits/{slug}/editions/{number}"
        return cited(request, file, of_edition(found)) if found else missing(request, place)

    return answer


def commitment(file: str) -> Callable[..., HttpResponse]:
    @files.strict(file)
    @fresh
    def answer(request: HttpRequest, at: int, identifier: str) -> HttpResponse:
        found, number = public.edition_of_commitment(identifier, at)
        if found is None:
            return missing(request, f"commitments/{identifier}")
        return cited(request, file, of_commitment(found, identifier, number))

    return answer
