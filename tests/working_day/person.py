"""Somebody at a browser, who finds things by what the page calls them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import ConsoleMessage, Locator, Page, Response, expect

from .copy import PHRASE

if TYPE_CHECKING:
    from .day import Day

PATIENCE = 20_000  # milliseconds until a page says what is waited for, on a busy machine
expect.set_options(timeout=PATIENCE)
SIDEWAYS = """() => {
  const {scrollWidth, clientWidth} = document.documentElement;
  return scrollWidth > clientWidth ? `${scrollWidth} px in ${clientWidth} px` : '';
}"""
# In every page and frame, also those that a step only passes through.
ON_LOAD = f"""addEventListener('load', () => {{
  const wide = ({SIDEWAYS})();
  if (wide) console.error(`wider than the window: ${{wide}}`);
}})"""


def named(label: str) -> re.Pattern[str]:
    """A label with or without the colon that forms set behind it."""
    return re.compile(rf"^{re.escape(label)}\s*[:：]?$")


class Person:
    """One browser window, and what its pages complained of."""

    def __init__(self, day: Day, name: str, language: str):
        self.day, self.name = day, name
        self.context = day.browser.new_context(
            base_url=day.address,
            viewport={"width": 1280, "height": 900},
            locale=language,
            accept_downloads=True,
        )
        self.context.set_default_timeout(PATIENCE)
        self.context.add_init_script(ON_LOAD)
        self.page = self.watched(self.context.new_page())
        self.expected = 0
        self.status = 0

    def watched(self, page: Page) -> Page:
        page.on("console", self.heard)
        page.on("pageerror", lambda error: self.complain(str(error)))
        page.on("response", self.answered)
        return page

    def heard(self, said: ConsoleMessage) -> None:
        # What the browser says of a status is judged by `answered`.
        if said.type in ("error", "warning") and "server responded with a status" not in said.text:
            self.complain(said.text)

    def answered(self, response: Response) -> None:
        is_page = response.request.is_navigation_request()
        if is_page:
            self.status = response.status
            self.day.pages += 1
        if response.status >= 400 and not (is_page and response.status == self.expected):
            self.complain(f"answers {response.status}: {response.url}")

    def complain(self, words: str) -> None:
        self.day.complaints.append(f"{self.name}, {self.page.url}: {words}")

    def look(self) -> None:
        """What the page has become since it was loaded must fit into the window too."""
        if wide := self.page.evaluate(SIDEWAYS):
            self.complain(f"wider than the window: {wide}")

    @contextmanager
    def expecting(self, status: int) -> Iterator[None]:
        """What is done inside leads to a page with this status."""
        self.expected = status
        yield
        self.page.wait_for_load_state()
        assert self.status == status, f"The page answers {self.status} instead of {status}."
        self.expected = 0

    # going ----------------------------------------------------------------------------------------

    def sign_in(self, account: str) -> None:
        self.go("/admin/")
        self.page.locator("#id_username").fill(account)
        self.page.locator("#id_password").fill(PHRASE)
        self.page.locator("#login-form [type=submit]").click()
        self.page.wait_for_load_state()

    def go(self, place: str) -> None:
        self.page.goto(place)

    def follow(self, name: str | re.Pattern[str], within: Locator | None = None) -> None:
        """Press a link of this name."""
        self.look()
        place = within or self.page
        is_exact = isinstance(name, str)
        place.get_by_role("link", name=name, exact=is_exact).first.click()
        self.page.wait_for_load_state()

    def press(self, name: str, within: Locator | Page | None = None) -> None:
        self.look()
        (within or self.page).get_by_role("button", name=name, exact=True).first.click()
        self.page.wait_for_load_state()

    def saves(self, name: str = "Save") -> None:
        """Press a button that saves; the page says that it did."""
        self.press(name)
        expect(self.page.locator(".messagelist .success").first).to_be_visible()

    # filling in -----------------------------------------------------------------------------------

    def field(self, label: str, within: Locator | Page | None = None) -> Locator:
        place = within or self.page
        return place.get_by_label(named(label)).locator("visible=true").first

    def type(self, label: str, words: str, within: Locator | Page | None = None) -> None:
        self.field(label, within).fill(words)
        self.day.fields += 1

    def choose(self, label: str, option: str, within: Locator | Page | None = None) -> None:
        self.field(label, within).select_option(label=option)
        self.day.fields += 1

    def tick(self, label: str, within: Locator | Page | None = None) -> None:
        self.field(label, within).check()
        self.day.fields += 1

    def complete(
        self, label: str, asked: str, wanted: str, within: Locator | Page | None = None
    ) -> None:
        """Search a name by what is typed, and take the one that says `wanted`."""
        box = re.compile(rf"^{re.escape(label)}\s*[:：]")  # behind it stands what it holds already
        here = within or self.page
        # Not the select below, which has the same name until completion begins.
        named = here.get_by_role("combobox", name=box)
        here.locator(".select2-selection").and_(named).first.click()
        self.page.locator(".select2-search__field:focus").press_sequentially(asked)
        self.page.get_by_role("option").filter(has_text=wanted).first.click()
        self.day.fields += 1

    def cite(self, words: str, label: str = "Sources", within: Locator | None = None) -> None:
        """Type keys of sources; what is completed meanwhile stays as it is."""
        field = self.field(label, within)
        field.fill(words)
        field.press("Escape")
        self.day.fields += 1

    @contextmanager
    def window(self, link: str, button: str = "Save") -> Iterator[None]:
        """Inside, the person works in the small window that a link opens and a button closes."""
        with self.page.expect_popup() as opened:
            self.page.get_by_role("link", name=link, exact=True).first.click()
        behind, self.page = self.page, self.watched(opened.value)
        yield
        self.look()
        with self.page.expect_event("close"):
            self.page.get_by_role("button", name=button, exact=True).click()
        self.page = behind

    # seeing ---------------------------------------------------------------------------------------

    def sees(self, words: str, within: Locator | None = None) -> None:
        expect((within or self.page.locator("body")).first).to_contain_text(words)

    def shows(self, label: str, words: str, within: Locator | Page | None = None) -> None:
        """A field holds these words."""
        expect(self.field(label, within)).to_have_value(words)

    def sees_not(self, words: str, within: Locator | None = None) -> None:
        expect((within or self.page.locator("body")).first).not_to_contain_text(words)

    def finds_nothing_at(self, place: str) -> None:
        with self.expecting(404):
            self.go(place)

    def sees_no(self, role: Any, name: str) -> None:
        expect(self.page.get_by_role(role, name=name, exact=True)).to_have_count(0)

    def region(self, name: str) -> Locator:
        """A part of the page, by its heading, whatever number stands behind it."""
        return self.page.get_by_role("region", name=re.compile(rf"^{re.escape(name)}")).first

    def pictures(self, folder: Path) -> None:
        """One of each window that is open."""
        for number, page in enumerate(self.context.pages, 1):
            page.screenshot(path=folder / f"{self.name}-{number}.png", full_page=True)
