"""A page that is no form of one row, and says who has it open and keeps what is typed there."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from records.review.open_forms import Place

from .opened import GuardedAdmin
from .presence import day_and_time, keep, people, token_of, written
from .record import Record
from .restoring import RESTORE, data_of


class Watched:
    """A page of a summit as this editor has it open: since now, or, sent and refused, as before.

    `part` tells pages of one address apart, `asked` is what its address says besides.
    """

    def __init__(self, request, record, page: str, part: str = "", asked: Any = None):
        self.request, self.asked = request, asked or {}
        where = reverse(f"admin:records_summit_{page}", args=[record.summit.pk])
        form = f"{where}#{part}" if part else where
        self.place = Place(request.user, form, str(record.summit.pk), timezone.now())
        self.kept = self.place.rows().first()
        self.is_sent = request.method == "POST"
        if self.is_sent and self.kept:
            self.place.at = self.kept.opened_at
        self.typed = None
        if self.kept and self.kept.typed and not self.is_sent:
            self.typed = data_of(self.kept)
        self.is_restored = self.typed is not None and RESTORE in request.GET

    @property
    def data(self) -> Any:
        """What was sent, or is to be restored; None where the page is as it stands."""
        if self.is_sent:
            return self.request.POST
        return self.typed if self.is_restored else None

    @property
    def may_offer(self) -> bool:
        """Is something kept that the page does not show?"""
        return self.typed is not None and not self.is_restored

    def address(self, **more: str) -> str:
        given = {**self.asked, **more}
        return f"{self.request.path}?{urlencode(given)}" if given else self.request.path

    def context(self, *, is_offered: bool) -> dict[str, Any]:
        """What `people.html` and `open_form.html` need; outside of the transaction of a save."""
        if not self.is_sent:
            self.place.opened()
        return {
            "open_form": token_of(self.place),
            "people": people(self.place, timezone.now()),
            "is_unsaved": self.data is not None,
            "typed_at": day_and_time(self.kept.typed_at) if is_offered else "",
            "here": self.request.get_full_path(),
            "address": self.address(),
            "restore_address": self.address(**{RESTORE: "1"}),
        }

    def refused(self) -> None:
        """Keep what was sent and not saved."""
        sent = [(name, each) for name, found in self.request.POST.lists() for each in found]
        keep(self.place, written(sent), timezone.now())


class WatchedPages(GuardedAdmin):
    """Pages of a summit that are watched as its forms are."""

    def record_of(self, object_id) -> Record:
        row = self.row(object_id)
        if row is None:
            raise Http404
        return Record(row.pk)
