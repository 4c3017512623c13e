"""The files of copies: their names, their checksums, how many are kept."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

NAME = re.compile(r"record-\d{8}T\d{6}Z\.(?:sqlite3|dump)")  # nothing else is ever removed
SUM = ".sha256"
SQLITE_ENDING, POSTGRES_ENDING = ".sqlite3", ".dump"


@dataclass
class Copy:
    """A finished copy and what was found in it."""

    path: Path
    sha256: str
    size: int  # bytes
    seconds: float
    editions: int


@contextmanager
def made_file(path: Path) -> Iterator[Path]:
    """A place to write what shall stand at `path` only when it is whole; gone if it fails."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield part
        with part.open("rb") as file:
            os.fsync(file.fileno())
        os.replace(part, path)
        keep_names(path.parent)
    finally:
        for left in (part, Path(f"{part}-wal"), Path(f"{part}-shm"), Path(f"{part}-journal")):
            left.unlink(missing_ok=True)


def keep_names(folder: Path) -> None:
    """Make sure that a crash of the machine keeps the names just given in a folder."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def free_name(folder: Path, ending: str, at: datetime) -> Path:
    """`record-20261125T033000Z.sqlite3`, a second later where there is one already."""
    while True:
        path = folder / f"record-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}{ending}"
        if not path.exists():
            return path
        at += timedelta(seconds=1)


def sum_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def seal(path: Path) -> str:
    """Write the checksum beside a copy, as `sha256sum --check` reads it; gives the checksum."""
    found = sum_of(path)
    with made_file(path.with_name(path.name + SUM)) as part:
        part.write_text(f"{found}  {path.name}\n")
    return found


def told_sum(path: Path) -> str:
    """The checksum written beside a copy; empty where there is none."""
    beside = path.with_name(path.name + SUM)
    return beside.read_text().partition(" ")[0].strip() if beside.exists() else ""


def copies(folder: Path) -> list[Path]:
    """The copies of a folder, newest first."""
    return sorted((p for p in folder.iterdir() if NAME.fullmatch(p.name)), reverse=True)


def remove_older(folder: Path, keep: int) -> list[Path]:
    """Remove all copies but the `keep` newest; gives those removed."""
    gone = sorted(copies(folder), key=lambda path: path.stem, reverse=True)[keep:]
    for path in gone:
        path.unlink()
        path.with_name(path.name + SUM).unlink(missing_ok=True)
    return gone
