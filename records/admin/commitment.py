"""Commitments with what each side said of them and what came of them."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.document.formats import opened
from records.models import Commitment, Progress, Wording

from .below import BelowForm, BelowFormSet, BelowInline
from .fields import LANGUAGES, in_words, texts
from .part import PartAdmin, PartForm
from .row import RowForm, spoken


def next_number(record):
    """The next number of a commitment: none that the working copy or any edition ever used."""
    used = [row["number"] for row in record.document.get("commitments", [])]
    for content in record.summit.editions.values_list("content", flat=True):
        used += [row["number"] for row in opened(content).get("commitments", [])]
    return max(used, default=0) + 1


class CommitmentForm(PartForm):
    def clean(self):
        cleaned = super().clean()
        reason = any(self.fact(f"withdrawn_reason_{code}") for code in LANGUAGES)
        day = self.fact("withdrawn_on")
        if reason and not day and "withdrawn_on" not in self.errors:
            self.fault("withdrawn_on", _("A withdrawal needs its day."))
        if day and not reason:
            self.fault(
                "withdrawn_reason_en", _("A withdrawal needs its reason, in a language at least.")
            )
        return cleaned

    def fact(self, name):
        """A fact as it will stand: as typed, or as it is where this form does not take it."""
        return self.cleaned_data.get(name) if name in self.fields else getattr(self.instance, name)

    def fault(self, name, words):
        self.add_error(name if name in self.fields else None, words)


class WordingForm(BelowForm):
    fixed = ("party",)


class WordingFormSet(BelowFormSet):
    def clean(self):
        super().clean()
        kept = [form for form in self.forms if form not in self.deleted_forms]
        agreed = [f for f in kept if f.has_changed() or f.instance.pk if not party_of(f)]
        if len(agreed) > 1:
            raise forms.ValidationError(_("Only one wording can be without a party."))


def party_of(form):
    if "party" in form.withheld:
        return form.instance.party_id
    return getattr(form, "cleaned_data", {"party": True}).get("party")


class WordingInline(BelowInline):
    model = Wording
    form = WordingForm
    formset = WordingFormSet
    fields = (
        ("party", "verb"),
        *texts("gist"),
        "exact",
        ("exact_lang", "exact_is_translation"),
        "cites",
        "place",
    )

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("party")


class ProgressFormSet(BelowFormSet):
    def refusal(self, row):
        for commitment in self.record.published.get("commitments", []):
            if commitment["number"] == row.commitment.number:
                known = {entry["key"] for entry in commitment.get("progress", [])}
                if known & {row.key, *row.formerly}:
                    return _(
                        "“%(key)s” is published and cannot be deleted. Keep it and add an entry"
                        " that supersedes it."
                    ) % {"key": row.key}
        return ""


class ProgressInline(BelowInline):
    model = Progress
    form = RowForm  # sorted by its date, so it has no place to be moved to
    formset = ProgressFormSet
    verbose_name_plural = gettext_lazy("Progress (append-only once published)")
    fields = (
        ("key", "date", "party"),
        ("kind", "status", "period"),
        *texts("text"),
        "cites",
        ("summit", "supersedes"),
        *texts("assessor"),
        ("scale", "value"),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("party")


@admin.register(Commitment)
class CommitmentAdmin(PartAdmin):
    form = CommitmentForm
    inlines = [WordingInline, ProgressInline]
    columns = (
        gettext_lazy("title"),
        gettext_lazy("parties"),
        gettext_lazy("due"),
        gettext_lazy("wordings"),
        gettext_lazy("progress"),
    )
    list_display = ("identifier", "spoken_title", "kind", "due_in_words", "of_summit")
    list_display_links = ("identifier", "spoken_title")
    list_filter = ("kind", "force", "words_differ", ("topics", admin.RelatedOnlyFieldListFilter))
    search_fields = (
        "title_en",
        "title_ko",
        "title_ja",
        "gist_en",
        "gist_ko",
        "gist_ja",
        "summit__code",
        "summit__slug",
    )
    ordering = ("-summit__starts_first", "summit__slug", "order")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    *texts("title", "gist"),
                    ("parties", "topics"),
                    ("kind", "force", "session"),
                    "cites",
                )
            },
        ),
        (
            gettext_lazy("When it is due, and how it is judged"),
            {"fields": ("due", *texts("due_text", "measure", "fulfilled_when"))},
        ),
        (
            gettext_lazy("Beside other words"),
            {"fields": ("words_differ", "continues", *texts("note"))},
        ),
        (
            gettext_lazy("Withdrawn"),
            {
                "fields": ("withdrawn_on", *texts("withdrawn_reason")),
                "classes": ["collapse"],
                "description": gettext_lazy(
                    "For a promise published by mistake: its address then answers “withdrawn”."
                ),
            },
        ),
    )

    def save_model(self, request, obj, form, change):
        if not change:
            obj.number = next_number(request.record)
        super().save_model(request, obj, form, change)

    def facts(self, row, item):
        return [
            spoken(row, "title"),
            ", ".join(item.get("parties", [])),
            in_words(row.due) or spoken(row, "due_text"),
            len(item.get("wordings", [])),
            len(item.get("progress", [])),
        ]

    def refused_by_publication(self, record, row):
        numbers = [known["number"] for known in record.published.get("commitments", [])]
        if row.number not in numbers:
            return ""
        return _(
            "%(commitment)s is published and keeps its address. Mark it as withdrawn instead, with"
            " a day and a reason."
        ) % {"commitment": row}

    @admin.display(description=gettext_lazy("commitment"), ordering="summit__code")
    def identifier(self, row):
        return str(row)

    @admin.display(description=gettext_lazy("title"), ordering="title_en")
    def spoken_title(self, row):
        return spoken(row, "title")

    @admin.display(description=gettext_lazy("due"), ordering="due_last")
    def due_in_words(self, row):
        return in_words(row.due) or spoken(row, "due_text")
