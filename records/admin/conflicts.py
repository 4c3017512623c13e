"""The page that asks: what stood there, what others made of it, what was typed; which is to stand?

Everything typed goes with the page, as it was sent, so that the answer is a saving like any other:
changed once more meanwhile, it asks once more; with a fault, the form comes back whole.
"""

from __future__ import annotations

from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import datetime, get_default_timezone
from django.utils.translation import gettext as _

from records.document.compare import MISSING, ROW, Path, within

from .meeting import MINE, THEIRS, Meeting
from .shown import Leaves

SHOWN = 10  # changes named before the rest is counted
OURS = ("csrfmiddlewaretoken", "seen", "_save", "_continue", "_addanother", "_publish")


class Question:
    """One leaf or row in its three states; `box` is the field to write it anew in."""

    box: Any = ""

    def __init__(self, meeting: Meeting, path: Path, number: int):
        self.meeting, self.path = meeting, path
        self.name = f"choice-{number}"
        self.label = meeting.label(path)
        self.is_row = len(path) == 2
        self.checked = meeting.choices.get(path, "") if path in meeting.settled else ""
        self.before = self.words(meeting.before)
        self.theirs, self.mine = self.words(meeting.now.values), self.words(meeting.typed)
        self.lang = "" if self.is_row else self.field.widget.attrs.get("lang", "")

    @property
    def field(self):
        forms = self.meeting.forms
        return forms.fields()[self.path[0]] if len(self.path) == 1 else (
            forms.fields(self.path[0])[self.path[2]]
        )  # fmt: skip

    def words(self, state: dict[Path, Any]) -> list[str]:
        """The leaf, or what the row says otherwise than before, in lines."""
        forms, path, empty = self.meeting.forms, self.path, _("(empty)")
        if not self.is_row:
            value = state.get(path, MISSING)
            return [_("not known") if value is MISSING else forms.words(path, value) or empty]
        if path not in state:
            return [_("deleted")]
        before = self.meeting.before
        return [
            f"{forms.fields(path[0])[leaf[2]].label}: {forms.words(leaf, value) or empty}"
            for leaf, value in within(state, path).items()
            if value is not ROW and (state is before or before.get(leaf) != value)
        ]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The sides that can be chosen, with what is said of them."""
        here, there = self.path in self.meeting.typed, self.path in self.meeting.now.values
        if not self.is_row:
            return [(THEIRS, _("What is saved")), (MINE, _("What stands in this field:"))]
        if here and not there:
            again = [(MINE, _("Add it again, with what I typed"))] if self.can_add else []
            return [(THEIRS, _("Leave it deleted")), *again]
        return [(THEIRS, _("Keep it, as it is saved")), (MINE, _("Delete it"))]

    @property
    def can_add(self) -> bool:
        return bool(self.meeting.forms.formsets[self.path[0]].max_num)


class Conflicts:
    """All questions of a meeting, and what the page sends again beside the answers."""

    def __init__(self, meeting: Meeting):
        self.meeting = meeting
        asked = [conflict.path for conflict in meeting.asked]
        self.questions = [Question(meeting, path, number) for number, path in enumerate(asked)]
        self.seen = {**meeting.now.packed(), "asked": [list(path) for path in asked]}

    def fill(self, bound) -> None:
        """Give each question its field, of forms that hold what was typed."""
        for question in self.questions:
            if question.is_row:
                continue
            name, form = question.path[-1], bound.form
            if len(question.path) == 3:
                number = self.meeting.names[question.path[:2]].rpartition("-")[2]
                form = bound.formsets[question.path[0]].forms[int(number)]
            question.box = form[name]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """All that was typed into fields the page does not show."""
        shown = {self.meeting.names[each.path] for each in self.questions if not each.is_row}
        return [
            (name, value)
            for name, values in self.meeting.post.lists()
            for value in values
            if name not in OURS and name not in shown and not name.startswith("choice-")
        ]


def answered(seen: dict[str, Any] | None, post) -> tuple[Leaves | None, dict[Path, str]]:
    """What the page of conflicts showed as saved, and the sides chosen there."""
    if seen is None:
        return None, {}
    sides = {tuple(path): post.get(f"choice-{n}") for n, path in enumerate(seen["asked"])}
    return Leaves.unpacked(seen), {path: s for path, s in sides.items() if s in (MINE, THEIRS)}


def told(changes: list[str], names: str) -> SafeString:
    """What was merged, as a message."""
    shown = format_html_join("", "<li>{}</li>", [(change,) for change in changes[:SHOWN]])
    if (more := len(changes) - SHOWN) > 0:
        shown += format_html("<li>{}</li>", _("and %(count)s more") % {"count": more})
    happened = _("Changed while this form was open, and kept beside what you typed:")
    if names:
        happened = _(
            "Changed by %(names)s while this form was open, and kept beside what you typed:"
        ) % {"names": names}
    return format_html('{}<ul class="meanwhile">{}</ul>', happened, shown)


def others(request, row, since: float) -> str:
    """The names of those who saved a row's form since then; a file's load leaves none."""
    lines = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(row),
        object_id=str(row.pk),
        action_time__gte=datetime.fromtimestamp(since, get_default_timezone()),
    ).exclude(user=request.user)
    users = {line.user_id: line.user for line in lines.select_related("user").order_by("pk")}
    return ", ".join(user.get_full_name() or user.get_username() for user in users.values())
