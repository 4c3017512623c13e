"""What is wrong with a page's HTML: a strict reading with the standard library's parser.

Stricter than browsers: every tag is closed where it should be, nothing is left to be guessed.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

VOID = {"br", "hr", "img", "input", "link", "meta", "path", "use", "circle", "rect", "line"}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# What closes an open <p> without a word: never inside one, nor inside what holds words only.
BLOCKS = {
    *("address", "article", "aside", "blockquote", "details", "dl", "div", "fieldset", "footer"),
    *("form", "header", "hr", "main", "nav", "ol", "p", "pre", "section", "table", "ul"),
    *HEADINGS,
}
WORDS_ONLY = {"p", "span", "b", "abbr", "time", "sup", "q", "summary", "button", "label", *HEADINGS}
INSIDE = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"div"},
    "tr": {"td", "th"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "table": {"caption", "thead", "tbody"},
    "select": {"option"},
}
NEVER_EMPTY = {
    *("ul", "ol", "dl", "li", "dt", "dd", "p", "a", "button", "th", "table", "tbody", "title"),
    *("section", "nav", "blockquote", "q", "summary", "legend", "label", "figcaption", *HEADINGS),
}
POINTERS = ("aria-describedby", "aria-labelledby", "aria-controls", "for")
SCRIPTS = {"ko": re.compile(r"[가-힣]"), "ja": re.compile(r"[ぁ-んァ-ヴ]")}


class Page(HTMLParser):
    """A page read whole: `faults` says what is wrong, in words."""

    def __init__(self, page: str):
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.open: list[list] = []  # [tag, holds something, lang]
        self.ids: list[str] = []
        self.anchors: list[tuple[str, str]] = []  # in order: where to, in which words
        self.links: dict[str, str] = {}  # the same by where to
        self.pointed: list[str] = []
        self.headings: list[tuple[int, str]] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.words: list[str] = []
        self.href = ""
        if not page.lstrip().startswith("<!doctype html>"):
            self.faults.append("does not begin with its doctype")
        self.feed(page)
        self.close()
        self.whole()

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if len(given) != len(attrs):
            self.faults.append(f"an attribute twice in <{tag}>")
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        here = [one[0] for one in self.open]
        if tag in BLOCKS and (inside := WORDS_ONLY & set(here)):
            self.faults.append(f"<{tag}> inside <{inside.pop()}> {self.open[-1]}")
        if tag in ("a", "button", "input", "select") and ("a" in here or "button" in here):
            self.faults.append(f"<{tag}> inside a link or button")
        if here and tag not in INSIDE.get(here[-1], {tag}):
            self.faults.append(f"<{tag}> as a child of <{here[-1]}>")
        if name := given.get("id"):
            self.ids.append(name)
        if given.get("class") == "":
            self.faults.append(f"an empty class in <{tag}>")
        for pointer in POINTERS:
            self.pointed += (given.get(pointer) or "").split()
        if tag == "a":
            self.href = given.get("href") or ""
            self.links.setdefault(self.href, "")
            self.anchors.append((self.href, ""))
            if not self.href:
                self.faults.append("a link to nowhere")
        if tag == "use":
            self.links.setdefault(given.get("href", ""), "")
        if tag in HEADINGS:
            self.headings.append((int(tag[1]), ""))
        if tag in ("svg", "img", "input", "use") or tag in VOID:
            for one in self.open:
                one[1] = True
        if tag not in VOID:
            waits = given.get("role") == "status"  # filled by the script
            self.open.append([tag, waits, given.get("lang") or (self.lang if self.open else "")])

    @property
    def lang(self) -> str:
        return self.open[-1][2]

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open[-1][0] != tag:
            self.faults.append(f"</{tag}> closes {self.open[-1:]} at {self.getpos()}")
            return
        _tag, filled, _lang = self.open.pop()
        if tag in NEVER_EMPTY and not filled:
            self.faults.append(f"an empty <{tag}> at line {self.getpos()[0]}")
        if tag == "a":
            self.href = ""

    def handle_data(self, words):
        if not words.strip():
            return
        for one in self.open:
            one[1] = True
        if self.open and self.open[-1][0] == "script":
            return  # data for machines, no words of the page
        inside = {one[0] for one in self.open}
        if self.open and self.open[-1][0] in ("ul", "ol", "dl", "tr", "table", "tbody"):
            self.faults.append(f"words right inside <{self.open[-1][0]}>: {words.strip()[:40]}")
        self.words.append(words)
        if self.href:
            self.links[self.href] += words
            self.anchors[-1] = (self.href, self.anchors[-1][1] + words)
        if "title" not in inside:  # which holds nothing that could be marked
            for code, letters in SCRIPTS.items():
                if letters.search(words) and self.lang[:2] != code:
                    self.faults.append(f"{code} words as {self.lang}: {words.strip()[:40]}")
        if inside & set(HEADINGS):
            level, before = self.headings[-1]
            self.headings[-1] = (level, before + words)

    def whole(self):
        """What only the whole page tells."""
        if self.open:
            self.faults.append(f"never closed: {[one[0] for one in self.open]}")
        twice = sorted({name for name in self.ids if self.ids.count(name) > 1})
        self.faults += [f"the id {name} twice" for name in twice]
        self.faults += [f"nothing has the id {name}" for name in set(self.pointed) - set(self.ids)]
        self.faults += [
            f"nothing at {href}"
            for href in self.links
            if href.startswith("#") and href[1:] not in self.ids
        ]
        levels = [level for level, _words in self.headings]
        if levels.count(1) != 1:
            self.faults.append(f"{levels.count(1)} first headings")
        for before, after in zip([0, *levels], levels, strict=False):
            if after > before + 1:
                self.faults.append(f"a heading of level {after} after one of level {before}")


def faults(page: str) -> list[str]:
    return Page(page).faults
