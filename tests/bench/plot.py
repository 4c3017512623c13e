"""How the cost of a page grows with the record, as a drawing for the README."""

from __future__ import annotations

import math
from typing import Any

from . import SIZES

Line = dict[str, Any]
SHOWN = {
    "list-commitments": "#1b6ca8",
    "search-cjk": "#7a4fa3",
    "search-common": "#b3541e",
    "detail-summit": "#2f7d4f",
}
WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 760, 420, 70, 60, 50, 190
LOWEST, HIGHEST = 1.0, 10_000.0  # milliseconds
GAP = 15  # between two texts


def plot(results: list[Line], database: str) -> str:
    """CPU milliseconds of a page by the number of commitments, both axes logarithmic: the site in
    whole lines, its twin in broken ones."""
    known = {(one["page"], one["size"]): one for one in results if one["database"] == database}
    sizes = [size for size in SIZES if any((page, size) in known for page in SHOWN)]
    drawn = [*axes(sizes)]
    ends: list[tuple[float, float, str]] = []  # of lines: height, place, the text beside them
    for page, colour in SHOWN.items():
        for name, dashes in (("cpu_ms", ""), ("naive_ms", ' stroke-dasharray="6 5"')):
            points = [
                (across(size), up(known[page, size][name]))
                for size in sizes
                if name in known.get((page, size), {})
            ]
            if not points:
                continue
            places = " ".join(f"{x:.0f},{y:.0f}" for x, y in points)
            line = f'stroke="{colour}" stroke-width="2.5"{dashes}'
            drawn.append(f'<polyline points="{places}" fill="none" {line}/>')
            words = page if name == "cpu_ms" else f"{page}, twin"
            x, y = points[-1]
            ends.append((y + 4, x + 8, f'fill="{colour}">{words}'))
    drawn += apart(ends)
    head = f"CPU time of a page (ms) by commitments in the record, {database}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
        ' font-family="sans-serif" font-size="13">\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>\n'
        f'<text x="{LEFT}" y="28" font-size="15">{head}</text>\n' + "\n".join(drawn) + "\n</svg>\n"
    )


def apart(ends: list[tuple[float, float, str]]) -> list[str]:
    """Texts beside the ends of lines, from the top, none over another."""
    found, lowest = [], 0.0
    for y, x, words in sorted(ends):
        lowest = max(y, lowest + GAP)
        found.append(f'<text x="{x:.0f}" y="{lowest:.0f}" {words}</text>')
    return found


def axes(sizes: list[str]) -> list[str]:
    found = []
    value = LOWEST
    while value <= HIGHEST:
        y = up(value)
        found.append(f'<path d="M{LEFT} {y:.0f}H{WIDTH - RIGHT}" stroke="#ddd"/>')
        found.append(f'<text x="{LEFT - 8}" y="{y + 4:.0f}" text-anchor="end">{value:g}</text>')
        value *= 10
    for size in sizes:
        words = f"{SIZES[size] * 10:,}"
        place = f'x="{across(size):.0f}" y="{HEIGHT - BOTTOM + 24}"'
        found.append(f'<text {place} text-anchor="middle">{words}</text>')
    return found


def across(size: str) -> float:
    first, last = (math.log(SIZES[name]) for name in ("S", "L"))
    share = (math.log(SIZES[size]) - first) / (last - first)
    return LEFT + 20 + share * (WIDTH - RIGHT - LEFT - 40)


def up(value: float) -> float:
    share = math.log(value / LOWEST) / math.log(HIGHEST / LOWEST)
    return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP)
