"""Rows below a summit: each on its own form, which knows its summit and leads back to it."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.forms.widgets import Script
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records import review
from records.document.schema import SUMMIT
from records.models import Summit

from .desk import DeskPanel
from .fields import LANGUAGES
from .handbook import sections_for
from .opened import Opened
from .publishing import (
    KEPT,
    Panel,
    PublishingForm,
    can_publish,
    keep_note,
    person_of,
    publish,
    warn,
)
from .record import Record, add_form, form_of
from .renaming import Renaming, mentions
from .row import RowAdmin, RowForm
from .uses import refusals_of_others


class Place(forms.IntegerField):
    """Where a row is to stand in its list; empty leaves it."""

    def has_changed(self, initial, data):
        return bool(data)


def place_field():
    return Place(
        required=False,
        min_value=1,
        max_value=9999,
        label=gettext_lazy("Move to place"),
        help_text=gettext_lazy("A number; empty leaves it where it is, or puts it last."),
    )


def settle(rows, wanted):
    """Number `rows` 1, 2 ... in their order, those of `wanted` (pk -> place) at their new place."""
    ordered = [row for row in rows if row.pk not in wanted]
    for row in sorted((r for r in rows if r.pk in wanted), key=lambda row: wanted[row.pk]):
        ordered.insert(wanted[row.pk] - 1, row)
    for number, row in enumerate(ordered, start=1):
        if row.order != number:
            type(row).objects.filter(pk=row.pk).update(order=number)


def settle_below(formset):
    """Number the rows of a saved formset in their order, moved ones at their new place."""
    wanted = {
        form.instance.pk: form.cleaned_data["place"]
        for form in formset.forms
        if form.instance.pk and form.cleaned_data.get("place")
    }
    settle(formset.model.objects.filter(**{formset.fk.name: formset.instance}), wanted)


def list_of(model):
    """The document's list that rows of `model` stand in; empty for the summit itself."""
    return next((shape.name for shape in SUMMIT.children if shape.model is model), "")


class OfSummitForm(PublishingForm, RowForm):
    """A form whose saving changes a summit's document."""


class PartForm(OfSummitForm):
    place = place_field()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "summit" in self.fields:
            self.fields["summit"].widget = forms.HiddenInput()
        if self.record and "cites" in self.fields:
            field = self.fields["cites"]
            if before := self.record.row_before(self.instance).get("cites"):
                cites = before if isinstance(before, dict) else {"all": before}
                field.widget.attrs["data-before"] = field.prepare_value(cites)


class OfSummitAdmin(RowAdmin):
    """The summit's own form and its parts': guarded together, published together."""

    form = OfSummitForm

    class Media:
        js = ["records/admin/citations.js", Script("records/admin/same_sources.js", defer=True)]

    def summit_pk(self, request, object_id):
        """The summit a form belongs to, or None."""
        raise NotImplementedError

    def lock(self, request, object_id):
        pk = self.summit_pk(request, object_id)
        list(Summit.objects.select_for_update().filter(pk=pk).values_list("pk"))

    def opened(self, request, object_id):
        pk = self.summit_pk(request, object_id)
        request.record = Record(pk) if pk else None
        if object_id is None or pk is None:
            return None
        return Opened(*request.record.below(self.row(object_id)))

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.record = getattr(request, "record", None)
        return form

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        record = getattr(request, "record", None)
        if record:
            form = context["adminform"].form
            kept = request.session.get(KEPT) or {}
            if not form.is_bound and kept.get("summit") == record.summit.pk:
                form.initial.update(
                    {f"edition_note_{code}": text for code, text in kept.items()},
                    edition_kind=kept.get("kind"),
                )
            context.update(
                record=record,
                sources=[
                    {name: row.get(name, "") for name in ("key", "publisher", "title")}
                    for row in record.document.get("sources", [])
                ],
                can_publish=can_publish(request, record.summit),
                panel=Panel(record),
                desk=DeskPanel(record, request, record.path_of(obj) if obj else ()),
                note_fields=[form[f"edition_note_{code}"] for code in LANGUAGES],
                list_name=list_of(self.model),
                handbook=sections_for(self.opts.model_name),
                translate_address=self.translate_from(request, record, obj) if obj else "",
            )
        return super().render_change_form(request, context, add, change, form_url, obj)

    def translate_from(self, request, record, obj) -> str:
        """The translator's page, with the texts of this form first."""
        summits = self.admin_site.get_model_admin(Summit)
        at = ".".join(record.path_of(obj))
        return summits.translate_address(request, record.summit, at=at)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        request.form_data = form.cleaned_data

    def saved(self, request, form_data, summit, row, response):
        """Warnings of what was saved, and publishing if asked: the end of every save."""
        review.contributed(summit, person_of(request))
        record = request.record = Record(summit.pk)
        warn(request, record, record.path_of(row))
        if "_publish" in request.POST and can_publish(request, summit):
            if getattr(request, "meeting", None) and request.meeting.changes:
                keep_note(request, summit, form_data)
                messages.warning(
                    request,
                    _("Saved, but not published: look at what others changed, then publish."),
                )
            else:
                publish(request, summit, form_data)
            return HttpResponseRedirect(form_of(summit))
        return response


class PartAdmin(OfSummitAdmin):
    """A row of one of a summit's lists."""

    form = PartForm
    list_select_related = ("summit",)

    def summit_pk(self, request, object_id):
        if object_id is not None:
            row = self.row(object_id)
            return row.summit_id if row else None
        asked = request.POST.get("summit") or request.GET.get("summit") or ""
        known = asked.isascii() and asked.isdigit() and len(asked) < 19
        return (
            Summit.objects.filter(pk=asked).values_list("pk", flat=True).first() if known else None
        )

    def get_fieldsets(self, request, obj=None):
        (name, options), *rest = super().get_fieldsets(request, obj)
        fields = options["fields"] if obj else ("summit", *options["fields"])
        last = (gettext_lazy("Order"), {"fields": ["place"], "classes": ["collapse"]})
        moves = [] if self.withheld(request, obj) else [last]
        return [(name, {**options, "fields": fields}), *rest, *moves]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "summit" and db_field.is_relation:
            return forms.ModelChoiceField(Summit.objects.all())
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if object_id is None and self.summit_pk(request, None) is None:
            return self.choose_summit(request)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def choose_summit(self, request):
        """Before a part is added: of which summit?"""
        if not self.has_add_permission(request):
            raise PermissionDenied
        field = forms.ModelChoiceField(
            Summit.objects.all(),
            label=_("Summit"),
            widget=admin.widgets.AutocompleteSelect(
                self.model._meta.get_field("summit"), self.admin_site
            ),
        )
        form = type("ChooseSummit", (forms.Form,), {"summit": field})()
        context = {
            **self.admin_site.each_context(request),
            "title": _("Add %(name)s: of which summit?") % {"name": self.opts.verbose_name},
            "form": form,
            "media": self.media + form.media,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/records/choose_summit.html", context)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.order = len(self.model.objects.filter(summit=obj.summit)) + 1
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        row = form.instance
        place = form.cleaned_data.get("place")
        settle(self.model.objects.filter(summit=row.summit_id), {row.pk: place} if place else {})
        for formset in formsets:
            settle_below(formset)

    def response_add(self, request, obj, post_url_continue=None):
        response = super().response_add(request, obj, post_url_continue)
        return self.onward(request, obj, response)

    def response_change(self, request, obj):
        return self.onward(request, obj, super().response_change(request, obj))

    def onward(self, request, obj, response):
        """Back to the summit, unless the editor asked to stay or to add another."""
        if "_addanother" in request.POST:
            response = HttpResponseRedirect(add_form(self.model, obj.summit))
        elif "_continue" not in request.POST:
            response = HttpResponseRedirect(self.list_address(obj))
        return self.saved(request, request.form_data, obj.summit, obj, response)

    def list_address(self, obj):
        return f"{form_of(obj.summit)}#{list_of(self.model)}"

    def delete_view(self, request, object_id, extra_context=None):
        request.summit_of_deleted = self.summit_pk(request, object_id)
        return super().delete_view(request, object_id, extra_context)

    def response_delete(self, request, obj_display, obj_id):
        super().response_delete(request, obj_display, obj_id)
        summit = Summit.objects.get(pk=request.summit_of_deleted)
        review.contributed(summit, person_of(request))
        return HttpResponseRedirect(
            reverse("admin:records_summit_change", args=[request.summit_of_deleted])
        )

    def facts(self, row, item) -> list:
        """What the summit's form says of the row in its list, under `columns`."""
        return []

    def refusals(self, request, rows):
        found = []
        for row in rows:
            record = Record(row.summit_id)
            path = record.path_of(row)
            if reason := self.refused_by_publication(record, row):
                found.append(reason)
            found += [
                format_html(
                    '{} <a href="{}">{}</a>',
                    _("The working copy refers to it; change that first:"),
                    record.address(place),
                    record.named(place),
                )
                for place in mentions(record.document, SUMMIT.child(path[0]), path[1])
            ]
            found += refusals_of_others(row)
        return found

    def refused_by_publication(self, record, row) -> str:
        """Why a published edition keeps the row from being deleted; empty if none does."""
        return ""

    @admin.display(description=gettext_lazy("summit"), ordering="summit__slug")
    def of_summit(self, row):
        return row.summit.slug


class KeyedAdmin(Renaming, PartAdmin):
    """A part known by a key of its own."""
