"""“Same sources as above” in a real browser, by keyboard, in rows that a script added."""

from playwright.sync_api import expect

from records.models import Commitment
from tests.admin_pages import add_address, address
from tests.factories import commitment, drafted, progress, somebody, source

from .test_admin_desk import signed_in

__all__ = ["signed_in"]  # a fixture
SAME = "Same sources as above"


def test_sources_of_the_row_above_are_taken_over_by_keyboard(signed_in):
    somebody("contributor", username="kim")
    first = progress("2026-02-01-step", cites={"date": ["s02 p. 4"], "all": ["s01"]})
    summit = drafted(
        sources=[source("s01"), source("s02"), source("s03")],
        commitments=[commitment(1, cites=["s01", "s02"], progress=[first])],
    )
    page = signed_in("kim")
    page.goto(address(summit.commitments.get()))
    page.locator("#progress-group .add-row a").click()
    new = page.locator("#id_progress-1-cites")
    new.focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name=SAME).and_(page.locator(":focus"))).to_have_count(1)
    page.keyboard.press("Enter")
    expect(new).to_have_value("date: s02 p. 4\nall: s01")
    expect(new).to_be_focused()
    wording = page.locator("#id_wordings-0-cites")
    wording.fill("s03")
    wording.locator("xpath=..").get_by_role("button", name=SAME).click()
    expect(wording).to_have_value("s03, s01, s02")
    expect(page.locator(".completion")).to_have_count(0)
    leaves = page.evaluate(
        "window.dispatchEvent(new Event('beforeunload', {cancelable: true}))",
    )
    assert leaves is False  # what was taken over counts as typed: leaving is warned of
    assert page.complaints == []


def test_new_row_takes_the_sources_of_the_last_of_its_list(signed_in):
    somebody("contributor", username="kim")
    summit = drafted(
        sources=[source("s01"), source("s02")],
        commitments=[commitment(1, cites=["s01"]), commitment(2, cites={"due": ["s02"]})],
    )
    page = signed_in("kim")
    page.goto(add_address(Commitment, summit))
    page.get_by_role("button", name=SAME).first.press("Space")
    expect(page.locator("#id_cites")).to_have_value("due: s02")

    page.goto(address(summit.commitments.get(number=1)))
    above = page.locator("#id_cites").locator("xpath=..").get_by_role("button", name=SAME)
    expect(above).to_have_count(0)  # nothing is above the first
    assert page.complaints == []
