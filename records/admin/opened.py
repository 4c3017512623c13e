"""The guard against forms that others' saves have overtaken.

A form carries, sealed, what it showed when it was opened. Saved over a record that changed since,
it is merged with what changed, and the editor is asked where both changed the same: nothing typed
is lost, nothing saved by others is overwritten. A page of deletion over a change is refused.
"""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from records import index
from records.document.canonical import digest
from records.document.compare import MISSING, Change, differences, leaves
from records.document.schema import SUMMIT, Shape

from .audited import Audited
from .conflicts import SHOWN, Conflicts, answered, others, told
from .meeting import Meeting
from .shown import Forms, Leaves

SALT = "records.admin.opened"


class Plain:
    """JSON that keeps Korean and Japanese as they are: a third shorter than escapes."""

    def dumps(self, data: Any) -> bytes:
        return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()

    def loads(self, text: bytes) -> Any:
        return json.loads(text)


def sealed(data: dict[str, Any], where: str = "") -> str:
    """`data` as a token that only this site writes, and that holds for the form `where` only."""
    return signing.dumps(data, salt=f"{SALT}{where}", serializer=Plain, compress=True)


def unsealed(token: str, where: str = "") -> dict[str, Any] | None:
    """What was sealed; None where nobody can tell."""
    try:
        data = signing.loads(token, salt=f"{SALT}{where}", serializer=Plain)
    except (signing.BadSignature, ValueError):
        return None
    return data if isinstance(data, dict) else None


class Opened:
    """The row a page of deletion was opened on, with all below it, and what changed since."""

    def __init__(self, now: dict[str, Any], shape: Shape = SUMMIT):
        self.now, self.shape = now, shape
        self.is_stale = False
        self.changes: list[Change] = []

    @property
    def token(self) -> str:
        return sealed(self.now)

    def compare(self, token: str) -> None:
        before = unsealed(token)
        self.is_stale = before is None or digest(before) != digest(self.now)
        if before is not None and self.is_stale:
            self.changes = told_apart(before, self.now, self.shape)


def told_apart(before: dict[str, Any], now: dict[str, Any], shape: Shape) -> list[Change]:
    if shape is SUMMIT:
        return differences(before, now)
    old, new = leaves(before, shape), leaves(now, shape)
    paths = [path for path in {**old, **new} if old.get(path, MISSING) != new.get(path, MISSING)]
    return [
        Change(
            path,
            "removed" if path not in new else "changed" if path in old else "added",
            old.get(path),
            new.get(path),
        )
        for path in paths
    ]


class GuardedAdmin(Audited):
    """Forms that know what they were opened on; saved and deleted under a lock."""

    def row(self, object_id):
        """The row an address names, or None."""
        try:
            pk = self.opts.pk.to_python(unquote(object_id or ""))
        except ValidationError:
            return None
        return None if pk is None else self.model.objects.filter(pk=pk).first()

    def lock(self, request, object_id):
        """Hold what the form changes until the transaction ends."""
        raise NotImplementedError

    def opened(self, request, object_id) -> Opened | None:
        """What the form is opened on, read before the form's own row; None on an add form."""
        raise NotImplementedError

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "POST":
            self.opened(request, object_id)
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            index.hold()  # as every publication and load begins: else each would wait for the other
            self.lock(request, object_id)
            row = self.row(object_id)
            if object_id and row is None:
                return self.gone(request)
            self.opened(request, object_id)
            if row is not None and self.has_change_permission(request, row):
                request.meeting = self.meeting(request, row)
                if request.meeting.conflicts:
                    return self.conflict(request, row)
                if request.meeting.is_stale:
                    request.POST = request.meeting.posted()
                    if changes := request.meeting.changes:
                        names = others(request, row, request.meeting.since)
                        messages.info(request, told(changes, names))
            response = super().changeform_view(request, object_id, form_url, extra_context)
            if hasattr(response, "render") and not response.is_rendered:
                response.render()
            return response

    def forms_of(self, request, row, data=None) -> Forms:
        """The form of `row` or of a new one, with its inlines, as it stands or as `data` has it."""
        form = self.get_form(request, row, change=row is not None)(data, instance=row)
        formsets = [
            formset(
                data,
                instance=row,
                prefix=formset.get_default_prefix(),
                queryset=inline.get_queryset(request),
            )
            for formset, inline in self.get_formsets_with_inlines(request, row)
        ]
        return Forms(form, formsets)

    def meeting(self, request, row, post=None) -> Meeting:
        """What the form brings, or was to bring, met with what the record says."""
        post, where = request.POST if post is None else post, self.place_of(row)
        base = unsealed(post.get("opened_on", ""), where)
        seen, choices = answered(unsealed(post.get("seen", ""), where), post)
        known = Leaves.unpacked(base) if base else None
        meeting = Meeting(self.forms_of(request, row), post, known, seen, choices)
        meeting.since = base["at"] if base else timezone.now().timestamp()
        return meeting

    def conflict(self, request, row):
        """Ask what is to stand where both changed the same; nothing is saved yet."""
        found, where = Conflicts(request.meeting), self.place_of(row)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Two editors changed the same"),
            "conflicts": found,
            "missing": "seen" in request.POST and not request.meeting.is_changed_again,
            "names": others(request, row, request.meeting.since),
            "seen": sealed(found.seen, where),
            "original": row,
            "opts": self.opts,
            "media": self.media + request.meeting.forms.form.media,
        }
        found.fill(self.forms_of(request, self.row(str(row.pk)), request.POST))
        response = TemplateResponse(request, "admin/records/conflict.html", context, status=409)
        response.render()
        return response

    def place_of(self, row) -> str:
        return f"{self.opts.label_lower}:{row.pk}"

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change and obj and self.has_change_permission(request, obj):
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            shown = Forms(context["adminform"].form, formsets).leaves()
            context["opened_on"] = sealed(
                {**shown.packed(), "at": timezone.now().timestamp()}, self.place_of(obj)
            )
        return super().render_change_form(request, context, add, change, form_url, obj)

    def gone(self, request):
        """The row was deleted while its form was open: show what was typed, so that it stays."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        skipped = ("csrfmiddlewaretoken", "opened_on")
        typed = [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if value and name not in skipped and not name.endswith("_FORMS")
        ]
        context = {
            **self.admin_site.each_context(request),
            "title": _("This was deleted while its form was open"),
            "typed": typed,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/records/gone.html", context, status=409)

    def delete_view(self, request, object_id, extra_context=None):
        # Before the guard, which tells what changed.
        if not self.has_delete_permission(request, self.row(object_id)):
            raise PermissionDenied
        if request.method != "POST":
            opened = self.opened(request, object_id)
            extra = {**(extra_context or {}), "opened_on": opened.token if opened else ""}
            return super().delete_view(request, object_id, extra)
        with transaction.atomic():
            index.hold()  # as every publication and load begins: else each would wait for the other
            self.lock(request, object_id)
            opened = self.opened(request, object_id)
            if opened:
                opened.compare(request.POST.get("opened_on", ""))
                if opened.is_stale:
                    changes = "; ".join(map(str, opened.changes[:SHOWN]))
                    self.message_user(
                        request,
                        _("Not deleted: the record changed after this page was opened. %(changes)s")
                        % {"changes": changes},
                        messages.ERROR,
                    )
                    return HttpResponseRedirect(request.get_full_path())
            return super().delete_view(request, object_id, extra_context)
