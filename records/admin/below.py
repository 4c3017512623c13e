"""Rows below a part, on the part's own form: wordings and progress, the values of a difference."""

from django import forms
from django.contrib import admin

from .part import place_field
from .row import RowForm, RowOptions

LAST = 2**31 - 1  # where a new row stands until the list is numbered anew


class BelowForm(RowForm):
    place = place_field()


class BelowFormSet(forms.BaseInlineFormSet):
    """Rows of one part; `record` is the summit as it stands."""

    record = None

    def get_queryset(self):
        # Django's page pairs forms with rows by their place: once a row was deleted by somebody
        # else, what was typed into its form, and every form behind it, would not be shown.
        if self.is_bound and "forms" in self.__dict__:
            return [form.instance for form in self.initial_forms]
        return super().get_queryset()

    def clean(self):
        super().clean()
        for form in self.deleted_forms:
            if form.instance.pk and (reason := self.refusal(form.instance)):
                raise forms.ValidationError(reason)

    def refusal(self, row) -> str:
        """Why `row` may not be deleted, with the remedy; empty if it may."""
        return ""

    def save_new(self, form, commit=True):
        form.instance.order = LAST
        return super().save_new(form, commit)


class BelowInline(RowOptions, admin.StackedInline):
    """Who may change the part may change what is below it."""

    form = BelowForm
    formset = BelowFormSet
    extra = 0

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.record = formset.form.record = getattr(request, "record", None)
        self.limit(formset.form, request, obj)
        return formset

    def changes_all(self, request, obj=None):
        part = self.admin_site.get_model_admin(self.parent_model)
        if obj is None:
            return part.has_add_permission(request) or part.changes_all(request)
        return part.changes_all(request, obj)

    def languages_changed(self, request, obj=None):
        part = self.admin_site.get_model_admin(self.parent_model)
        return part.languages_changed(request, obj)

    def has_view_permission(self, request, obj=None):
        return self.admin_site.get_model_admin(self.parent_model).has_view_permission(request, obj)

    def has_add_permission(self, request, obj=None):
        return self.changes_all(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self.changes_all(request, obj)
