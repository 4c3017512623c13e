"""What goes over the wire: weight, requests, no other server, no complaint of the browser."""

import pytest

from .pages import LISTS, PAGES, in_languages, place

KILOBYTE = 1000
MOST = {"document": 20, "stylesheet": 12, "script": 3, "other": 1}  # kB, compressed
LAND = 24  # the map's, once for all languages


def loaded(browser, address):
    """`[(type, address, bytes over the wire)]` of a first visit, and the size of the page."""
    context = browser.new_context()
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    kinds, sizes = {}, {}
    devtools.on(
        "Network.responseReceived",
        lambda event: kinds.update(
            {event["requestId"]: (event["type"].lower(), event["response"]["url"])}
        ),
    )
    devtools.on(
        "Network.loadingFinished",
        lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}),
    )
    page.goto(address)
    page.wait_for_timeout(100)  # for the icon, which is asked for after the page
    elements = page.evaluate("document.querySelectorAll('*').length")
    context.close()
    found = [(*kinds[request], sizes[request]) for request in sizes]
    return found, elements


@pytest.mark.parametrize(
    ("name", "language"),
    [*in_languages(["summit"]), *((name, "en") for name in ("home", *LISTS, "commitment"))],
)
def test_first_visit_is_light(browser, site, name, language):
    found, elements = loaded(browser, f"{site}/{place(name, language)}")

    budget = {**MOST, "document": 20 if name in LISTS else 40}
    most = [LAND if "/land." in address else budget.get(kind, 1) for kind, address, _size in found]
    heavy = [one for one, limit in zip(found, most, strict=True) if one[2] > limit * KILOBYTE]
    assert heavy == []
    assert sum(size for _type, _address, size in found) <= 60 * KILOBYTE
    assert len(found) <= 6
    assert elements <= 3000
    assert [address for _type, address, _size in found if not address.startswith(site)] == []


@pytest.mark.parametrize("name", PAGES)
def test_browser_has_nothing_to_complain_of(browser, site, name):
    context = browser.new_context(base_url=f"{site}/")
    page = context.new_page()
    complaints, foreign = [], []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda request: foreign.append(request.url) if not request.url.startswith(site) else None,
    )

    page.goto(place(name, "ko"))
    context.close()

    told = [text for text in complaints if "status of 4" not in text]  # of 404 and 410 themselves
    assert (told, foreign) == ([], [])
