"""One size, in a process whose settings name its database: filled if it is empty, then measured.

The last line it prints is what it found, as JSON.
"""

from __future__ import annotations

import cProfile
import io
import json
import os
import pstats
import sys
import time
from typing import Any

import django


def main(size: str) -> None:
    from django.core.management import call_command
    from django.db import connections

    from records.models import Summit

    found: dict[str, Any] = {}
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    if not Summit.objects.exists():
        from .filling import fill

        began = time.monotonic()
        found["made"] = {name: round(took, 1) for name, took in fill(size).items()}
        found["made"]["all"] = round(time.monotonic() - began, 1)
    if "naive_summit" not in connections["twin"].introspection.table_names():
        from . import SIZES
        from .documents import documents, vocabulary
        from .naive.filling import fill as fill_twin

        fill_twin(vocabulary(SIZES[size]), documents(SIZES[size]))
    measure(size, found)
    print(json.dumps(found))


def measure(size: str, found: dict[str, Any]) -> None:
    from django.db import connections

    from . import SIZES
    from .measuring import measured, sites
    from .pages import pages
    from .publishing import loaded_and_published
    from .recall import recall
    from .serving import loaded

    asked, (site, twin) = pages(size), sites()
    found["pages"] = [measured(page, site, twin) for page in asked]
    if os.environ.get("PROFILE"):
        for page in asked:
            print(f"\n{size} {page.name}\n{profile(site, page)}")
    found["recall"] = recall()
    found["on_top"] = loaded_and_published(SIZES[size])
    connections.close_all()
    waits, found["memory"] = loaded(asked, twin=False)
    naive, found["naive_memory"] = loaded(asked, twin=True)
    for line in found["pages"]:
        line |= waits[line["page"]]
        if line["page"] in naive:
            line["naive_p99_ms"] = naive[line["page"]]["p99_ms"]


def profile(site: Any, page: Any) -> str:
    from .measuring import at, forget

    told = io.StringIO()
    profiler = cProfile.Profile()
    for turn in range(10):
        if not page.repeated:
            forget()
        profiler.runcall(site.ask, at(page.addresses, turn))
    pstats.Stats(profiler, stream=told).sort_stats("tottime").print_stats(25)
    return told.getvalue()


if __name__ == "__main__":
    django.setup()
    main(sys.argv[1])
