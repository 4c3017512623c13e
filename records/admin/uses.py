"""Where a name of the vocabulary is used: its rows in working copies, and what readers see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from records import publishing
from records.document.schema import VOCABULARY, vocabulary_name
from records.models import Commitment, Summit

from .opened import GuardedAdmin
from .record import form_of

MOST = 200  # of one kind of fact that are listed; the rest is counted


@dataclass
class Use:
    """A row that refers to a name, the fact in which it does, and the form to change it in."""

    summit: str  # empty for another name of the vocabulary
    what: str
    address: str


@dataclass
class Uses:
    """The rows that refer to a name by kind of row and fact, and the summits readers see it in."""

    groups: list[tuple[str, list[Use], int]]  # title, the first of them, how many more
    public: list[str]

    @property
    def count(self) -> int:
        return sum(len(found) + more for _title, found, more in self.groups)


def uses(name: Any) -> Uses:
    """Where `name` is used; a fixed number of queries, whatever refers to it."""
    groups = []
    for back in name._meta.related_objects:
        if back.hidden:
            continue
        model = back.related_model
        below = "commitment" if "commitment" in joined(model) else ""
        above = [f"{below}__summit"] if below else ["summit"] if "summit" in joined(model) else []
        rows = model._default_manager.filter(**{back.field.name: name}).order_by("-pk")
        total = rows.count()
        if not total:
            continue
        title = f"{capfirst(str(model._meta.verbose_name_plural))}: {back.field.verbose_name}"
        if above:  # none named would mean all of them, and Django 6.1 refuses it
            rows = rows.select_related(*above)
        found = [use_of(row, below) for row in rows[:MOST]]
        found.sort(key=lambda use: (use.summit, use.what))
        groups.append((title, found, total - len(found)))
    return Uses(groups, published_in(vocabulary_name(type(name)), name))


def joined(model: Any) -> set[str]:
    """The names of what each row of a model stands below."""
    return {field.name for field in model._meta.concrete_fields if field.is_relation}


def use_of(row: Any, below: str) -> Use:
    shown = getattr(row, below) if below else row
    summit = row if isinstance(row, Summit) else getattr(shown, "summit", None)
    return Use(summit.slug if summit else "", str(shown), form_of(shown))


def published_in(kind: str, row: Any) -> list[str]:
    """Slugs of the public summits that name `row`, by its slug or one it had."""
    return sorted({s for slug in (row.slug, *row.formerly) for s in publishing.citing(kind, slug)})


def named_by_names(name: Any) -> list[Use]:
    """Other names of the vocabulary that refer to it."""
    found = []
    for back in name._meta.related_objects:
        if back.related_model in VOCABULARY.values():
            rows = back.related_model._default_manager.filter(**{back.field.name: name})
            found += [use_of(row, "") for row in rows.order_by("slug")[:MOST]]
    return found


def from_other_summits(row: Any) -> list[Use]:
    """Commitments of other summits that carry on `row`, a summit's or a commitment, or whose
    progress was made at that summit."""
    if not isinstance(row, Summit | Commitment):
        return []
    summit = row if isinstance(row, Summit) else row.summit
    others = Commitment.objects.exclude(summit=summit).select_related("summit").order_by("pk")
    start = f"{summit.code}-" if row is summit else str(row)
    named = others.filter(continues__icontains=start)
    found = [
        each
        for each in named
        if any(
            (one.rpartition("-")[0] == summit.code) if row is summit else (one == start)
            for one in each.continues
        )
    ]
    if row is summit:
        found += others.filter(progress__summit=summit.slug)
    return [use_of(each, "") for each in dict.fromkeys(found)][:MOST]


def refusals_of_others(row: Any) -> list[str]:
    """Why `row` may not be deleted while other summits refer to it, each with the way there."""
    return [
        format_html(
            '{} <a href="{}">{}</a>',
            _("Another summit refers to it; change that first:"),
            use.address,
            use.what,
        )
        for use in from_other_summits(row)
    ]


class Used(GuardedAdmin):
    """The page of where a name is used."""

    def get_urls(self):
        name = f"records_{self.opts.model_name}_used"
        view = self.admin_site.admin_view(self.used_view)
        return [path("<path:object_id>/used/", view, name=name), *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            name = f"admin:records_{self.opts.model_name}_used"
            context["used_address"] = reverse(name, args=[obj.pk])
        return super().render_change_form(request, context, add, change, form_url, obj)

    def used_view(self, request, object_id):
        row = self.row(object_id)
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        if row is None:
            raise Http404
        context = {
            **self.admin_site.each_context(request),
            "title": _("Where “%(name)s” is used") % {"name": row},
            "original": row,
            "opts": self.opts,
            "media": self.media,
            "uses": uses(row),
        }
        return TemplateResponse(request, "admin/records/used.html", context)
