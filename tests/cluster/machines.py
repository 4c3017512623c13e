"""What a site on several machines consists of, all on loopback: a replica, workers, the cache."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Protocol

from django.conf import settings

from tests.faults.server import Server, programs

VCL = Path("summit/deploy/varnish.vcl")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Replica(Server):
    """A hot standby of another server, by streaming replication."""

    def __init__(self, folder: Path, primary: Server):
        self.folder, self.data = folder, folder / "data"
        self.programs, self.user, self.port = programs(), primary.user, free_port()
        folder.mkdir()
        if self.user:
            shutil.chown(folder, "postgres", "postgres")
        address = f"host=127.0.0.1 port={primary.port} user=owner"
        if self.run(
            "pg_basebackup", f"--dbname={address}", "--write-recovery-conf", "--checkpoint=fast"
        ):
            raise RuntimeError("pg_basebackup failed; its words are in server.log.")
        self.start()

    def has_all_of(self, primary: Server) -> None:
        """Waits until it shows what the primary has committed by now."""
        [(reached,)] = primary.asked("SELECT pg_current_wal_flush_lsn()::text")
        asked = f"SELECT pg_last_wal_replay_lsn() >= '{reached}'::pg_lsn"
        until(lambda: self.asked(asked) == [(True,)], 20)

    def promote(self) -> None:
        self.run("pg_ctl", "--silent", "--no-wait", "promote")


class Process:
    """A program of ours with its children, which ends with us."""

    def __init__(self, log: Path):
        self.log = log
        self.process: subprocess.Popen[bytes] | None = None

    def run(self, *command: str, **variables: str) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=settings.BASE_DIR,
                env={**os.environ, **variables},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self, how: int = signal.SIGKILL) -> None:
        if self.process is not None:
            os.killpg(self.process.pid, how)
            self.process.wait(30)
            self.process = None


class Listener(Protocol):
    port: int


class Echo(BaseHTTPRequestHandler):
    """Answers with the address that it was told of who asks."""

    def do_GET(self) -> None:
        body = self.headers.get("X-Forwarded-For", "").encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


@dataclass
class Served:
    port: int


@contextmanager
def echoing() -> Iterator[Served]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Echo) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield Served(server.server_port)
        finally:
            server.shutdown()
            thread.join()


class Machine(Process):
    """An application server: gunicorn with two workers."""

    def __init__(self, log: Path, **variables: str):
        super().__init__(log)
        self.port, self.variables = free_port(), variables

    def start(self) -> None:
        self.run(
            str(Path(sys.executable).with_name("gunicorn")),
            "summit.wsgi:application",
            "--no-control-socket",
            *("--bind", f"127.0.0.1:{self.port}", "--workers", "2", "--threads", "2"),
            **self.variables,
        )


class Cache(Process):
    """Varnish as `summit/deploy/varnish.vcl` has it, with the ports of these machines."""

    def __init__(self, folder: Path, machines: Sequence[Listener]):
        super().__init__(folder / "varnish.log")
        self.port, self.purge = free_port(), free_port()
        self.folder = folder / "varnish"
        self.folder.mkdir()
        told = {
            "8001": str(machines[0].port),
            "8002": str(machines[1].port),
            "record.example": "127.0.0.1",
            "/srv/summit-record": str(settings.BASE_DIR),
        }
        text = (settings.BASE_DIR / VCL).read_text()
        for deployed, here in told.items():
            text = text.replace(deployed, here)
        (self.folder / "record.vcl").write_text(text)

    def start(self) -> None:
        self.run(
            program("varnishd"),
            *("-F", "-j", "none", "-n", str(self.folder), "-s", "malloc,64m"),
            *("-a", f"front=127.0.0.1:{self.port}", "-a", f"purge=127.0.0.1:{self.purge}"),
            *("-f", str(self.folder / "record.vcl"), "-p", "vsl_space=16m"),
        )


def program(name: str) -> str:
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")
    if found is None:
        raise SystemExit(
            "varnishd was not found. On Debian: apt-get install varnish varnish-modules"
        )
    return found


def until(holds: Callable[[], bool], seconds: float) -> float:
    """Seconds until it held; raises after too many."""
    began = time.monotonic()
    while not holds():
        if time.monotonic() - began > seconds:
            raise TimeoutError(f"It did not come about in {seconds} seconds.")
        time.sleep(0.01)
    return time.monotonic() - began
