"""“Rename”: a new key or slug, rewritten wherever the record refers to it, the old one kept."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records import audit, publishing, review, waiting
from records.document import relation
from records.document.canonical import walk
from records.document.checks import cited
from records.document.problems import Place
from records.document.read import read
from records.document.schema import SUMMIT, VOCABULARY, Shape, vocabulary_name
from records.document.write import write
from records.index import hold
from records.models import Participant, Party, Progress, Relation, Summit
from records.models.fields import valid_key

from .opened import GuardedAdmin
from .publishing import person_of
from .record import form_of

# Lists of a summit whose rows are known by a name of the vocabulary.
LISTS_BY_NAME = {Party: ("delegations",), Participant: ("attendances",)}


def name_field(model: Any) -> str:
    return "slug" if hasattr(model, "slug") else "key"


# what refers to a row -----------------------------------------------------------------------------


def mentions(document: dict[str, Any], shape: Shape, name: str) -> Iterator[Place]:
    """Places of the document that refer to the row `name` of one of its lists."""
    for below, row, place in walk(document):
        if shape.name == "sources":
            yield from (where for where, key in cited(row, place) if key == name)
        names_one = shape.name == "sessions" and below.name in ("commitments", "statements")
        if names_one and row.get("session") == name:
            yield (*place, "session")
    for index, row in enumerate(document.get("differences", [])):
        for step, about in enumerate(row.get("about", [])):
            if about.split(".")[:2] == [shape.name, name]:
                yield ("differences", index, "about", step)


def renamed(document: dict[str, Any], shape: Shape, old: str, new: str) -> dict[str, Any]:
    """The document with a row of one of its lists under a new key."""
    document = copy.deepcopy(document)
    places = list(mentions(document, shape, old))
    for row in document[shape.name]:
        if row["key"] == old:
            row["key"] = new
            row["formerly"] = [*(name for name in row.get("formerly", []) if name != new), old]
    for place in places:
        holder: Any = document
        for step in place[:-1]:
            holder = holder[step]
        holder[place[-1]] = replaced(holder[place[-1]], place, shape, old, new)
    return document


def replaced(text: str, place: Place, shape: Shape, old: str, new: str) -> str:
    if place[-1] == "session":
        return new
    if "about" in place:
        return ".".join([shape.name, new, *text.split(".")[2:]])
    return new + text.removeprefix(old)  # a citation: the key, perhaps a place behind it


def working_copies(name: Any) -> list[Summit]:
    """Summits whose rows refer to a name of the vocabulary."""
    found: set[int] = set()
    for back in name._meta.related_objects:
        model = back.related_model
        if model in VOCABULARY.values():
            continue
        fields = {field.name for field in model._meta.get_fields()}
        way = "pk" if model is Summit else "summit" if "order" in fields else ""
        way = "commitment__summit" if "commitment" in fields else way
        rows = model._default_manager.filter(**{back.field.name: name})
        found |= set(rows.values_list(way, flat=True))
    return list(Summit.objects.filter(pk__in=found))


def renamed_name(document: dict[str, Any], kind: str, old: str, new: str) -> dict[str, Any]:
    """The document with `topics.old: [s02]` and `delegations.old` under the name's new slug."""
    document = copy.deepcopy(document)
    model = {"party": Party, "participant": Participant}.get(kind)
    lists = LISTS_BY_NAME.get(model, ())
    for shape, row, _place in walk(document):
        if isinstance(row.get("cites"), dict):
            sets = {fact.name for fact in shape.facts if fact.target == kind}
            row["cites"] = {
                f"{name.partition('.')[0]}.{new}"
                if name.partition(".")[2] == old and name.partition(".")[0] in sets
                else name: cites
                for name, cites in row["cites"].items()
            }
    for row in document.get("differences", []):
        row["about"] = [
            ".".join([path.split(".")[0], new, *path.split(".")[2:]])
            if path.split(".")[0] in lists and path.split(".")[1:2] == [old]
            else path
            for path in row.get("about", [])
        ]
        if not row["about"]:
            del row["about"]
    return document


def rename_relations(old: str, new: str) -> None:
    """Relations of a party that has a new slug are called by it too."""
    parties = {old, *Party.objects.values_list("slug", flat=True)}
    for row in Relation.objects.filter(slug__contains=old):
        pair = relation.pair(row.slug, parties)
        if pair and old in pair:
            row.formerly = [*row.formerly, row.slug]
            [other] = [party for party in pair if party != old]
            row.slug = relation.slug((other, new))
            row.save()


# the form and its page ----------------------------------------------------------------------------


class RenameForm(forms.Form):
    new = forms.CharField(label=gettext_lazy("New name"), max_length=60, validators=[valid_key])

    def __init__(self, data, row):
        super().__init__(data)
        self.row, self.name = row, name_field(row)

    def clean_new(self):
        new = self.cleaned_data["new"]
        if new == getattr(self.row, self.name):
            raise forms.ValidationError(_("That is its name already."))
        others = type(self.row).objects.exclude(pk=self.row.pk)
        if summit := getattr(self.row, "summit_id", None):
            others = others.filter(summit=summit)
        for known, formerly in others.values_list(self.name, "formerly"):
            if new == known or new in formerly:
                raise forms.ValidationError(
                    _("“%(name)s” is, or was, the name of another: %(other)s.")
                    % {"name": new, "other": known}
                )
        return new


class Renaming(GuardedAdmin):
    """Rows with a name that stays; it changes by this action alone."""

    def get_urls(self):
        name = f"records_{self.opts.model_name}_rename"
        view = self.admin_site.admin_view(self.rename_view)
        return [path("<path:object_id>/rename/", view, name=name), *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and self.changes_all(request, obj):
            name = f"admin:records_{self.opts.model_name}_rename"
            context["rename_address"] = reverse(name, args=[obj.pk])
        return super().render_change_form(request, context, add, change, form_url, obj)

    def rename_view(self, request, object_id):
        with transaction.atomic():
            if request.method == "POST":
                hold()
                self.lock(request, object_id)
            row = self.row(object_id)
            if not self.changes_all(request, row):
                raise PermissionDenied
            if row is None:
                raise Http404
            form = RenameForm(request.POST if request.method == "POST" else None, row)
            hindrance = self.not_renamed(row)
            if request.method == "POST" and form.is_valid() and not hindrance:
                old, new = getattr(row, form.name), form.cleaned_data["new"]
                self.rename(row, old, new)
                row.refresh_from_db(fields=[form.name])
                if self.model in VOCABULARY.values():
                    kind = vocabulary_name(self.model)
                    waiting.names_saved([(kind, old), (kind, new)])
                if summit := row if self.model is Summit else getattr(row, "summit", None):
                    review.contributed(summit, person_of(request))
                audit.note("renamed", about=row, was=old)
                said = _("Renamed from “%(old)s” to “%(new)s”.") % {"old": old, "new": new}
                self.log_change(request, row, said)
                self.message_user(request, said, messages.SUCCESS)
                return HttpResponseRedirect(form_of(row))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Rename %(name)s") % {"name": getattr(row, form.name)},
            "form": form,
            "hindrance": hindrance,
            "is_summit": self.model is Summit,
            "original": row,
            "opts": self.opts,
            "media": self.media,
        }
        return TemplateResponse(request, "admin/records/rename.html", context)

    def not_renamed(self, row) -> str:
        """Why the row keeps its name for now; empty if it may be renamed."""
        kind = vocabulary_name(self.model)
        public = publishing.citing(kind, row.slug) if self.model in VOCABULARY.values() else []
        if not public:
            return ""
        return _(
            "Readers see this name in %(summits)s: published editions refer to it by its slug."
        ) % {"summits": ", ".join(public)}

    def rename(self, row, old, new):
        """Write the new name everywhere, in the transaction of the caller."""
        if self.model is Summit:
            document = read(row)
            kept = [name for name in row.formerly if name != new]
            write({**document, "slug": new, "formerly": [*kept, old]})
            Progress.objects.filter(summit=old).update(summit=new)
        elif self.model in VOCABULARY.values():
            row.slug = new
            row.formerly = [*(name for name in row.formerly if name != new), old]
            row.save()
            if self.model is Party:
                rename_relations(old, new)
            for summit in working_copies(row):
                document = read(summit)
                changed = renamed_name(document, vocabulary_name(self.model), old, new)
                if changed != document:
                    write(changed)
                for name in LISTS_BY_NAME.get(self.model, ()):
                    review.follow(summit, f"{name}.{old}", f"{name}.{new}")
                waiting.keep(summit)
        else:
            shape = next(shape for shape in SUMMIT.children if shape.model is self.model)
            write(renamed(read(row.summit), shape, old, new))
            review.follow(row.summit, f"{shape.name}.{old}", f"{shape.name}.{new}")
