"""The editors' desk in a real browser: no violation, no complaint, and a way without a mouse."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from records import review
from records.models.review import Step
from records.review import Person, desk_of
from tests.admin_pages import address
from tests.factories import drafted, published, somebody

from .pages import desk_looks
from .test_accessibility import AXE

PHRASE = "correct horse battery staple"


@pytest.fixture
def signed_in(browser, live_server):
    """`signed_in("kim", "ko", "dark", 390)` is an editor's page, and what its console said."""
    contexts = []

    def opened(name, language="en", theme="light", width=1280):
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 900},
            locale=language,
            color_scheme=theme,
        )
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on(
            "console",
            lambda said: (
                page.complaints.append(said.text) if said.type in ("error", "warning") else None
            ),
        )
        page.goto("/admin/")
        page.locator("#id_username").fill(name)
        page.locator("#id_password").fill(PHRASE)
        page.locator("#login-form [type=submit]").click()
        return page

    yield opened
    for context in contexts:
        context.close()


def someone(role, name):
    editor = somebody(role, username=name, first_name=name.title())
    return Person(name.title(), name, editor)


def desk():
    """A summit in review with remarks, one approved, one public; an editor of every kind."""
    kim, lee = someone("contributor", "kim"), someone("reviewer", "lee")
    someone("publisher", "tanaka")
    someone("translator-ja", "sato")
    summit = published()
    approved = drafted(slug="2026-03-01-busan", code="2026-busan", commitments=None)
    for each in (summit, approved):
        each.venue_en = "Hotel"
        each.save()
        review.contributed(each, kim)
        seen = desk_of(each).sha256
        review.take(each, Step.SUBMITTED, kim, comment="Venue put right.", seen=seen)
    review.take(approved, Step.APPROVED, lee, seen=desk_of(approved).sha256)
    first = review.remark(summit, kim, "Is this the name?", path="venue.ja")
    review.remark(summit, lee, "Yes.", reply_to=first)
    review.resolve(review.remark(summit, lee, "Done."), lee, done=True)
    return summit, approved


def violations(page):
    found = Axe().run(page, options=AXE).response["violations"]
    return [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found]


@pytest.mark.parametrize(
    ("language", "theme", "width"),
    desk_looks(("en", "light", 1280), ("ko", "dark", 1280), ("ja", "light", 390)),
)
def test_desk_has_no_violation_that_axe_finds(signed_in, language, theme, width):
    summit, approved = desk()
    commitment = summit.commitments.get()
    places = {
        "lee": ["/admin/", address(summit, "review"), address(summit, "remarks")],
        "tanaka": [address(approved, "review")],
        "sato": [address(summit), address(commitment)],
        "kim": ["/admin/records/summit/", address(commitment)],
    }
    found = {}
    for name, wheres in places.items():
        page = signed_in(name, language, theme, width)
        for where in wheres:
            page.goto(where)
            page.wait_for_timeout(300)  # until names.js has named what Django's completion made
            fits = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
            complaints = list(page.complaints)  # axe, which breaks the policy, adds its own
            found[where] = (complaints, violations(page), fits)
            page.complaints.clear()

    assert {where: each for where, each in found.items() if each != ([], [], True)} == {}


def test_summit_goes_from_desk_to_desk_by_keyboard(signed_in):
    summit, _approved = desk()
    lee = signed_in("lee")
    lee.locator("#in-review a").first.focus()
    lee.keyboard.press("Enter")
    lee.locator("button[value=approved]").focus()
    lee.keyboard.press("Enter")
    lee.locator(".stage.approved").wait_for()

    tanaka = signed_in("tanaka")
    tanaka.goto(address(summit, "review"))
    tanaka.locator("#id_note_en").fill("Venue put right.")
    tanaka.locator("button[value=publish]").focus()
    tanaka.keyboard.press("Enter")
    tanaka.locator(".stage.published").wait_for()

    assert summit.editions.get(number=2).by == "Tanaka"
