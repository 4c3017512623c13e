"""The next summit of a series, begun as a draft from the one before it."""

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
from django.urls import path
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records import dates, index, review
from records.choices import DelegationRole
from records.models import Delegation, Summit

from .faults import faults_of
from .fields import texts
from .handbook import sections_for
from .opened import GuardedAdmin
from .publishing import person_of
from .record import form_of
from .row import RowForm, spoken

FIELDSETS = [
    (
        gettext_lazy("The next summit"),
        {
            "fields": (
                *texts("title"),
                ("starts", "ends", "event_status"),
                *texts("city"),
                ("host", "timezone"),
                ("slug", "code"),
            )
        },
    )
]
FACTS = (*sum(texts("title", "city"), ()), "starts", "ends", "event_status", "timezone", "slug",
         "code")  # fmt: skip
TURNS = (DelegationRole.HOST, DelegationRole.GUEST)


class NextForm(RowForm):
    """A summit's own facts; its slug and code follow from its day and city where left empty."""

    host = forms.ChoiceField(required=False)

    def clean(self):
        facts = super().clean()
        day, last = dates.bounds(facts["starts"]) if facts.get("starts") else (None, None)
        place = slugify(facts.get("city_en") or "").replace("-", "")
        made = {}
        if day and day == last and place:
            made = {"slug": f"{day}-{place}", "code": f"{day.year}-{place}"}
        for name in ("slug", "code"):
            if facts.get(name) or name in self.errors:
                continue
            if name in made:
                # Where it is taken already the model says so, as of one that was typed.
                facts[name] = made[name]
            else:
                self.add_error(
                    name, _("Write it, or the whole day and the city in English: it follows.")
                )
        return facts


class NextInSeries(GuardedAdmin):
    """The page that asks for what is new, and copies what stays."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.next_view)
        own = path("<path:object_id>/next/", view, name="records_summit_next")
        return [own, *super().get_urls()]

    def next_view(self, request, object_id):
        if not self.has_add_permission(request):
            raise PermissionDenied
        before = self.row(object_id)
        if before is None:
            raise Http404
        delegations = list(before.delegations.select_related("party"))
        data = request.POST if request.method == "POST" else None
        with transaction.atomic():
            if data is not None:
                index.hold()  # as every save begins: else each would wait for the other
            form = self.next_form(request, before, delegations)(data)
            if form.is_valid():
                return self.begin(request, before, delegations, form)
        page = AdminForm(form, FIELDSETS, {}, model_admin=self)
        context = {
            **self.admin_site.each_context(request),
            "title": _("The next summit of its series") if before.series_id else _("Another one"),
            "original": before,
            "opts": self.opts,
            "media": self.media + form.media,
            "adminform": page,
            "handbook": sections_for("next"),
            "submit": _("Begin the draft"),
            "faults": faults_of({"adminform": page, "inline_admin_formsets": []}) if data else [],
            "delegations": [
                (spoken(each.party, "name"), each.get_role_display()) for each in delegations
            ],
            "series": spoken(before.series, "name") if before.series else "",
            "setting": before.get_setting_display() if before.setting else "",
        }
        return TemplateResponse(request, "admin/records/next.html", context)

    def next_form(self, request, before, delegations):
        kind = modelform_factory(
            Summit,
            form=NextForm,
            fields=FACTS,
            formfield_callback=partial(self.formfield_for_dbfield, request=request),
        )
        for name in ("slug", "code"):
            kind.base_fields[name].required = False
        kind.base_fields["event_status"].initial = "planned"
        hosts = [each for each in delegations if each.role in TURNS]
        kind.base_fields["host"] = forms.ChoiceField(
            label=gettext_lazy("Host"),
            required=False,
            choices=[
                ("", gettext_lazy("None of them, or not known")),
                *((each.party.slug, spoken(each.party, "name")) for each in hosts),
            ],
            # Two that visit each other take turns.
            initial=next((e.party.slug for e in hosts if e.role == DelegationRole.GUEST), "")
            if len(hosts) == 2
            else "",
            help_text=gettext_lazy("The others are guests."),
        )
        return kind

    def begin(self, request, before, delegations, form):
        """The draft: what was asked, and of the summit before it series, setting and parties."""
        host = form.cleaned_data["host"]
        summit = form.save(commit=False)
        summit.series, summit.setting = before.series, before.setting
        summit.country = next((e.party for e in delegations if e.party.slug == host), None)
        summit.save()
        for place, each in enumerate(delegations):
            role = each.role
            if role in TURNS:
                role = DelegationRole.HOST if each.party.slug == host else DelegationRole.GUEST
            Delegation.objects.create(summit=summit, party=each.party, role=role, order=place)
        request.changed_facts = [*FACTS, "series", "setting", "country", "+delegations"]
        self.log_addition(request, summit, [{"added": {}}])
        review.contributed(summit, person_of(request))
        messages.success(
            request, _("Begun as a draft: nobody but editors sees it. Add its sources next.")
        )
        return HttpResponseRedirect(form_of(summit))
