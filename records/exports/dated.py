"""The dated exports that lie in a folder: which there are, and the files of each.

Only what the checksums of an export list belongs to it, so no name leads out of its folder.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

SUMS = "SHA256SUMS"
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LINE = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9][A-Za-z0-9._-]*)")


@dataclass(frozen=True)
class File:
    """A file of an export."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Export:
    """The export of a day as it stood when it was opened, though it be replaced meanwhile."""

    day: str
    door: int  # the open folder
    sums: bytes

    @property
    def digest(self) -> str:
        """Another one for every other export, since it covers the digests of all files."""
        return hashlib.sha256(self.sums).hexdigest()

    @property
    def files(self) -> list[File]:
        found = [LINE.fullmatch(line) for line in self.sums.decode().splitlines()]
        return [
            File(one[2], os.stat(one[2], dir_fd=self.door).st_size, one[1]) for one in found if one
        ]

    def open(self, name: str) -> BinaryIO:
        return open(name, "rb", opener=lambda path, flags: os.open(path, flags, dir_fd=self.door))


@contextmanager
def opened(root: Path, day: str) -> Iterator[Export | None]:
    """The export of `day`; None if there is none."""
    try:
        door = os.open(root / day, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        yield None
        return
    try:
        yield Export(day, door, read(door))
    finally:
        os.close(door)


def read(door: int) -> bytes:
    with open(SUMS, "rb", opener=lambda path, flags: os.open(path, flags, dir_fd=door)) as file:
        return file.read()


def days(root: Path) -> list[str]:
    """The days there is an export of, newest first."""
    try:
        found = [path.name for path in root.iterdir() if DAY.fullmatch(path.name)]
    except FileNotFoundError:
        return []
    return sorted(found, reverse=True)
