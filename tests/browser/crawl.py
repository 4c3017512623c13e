"""Every link of every page of the record as shipped, requested once: part of `make browser`.

python -m tests.browser.crawl                          a site of its own, as the browser's tests
python -m tests.browser.crawl http://127.0.0.1:8000    a site that runs
"""

import os
import sys
import tempfile
import time
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import django

from tests.crawl import Answer, Crawl

SHOWN = 40  # faults


def reader(site: str):
    """What a site answers, on one connection."""
    connection = HTTPConnection(urlsplit(site).netloc, timeout=60)

    def get(address: str) -> Answer:
        connection.request("GET", address)
        response = connection.getresponse()
        kind = response.headers.get_content_type()
        text = response.read()
        return Answer(
            response.status,
            kind,
            response.headers.get("Location", ""),
            text.decode() if kind == "text/html" else "",
        )

    return get


def crawled(site: str) -> int:
    """How many faults were found, after saying which."""
    began = time.monotonic()
    found = Crawl(reader(site), ["/", "/en/", "/ko/", "/ja/"], site)
    print(
        f"{len(found.kinds)} addresses, {len(found.ids)} of them pages,"
        f" {len(found.wanted)} links with their fragments,"
        f" {time.monotonic() - began:.0f} s: {len(found.faults)} faults"
    )
    for fault in found.faults[:SHOWN]:
        print(f"  {fault}")
    return len(found.faults)


if __name__ == "__main__":
    if sys.argv[1:]:
        faults = crawled(sys.argv[1].rstrip("/"))
    else:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "summit.settings")
        django.setup()
        from tests.browser.site import running

        with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as own:
            faults = crawled(own)
    sys.exit(faults > 0)
