"""Preview, comparison and restoring in a real browser: no violation, no complaint, all fits."""

import pytest

from records import publishing
from records.models import Summit
from tests.admin_pages import address, document_of
from tests.factories import published, session, text

from .pages import desk_looks
from .test_admin_desk import signed_in, someone, violations

__all__ = ["signed_in"]  # a fixture


def two_states():
    someone("publisher", "kim")
    summit = published(venue=text("The old hotel by the lake"))
    changed = {
        **document_of(summit),
        "venue": text("The new hotel by the lake"),
        "sessions": [session(minutes="75"), session("dinner", time="19:00")],
    }
    publishing.load(changed, mode="replace")
    return Summit.objects.get(pk=summit.pk)


@pytest.mark.parametrize(
    ("language", "theme", "width"),
    desk_looks(("en", "light", 1280), ("ko", "dark", 1280), ("ja", "light", 390)),
)
def test_pages_have_no_violation_that_axe_finds(signed_in, language, theme, width):
    summit = two_states()
    page = signed_in("kim", language, theme, width)
    found = {}
    wheres = [
        address(summit, "compare"),
        address(summit, "restore") + "?edition=1",
        address(summit, "review"),
        address(summit, "preview"),
        None,  # what the preview frames
    ]
    for where in wheres:
        page.goto(where or page.locator("iframe").get_attribute("src"))
        page.wait_for_load_state("networkidle")
        fits = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        complaints = list(page.complaints)  # axe, which breaks the policy, adds its own
        found[where] = (complaints, violations(page), fits)
        page.complaints.clear()

    assert {where: each for where, each in found.items() if each != ([], [], True)} == {}


def test_old_edition_is_looked_at_and_restored_by_keyboard(signed_in):
    summit = two_states()
    page = signed_in("kim")
    page.goto(address(summit, "compare"))
    assert page.locator("ins").filter(has_text="new").count() >= 1
    page.get_by_role("link", name="Restore edition 1 as the working copy").focus()
    page.keyboard.press("Enter")
    page.locator("input[type=submit].default").focus()
    page.keyboard.press("Enter")
    page.locator(".messagelist .success").wait_for()

    assert document_of(summit)["venue"] == text("The old hotel by the lake")
    page.goto(address(summit, "preview"))
    frame = page.frame_locator("iframe.phone")
    frame.get_by_text("The old hotel by the lake").first.wait_for()
    assert page.locator("iframe").bounding_box()["width"] == 392
