"""What was done, by whom: to be looked at, also as CSV, and changed by nobody."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import Q
from django.http import StreamingHttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records import audit
from records.exports.table import Column, lines
from records.models import Editor, Event

BATCH = 500
SHOWN = 160  # characters of the facts of an event in the list; its page has all
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
COLUMNS = (
    Column("at", lambda event: event.at.isoformat(timespec="milliseconds")),
    Column("by", lambda event: event.by, is_words=True),
    Column("account", lambda event: event.account, is_words=True),
    Column("action", lambda event: event.action),
    Column("kind", lambda event: event.kind),
    Column("key", lambda event: event.key, is_words=True),
    Column("summit", lambda event: event.summit),
    Column("facts", lambda event: in_words(event.facts), is_words=True),
    Column("request", lambda event: event.request),
)


def in_words(facts: dict) -> str:
    """`fields: title_en, starts; count: 61`."""
    return "; ".join(
        f"{name}: {', '.join(map(str, value)) if isinstance(value, list) else value}"
        for name, value in facts.items()
    )


def of_day(text: str) -> Q | None:
    """Events of a day such as 2026-11-25 on the site's clock; None if it is no day."""
    try:
        day = date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None or day == date.max:
        return None
    first, next_ = (
        timezone.make_aware(datetime(each.year, each.month, each.day))
        for each in (day, day + timedelta(days=1))
    )
    return Q(at__gte=first, at__lt=next_)


class ActionFilter(admin.SimpleListFilter):
    title = gettext_lazy("action")
    parameter_name = "action"

    def lookups(self, request, model_admin):
        return list(audit.ACTIONS.items())

    def queryset(self, request, queryset):
        return queryset.filter(action=self.value()) if self.value() else queryset


class EditorFilter(admin.SimpleListFilter):
    """By the accounts there are, few at any size; others are found by searching."""

    title = gettext_lazy("editor")
    parameter_name = "account"

    def lookups(self, request, model_admin):
        editors = Editor.objects.order_by("username")
        return [(e.get_username(), e.get_full_name() or e.get_username()) for e in editors]

    def queryset(self, request, queryset):
        return queryset.filter(account=self.value()) if self.value() else queryset


@admin.register(Event)
class EventAdmin(admin.ModelAdmin):
    list_display = ("at", "by", "what", "about", "of_summit", "some_facts")
    list_display_links = ("at",)
    list_filter = (ActionFilter, EditorFilter, "at")
    list_per_page = 100
    show_full_result_count = False
    search_fields = ("summit", "account", "key", "by")
    search_help_text = gettext_lazy(
        "A summit's slug, an editor, a key, or a day such as 2026-11-25."
    )
    ordering = ("-at", "-id")
    sortable_by = ()
    actions = None
    change_list_template = "admin/records/events.html"
    fields = (
        "at",
        "by",
        "account",
        "what",
        "kind",
        "key",
        "of_summit",
        "shown_facts",
        "request",
    )
    readonly_fields = fields

    class Media:
        css = {"all": ["records/admin/admin.css"]}

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        view = self.admin_site.admin_view(self.csv_view)
        return [path("csv/", view, name="records_event_csv"), *super().get_urls()]

    def get_search_results(self, request, queryset, search_term):
        """Every word of the search: a day, or the whole of a name, or part of who it was."""
        for word in search_term.split():
            exact = Q(summit=word) | Q(account=word) | Q(key=word) | Q(by__icontains=word)
            queryset = queryset.filter(of_day(word) or exact)
        return queryset, False

    def changelist_view(self, request, extra_context=None):
        asked = f"?{request.GET.urlencode()}" if request.GET else ""
        told = {"asked": asked, "title": _("What was done")}
        return super().changelist_view(request, {**(extra_context or {}), **told})

    def csv_view(self, request):
        """The list with its filters, all of it, newest first."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            changes = self.get_changelist_instance(request)
        except IncorrectLookupParameters:  # the list itself leads to its clean address
            raise BadRequest from None
        found = changes.get_queryset(request).iterator(BATCH)
        answer = StreamingHttpResponse(
            lines(COLUMNS, ([event] for event in found)), content_type="text/csv; charset=utf-8"
        )
        answer["Content-Disposition"] = 'attachment; filename="events.csv"'
        return answer

    @admin.display(description=gettext_lazy("action"))
    def what(self, event):
        return audit.ACTIONS.get(event.action, event.action)

    @admin.display(description=gettext_lazy("about"))
    def about(self, event):
        return f"{event.kind} {event.key}".strip() if event.key != event.summit else ""

    @admin.display(description=gettext_lazy("summit"))
    def of_summit(self, event):
        return event.summit

    @admin.display(description=gettext_lazy("facts"))
    def shown_facts(self, event):
        return in_words(event.facts)

    @admin.display(description=gettext_lazy("facts"))
    def some_facts(self, event):
        return Truncator(in_words(event.facts)).chars(SHOWN)
