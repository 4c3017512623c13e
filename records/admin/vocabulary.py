"""Names shared by all summits; a corrected name shows to readers as soon as it is saved."""

import json

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records import publishing, waiting
from records.document import relation
from records.document.read import read_row, rows_of
from records.document.schema import shape_of, vocabulary_name
from records.models import Party, Relation, Series, Topic
from records.roles import permission

from .fields import in_words, texts
from .merging import Merging
from .opened import Opened
from .record import form_of
from .renaming import Renaming, working_copies
from .row import RowAdmin, RowForm, spoken
from .uses import named_by_names, published_in


class NameAdmin(Renaming, RowAdmin):
    """A name of the vocabulary: guarded by itself, seen by readers at once."""

    search_fields = ("slug", "name_en", "name_ko", "name_ja")
    spellings: tuple[str, ...] = ("formerly",)  # lists of words that are searched too
    list_display = ("spoken_name", "name_en", "name_ko", "name_ja", "slug")
    ordering = ("name_en", "slug")

    def changes_all(self, request, obj=None):
        return super().changes_all(request, obj) and self.corrects(request, obj)

    def languages_changed(self, request, obj=None):
        mine = super().languages_changed(request, obj)
        return mine if mine and self.corrects(request, obj) else ()

    def corrects(self, request, obj):
        """May this editor change a name that readers see, and with it what they see?"""
        if obj is None or request.user.has_perm(permission("correct", self.opts.model_name)):
            return True
        return not published_in(vocabulary_name(self.model), obj)

    def lock(self, request, object_id):
        if row := self.row(object_id):
            list(self.model.objects.select_for_update().filter(pk=row.pk).values_list("pk"))

    def opened(self, request, object_id):
        row = self.row(object_id)
        if row is None:
            return None
        shape = shape_of(self.model)
        whole = rows_of(self.model.objects.filter(pk=row.pk), shape).get()
        return Opened(read_row(whole, shape), shape)

    def get_search_results(self, request, queryset, search_term):
        """Every word of the search in a slug, a name or another spelling, in any script."""
        for word in search_term.split():
            asked = Q()
            for name in self.search_fields:
                asked |= Q(**{f"{name}__icontains": word})
            for name in self.spellings:
                # SQLite keeps the list as it was written, with escapes; PostgreSQL as text.
                asked |= Q(**{f"{name}__icontains": word})
                asked |= Q(**{f"{name}__icontains": json.dumps(word)[1:-1]})
            queryset = queryset.filter(asked)
        return queryset, False

    def delete_model(self, request, obj):
        slug = obj.slug
        super().delete_model(request, obj)
        waiting.names_saved([(vocabulary_name(self.model), slug)])

    def delete_queryset(self, request, queryset):
        slugs = list(queryset.values_list("slug", flat=True))
        with transaction.atomic():
            super().delete_queryset(request, queryset)
            waiting.names_saved((vocabulary_name(self.model), slug) for slug in slugs)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        publishing.vocabulary_saved([(vocabulary_name(self.model), form.instance.slug)])

    def refusals(self, request, rows):
        found = []
        for row in rows:
            kind = vocabulary_name(self.model)
            for slug in published_in(kind, row):
                found.append(_("Readers see it in %(summit)s.") % {"summit": slug})
            for summit in working_copies(row):
                found.append(
                    format_html(
                        "{} <a href='{}'>{}</a>",
                        _("The working copy of this summit names it:"),
                        form_of(summit),
                        summit,
                    )
                )
            for use in named_by_names(row):
                found.append(
                    format_html(
                        "{} <a href='{}'>{}</a>",
                        _("Another name refers to it:"),
                        use.address,
                        use.what,
                    )
                )
        return found

    @admin.display(description=gettext_lazy("name"), ordering="name_en")
    def spoken_name(self, row):
        return spoken(row, "name")


@admin.register(Party)
class PartyAdmin(Merging, NameAdmin):
    spellings = ("formerly", "also")
    search_fields = (
        *NameAdmin.search_fields,
        "short_name_en",
        "short_name_ko",
        "short_name_ja",
        "iso",
    )
    list_display = ("spoken_name", "name_ko", "name_ja", "slug", "iso", "kind", "existed")
    list_filter = ("kind",)
    fieldsets = (
        (None, {"fields": (("slug", "kind", "iso"), *texts("name", "short_name"), "also")}),
        (
            gettext_lazy("Before and after"),
            {"fields": (("since", "until"), "predecessors"), "classes": ["collapse"]},
        ),
    )

    @admin.display(description=gettext_lazy("existed"), ordering="since_first")
    def existed(self, row):
        dates = [in_words(row.since), in_words(row.until)]
        return " – ".join(dates) if any(dates) else ""


class TopicForm(RowForm):
    def clean_parent(self):
        parent = self.cleaned_data["parent"]
        if parent and parent.parent_id:
            raise ValidationError(
                _("“%(topic)s” is itself below a topic; there are two levels only.")
                % {"topic": parent}
            )
        if parent and self.instance.pk and self.instance.children.exists():
            raise ValidationError(_("Topics stand below this one; there are two levels only."))
        return parent


@admin.register(Topic)
class TopicAdmin(Merging, NameAdmin):
    form = TopicForm
    list_display = ("spoken_name", "name_ko", "name_ja", "slug", "parent")
    list_filter = (("parent", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("parent",)
    fieldsets = ((None, {"fields": (("slug", "parent"), *texts("name"))}),)


@admin.register(Series)
class SeriesAdmin(Merging, NameAdmin):
    fieldsets = ((None, {"fields": ("slug", *texts("name", "description"))}),)


class RelationForm(RowForm):
    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        parties = relation.pair(slug, set(Party.objects.values_list("slug", flat=True)))
        if parties is None:
            raise ValidationError(_("Write the slugs of two parties, as in jpn-kor."))
        if slug != relation.slug(parties):
            raise ValidationError(
                _("The parties stand in alphabetical order: write %(slug)s.")
                % {"slug": relation.slug(parties)}
            )
        return slug


@admin.register(Relation)
class RelationAdmin(NameAdmin):
    form = RelationForm
    spellings = ("formerly", "also")
    fieldsets = ((None, {"fields": ("slug", *texts("name"), "also", *texts("description"))}),)

    def not_renamed(self, row):
        return _("Its slug is that of its two parties and changes with theirs.")

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        publishing.vocabulary_saved([("relation", obj.slug)])

    def delete_queryset(self, request, queryset):
        slugs = list(queryset.values_list("slug", flat=True))
        with transaction.atomic():
            super().delete_queryset(request, queryset)
            publishing.vocabulary_saved([("relation", slug) for slug in slugs])
