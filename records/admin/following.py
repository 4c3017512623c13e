"""One event after a summit, added to the progress of many of its commitments in one form."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms.models import modelform_factory
from django.forms.utils import ErrorDict
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from records import index, review
from records.choices import ProgressKind
from records.document.schema import SUMMIT
from records.models import Commitment, Progress

from .adding import FACTS, Choice, Event, foresee
from .faults import Fault, faults_of
from .fields import texts
from .handbook import sections_for
from .publishing import person_of, warn
from .record import Record, form_of
from .row import RowForm
from .watched import Watched, WatchedPages

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


class Following(WatchedPages):
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
        if request.method != "POST":
            event = self.event(request, self.record_of(object_id))
            return self.draw_event(request, event, is_offered=event.watched.may_offer)
        with transaction.atomic():
            index.hold()  # as every save begins: else each would wait for the other
            self.lock(request, object_id)
            event = self.event(request, self.record_of(object_id))
            faults = self.faults(event.form, event.choices, request.POST)
            if not faults and "_preview" not in request.POST:
                return self.add_progress(request, event)
            foreseen = [] if faults else foresee(event)
            response = self.draw_event(request, event, faults=faults, foreseen=foreseen).render()
        event.watched.refused()
        return response

    def event(self, request, record) -> Event:
        watched = Watched(request, record, "progress")
        form = self.event_form(request, record)(watched.data)
        commitments = record.rows(SUMMIT.child("commitments"))
        choices = [Choice(watched.data, row=row, item=item) for row, item in commitments]
        if watched.is_restored:  # nobody has asked to save it yet: no complaints
            for each in (form, *choices):
                each._errors = ErrorDict()
        return Event(record, watched, form, choices)

    def draw_event(self, request, event, *, is_offered=False, **more):
        context = {
            **self.admin_site.each_context(request),
            **event.watched.context(is_offered=is_offered),
            "leads_on": True,
            "handbook": sections_for("progress"),
            "title": _("Add progress to several commitments"),
            "original": event.record.summit,
            "opts": self.opts,
            "media": self.media + event.form.media,
            "adminform": AdminForm(event.form, FIELDSETS, {}, model_admin=self),
            "choices": event.choices,
            "sources": event.record.document.get("sources", []),
            **more,
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

    def add_progress(self, request, event):
        """An entry for each chosen commitment, each told in that commitment's own history."""
        part = self.admin_site.get_model_admin(Commitment)
        summit, taken = event.record.summit, event.taken
        event.add()
        for choice in taken:
            request.changed_facts = [f"+progress {event.key}"]
            added = {"name": str(Progress._meta.verbose_name), "object": event.key}
            part.log_change(request, choice.row, [{"added": added}])
        review.contributed(summit, person_of(request))
        event.watched.place.saved()
        now = Record(summit.pk)
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
                "key": event.key,
                "count": len(taken),
                "numbers": ", ".join(str(choice.row.number) for choice in taken),
            },
        )
        return HttpResponseRedirect(f"{form_of(summit)}#commitments")

    def progress_address(self, request, record):
        """Where an event is added to several; empty if there is nothing or nobody to add it."""
        if not (self.follows(request) and record.document.get("commitments")):
            return ""
        return reverse("admin:records_summit_progress", args=[record.summit.pk])
