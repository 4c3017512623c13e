"""The settings of a process stay as it started: these tests run in one of their own, where
SECOND_FACTOR is on. `tests/test_second_factor.py` starts it."""

import os
from pathlib import Path

from django.conf import settings

CHROMIUM = Path("/usr/bin/chromium")

collect_ignore_glob = [] if settings.SECOND_FACTOR else ["test_*.py"]
# Skipped would be forgotten: `tests/test_second_factor.py` lets nothing be skipped.
if not (CHROMIUM.exists() or os.environ.get("REQUIRE_BROWSER")):
    collect_ignore_glob.append("test_passkey.py")
