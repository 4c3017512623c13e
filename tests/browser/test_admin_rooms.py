"""The desk's other pages in a real browser: no violation, no complaint, all fits; translating by
keyboard."""

import pytest
from playwright.sync_api import expect

from records import waiting
from records.models import Summit
from tests.admin_pages import address, document_of
from tests.factories import commitment, drafted, progress

from .pages import desk_looks
from .test_admin_desk import signed_in, someone, violations

__all__ = ["signed_in"]  # a fixture


def waits():
    """A summit with texts that are missing and older, something overdue; editors of three kinds."""
    someone("publisher", "tanaka")
    someone("translator-ja", "sato")
    bare = commitment(
        1, title={"en": "Talks in the Republic of Korea"}, due="2026-02", progress=[progress()]
    )
    summit = drafted(commitments=[bare, commitment(2)])
    summit.venue_en, summit.title_en = "Hotel", "Another title"
    summit.save()
    waiting.keep(summit)
    waiting.names_saved(waiting.all_names())
    return summit


def filled(page):
    """The form for one event, filled in and shown before it is saved."""
    page.locator("#id_key").fill("2026-03-01-round")
    page.locator("#id_date").fill("1 March 2026")
    page.locator("#id_kind").select_option("step")
    page.locator("#id_status").select_option("in-progress")
    page.locator("#id_text_en").fill("Talks were held.")
    page.locator("#id_cites").fill("s01")
    page.locator("#id_commitment-1-taken").check()
    page.locator("#id_commitment-2-taken").check()
    page.locator("[name=_preview]").click()
    expect(page.locator("#foreseen")).to_be_focused()
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize(("language", "theme", "width"), desk_looks(("ja", "dark", 390)))
def test_pages_have_no_violation_that_axe_finds(signed_in, language, theme, width):
    summit = waits()
    page = signed_in("tanaka", language, theme, width)
    found = {}
    wheres = [
        "/admin/waiting/",
        "/admin/records/event/",
        "/admin/handbook/",
        address(summit, "next"),
        address(summit, "progress"),
        address(summit, "translate") + "?to=ja&which=all",
    ]
    for where in wheres:
        page.goto(where)
        page.wait_for_load_state("networkidle")
        if where.endswith("/progress/"):
            filled(page)
        fits = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        complaints = list(page.complaints)  # axe, which breaks the policy, adds its own
        found[where] = (complaints, violations(page), fits)
        page.complaints.clear()
        page.evaluate("document.querySelector('#content-main form')?.reset()")

    assert {where: each for where, each in found.items() if each != ([], [], True)} == {}


def test_texts_are_translated_by_keyboard_beside_their_source(signed_in):
    summit = waits()
    sato = signed_in("sato")
    sato.goto("/admin/waiting/?kind=missing&language=ja")
    sato.get_by_role("link", name="beside its source").first.focus()
    sato.keyboard.press("Enter")
    field = sato.get_by_label("Title (Japanese) missing")
    title = sato.locator(".pair", has=field)
    expect(title.locator(".words")).to_have_text("Talks in the Republic of Korea")
    expect(title.locator(".terms div")).to_have_text(["Talks会談", "Republic of Korea大韓民国"])
    field.fill("韓国での会談")
    sato.keyboard.press("Control+s")
    expect(sato.locator(".messagelist .success")).to_have_text("1 text saved.")

    found = document_of(Summit.objects.get(pk=summit.pk))["commitments"][0]["title"]
    assert found == {"en": "Talks in the Republic of Korea", "ja": "韓国での会談"}
    assert sato.complaints == []
