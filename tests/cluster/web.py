"""Readers and an editor over HTTP, and what they met."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import urlencode

from django.conf import settings

TOKEN = "cluster1" * 4  # 32 characters, as Django's own
SUMMIT = "2026-01-13-nara"
# Every kind of page that shows a summit's title.
SHOWING = (
    f"/en/summits/{SUMMIT}",
    "/en/summits",
    "/en/search?q=nara",
    "/summits.json",
    f"/summits/{SUMMIT}.json",
    "/en/changes",
)
READ = ("/en/", "/ko/summits", "/ja/commitments", *SHOWING)
_numbers = count()


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: str
    seconds: float

    @property
    def is_kept(self) -> bool:
        return self.headers.get("X-Cache") == "hit"


def asked(port: int, path: str, method: str = "GET", body: str = "", **headers: str) -> Answer:
    """An answer; of status 0 where there was none."""
    began = time.monotonic()
    there = http.client.HTTPConnection("127.0.0.1", port, timeout=15)
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        there.request(method, path, body or None, given)
        answer = there.getresponse()
        text = answer.read().decode(errors="replace")
        return Answer(answer.status, dict(answer.headers), text, time.monotonic() - began)
    except (OSError, http.client.HTTPException) as problem:
        return Answer(0, {}, repr(problem), time.monotonic() - began)
    finally:
        there.close()


def saved(port: int, session: str) -> Answer:
    """An editor saves a new topic; 302 says that it is saved."""
    name = f"cluster-{next(_numbers)}"
    data = {"csrfmiddlewaretoken": TOKEN, "slug": name}
    data |= {f"name_{code}": f"Topic {name}" for code, _name in settings.LANGUAGES}
    return asked(
        port,
        "/admin/records/topic/add/",
        "POST",
        urlencode(data),
        Content_Type="application/x-www-form-urlencoded",
        Cookie=f"{session}; csrftoken={TOKEN}",
    )


def unkept(path: str = "/en/search") -> str:
    """An address that no cache has."""
    return f"{path}?q=nara+{next(_numbers)}"


@dataclass
class Readers:
    """Readers who go on whatever happens; each second page is one that no cache has."""

    port: int
    threads: int = 4
    answers: list[Answer] = field(default_factory=list)

    @property
    def failed(self) -> list[Answer]:
        return [one for one in self.answers if one.status != 200]

    def told(self) -> str:
        """How many, how many kept, how many failed, the longest wait."""
        kept = sum(one.is_kept for one in self.answers)
        longest = max((one.seconds for one in self.answers), default=0)
        return f"{len(self.answers)} reads ({kept} kept), longest {longest:.2f} s"

    @contextmanager
    def reading(self) -> Iterator[Readers]:
        over = threading.Event()

        def read(number: int) -> None:
            while not over.is_set():
                kept = READ[next(_numbers) % len(READ)]
                self.answers.append(asked(self.port, kept))
                self.answers.append(asked(self.port, unkept()))
                time.sleep(0.05)  # so many that the machine is not the measure

        threads = [threading.Thread(target=read, args=(n,)) for n in range(self.threads)]
        for thread in threads:
            thread.start()
        try:
            yield self
        finally:
            over.set()
            for thread in threads:
                thread.join()
