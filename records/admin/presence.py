"""Who else has a form open, and what is typed there kept until it is saved.

A form's page tells the site every few seconds that it is open, what was typed, and when it is left,
by a token that only the page of this form of this editor carries (`static/records/admin/`).
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.urls import Resolver404, path, resolve
from django.utils import formats, timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from records.review.open_forms import Place

from .opened import sealed, unsealed

# Fields of a page that nobody types; neither these nor a password is kept.
UNTYPED = ("csrfmiddlewaretoken", "seen")


def token_of(place: Place) -> str:
    facts = {"form": place.form, "summit": place.summit, "at": place.at.isoformat()}
    return sealed(facts, f":open:{place.editor.pk}")


def place_of(request, token: str) -> Place | None:
    """The form a token was given out for, to this editor."""
    facts = unsealed(token, f":open:{request.user.pk}")
    if facts is None:
        return None
    at = datetime.fromisoformat(facts["at"])
    return Place(request.user, facts["form"], facts["summit"], at)


class Watching(admin.AdminSite):
    """The address at which pages of forms tell that they are open."""

    def get_urls(self):
        view = self.admin_view(self.open_form_view)
        return [path("open-form", view, name="open-form"), *super().get_urls()]

    def open_form_view(self, request):
        """JSON: who else is there, and the time at which what is typed was kept, or null."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        place = place_of(request, request.POST.get("token", ""))
        if place is None:
            raise PermissionDenied
        now = timezone.now()
        kept, typed = False, request.POST.get("typed")
        match request.POST.get("what"):
            case "left":
                if typed:
                    keep(place, typed, now)
                place.left()
                return HttpResponse(status=204)
            case "forget":
                place.forget()
            case "typed":
                kept = keep(place, typed or "", now)
            case _:
                place.seen(now)
        back = request.POST.get("back", "")
        if url_has_allowed_host_and_scheme(back, None):  # a button pressed, without script
            return HttpResponseRedirect(back)
        answer = {"people": people(place, now), "kept": f"{timezone.localtime(now):%H:%M}"}
        return JsonResponse(answer if kept else {**answer, "kept": None})


# who else is there --------------------------------------------------------------------------------


def people(place: Place, now: datetime) -> list[str]:
    """Lines that say who else has this form open, and who another form of its summit."""
    here, elsewhere = [], []
    for row in place.others(now):
        name = row.editor.get_full_name() or row.editor.get_username()
        facts = {"name": name, "time": clock(row.opened_at, now)}
        if row.form == place.form and is_of_a_row(row.form):
            here.append(_("%(name)s, since %(time)s") % facts)
        elif place.summit:
            facts["form"] = kind_of(row.form)
            elsewhere.append(_("%(name)s (%(form)s), since %(time)s") % facts)
    lines = []
    if here:
        lines.append(_("Also editing: %(people)s") % {"people": "; ".join(here)})
    if elsewhere:
        lines.append(_("Elsewhere in this summit: %(people)s") % {"people": "; ".join(elsewhere)})
    return lines


def clock(at: datetime, now: datetime) -> str:
    """A time of today, else with its day, as the admin says times."""
    is_today = timezone.localdate(at) == timezone.localdate(now)
    return f"{timezone.localtime(at):%H:%M}" if is_today else day_and_time(at)


def day_and_time(at: datetime) -> str:
    there = timezone.localtime(at)
    return f"{formats.date_format(there, 'DATE_FORMAT')} {there:%H:%M}"


def is_of_a_row(form: str) -> bool:
    """Two who add something have the same address open, but not the same row."""
    return "?" not in form and not form.endswith("/add/")


def kind_of(form: str) -> str:
    """What kind of thing a form is about, in words."""
    try:
        _app, model, page = resolve(re.split("[?#]", form)[0]).url_name.split("_")
    except (Resolver404, AttributeError, ValueError):
        return _("another page")
    if page in (pages := {"translate": _("translation"), "progress": _("progress")}):
        return pages[page]
    known = {each._meta.model_name: each._meta.verbose_name for each in admin.site._registry}
    return str(known.get(model, _("another page")))


# what is typed ------------------------------------------------------------------------------------


def keep(place: Place, typed: str, now: datetime) -> bool:
    """Keep fields as a page sends them, JSON of names and values; false where it cannot be."""
    fields = readable(typed)
    return bool(fields) and place.keep(written(fields), now)


def readable(typed: str) -> list[tuple[str, str]]:
    """The fields of what a page sent or the site kept; empty where they are none."""
    try:
        typed.encode()
        pairs = json.loads(typed)
        json.dumps(pairs, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return []
    if not isinstance(pairs, list):
        return []
    fields = []
    for pair in pairs:
        if not (isinstance(pair, list) and len(pair) == 2):
            return []
        if not all(isinstance(each, str) and "\0" not in each for each in pair):
            return []
        if is_typed(pair[0]):
            fields.append((pair[0], pair[1]))
    return fields


def written(fields: Any) -> str:
    return json.dumps([[name, value] for name, value in fields], ensure_ascii=False)


def is_typed(name: str) -> bool:
    return not (
        name in UNTYPED
        or name.startswith(("_", "choice-"))
        or "password" in name
        or "__prefix__" in name
    )
