"""A form in a real browser: who else is there, what is typed kept, warned of, restored, saved."""

import pytest

from tests.admin_pages import address
from tests.factories import drafted

from .test_admin_desk import signed_in, someone, violations

__all__ = ["signed_in"]


@pytest.fixture
def session():
    someone("contributor", "kim")
    someone("contributor", "lee")
    return drafted().sessions.get()


def opened(page, row):
    page.warned = []
    page.on("dialog", lambda dialog: (page.warned.append(dialog.type), dialog.accept()))
    page.goto(address(row))
    return page


def test_what_is_typed_survives_a_closed_tab_and_is_saved_by_keys(signed_in, session):
    kim, lee = opened(signed_in("kim"), session), opened(signed_in("lee"), session)
    assert lee.locator("#people").inner_text().startswith("Also editing: Kim, since ")

    kim.goto("/admin/")  # nothing was typed: nobody is warned
    kim.goto(address(session))
    kim.locator("#id_venue_en").press_sequentially("Palace")
    kim.locator("#open-form .said", has_text="is kept for you since").wait_for()
    kim.goto("/admin/")
    assert kim.warned == ["beforeunload"]

    kim.goto(address(session))
    kim.get_by_role("link", name="Restore it").click()
    assert kim.locator("#id_venue_en").input_value() == "Palace"
    kim.keyboard.press("Control+s")
    kim.get_by_text("was changed successfully").wait_for()
    assert (kim.warned, kim.locator("#typed-before").count()) == (["beforeunload"], 0)
    session.refresh_from_db()
    assert session.venue_en == "Palace"
    assert (kim.complaints, lee.complaints) == ([], [])


@pytest.mark.parametrize(
    ("language", "theme", "width"), [("en", "light", 1280), ("ja", "dark", 390)]
)
def test_form_with_faults_and_notice_has_no_violation_and_moves_to_them(
    signed_in, session, language, theme, width
):
    opened(signed_in("lee"), session)
    kim = opened(signed_in("kim", language, theme, width), session)
    kim.locator("#id_date").fill("nonsense")
    kim.keyboard.press("Control+s")
    kim.locator("#all-faults").wait_for()
    kim.wait_for_function("document.activeElement.id === 'all-faults'")
    kim.keyboard.press("Tab")
    kim.keyboard.press("Enter")
    assert kim.evaluate("document.activeElement.id") == "id_date"
    found = [violations(kim)]
    kim.complaints.clear()  # axe, which breaks the policy, adds its own

    kim.goto(address(session))  # what was refused is offered again
    kim.locator("#typed-before").wait_for()
    assert kim.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert kim.complaints == []
    # The boxes of completion get their names a moment after they are there.
    kim.locator(".select2-search__field:not([aria-label])").first.wait_for(state="detached")
    found.append(violations(kim))
    kim.complaints.clear()
    kim.locator("#typed-before button").click()
    kim.locator("#typed-before").wait_for(state="detached")

    assert found == [[], []]
    assert kim.complaints == []
