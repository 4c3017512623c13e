"""One event after a summit, added to the progress of many of its commitments in one form."""

from __future__ import annotations

from functools import partial

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms.models import modelform_factory
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from records import index, review
from records.choices import CommitmentStatus, ProgressKind
from records.document.derived import status
from records.document.schema import SUMMIT
from records.models import Commitment, Progress

from .below import LAST
from .faults import Fault, faults_of
from .fields import texts
from .opened import GuardedAdmin
from .part import settle
from .publishing import person_of, warn
from .record import Record, form_of
from .row import RowForm, spoken

FIELDSETS = [
    (
        gettext_lazy("What happened"),
        {
            "fields": (
                ("key", "date", "party"),
                ("kind", "status", "period"),
                *texts("text"),
                "cites",
                "summit",
            )
        },
    )
]
FACTS = ("key", "date", "party", "kind", "status", "period", *sum(texts("text"), ()), "cites",
         "summit")  # fmt: skip


class Choice(forms.Form):
    """Whether the event belongs to one commitment, and what it leaves that one at."""

    taken = forms.BooleanField(required=False)
    status = forms.ChoiceField(required=False)

    def __init__(self, *args, row, item, **kwargs):
        super().__init__(*args, prefix=f"commitment-{row.number}", **kwargs)
        self.row = row
        self.title = spoken(row, "title")
        now = status(item)
        self.now = CommitmentStatus(now).label if now else ""
        self.keys = {name for entry in row.progress.all() for name in (entry.key, *entry.formerly)}
        self.fields["status"].choices = [("", _("As above")), *CommitmentStatus.choices]
        name = f"{row.number} {self.title}"
        self.fields["taken"].widget.attrs["aria-label"] = name
        self.fields["status"].widget.attrs["aria-label"] = _("Its own status: %(name)s") % {
            "name": name
        }

    def meet(self, key):
        """Refuse a key that the commitment has or had: an entry is never overwritten."""
        if self.is_taken and key in self.keys:
            self.add_error(
                "taken",
                _("Commitment %(number)s already has an entry “%(key)s”.")
                % {"number": self.row.number, "key": key},
            )

    @property
    def is_taken(self):
        return bool(getattr(self, "cleaned_data", {}).get("taken"))


class Following(GuardedAdmin):
    """The summit's page on which an event is added to several commitments, to all or to none."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.progress_view)
        own = path("<path:object_id>/progress/", view, name="records_summit_progress")
        return [own, *super().get_urls()]

    def follows(self, request):
        """May this editor add progress: whoever may change every fact of a commitment."""
        return self.admin_site.get_model_admin(Commitment).changes_all(request)

    def progress_view(self, request, object_id):
        if not self.follows(request):
            raise PermissionDenied
        with transaction.atomic():
            if request.method == "POST":
                index.hold()  # as every save begins: else each would wait for the other
                self.lock(request, object_id)
            row = self.row(object_id)
            if row is None:
                raise Http404
            response = self.followed(request, Record(row.pk))
            if hasattr(response, "render"):
                response.render()
            return response

    def followed(self, request, record):
        data = request.POST if request.method == "POST" else None
        form = self.event_form(request, record)(data)
        commitments = record.rows(SUMMIT.child("commitments"))
        choices = [Choice(data, row=row, item=item) for row, item in commitments]
        faults = []
        if data is not None:
            faults = self.faults(form, choices, data)
            if not faults:
                return self.add_progress(request, record, form, choices)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Add progress to several commitments"),
            "original": record.summit,
            "opts": self.opts,
            "media": self.media + form.media,
            "adminform": AdminForm(form, FIELDSETS, {}, model_admin=self),
            "submit": _("Add to the chosen commitments"),
            "choices": choices,
            "faults": faults,
            "sources": record.document.get("sources", []),
        }
        return TemplateResponse(request, "admin/records/following.html", context)

    def event_form(self, request, record):
        kind = modelform_factory(
            Progress,
            form=RowForm,
            fields=FACTS,
            formfield_callback=partial(self.formfield_for_dbfield, request=request),
        )
        kind.record = record
        kind.base_fields["kind"].choices = [
            # An assessment has an assessor and a value of its own for each commitment.
            choice
            for choice in kind.base_fields["kind"].choices
            if choice[0] != ProgressKind.ASSESSED
        ]
        kind.base_fields["key"].help_text = _(
            "Date and a word, such as “2026-02-07-diver”; the same in each commitment."
        )
        return kind

    def faults(self, form, choices, data) -> list[Fault]:
        """All that hinders, in the order of the page."""
        form.is_valid()
        for choice in choices:
            choice.is_valid()
            choice.meet(form.cleaned_data.get("key"))
        page = AdminForm(form, FIELDSETS, {}, model_admin=self)
        found = faults_of({"adminform": page, "inline_admin_formsets": []})
        for choice in choices:
            for name, problems in choice.errors.items():
                label = f"{choice.row.number} {choice.title}"
                found += [Fault(problem, label, choice[name].auto_id) for problem in problems]
        known = {choice.add_prefix("taken") for choice in choices}
        asked = {n for n in data if n.startswith("commitment-") and n.endswith("-taken")}
        if asked - known:
            message = _("A commitment you chose was deleted meanwhile; look at the list again.")
            found.append(Fault(message, str(_("Commitments")), "commitments"))
        elif not asked:
            message = _("Choose a commitment at least.")
            found.append(Fault(message, str(_("Commitments")), "commitments"))
        return found

    def add_progress(self, request, record, form, choices):
        """An entry for each chosen commitment, each told in that commitment's own history."""
        part = self.admin_site.get_model_admin(Commitment)
        taken = [choice for choice in choices if choice.is_taken]
        facts = {name: form.cleaned_data[name] for name in FACTS}
        for choice in taken:
            own = choice.cleaned_data["status"] or facts["status"]
            entry = Progress.objects.create(
                **{**facts, "status": own}, commitment=choice.row, order=LAST
            )
            settle(Progress.objects.filter(commitment=choice.row), {})
            request.changed_facts = [f"+progress {entry.key}"]
            added = {"name": str(Progress._meta.verbose_name), "object": str(entry)}
            part.log_change(request, choice.row, [{"added": added}])
        review.contributed(record.summit, person_of(request))
        now = Record(record.summit.pk)
        for choice in taken:
            warn(request, now, now.path_of(choice.row))
        messages.success(
            request,
            ngettext(
                "Added “%(key)s” to %(count)s commitment: %(numbers)s.",
                "Added “%(key)s” to %(count)s commitments: %(numbers)s.",
                len(taken),
            )
            % {
                "key": facts["key"],
                "count": len(taken),
                "numbers": ", ".join(str(choice.row.number) for choice in taken),
            },
        )
        return HttpResponseRedirect(f"{form_of(record.summit)}#commitments")

    def progress_address(self, request, record):
        """Where an event is added to several; empty if there is nothing or nobody to add it."""
        if not (self.follows(request) and record.document.get("commitments")):
            return ""
        return reverse("admin:records_summit_progress", args=[record.summit.pk])
