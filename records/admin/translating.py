"""What a translator's form lets through: the texts of a language, and nothing else.

The other facts stand there to be read. They are no inputs, and a form that brings one all the same
is refused, with all that was typed still in it.
"""

from __future__ import annotations

from functools import cache

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from records.models.fields import EdtfField
from records.roles import permission

from .fields import LANGUAGES, form_field, in_words
from .names import labelled

EMPTY = "-"


def language_of(db_field) -> str:
    """The language a column holds texts in; empty for a fact that is in none."""
    return getattr(db_field, "_translated_field_language_code", "")


def words_of(row, db_field):
    """A fact as an editor reads it: names instead of numbers, dates in words, never JSON."""
    value = getattr(row, db_field.name)
    if db_field.many_to_many:
        return ", ".join(labelled(name) for name in value.all())
    if db_field.many_to_one:
        return labelled(value) if value else ""
    if isinstance(db_field, models.BooleanField):
        return _("Yes") if value else _("No")
    if db_field.choices:
        return getattr(row, f"get_{db_field.name}_display")()
    if isinstance(db_field, EdtfField):
        return in_words(value)
    if isinstance(db_field, models.DateField):
        return in_words(value.isoformat()) if value else ""
    own = form_field(db_field)
    return own.prepare_value(value) if own else "" if value is None else str(value)


@cache
def to_be_read(db_field):
    """What shows a fact in an admin form: one callable a field, since Django compares them."""
    code = language_of(db_field)

    def shown(row):
        text = words_of(row, db_field)
        if not text or not code:
            return text or EMPTY
        return format_html('<span lang="{}">{}</span>', code, linebreaksbr(text))

    shown.__name__ = db_field.name
    shown.short_description = Label(db_field)
    return shown


class Label:
    """What a fact is called, in the language of the moment."""

    def __init__(self, db_field):
        self.db_field = db_field

    def __str__(self):
        label = capfirst(str(self.db_field.verbose_name))
        code = language_of(self.db_field)
        if not code:
            return label
        return _("%(label)s (%(language)s)") % {"label": label, "language": LANGUAGES[code]}


class TranslatedForm(forms.ModelForm):
    """A form that knows what it does not take; the admin class hands it `withheld`, by name."""

    withheld: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    def clean(self):
        cleaned = super().clean()
        if brought := [name for name in self.withheld if self.add_prefix(name) in self.data]:
            self.add_error(
                None,
                _(
                    "Not saved: you may change texts in %(languages)s only, and this form brings"
                    " %(facts)s too."
                )
                % {
                    "languages": ", ".join(str(LANGUAGES[code]) for code in self.languages),
                    "facts": ", ".join(brought),
                },
            )
        return cleaned

    def _post_clean(self):
        super()._post_clean()
        if self.withheld and not self.errors:
            # Django skips a rule between facts if a form lacks one of them; here all are known.
            try:
                self.instance.validate_constraints()
            except ValidationError as problem:
                self.add_error(None, problem.messages)


class TranslatedOptions(admin.options.BaseModelAdmin):
    """Forms and inlines whose texts some may change language by language."""

    def changes_all(self, request, obj=None) -> bool:
        """May this editor change every fact?"""
        return super().has_change_permission(request, obj)

    def languages_changed(self, request, obj=None) -> tuple[str, ...]:
        """The languages in which this editor may change texts."""
        model = self.opts.model_name
        may = request.user.has_perm
        return tuple(code for code in LANGUAGES if may(permission("translate", model, code)))

    def has_change_permission(self, request, obj=None):
        return self.changes_all(request, obj) or bool(self.languages_changed(request, obj))

    def withheld(self, request, obj=None):
        """The fields that this editor may not change in a row's form."""
        if obj is None or self.changes_all(request, obj):
            return ()
        mine = self.languages_changed(request, obj)
        # Which row it is, and below what, a form of rows below a part says with every row.
        above = getattr(self, "parent_model", None)
        fields = [
            field
            for field in (*self.opts.fields, *self.opts.many_to_many)
            if field.editable
            and not field.primary_key
            and (not above or field.related_model != above)
        ]
        return tuple(field for field in fields if language_of(field) not in mine)

    def get_readonly_fields(self, request, obj=None):
        withheld = self.withheld(request, obj)
        names = super().get_readonly_fields(request, obj)
        return (*names, *self.declared(withheld), *map(to_be_read, withheld), *names_of(withheld))

    def declared(self, withheld):
        """Inputs of the form that stand for no field, such as a place in a list."""
        return ("place",) if withheld and "place" in self.form.declared_fields else ()

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        withheld = self.withheld(request, obj)
        return without(fieldsets, withheld) if withheld else fieldsets

    def limit(self, form, request, obj):
        """Tell a form class what it does not take."""
        withheld = self.withheld(request, obj)
        form.withheld = (*self.declared(withheld), *names_of(withheld))
        form.languages = self.languages_changed(request, obj) if withheld else ()
        return form


def names_of(fields):
    return tuple(field.name for field in fields)


def without(fieldsets, withheld):
    """The fieldsets with what is withheld to be read, and without what cannot be read."""
    read = {field.name: to_be_read(field) for field in withheld}

    def changed(entry):
        if isinstance(entry, list | tuple):
            return tuple(changed(each) for each in entry)
        return read.get(entry, entry)

    found = []
    for title, options in fieldsets:
        fields = [changed(entry) for entry in options["fields"] if entry != "place"]
        if fields:
            found.append((title, {**options, "fields": fields}))
    return found
