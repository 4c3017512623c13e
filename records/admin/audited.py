"""What a form saved or deleted, as an event beside Django's own history."""

from __future__ import annotations

from collections.abc import Iterator
from functools import wraps
from typing import Any

from django.contrib import admin
from django.db import transaction

from records import audit
from records.models import Editor

NO_FACTS = ("edition_note_", "edition_kind", "password1", "password2")
RIGHTS = ("is_active", "is_staff", "is_superuser", "groups")  # of an account: told with values


def as_editor(view: Any) -> Any:
    """`view`, whose events are those of the editor who asked for it."""

    @wraps(view)
    def inner(request: Any, *args: Any, **kwargs: Any) -> Any:
        with audit.acting(request):
            return view(request, *args, **kwargs)

    return inner


def names_of_changes(form: Any, formsets: Any) -> Iterator[str]:
    """`title_en`, `progress 2026-02-01-step: text_en`, `+wording jpn`, `-wording kor`."""
    for name in form.changed_data:
        if not name.startswith(NO_FACTS):
            yield name
    for formset in formsets or ():
        kind = formset.model._meta.model_name
        for row in formset.new_objects:
            yield f"+{kind} {own_name(row)}"
        for row, names in formset.changed_objects:
            yield from (f"{kind} {own_name(row)}: {name}" for name in names)
        for row in formset.deleted_objects:
            yield f"-{kind} {own_name(row)}"


def own_name(row: Any) -> str:
    """A row below another by the last part of its natural key."""
    known = row.natural_key() if hasattr(row, "natural_key") else ()
    return str(known[-1] or "") if known else str(row)


class Audited(admin.ModelAdmin):
    """Forms whose savings and deletions become events in the same transaction."""

    def construct_change_message(self, request, form, formsets, add=False):
        request.changed_facts = list(names_of_changes(form, formsets))
        return super().construct_change_message(request, form, formsets, add)

    def log_addition(self, request, obj, message):
        audit.note("added", about=obj, kept=self.facts_of_event(request, obj))
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        # A text is the history's line for a step that keeps an event of its own.
        if not isinstance(message, str) and (kept := self.facts_of_event(request, obj)):
            audit.note("changed", about=obj, kept=kept)
        return super().log_change(request, obj, message)

    def response_action(self, request, queryset):
        # Django opens a transaction for forms, not for what is done to chosen rows of a list.
        with transaction.atomic():
            return super().response_action(request, queryset)

    def log_deletions(self, request, queryset):
        for row in queryset:
            audit.note("deleted", about=row)
        return super().log_deletions(request, queryset)

    def facts_of_event(self, request, obj) -> dict[str, Any]:
        names = getattr(request, "changed_facts", [])
        found = audit.fields(names)
        if isinstance(obj, Editor):
            for name in RIGHTS:
                if name in names and name == "groups":
                    found[name] = sorted(obj.groups.values_list("name", flat=True))
                elif name in names:
                    found[name] = getattr(obj, name)
        return found


class AuditedSite(admin.AdminSite):
    """The admin's site: what its pages do is told of who asked for them."""

    def admin_view(self, view, cacheable=False):
        return super().admin_view(as_editor(view), cacheable)

    def password_change(self, request, extra_context=None):
        with transaction.atomic():
            response = super().password_change(request, extra_context)
            if request.method == "POST" and response.status_code == 302:
                audit.note("password changed", about=request.user)
        return response
