"""Where facts come from, where sources disagree, and what is said about the whole."""

import re

from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.document.problems import listed, said
from records.document.schema import SUMMIT
from records.models import Difference, DifferenceValue, Note, Source

from .below import BelowFormSet, BelowInline
from .fields import in_words, texts
from .part import KeyedAdmin
from .renaming import mentions
from .row import spoken


@admin.register(Source)
class SourceAdmin(KeyedAdmin):
    columns = (
        gettext_lazy("publisher"),
        gettext_lazy("title"),
        gettext_lazy("published on"),
        gettext_lazy("read"),
    )
    list_display = (
        "key",
        "publisher",
        "named",
        "kind",
        "language",
        "on_day",
        "read",
        "of_summit",
    )
    list_display_links = ("key", "publisher")
    list_filter = ("kind", "read", "reliability", "outcome", "language")
    search_fields = (
        "key",
        "title",
        "publisher",
        "gloss_en",
        "gloss_ko",
        "gloss_ja",
        "url",
        "summit__slug",
    )
    ordering = ("-summit__starts_first", "summit__slug", "order")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("key", "kind", "outcome"),
                    "title",
                    ("language", "publisher"),
                    *texts("gloss"),
                    "issued_by",
                )
            },
        ),
        (
            gettext_lazy("Where it stands, and how it was read"),
            {
                "fields": (
                    ("published_on", "accessed_on"),
                    "url",
                    "archived_url",
                    ("read", "reliability", "copy_of"),
                    *texts("note"),
                )
            },
        ),
    )

    def get_changeform_initial_data(self, request):
        numbers = [
            int(found[1])
            for key in request.record.keys("sources")
            if (found := re.fullmatch(r"s([0-9]{1,6})", key))
        ]
        free = f"s{max(numbers, default=0) + 1:02d}"
        return {"key": free, **super().get_changeform_initial_data(request)}

    def refused_by_publication(self, record, row):
        shape = SUMMIT.child("sources")
        citing = [said(record.published, p) for p in mentions(record.published, shape, row.key)]
        if not citing:
            return ""
        return _(
            "The published edition cites it: %(places)s. Publish an edition without these citations"
            " first."
        ) % {"places": listed(citing)}

    def facts(self, row, item):
        return [row.publisher, self.named(row), in_words(row.published_on), row.get_read_display()]

    @admin.display(description=gettext_lazy("title"), ordering="title")
    def named(self, row):
        return row.title or spoken(row, "gloss")

    @admin.display(description=gettext_lazy("published on"), ordering="published_on_first")
    def on_day(self, row):
        return in_words(row.published_on)


@admin.register(Note)
class NoteAdmin(KeyedAdmin):
    columns = (gettext_lazy("kind"), gettext_lazy("text"))
    list_display = ("key", "kind", "spoken_text", "of_summit")
    list_filter = ("kind",)
    search_fields = (
        "key",
        "text_en",
        "text_ko",
        "text_ja",
        "fate_en",
        "fate_ko",
        "fate_ja",
        "summit__slug",
    )
    ordering = ("-summit__starts_first", "summit__slug", "order")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("key", "kind", "on"),
                    *texts("text"),
                    ("by", "topics"),
                    *texts("fate"),
                    "cites",
                )
            },
        ),
    )

    def facts(self, row, item):
        return [row.get_kind_display(), spoken(row, "text")]

    @admin.display(description=gettext_lazy("text"), ordering="text_en")
    def spoken_text(self, row):
        return spoken(row, "text")


class ValueInline(BelowInline):
    model = DifferenceValue
    formset = BelowFormSet
    min_num = 2
    validate_min = True
    verbose_name_plural = gettext_lazy("Values (at least two; the first is the record’s)")
    fields = ("says_plainly", *texts("says"), "cites", "place")

    def get_formset(self, request, obj=None, **kwargs):
        return super().get_formset(request, obj, validate_min=True, **kwargs)


@admin.register(Difference)
class DifferenceAdmin(KeyedAdmin):
    inlines = [ValueInline]
    columns = (gettext_lazy("question"), gettext_lazy("values"))
    list_display = ("key", "spoken_question", "kind", "of_summit")
    list_display_links = ("key", "spoken_question")
    list_filter = ("kind",)
    search_fields = (
        "key",
        "question_en",
        "question_ko",
        "question_ja",
        "reading_en",
        "reading_ko",
        "reading_ja",
        "summit__slug",
    )
    ordering = ("-summit__starts_first", "summit__slug", "order")
    fieldsets = (
        (
            None,
            {"fields": (("key", "kind"), *texts("question"), "about", *texts("reading"))},
        ),
    )

    def facts(self, row, item):
        return [spoken(row, "question"), len(item.get("values", []))]

    @admin.display(description=gettext_lazy("question"), ordering="question_en")
    def spoken_question(self, row):
        return spoken(row, "question")
