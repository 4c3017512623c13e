"""Editors who save one form in the same moment, on a database with real locks."""

import json
import os
import subprocess
import sys

import pytest
from django.db import connection

from tests.at_once import edit_at_once


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_editing_at_once_loses_nothing_and_locks_nobody_out(tmp_path):
    """Threads need a database of their own kind: in memory SQLite would lock out its own."""
    if connection.vendor == "postgresql":
        found = edit_at_once()
    else:
        environment = {
            **os.environ,
            "DATA_DIR": str(tmp_path),
            "DATABASE_URL": f"sqlite:///{tmp_path / 'site.sqlite3'}",
            "DJANGO_SETTINGS_MODULE": "summit.settings",
        }
        run = subprocess.run(
            [sys.executable, "-W", "error", "-m", "tests.at_once", "edit"],
            env=environment, capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        assert run.returncode == 0, run.stderr
        found = json.loads(run.stdout.splitlines()[-1])

    assert found == {"faults": [], "all answered": True, "each fact as typed last": True}
