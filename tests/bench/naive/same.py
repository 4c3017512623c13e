"""Does each page of the twin show what the site's page shows? Words of both, and those of one only.

    DATA_DIR=<a filled one> DJANGO_SETTINGS_MODULE=tests.bench.settings \\
        python -m tests.bench.naive.same S
"""

import html
import re
import sys
from collections import Counter

import django
from django.conf import settings

HOST = "http://127.0.0.1"  # which the twin is asked for
SHOWN = 12  # words of a page that only one of both has


def words(content: bytes) -> Counter[str]:
    """The words that readers see of a page, without regard to their order."""
    text = re.sub(r"<(script|svg)\b.*?</\1>", " ", content.decode(), flags=re.DOTALL)
    text = html.unescape(re.sub(r"<[^>]+>", " ", text))
    return Counter(
        re.findall(r"\w+", text.replace(settings.SITE_URL, HOST).replace("/naive/", "/"))
    )


def main(size: str) -> None:
    from tests.bench.measuring import sites
    from tests.bench.pages import pages

    site, twin = sites()
    for page in pages(size):
        asked = zip(page.addresses, page.naive, strict=True) if page.naive else []
        for address, naive in asked:
            own, other = words(site.ask(address)[2]), words(twin.ask(naive)[2])
            missing, more = (own - other).total(), (other - own).total()
            apart = [*(own - other), "|", *(other - own)] if missing or more else []
            told = f"{own.total()} words, {missing} missing, {more} more"
            print(f"{address}: {told}", *apart[:SHOWN])


if __name__ == "__main__":
    django.setup()
    main(sys.argv[1])
