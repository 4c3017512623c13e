"""The page of a summit's remarks: what editors tell each other of a fact, with replies."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from records import review
from records.document.checks.references import leads_somewhere
from records.document.schema import LANGUAGES, SUMMIT
from records.models.fields import valid_text

from .desk import threads
from .opened import GuardedAdmin
from .publishing import person_of
from .record import Record


def known_places(document) -> list[str]:
    """What a remark can be about, by name: the summit's facts, and each row of its lists."""
    found = [fact.name for fact in SUMMIT.facts]
    for shape in SUMMIT.children:
        for place, row in enumerate(document.get(shape.name, [])):
            found.append(f"{shape.name}.{shape.known_by(row, place)}")
    return found


class RemarkForm(forms.Form):
    """A new remark; `path` names what it is about as the record does."""

    path = forms.CharField(
        required=False,
        max_length=300,
        label=pgettext_lazy("remark", "About"),
        help_text=gettext_lazy(
            "A fact (starts), a row (sessions.KEY) or a fact of a row (sessions.KEY.title.ja);"
            " empty for the whole summit."
        ),
        widget=forms.TextInput(
            attrs={"class": "vTextField", "list": "places-of-summit", "autocomplete": "off"}
        ),
    )
    text = forms.CharField(
        max_length=5000,
        label=gettext_lazy("Remark"),
        validators=[valid_text],
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
    )

    def __init__(self, *args, document, **kwargs):
        super().__init__(*args, **kwargs)
        self.document = document

    def clean_path(self):
        typed = self.cleaned_data["path"]
        fact, _dot, language = typed.rpartition(".")
        place = fact if fact and language in LANGUAGES else typed
        if place and not leads_somewhere(self.document, place):
            raise ValidationError(
                _("“%(path)s” leads to nothing in this summit.") % {"path": typed}
            )
        return typed


class ReplyForm(forms.Form):
    """A reply to a remark, or none: resolved is resolved."""

    text = forms.CharField(
        required=False,
        max_length=5000,
        label=gettext_lazy("Reply"),
        validators=[valid_text],
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
    )


class Remarking(GuardedAdmin):
    """The summit's page of remarks."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.remarks_view)
        own = path("<path:object_id>/remarks/", view, name="records_summit_remarks")
        return [own, *super().get_urls()]

    def remarks_view(self, request, object_id):
        person = person_of(request)
        if not (self.has_view_permission(request) and person.may("remark")):
            raise PermissionDenied
        row = self.row(object_id)
        if row is None:
            raise Http404
        record = Record(row.pk)
        form = RemarkForm(document=record.document, initial={"path": request.GET.get("path", "")})
        if request.method == "POST":
            if "remark" in request.POST:
                done = self.answer(request, row, person)
            else:
                form = RemarkForm(request.POST, document=record.document)
                done = form.is_valid()
                if done:
                    review.remark(
                        row, person, form.cleaned_data["text"], path=form.cleaned_data["path"]
                    )
            if done:
                return HttpResponseRedirect(request.path)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Remarks: %(summit)s") % {"summit": record.summit},
            "original": record.summit,
            "opts": self.opts,
            "media": self.media,
            "form": form,
            "places": known_places(record.document),
            "open": threads(record.summit, record),
            "resolved": threads(record.summit, record, resolved=True),
        }
        return TemplateResponse(request, "admin/records/remarks.html", context)

    def answer(self, request, row, person) -> bool:
        """Reply to a remark, resolve it or open it again."""
        form = ReplyForm(request.POST)
        asked = request.POST["remark"]
        known = asked.isascii() and asked.isdigit() and len(asked) < 10
        remark = row.remarks.filter(number=asked, reply_to=None).first() if known else None
        if remark is None:
            raise Http404
        if not form.is_valid():
            messages.error(request, " ".join(form.errors["text"]))
            return False
        if text := form.cleaned_data["text"]:
            review.remark(row, person, text, reply_to=remark)
        if "resolve" in request.POST:
            review.resolve(remark, person, done=True)
        elif "reopen" in request.POST:
            review.resolve(remark, person, done=False)
        return True
