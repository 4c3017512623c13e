"""A query string as a form, and the one rule for bad values (design, PAGES 3.2).

What cannot be read is reported and left out, all else counts. Each report is a `ValidationError`
with `params["value"]` and `params["allowed"]`; the view decides how it is said.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from .parameters import Parameter

MOST_VALUES = 50  # of one facet
LONGEST_SHOWN = 60


def fault(value: str, message: Any, allowed: Iterable[str] = (), **params: Any) -> ValidationError:
    """`message` says what is wrong with `value`; `allowed` what it may be, where that is a list."""
    shown = value if len(value) <= LONGEST_SHOWN else f"{value[:LONGEST_SHOWN]}…"
    told = {"value": value, "shown": shown, "allowed": list(allowed), **params}
    return ValidationError(message, params=told)


class Values(forms.Widget):
    """Every value of a parameter, without the empty ones: `?party=kor&party=jpn&party=`."""

    def value_from_datadict(self, data: QueryDict, files: Any, name: str) -> list[str]:
        return [value.strip() for value in data.getlist(name) if value.strip()]


class QueryField(forms.Field):
    """One parameter, repeated or not, read value by value by its filter."""

    widget = Values

    def __init__(self, *, parameter: Parameter, **kwargs: Any):
        super().__init__(**kwargs)
        self.parameter = parameter

    def clean(self, values: list[str]) -> Any:
        kept, faults = self.sorted_out(values)
        if faults:
            raise ValidationError(faults)
        return kept

    def sorted_out(self, values: list[str]) -> tuple[Any, list[ValidationError]]:
        """What could be read (a list where many may stand, else a value or None), and the rest."""
        values = list(dict.fromkeys(values))
        most = MOST_VALUES if self.parameter.many else 1
        too_many = _("more than %(most)s values are given") if most > 1 else _("it is given twice")
        faults = [fault(value, too_many, most=most) for value in values[most : most + 1]]
        found = []
        for value in values[:most]:
            try:
                found.append(self.parameter.read(value))
            except ValidationError as problem:
                faults.append(problem)
        if self.parameter.many:
            return found, faults
        return (found[0] if found else None), faults


class QueryForm(forms.Form):
    """A query string: a parameter with a bad value keeps those of its values that can be read."""

    def clean(self) -> dict[str, Any]:
        for name in list(self.errors):
            field = self.fields[name]
            values = field.widget.value_from_datadict(self.data, self.files, name)
            self.cleaned_data[name] = field.sorted_out(values)[0]
        first, last = self.cleaned_data.get("from"), self.cleaned_data.get("to")
        if first and last and first > last:
            self.add_error("to", fault(self.data["to"], _("the end lies before the beginning")))
            self.cleaned_data["from"] = self.cleaned_data["to"] = None
        return self.cleaned_data
