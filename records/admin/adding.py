"""One event, the commitments it may belong to, and what adding it makes of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _

from records.choices import CommitmentStatus
from records.document.derived import status
from records.models import Progress

from .below import LAST
from .fields import texts
from .part import settle
from .publishing import warnings_of
from .record import Record
from .row import spoken
from .watched import Watched

FACTS = ("key", "date", "party", "kind", "status", "period", *sum(texts("text"), ()), "cites",
         "summit")  # fmt: skip


class Choice(forms.Form):
    """Whether the event belongs to one commitment, and what it leaves that one at."""

    taken = forms.BooleanField(required=False)
    status = forms.ChoiceField(required=False)

    def __init__(self, *args, row, item, **kwargs):
        super().__init__(*args, prefix=f"commitment-{row.number}", **kwargs)
        self.row = row
        self.title = spoken(row, "title")
        self.now = status_in_words(item)
        self.keys = {name for entry in row.progress.all() for name in (entry.key, *entry.formerly)}
        self.fields["status"].choices = [("", _("As above")), *CommitmentStatus.choices]
        name = f"{row.number} {self.title}"
        self.fields["taken"].widget.attrs["aria-label"] = name
        self.fields["status"].widget.attrs["aria-label"] = _("Its own status: %(name)s") % {
            "name": name
        }

    def meet(self, key):
        """Refuse a key that the commitment has or had: an entry is never overwritten."""
        if self.is_taken and key in self.keys:
            self.add_error(
                "taken",
                _("Commitment %(number)s already has an entry “%(key)s”.")
                % {"number": self.row.number, "key": key},
            )

    @property
    def is_taken(self):
        return bool(getattr(self, "cleaned_data", {}).get("taken"))


def status_in_words(item: dict[str, Any]) -> str:
    found = status(item)
    return str(CommitmentStatus(found).label) if found else ""


class Event:
    """What was typed of the event, and the commitments it may belong to."""

    def __init__(self, record: Record, watched: Watched, form: Any, choices: list[Choice]):
        self.record, self.watched, self.form, self.choices = record, watched, form, choices

    @property
    def key(self) -> str:
        return self.form.cleaned_data["key"]

    @property
    def taken(self) -> list[Choice]:
        return [choice for choice in self.choices if choice.is_taken]

    def add(self) -> None:
        """Write the entry below each chosen commitment."""
        facts = {name: self.form.cleaned_data[name] for name in FACTS}
        for choice in self.taken:
            own = choice.cleaned_data["status"] or facts["status"]
            Progress.objects.create(**{**facts, "status": own}, commitment=choice.row, order=LAST)
            settle(Progress.objects.filter(commitment=choice.row), {})


def foresee(event: Event) -> list[dict[str, Any]]:
    """What adding would make of each chosen commitment, and what the checks would say anew: done,
    looked at, and undone."""
    record = event.record
    known = {each for row in event.taken for each in warnings_of(record, record.path_of(row.row))}
    with transaction.atomic():
        event.add()
        now = Record(record.summit.pk)
        items = {row["number"]: row for row in now.document["commitments"]}
        found = [
            {
                "title": f"{choice.row.number} {choice.title}",
                "before": choice.now,
                "after": status_in_words(items[choice.row.number]),
                "warnings": [
                    each for each in warnings_of(now, now.path_of(choice.row)) if each not in known
                ],
            }
            for choice in event.taken
        ]
        transaction.set_rollback(True)
    return found
