"""The page that shows a working copy as its readers would get it: a frame, and a link to send."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.language import plain

from . import previewed
from .fields import LANGUAGES, reader_language
from .opened import GuardedAdmin
from .record import Record

WIDTHS = (("phone", gettext_lazy("Phone")), ("wide", gettext_lazy("Wide screen")))
# The admin's policy, and a frame of this site's own pages.
POLICY = {**settings.SECURE_CSP_ADMIN, "frame-src": ["'self'"]}
PAGED = ("sessions", "commitments")  # lists whose rows have pages of their own


def pages_of(record: Record) -> list[tuple[str, str]]:
    """`(below, title)` of the summit's pages: its own, its sessions', its commitments'."""
    found = [("", _("The summit"))]
    for name in PAGED:
        for row in record.document.get(name, []):
            key = row["key"] if name == "sessions" else row["number"]
            found.append((f"{name}/{key}", plain(row.get("title", {})) or str(key)))
    return found


class LookForm(forms.Form):
    """Which page is looked at, in which language, how wide."""

    page = forms.ChoiceField(label=gettext_lazy("Page"), required=False)
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), required=False, choices=list(LANGUAGES.items())
    )
    width = forms.ChoiceField(label=gettext_lazy("Width"), required=False, choices=WIDTHS)

    def __init__(self, data: Any, pages: list[tuple[str, str]]):
        first = {"page": "", "language": reader_language(), "width": "phone"}
        known = {name: data[name] for name in first if name in data}
        super().__init__({**first, **known})
        self.fields["page"].choices = pages


class Previewing(GuardedAdmin):
    """The summit's page of preview."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.preview_view)
        own = path("<path:object_id>/preview/", view, name="records_summit_preview")
        return [own, *super().get_urls()]

    def preview_view(self, request, object_id):
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = self.row(object_id)
        if row is None:
            raise Http404
        record = Record(row.pk)
        pages = pages_of(record)
        asked = request.GET.copy()
        if about := asked.get("about"):  # as the record names a row: `sessions.talks`
            asked["page"] = about.replace(".", "/", 1)
        form = LookForm(asked, pages)
        looked = form.cleaned_data if form.is_valid() else LookForm({}, pages).data
        token = previewed.token_for(row, request.user)
        address = previewed.address(token, looked["page"], looked["language"])
        context = {
            **self.admin_site.each_context(request),
            "title": _("Preview: %(summit)s") % {"summit": record.summit},
            "original": record.summit,
            "opts": self.opts,
            "media": self.media,
            "form": form if form.is_valid() else LookForm({}, pages),
            "address": address,
            "whole_address": f"{settings.SITE_URL}{address}",
            "width": looked["width"],
            "ends_at": previewed.ends_at(token),
        }
        response = TemplateResponse(request, "admin/records/preview.html", context)
        response["Content-Security-Policy"] = previewed.in_one_line(POLICY)
        return response
