"""What can be tested of WCAG 2.2 AA on every type of page, in three languages and both themes."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from .pages import CLOSELY, THEMES, in_languages, looks, place

AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}


@pytest.mark.parametrize(("name", "language", "theme", "width"), looks())
def test_page_has_no_violation_that_axe_finds(visit, name, language, theme, width):
    page = visit(place(name, language), width=width, color_scheme=theme)

    found = Axe().run(page, options=AXE).response["violations"]

    assert [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found] == []


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", ["home", "misread", "filtered", "summit", "three sides"])
def test_text_glyphs_and_borders_stand_out_from_their_ground(visit, name, theme):
    page = visit(place(name, "en"), color_scheme=theme)

    assert page.evaluate("probes.lowContrast()") == []


def test_grey_text_is_found_by_the_contrast_probe(visit):
    page = visit("en/")
    page.evaluate("document.querySelector('h1').style.color = '#999'")

    assert page.evaluate("probes.lowContrast().length") == 1


@pytest.mark.parametrize(("name", "language"), in_languages())
def test_headings_fragments_and_languages_are_in_order(visit, name, language):
    page = visit(place(name, language))

    found = page.evaluate("[probes.headings(), probes.fragments(), probes.languages()]")

    assert found == [[], [], []]


def test_a_sentence_in_another_language_needs_its_mark(visit):
    page = visit("en/summits/2026-01-13-nara")
    page.evaluate("document.querySelector('.orig q[lang=ko]').removeAttribute('lang')")

    assert page.evaluate("probes.languages().length") == 1


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize(("name", "language"), in_languages(CLOSELY))
def test_targets_are_large_enough(visit, name, language, width):
    page = visit(place(name, language), width=width)

    assert page.evaluate("probes.smallTargets()") == []


def test_forced_colours_keep_what_colours_tell(visit):
    page = visit("en/summits/2026-01-13-nara", forced_colors="active")
    border = "one => getComputedStyle(one).borderBlockEndWidth"

    current = page.locator(".nav [aria-current]").evaluate(border)
    others = page.locator(".nav a:not([aria-current])").evaluate_all(f"all => all.map({border})")
    tags = page.locator(".st").evaluate_all(f"all => [...new Set(all.map({border}))]")
    differ = page.locator(".differ").first.evaluate(
        "one => getComputedStyle(one).borderInlineStartStyle"
    )

    assert (current, set(others), tags, differ) == ("3px", {"0px"}, ["1px"], "double")
