"""What a form shows and what was typed into it, as leaves: what a browser would send.

A leaf is told by its field (`title_en`), or below an inline by the inline, the row's name and the
field (`wordings`, `kor`, `gist_en`), as in documents: see `records.document.compare`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from records.document.compare import ROW, Path
from records.document.schema import AGREED, KEYS

from .fields import EdtfFormField, in_words
from .names import labelled

MOST = 1000  # rows of one inline, as many as Django takes fields
DELETE = forms.formsets.DELETION_FIELD_NAME


@dataclass
class Leaves:
    """Leaves of a form, and the rows below it: `{inline: {name: id}}`, in their order."""

    values: dict[Path, Any] = field(default_factory=dict)
    rows: dict[str, dict[str, str]] = field(default_factory=dict)

    def packed(self) -> dict[str, Any]:
        leaves = [[list(path), value] for path, value in self.values.items() if value is not ROW]
        return {"leaves": leaves, "rows": self.rows}

    @classmethod
    def unpacked(cls, data: dict[str, Any]) -> Leaves:
        values: dict[Path, Any] = {tuple(path): value for path, value in data["leaves"]}
        values |= {(name, row): ROW for name, rows in data["rows"].items() for row in rows}
        return cls(values, data["rows"])


class Forms:
    """A row's form with the inlines below it, as one thing that has leaves."""

    def __init__(self, form, formsets):
        self.form = form
        self.formsets = {formset.prefix: formset for formset in formsets}
        self.blanks = {prefix: formset.empty_form for prefix, formset in self.formsets.items()}

    def fields(self, prefix=""):
        """The facts of the form, or of a row of one of its inlines: `{name: field}`."""
        form = self.blanks[prefix] if prefix else self.form
        formset = self.formsets.get(prefix)
        skipped = (formset.model._meta.pk.name, formset.fk.name, DELETE) if formset else ()
        return {
            name: field
            for name, field in form.fields.items()
            if name not in skipped and not getattr(field, "is_no_fact", False)
        }

    def leaves(self) -> Leaves:
        """What the forms show before anything is typed."""
        found = Leaves({(name,): initial(self.form, name) for name in self.fields()})
        for prefix, formset in self.formsets.items():
            names, known = self.fields(prefix), found.rows.setdefault(prefix, {})
            for form in formset.initial_forms:
                values = {name: initial(form, name) for name in names if name in form.fields}
                row = self.named(prefix, values, known) or f"#{form.instance.pk}"
                known[row] = str(form.instance.pk)
                found.values[prefix, row] = ROW
                found.values |= {(prefix, row, name): value for name, value in values.items()}
        return found

    def own(self, leaves: Leaves) -> Leaves:
        """Of `leaves` those that the forms have."""
        facts = {prefix: self.fields(prefix) for prefix in ("", *self.formsets)}
        values = {
            path: value
            for path, value in leaves.values.items()
            if (len(path) == 1 and path[0] in facts[""])
            or (path[0] in self.formsets and (len(path) == 2 or path[2] in facts[path[0]]))
        }
        rows = {prefix: row for prefix, row in leaves.rows.items() if prefix in self.formsets}
        return Leaves(values, rows)

    def named(self, prefix, values, taken) -> str:
        """What a row is known by among its neighbours; empty if by nothing of its own."""
        key = KEYS.get(self.formsets[prefix].model, "key")
        if key not in values:
            return ""
        name = values[key] or (AGREED if key == "party" else "")
        return "" if name in taken else name

    def blank(self, prefix) -> dict[str, Any]:
        """What a new row of an inline says before anything is typed."""
        return {name: initial(self.blanks[prefix], name) for name in self.fields(prefix)}

    # in words

    def label(self, path: Path, *states: dict[Path, Any]) -> str:
        """What a leaf or a row is called on the form; `states` know the names of rows."""
        if len(path) == 1:
            return str(self.fields()[path[0]].label)
        prefix, row, *rest = path
        formset = self.formsets[prefix]
        key = KEYS.get(formset.model, "key") or next(iter(self.fields(prefix)))
        said = next((s[prefix, row, key] for s in states if s.get((prefix, row, key))), "")
        name, agreed = capfirst(str(formset.model._meta.verbose_name)), _("agreed text")
        if said:
            name = f"{name} “{words(self.fields(prefix)[key], said)[:60]}”"
        elif row == AGREED:
            name += f" ({agreed})"
        return f"{name}: {self.fields(prefix)[rest[0]].label}" if rest else name

    def words(self, path: Path, value: Any) -> str:
        """A leaf as an editor reads it."""
        field = self.fields()[path[0]] if len(path) == 1 else self.fields(path[0])[path[2]]
        return words(field, value)


# one field ----------------------------------------------------------------------------------------


def initial(form, name) -> Any:
    """What a browser would send of a field nobody touched."""
    field = form.fields[name]
    value = form.get_initial_for_field(field, name)
    if isinstance(field, forms.ModelMultipleChoiceField):
        return sorted(str(getattr(each, "pk", each)) for each in value or [])
    value = field.prepare_value(value)
    if isinstance(field, forms.BooleanField):
        return "on" if value else ""
    return "" if value is None else str(value)


def sent(field, post, name) -> Any:
    """What a browser sent of a field; None if nothing of it came."""
    if field.widget.value_omitted_from_data(post, {}, name):
        return None
    value = field.widget.value_from_datadict(post, {}, name)
    if isinstance(field, forms.ModelMultipleChoiceField):
        return sorted(value or [])
    if isinstance(field, forms.BooleanField):
        return "on" if value else ""
    return value or ""


def same(field, one, other) -> bool:
    """Do two values mean the same to the field, however they are typed?"""
    if one == other:
        return True
    if None in (one, other) or isinstance(one, list) or isinstance(other, list):
        return False
    if isinstance(field, forms.ModelChoiceField):
        return False
    try:
        return field.to_python(one) == field.to_python(other)
    except ValidationError:
        return one.replace("\r\n", "\n") == other.replace("\r\n", "\n")


def words(field, value) -> str:
    if isinstance(field, forms.ModelChoiceField):
        chosen = value if isinstance(value, list) else [value]
        known = [each for each in chosen if each.isascii() and each.isdigit() and len(each) < 19]
        found = {str(row.pk): labelled(row) for row in field.queryset.filter(pk__in=known)}
        return ", ".join(found.get(each, each) for each in chosen if each)
    if isinstance(field, forms.BooleanField):
        return _("Yes") if value else _("No")
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value)) if value else ""
    if isinstance(field, EdtfFormField):
        return in_words(value) or value
    return value
