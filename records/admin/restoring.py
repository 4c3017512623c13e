"""What was typed and not saved: offered when its form is opened again, and shown in it as typed."""

from __future__ import annotations

from django.contrib import messages
from django.forms.utils import ErrorDict, ErrorList
from django.http import QueryDict
from django.utils import timezone
from django.utils.http import urlencode

from records.models import OpenForm
from records.review.open_forms import Place

from .conflicts import others, told
from .faults import faults_of
from .opened import GuardedAdmin
from .presence import day_and_time, keep, people, readable, token_of, written
from .shown import Forms

RESTORE = "restore"
LONGEST = OpenForm._meta.get_field("form").max_length


class WatchedAdmin(GuardedAdmin):
    """Forms that say who else is there, and keep what is typed until it is saved."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        own = OpenForm.objects.filter(editor=request.user, form=address_of(request)).first()
        request.own_form, request.opened_at = own, timezone.now()
        request.restored, request.is_offered, request.is_saved = None, False, False
        if request.method != "POST" and own and own.typed:
            self.opened(request, object_id)
            row = self.row(object_id)
            if (response := self.take_up(request, row)) is not None:
                return response
        response = super().changeform_view(request, object_id, form_url, extra_context)
        is_refused = request.method == "POST" and not request.is_saved
        if is_refused and (is_new(request) or self.row(object_id)):
            typed = [(name, each) for name, found in request.POST.lists() for each in found]
            keep(self.place(request), written(typed), timezone.now())
        return response

    def take_up(self, request, row):
        """Offer what was typed, or show it if that is asked; the page of conflicts if need be.

        A row's form carried what it showed then. What others saved since is merged with what was
        typed, as if it were saved now, so that nobody restores away what somebody else wrote.
        """
        typed = data_of(request.own_form)
        asked = RESTORE in request.GET
        if row is None:
            request.is_offered = not asked
            if asked and is_new(request) and self.has_add_permission(request):
                request.restored = self.forms_of(request, None, as_new(typed))
            return None
        if not self.has_change_permission(request, row):
            return None
        meeting = self.meeting(request, row, typed)
        if not asked:
            differs = meeting.conflicts or meeting.result != meeting.now.values
            request.is_offered = bool(differs or has_note(typed))
            if not request.is_offered:  # a save overtook it
                self.place(request).forget()
        elif meeting.conflicts:
            request.meeting, request.POST = meeting, typed
            return self.conflict(request, row)
        else:
            request.restored = self.forms_of(request, row, meeting.posted())
            if changes := meeting.changes:
                messages.info(request, told(changes, others(request, row, meeting.since)))
        return None

    def place(self, request) -> Place:
        """The form as this editor has it open: since now, or, sent and refused, as before."""
        record, own = getattr(request, "record", None), request.own_form
        at = own.opened_at if own and request.method == "POST" else request.opened_at
        summit = str(record.summit.pk) if record else ""
        return Place(request.user, address_of(request), summit, at)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        self.place(request).saved()
        request.is_saved = True

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        may = self.has_add_permission(request) if add else self.has_change_permission(request, obj)
        if may:
            place = self.place(request)
            if request.method != "POST":
                place.opened()
            if request.restored:
                put(request.restored, context)
                form_url = without_asking(request)
            if request.is_offered:
                context["typed_at"] = day_and_time(request.own_form.typed_at)
            context.update(
                open_form=token_of(place),
                people=people(place, timezone.now()),
                is_unsaved=bool(request.restored or request.method == "POST"),
                here=request.get_full_path(),
                restore_address=f"?{urlencode({**request.GET.dict(), RESTORE: 1})}",
            )
        context["faults"] = faults_of(context)
        context["errors"] = None  # told once, with links
        return super().render_change_form(request, context, add, change, form_url, obj)


# one form -----------------------------------------------------------------------------------------


def is_new(request) -> bool:
    return request.resolver_match.url_name.endswith("_add")


def address_of(request) -> str:
    """The form's address as its row of `OpenForm` has it; a new part's with its summit."""
    asked = request.POST.get("summit") or request.GET.get("summit") or ""
    if is_new(request) and asked.isascii() and asked.isdigit() and len(asked) < 19:
        return f"{request.path}?summit={asked}"
    return request.path[:LONGEST]  # /0000…01/ is /1/ as well


def without_asking(request) -> str:
    """The form's address as it is when nothing is to be restored."""
    query = request.GET.copy()
    del query[RESTORE]
    return f"{request.path}?{query.urlencode()}" if query else request.path


def data_of(row: OpenForm) -> QueryDict:
    """What was typed, as a browser would have sent it."""
    data = QueryDict(mutable=True)
    for name, value in readable(row.typed):
        data.appendlist(name, value)
    return data


def as_new(data: QueryDict) -> QueryDict:
    """Rows below something new are new as well."""
    for name in data:
        if name.endswith("-INITIAL_FORMS"):
            data[name] = "0"
    return data


def has_note(data: QueryDict) -> bool:
    """Is there a note of the edition to be, which is no fact of the row?"""
    return any(value for name, value in data.items() if name.startswith("edition_note_"))


def put(forms: Forms, context) -> None:
    """Put what was typed into the page, without complaints: nobody has asked to save it yet."""
    form = context["adminform"].form = forms.form
    form._errors = ErrorDict()
    for inline in context["inline_admin_formsets"]:
        formset = inline.formset = forms.formsets[inline.formset.prefix]
        for each in formset.forms:
            each._errors = ErrorDict()
        formset._errors, formset._non_form_errors = [{} for _ in formset.forms], ErrorList()
    if "note_fields" in context:
        context["note_fields"] = [form[field.name] for field in context["note_fields"]]
