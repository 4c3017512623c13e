"""The keyboard: order, ring, nothing covered, and the ways to skip."""

import pytest

from .pages import place

MOST = 1500  # stops on one page: more would be a trap


def stops(page):
    """What holds the focus, key by key, until the page gives it back."""
    found = []
    for _press in range(MOST):
        page.keyboard.press("Tab")
        at = page.evaluate("probes.stop()")
        if at is None or (found and at["index"] == found[0]["index"]):
            return found
        found.append(at)
    raise AssertionError(f"After {MOST} stops the page still holds the focus.")


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ["home", "commitments", "misread", "commitment", "participant"])
def test_focus_goes_forward_and_is_always_seen(visit, name, width):
    page = visit(place(name, "en"), width=width)

    found = stops(page)

    indexes = [at["index"] for at in found]
    assert indexes == sorted(indexes)
    assert [at["name"] for at in found if not at["ring"]] == []
    assert [at["name"] for at in found if at["covered"]] == []
    assert len(found) > 10


@pytest.mark.parametrize("name", ["home", "summit", "gone"])
def test_first_stop_skips_to_the_content(visit, name):
    page = visit(place(name, "en"))

    page.keyboard.press("Tab")
    skip = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")

    assert (skip, page.evaluate("document.activeElement.id")) == ("Skip to main content", "main")


def test_second_stop_of_a_list_skips_to_the_results(visit):
    page = visit("en/commitments")

    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    skip = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")

    assert (skip, page.evaluate("document.activeElement.id")) == ("Skip to results", "results")
