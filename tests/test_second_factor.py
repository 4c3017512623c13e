"""Signing in with a second step: its tests run in a process whose settings have it."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

pytestmark = pytest.mark.slow


def of_its_own(name):
    """The database's address with another database's name: this process holds its own open."""
    server, _slash, _name = os.environ["DATABASE_URL"].rpartition("/")
    return f"{server}/{name}"


def test_the_second_step_holds(tmp_path):
    found = {**os.environ, "SECOND_FACTOR": "on", "DATA_DIR": str(tmp_path)}
    found = {name: value for name, value in found.items() if not name.startswith(("PYTEST", "COV"))}
    if connection.vendor == "postgresql":
        found["DATABASE_URL"] = of_its_own(f"second_factor_{os.getpid()}")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/second_factor"],
        cwd=settings.BASE_DIR,
        env=found,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-2000:]
    assert "skipped" not in run.stdout
