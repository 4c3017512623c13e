"""Lists with and without scripts: the same texts, addresses and results."""

import re

import pytest
from playwright.sync_api import expect

from .pages import CLOSELY, place

FOCUS = "document.activeElement.textContent.trim() || document.activeElement.id"


@pytest.mark.parametrize("name", CLOSELY)
def test_texts_are_the_same_without_scripts(visit, name):
    shown, without = (
        visit(place(name, "en"), java_script_enabled=enabled).locator("main").inner_text()
        for enabled in (True, False)
    )

    for words in ("Copy citation", "Copy this sentence"):
        shown = shown.replace(f"{words}\n\n", "")
    assert shown == without


def test_form_without_scripts_opens_on_a_phone_and_submits(visit):
    page = visit("en/commitments", width=360, java_script_enabled=False)

    page.locator(".filters summary").click()
    page.get_by_label("In progress").check()
    page.get_by_role("button", name="Apply").click()

    assert page.url.endswith("/en/commitments?status=in-progress")
    expect(page.locator("#count")).to_have_text("4 commitments")


def test_apply_changes_results_counts_and_address_and_keeps_the_focus(visit):
    page = visit("en/commitments")
    page.get_by_label("In progress").check()

    page.get_by_role("button", name="Apply").click()

    expect(page.locator("#status")).to_have_text("4 commitments")
    assert page.evaluate(FOCUS) == "Apply"
    assert page.url.endswith("/en/commitments?status=in-progress")
    expect(page.locator("#count")).to_have_text("4 commitments")
    expect(page.locator(".results > li")).to_have_count(4)
    expect(page.locator(".active li")).to_have_count(1)
    expect(page.locator(".filters > summary")).to_have_text(re.compile("1 active"))
    expect(page.get_by_label("In progress")).to_be_checked()
    korean = page.locator(".langs a[lang=ko]").get_attribute("href")
    assert korean == "/ko/commitments?status=in-progress"


def test_facets_are_those_of_the_same_address_without_scripts(visit):
    page = visit("en/commitments")
    page.get_by_label("In progress").check()
    page.get_by_role("button", name="Apply").click()
    expect(page.locator("#status")).to_have_text("4 commitments")

    fresh = visit("en/commitments?status=in-progress", java_script_enabled=False)

    assert page.locator("#facets").inner_text() == fresh.locator("#facets").inner_text()


def test_enter_in_a_field_keeps_the_focus_there(visit):
    page = visit("en/commitments")
    page.get_by_label("Words", exact=True).fill("shuttle")

    page.keyboard.press("Enter")

    expect(page.locator("#status")).to_have_text("1 commitment")
    assert page.evaluate(FOCUS) == "f-q"


def test_back_shows_the_former_list_and_its_fields(visit):
    page = visit("en/commitments")
    page.get_by_label("Words", exact=True).fill("shuttle")
    page.get_by_label("Sort by").select_option("title")
    page.get_by_role("button", name="Apply").click()
    expect(page.locator("#count")).to_have_text("1 commitment")

    page.go_back()
    expect(page.locator("#count")).to_have_text("18 commitments")
    before = (
        page.get_by_label("Words", exact=True).input_value(),
        page.get_by_label("Sort by").input_value(),
    )
    page.go_forward()
    expect(page.locator("#count")).to_have_text("1 commitment")
    after = (
        page.get_by_label("Words", exact=True).input_value(),
        page.get_by_label("Sort by").input_value(),
    )

    assert (before, after) == (("", ""), ("shuttle", "title"))


def test_what_cannot_be_read_is_said_on_a_page_of_its_own(visit):
    page = visit("en/commitments")
    page.get_by_label("From").fill("2023-02-30")

    page.get_by_role("button", name="Apply").click()

    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("From")).to_have_attribute("aria-invalid", "true")


def test_skip_link_of_a_list_asks_nothing_of_the_server(visit):
    page = visit("en/commitments")
    asked = []
    page.on("request", lambda request: asked.append(request.resource_type))

    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_timeout(200)

    assert [kind for kind in asked if kind in ("document", "fetch")] == []


def test_citation_is_copied(visit):
    page = visit(place("commitment", "en"), permissions=["clipboard-read", "clipboard-write"])

    page.get_by_role("button", name="Copy citation").click()

    expect(page.locator("#citation + .copy [role=status]")).to_have_text("Copied")
    citation = page.locator("#citation").inner_text()
    assert page.evaluate("navigator.clipboard.readText()") == citation
