"""A page as a tree of its elements, to ask what stands where."""

from html.parser import HTMLParser


class Element:
    """One element of a page: its attributes, and what stands in it."""

    VOID = ("area", "br", "hr", "img", "input", "link", "meta", "use", "wbr")

    def __init__(self, tag="", attrs=()):
        self.tag, self.attrs, self.inside = tag, dict(attrs), []

    def all(self, tag="", css="", **attrs):
        """The elements below of this tag, class and attributes, in the order of the page."""
        found = []
        for below in self.inside:
            if isinstance(below, Element):
                matches = (
                    tag in ("", below.tag)
                    and (not css or css in (below.attrs.get("class") or "").split())
                    and all(below.attrs.get(name) == value for name, value in attrs.items())
                )
                found += [below] * matches + below.all(tag, css, **attrs)
        return found

    def one(self, tag="", css="", **attrs):
        [found] = self.all(tag, css, **attrs)
        return found

    @property
    def text(self):
        parts = [below if isinstance(below, str) else below.text for below in self.inside]
        return " ".join("".join(parts).split())

    @property
    def cited(self):
        """Keys of the sources that the marks below lead to, each once."""
        hrefs = [link.attrs["href"] for mark in self.all("sup", "ref") for link in mark.all("a")]
        return list(dict.fromkeys(href.removeprefix("#src-") for href in hrefs))


class Tree(HTMLParser):
    """A page read by the standard library's parser."""

    def __init__(self, text):
        super().__init__()
        self.open = [Element()]
        self.feed(text)
        assert len(self.open) == 1, [element.tag for element in self.open]

    def handle_starttag(self, tag, attrs):
        element = Element(tag, attrs)
        self.open[-1].inside.append(element)
        if tag not in Element.VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.open[-1].inside.append(Element(tag, attrs))

    def handle_endtag(self, tag):
        assert self.open.pop().tag == tag

    def handle_data(self, words):
        self.open[-1].inside.append(words)
