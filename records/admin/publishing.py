"""“Save and publish”, and the panel that says what readers see and what still hinders."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.utils.html import format_html, format_html_join
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from records import publishing, review
from records.choices import EditionKind
from records.document.checks import hindrances
from records.document.formats import opened
from records.document.problems import WARNING

from .conflicts import SHOWN
from .fields import LANGUAGES, Unchanging, reader_language
from .record import Record

KEPT = "publishing_note"  # in the session: a note typed for an edition that was refused


def can_publish(request, summit=None) -> bool:
    """May this editor publish what a form just saved, which nobody can have reviewed?"""
    return review.publishes_unreviewed(person_of(request))


def signature(request) -> str:
    """The editor's name as an edition keeps it: as text, since an account may go."""
    return request.user.get_full_name() or request.user.get_username()


def person_of(request) -> review.Person:
    """The editor as steps of a working copy keep and ask them."""
    return review.Person(signature(request), request.user.get_username(), request.user)


class KindField(forms.ChoiceField):
    is_no_fact = True

    def has_changed(self, initial, data):
        return False


def note_field(code):
    return Unchanging(
        required=False,
        max_length=2000,
        label=format_lazy("{} ({})", gettext_lazy("Public note"), LANGUAGES[code]),
        widget=forms.Textarea(attrs={"rows": 2, "lang": code}),
    )


class NoteForm(forms.Form):
    """What readers are told of an edition: at least one language."""

    note_en, note_ko, note_ja = (note_field(code) for code in ("en", "ko", "ja"))

    def clean(self):
        if not note_of(self.cleaned_data):
            raise forms.ValidationError(_("Write the public note in at least one language."))
        return self.cleaned_data


class PublishingForm(forms.Form):
    """The part of a form that “Save and publish” needs."""

    edition_note_en, edition_note_ko, edition_note_ja = (
        note_field(code) for code in ("en", "ko", "ja")
    )
    edition_kind = KindField(
        required=False,
        label=gettext_lazy("It is"),
        choices=[
            (kind.value, kind.label) for kind in (EditionKind.ADDITION, EditionKind.CORRECTION)
        ],
    )

    def clean(self):
        cleaned = super().clean()
        if "_publish" in self.data and not note_of(self.cleaned_data, "edition_"):
            self.add_error(
                "edition_note_en",
                _("To publish, tell readers in at least one language what is new."),
            )
        return cleaned


def note_of(data, prefix=""):
    """`{language: text}` of the languages in which a note was written."""
    note = {code: data.get(f"{prefix}note_{code}", "").strip() for code in LANGUAGES}
    return {code: text for code, text in note.items() if text}


# what a save prints -------------------------------------------------------------------------------


def publish(request, summit, data) -> bool:
    """Publish the working copy just saved; refused, it stays saved and the note is kept."""
    note = note_of(data, "edition_")
    try:
        with transaction.atomic():
            edition = review.publish(
                summit, person_of(request), note=note, kind=data.get("edition_kind") or ""
            )
    except review.NotAllowed as refused:
        messages.error(request, str(refused))
        return False
    except publishing.Refused as refused:
        record = Record(summit.pk)
        keep_note(request, summit, data)
        reasons = [
            (record.address(p.place), record.named(p.place) or _("summit"), p.message)
            for p in refused.problems
        ]
        messages.error(
            request,
            format_html(
                '{}<ul class="meanwhile">{}</ul>',
                _("Saved, but not published. This hinders it:"),
                format_html_join("", '<li><a href="{}">{}</a> {}</li>', reasons),
            ),
        )
        return False
    request.session.pop(KEPT, None)
    if edition is None:
        messages.info(request, _("Nothing changed: readers already see this edition."))
        return True
    messages.success(
        request,
        format_html(
            '{} <a href="{}">{}</a>',
            _("Published as edition %(number)s.") % {"number": edition.number},
            public_address(Record(summit.pk)),
            _("See it as readers do"),
        ),
    )
    return True


def keep_note(request, summit, data) -> None:
    """Keep the note of an edition that did not come to be, for the next form of the summit."""
    kept = {**note_of(data, "edition_"), "kind": data.get("edition_kind"), "summit": summit.pk}
    request.session[KEPT] = kept


def warn(request, record: Record, path) -> None:
    """What the checks say of the row just saved."""
    for words in warnings_of(record, path):
        messages.warning(request, words)


def warnings_of(record: Record, path) -> list[str]:
    """What the checks say of a row, short of what hinders publishing only."""
    found = []
    lists = [shape for shape in record.document if isinstance(record.document[shape], list)]
    for problem in record.state.problems:
        named = tuple(record.named(problem.place[:2]).split("."))
        own = named == path if path else not problem.place or problem.place[0] not in lists
        if own and problem.level != "publish":
            found.append(f"{record.named(problem.place)}: {problem.message}")
    return found


def public_address(record: Record) -> str:
    """Where readers find the summit: under the slug of its edition, until the next one."""
    slug = record.published.get("slug", record.summit.slug)
    return f"/{reader_language()}/summits/{slug}"


def edition_address(edition) -> str:
    """Where readers find an edition: by the slug it was published with."""
    slug = opened(edition.content)["slug"]
    return f"/{reader_language()}/summits/{slug}/editions/{edition.number}"


# the panel ----------------------------------------------------------------------------------------


class Panel:
    """What readers see now, what they do not see yet, and what stands in the way."""

    def __init__(self, record: Record):
        state = record.state
        self.edition, self.is_public = state.edition, state.is_public
        self.address = public_address(record)
        self.changes = [(str(c), record.address(c.path)) for c in state.changes]
        self.first, self.more = self.changes[:SHOWN], self.changes[SHOWN:]
        self.hindrances = self.lines(record, hindrances(state.problems))
        self.warnings = self.lines(record, [p for p in state.problems if p.level == WARNING])

    @staticmethod
    def lines(record, problems):
        return [
            (record.named(p.place) or _("summit"), p.message, record.address(p.place))
            for p in problems
        ]

    @property
    def unseen(self):
        count = len(self.changes)
        return ngettext(
            "%(n)s change that readers do not see yet",
            "%(n)s changes that readers do not see yet",
            count,
        ) % {"n": count}

    @property
    def hindering(self):
        count = len(self.hindrances)
        return ngettext(
            "%(n)s thing hinders publishing", "%(n)s things hinder publishing", count
        ) % {"n": count}

    @property
    def worth_a_look(self):
        count = len(self.warnings)
        return ngettext("%(n)s thing to look at", "%(n)s things to look at", count) % {"n": count}
