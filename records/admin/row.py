"""What every form of the record shares: fields for its kinds of fact, keys that stay, the guard."""

from django.contrib import admin
from django.forms.widgets import Script
from django.utils.translation import gettext_lazy as _

from .citations import CitationsFormField
from .fields import LANGUAGES, SessionFormField, form_field, reader_language, speak
from .names import NameSelect, NameSelectMultiple, inner
from .restoring import WatchedAdmin
from .translating import TranslatedForm, TranslatedOptions


def spoken(row, name):
    """A text of the row in the editor's language, else in the first it has, with its mark."""
    own = reader_language()
    for code in (own, *LANGUAGES):
        if text := getattr(row, f"{name}_{code}"):
            return text if code == own else f"{text} [{code}]"
    return ""


class RowForm(TranslatedForm):
    """A form of one row; the admin class hands it `record`."""

    record = None
    fixed = ("slug", "code", "key")  # names that stay once the row is saved

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
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


class RowOptions(TranslatedOptions):
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


class RowAdmin(RowOptions, WatchedAdmin):
    actions = None  # what is done to many rows at once passes by the guard
    show_full_result_count = False
    list_per_page = 50

    class Media:
        css = {"all": ["records/admin/admin.css", "records/admin/open_form.css"]}
        js = [
            "records/admin/dates.js",
            "records/admin/names.js",
            Script("records/admin/open_form.js", defer=True),
        ]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        return self.limit(form, request, obj)

    def refusals(self, request, rows) -> list[str]:
        """Why some of `rows` may not be deleted, each reason with its remedy."""
        return []

    def get_deleted_objects(self, objs, request):
        deleted, counts, perms, protected = super().get_deleted_objects(objs, request)
        if refusals := self.refusals(request, list(objs)):
            return deleted, counts, set(), refusals
        return deleted, counts, perms, protected
