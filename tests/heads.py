"""The heads of pages as tests read them: links, meta elements, the block of linked data."""

import re
from html.parser import HTMLParser

SITE = "http://127.0.0.1:8000"


class Head(HTMLParser):
    """The links, meta elements and data of a page."""

    def __init__(self, page):
        super().__init__()
        self.links, self.metas, self.data, self.reads = [], [], "", False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if tag == "link":
            self.links.append(found)
        if tag == "meta":
            self.metas.append(found)
        self.reads = tag == "script" and found.get("type") == "application/ld+json"

    def handle_endtag(self, tag):
        self.reads = False

    def handle_data(self, words):
        if self.reads:
            self.data += words

    def typed(self):
        """`(rel, href, type)` of the links that are the page's own statement."""
        apart = ("stylesheet", "icon", "canonical")
        return [
            (one["rel"], one["href"], one.get("type", ""))
            for one in self.links
            if one["rel"] not in apart and "hreflang" not in one
        ]

    def terms(self):
        return {one["name"] for one in self.metas if "name" in one}


def head(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response, Head(response.content.decode())


def header_links(response):
    found = re.findall(r'<([^>]+)>; rel="([^"]+)"(?:; type="([^"]+)")?', response["Link"])
    return [(rel, href, kind) for href, rel, kind in found]
