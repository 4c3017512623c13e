"""What every form of the record shares: fields for its kinds of fact, keys that stay, the guard."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from .citations import CitationsFormField
from .fields import LANGUAGES, SessionFormField, Unchanging, form_field, reader_language, speak
from .names import NameSelect, NameSelectMultiple, inner
from .opened import GuardedAdmin


def spoken(row, name):
    """A text of the row in the editor's language, else in the first it has, with its mark."""
    own = reader_language()
    for code in (own, *LANGUAGES):
        if text := getattr(row, f"{name}_{code}"):
            return text if code == own else f"{text} [{code}]"
    return ""


class RowForm(forms.ModelForm):
    """A form of one row; the admin class hands it `record` and `opened`."""

    record = None
    opened = None
    fixed = ("slug", "code", "key")  # names that stay once the row is saved

    opened_on = Unchanging(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.opened and self.prefix is None:
            self.initial["opened_on"] = self.opened.token
        else:
            del self.fields["opened_on"]
        if self.instance.pk:
            for name in self.fixed:
                if name in self.fields:
                    self.fields[name].disabled = True
        for field in self.fields.values():
            if self.record and isinstance(field, CitationsFormField):
                field.sources = self.record.keys("sources")
            if isinstance(select := inner(field.widget), NameSelect):
                select.at_hand = self.instance._state.fields_cache.get(select.field.name)
            if isinstance(field, SessionFormField):
                sessions = self.record.document.get("sessions", []) if self.record else []
                field.offer(sessions, self.instance.session)

    def clean(self):
        cleaned = super().clean()
        if self.opened and self.opened.is_stale and "opened_on" in self.fields:
            self.add_error(None, self.opened.explained())
            if not self.opened.touches_form:
                self.data = self.data.copy()
                self.data["opened_on"] = self.opened.token
        return cleaned


class RowOptions(admin.options.BaseModelAdmin):
    """How facts become inputs, in forms and inlines alike."""

    form = RowForm

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if own := form_field(db_field):
            return speak(own, db_field)
        return speak(super().formfield_for_dbfield(db_field, request, **kwargs), db_field)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        kwargs.setdefault("widget", NameSelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs.setdefault("widget", NameSelectMultiple(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description=_("former names"))
    def earlier_names(self, row):
        return ", ".join(row.formerly)

    def get_readonly_fields(self, request, obj=None):
        names = super().get_readonly_fields(request, obj)
        return (*names, "earlier_names") if getattr(obj, "formerly", None) else names

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if not getattr(obj, "formerly", None):
            return fieldsets
        (name, options), *rest = fieldsets
        return [(name, {**options, "fields": (*options["fields"], "earlier_names")}), *rest]


class RowAdmin(RowOptions, GuardedAdmin):
    actions = None  # what is done to many rows at once passes by the guard
    show_full_result_count = False
    list_per_page = 50

    class Media:
        css = {"all": ["records/admin/admin.css"]}
        js = ["records/admin/dates.js"]

    def refusals(self, request, rows) -> list[str]:
        """Why some of `rows` may not be deleted, each reason with its remedy."""
        return []

    def get_deleted_objects(self, objs, request):
        deleted, counts, perms, protected = super().get_deleted_objects(objs, request)
        if refusals := self.refusals(request, list(objs)):
            return deleted, counts, set(), refusals
        return deleted, counts, perms, protected
