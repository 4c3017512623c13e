"""The guard against stale forms: what a form was opened on goes with it, sealed.

A form saved over a record that changed since is refused with all that was typed still in it and
the changes named. Where they left this form's own facts alone, it comes back opened anew, and
saving again keeps both; where they did not, the current form must be looked at.
"""

from __future__ import annotations

import json
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from records import index
from records.document.canonical import digest
from records.document.compare import MISSING, Change, differences, leaves
from records.document.schema import SUMMIT, Shape

SALT = "records.admin.opened"
SHOWN = 10  # changes named before the rest is counted


class Plain:
    """JSON that keeps Korean and Japanese as they are: a third shorter than escapes."""

    def dumps(self, data: Any) -> bytes:
        return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()

    def loads(self, text: bytes) -> Any:
        return json.loads(text)


def sealed(document: dict[str, Any]) -> str:
    return signing.dumps(document, salt=SALT, serializer=Plain, compress=True)


def unsealed(token: str) -> dict[str, Any] | None:
    """The document a form was opened on; None where nobody can tell."""
    try:
        document = signing.loads(token, salt=SALT, serializer=Plain)
    except (signing.BadSignature, ValueError):
        return None
    return document if isinstance(document, dict) else None


class Opened:
    """What a form is opened on (`now`) and, when it is saved, what changed since (`changes`)."""

    def __init__(self, now: dict[str, Any], shape: Shape = SUMMIT, path: tuple[str, ...] = ()):
        self.now, self.shape, self.path = now, shape, path
        self.address = ""
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

    @property
    def touches_form(self) -> bool:
        """Something the form itself shows was changed meanwhile, or nobody can tell."""
        if not self.changes:
            return True
        if not self.path:
            lists = [child.name for child in self.shape.children]
            return any(change.path[0] not in lists for change in self.changes)
        return any(self.concerns(change) for change in self.changes)

    def concerns(self, change: Change) -> bool:
        if change.kind == "moved":  # the place of a row in its list is part of its form
            return change.path == self.path[:1] and self.path[1] in moved(
                change.before, change.after
            )
        shared = min(len(change.path), len(self.path))
        return change.path[:shared] == self.path[:shared]

    def explained(self) -> SafeString:
        """What happened meanwhile, and what to do about it."""
        shown = format_html_join("", "<li>{}</li>", [(str(c),) for c in self.changes[:SHOWN]])
        if (more := len(self.changes) - SHOWN) > 0:
            shown += format_html("<li>{}</li>", _("and %(count)s more") % {"count": more})
        happened = _("Not saved: the record changed after this form was opened.")
        if not self.changes:
            happened = _("Not saved: nobody can tell on which state of the record it was opened.")
        if self.touches_form:
            remedy = format_html(
                '{} <a href="{}" target="_blank" rel="noopener">{}</a>',
                _("What you typed is still here. Carry it over into the current form:"),
                self.address,
                _("open the current form in a new tab"),
            )
        else:
            remedy = _("It did not change the facts of this form: save again to keep both.")
        return format_html('{}<ul class="meanwhile">{}</ul>{}', happened, shown, remedy)


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


def moved(before: list[str], after: list[str]) -> list[str]:
    """Names whose place in a list changed."""
    return [name for place, name in enumerate(before) if after[place : place + 1] != [name]]


class GuardedAdmin(admin.ModelAdmin):
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
            # Before the row: if somebody saves between, the form is older than shown, never newer.
            request.opened = self.opened(request, object_id)
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            index.hold()  # as every publication and load begins: else each would wait for the other
            self.lock(request, object_id)
            if object_id and self.row(object_id) is None:
                return self.gone(request)
            request.opened = self.opened(request, object_id)
            if request.opened:
                request.opened.compare(request.POST.get("opened_on", ""))
            response = super().changeform_view(request, object_id, form_url, extra_context)
            if hasattr(response, "render") and not response.is_rendered:
                response.render()
            return response

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

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.opened = getattr(request, "opened", None)
        return form
