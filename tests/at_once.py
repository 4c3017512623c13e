"""Many threads publish the same summit at once; run as a program, on a database of its own."""

import json
import threading
from itertools import pairwise

import django

THREADS, TIMES = 3, 4


def publish_at_once() -> dict[str, object]:
    """What came of it: every save ended well or was told to wait, and nothing was lost.

    How many were told to wait too long depends on the machine and is no fault.
    """
    from django.db import OperationalError, connection, transaction

    from records import index, publishing
    from records.models import Edition, Summit, Version
    from tests.contents import index_stored
    from tests.factories import document, published, text

    summit = published()
    saved: list[str] = []
    told_to_wait: list[str] = []
    faults: list[str] = []

    def save(name: str) -> None:
        try:
            with transaction.atomic():
                loaded = publishing.load(document(venue=text(name)), mode="replace")
                publishing.publish(loaded.summit, note={"en": name})
            saved.append(name)
        except OperationalError:
            told_to_wait.append(name)
        except Exception as problem:
            faults.append(repr(problem))

    def editor(name: int) -> None:
        for turn in range(TIMES):
            save(f"Venue {name}-{turn}")
        connection.close()

    threads = [threading.Thread(target=editor, args=(name,)) for name in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    editions = list(Edition.objects.filter(summit=summit).order_by("number"))
    kept = index_stored()
    version = Version.objects.get().number
    index.reindex()
    return {
        "faults": faults,
        "all answered": len(saved) + len(told_to_wait) == THREADS * TIMES,
        "lost": sorted(set(saved) ^ {edition.note_en for edition in editions[1:]}),
        "numbered": [edition.number for edition in editions] == list(range(1, len(saved) + 2)),
        "chained": all(late.previous_sha256 == early.sha256 for early, late in pairwise(editions)),
        "version raised by each": version == len(editions),
        "as reindexed": kept == index_stored() and Summit.objects.count() == 1,
    }


if __name__ == "__main__":
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    print(json.dumps(publish_at_once()))
