"""The translator's page: where a summit's texts are put into one language beside the English."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from records import index
from records.waiting.texts import SOURCE

from .fields import LANGUAGES, reader_language
from .handbook import sections_for
from .translated import save
from .translation import Translation
from .watched import Watched, WatchedPages

ASKED = ("to", "which", "p")  # what an address says of which texts


class TranslatorsPage(WatchedPages):
    """The page's address, and who may open it."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.translate_view)
        own = path("<path:object_id>/translate/", view, name="records_summit_translate")
        return [own, *super().get_urls()]

    def languages_of(self, request) -> list[str]:
        """The languages this editor may write, first the one in which the admin is read."""
        may = LANGUAGES if self.changes_all(request) else self.languages_changed(request)
        own = reader_language()
        return sorted(may, key=lambda code: (code == SOURCE, code != own))

    def translate_address(self, request, summit, language="", at="") -> str:
        """Where a summit's texts are put into a language, those of the row at `at` first; empty if
        this editor may write none."""
        known = self.languages_of(request)
        if not known or (language and language not in known):
            return ""
        where = reverse("admin:records_summit_translate", args=[summit.pk])
        asked = {"to": language or known[0], **({"at": at} if at else {})}
        return f"{where}?{urlencode(asked)}{'#' if at else ''}{at}"

    def translate_view(self, request, object_id):
        known = self.languages_of(request)
        language = request.GET.get("to") or next(iter(known), "")
        if language not in known:
            raise PermissionDenied
        if request.method != "POST":
            return self.texts(request, self.record_of(object_id), language)
        with transaction.atomic():
            index.hold()  # as every save begins: else each would wait for the other
            self.lock(request, object_id)
            record = self.record_of(object_id)
            watched = self.watched_texts(request, record, language)
            page = Translation(request, self.admin_site, record, language, request.POST)
            if not page.is_hindered():
                return self.translated(request, page, watched)
            context = watched.context(is_offered=False)
            response = self.draw_texts(request, page, faults=page.faults, **context).render()
        watched.refused()
        return response

    def texts(self, request, record, language):
        """The page of the texts asked for, or with what was typed before and not saved."""
        watched, site = self.watched_texts(request, record, language), self.admin_site
        page = Translation(request, site, record, language, watched.data)
        is_offered = False
        if watched.may_offer:
            is_offered = Translation(request, site, record, language, watched.typed).is_typed
            if not is_offered:  # a save overtook it
                watched.place.forget()
        return self.draw_texts(request, page, **watched.context(is_offered=is_offered))

    def draw_texts(self, request, page, **more):
        summit, language = page.record.summit, page.language
        context = {
            **self.admin_site.each_context(request),
            "title": _("Texts in %(language)s") % {"language": LANGUAGES[language]},
            "original": summit,
            "opts": self.opts,
            "media": self.media,
            "page": page,
            "handbook": sections_for("translate"),
            "language": language,
            "languages": [
                (code, LANGUAGES[code], self.translate_address(request, summit, code))
                for code in LANGUAGES
                if code in self.languages_of(request)
            ],
            **more,
        }
        return TemplateResponse(request, "admin/records/translate.html", context)

    def watched_texts(self, request, record, language) -> Watched:
        asked = {name: request.GET[name] for name in ASKED if name in request.GET}
        return Watched(request, record, "translate", language, asked)

    def translated(self, request, page, watched):
        """Save, say so, and back to the page: of what waits, the next are there."""
        count = save(page)
        watched.place.saved()
        if count:
            said = ngettext("%(count)s text saved.", "%(count)s texts saved.", count)
            messages.success(request, said % {"count": count})
        else:
            messages.info(request, _("Nothing was changed."))
        return HttpResponseRedirect(watched.address())
