"""Django's SQLite, whose writers queue.

SQLite lets whoever waits for the write lock try again after ever longer pauses, and whoever comes
fresh tries at once: of eight editors at work some were passed over for five seconds and refused,
while the rest waited a twentieth of one. Here the writers of a process wait in line, and only the
first of them tries, after short pauses that do not grow.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base

PAUSE = 0.004  # seconds; a save holds the lock some 15 to 30 thousandths
REFUSED = "database is locked"  # SQLite's own words, which summit.trouble explains

_lines: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose transactions wait their turn, as long as it would wait for a lock."""

    _held: threading.Lock | None = None  # while this connection is the process's one writer

    def _start_transaction_under_autocommit(self) -> None:
        if self.transaction_mode != "IMMEDIATE" or self.is_in_memory_db():
            return super()._start_transaction_under_autocommit()
        patience = self._patience()
        until = time.monotonic() + patience / 1000
        line = _lines[str(self.settings_dict["NAME"])]
        if not line.acquire(timeout=patience / 1000):
            raise OperationalError(REFUSED)
        self._held = line
        try:
            self._be_patient(0)
            try:
                self._begin(until)
            finally:
                self._be_patient(patience)
        except BaseException:
            self._leave()
            raise

    def _begin(self, until: float) -> None:
        """BEGIN IMMEDIATE, again and again while another process writes."""
        while True:
            try:
                return super()._start_transaction_under_autocommit()
            except OperationalError as problem:
                if REFUSED not in str(problem) or time.monotonic() > until:
                    raise
            time.sleep(PAUSE)

    def _patience(self) -> int:
        """The thousandths of a second that this connection waits now, which may be fewer than the
        site's (records.review.open_forms)."""
        with self.wrap_database_errors:
            return self.connection.execute("PRAGMA busy_timeout").fetchone()[0]

    def _be_patient(self, thousandths: int) -> None:
        with self.wrap_database_errors:
            self.connection.execute(f"PRAGMA busy_timeout = {thousandths}")

    def _leave(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            held.release()

    def _commit(self) -> Any:
        result = super()._commit()
        self._leave()  # not where it failed: Django rolls back then
        return result

    def _rollback(self) -> Any:
        try:
            return super()._rollback()
        finally:
            self._leave()

    def _close(self) -> Any:
        try:
            return super()._close()
        finally:
            self._leave()
