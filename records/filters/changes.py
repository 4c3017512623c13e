"""What a reader may ask of the changes and of the log of corrections."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from records import choices, date_words, dates, facets, public
from records.choices import EditionKind

from . import NEWEST, OLDEST, PARTY, SUMMIT, TOPIC, WORDS, Dated
from .faceted import Facet, NamedFacet
from .form import fault
from .parameters import LONGEST_SLUG, OfSummit, Parameter, Sort, Words

LOGGED = (EditionKind.CORRECTION, EditionKind.WITHDRAWAL)


class Since(Parameter):
    """A day or a point in time: what was published then or later."""

    def read(self, text: str) -> datetime:
        try:
            first = dates.bounds(date_words.read(text))[0]
        except dates.BadDate:
            first = None
        if first is not None:
            return timezone.make_aware(datetime.combine(first, time()))
        try:
            # “+09:00” typed into an address arrives as a space.
            found = datetime.fromisoformat(text.replace(" ", "+") if "T" in text else "")
            return found if timezone.is_aware(found) else timezone.make_aware(found)
        except (ValueError, OverflowError):
            message = _("“%(shown)s” is no day or time, as 2026-01-13 or 2026-01-13T09:00:00+09:00")
            raise fault(text, message) from None

    def narrow(self, selection: facets.Selection, value: datetime) -> None:
        found = public.ids_since(self.parent.entries, value)
        selection.narrow(self.field_name, BitMap(found))

    def text(self, value: datetime, typed: str) -> str:
        local = timezone.localtime(value)
        if local.time() == time():
            return local.date().isoformat()
        return local.isoformat(timespec="seconds")

    def shown(self, value: datetime) -> str:
        return self.text(value, "")


class OfCommitment(Parameter):
    """What belongs to one commitment. No facet, as of one summit."""

    def read(self, text: str) -> dict[str, Any]:
        found = public.entry("commitment", text) if len(text) <= LONGEST_SLUG else None
        if found is None:
            raise fault(text, _("“%(shown)s” is no commitment of the record"))
        return found

    def narrow(self, selection: facets.Selection, value: dict[str, Any]) -> None:
        found = public.ids_of_commitment(self.parent.entries, value["slug"])
        selection.narrow(self.field_name, BitMap(found))

    def shown(self, value: dict[str, Any]) -> Mapping[str, str]:
        return value["title"]


class ChangeFilters(Dated):
    entries = "change"

    q = Words(label=WORDS)
    what = Facet(choices.ChangeKind, label=_("What changed"))
    kind = Facet(choices.EditionKind, label=_("Kind of edition"))
    party = NamedFacet(label=PARTY)
    topic = NamedFacet(label=TOPIC)
    summit = OfSummit(label=SUMMIT)
    commitment = OfCommitment(label=_("Commitment"))
    since = Since(label=_("Since"))
    sort = Sort({"-at": NEWEST, "at": OLDEST})


class CorrectionFilters(ChangeFilters):
    """The same, of editions that correct or withdraw."""

    is_of_log = True
    kind = None  # each of the log is one of two

    def filter_queryset(self, queryset: facets.Selection) -> facets.Selection:
        queryset.narrow("log", self.everything)
        return super().filter_queryset(queryset)

    @property
    def everything(self) -> BitMap:
        sets = self.shelf.values("kind")
        return facets.union(sets[kind] for kind in LOGGED if kind in sets)
