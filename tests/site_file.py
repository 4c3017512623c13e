"""A site whose database is a file of its own, for tests of what copies and restores such files."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from io import StringIO
from pathlib import Path

from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from records import publishing, storage
from tests.factories import document, published, text

SQLITE = "django.db.backends.sqlite3"
# What `verify` says of it.
WHOLE = [
    "the file is whole: yes",
    "references lead somewhere: yes",
    "editions and their chain (2 editions): yes",
    "the index is what the editions say (all 1 summits): yes",
    "words can be searched: yes",
]


def make(path: Path) -> Path:
    """A file with one public summit in two editions."""
    with storage.instead(ENGINE=SQLITE, NAME=str(path)):
        call_command("migrate", verbosity=0)
        summit = published()
        publishing.load(document(venue=text("Hotel")), mode="replace")
        publishing.publish(summit, note={"en": "Venue added."})
    return path


@contextmanager
def served_from(made: Path, folder: Path) -> Iterator[Path]:
    """Inside, a copy of the file `made` is the site's database; gives where it lies."""
    path = folder / "data" / "site.sqlite3"
    path.parent.mkdir()
    shutil.copyfile(made, path)
    with storage.instead(ENGINE=SQLITE, NAME=str(path)):
        yield path
        connection.close()


def command(name: str, *arguments: str, **options: object) -> tuple[str, str, str]:
    """What a command printed, what it printed as wrong, and why it refused."""
    out, err = StringIO(), StringIO()
    try:
        call_command(name, *arguments, stdout=out, stderr=err, **options)
    except CommandError as refusal:
        return out.getvalue(), err.getvalue(), str(refusal)
    return out.getvalue(), err.getvalue(), ""


def backed_up(folder: Path) -> Path:
    copy = storage.back_up(folder)
    connection.close()
    return copy.path


def written(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as there, there:
        there.execute(statement)


def of_an_earlier_release() -> str:
    """Make the database say that it lacks this release's newest migration; gives its name."""
    newest = MigrationRecorder.Migration.objects.filter(app="records").order_by("-name")[0].name
    MigrationRecorder(connection).record_unapplied("records", newest)
    return newest
