"""Chromium and a site to look at; without Chromium these tests are skipped, unless REQUIRE_BROWSER
is set: then they fail."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from . import site as site_to_look_at

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PROBES = (Path(__file__).parent / "probes.js").read_text()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    missing = not Path(CHROMIUM).exists() and not os.environ.get("REQUIRE_BROWSER")
    for item in items:
        if here in item.path.parents:
            item.add_marker("browser")
            if missing:
                item.add_marker(pytest.mark.skip(reason="Chromium is not installed"))


@pytest.fixture(autouse=True)
def answered_before_the_database_is_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """An open form tells the site of itself at any time, also while its test ends."""
    if "live_server" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    end = time.monotonic() + 2
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(max(0, end - time.monotonic()))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site that nobody writes to."""
    with site_to_look_at.running(tmp_path_factory.mktemp("site")) as address:
        yield address


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """`visit("en/summits", width=320)` opens a page of the site, with `probes` at hand in it.

    What differs from a reader's usual browser is given as Playwright's options of a context.
    """
    contexts: list[BrowserContext] = []

    def opened(place: str, width: int = 1280, height: int = 900, **options: Any) -> Page:
        size = {"width": width, "height": height}
        context = browser.new_context(viewport=size, base_url=f"{site}/", **options)
        contexts.append(context)
        context.add_init_script(PROBES)
        page = context.new_page()
        page.goto(place)
        return page

    yield opened
    for context in contexts:
        context.close()
