"""The search page, its data, and what browsers need to search the record from their own bar."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from records import public
from records.language import LANGUAGES, lang
from records.search import LONGEST_QUERY, asked

from . import answers, files
from .lists import clean_address
from .results import ENTRIES, NAMES, Group, Results, Shown

Row = dict[str, Any]


@require_safe
def search(request: HttpRequest, as_data: bool = False) -> HttpResponse:
    unknown = [name for name in request.GET if name != "q"]
    empty = "" in request.GET.getlist("q")
    if not as_data and (unknown or empty):
        return HttpResponseRedirect(clean_address(request, unknown))
    draw = data if as_data else page
    return answers.kept(request, lambda version: draw(request, version))


def problem(request: HttpRequest) -> str:
    """What is wrong with the words asked for; empty if nothing is."""
    values = [value.strip() for value in request.GET.getlist("q")]
    if len(values) > 1:
        return _("it is given twice")
    if values and len(values[0]) > LONGEST_QUERY:
        return _("the words are longer than %(most)s characters") % {"most": LONGEST_QUERY}
    if values and not asked(values[0]):
        return _("“%(shown)s” has no letter or digit") % {"shown": values[0]}
    return ""


def words_of(request: HttpRequest) -> str:
    """The words to be searched: none where they cannot be read."""
    return "" if problem(request) else request.GET.get("q", "").strip()


def page(request: HttpRequest, version: int) -> HttpResponse:
    words = words_of(request)
    results = Results(words, version, lang()) if words else None
    query = urlencode({"q": words})
    sought = urlencode({"q": results.text}) if results else query
    context = {
        "words": request.GET.get("q", "").strip()[:LONGEST_QUERY],
        "problem": problem(request),
        "results": results,
        "names": public.names(version, results.people if results else []),
        "listed": {group.kind: listed(group, sought) for group in results.groups}
        if results
        else {},
        "everything": [reverse(name) for name in (*ENTRIES.values(), *NAMES.values())],
        "contact": settings.CONTACT_EMAIL,
        "identity": f"/search?{query}" if words else "/search",
        "json_url": f"/search.json?{query}" if words else "/search.json",
    }
    return render(request, "search.html", context)


def listed(group: Group, query: str) -> str:
    """The list of all that was found of a kind; names have one list, without words."""
    address = reverse(group.listed_at)
    return f"{address}?{query}" if group.kind in ENTRIES else address


# as data ------------------------------------------------------------------------------------------


def data(request: HttpRequest, version: int) -> HttpResponse:
    wrong = problem(request)
    errors = [files.error("q", request.GET.get("q", ""), wrong, [])] if wrong else []
    errors += files.wrong_options(request, "json", ["q"])
    if errors:
        return files.refused(errors)
    words = words_of(request)
    results = Results(words, version, lang()) if words else None
    names = public.names(version, results.people if results else [])
    groups = results.groups if results else []
    return answers.as_json(
        {
            "query": words,
            "count": results.count if results else 0,
            "groups": [group_as_data(group, results.text, names) for group in groups],
        }
    )


def group_as_data(group: Group, words: str, names: public.Names) -> Row:
    query = urlencode({"q": words})
    all_of_it = f"{settings.SITE_URL}/{group.listed_at}.json"
    return {
        "kind": group.kind,
        "count": group.count,
        "items": [hit_as_data(hit, names) for hit in group.hits],
        "url": f"{all_of_it}?{query}" if group.kind in ENTRIES else all_of_it,
    }


def hit_as_data(hit: Shown, names: public.Names) -> Row:
    place = place_of(hit)
    said = hit.said
    return {
        "id": hit.slug,
        "url": {code: f"{settings.SITE_URL}/{code}/{place}" for code in LANGUAGES},
        "title": title_of(hit, names),
        "matched": {"what": said.label, "language": said.language, "text": said.text}
        if said
        else None,
    }


def title_of(hit: Shown, names: public.Names) -> Row:
    if hit.kind == "participant":
        return names.name("participant", hit.slug)
    if hit.kind == "source":
        title = {hit.row["language"] or "und": hit.row["title"]} if hit.row["title"] else {}
        return title or hit.row["gloss"] or {"und": hit.row["publisher"]}
    found: Row = hit.row["title"] if hit.kind in ENTRIES else hit.row["name"]
    return found


def place_of(hit: Shown) -> str:
    """Where it stands, without the language; a source stands on the page of its summit."""
    if hit.kind == "session":
        return f"summits/{hit.row['summit']}/sessions/{hit.row['key']}"
    if hit.kind == "source":
        return f"summits/{hit.row['summit']}#src-{hit.row['key']}"
    return f"{({**ENTRIES, **NAMES})[hit.kind]}/{hit.slug}"


# from the browser's own bar -----------------------------------------------------------------------


@require_safe
def description(request: HttpRequest, code: str) -> HttpResponse:
    """OpenSearch 1.1 in one of the site's languages."""
    with translation.override(code):
        what = _(
            "Search the people, summits, commitments, sessions and sources of the Summit Record."
        )
        context = {"address": reverse("search"), "code": code, "description": what}
        response = render(request, "opensearch.xml", context)
    response["Content-Type"] = "application/opensearchdescription+xml; charset=utf-8"
    response["Cache-Control"] = "public, max-age=86400"
    return response
