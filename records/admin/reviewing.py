"""The page of a working copy's way to readers: what would be published, and the steps from here."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records import publishing, review
from records.choices import EditionKind
from records.document.checks.references import zones
from records.models.fields import valid_text
from records.models.review import Step

from .comparing import unpublished
from .desk import DeskPanel
from .fields import LANGUAGES
from .opened import GuardedAdmin
from .publishing import NoteForm, Panel, edition_address, note_of, person_of
from .record import Record

PUBLISH = "publish"
PAST = gettext_lazy("That time is past; publish now, or write a later one.")
FARTHEST = 10  # years that a publication can be ahead
# What the button of a step says.
BUTTONS = {
    Step.SUBMITTED: gettext_lazy("Submit for review"),
    Step.TAKEN_BACK: gettext_lazy("Take back"),
    Step.RETURNED: gettext_lazy("Request changes"),
    Step.APPROVED: gettext_lazy("Approve"),
    Step.UNSCHEDULED: gettext_lazy("Cancel the schedule"),
}


class CommentForm(forms.Form):
    """What is said to the other editors with a step."""

    comment = forms.CharField(
        required=False,
        max_length=5000,
        validators=[valid_text],
        label=gettext_lazy("Comment"),
        help_text=gettext_lazy("For the other editors; readers do not see it."),
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
    )


class ReleaseForm(NoteForm):
    """What readers are told of the edition, and when they get it."""

    kind = forms.ChoiceField(
        required=False,
        label=gettext_lazy("It is"),
        choices=[
            (kind.value, kind.label) for kind in (EditionKind.ADDITION, EditionKind.CORRECTION)
        ],
    )
    publish_at = forms.DateTimeField(
        required=False,
        label=gettext_lazy("Not before"),
        input_formats=["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"],
        help_text=gettext_lazy("Such as “2026-12-01 09:00”."),
        widget=forms.DateTimeInput(attrs={"autocomplete": "off", "size": 20}),
    )
    zone = forms.CharField(
        required=False, label=gettext_lazy("Time zone"), widget=forms.TextInput(attrs={"size": 20})
    )

    def clean_zone(self):
        zone = self.cleaned_data["zone"] or settings.TIME_ZONE
        if zone not in zones():
            raise ValidationError(
                _("“%(zone)s” is no time zone; write it like Asia/Tokyo.") % {"zone": zone}
            )
        return zone

    def clean_publish_at(self):
        # Django's field reads it as of the site's zone; it is of the zone typed beside it.
        typed = self.cleaned_data["publish_at"]
        return typed.replace(tzinfo=None) if typed else None

    def instant(self, now: datetime) -> datetime | None:
        """The time it is to be published at, or None with what is wrong among the errors."""
        typed, zone = self.cleaned_data.get("publish_at"), self.cleaned_data.get("zone")
        if typed is None or zone is None:
            if "publish_at" not in self.errors and "zone" not in self.errors:
                self.add_error("publish_at", _("Write the day and the time of publication."))
            return None
        if not now.year - 1 <= typed.year <= now.year + FARTHEST:  # nor can it be reckoned with
            past = typed.year < now.year
            self.add_error("publish_at", PAST if past else _("That time is too far away."))
            return None
        there = typed.replace(tzinfo=ZoneInfo(zone))
        instant = there.astimezone(UTC)
        if instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != there.replace(tzinfo=None):
            self.add_error("publish_at", _("Clocks skip that time there; write another."))
        elif there.utcoffset() != there.replace(fold=1).utcoffset():
            self.add_error("publish_at", _("Clocks show that time twice there; write another."))
        elif instant <= now:
            self.add_error("publish_at", PAST)
        else:
            return instant
        return None


class Reviewing(GuardedAdmin):
    """The summit's page of review: one page, one form for the next step, one for publication."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.review_view)
        own = path("<path:object_id>/review/", view, name="records_summit_review")
        return [own, *super().get_urls()]

    def review_view(self, request, object_id):
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = self.row(object_id)
        if row is None:
            raise Http404
        comment, release = CommentForm(), ReleaseForm(initial={"zone": zone_of(row)})
        if request.method == "POST":
            if not DeskPanel(Record(row.pk), request).may_step:
                raise PermissionDenied
            asked = request.POST.get("step", "")
            if asked in (PUBLISH, Step.SCHEDULED):
                release = ReleaseForm(request.POST)
                done = release.is_valid() and self.release(request, row, asked, release)
            else:
                comment = CommentForm(request.POST)
                done = comment.is_valid() and self.take(
                    request, row, asked, comment=comment.cleaned_data["comment"]
                )
            if done:
                return HttpResponseRedirect(request.path)
        return TemplateResponse(
            request,
            "admin/records/review.html",
            self.review_context(request, row, comment, release),
        )

    def take(self, request, row, asked, **facts) -> bool:
        """Take a step of the table; refused, what was typed stays on the page."""
        step = next((step for step in Step if step == asked), None)
        try:
            if step is None:
                raise review.NotAllowed(_("You may not do this."))
            seen = request.POST.get("seen", "")
            taken = review.take(row, step, person_of(request), seen=seen, **facts)
        except review.NotAllowed as refused:
            messages.error(request, str(refused))
            return False
        self.log_change(request, row, taken.get_step_display())
        messages.success(request, f"{row}: {taken.get_step_display()}")
        return True

    def release(self, request, row, asked, form) -> bool:
        """Publish now or schedule it."""
        data = form.cleaned_data
        note = note_of(data)
        if asked == Step.SCHEDULED:
            instant = form.instant(timezone.now())
            notes = {f"note_{code}": note.get(code, "") for code in LANGUAGES}
            return instant is not None and self.take(
                request,
                row,
                asked,
                publish_at=instant,
                zone=data["zone"],
                kind=data["kind"],
                **notes,
            )
        try:
            edition = review.publish(
                row,
                person_of(request),
                note=note,
                kind=data["kind"],
                seen=request.POST.get("seen", "") or "unseen",
            )
        except review.NotAllowed as refused:
            messages.error(request, str(refused))
            return False
        except publishing.Refused:
            messages.error(request, _("Not published: this page names what hinders it."))
            return False
        if edition is None:
            messages.info(request, _("Nothing changed: readers already see this edition."))
            return True
        said = _("Published as edition %(number)s.") % {"number": edition.number}
        self.log_change(request, row, said)
        messages.success(
            request,
            format_html(
                '{} <a href="{}">{}</a>', said, edition_address(edition), _("See it as readers do")
            ),
        )
        return True

    def review_context(self, request, row, comment, release):
        record = Record(row.pk)
        panel = DeskPanel(record, request)
        desk, person = panel.desk, panel.person
        steps = [each for each in desk.open_to(person) if each.step in BUTTONS]
        scheduling = next(each for each in review.TRANSITIONS if each.step == Step.SCHEDULED)
        return {
            **self.admin_site.each_context(request),
            "title": _("Review: %(summit)s") % {"summit": record.summit},
            "original": record.summit,
            "opts": self.opts,
            "media": self.media,
            "record": record,
            "panel": Panel(record),
            "desk": panel,
            "comparison": unpublished(record),
            "comment": comment,
            "buttons": [(each.step.value, BUTTONS[each.step]) for each in steps],
            "waits": reasons(desk, person),
            "release": release,
            "note_fields": [release[f"note_{code}"] for code in LANGUAGES],
            "may_publish": not desk.not_published(person),
            "may_schedule": not desk.hindrance(scheduling, person),
            "unreviewed": desk.standing != review.Standing.APPROVED,
        }


def zone_of(summit) -> str:
    return summit.timezone or settings.TIME_ZONE


def reasons(desk, person) -> list[str]:
    """Why steps that the editor's role has, and that fit where the copy stands, are not offered."""
    found = [
        desk.hindrance(each, person)
        for each in review.TRANSITIONS
        if each.step == Step.APPROVED and desk.standing in each.sources and person.may(each.action)
    ]
    if person.may("publish") and desk.standing != review.Standing.PUBLISHED:  # said above already
        found.append(desk.not_published(person))
    return list(dict.fromkeys(reason for reason in found if reason))
