"""The admin's site: its name, the echo of dates in words, completion that tells names apart."""

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.http import JsonResponse
from django.urls import path
from django.utils.translation import gettext_lazy

from records import date_words
from records.dates import BadDate

from .fields import reader_language


class NameCompletion(AutocompleteJsonView):
    def serialize_result(self, obj, to_field_name):
        # Two people of one name are told apart by the slug; editors know parties by it.
        result = super().serialize_result(obj, to_field_name)
        if slug := getattr(obj, "slug", ""):
            result["text"] = f"{result['text']} ({slug})"
        return result


class RecordAdminSite(admin.AdminSite):
    site_header = gettext_lazy("Summit Record: editors")
    site_title = gettext_lazy("Summit Record")
    index_title = gettext_lazy("The record")

    def get_urls(self):
        return [
            path("date-in-words", self.admin_view(self.date_in_words), name="date-in-words"),
            *super().get_urls(),
        ]

    def date_in_words(self, request):
        """JSON of a typed date: `{edtf, words}`, or `{error}` with the remedy."""
        text = request.GET.get("text", "")
        try:
            edtf = date_words.read(text)
        except BadDate as problem:
            return JsonResponse({"error": str(problem)})
        words = date_words.in_words(edtf, reader_language())
        return JsonResponse({"edtf": edtf, "words": words})

    def autocomplete_view(self, request):
        return NameCompletion.as_view(admin_site=self)(request)
