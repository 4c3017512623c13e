"""Pages at every width and spacing, lines and words of three languages, and no leaping about."""

import pytest

from .pages import CLOSELY, LANGUAGES, PAGES, in_languages, place

# WCAG 1.4.12: what a reader may set.
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
  word-spacing: .16em !important } p { margin-block-end: 2em !important }"""
SHIFT = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(one => { sum += one.value }))
    .observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => done(sum), 300);
})"""


@pytest.mark.parametrize(("name", "language"), in_languages())
def test_nothing_runs_out_of_the_page_at_any_width(visit, name, language):
    page = visit(place(name, language), width=320)

    found = {}
    for width in (256, 320, 390, 768, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        found[width] = page.evaluate("probes.sideways()")

    assert {width: wrong for width, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(("name", "language"), in_languages(CLOSELY))
def test_nothing_is_cut_off_at_400_percent(visit, name, language):
    page = visit(place(name, language), width=320, height=256)

    assert page.evaluate("[probes.sideways(), probes.cutOff()]") == [[], []]


@pytest.mark.parametrize(("name", "language"), in_languages(CLOSELY))
def test_wide_spacing_of_text_fits(visit, name, language):
    page = visit(place(name, language), width=320, bypass_csp=True)

    page.add_style_tag(content=SPACED)

    assert page.evaluate("[probes.sideways(), probes.cutOff()]") == [[], []]


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("name", [*CLOSELY, "session"])
def test_korean_words_stay_whole(visit, name, width):
    page = visit(place(name, "ko"), width=width)

    assert page.evaluate("probes.brokenWords()") == []


def test_words_that_break_are_found_without_the_rule_for_korean(visit):
    page = visit("ko/summits/2026-01-13-nara", width=320, bypass_csp=True)

    page.add_style_tag(content=":lang(ko) { word-break: normal !important }")

    assert page.evaluate("probes.brokenWords().length") > 20


@pytest.mark.parametrize("name", CLOSELY)
def test_japanese_lines_end_at_40_characters(visit, name):
    page = visit(place(name, "ja"), width=1920)

    assert page.evaluate("probes.longLines(40)") == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["home", "filtered", "summit"])
def test_page_does_not_shift_while_it_loads(visit, name, language):
    page = visit(place(name, language), width=390)

    assert page.evaluate(SHIFT) <= 0.02


def test_every_page_is_looked_at():
    assert {name for name, _language in in_languages()} == set(PAGES)
