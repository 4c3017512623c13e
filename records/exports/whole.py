"""The whole public record as files of one day: what its addresses give, and as a database.

Files are made of the site's own answers, so they hold what readers may read and nothing else.
"""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import resolve
from django.utils import translation

from records import facets

from .columns import TABLES
from .table import BOM

Row = dict[str, Any]

BATCH = 500
TRIES = 3  # how often a day is begun again because somebody published meanwhile


class Moving(Exception):
    """The record kept changing while it was written."""


def write(target: Path) -> None:
    """The record as files in the folder `target`, which appears, or is replaced, once complete."""
    target.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=".making-", dir=target.parent))
    try:
        for _attempt in range(TRIES):
            before = facets.version()
            fill(made)
            if facets.version() == before:
                break
        else:
            raise Moving("The record changed each time it was written; try again later.")
        made.chmod(0o755)
        aside = Path(tempfile.mkdtemp(prefix=".making-", dir=target.parent))
        if target.exists():
            target.rename(aside / target.name)
        made.rename(target)
        shutil.rmtree(aside)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def fill(folder: Path) -> None:
    with translation.override("en"):
        for name in TABLES:
            with (folder / f"{name}.csv").open("wb") as file:
                file.writelines(answer(f"/{name}.csv"))
        summits(folder)
    database(folder)
    package(folder)
    files = sorted(path for path in folder.iterdir() if path.name not in ("all.zip", "SHA256SUMS"))
    with zipfile.ZipFile(folder / "all.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in files:
            archive.write(path, path.name)
    sums = [f"{digest(path)}  {path.name}\n" for path in [*files, folder / "all.zip"]]
    (folder / "SHA256SUMS").write_text("".join(sorted(sums, key=lambda line: line[66:])))


def answer(address: str) -> Iterator[bytes]:
    """What an anonymous reader gets at `address`, as it comes."""
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", address, address
    host = settings.SITE_URL.split("://")[-1]
    request.META.update(HTTP_HOST=host, SERVER_NAME=host, SERVER_PORT="80")
    found = resolve(address)
    response = found.func(request, *found.args, **found.kwargs)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}")
    yield from response


def rows_of(path: Path) -> Iterator[list[str]]:
    """The rows of a table, the names of its columns first."""
    with path.open(encoding="utf-8", newline="") as file:
        file.seek(len(BOM.encode()))
        yield from csv.reader(file, strict=True)


def summits(folder: Path) -> None:
    """`summits.json`: the current edition of every summit as its own address gives it."""
    with (folder / "summits.json").open("wb") as file:
        between = b"[\n"
        for row in islice(rows_of(folder / "summits.csv"), 1, None):
            file.write(between + b"".join(answer(f"/summits/{row[0]}.json")))
            between = b",\n"
        file.write(b"[]\n" if between == b"[\n" else b"\n]\n")


def database(folder: Path) -> None:
    """`record.sqlite`: a table for each list; what belongs to a summit refers to it."""
    path = folder / "record.sqlite"
    path.unlink(missing_ok=True)
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE readme (name TEXT PRIMARY KEY, text TEXT NOT NULL)")
    db.execute("INSERT INTO readme VALUES ('source', ?)", [settings.SITE_URL])
    for name, columns in TABLES.items():
        facts = ", ".join(f'"{column.name}" TEXT' for column in columns)
        # A change outlives the summit that was withdrawn, so only tables of what is public refer.
        refers = name in ("commitments", "sessions", "sources")
        key = ", FOREIGN KEY (summit) REFERENCES summits (id)" if refers else ""
        db.execute(f'CREATE TABLE "{name}" ({facts}, PRIMARY KEY (id){key})')
        rows = islice(rows_of(folder / f"{name}.csv"), 1, None)
        marks = ", ".join("?" * len(columns))
        db.executemany(f'INSERT INTO "{name}" VALUES ({marks})', rows)
        if refers:
            db.execute(f'CREATE INDEX "{name}_summit" ON "{name}" (summit)')
    db.commit()
    db.close()


def package(folder: Path) -> None:
    """`datapackage.json`: the tables described as Frictionless Data does."""
    resources = [
        {
            "name": name,
            "path": f"{name}.csv",
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "bytes": (folder / f"{name}.csv").stat().st_size,
            "hash": f"sha256:{digest(folder / f'{name}.csv')}",
            "schema": {
                "fields": [{"name": column.name, "type": "string"} for column in columns],
                "primaryKey": "id",
            },
        }
        for name, columns in TABLES.items()
    ]
    found = {
        "profile": "tabular-data-package",
        "name": "summit-record",
        "homepage": settings.SITE_URL,
        "resources": resources,
    }
    text = json.dumps(found, ensure_ascii=False, indent=1)
    (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8")


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
