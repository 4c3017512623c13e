"""The settings of a process stay as it started: these tests run in one of their own, where
SECOND_FACTOR is on. `tests/test_second_factor.py` starts it."""

from django.conf import settings

collect_ignore_glob = [] if settings.SECOND_FACTOR else ["test_*.py"]
