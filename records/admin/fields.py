"""Form fields that take dates, lists and languages as an editor types them; never JSON."""

import re
from datetime import date

from django import forms
from django.conf import settings
from django.contrib.admin.widgets import (
    AdminTextareaWidget,
    AdminTextInputWidget,
    AdminURLFieldWidget,
)
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from records import date_words
from records.dates import BadDate
from records.document.schema import shape_of
from records.document.validate import LANGUAGE_TAG
from records.models.fields import Citations, EdtfField, TitleList, WordList, valid_text

from .citations import CitationsFormField

LANGUAGES = dict(settings.LANGUAGES)


def reader_language():
    """The language the editor reads the admin in, as one of the record's."""
    language = (get_language() or "en").partition("-")[0]
    return language if language in LANGUAGES else "en"


class Unchanging(forms.CharField):
    """A field of the form that belongs to no fact of the row, so no history tells of it."""

    is_no_fact = True

    def has_changed(self, initial, data):
        return False


# dates


class DateInWords(AdminTextInputWidget):
    """A date as typed, with what it means in words below it."""

    def __init__(self, attrs=None):
        super().__init__({"class": "vTextField edtf", "autocomplete": "off", **(attrs or {})})

    def render(self, name, value, attrs=None, renderer=None):
        return format_html(
            '<span class="edtf-box">{}'
            '<output class="in-words" for="{}" data-address="{}">{}</output></span>',
            super().render(name, value, attrs, renderer),
            (attrs or {}).get("id", ""),
            reverse("admin:date-in-words"),
            in_words(value),
        )


def in_words(text):
    """An EDTF text in the editor's language; empty for what is no date."""
    try:
        return date_words.in_words(date_words.read(text), reader_language()) if text else ""
    except BadDate:
        return ""


class EdtfFormField(forms.CharField):
    """EDTF or words (“about 13 January 2026”), kept as EDTF."""

    widget = DateInWords

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return ""
        try:
            return date_words.read(text)
        except BadDate as problem:
            raise ValidationError(str(problem), code="bad-date") from problem


class DayFormField(forms.Field):
    """A full day, typed in figures or words, kept as a date."""

    widget = DateInWords

    def prepare_value(self, value):
        return value.isoformat() if isinstance(value, date) else value

    def to_python(self, value):
        if isinstance(value, date):
            return value
        text = str(value or "").strip()
        if not text:
            return None
        try:
            return date.fromisoformat(date_words.read(text))
        except BadDate as problem:
            raise ValidationError(str(problem), code="bad-date") from problem
        except ValueError as problem:
            raise ValidationError(
                _("Write the full day, such as “13 January 2026” or “2026-01-13”.")
            ) from problem


# texts


class Paragraphs(forms.CharField):
    """A long text with the line ends a file has: a browser sends others."""

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")


# lists


class ListFormField(forms.CharField):
    """A list of the row, typed one item a line."""

    widget = AdminTextareaWidget

    def __init__(self, **kwargs):
        super().__init__(strip=False, **kwargs)

    def lines(self, value):
        """`(number, text)` of the lines that are not empty."""
        text = super().to_python(value)
        lines = enumerate(text.replace("\r\n", "\n").split("\n"), start=1)
        return [(number, line.strip()) for number, line in lines if line.strip()]


class WordListFormField(ListFormField):
    """Plain strings, one a line; `item` is the JSON Schema each must meet."""

    def __init__(self, *, item=None, **kwargs):
        self.item = item or {}
        super().__init__(**kwargs)

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        if isinstance(value, list):
            return value
        words, faults = [], []
        pattern, longest = self.item.get("pattern"), self.item.get("maxLength")
        for number, word in self.lines(value):
            if pattern and not re.search(pattern, word, re.ASCII):
                faults.append(
                    _("Line %(line)s: “%(word)s” is not written as the help says.")
                    % {"line": number, "word": word}
                )
            elif longest and len(word) > longest:
                faults.append(
                    _("Line %(line)s: at most %(longest)s characters.")
                    % {"line": number, "longest": longest}
                )
            elif word in words:
                faults.append(
                    _("Line %(line)s: “%(word)s” stands here twice.")
                    % {"line": number, "word": word}
                )
            else:
                words.append(word)
        if faults:
            raise ValidationError(faults)
        return words


class TitleListFormField(ListFormField):
    """Titles with their language, one a line: `ko 나라 정상회담`."""

    def prepare_value(self, value):
        if not isinstance(value, list):
            return value
        return "\n".join(f"{title['lang']} {title['text']}" for title in value)

    def to_python(self, value):
        if isinstance(value, list):
            return value
        titles, faults = [], []
        for number, line in self.lines(value):
            language, _space, text = line.partition(" ")
            if not LANGUAGE_TAG.match(language) or not text.strip():
                faults.append(
                    _("Line %(line)s: write the language, a space, the title: “ko 나라 정상회담”.")
                    % {"line": number}
                )
            else:
                titles.append({"lang": language, "text": text.strip()})
        if faults:
            raise ValidationError(faults)
        return titles


class SessionFormField(forms.ChoiceField):
    """The key of a session of the same summit; a form of that summit gives the choices."""

    def offer(self, sessions, current):
        choices = [("", "---------")]
        for session in sessions:
            title = next(iter(session.get("title", {}).values()), "")
            choices.append((session["key"], f"{session['key']} — {title}"))
        if current and current not in dict(choices):
            choices.append((current, _("%(key)s (no session of this summit)") % {"key": current}))
        self.choices = choices


# from the model's field to the form's


def form_field(db_field):
    """The form field of a fact that Django has none for, or None."""
    common = {
        "label": capfirst(str(db_field.verbose_name)),
        "help_text": db_field.help_text,
        "required": not db_field.blank,
    }
    if isinstance(db_field, EdtfField):
        # Words are longer than the EDTF text they stand for, which the model's field limits.
        return EdtfFormField(max_length=100, **common)
    if isinstance(db_field, models.DateField):
        return DayFormField(**common)
    if isinstance(db_field, models.URLField):
        return forms.URLField(
            widget=AdminURLFieldWidget,
            max_length=db_field.max_length,
            assume_scheme="https",
            **common,
        )
    if isinstance(db_field, models.TextField):
        # What cannot be stored is refused here already, before the row is looked at.
        return Paragraphs(widget=AdminTextareaWidget, validators=[valid_text], **common)
    if isinstance(db_field, Citations):
        names = [fact.name for fact in shape_of(db_field.model).facts if fact.name != "cites"]
        return CitationsFormField(facts=names, **{**common, "required": db_field.required})
    if isinstance(db_field, WordList):
        return WordListFormField(
            item=db_field.item, widget=AdminTextareaWidget({"rows": 3}), **common
        )
    if isinstance(db_field, TitleList):
        return TitleListFormField(widget=AdminTextareaWidget({"rows": 2}), **common)
    if db_field.name == "session":
        return SessionFormField(**common)
    return None


def speak(form_field, db_field):
    """Give an input of one language its label and `lang`; the help stands at the first only."""
    code = getattr(db_field, "_translated_field_language_code", "")
    if not code or form_field is None:
        return form_field
    form_field.label = _("%(label)s (%(language)s)") % {
        "label": capfirst(str(db_field.verbose_name)),
        "language": LANGUAGES[code],
    }
    form_field.widget.attrs["lang"] = code
    if isinstance(form_field.widget, forms.Textarea):
        form_field.widget.attrs["rows"] = 4
    if code != next(iter(LANGUAGES)):
        form_field.help_text = ""
    return form_field


def texts(*names):
    """The columns of translated texts, one line of a fieldset for each text."""
    return tuple(tuple(f"{name}_{code}" for code in LANGUAGES) for name in names)
