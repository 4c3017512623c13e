"""The summit's own facts, the lists of its parts, and how it leaves the public again."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records import publishing, review
from records.choices import EditionKind
from records.models import Edition, Review, Summit
from records.models.review import Step

from .comparing import Comparing
from .fields import in_words, texts
from .files import Downloading
from .following import Following
from .lists import part_lists
from .next_in_series import NextInSeries
from .part import OfSummitAdmin
from .preview import Previewing
from .publishing import NoteForm, note_of, person_of
from .record import form_of
from .remarks import Remarking
from .renaming import Renaming
from .reviewing import Reviewing
from .row import spoken
from .translators_page import TranslatorsPage
from .uses import refusals_of_others


class StandingFilter(admin.SimpleListFilter):
    title = gettext_lazy("standing")
    parameter_name = "standing"

    def lookups(self, request, model_admin):
        return [
            ("draft", _("Draft")),
            ("public", _("Public")),
            ("withdrawn", _("Withdrawn")),
        ]

    def queryset(self, request, queryset):
        match self.value():
            case "draft":
                return queryset.filter(last_kind=None)
            case "withdrawn":
                return queryset.filter(last_kind=EditionKind.WITHDRAWAL)
            case "public":
                return queryset.exclude(last_kind=None).exclude(last_kind=EditionKind.WITHDRAWAL)
        return queryset


@admin.register(Summit)
class SummitAdmin(
    Reviewing,
    Remarking,
    Previewing,
    Comparing,
    Downloading,
    Following,
    NextInSeries,
    TranslatorsPage,
    Renaming,
    OfSummitAdmin,
):
    list_display = (
        "spoken_title",
        "on_days",
        "spoken_city",
        "event_status",
        "standing",
        "slug",
    )
    list_filter = (
        StandingFilter,
        "event_status",
        "setting",
        ("series", admin.RelatedOnlyFieldListFilter),
        ("country", admin.RelatedOnlyFieldListFilter),
    )
    search_fields = (
        "slug",
        "code",
        "title_en",
        "title_ko",
        "title_ja",
        "city_en",
        "city_ko",
        "city_ja",
    )
    ordering = ("-starts_first", "slug")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("slug", "code"),
                    *texts("title"),
                    "also",
                    *texts("summary"),
                    "topics",
                )
            },
        ),
        (
            gettext_lazy("When and where"),
            {
                "fields": (
                    ("starts", "ends", "timezone"),
                    *texts("city", "venue", "region"),
                    ("country", "latitude", "longitude"),
                    *texts("within"),
                )
            },
        ),
        (
            gettext_lazy("What kind of meeting"),
            {
                "fields": (
                    ("setting", "event_status", "outcome"),
                    ("series", "series_number"),
                )
            },
        ),
        (gettext_lazy("What it rests on"), {"fields": ("cites", "checked_on")}),
    )

    def get_queryset(self, request):
        newest = Edition.objects.filter(summit=OuterRef("pk")).order_by("-number")
        step = Review.objects.filter(summit=OuterRef("pk"), is_last=True)
        return (
            super()
            .get_queryset(request)
            .annotate(
                last_number=Subquery(newest.values("number")[:1]),
                last_kind=Subquery(newest.values("kind")[:1]),
                last_step=Subquery(step.values("step")),
                after_edition=Subquery(step.values("after_edition")),
            )
        )

    def summit_pk(self, request, object_id):
        row = self.row(object_id)
        return row.pk if row else None

    def get_urls(self):
        view = self.admin_site.admin_view(self.withdraw_view)
        own = path("<path:object_id>/withdraw/", view, name="records_summit_withdraw")
        return [own, *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if getattr(request, "record", None):
            context["lists"] = part_lists(self.admin_site, request.record, request)
            context["progress_address"] = self.progress_address(request, request.record)
            if self.has_add_permission(request):
                context["next_address"] = reverse("admin:records_summit_next", args=[obj.pk])
            if person_of(request).may("withdraw") and request.record.state.is_public:
                context["withdraw_address"] = reverse(
                    "admin:records_summit_withdraw", args=[obj.pk]
                )
        return super().render_change_form(request, context, add, change, form_url, obj)

    def response_add(self, request, obj, post_url_continue=None):
        return self.onward(request, obj, super().response_add(request, obj, post_url_continue))

    def response_change(self, request, obj):
        return self.onward(request, obj, super().response_change(request, obj))

    def onward(self, request, obj, response):
        """Back to the same form: it is the way to all the others."""
        if "_addanother" not in request.POST and "_popup" not in request.POST:
            response = HttpResponseRedirect(form_of(obj))
        return self.saved(request, request.form_data, obj, obj, response)

    def refusals(self, request, rows):
        refused = [self.refusal(row) for row in rows if row.editions.exists()]
        return refused + [reason for row in rows for reason in refusals_of_others(row)]

    def refusal(self, row):
        if publishing.state(row).is_public:
            return format_html(
                '{} <a href="{}">{}</a>',
                _("It is public, and what was public keeps its address. Withdraw it instead:"),
                reverse("admin:records_summit_withdraw", args=[row.pk]),
                _("withdraw this summit"),
            )
        return _("It was public: its address says since when and why it is withdrawn, and stays.")

    def nothing_to_withdraw(self, request, summit):
        self.message_user(
            request, _("It is not public: there is nothing to withdraw."), messages.WARNING
        )
        return HttpResponseRedirect(form_of(summit))

    def withdraw_view(self, request, object_id):
        """Ask once more, with a note to readers; then take the summit back."""
        summit = self.row(object_id)
        person = person_of(request)
        if not person.may("withdraw"):
            raise PermissionDenied
        if summit is None:
            raise Http404
        now = publishing.state(summit)
        if not now.is_public:
            return self.nothing_to_withdraw(request, summit)
        form = NoteForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                edition = review.withdraw(summit, person, note=note_of(form.cleaned_data))
            except publishing.Refused:  # somebody else did, a moment ago
                return self.nothing_to_withdraw(request, summit)
            said = _("Withdrawn, with edition %(number)s.") % {"number": edition.number}
            self.log_change(request, summit, said)
            self.message_user(request, said, messages.SUCCESS)
            return HttpResponseRedirect(form_of(summit))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Withdraw %(summit)s?") % {"summit": summit},
            "form": form,
            "original": summit,
            "state": now,
            "opts": self.opts,
            "media": self.media,
        }
        return TemplateResponse(request, "admin/records/withdraw.html", context)

    @admin.display(description=gettext_lazy("title"), ordering="title_en")
    def spoken_title(self, row):
        return spoken(row, "title")

    @admin.display(description=gettext_lazy("date"), ordering="starts_first")
    def on_days(self, row):
        last = f" – {in_words(row.ends)}" if row.ends else ""
        return in_words(row.starts) + last

    @admin.display(description=gettext_lazy("city"), ordering="city_en")
    def spoken_city(self, row):
        return spoken(row, "city")

    @admin.display(description=gettext_lazy("standing"), ordering="last_number")
    def standing(self, row):
        """What readers see, and the last step of review if no edition came after it."""
        if row.last_number is None:
            public = _("Draft")
        elif row.last_kind == EditionKind.WITHDRAWAL:
            public = _("Withdrawn")
        else:
            public = _("Edition %(number)s") % {"number": row.last_number}
        is_open = row.last_step and row.after_edition == (row.last_number or 0)
        return f"{public} · {Step(row.last_step).label}" if is_open else public
