"""How wide a drawn word is: enough of typography to keep names in a drawing apart.

No server knows the reader's fonts, so widths are taken generously.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

SIZE = 14  # of a drawn word in CSS pixels; front.css says the same
LATIN = 0.58  # of the size: a mean character
BESIDE = re.compile(r"[,、(（]")
MOST = 144  # no drawn word is wider, in pixels


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels of the drawing."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def width(words: str, size: float = SIZE) -> float:
    """Pixels that these words take at most: characters of East Asia are square."""
    return sum(size if ord(sign) >= 0x1100 else size * LATIN for sign in words)


def short(name: str, most: float = MOST) -> str:
    """A name as drawings carry it: without what follows a comma or stands in brackets, cut where it
    is still too long."""
    name = BESIDE.split(name)[0].strip() or name
    if width(name) <= most:
        return name
    while name and width(name) + SIZE > most:
        name = name[:-1]
    return f"{name.rstrip()}…"
