"""The day: what its steps share, and what is kept of each."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Browser

from .copy import EDITORS
from .person import Person


class Day:
    """People at their desks, what was typed, and what the pages complained of."""

    def __init__(self, browser: Browser, address: str):
        self.browser, self.address = browser, address
        self.people: dict[str, Person] = {}
        self.complaints: list[str] = []
        self.fields = self.pages = 0

    def editor(self, account: str) -> Person:
        """An editor, signed in since first asked for."""
        if account not in self.people:
            _name, _role, language = EDITORS[account]
            self.people[account] = Person(self, account, language)
            self.people[account].sign_in(account)
        return self.people[account]

    def reader(self) -> Person:
        """Somebody without an account, whose browser keeps no page from before."""
        if "reader" in self.people:
            self.people["reader"].context.close()
        self.people["reader"] = Person(self, "reader", "en")
        return self.people["reader"]


LONGEST = 600  # characters of a fault that are told


@dataclass
class Done:
    """What a step took."""

    name: str
    fields: int
    pages: int
    seconds: float
    faults: list[str]

    def line(self) -> str:
        verdict = "failed" if self.faults else "done"
        return f"{self.name:<12}{self.fields:>8}{self.pages:>8}{self.seconds:>10.1f}   {verdict}"


HEAD = f"{'step':<12}{'fields':>8}{'pages':>8}{'seconds':>10}"


def taken(day: Day, name: str, step: Callable[[Day], None]) -> Done:
    """Take a step; what stopped it, and what the pages complained of, are its faults."""
    fields, pages, began = day.fields, day.pages, time.monotonic()
    faults = []
    try:
        step(day)
        for person in day.people.values():
            person.look()
    except Exception as stopped:  # whatever stops a step, the day ends with its verdict
        said = str(stopped).partition("Actual value:")[0]  # then comes the page, which is kept
        faults.append(f"{type(stopped).__name__}: {said.strip()[:LONGEST]}")
    faults += day.complaints
    day.complaints = []
    return Done(name, day.fields - fields, day.pages - pages, time.monotonic() - began, faults)
