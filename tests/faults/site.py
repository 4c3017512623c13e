"""A site in a folder of its own: its database, its workers, an editor and readers over HTTP."""

from __future__ import annotations

import http.client
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management import call_command
from django.db import connection

from records import publishing, storage
from records.models import Editor, Summit, Topic
from summit.databases import POSTGRESQL_OPTIONS
from tests.factories import published

from .server import ROLE, Server

SQLITE = "django.db.backends.sqlite3"
POSTGRESQL = "django.db.backends.postgresql"
TOKEN = "faults" * 5 + "ab"  # of 32 characters, as Django's own
SCHEMA = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE sql > ''",
    "postgresql": """
        SELECT table_name::text, column_name || ' ' || data_type || ' ' || is_nullable
        FROM information_schema.columns WHERE table_schema = 'public'
        UNION ALL SELECT indexname::text, indexdef FROM pg_indexes WHERE schemaname = 'public'
        UNION ALL SELECT conname::text, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT tgname::text, pg_get_triggerdef(oid) FROM pg_trigger
        WHERE NOT tgisinternal
    """,
}


class Site:
    """One site; `chance` decides moments, the same in every run.

    Its database is a file in its folder, or one of the folder's name on a server.
    """

    def __init__(self, folder: Path, chance: random.Random, server: Server | None = None):
        self.folder, self.chance, self.server = folder, chance, server
        self.file = folder / "site.sqlite3"
        self.process: subprocess.Popen[bytes] | None = None
        self.port = 0

    @contextmanager
    def database(self) -> Iterator[None]:
        """Inside, this process works on the site's database."""
        where: dict[str, Any] = {"ENGINE": SQLITE, "NAME": str(self.file)}
        options = settings.SQLITE_OPTIONS  # as the site's own processes have it
        if self.server:
            where = {"ENGINE": POSTGRESQL, "NAME": self.folder.name, "USER": ROLE}
            where |= {"HOST": "127.0.0.1", "PORT": self.server.port}
            where["OPTIONS"] = options = POSTGRESQL_OPTIONS
        with storage.instead(**where):
            connection.settings_dict["OPTIONS"] = options
            yield

    # making ---------------------------------------------------------------------------------------

    def make(self) -> None:
        """Migrate, publish a summit, let an editor sign in."""
        self.empty()
        with self.database():
            call_command("migrate", verbosity=0)
            published()
            editor = Editor.objects.create_superuser("editor", password="a long enough phrase")
            session = import_module(settings.SESSION_ENGINE).SessionStore()
            session[SESSION_KEY] = str(editor.pk)
            session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
            session[HASH_SESSION_KEY] = editor.get_session_auth_hash()
            session.create()
        (self.folder / "session").write_text(session.session_key)
        with self.database():
            call_command("collectstatic", interactive=False, verbosity=0)
        (self.folder / "static").symlink_to(settings.STATIC_ROOT)  # not on a disk that fills

    def copied_to(self, folder: Path) -> Site:
        shutil.copytree(self.folder, folder, dirs_exist_ok=True, symlinks=True)
        copy = Site(folder, self.chance, self.server)
        copy.become(self)
        return copy

    def become(self, other: Site) -> None:
        """The other site's database in the place of its own; both must be at rest."""
        self.empty()
        if self.server:
            self.server.make(self.folder.name, other.folder.name)
        else:
            shutil.copyfile(other.file, self.file)

    def empty(self) -> None:
        """No database at all, or one without a table."""
        if self.server:
            self.server.make(self.folder.name)
        for ending in ("", "-wal", "-shm", "-journal"):
            Path(f"{self.file}{ending}").unlink(missing_ok=True)

    # asking the database --------------------------------------------------------------------------

    def broken(self) -> list[str]:
        """What `verify --full` finds."""
        with self.database():
            found = list(storage.verified(None, sample=0))
        return [f"{check.name}: {fault}" for check in found for fault in check.faults]

    def notes(self) -> set[str]:
        """The public notes of all editions: what a writer was told is saved."""
        with self.database():
            summit = Summit.objects.get()
            return set(summit.editions.values_list("note_en", flat=True))

    def schema(self) -> list[tuple[Any, ...]]:
        """Tables with their columns, indexes, rules and triggers, as the database words them."""
        with self.database(), connection.cursor() as cursor:
            cursor.execute(SCHEMA[connection.vendor])
            return sorted(cursor.fetchall(), key=repr)

    def topics(self) -> set[str]:
        with self.database():
            return set(Topic.objects.values_list("slug", flat=True))

    # serving --------------------------------------------------------------------------------------

    def start(self, *before: str, workers: int = 2, **options: Any) -> float:
        """Serve; gives after how many seconds the site was ready."""
        if not self.port:
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                self.port = probe.getsockname()[1]
        environment = {
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "DATA_DIR": str(self.folder),
            "SECRET_KEY": settings.SECRET_KEY,
            "DJANGO_SETTINGS_MODULE": "summit.settings",
        }
        if self.server:
            environment["DATABASE_URL"] = self.server.url(self.folder.name)
        began = time.monotonic()
        with (self.folder.parent / f"{self.folder.name}.log").open("ab") as log:
            self.process = subprocess.Popen(
                [
                    *before,
                    str(Path(sys.executable).with_name("gunicorn")),
                    "summit.wsgi:application",
                    "--no-control-socket",
                    *("--bind", f"127.0.0.1:{self.port}", "--workers", str(workers)),
                    *("--threads", "4", "--graceful-timeout", "20"),
                ],
                cwd=settings.BASE_DIR,
                env=environment,
                stderr=log,
                **options,
            )
        while self.status("/readyz") != 200:
            if time.monotonic() - began > 60 or self.process.poll() is not None:
                raise RuntimeError("The site did not start; its log lies beside its folder.")
            time.sleep(0.05)
        return time.monotonic() - began

    def workers(self) -> list[int]:
        assert self.process is not None
        pid = self.process.pid
        return [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def kill(self) -> None:
        """Everything at once, as by a failure of power."""
        assert self.process is not None
        workers = self.workers()
        self.process.kill()
        for worker in workers:
            os.kill(worker, signal.SIGKILL)
        self.process.wait()
        self.process = None

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(30)
            self.process = None

    # over HTTP ------------------------------------------------------------------------------------

    def asked(self, method: str, path: str, body: str = "", **headers: str) -> tuple[int, str]:
        """Status and text of an answer; 0 where there was none."""
        there = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            there.request(method, path, body or None, headers)
            answer = there.getresponse()
            return answer.status, answer.read().decode(errors="replace")
        except (OSError, http.client.HTTPException):
            return 0, ""
        finally:
            there.close()

    def answer(self, path: str) -> tuple[int, str, bytes]:
        """Status, tag and bytes of a page."""
        there = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            there.request("GET", path)
            given = there.getresponse()
            return given.status, given.headers.get("ETag", ""), given.read()
        finally:
            there.close()

    def status(self, path: str) -> int:
        return self.asked("GET", path)[0]

    def save(self, name: str) -> tuple[int, str]:
        """An editor saves a new topic; 302 says that it is saved."""
        data = {
            "csrfmiddlewaretoken": TOKEN,
            "slug": name,
            "name_en": f"Topic {name}",
            "name_ko": f"주제 {name}",
            "name_ja": f"主題 {name}",
        }
        key = (self.folder / "session").read_text()
        return self.asked(
            "POST",
            "/admin/records/topic/add/",
            urlencode(data),
            **{
                "Content-Type": "application/x-www-form-urlencoded",
                "Cookie": f"{settings.SESSION_COOKIE_NAME}={key}; csrftoken={TOKEN}",
            },
        )


def forked(work: Callable[[], None]) -> int:
    """Run `work` in a process of its own, which can be killed; gives its id."""
    connection.close()
    pid = os.fork()
    if pid:
        return pid
    try:
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        work()
        os._exit(0)
    except BaseException:
        os._exit(1)


def ended(pid: int) -> int:
    """Wait for a process; gives its exit status, negative for the signal that killed it."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def timed(work: Callable[[], None]) -> float:
    began = time.monotonic()
    status = ended(forked(work))
    if status:
        raise RuntimeError(f"Undisturbed it ended with {status} as well.")
    return time.monotonic() - began


def killed(work: Callable[[], None], after: float) -> int:
    """Run `work` and kill it after so many seconds; gives how it ended."""
    pid = forked(work)
    time.sleep(after)
    os.kill(pid, signal.SIGKILL)
    return ended(pid)


def save_and_publish(name: str) -> None:
    """One writer's turn, all or nothing."""
    from django.db import transaction

    from tests.factories import document, text

    with transaction.atomic():
        loaded = publishing.load(document(venue=text(name)), mode="replace")
        publishing.publish(loaded.summit, note={"en": name})
