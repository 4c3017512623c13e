"""The site and its twin behind gunicorn: memory of two workers, waiting under load."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .pages import Page

READERS, SECONDS = 4, 2.0


@contextmanager
def served(twin: bool) -> Iterator[tuple[int, int]]:
    """`(port, process)` of a server with two workers; ended afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "BENCH_TWIN": "1" if twin else ""}
    command = [sys.executable, "-m", "gunicorn", "--workers", "2", "--threads", "2", "--preload"]
    command += ["--no-control-socket", "--log-level", "error", "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen([*command, "tests.bench.wsgi"], env=environment)
    try:
        for _wait in range(200):
            try:
                asked(port, "/livez" if not twin else "/naive/summits")
                break
            except OSError:
                time.sleep(0.1)
        yield port, process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)


def asked(port: int, address: str, connection: http.client.HTTPConnection | None = None) -> int:
    own = connection or http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    own.request("GET", address, headers={"Accept-Encoding": "gzip"})
    answer = own.getresponse()
    answer.read()
    if connection is None:
        own.close()
    return answer.status


def under_load(port: int, addresses: list[str], readers: int = READERS) -> dict[str, float]:
    """Milliseconds that half, and all but a hundredth, of the answers took at most; how many came
    in a second."""
    waits: list[float] = []
    end = time.monotonic() + SECONDS

    def read(start: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        turn = start
        while time.monotonic() < end:
            began = time.monotonic()
            asked(port, addresses[turn % len(addresses)], connection)
            waits.append((time.monotonic() - began) * 1000)
            turn += 1
        connection.close()

    threads = [threading.Thread(target=read, args=(number * 7,)) for number in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ordered = sorted(waits)
    return {
        "p50_ms": round(statistics.median(ordered), 1),
        "p99_ms": round(ordered[int(len(ordered) * 0.99)], 1),
        "per_second": round(len(ordered) / SECONDS),
    }


def memory(parent: int) -> float:
    """MB that a server and its workers hold, what they share counted once."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    total = 0
    for pid in [str(parent), *children]:
        [kept] = re.findall(
            r"^Pss:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.M
        )
        total += int(kept)
    return round(total / 1024, 1)


def loaded(pages: list[Page], twin: bool) -> tuple[dict[str, dict[str, float]], float]:
    """How each page does under load, and the memory afterwards."""
    found = {}
    with served(twin) as (port, pid):
        for page in pages:
            addresses = page.naive if twin else page.addresses
            if addresses:
                found[page.name] = under_load(port, addresses)
        return found, memory(pid)
