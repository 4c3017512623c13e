"""What is wrong with a form, told at its top: each fault with a link to its field."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.admin.utils import flatten_fieldsets
from django.db.models import UniqueConstraint
from django.utils.text import capfirst


@dataclass
class Fault:
    """What is wrong, with the field's name; `anchor` is empty where no field could be shown."""

    message: str
    label: str = ""
    anchor: str = ""


def faults_of(context) -> list[Fault]:
    """All faults of a change form and the inlines below it, in the order of the page."""
    page = context["adminform"]
    found = faults_in(page.form, flatten_fieldsets(page.fieldsets))
    for inline in context["inline_admin_formsets"]:
        formset, model = inline.formset, inline.opts.verbose_name
        anchor = f"{formset.prefix}-group"
        plural = capfirst(inline.opts.verbose_name_plural)
        found += [Fault(each, plural, anchor) for each in formset.non_form_errors()]
        if not formset.is_bound:
            continue
        for number, form in enumerate(formset.forms):
            row = str(form.instance) if form.instance.pk else f"#{number + 1}"
            above = f"{capfirst(model)} {row}"
            found += faults_in(form, form.fields, above, f"{formset.prefix}-{number}")
    return found


def faults_in(form, order, above="", anchor="") -> list[Fault]:
    """The faults of one form: those of the whole, then its fields' in `order`."""
    if not form.is_bound:
        return []
    places = {name: place for place, name in enumerate(order)}
    found = [
        Fault(message, above, ruled(form, message, places) or anchor)
        for message in form.non_field_errors()
    ]
    for name in sorted(form.fields, key=lambda name: places.get(name, len(places))):
        bound = form[name]
        label = f"{above}: {bound.label}" if above else str(bound.label)
        where = anchor if bound.is_hidden else bound.auto_id
        found += [Fault(message, label, where) for message in bound.errors]
    return found


def ruled(form, message, places) -> str:
    """Where the facts begin that a rule between facts is about; empty if it is no such rule."""
    for rule in form._meta.model._meta.constraints:
        if rule.get_violation_error_message() == message:
            unique = isinstance(rule, UniqueConstraint)
            facts = rule.fields if unique else rule.condition.referenced_base_fields
            names = [name for name in facts if name in form.fields and not form[name].is_hidden]
            first = min(names, key=lambda name: places.get(name, len(places)), default=None)
            return form[first].auto_id if first else ""
    return ""
