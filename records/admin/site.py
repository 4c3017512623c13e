"""The admin's site: its name, the echo of dates in words, completion that tells names apart."""

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.http import JsonResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy

from records import date_words
from records.dates import BadDate

from .audited import AuditedSite
from .dashboard import Dashboard
from .fields import reader_language
from .files import Filing
from .handbook import Handbook
from .names import labelled
from .presence import Watching
from .waiting import Waiting
from .waiting_lists import Lists

# Every registered model stands in one of them: tests hold them against the registry.
GROUPS = (
    (
        gettext_lazy("Summits"),
        (
            "Summit",
            "Delegation",
            "Attendance",
            "Session",
            "Commitment",
            "Statement",
            "Gift",
            "Note",
            "Difference",
            "Source",
        ),
    ),
    (
        gettext_lazy("Names shared by all summits"),
        ("Participant", "Party", "Relation", "Topic", "Series"),
    ),
    (gettext_lazy("Published"), ("Edition",)),
    (gettext_lazy("What was done"), ("Event",)),
    (gettext_lazy("Who may edit"), ("Editor", "Group")),
)


class NameCompletion(AutocompleteJsonView):
    def serialize_result(self, obj, to_field_name):
        return {**super().serialize_result(obj, to_field_name), "text": labelled(obj)}


class RecordAdminSite(AuditedSite, Waiting, Watching, Filing, Handbook, admin.AdminSite):
    site_header = gettext_lazy("Summit Record: editors")
    site_title = gettext_lazy("Summit Record")
    index_title = gettext_lazy("The record")
    index_template = "admin/records/index.html"

    def get_urls(self):
        return [
            path("date-in-words", self.admin_view(self.date_in_words), name="date-in-words"),
            *super().get_urls(),
        ]

    def index(self, request, extra_context=None):
        dashboard = Dashboard(request)
        dashboard.waiting = Lists(request).of_facts()
        return super().index(request, {**(extra_context or {}), "dashboard": dashboard})

    def date_in_words(self, request):
        """JSON of a typed date: `{edtf, words}`, or `{error}` with the remedy."""
        text = request.GET.get("text", "")
        try:
            edtf = date_words.read(text)
        except BadDate as problem:
            return JsonResponse({"error": str(problem)})
        words = date_words.in_words(edtf, reader_language())
        return JsonResponse({"edtf": edtf, "words": words})

    def get_app_list(self, request, app_label=None):
        """Rows in the order an editor meets them, in four groups instead of one per package."""
        found = super().get_app_list(request, app_label)
        models = {model["object_name"]: model for app in found for model in app["models"]}
        groups = [
            (title, [models.pop(name) for name in names if name in models])
            for title, names in GROUPS
        ]
        return [
            {
                "name": title,
                "app_label": "records",
                "app_url": reverse("admin:app_list", args=["records"]),
                "has_module_perms": True,
                "models": listed,
            }
            for title, listed in groups
            if listed
        ]

    def autocomplete_view(self, request):
        return NameCompletion.as_view(admin_site=self)(request)
