"""Remarks: what editors tell each other of a fact, outside the record."""

from __future__ import annotations

from django.db import models, transaction
from django.utils.translation import gettext as _

from records.models import Remark, Summit

from .standing import NotAllowed, Person
from .steps import locked, now


def remark(
    summit: Summit, person: Person, text: str, *, path: str = "", reply_to: Remark | None = None
) -> Remark:
    """Add a remark on a summit, on the fact or row at `path`, or below another. NotAllowed."""
    if not person.may("remark"):
        raise NotAllowed(_("You may not do this."))
    with transaction.atomic():
        summit = locked(summit.pk)
        number = summit.remarks.aggregate(last=models.Max("number"))["last"] or 0
        return Remark.objects.create(
            summit=summit,
            number=number + 1,
            path=reply_to.path if reply_to else path,
            text=text,
            by=person.name,
            account=person.account,
            at=now(),
            reply_to=reply_to,
        )


def resolve(remark: Remark, person: Person, *, done: bool) -> None:
    """Mark a remark as dealt with, or open it again. NotAllowed."""
    if not person.may("remark"):
        raise NotAllowed(_("You may not do this."))
    remark.resolved_at = now() if done else None
    remark.resolved_by = person.name if done else ""
    remark.save(update_fields=["resolved_at", "resolved_by"])


def follow(summit: Summit, old: str, new: str) -> None:
    """Remarks on a row that has a new name are on the row still: `sessions.talks` is now ..."""
    for row in summit.remarks.filter(path__startswith=old):
        if row.path == old or row.path.startswith(f"{old}."):
            row.path = new + row.path.removeprefix(old)
            row.save(update_fields=["path"])
