"""The pages that ask an editor, in a real browser: conflict, files with faults and with changes,
names to be merged, the review of a first edition."""

import pytest

from records import summitfile
from records.models import Participant
from tests.admin_pages import address, document_of
from tests.factories import ParticipantFactory, drafted, published, text

from .pages import desk_looks
from .test_admin_desk import signed_in, someone, violations

__all__ = ["signed_in"]  # a fixture


def looked_at(page):
    """What the browser and axe complain of, and whether the page fits."""
    page.wait_for_timeout(150)  # until names.js has named what Django's completion made
    fits = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    # A page that asks answers 409 or 422, which the browser mentions.
    said = [words for words in page.complaints if "status of 4" not in words]
    found = (said, violations(page), fits)
    page.complaints.clear()  # axe, which breaks the policy, adds its own
    return found


def conflict(page, summit):
    session = summit.sessions.get()
    page.goto(address(session))
    page.locator("#id_minutes").fill("75")
    type(session).objects.filter(pk=session.pk).update(minutes="70", venue_en="Upper room")
    page.locator("input[name=_save]").click()
    page.locator(".question").wait_for()


def brought(page, words):
    page.goto("/admin/upload/")
    file = {"name": "nara.yaml", "mimeType": "application/yaml", "buffer": words.encode()}
    page.locator("#id_files").set_input_files(file)
    page.locator(".submit-row .default").click()


@pytest.mark.parametrize(
    ("language", "theme", "width"), desk_looks(("en", "light", 1280), ("ja", "dark", 390))
)
def test_pages_that_ask_have_no_violation_that_axe_finds(signed_in, language, theme, width):
    someone("publisher", "kim")
    summit, draft = published(), drafted(slug="2026-03-01-busan", code="2026-busan")
    kept = Participant.objects.first()
    twice = ParticipantFactory(slug="entered-twice")
    page = signed_in("kim", language, theme, width)
    other = {**document_of(summit), "venue": text("Another hotel")}
    file = summitfile.dump(other, {})
    found = {}

    conflict(page, summit)
    found["conflict"] = looked_at(page)
    brought(page, file.replace("minutes:", "minute:"))
    page.locator(".faults").wait_for()
    found["faults"] = looked_at(page)
    brought(page, file)
    page.locator(".compared").first.wait_for()
    found["difference"] = looked_at(page)
    page.goto(f"{address(twice, 'merge')}?into={kept.pk}")
    page.locator("form[method=post] .default").wait_for()
    found["merge"] = looked_at(page)
    page.goto(address(draft, "review"))
    page.locator("#changes").wait_for()
    found["review"] = looked_at(page)

    assert {name: each for name, each in found.items() if each != ([], [], True)} == {}
