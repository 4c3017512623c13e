"""What the data page says of addresses, of the kinds of facts, and of what stands around a record.

`views/reference.py` reads off the code what there is; these are the words for it.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# What stands at an address, in the order of the table; every address with data has its line.
ADDRESSES: dict[str, Any] = {
    "summits": _("List of summits"),
    "summits/{slug}": _("A summit, whole"),
    "summits/{slug}/editions": _("The editions of a summit"),
    "summits/{slug}/editions/{number}": _("One edition of a summit; it never changes"),
    "summits/{slug}/editions/{number}/changes": _("What an edition changed"),
    "summits/{slug}/sessions/{key}": _("A session of a summit"),
    "commitments": _("List of commitments"),
    "commitments/{identifier}": _("A commitment"),
    "participants": _("List of participants"),
    "participants/{slug}": _("A participant, with meetings and statements"),
    "sessions": _("List of sessions"),
    "sources": _("List of sources"),
    "parties": _("List of parties"),
    "parties/{slug}": _("A party"),
    "relations": _("List of relations"),
    "relations/{slug}": _("The relation of two parties"),
    "series": _("List of series"),
    "series/{slug}": _("A series of summits"),
    "topics": _("List of topics"),
    "topics/{slug}": _("A topic"),
    "search": _("Search over everything"),
    "changes": _("Everything that changed, newest first"),
    "corrections": _("The log of corrections"),
    "openapi": _("This interface for programs (OpenAPI 3.1)"),
    "schema/summit": _("The shape of a summit’s record (JSON Schema)"),
    "sitemap": _("Addresses of all pages, for search engines"),
    "sitemap-{section}-{part}": _("Addresses of all pages, one part"),
}

# The kinds of fact of a document (`Fact.kind`); %(what)s is the thing that a slug names.
KINDS: dict[str, Any] = {
    "text": _("text by language: en, ko, ja"),
    "says": _("text by language, or one text for all"),
    "string": pgettext_lazy("kind of fact", "text"),
    "date": _("date, as precise as known (EDTF, ISO 8601-2)"),
    "day": _("day (YYYY-MM-DD)"),
    "integer": _("whole number"),
    "number": pgettext_lazy("kind of fact", "number"),
    "flag": _("true or false"),
    "choice": _("one of these values"),
    "one": _("slug (%(what)s)"),
    "many": _("list of slugs (%(what)s)"),
    "words": _("list of texts"),
    "titles": _("list of texts, each with its language"),
    "cites": _("keys of sources: for the whole row, or by fact"),
}

# Facts of which an editor's form says what a reader does not need: in all rows, or in one kind.
FACTS: dict[str, Any] = {
    "slug": _("Its permanent name in addresses."),
    "code": _("Year and place; with a commitment’s number it makes its id, such as 2026-nara-1."),
    "key": _("Its permanent name inside the summit."),
    "formerly": _("Names it had before; their addresses still lead here."),
    "summit.also": _("Other titles, each with its language."),
    "source.title": _("In its own language; empty where only its gloss is known."),
    "cites": _("What the row rests on; behind a key may stand a place in the source."),
    "number": _("Given out by the record and never used again."),
    "date": _("The day, as precise as the sources give it."),
    "exact": _("The words as they were published."),
    "city": "",
    "summary": _("A summary of three sentences at most."),
    "series_number": _("Given where a source counts."),
    "about": _("Facts it concerns, such as sessions.expanded-talks.minutes."),
    "status": _("Where this entry leaves the commitment."),
}

# What stands around a record or a list, by its key in JSON.
ENVELOPE: dict[str, Any] = {
    "id": _("The permanent name of the record."),
    "edition": _("The number of the edition of the summit that was read."),
    "published_at": _("When that edition was published."),
    "checked_on": _("The day on which the record was last compared with its sources."),
    "url": _("The addresses of its page: en, ko, ja."),
    "license": _("The licence of the record’s own texts."),
    "record": _("The record itself, as published; its facts are described below."),
    "sha256": _("The digest of the record as compact JSON in the given order of keys."),
    "summit": _("The slug of the summit it belongs to."),
    "derived": _("What follows from the record by the rules of the method."),
    "sources": _("The sources that the record cites."),
    "names": _("Names of everything that slugs refer to, in the three languages."),
    "meetings": _("The summits that a participant attended."),
    "statements": _("What a participant said."),
}
DERIVED: dict[str, Any] = {
    "form": _("Bilateral, trilateral or multilateral."),
    "hosts": _("The parties that received the others."),
    "status": _("The overall status; none for a position."),
    "status_since": _("The date of the entry with which the status became what it is."),
    "statuses": _("The status of each party that must act."),
    "said": _("Whether both sides mention it, one does, or what they say differs."),
    "overdue": _("Whether its due date has passed while it is open, as of today."),
    "late": _("Whether it was fulfilled after its due date."),
    "followed_up": _("Whether anything that counts as a follow-up is recorded."),
    "checked": _("When its sources were last looked at, for “no follow-up found”."),
}
LIST: dict[str, Any] = {
    "items": _("The entries of this page, each with its id, addresses and what the list shows."),
    "count": _("How many entries the filters leave, on all pages."),
    "facets": _(
        "For each facet its values with label, count and whether it is selected. A value is what"
        " the parameter takes, and its count is what choosing it would give."
    ),
    "next_url": _("The address of the next page; null on the last."),
}
