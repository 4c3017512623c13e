"""A little of `make faults`, so that its scripts run and its promises are asked at every change."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from tests.faults.figures import Figures, verdict

FEW = ["publication"]  # each more takes as long; all of them: make faults


def run(tmp_path, *arguments):
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DATABASE_URL", "DJANGO_ALLOW_ASYNC_UNSAFE")
    }
    return subprocess.run(
        [sys.executable, "-m", "tests.faults", *arguments],
        cwd=settings.BASE_DIR,
        env=environment | {"TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_in_a_round_of_faults(tmp_path):
    done = run(tmp_path, "--rounds", "1", *FEW)
    last = done.stdout.splitlines()[-1]
    assert last.startswith("VERDICT: HELD: "), done.stdout + done.stderr
    assert last.endswith(f" 0 lost; 0 promises broken in {len(FEW)} faults")
    assert done.returncode == 0
    assert list(tmp_path.iterdir()) == []


def test_a_fault_nobody_knows_is_named(tmp_path):
    done = run(tmp_path, "flood")
    assert done.returncode == 2
    assert "no fault flood; there are load, publication, " in done.stderr


@pytest.mark.parametrize(
    ("lost", "faults", "word"),
    [(0, [], "HELD"), (1, [], "BROKEN"), (0, ["a state between"], "BROKEN")],
)
def test_the_verdict_falls_when_anything_is_lost_or_broken(lost, faults, word):
    figures = Figures("x", acknowledged=5, lost=lost, faults=faults)
    assert verdict([figures]) == (
        f"VERDICT: {word}: 5 writes acknowledged, {lost} lost;"
        f" {len(faults)} promises broken in 1 faults"
    )
