"""The whole public record as files of one day: what its addresses give, and as a database.

Files are made of the site's own answers, so they hold what readers may read and nothing else.
"""

from __future__ import annotations

import csv
import fcntl
import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, QueryDict
from django.urls import resolve
from django.utils import timezone, translation

from records import facets, public
from records.batches import batches
from records.document import schema

from . import database, dated, package
from .columns import TABLES
from .table import BOM

Row = dict[str, Any]

BATCH = 500
TRIES = 3  # how often a day is begun again because somebody published meanwhile
MAKING, OLD = ".making-", ".old-"


class Moving(Exception):
    """The record kept changing while it was written."""


class Refused(Exception):
    """An address that should be public did not answer."""


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """One run at a time in a folder; what runs left behind that were cut off is put right."""
    root.mkdir(parents=True, exist_ok=True)
    with (root / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for path in root.glob(f"{OLD}*"):
            target = root / path.name.removeprefix(OLD)
            if target.exists():
                shutil.rmtree(path)
            else:
                path.rename(target)
        for path in root.glob(f"{MAKING}*"):
            shutil.rmtree(path)
        yield


def write(target: Path, *, only_missing: bool = False) -> bool:
    """The record as files in the folder `target`, which appears, or is replaced, once complete;
    whether any were written: `only_missing` leaves a folder that is there."""
    with alone(target.parent):
        if only_missing and target.exists():
            return False
        made = Path(tempfile.mkdtemp(prefix=MAKING, dir=target.parent))
        try:
            filled(made, target.name)
            made.chmod(0o755)
            aside = target.with_name(OLD + target.name)
            if target.exists():
                target.rename(aside)
            made.rename(target)
            shutil.rmtree(aside, ignore_errors=True)
        finally:
            shutil.rmtree(made, ignore_errors=True)
    return True


def remove_older(root: Path, keep: int) -> list[Path]:
    """Removes all exports but the newest `keep`."""
    with alone(root):
        found = [root / day for day in dated.days(root)[keep:]]
        for path in found:
            shutil.rmtree(path)
    return found


def filled(folder: Path, day: str) -> None:
    for _attempt in range(TRIES):
        before = facets.version()
        try:
            fill(folder, day)
        except (Refused, Http404):
            if facets.version() == before:
                raise
            continue  # withdrawn meanwhile
        if facets.version() == before:
            return
    raise Moving("The record changed each time it was written; try again later.")


def fill(folder: Path, day: str) -> None:
    with translation.override("en"):
        for name in TABLES:
            with (folder / f"{name}.csv").open("wb") as file:
                file.writelines(answer(f"/{name}.csv"))
        summits(folder)
        vocabulary(folder)
        about = {"source": settings.SITE_URL, "day": day, "licence": package.LICENCE["path"]}
        lists = {name: listed(name) for name in TABLES}
        database.write(folder / "record.sqlite", lists, folder / "summits.json", about)
    order = [*(f"{name}.csv" for name in TABLES), *package.TITLES]
    files = [folder / name for name in order]
    package.write(folder, files, day)
    files.append(folder / "datapackage.json")
    with zipfile.ZipFile(folder / "all.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in files:
            archive.write(path, path.name)
    names = sorted([*(path.name for path in files), "all.zip"])
    sums = [f"{package.digest(folder / name)}  {name}\n" for name in names]
    (folder / dated.SUMS).write_text("".join(sums))


def asked(address: str) -> HttpRequest:
    """The request of an anonymous reader."""
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", address, address
    host = settings.SITE_URL.split("://")[-1]
    request.META.update(HTTP_HOST=host, SERVER_NAME=host, SERVER_PORT="80")
    return request


def answer(address: str) -> Iterator[bytes]:
    """What an anonymous reader gets at `address`, as it comes."""
    found = resolve(address)
    response = found.func(asked(address), *found.args, **found.kwargs)
    if response.status_code != 200:
        raise Refused(f"{address} answered {response.status_code}")
    yield from response


def listed(name: str) -> Iterator[Row]:
    """The rows of a list before they are written as cells of a spreadsheet."""
    address = f"/{name}.csv"
    found: Any = resolve(address).func
    view = found.view_class(**found.view_initkwargs)
    view.setup(asked(address))
    shelf = facets.shelf(view.filterset.entries, facets.version())
    listing = view.filterset(QueryDict(), shelf, timezone.localdate(), "en")
    for rows in view.batches(listing):
        yield from rows


def ids(path: Path) -> Iterator[str]:
    """The first column of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        file.seek(len(BOM.encode()))
        for row in islice(csv.reader(file, strict=True), 1, None):
            yield row[0]


def summits(folder: Path) -> None:
    """`summits.json`: the current edition of every summit as its own address gives it."""
    with (folder / "summits.json").open("wb") as file:
        between = b"[\n"
        for slug in ids(folder / "summits.csv"):
            file.write(between + b"".join(answer(f"/summits/{slug}.json")))
            between = b",\n"
        file.write(b"[]\n" if between == b"[\n" else b"\n]\n")


def vocabulary(folder: Path) -> None:
    """`vocabulary.json`: every public name with its facts, in the shape of a vocabulary file."""
    shared = public.shared(facets.version())
    with (folder / "vocabulary.json").open("w", encoding="utf-8") as file:
        file.write(f'{{"format": {schema.FORMAT}, "vocabulary": {{')
        between = ""
        for name, model in schema.VOCABULARY.items():
            kind = schema.vocabulary_name(model)
            rows = shared[kind].values() if kind in shared else people(folder)
            file.write(f'{between}\n"{name}": [')
            between = ","
            for place, row in enumerate(rows):
                stated = {fact: value for fact, value in row.items() if value not in ("", [], {})}
                text = json.dumps(stated, ensure_ascii=False)
                file.write(f"{',' if place else ''}\n{text}")
            file.write("\n]")
        file.write("\n}}\n")


def people(folder: Path) -> Iterator[Row]:
    slugs = ids(folder / "participants.csv")
    for batch in batches(slugs, BATCH):
        found = public.people(batch)
        yield from (found[slug] for slug in batch if slug in found)
