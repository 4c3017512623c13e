"""The editors' handbook: what the code knows is read off the code, and examples go through it."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records import choices, date_words
from records.language import colon, comma
from records.language.meanings import meaning
from records.models.review import Step
from records.review.standing import TRANSITIONS
from records.roles import RIGHTS, ROLES

from .citations import HELP as CITATIONS
from .fields import reader_language
from .reviewing import BUTTONS
from .rights import ROLE_NAMES, rights_in_words

# Anchors are permanent: forms and letters lead to them.
SECTIONS = {
    "steps": gettext_lazy("A summit, step by step"),
    "dates": gettext_lazy("Dates and times"),
    "citations": gettext_lazy("Citations"),
    "status": gettext_lazy("What came of a commitment"),
    "after": gettext_lazy("One event, several commitments"),
    "sides": gettext_lazy("What each side said"),
    "sources": gettext_lazy("Sources, and where they differ"),
    "translating": gettext_lazy("Translating"),
    "review": gettext_lazy("From the working copy to readers"),
    "roles": gettext_lazy("Who may do what"),
    "together": gettext_lazy("Two editors at once"),
    "files": gettext_lazy("Files"),
    "keyboard": gettext_lazy("Keyboard"),
}
# Which of them a form leads to, by its model or its page; those of a row below stand with it.
LED_TO = {
    "summit": ("steps", "dates", "citations"),
    "delegation": ("steps", "citations"),
    "attendance": ("steps", "citations"),
    "session": ("dates", "citations"),
    "commitment": ("status", "sides", "dates", "citations"),
    "statement": ("sides", "dates", "citations"),
    "gift": ("citations",),
    "note": ("citations",),
    "difference": ("sources", "citations"),
    "source": ("sources", "dates"),
    "progress": ("after", "status", "dates", "citations"),
    "next": ("steps", "dates"),
    "translate": ("translating",),
}

# What may be typed for one date, the way it is kept last: every way that `date_words` reads
# (tests/test_admin_handbook.py).
DATES = (
    (
        "13 January 2026",
        "January 13, 2026",
        "Tuesday, 13 January 2026",
        "2026년 1월 13일",
        "2026년 1월 13일(화)",
        "2026. 1. 13.",
        "2026年1月13日",
        "令和8年1月13日",
        "2026-01-13",
    ),
    ("January 2026", "2026년 1월", "2026年1月", "2026-01"),
    ("2026년", "2026年", "2026"),
    ("spring 2026", "2026년 봄", "2026年春", "2026-21"),
    ("fall 2026", "2026년 가을", "2026年秋", "2026-23"),
    ("the 2010s", "2010년대", "2010年代", "201X"),
    ("20XX",),
    ("2026-01-XX",),
    ("2026-XX",),
    ("about January 2026", "2026년 1월경", "2026年1月ごろ", "2026-01~"),
    ("January 2026?", "2026년 1월(불확실)", "2026年1月（不確実）", "2026-01?"),
    ("about January 2026?", "2026년 1월경(불확실)", "2026年1月ごろ（不確実）", "2026-01%"),
    (
        "13-14 January 2026",
        "13 to 14 January 2026",
        "2026년 1월 13일~14일",
        "2026년 1월 13일부터 14일까지",
        "2026年1月13日から14日まで",
        "2026-01-13/2026-01-14",
    ),
    ("since August 2025", "2025년 8월부터", "2025年8月以降", "2025-08/.."),
    ("by March 2026", "2026년 3월까지", "2026年3月まで", "../2026-03"),
)
HANGUL = re.compile("[가-힣]")
REFUSED_DATE = "13/1/2026"
CLOCKS = ("14:30", "about 14:00", "shortly after 12:30", "planned 16:30", *date_words.TIMES_OF_DAY)
LENGTHS = ("20", "about 60")
CITED = (
    ("s02, s11", gettext_lazy("Both sources, for everything on the form.")),
    ("s14 art. 118", gettext_lazy("A place in the source, after a space.")),
    (
        "starts: s02, s16 p. 4\nall: s05",
        gettext_lazy("Sources of one fact, called by its name in files; then of all the others."),
    ),
)
STEP_NAMES = {**BUTTONS, Step.SCHEDULED: gettext_lazy("Publish at this time")}


def sections_for(form: str) -> list[tuple[str, Any]]:
    """`(address, words)` of the sections that a form leads to."""
    here = reverse("admin:handbook")
    return [(f"{here}#{name}", SECTIONS[name]) for name in LED_TO.get(form, ())]


class Handbook(admin.AdminSite):
    """The address of the handbook; the same for everybody on the staff."""

    def get_urls(self):
        return [
            path("handbook/", self.admin_view(self.handbook_view), name="handbook"),
            *super().get_urls(),
        ]

    def handbook_view(self, request):
        context = {
            **self.each_context(request),
            "title": _("Handbook"),
            "sections": SECTIONS,
            "dates": dates(),
            "refused_date": REFUSED_DATE,
            "clocks": [
                (each, date_words.clock_in_words(each, reader_language())) for each in CLOCKS
            ],
            "lengths": [
                (each, date_words.minutes_in_words(each, reader_language())) for each in LENGTHS
            ],
            "citations_help": CITATIONS,
            "cited": CITED,
            "statuses": meanings(choices.CommitmentStatus),
            "entries": entries(),
            "verbs": verbs(),
            "source_kinds": meanings(choices.SourceKind),
            "extents": meanings(choices.ReadExtent),
            "reservations": meanings(choices.Reliability),
            "differences": meanings(choices.DifferenceKind),
            "transitions": transitions(),
            "publishers": names_of(RIGHTS["summit"]["publish"]),
            "withdrawers": names_of(RIGHTS["summit"]["withdraw"]),
            "needs_review": settings.REVIEW_REQUIRED,
            "roles": [(ROLE_NAMES[role], role, rights_in_words(role)) for role in ROLES],
            "method": reverse("about-method"),
            "comma": comma(),
            "colon": colon(),
        }
        return TemplateResponse(request, "admin/records/handbook.html", context)


def dates() -> list[tuple[list[tuple[str, str]], str, str]]:
    """`(what may be typed and its language, what is kept, what readers see)` of each kind."""
    kept = [(typed, date_words.read(typed[0])) for typed in DATES]
    return [
        (
            [(each, language_of(each)) for each in typed],
            edtf,
            date_words.in_words(edtf, reader_language()),
        )
        for typed, edtf in kept
    ]


def language_of(typed: str) -> str:
    """The language of a date in words, by its letters; figures alone count as English."""
    if HANGUL.search(typed):
        return "ko"
    return "en" if typed.isascii() else "ja"


def meanings(vocabulary: Any) -> list[tuple[str, Any, str]]:
    """`(value, label, meaning)` of each word of a vocabulary, in its order."""
    return [
        (each.value, each.label, meaning(vocabulary.__name__, each.value)) for each in vocabulary
    ]


def entries() -> list[tuple[Any, str, bool]]:
    """`(label, meaning, can it move the status?)` of each kind of progress."""
    return [
        (label, means, value in choices.STATUS_MOVING)
        for value, label, means in meanings(choices.ProgressKind)
    ]


def verbs() -> list[tuple[Any, str, list[Any]]]:
    """`(strength, meaning, its verbs)`, the strongest first."""
    return [
        (label, means, [verb.label for verb, strength in choices.STRENGTH.items()
                        if strength == value])
        for value, label, means in meanings(choices.Strength)
    ]  # fmt: skip


def transitions() -> list[tuple[Any, list[Any], list[Any], bool]]:
    """`(step, from which standings, by which roles, with a comment?)` of each step."""
    return [
        (
            STEP_NAMES[each.step],
            [standing.label for standing in each.sources],
            names_of(RIGHTS["summit"][each.action]),
            each.needs_comment,
        )
        for each in TRANSITIONS
    ]


def names_of(roles: tuple[str, ...]) -> list[Any]:
    """The roles by name; empty where everybody with a role may."""
    return [] if roles == ROLES else [ROLE_NAMES[role] for role in roles]
