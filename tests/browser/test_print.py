"""A record on paper."""

import re

import pytest

from .pages import LANGUAGES, NARA

A4 = (595, 842)  # points


@pytest.fixture(params=LANGUAGES)
def printed(request, visit, tmp_path):
    page = visit(f"{request.param}/{NARA}")
    path = tmp_path / "nara.pdf"
    page.pdf(path=path, prefer_css_page_size=True)
    return path.read_bytes()


def test_a_record_is_printed_on_a4_pages(printed):
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)

    assert {(round(float(width)), round(float(height))) for width, height in boxes} == {A4}
    assert 5 <= len(boxes) <= 40


def test_paper_shows_addresses_of_sources_and_no_navigation(visit):
    page = visit(f"en/{NARA}")
    page.emulate_media(media="print")

    shown = page.locator(".nav, .langs, .crumbs, .toc, .copy, .beside").evaluate_all(
        "all => all.filter(one => one.checkVisibility()).length"
    )
    after = "one => getComputedStyle(one, '::after').content"
    source = page.locator(".src a[href^=http]").first
    printed = source.evaluate(after)
    in_text = page.locator(".facts a").first.evaluate(after)

    assert shown == 0
    assert source.get_attribute("href") in printed
    assert in_text == "none"


def test_paper_has_numbered_pages(visit):
    page = visit(f"en/{NARA}")

    rules = page.evaluate(
        """() => {
          const within = rule => [rule, ...[...(rule.cssRules ?? [])].flatMap(within)];
          return [...document.styleSheets].flatMap(within)
            .filter(one => one instanceof CSSPageRule).map(one => one.cssText);
        }"""
    )

    assert len(rules) == 1
    assert "size: a4" in rules[0].lower()
    assert 'counter(page) " / " counter(pages)' in rules[0]
