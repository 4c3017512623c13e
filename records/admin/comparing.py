"""The pages that tell two states of a summit apart, and make an old one the working copy again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from records import publishing
from records.choices import EditionKind
from records.document.canonical import digest
from records.document.formats import opened
from records.document.schema import SUMMIT
from records.models import Edition
from records.review import NotAllowed
from records.review.restoring import restore, restored

from .comparison import Compared, Comparison
from .opened import GuardedAdmin
from .publishing import person_of
from .record import Record, form_of
from .working import names_of

WORKING = "working"


class SidesForm(forms.Form):
    """Which two states are compared: editions by number, or the working copy."""

    before = forms.ChoiceField(label=pgettext_lazy("comparison", "From"))
    after = forms.ChoiceField(label=pgettext_lazy("comparison", "To"))

    def __init__(self, data: Any, editions: list[Edition]):
        newest = str(editions[0].number) if editions else WORKING
        first = {"before": newest, "after": WORKING}
        super().__init__({**first, **{name: data[name] for name in first if name in data}})
        choices = [
            (WORKING, _("The working copy")),
            *((str(edition.number), edition_in_words(edition)) for edition in editions),
        ]
        for each in self.fields.values():
            each.choices = choices


def edition_in_words(edition: Edition) -> str:
    """“Edition 3 of 25 Nov 2026: Correction”."""
    day = formats.date_format(timezone.localtime(edition.at), "DATE_FORMAT")
    return _("Edition %(number)s of %(day)s: %(kind)s") % {
        "number": edition.number,
        "day": day,
        "kind": edition.get_kind_display(),
    }


class Sides:
    """Two states of one summit, read for comparison."""

    def __init__(self, record: Record, before: str, after: str):
        self.record = record
        self.kept = {
            str(edition.number): edition
            for edition in record.summit.editions.filter(
                number__in=[int(side) for side in (before, after) if side != WORKING]
            )
        }
        documents = [self.document(side) for side in (before, after)]
        names = names_of(*documents, kept=self.kept.values())
        self.comparison = compared(record, *documents, names)

    def document(self, side: str) -> dict[str, Any]:
        if side == WORKING:
            return self.record.document
        return opened(self.kept[side].content)


def compared(record: Record, before: dict, after: dict, names: Any) -> Comparison:
    """A comparison whose rows lead to their forms, as far as the working copy has them."""
    found = Comparison(before, after, names)
    for section in found.sections:
        shape = SUMMIT.child(section.name)
        forms_of = {}
        if shape:
            for place, (row, item) in enumerate(record.rows(shape)):
                forms_of[shape.known_by(item, place)] = form_of(row)
        for row in section.rows:
            row.address = address(row, record, forms_of)
    return found


def unpublished(record: Record) -> Comparison | None:
    """What the working copy says otherwise than the newest edition; None where there is none."""
    edition = record.state.edition
    if edition is None or not record.state.is_changed:
        return None
    names = names_of(record.published, record.document, kept=[edition])
    return compared(record, record.published, record.document, names)


def address(row: Compared, record: Record, forms_of: dict[str, str]) -> str:
    if not row.path:
        return form_of(record.summit)
    return forms_of.get(row.path[1], "")


class Comparing(GuardedAdmin):
    """The summit's page of comparison, and that of restoring."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        own = [
            path(
                "<path:object_id>/compare/",
                wrap(self.compare_view),
                name="records_summit_compare",
            ),
            path(
                "<path:object_id>/restore/",
                wrap(self.restore_view),
                name="records_summit_restore",
            ),
        ]
        return [*own, *super().get_urls()]

    def compare_view(self, request, object_id):
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = self.row(object_id)
        if row is None:
            raise Http404
        record = Record(row.pk)
        editions = list(row.editions.order_by("-number").defer("content", "names"))
        form = SidesForm(request.GET, editions)
        if not form.is_valid():
            form = SidesForm({}, editions)
            form.is_valid()
        before, after = form.cleaned_data["before"], form.cleaned_data["after"]
        numbers = sorted({int(side) for side in (before, after) if side != WORKING})
        may_restore = person_of(request).may("change")
        context = self.page_context(
            request,
            record,
            title=_("Compare: %(summit)s") % {"summit": record.summit},
            form=form,
            editions=editions,
            comparison=Sides(record, before, after).comparison,
            restorable=[
                edition
                for edition in editions
                if may_restore
                and edition.number in numbers
                and edition.kind != EditionKind.WITHDRAWAL
            ],
        )
        return TemplateResponse(request, "admin/records/compare.html", context)

    def restore_view(self, request, object_id):
        """Show what would change in the working copy; then, asked once more, change it."""
        person = person_of(request)
        if not person.may("change"):
            raise PermissionDenied
        row = self.row(object_id)
        edition = self.edition_of(row, request.GET.get("edition", ""))
        if row is None or edition is None:
            raise Http404
        if request.method == "POST":
            try:
                loaded = restore(edition, person, seen=request.POST.get("seen", ""))
            except NotAllowed as refused:
                messages.error(request, str(refused))
            except publishing.Refused as refused:
                messages.error(request, self.hindered(Record(row.pk), refused))
            else:
                said = _("Edition %(number)s is the working copy again.") % {
                    "number": edition.number
                }
                self.log_change(request, loaded.summit, said)
                messages.success(
                    request,
                    format_html(
                        '{} {} <a href="{}">{}</a>',
                        said,
                        _("Readers see it once it is published."),
                        reverse("admin:records_summit_review", args=[row.pk]),
                        _("Review and publish"),
                    ),
                )
                return HttpResponseRedirect(form_of(row))
            return HttpResponseRedirect(request.get_full_path())
        record = Record(row.pk)
        document = restored(edition, record.state)
        names = names_of(record.document, document, kept=[edition])
        context = self.page_context(
            request,
            record,
            title=_("Restore edition %(number)s: %(summit)s")
            % {"number": edition.number, "summit": record.summit},
            edition=edition,
            edition_in_words=edition_in_words(edition),
            seen=digest(record.document),
            comparison=compared(record, record.document, document, names),
            unpublished=record.state.is_changed,
        )
        return TemplateResponse(request, "admin/records/restore.html", context)

    def edition_of(self, row, number):
        """An edition that can be restored, or None."""
        if row is None or not (number.isascii() and number.isdigit() and len(number) < 10):
            return None
        there = row.editions.exclude(kind=EditionKind.WITHDRAWAL)
        return there.filter(number=number).first()

    def hindered(self, record, refused):
        reasons = [(record.named(each.place), each.message) for each in refused.problems]
        return format_html(
            '{}<ul class="meanwhile">{}</ul>',
            _("Not restored. This hinders it:"),
            format_html_join("", "<li>{} {}</li>", reasons),
        )

    def page_context(self, request, record, **more):
        return {
            **self.admin_site.each_context(request),
            "original": record.summit,
            "opts": self.opts,
            "media": self.media,
            **more,
        }
