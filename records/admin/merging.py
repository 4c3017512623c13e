"""“Merge”: the page on which two names of the vocabulary that are one become one."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records import publishing
from records.document.canonical import digest
from records.document.schema import Shape, shape_of, vocabulary_name
from records.index import hold
from records.models import Summit
from records.roles import permission

from .names import NameSelect
from .publishing import person_of
from .record import form_of
from .same import Item, combined, hindrances, merge, said_of
from .uses import Used, uses

SHOWN = 20  # summits named with links


class MergeForm(forms.Form):
    """Which name is kept."""

    def __init__(self, data, row, admin_site):
        super().__init__(data)
        ways = row._meta.related_objects
        way = next(back.field for back in ways if not back.many_to_many)  # what completion asks by
        self.fields["into"] = forms.ModelChoiceField(
            type(row).objects.exclude(pk=row.pk),
            label=gettext_lazy("Keep"),
            widget=NameSelect(way, admin_site),
        )


class Merging(Used):
    """Names of which two can be found to be one."""

    def get_urls(self):
        name = f"records_{self.opts.model_name}_merge"
        view = self.admin_site.admin_view(self.merge_view)
        return [path("<path:object_id>/merge/", view, name=name), *super().get_urls()]

    def may_merge(self, request, row) -> bool:
        may = request.user.has_perm(permission("merge", self.opts.model_name))
        return may and self.changes_all(request, row)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and self.may_merge(request, obj):
            name = f"admin:records_{self.opts.model_name}_merge"
            context["merge_address"] = reverse(name, args=[obj.pk])
        return super().render_change_form(request, context, add, change, form_url, obj)

    def merge_view(self, request, object_id):
        """Ask which name is kept, show what that changes, and do it when that is sent."""
        with transaction.atomic():
            if request.method == "POST":
                hold()
                self.lock(request, object_id)
            row = self.row(object_id)
            if not self.may_merge(request, row):
                raise PermissionDenied
            if row is None:
                raise Http404
            data = request.POST if request.method == "POST" else request.GET
            form = MergeForm(data if "into" in data else None, row, self.admin_site)
            kept = form.cleaned_data["into"] if form.is_valid() else None
            if kept and not self.may_merge(request, kept):
                form.add_error("into", _("Readers see this name: a publisher corrects it."))
                kept = None
            reasons = hindrances(row, kept) if kept else []
            used = uses(row)
            seen = digest({"of": [said_of(row), said_of(kept)], "n": used.count}) if kept else ""
            if request.method == "POST" and kept and not reasons:
                if request.POST.get("seen") == seen:
                    return self.merged(request, row, kept)
                messages.warning(
                    request, _("Not merged yet: one of them changed. Look at it once more.")
                )
            shape = shape_of(self.model)
            after = combined(said_of(kept), said_of(row), shape) if kept else {}
        context = {
            **self.admin_site.each_context(request),
            "title": _("Merge “%(name)s” into another") % {"name": row},
            "form": form,
            "kept": kept,
            "reasons": reasons,
            "uses": used,
            "after": facts_of(after, shape),
            "seen": seen,
            "original": row,
            "opts": self.opts,
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/records/merge.html", context)

    def merged(self, request, row, kept):
        said = _("“%(old)s” was merged into “%(new)s”.") % {"old": row.slug, "new": kept.slug}
        public = publishing.citing(vocabulary_name(self.model), row.slug)
        self.log_deletions(request, type(row).objects.filter(pk=row.pk))
        merge(row, kept, person_of(request))
        self.log_change(request, kept, said)
        self.message_user(request, said, messages.SUCCESS)
        if public:
            self.message_user(request, still_named(public), messages.WARNING)
        return HttpResponseRedirect(form_of(kept))


def still_named(slugs: list[str]) -> SafeString:
    """Which published summits name to readers what is no more, each with its form."""
    found = list(Summit.objects.filter(slug__in=slugs[:SHOWN]).order_by("slug"))
    lines = format_html_join(
        "", '<li><a href="{}">{}</a></li>', [(form_of(summit), summit.slug) for summit in found]
    )
    if (more := len(slugs) - len(found)) > 0:
        lines += format_html("<li>{}</li>", _("and %(count)s more") % {"count": more})
    said = _("To readers these summits show the old name until they are published again:")
    return format_html('{}<ul class="meanwhile">{}</ul>', said, lines)


def facts_of(item: Item, shape: Shape) -> list[tuple[str, list[tuple[str, str]]]]:
    """What is said of a name, for its page: label, then each value with its language."""
    found = []
    for fact in shape.facts:
        value = item.get(fact.name)
        if not value:
            continue
        if isinstance(value, dict):
            shown = [(code, str(words)) for code, words in value.items()]
        elif fact.kind == "choice":
            labels = dict(shape.model._meta.get_field(fact.name).choices)
            shown = [("", str(labels.get(value, value)))]
        else:
            shown = [("", ", ".join(value) if isinstance(value, list) else str(value))]
        found.append((str(fact.label), shown))
    return found
