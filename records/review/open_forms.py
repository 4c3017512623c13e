"""Who has which form of the admin open, and what was typed there and not saved.

One row for an editor and a form. It is no part of the record: readers never meet it, it changes no
row of a working copy, and a busy database is a reason to leave it as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import OperationalError, connection
from django.db.models import F, Q

from records.models import OpenForm

SILENCE = timedelta(seconds=90)  # browsers let a hidden tab speak once a minute
UNHEARD = timedelta(minutes=10)  # a browser without script is heard of once, when it opens the form
KEPT = timedelta(days=30)
LARGEST = 200_000  # characters typed into one form
NAMED = 20  # people named on a form
PATIENCE = 500  # milliseconds that nobody misses


class Place:
    """A form as one editor has it open: its address, its summit's key or "", since when."""

    def __init__(self, editor: Any, form: str, summit: str, at: datetime):
        self.editor, self.form, self.summit, self.at = editor, form, summit, at

    def stored(self, fields: list[str], **facts: Any) -> bool:
        """Write the editor's row of this form, of one that is there only `fields`."""
        row = OpenForm(
            editor=self.editor,
            form=self.form,
            **{"summit": self.summit, "opened_at": self.at, **facts},
        )
        write = partial(
            OpenForm.objects.bulk_create,
            [row],
            update_conflicts=True,
            unique_fields=["editor", "form"],
            update_fields=fields,
        )
        return unless_busy(write)

    def opened(self) -> bool:
        return self.stored(["summit", "opened_at", "seen_at"], seen_at=self.at)

    def seen(self, now: datetime) -> bool:
        return self.stored(["seen_at"], seen_at=now)

    def left(self) -> bool:
        """Not there any more, unless the form was opened once more since."""
        rows = self.rows().filter(opened_at=self.at)
        return unless_busy(partial(rows.update, seen_at=None))

    def keep(self, typed: str, now: datetime) -> bool:
        """Keep what is typed, in place of what was kept before; false if it could not be."""
        if len(typed) > LARGEST:
            return False
        return self.stored(["seen_at", "typed", "typed_at"], seen_at=now, typed=typed, typed_at=now)

    def forget(self) -> bool:
        """Keep nothing of what was typed."""
        return unless_busy(partial(self.rows().update, typed="", typed_at=None))

    def saved(self) -> None:
        """Nothing is typed any more and nobody there: done or undone with the saving itself."""
        self.rows().delete()

    def rows(self) -> Any:
        return OpenForm.objects.filter(editor=self.editor, form=self.form)

    def others(self, now: datetime) -> list[OpenForm]:
        """Those who have this form open, or another of its summit; one row for each of them.

        Whoever has this form open is told with it, else with the form opened last.
        """
        near = Q(form=self.form)
        if self.summit:
            near |= Q(summit=self.summit)
        rows = (
            OpenForm.objects.filter(near, there(now))
            .exclude(editor=self.editor)
            .select_related("editor")
            .defer("typed")
            .order_by("-opened_at")
        )
        found: dict[Any, OpenForm] = {}
        for row in sorted(rows[: NAMED * 10], key=lambda row: row.form != self.form):
            found.setdefault(row.editor_id, row)
        return list(found.values())[:NAMED]


def there(now: datetime) -> Q:
    """Heard of lately; or opened lately and never heard of since, as without script."""
    return Q(seen_at__gte=now - SILENCE) | Q(seen_at=F("opened_at"), opened_at__gte=now - UNHEARD)


def sweep(now: datetime) -> bool:
    """Forget what was typed long ago, and forms that nobody has open."""
    old = Q(typed_at__lt=now - KEPT) | Q(typed_at=None, opened_at__lt=now - UNHEARD)
    return unless_busy(OpenForm.objects.filter(old).exclude(there(now)).delete)


def unless_busy(write: Callable[[], Any]) -> bool:
    """Was it written? Not if the database is held by a save or a load: those come first."""
    try:
        with impatient():
            write()
    except OperationalError:
        return False
    return True


@contextmanager
def impatient() -> Iterator[None]:
    """SQLite has one writer at a time: wait a moment only; PostgreSQL locks the row alone."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")
