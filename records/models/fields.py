"""The kinds of fact a row can hold beyond Django's own; `document.schema` reads them off."""

import unicodedata

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedField

from records import dates

KEY_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
CITATION_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*( [^\s,\[\]][^,\n\[\]]*)?$"
COMMITMENT_ID_PATTERN = r"^[0-9]{4}-[a-z0-9]+(-[a-z0-9]+)*-[1-9][0-9]*$"

valid_key = RegexValidator(
    KEY_PATTERN,
    _("Use lower-case letters, digits and single hyphens, for example “expanded-talks”."),
)


def valid_date(text: str) -> None:
    try:
        dates.parse(text)
    except dates.BadDate as problem:
        raise ValidationError(str(problem)) from problem


def valid_text(text: str) -> None:
    """Refuse what a page or a database cannot hold: control characters, NUL, lone surrogates."""
    for character in text:
        if unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\r\t":
            raise ValidationError(
                _("The text holds the invisible character U+%(code)04X; delete it."),
                params={"code": ord(character)},
            )


class Text(TranslatedField):
    """A text in the record's languages: one column each, at least one filled where `required`."""

    def __init__(self, label, *, required=False, long=False, help_text="", max_length=300):
        self.required = required
        if long:
            column = models.TextField(
                label, blank=True, help_text=help_text, validators=[valid_text]
            )
        else:
            column = models.CharField(
                label,
                blank=True,
                max_length=max_length,
                help_text=help_text,
                validators=[valid_text],
            )
        super().__init__(column)

    def contribute_to_class(self, cls, name):
        super().contribute_to_class(cls, name)
        cls.texts = {**getattr(cls, "texts", {}), name: self}


def lacking(name: str) -> str:
    return gettext("Write the %(name)s in at least one language.") % {"name": name}


in_no_language = lazy(lacking, str)  # said in the language of whoever left it empty


def some_language(model: str, name: str) -> models.CheckConstraint:
    """A constraint that the text `name` of `model` is there in at least one language."""
    filled = models.Q()
    for code, _label in settings.LANGUAGES:
        filled |= ~models.Q(**{f"{name}_{code}": ""})
    return models.CheckConstraint(
        condition=filled,
        name=f"{model}_{name}_some_language",
        violation_error_message=in_no_language(name.replace("_", " ")),
    )


class EdtfField(models.CharField):
    """A date as precise as it is known, in EDTF (ISO 8601-2): `2026-01-13`, `1814-09~`."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 40)
        super().__init__(*args, **kwargs)
        if valid_date not in self.validators:
            self.validators.append(valid_date)


class DateBound(models.DateField):
    """The first or last possible day of an uncertain date, for ordering; empty where it is open."""

    def __init__(self, *args, of="", edge="first", **kwargs):
        self.of, self.edge = of, edge
        kwargs.update(null=True, blank=True, editable=False)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        del kwargs["null"], kwargs["blank"], kwargs["editable"]
        return name, path, args, {**kwargs, "of": self.of, "edge": self.edge}

    def pre_save(self, instance, add):
        text = getattr(instance, self.of)
        bounds = dates.bounds(text) if text else (None, None)
        day = bounds[self.edge == "last"]
        setattr(instance, self.attname, day)
        return day


class UncertainDate:
    """Three plain columns: the date as written, and its first and last possible day.

    Not a field itself: one that adds others in `contribute_to_class` doubles them in migrations.
    """

    def __init__(self, label, *, required=False, help_text=""):
        self.label, self.required, self.help_text = label, required, help_text
        self.creation_counter = models.Field.creation_counter
        models.Field.creation_counter += 3

    def contribute_to_class(self, cls, name):
        text = EdtfField(
            self.label,
            blank=not self.required,
            help_text=self.help_text
            or _("As precise as known: “13 January 2026”, “2026-01”, “about 1814”."),
        )
        first = DateBound(_("first possible day"), of=name, edge="first")
        last = DateBound(_("last possible day"), of=name, edge="last")
        for step, (suffix, field) in enumerate([("", text), ("_first", first), ("_last", last)]):
            field.creation_counter = self.creation_counter + step
            field.contribute_to_class(cls, name + suffix)


class WordList(models.JSONField):
    """A list of plain strings, such as other spellings; `item` is the JSON Schema of one."""

    def __init__(self, *args, item=None, **kwargs):
        self.item = item or {"type": "string", "minLength": 1, "maxLength": 300}
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "item": self.item}


class TitleList(models.JSONField):
    """Other titles of a thing, each with its language: `[{lang, text}]`."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)


class Citations(models.JSONField):
    """Sources of a row: `{field or "all": [source key with an optional place]}`."""

    def __init__(self, *args, required=False, **kwargs):
        self.required = required
        kwargs.setdefault("verbose_name", _("sources"))
        kwargs.setdefault("default", dict)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "required": self.required}
