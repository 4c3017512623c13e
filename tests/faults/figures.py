"""What a fault cost, counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Figures:
    """One fault's counts; `faults` says in words what must not have happened."""

    name: str
    rounds: int = 0
    acknowledged: int = 0  # writes that were told they are saved
    lost: int = 0  # of these, not there afterwards
    refused: int = 0  # writes told that they are not saved
    reads: int = 0
    reads_failed: int = 0
    recovery: float = 0.0  # the longest, in seconds
    told: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def expect(self, holds: bool, words: str) -> None:
        if not holds:
            self.faults.append(words)

    def line(self) -> str:
        recovery = f"{self.recovery:.2f} s" if self.recovery else "–"
        return (
            f"{self.name:<34} {self.rounds:>6} {self.acknowledged:>6} {self.lost:>5}"
            f" {self.refused:>8} {self.reads:>6} {self.reads_failed:>6} {recovery:>9}"
        )


HEAD = (
    f"{'fault':<34} {'rounds':>6} {'saved':>6} {'lost':>5} {'refused':>8} {'reads':>6}"
    f" {'failed':>6} {'recovery':>9}"
)


def verdict(all_figures: list[Figures]) -> str:
    """The last line: whether every promise held."""
    total: Counter[str] = Counter()
    for figures in all_figures:
        total["saved"] += figures.acknowledged
        total["lost"] += figures.lost
        total["faults"] += len(figures.faults)
    held = "HELD" if not total["faults"] and not total["lost"] else "BROKEN"
    return (
        f"VERDICT: {held}: {total['saved']} writes acknowledged, {total['lost']} lost;"
        f" {total['faults']} promises broken in {len(all_figures)} faults"
    )
