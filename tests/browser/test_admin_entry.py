"""A small summit entered by hand in a real browser, from login to publication."""

import re

import pytest
from playwright.sync_api import expect

from records import publishing
from records.models import Summit
from tests.factories import EditorFactory, vocabulary

pytestmark = pytest.mark.browser
PHRASE = "correct horse battery staple"


@pytest.fixture
def admin_page(browser):
    """A page of a new visit, and what its console complained of."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en")
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.complaints = []
    page.on(
        "console",
        lambda said: (
            page.complaints.append(said.text) if said.type in ("error", "warning") else None
        ),
    )
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    yield page
    context.close()


def complete(page, field, asked, wanted):
    """Choose a name from the completion of a select."""
    # Named by its field and, behind it, by what it holds: names.js sees to it. The select below it
    # has the same name until completion begins, and could not be pressed any more.
    named = page.get_by_role("combobox", name=re.compile(f"^{field}:"))
    page.locator(".select2-selection").and_(named).first.click()
    page.locator(".select2-search__field:focus").press_sequentially(asked)
    page.locator(".select2-results__option", has_text=wanted).first.click()


def no_wider_than_the_window(page):
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_small_summit_entered_by_hand_and_published(live_server, admin_page):
    page = admin_page
    EditorFactory(username="kim")
    publishing.load_vocabulary(vocabulary())
    page.goto(f"{live_server.url}/admin/")
    page.get_by_label("Username").fill("kim")
    page.get_by_label("Password").fill(PHRASE)
    page.get_by_role("button", name="Log in").click()

    page.goto(f"{live_server.url}/admin/records/summit/add/")
    page.locator("#id_slug").fill("2026-01-13-nara")
    page.locator("#id_code").fill("2026-nara")
    page.locator("#id_title_ko").fill("나라 정상회담")
    page.locator("#id_starts").fill("about 13 January 2026")
    starts = page.locator(".field-starts output").first
    expect(starts).to_have_text("about 13 January 2026")
    page.locator("#id_starts").fill("soon")
    expect(starts).to_have_class("in-words wrong", timeout=20_000)
    page.locator("#id_starts").fill("2026年1月13日")
    expect(starts).to_have_text("13 January 2026")
    page.locator("#id_city_en").fill("Nara")
    complete(page, "Country", "일본", "(jpn)")
    assert no_wider_than_the_window(page)
    page.get_by_role("button", name="Save", exact=True).click()

    for publisher in ("Blue House", "Ministry"):
        page.locator("#sources").get_by_role("link", name="Add source").click()
        page.locator("#id_publisher").fill(publisher)
        page.locator("#id_title").fill("Readout")
        page.locator("#id_kind").select_option("official")
        page.locator("#id_read").select_option("whole")
        page.get_by_role("button", name="Save", exact=True).click()
    page.locator("#delegations").get_by_role("link", name="Add delegation").click()
    complete(page, "Party", "Japan", "(jpn)")
    page.locator("#id_role").select_option("host")
    cites = page.locator("#id_cites")
    cites.press_sequentially("s")
    expect(page.locator(".completion li")).to_have_count(2)
    cites.press("ArrowDown")
    cites.press("Enter")
    cites.press_sequentially(", blu")
    expect(page.locator(".completion li")).to_have_text(["s01 Blue House — Readout"])
    cites.press("Tab")
    expect(cites).to_have_value("s02, s01")
    page.get_by_role("button", name="Save", exact=True).click()

    page.locator("#commitments").get_by_role("link", name="Add commitment").click()
    page.locator("#id_title_en").fill("Trade talks")
    page.locator("#id_kind").select_option("new")
    complete(page, "Parties", "Korea", "(kor)")
    page.locator("#wordings-group .add-row a").click()
    page.locator("#id_wordings-0-verb").select_option("agreed")
    page.locator("#id_wordings-0-gist_ja").fill("合意した")
    page.locator("#progress-group .add-row a").click()
    page.locator("#id_progress-0-key").fill("first-round")
    page.locator("#id_progress-0-date").fill("7 February 2026")
    expect(page.locator("#progress-0 .field-date output").first).to_have_text("7 February 2026")
    page.locator("#id_progress-0-kind").select_option("step")
    page.locator("#id_progress-0-text_en").fill("First round")
    page.locator("#id_progress-0-cites").press_sequentially("min")
    page.locator("#id_progress-0-cites").press("Enter")
    assert no_wider_than_the_window(page)
    page.locator(".publish summary").click()
    page.locator("#id_edition_note_en").fill("Record opened.")
    page.get_by_role("button", name="Save and publish").click()

    expect(page.locator(".messagelist")).to_contain_text("Published as edition 1.")
    expect(page.locator(".standing").first).to_contain_text("The working copy says the same.")
    assert no_wider_than_the_window(page)
    document = publishing.state(Summit.objects.get()).published
    assert document["starts"] == "2026-01-13"
    assert document["country"] == "jpn"
    assert document["delegations"] == [{"party": "jpn", "role": "host", "cites": ["s02", "s01"]}]
    [commitment] = document["commitments"]
    assert commitment["parties"] == ["kor"]
    assert commitment["wordings"] == [{"verb": "agreed", "gist": {"ja": "合意した"}}]
    assert commitment["progress"][0]["cites"] == ["s02"]
    assert page.complaints == []
