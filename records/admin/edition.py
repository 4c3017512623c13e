"""Editions: what readers were given, to look at only."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from records.models import Edition

from .publishing import edition_address
from .record import form_of
from .row import spoken


@admin.register(Edition)
class EditionAdmin(admin.ModelAdmin):
    list_display = ("__str__", "at", "kind", "by", "spoken_note")
    list_filter = ("kind", "at")
    list_select_related = ("summit",)
    list_per_page = 50
    search_fields = ("summit__slug", "note_en", "note_ko", "note_ja", "by")
    ordering = ("-at", "-id")
    actions = None
    fields = (
        "summit_form",
        "number",
        "at",
        "by",
        "kind",
        "note_en",
        "note_ko",
        "note_ja",
        "as_readers_see_it",
        "sha256",
        "previous_sha256",
    )
    readonly_fields = fields

    class Media:
        css = {"all": ["records/admin/admin.css"]}

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("summit").defer("content", "names")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=gettext_lazy("public note"))
    def spoken_note(self, row):
        return spoken(row, "note")

    @admin.display(description=gettext_lazy("summit"))
    def summit_form(self, row):
        return format_html('<a href="{}">{}</a>', form_of(row.summit), row.summit)

    @admin.display(description=gettext_lazy("as readers see it"))
    def as_readers_see_it(self, row):
        address = edition_address(row)
        return format_html('<a href="{0}">{0}</a>', address)
