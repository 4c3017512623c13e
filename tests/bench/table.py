"""What was measured, as tables for people, and as a plot of growth."""

from __future__ import annotations

from typing import Any

Line = dict[str, Any]
HEAD = ("page", "cpu ms", "naive", "ratio", "bare", "sql", "kB", "p50", "p99", "naive p99", "/s")
WAITS = ("p50_ms", "p99_ms", "naive_p99_ms")
# The musts of the design, as far as one line tells them: page, size, least ratio to the twin.
RATIOS = [
    ("list-summits", "S", 8),
    ("list-summits", "L", 25),
    ("list-commitments", "S", 8),
    ("list-commitments", "L", 25),
    ("list-filtered", "L", 20),
    *(("detail-summit", size, 6) for size in "SML"),
    *(("detail-commitment", size, 6) for size in "SML"),
    ("deep-commitments", "L", 150),
    *((f"search-{kind}", "L", 20) for kind in ("rare", "common", "cjk")),
]
GROWTH = {
    **dict.fromkeys(
        ("list-summits", "list-commitments", "detail-summit", "detail-commitment"), 1.3
    ),
    "deep-commitments": 1.3,
    "search-common": 2.0,
}
STATEMENTS = {"list": 3, "deep": 3, "detail": 6, "search": 4, "cached": 1, "not": 1}


def lines(database: str, size: str, found: dict[str, Any]) -> str:
    """The table of one size."""
    told = [
        f"\n{database}, {size}"
        + (f", made in {found['made']['all']} s {found['made']}" if "made" in found else "")
    ]
    rows = [HEAD]
    for one in found["pages"]:
        rows.append((
            one["page"],
            f"{one['cpu_ms']:.2f}",
            f"{one['naive_ms']:.1f}" if "naive_ms" in one else "",
            f"{one['vs_naive']:.1f}x" if "vs_naive" in one else "",
            f"{one['vs_bare']:.1f}x",
            str(one["sql"]),
            f"{one['bytes'] / 1000:.1f}",
            *(f"{one[name]:.1f}" if name in one else "" for name in WAITS),
            str(one.get("per_second", "")),
        ))  # fmt: skip
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEAD))]
    for row in rows:
        _name, *rest = (cell.rjust(width) for cell, width in zip(row, widths, strict=True))
        told.append("  ".join([row[0].ljust(widths[0]), *rest]))
    told.append(f"on top: {found['on_top']}")
    told.append(
        f"memory of parent and two workers: {found['memory']} MB; twin {found['naive_memory']} MB"
    )
    missed = {word: both for word, both in found["recall"].items() if both[0] != both[1]}
    told.append(f"recall of two characters: {missed or '100 %'}")
    return "\n".join(told)


def growth(results: list[Line], database: str) -> str:
    """CPU at L against CPU at S, page by page."""
    cost = {
        (one["page"], one["size"]): one["cpu_ms"] for one in results if one["database"] == database
    }
    told = ["\ngrowth from S to L"]
    for page, size in cost:
        if size == "S" and (page, "L") in cost:
            told.append(f"{page:<20}{cost[page, 'L'] / cost[page, 'S']:.2f}")
    return "\n".join(told) if len(told) > 1 else ""


def goals(results: list[Line], database: str, told: dict[str, Any]) -> str:
    """Which musts are met, and which are not."""
    known = {(one["page"], one["size"]): one for one in results if one["database"] == database}
    verdicts: list[tuple[bool, str]] = []
    for page, size, least in RATIOS:
        if (page, size) in known:
            ratio = known[page, size]["vs_naive"]
            verdicts.append((ratio >= least, f"{page} at {size}: {ratio}x, must be {least}x"))
    for page, most in GROWTH.items():
        if (page, "S") in known and (page, "L") in known:
            grown = known[page, "L"]["cpu_ms"] / known[page, "S"]["cpu_ms"]
            verdicts.append((grown <= most, f"{page}: growth {grown:.2f}, may be {most}"))
    for (page, size), one in known.items():
        most = STATEMENTS[page.partition("-")[0]]
        if one["sql"] > most:
            verdicts.append((False, f"{page} at {size}: {one['sql']} statements, may be {most}"))
        if page in ("cached", "not-modified"):
            verdicts.append((one["vs_bare"] <= 2, f"{page} at {size}: {one['vs_bare']}x bare"))
    for size, found in told.items():
        for name in ("load_cpu_ms", "publish_cpu_ms"):
            took = found["on_top"][name]
            verdicts.append((took <= 150, f"{name} on top of {size}: {took}, may be 150"))
    if "L" in told:
        share = told["L"]["memory"] / told["L"]["naive_memory"]
        verdicts.append((share <= 1.3, f"memory at L: {share:.2f} of the twin's, may be 1.3"))
    missed = [words for met, words in verdicts if not met]
    met = len(verdicts) - len(missed)
    return "\n".join(
        [f"\n{met} of {len(verdicts)} goals met", *(f"  not: {words}" for words in missed)]
    )
