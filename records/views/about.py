"""The pages about the record: what it is, its method, what it promises, and its data."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from records import choices, facets, public
from records.document import derived, schema
from records.filters import MOST_VALUES, PAGE_SIZE
from records.language import LANGUAGES, label, lang
from records.language.data_words import DERIVED, ENVELOPE, LIST
from records.language.meanings import MEANINGS, meaning

from . import exports, files, heads, reference
from .addresses import SeeOther, negotiated
from .answers import LONGEST_KEPT, kept
from .data import LICENSE, of_edition

Row = dict[str, Any]

# The kind of page, as schema.org calls it, and what it is called.
TITLES = {
    "about": ("AboutPage", _("About the record")),
    "method": ("AboutPage", _("Method")),
    "corrections": ("AboutPage", _("Corrections")),
    "accessibility": ("AboutPage", _("Accessibility")),
    "promises": ("AboutPage", _("What this site promises")),
    "data": ("DataCatalog", _("Data")),
}
# When data readers got something new or otherwise, newest first; the words stand on the page.
API_CHANGES = (("2026-11-25", "first"),)
# What a list answers to a value it cannot read.
BAD_ADDRESS = "/summits.json?from=2023-02-30"
BAD_ANSWER = {
    "errors": [
        {
            "parameter": "from",
            "value": "2023-02-30",
            "message": "2023-02-30 is not a date",
            "allowed": [],
        }
    ]
}


def page(name: str, more: Callable[[int], Row] | None = None) -> Callable[..., HttpResponse]:
    """The view of the page `name`; `more` gives, for a version, what only this page needs."""

    def draw(request: HttpRequest, version: int) -> HttpResponse:
        place, (kind, title) = request.path.split("/", 2)[2], TITLES[name]
        context = {
            "page_title": str(title),
            "head": heads.of_page(kind, str(title), place, described_by(name)),
            "contact": settings.CONTACT_EMAIL,
            "today": timezone.localdate(),
            "identity": f"/{place}",
            "log": address_of("corrections"),
            "feed": address_of("changes"),
            **(more(version) if more else {}),
        }
        return heads.drawn(request, f"about/{name}.html", context)

    @require_safe
    def view(request: HttpRequest) -> HttpResponse:
        # An export comes without a new version of the record.
        export = exports.newest() if name == "data" else None
        beside = export["digest"] if export else ""
        return kept(request, lambda version: draw(request, version), beside)

    return view


def described_by(name: str) -> list[Row]:
    """Of the page of the data: what describes it to programs."""
    if name != "data":
        return []
    return [
        heads.link("service-desc", reverse("openapi"), files.KINDS["json"][0]),
        heads.link("describedby", reverse("summit-schema"), "application/schema+json"),
    ]


@require_safe
def in_readers_language(request: HttpRequest, name: str) -> HttpResponse:
    """The address without language, to be cited: to the page in the reader's language."""
    with translation.override(negotiated(request)):
        response = SeeOther(reverse(name))
    patch_vary_headers(response, ["Accept-Language"])
    return response


def address_of(name: str) -> str:
    """Where a page stands in the page's language; empty if this site has none of that name."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


# method and corrections ---------------------------------------------------------------------------


def rules(_version: int) -> Row:
    """The vocabularies with what each word means, and the sets that the code decides by."""
    return {
        "meanings": meanings(),
        "open": [str(one.label) for one in choices.OPEN_STATUSES],
        "broken": [str(one.label) for one in derived.BROKEN],
        "moving": choices.STATUS_MOVING,
        "counted": derived.FOLLOW_UPS,
        "verbs": verbs(),
    }


def meanings() -> dict[str, list[tuple[str, str, str]]]:
    """`{vocabulary: [(value, label, meaning)]}`, complete, in the order of the vocabulary."""
    return {
        name: [
            (str(one), label(name, str(one)), meaning(name, str(one)))
            for one in getattr(choices, name)
        ]
        for name in MEANINGS
    }


def verbs() -> dict[str, list[str]]:
    """`{strength: [verbs]}`; under the empty name those that commit to nothing."""
    found: dict[str, list[str]] = {}
    for verb, strength in choices.STRENGTH.items():
        found.setdefault(str(strength or ""), []).append(label("WordingVerb", str(verb)))
    return found


# data ---------------------------------------------------------------------------------------------


def everything(version: int) -> Row:
    """What there is as data, read off the code, with records of today as examples."""
    formats = reference.addresses()
    return {
        "example": example(version),
        "addresses": reference.addresses_in_words(),
        "formats": formats,
        "shapes": reference.shapes(),
        "lists": reference.filters_in_words(),
        "envelope": ENVELOPE,
        "derived": DERIVED,
        "of_list": LIST,
        "format": schema.FORMAT,
        "page_size": PAGE_SIZE,
        "most_values": MOST_VALUES,
        "kept": LONGEST_KEPT // 60,
        "bad_address": BAD_ADDRESS,
        "bad_answer": json.dumps(BAD_ANSWER, indent=2, ensure_ascii=False),
        "export": exports.newest(),
        "changes": API_CHANGES,
    }


def example(version: int) -> Row | None:
    """The newest summit that was held and its first commitment; None while there is no summit."""
    summits = facets.Selection(facets.shelf("summit", version))
    rows = public.entries("summit", summits.page("-date", lang(), 0, PAGE_SIZE))
    held = [row for row in rows if row["event_status"] == choices.EventStatus.HELD]
    found = next((public.edition(row["slug"], at=version) for row in [*held, *rows]), None)
    if found is None:
        return None
    commitments = derived.standing(found.record)
    return {
        "slug": found.slug,
        "edition": found.number,
        "commitment": derived.commitment_id(found.record, commitments[0]) if commitments else "",
        "parties": list(dict.fromkeys(row["party"] for row in found.record.get("delegations", [])))[
            :2
        ],
        "answer": beginning(found),
    }


def beginning(found: public.Published) -> str:
    """The first lines of a summit's JSON as it is served; dots stand for the rest of its record."""
    first = ("slug", "code", "title")
    head = {
        "id": found.slug,
        **of_edition(found),
        "url": {code: f"{settings.SITE_URL}/{code}/summits/{found.slug}" for code in LANGUAGES},
        "license": LICENSE,
        "record": {
            "format": schema.FORMAT,
            **{name: found.record[name] for name in first if name in found.record},
        },
    }
    end = "\n  }\n}"
    return json.dumps(head, indent=2, ensure_ascii=False).removesuffix(end) + f",\n    …{end}"


# promises -----------------------------------------------------------------------------------------

# What `make faults` found of each database: saves answered as saved, lost, seconds until the site
# answered again (a copy: until it was there). Its whole output is of that day.
MEASURED_ON = "2026-11-25"
FAULTS = (
    (_("A worker process killed in the midst of saving"), 20, (209, 0, 3.5), (180, 0, 4.8)),
    (_("The whole site killed in the midst of saving"), 15, (228, 0, 6.0), (360, 0, 2.5)),
    (_("A command killed that was publishing"), 20, (75, 0, 0), (39, 0, 0)),
    (_("Workers renewed while editors save"), 10, (104, 0, 0), (107, 0, 0)),
    (_("The database’s server killed"), 10, None, (41, 0, 0.4)),
    (_("The database’s server started anew"), 5, None, (24, 0, 0.3)),
    (_("The disk full"), 3, (6, 0, 0), None),
    (_("The data folder read-only"), 3, (6, 0, 0), None),
    (_("Eight, then sixteen editors save without pause"), 2, (987, 0, 0), (984, 0, 0)),
)
COPY = {"size": 5.6, "copied": 0.2, "restored": 9}
WAITS = {"sqlite": 0.9, "postgresql": 1.7}
HELD = {"long": 8, "median": 2}


def measured(_version: int) -> Row:
    """The figures behind the promises."""
    killed = [one for place in (0, 1, 4) for one in FAULTS[place][2:] if one]
    return {
        "measured": {
            "day": MEASURED_ON,
            "saved": sum(saved for saved, _lost, _seconds in killed),
            "seconds": max(seconds for _saved, _lost, seconds in killed),
            "rows": [(done, times, found) for done, times, *found in FAULTS],
            "of_copy": COPY,
            "waits": WAITS,
            "held": HELD,
        }
    }


about = page("about")
method = page("method", rules)
corrections = page("corrections", rules)
accessibility = page("accessibility")
promises = page("promises", measured)
data = page("data", everything)
