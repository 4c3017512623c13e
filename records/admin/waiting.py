"""The page of the work that waits: every line leads to the field that asks for it; also as CSV."""

from __future__ import annotations

from collections.abc import Iterator

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records import waiting
from records.exports.table import Column, lines
from records.models import Summit
from records.roles import permission

from .fields import LANGUAGES
from .waiting_lists import LABELS, Line, Lists, may_write

PAGE = 100
BATCH = 500
COLUMNS = (
    Column("kind", lambda line: line.kind),
    Column("summit", lambda line: line.slug),
    Column("place", lambda line: line.place, is_words=True),
    Column("what", lambda line: line.what, is_words=True),
    Column("title", lambda line: line.title, is_words=True),
    Column("since", lambda line: line.since.isoformat() if line.since else ""),
    Column("address", lambda line: line.address),
)


class WaitingForm(forms.Form):
    """What of the waiting work is asked for."""

    kind = forms.ChoiceField(
        required=False,
        label=gettext_lazy("What"),
        choices=[("", gettext_lazy("Everything")), *LABELS.items()],
    )
    language = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Language of the texts"),
        choices=[("", gettext_lazy("Every language")), *LANGUAGES.items()],
    )
    summit = forms.CharField(
        required=False,
        max_length=80,
        label=gettext_lazy("Summit"),
        help_text=gettext_lazy("A slug, or a part of it."),
    )


class Waiting(admin.AdminSite):
    """The addresses of the page, its file, and of a translation that still holds."""

    def get_urls(self):
        return [
            path("waiting/", self.admin_view(self.waiting_view), name="waiting"),
            path("waiting.csv", self.admin_view(self.waiting_csv), name="waiting-csv"),
            path("waiting/holds/", self.admin_view(self.holds_view), name="waiting-holds"),
            *super().get_urls(),
        ]

    def asked(self, request) -> tuple[WaitingForm, Lists]:
        if not request.user.has_perm(permission("view", "summit")):
            raise PermissionDenied
        form = WaitingForm(request.GET or None)
        data = form.cleaned_data if form.is_bound and form.is_valid() else {}
        return form, Lists(request, **{name: data.get(name, "") for name in form.fields})

    def waiting_view(self, request):
        form, lists = self.asked(request)
        page = Paginator(lists, PAGE).get_page(request.GET.get("p"))
        given = request.GET.copy()
        given.pop("p", None)
        context = {
            **self.each_context(request),
            "title": _("Work that waits"),
            "opts": Summit._meta,
            "form": form,
            "page": page,
            "counts": self.all_kinds(request, lists).counted(),
            "asked": given.urlencode(),
            "here": request.get_full_path(),
            "unseen": waiting.without_upkeep().count(),
            "media": self.get_model_admin(Summit).media,
        }
        return TemplateResponse(request, "admin/records/waiting.html", context)

    def all_kinds(self, request, lists: Lists) -> Lists:
        if lists.is_whole:
            return lists
        return Lists(request, summit=lists.summit, language=lists.language)

    def waiting_csv(self, request):
        """All that is asked for, whatever the page."""
        _form, lists = self.asked(request)
        answer = StreamingHttpResponse(
            lines(COLUMNS, batches(lists)), content_type="text/csv; charset=utf-8"
        )
        answer["Content-Disposition"] = 'attachment; filename="waiting.csv"'
        return answer

    def holds_view(self, request):
        """A translation is right as it is, though its English changed."""
        slug, place = request.POST.get("summit", ""), request.POST.get("place", "")
        summit = Summit.objects.filter(slug=slug).first() if "\0" not in slug else None
        if not may_write(request.user, place.rpartition(".")[2]):
            raise PermissionDenied
        if summit is not None and waiting.holds(summit, place):
            messages.success(request, _("Noted: the translation still holds."))
        back = request.POST.get("asked", "")
        return HttpResponseRedirect(f"{reverse('admin:waiting')}?{back}")


def batches(lists: Lists) -> Iterator[list[Line]]:
    for start in range(0, lists.count(), BATCH):
        yield lists[start : start + BATCH]
