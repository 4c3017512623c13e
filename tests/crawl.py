"""Every address that pages lead to, requested as a crawler does: what answers, what does not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urldefrag, urljoin, urlsplit

SITE = "http://127.0.0.1:8000"
REDIRECTS = (301, 302, 303, 308)
# Values of one filter are followed, several at once are not: there is no end to them.
MOST_PARAMETERS = 1


class Answer(NamedTuple):
    status: int
    kind: str
    location: str
    text: str


class Links(HTMLParser):
    """The addresses a page leads to, each with the type it gives, and its ids."""

    def __init__(self, text: str):
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.add(given["id"])
        if tag in ("a", "link", "form"):
            address = given.get("href", given.get("action", ""))
            self.found.append((address, given.get("type", "")))


class Crawl:
    """All that was reached from some addresses, and what is wrong with it, in words."""

    def __init__(self, get: Callable[[str], Answer], starts: Iterable[str], site: str = SITE):
        self.get, self.site = get, site
        self.kinds: dict[str, str] = {}  # address -> type of its answer
        self.ids: dict[str, set[str]] = {}  # pages -> the ids in them
        self.led: dict[str, str] = {}  # addresses that lead on -> where to; a fragment goes along
        self.faults: list[str] = []
        self.wanted: dict[tuple[str, str], str] = {}  # (address, fragment) -> where it was met
        self.typed: dict[tuple[str, str], str] = {}  # (address, type) -> where it was met
        self.waiting = list(starts)
        while self.waiting:
            address = self.waiting.pop()
            if address not in self.kinds:
                self.visit(address)
        self.faults += [
            f"{page}: no #{fragment} in {address}"
            for (address, fragment), page in self.wanted.items()
            if fragment and fragment not in self.ids.get(self.end_of(address), set())
        ]
        self.faults += [
            f"{page}: {address} is {self.kinds[address]}, not {kind}"
            for (address, kind), page in self.typed.items()
            if self.kinds[address] != kind
        ]

    def end_of(self, address: str) -> str:
        while address in self.led:
            address = self.led[address]
        return address

    def visit(self, address: str) -> None:
        answer = self.get(address)
        self.kinds[address] = answer.kind
        if answer.status in REDIRECTS:
            led = urlsplit(answer.location)._replace(scheme="", netloc="").geturl()
            self.led[address] = led
            self.waiting.append(led)
        elif answer.status != 200:
            self.faults.append(f"{address}: {answer.status}")
        elif answer.kind == "text/html":
            page = Links(answer.text)
            self.ids[address] = page.ids
            for href, kind in page.found:
                self.meet(address, href, kind)

    def meet(self, page: str, href: str, kind: str) -> None:
        """A link of a page: to be visited, its fragment and its type to be checked."""
        whole, fragment = urldefrag(urljoin(f"{self.site}{page}", href))
        if not whole.startswith(f"{self.site}/") or whole.startswith(f"{self.site}/static/"):
            return
        address = whole.removeprefix(self.site)
        if urlsplit(address).query.count("=") > MOST_PARAMETERS and address != page:
            return
        if address not in self.kinds:
            self.waiting.append(address)
        self.wanted.setdefault((address, fragment), page)
        if kind:
            self.typed.setdefault((address, kind), page)
