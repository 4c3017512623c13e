"""What happened at a summit: sessions, what was said, gifts."""

from django.contrib import admin
from django.utils.translation import gettext_lazy

from records.models import Gift, Session, Statement

from .fields import in_words, texts
from .part import KeyedAdmin
from .row import spoken


@admin.register(Session)
class SessionAdmin(KeyedAdmin):
    columns = (
        gettext_lazy("title"),
        gettext_lazy("date"),
        gettext_lazy("time"),
        gettext_lazy("minutes"),
    )
    list_display = ("key", "spoken_title", "kind", "on_day", "time", "of_summit")
    list_display_links = ("key", "spoken_title")
    list_filter = ("kind",)
    search_fields = (
        "key",
        "title_en",
        "title_ko",
        "title_ja",
        "summary_en",
        "summary_ko",
        "summary_ja",
        "venue_en",
        "venue_ko",
        "venue_ja",
        "summit__slug",
    )
    ordering = ("-date_first", "summit__slug", "order")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("key", "kind"),
                    *texts("title"),
                    ("date", "time", "until", "minutes"),
                    *texts("venue", "summary"),
                    ("parties", "participants"),
                    "cites",
                )
            },
        ),
    )

    def facts(self, row, item):
        return [spoken(row, "title"), in_words(row.date), row.time, row.minutes]

    @admin.display(description=gettext_lazy("title"), ordering="title_en")
    def spoken_title(self, row):
        return spoken(row, "title")

    @admin.display(description=gettext_lazy("date"), ordering="date_first")
    def on_day(self, row):
        return in_words(row.date)


@admin.register(Statement)
class StatementAdmin(KeyedAdmin):
    columns = (gettext_lazy("speaker"), gettext_lazy("gist"))
    list_display = ("key", "speaker", "spoken_gist", "on_day", "of_summit")
    list_select_related = ("summit", "speaker")
    search_fields = (
        "key",
        "gist_en",
        "gist_ko",
        "gist_ja",
        "exact",
        "speaker__slug",
        "speaker__name_en",
        "speaker__name_ko",
        "speaker__name_ja",
        "summit__slug",
    )
    ordering = ("-said_on_first", "summit__slug", "order")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("key", "speaker"),
                    ("said_on", "session"),
                    *texts("gist", "office"),
                    "exact",
                    ("exact_lang", "exact_is_translation"),
                    "cites",
                )
            },
        ),
    )

    def facts(self, row, item):
        return [str(row.speaker), spoken(row, "gist")]

    @admin.display(description=gettext_lazy("gist"), ordering="gist_en")
    def spoken_gist(self, row):
        return spoken(row, "gist")

    @admin.display(description=gettext_lazy("said on"), ordering="said_on_first")
    def on_day(self, row):
        return in_words(row.said_on)


@admin.register(Gift)
class GiftAdmin(KeyedAdmin):
    columns = (gettext_lazy("what"), gettext_lazy("givers"), gettext_lazy("receivers"))
    list_display = ("key", "spoken_what", "maker", "of_summit")
    list_display_links = ("key", "spoken_what")
    search_fields = (
        "key",
        "what_en",
        "what_ko",
        "what_ja",
        "maker",
        "summit__slug",
    )
    ordering = ("-summit__starts_first", "summit__slug", "order")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "key",
                    ("givers", "receivers"),
                    *texts("what"),
                    "maker",
                    *texts("note"),
                    "cites",
                )
            },
        ),
    )

    def facts(self, row, item):
        return [
            spoken(row, "what"),
            ", ".join(str(person) for person in row.givers.all()),
            ", ".join(str(person) for person in row.receivers.all()),
        ]

    @admin.display(description=gettext_lazy("what"), ordering="what_en")
    def spoken_what(self, row):
        return spoken(row, "what")
