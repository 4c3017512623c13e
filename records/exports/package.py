"""`datapackage.json`: the files of an export described as Frictionless Data does."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings

from . import LICENSE
from .columns import TABLES

Row = dict[str, Any]

LICENCE = {
    "name": "CC-BY-4.0",
    "path": LICENSE,
    "title": "Creative Commons Attribution 4.0",
}
TITLES = {
    "summits.json": "Every summit, whole, in its current edition",
    "vocabulary.json": "Participants, parties, topics, series and relations",
    "record.sqlite": "The tables as one SQLite database",
}
TYPES = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".sqlite": "application/vnd.sqlite3",
    ".zip": "application/zip",
}


def write(folder: Path, paths: Sequence[Path], day: str) -> None:
    """The description of `paths`, files in `folder`."""
    found = {
        "profile": "data-package",
        "name": "summit-record",
        "title": "Summit Record",
        "version": day,
        "created": f"{day}T00:00:00Z",
        "homepage": settings.SITE_URL,
        "licenses": [LICENCE],
        "sources": [{"title": "Summit Record", "path": settings.SITE_URL}],
        "resources": [resource(path) for path in paths],
    }
    text = json.dumps(found, ensure_ascii=False, indent=1)
    (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8")


def resource(path: Path) -> Row:
    found: Row = {
        # A name is one of its kind, and has no dot twice.
        "name": path.stem if path.suffix == ".csv" else path.name.replace(".", "-"),
        "path": path.name,
        "format": path.suffix[1:],
        "mediatype": TYPES[path.suffix],
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest(path)}",
    }
    if path.name in TITLES:
        found["title"] = TITLES[path.name]
    if path.suffix == ".csv":
        fields = [{"name": column.name, "type": "string"} for column in TABLES[path.stem]]
        found["profile"] = "tabular-data-resource"
        found["encoding"] = "utf-8"
        found["schema"] = {"fields": fields, "primaryKey": "id"}
    return found


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
