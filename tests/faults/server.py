"""A PostgreSQL server of our own that keeps what it acknowledges, to be killed and started anew."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

import psycopg

ROLE = "site"  # no superuser: the connections kept back for those are not the site's
MOST = 30  # connections, few enough to use them all up


class Server:
    """Made in `folder` with the settings of a new server: every COMMIT waits for the disk."""

    def __init__(self, folder: Path):
        self.folder, self.data = folder, folder / "data"
        self.programs = programs()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        folder.mkdir()
        self.user: list[str] = []
        if os.getuid() == 0:  # as whom PostgreSQL refuses to run
            shutil.chown(folder, "postgres", "postgres")
            self.user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        self.run(
            "initdb", "--username=owner", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"
        )
        self.start()
        self.asked(f"CREATE ROLE {ROLE} LOGIN CREATEDB")

    def run(self, program: str, *arguments: str) -> int:
        command = [*self.user, str(self.programs / program), f"--pgdata={self.data}", *arguments]
        with (self.folder.parent / "server.log").open("ab") as log:
            return subprocess.run(
                command, cwd="/", stdout=log, stderr=log, check=False, timeout=120
            ).returncode

    def start(self) -> float:
        """Gives after how many seconds it took connections; one that was killed recovers first."""
        began = time.monotonic()
        options = (
            f"-c listen_addresses=127.0.0.1 -c port={self.port} -c max_connections={MOST}"
            f" -c unix_socket_directories={self.folder}"
        )
        arguments = ("--silent", "--wait", f"--log={self.folder}/log", f"--options={options}")
        while self.run("pg_ctl", *arguments, "start"):
            # Its memory is free again when the last of its killed processes is gone.
            if time.monotonic() - began > 60:
                raise RuntimeError("PostgreSQL did not start; its log lies beside its data.")
            time.sleep(0.1)
        return time.monotonic() - began

    def stop(self) -> None:
        self.run("pg_ctl", "--silent", "--mode=fast", "--wait", "stop")

    def kill(self) -> None:
        """Server and all its processes at once, as by a failure of power."""
        pid = int((self.data / "postmaster.pid").read_text().splitlines()[0])
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for one in [pid, *map(int, children)]:
            try:
                os.kill(one, signal.SIGKILL)
            except ProcessLookupError:
                continue  # ended by itself, as those do whose server is gone

    def url(self, name: str) -> str:
        return f"postgres://{ROLE}@127.0.0.1:{self.port}/{name}"

    def connected(self, name: str = "postgres", user: str = "owner") -> psycopg.Connection:
        return psycopg.connect(
            host="127.0.0.1", port=self.port, user=user, dbname=name, autocommit=True
        )

    def asked(self, words: str, name: str = "postgres") -> list[tuple[object, ...]]:
        """The rows of a statement, run by the server's owner."""
        with self.connected(name) as there:
            cursor = there.execute(words)
            return cursor.fetchall() if cursor.description else []

    def make(self, name: str, template: str = "template1") -> None:
        """A database, new or in the place of the one of this name."""
        self.asked(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        self.asked(f'CREATE DATABASE "{name}" OWNER {ROLE} TEMPLATE "{template}"')
        # A copied sequence holds numbers told as used in its template's log, not in its own: a
        # server killed before the next checkpoint would give them twice.
        self.asked("CHECKPOINT")


def programs() -> Path:
    """Where the programs of the newest server are."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=version)
    place = shutil.which("initdb")
    if not found and place is None:
        raise SystemExit("PostgreSQL's initdb was not found. On Debian: apt-get install postgresql")
    return (found[-1] if found else Path(str(place)).resolve()).parent


def version(path: Path) -> float:
    return float(path.parts[-3])
