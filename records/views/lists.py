"""The lists: one base for what they share, a few lines for each.

As a page or as data a list is the same entries under the same filters in the same order.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views import View

from records import facets, filters, public
from records.choices import LIFE_ORDER
from records.exports import columns
from records.language import LANGUAGES, lang

from . import answers, calendars, feeds, files, heads, panel

Row = dict[str, Any]


class ListView(View):
    """A list with filters; `as_data` makes it the JSON of the same query."""

    http_method_names = ["get", "head", "options"]
    as_data = False
    file = "json"  # what it is as data: one of files.KINDS
    name = ""  # of its address, template and data
    title: Any = ""  # of its files
    filterset: type[filters.Listing]

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = request.GET
        unknown = [name for name in asked if name not in self.filterset.base_filters]
        if not self.as_data and (unknown or "" in (v for _name, vs in asked.lists() for v in vs)):
            return HttpResponseRedirect(clean_address(request, unknown))
        return answers.kept(request, self.drawn)

    def drawn(self, version: int) -> HttpResponse:
        listing = self.filterset(
            self.request.GET,
            facets.shelf(self.filterset.entries, version),
            timezone.localdate(),
            lang(),
        )
        return self.data(listing) if self.as_data else self.page(listing)

    def data(self, listing: filters.Listing) -> HttpResponse:
        known = [name for name in listing.filters if name != "page" or self.file == "json"]
        errors = [
            files.error(
                name, problem.params["value"], problem.messages[0], problem.params["allowed"]
            )
            for name, problem in listing.faults()
            if name in known
        ]
        errors += files.wrong_options(self.request, self.file, known)
        if errors:
            return files.refused(errors)
        if self.file == "csv":
            table = columns.TABLES[self.name]
            return files.as_table(self.request, self.name, table, self.batches(listing))
        if self.file == "ics":
            calendars.narrowed(self.name, listing.selection)
            batches = self.batches(listing)
            return calendars.of_list(self.request, listing, self.name, str(self.title), batches)
        if self.file == "atom":
            return feeds.of_list(self.request, listing, self.name, str(self.title))
        rows = self.rows(listing)
        return answers.as_json(
            {
                "items": [self.item(row, listing) for row in rows],
                "count": listing.count,
                "facets": panel.facets_as_data(listing),
                "next_url": self.next_url(listing),
            }
        )

    def batches(self, listing: filters.Listing) -> Iterator[list[Row]]:
        """Every entry under the filters, in order, a batch at a time."""
        for ids in listing.selection.walk(listing.order, listing.language, files.BATCH):
            listing.ids = ids  # in the place of those of a page
            yield self.rows(listing)

    def next_url(self, listing: filters.Listing) -> str | None:
        if listing.page_number >= listing.pages:
            return None
        query = urlencode([*listing.pairs(), ("page", listing.page_number + 1)])
        return f"{settings.SITE_URL}{self.request.path}?{query}"

    def page(self, listing: filters.Listing) -> HttpResponse:
        made = panel.Panel(listing, self.request.path)
        query = urlencode(listing.pairs())
        formats = files.offered(self.name, query)
        context = {
            "panel": made,
            "formats": formats,
            "head": heads.listed(self.name, str(self.title), formats, query),
            "rows": self.rows(listing),
            "listing": listing,
            "names": listing.names,
            "json_url": f"/{self.name}.json" + (f"?{query}" if query else ""),
            "identity": f"/{self.name}",
            **self.more(listing, made),
        }
        return heads.drawn(self.request, f"{self.name}.html", context)

    # what a list may say otherwise ----------------------------------------------------------------

    def rows(self, listing: filters.Listing) -> list[Row]:
        """The entries of the page shown, each with `place`, its address without language."""
        found = public.entries(self.filterset.entries, listing.ids)
        return [{**row, "place": f"{self.name}/{row['slug']}"} for row in found]

    def item(self, row: Row, listing: filters.Listing) -> Row:
        """An entry as data: id, addresses, title, and what the list shows."""
        row = dict(row)
        place = row.pop("place")
        url = {code: f"{settings.SITE_URL}/{code}/{place}" for code in LANGUAGES}
        return {"id": row.pop("slug"), "url": url, **row}

    def more(self, listing: filters.Listing, made: panel.Panel) -> Row:
        """What else the page needs."""
        return {}


class Summits(ListView):
    name = "summits"
    title = _("Summits")
    filterset = filters.SummitFilters

    def rows(self, listing: filters.Listing) -> list[Row]:
        rows = super().rows(listing)
        listing.names = with_people(listing, [slug for row in rows for slug in row["leaders"]])
        return [{**row, "statuses": in_life_order(row["statuses"])} for row in rows]


class Commitments(ListView):
    name = "commitments"
    title = _("Commitments")
    filterset = filters.CommitmentFilters

    def rows(self, listing: filters.Listing) -> list[Row]:
        rows = super().rows(listing)
        today = listing.today.isoformat()
        return [self.as_of(row, today) for row in rows]

    @staticmethod
    def as_of(row: Row, today: str) -> Row:
        return {**row, "overdue": "" < row["falls_due"] < today}

    def more(self, listing: filters.Listing, made: panel.Panel) -> Row:
        found = listing.selection
        return {
            "chart": panel.status_chart(found, made.with_only),
            "checked": panel.checked_between(found),
        }


class Participants(ListView):
    name = "participants"
    title = _("Participants")
    filterset = filters.ParticipantFilters

    def rows(self, listing: filters.Listing) -> list[Row]:
        rows = super().rows(listing)
        listing.names = with_people(listing, [row["slug"] for row in rows])
        return [{**row, "title": listing.names.name("participant", row["slug"])} for row in rows]


class Sessions(ListView):
    name = "sessions"
    title = _("Sessions")
    filterset = filters.SessionFilters

    def rows(self, listing: filters.Listing) -> list[Row]:
        rows = super().rows(listing)
        return [{**row, "place": f"summits/{row['summit']}/sessions/{row['key']}"} for row in rows]


class Sources(ListView):
    name = "sources"
    title = _("Sources")
    filterset = filters.SourceFilters

    def rows(self, listing: filters.Listing) -> list[Row]:
        rows = super().rows(listing)
        # A source has no page of its own: it stands on that of its summit.
        return [{**row, "place": f"summits/{row['summit']}#src-{row['key']}"} for row in rows]


def with_people(listing: filters.Listing, slugs: list[str]) -> public.Names:
    return public.Names({**listing.known, "participant": public.people(slugs, listing.shelf.at)})


def in_life_order(counts: dict[str, int]) -> dict[str, int]:
    """Counts by status as a commitment lives, positions last."""
    return {status: counts[status] for status in [*LIFE_ORDER, "position"] if status in counts}


# answering ----------------------------------------------------------------------------------------


def clean_address(request: HttpRequest, unknown: list[str]) -> str:
    """The same address without parameters that nobody knows or that are empty."""
    clean = QueryDict(mutable=True)
    for name, values in request.GET.lists():
        if kept := [value for value in values if value and name not in unknown]:
            clean.setlist(name, kept)
    return f"{request.path}?{clean.urlencode()}" if clean else request.path
