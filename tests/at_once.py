"""Many threads publish or edit the same summit at once; a program, on a database of its own."""

import json
import sys
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
    versions: list[int] = []
    told_to_wait: list[str] = []
    faults: list[str] = []

    def save(name: str) -> None:
        try:
            with transaction.atomic():
                loaded = publishing.load(document(venue=text(name)), mode="replace")
                publishing.publish(loaded.summit, note={"en": name})
                versions.append(Version.objects.get().number)  # one after the other, under its lock
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
    index.reindex()
    return {
        "faults": faults,
        "all answered": len(saved) + len(told_to_wait) == THREADS * TIMES,
        "lost": sorted(set(saved) ^ {edition.note_en for edition in editions[1:]}),
        "numbered": [edition.number for edition in editions] == list(range(1, len(saved) + 2)),
        "chained": all(late.previous_sha256 == early.sha256 for early, late in pairwise(editions)),
        "version raised by each": versions == sorted(set(versions)),
        "as reindexed": kept == index_stored() and Summit.objects.count() == 1,
    }


def edit_at_once() -> dict[str, object]:
    """What came of editors who save one form at once, each another fact of it, and who publish.

    A deadlock would be a fault; who is told to wait saves again.
    """
    from django.db import connection
    from django.test import Client

    from tests.admin_pages import address, fields_of
    from tests.factories import EditorFactory, drafted

    session = drafted().sessions.get()
    where = address(session)
    facts = ("venue_en", "venue_ko", "venue_ja")[:THREADS]
    accounts = {fact: EditorFactory() for fact in facts}
    faults: list[str] = []
    met: list[str] = []

    def editor(fact: str) -> None:
        client = Client(raise_request_exception=False)
        client.force_login(accounts[fact])
        for turn in range(TIMES):
            button = {"_publish": "1", "edition_note_en": fact} if turn % 2 else {"_continue": "1"}
            for _again in range(20):
                form = fields_of(client.get(where))
                answer = client.post(where, {**form, fact: f"{fact} {turn}", **button})
                if answer.status_code != 503:
                    break
            met.append(fact)
            if answer.status_code != 302:
                faults.append(f"{fact} {turn}: {answer.status_code}")
        connection.close()

    threads = [threading.Thread(target=editor, args=(fact,)) for fact in facts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    session.refresh_from_db()
    return {
        "faults": faults,
        "all answered": len(met) == len(facts) * TIMES,
        "each fact as typed last": [getattr(session, fact) for fact in facts]
        == [f"{fact} {TIMES - 1}" for fact in facts],
    }


if __name__ == "__main__":
    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    setup_test_environment()
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    if "edit" in sys.argv:
        call_command("collectstatic", verbosity=0, interactive=False)
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    print(json.dumps(edit_at_once() if "edit" in sys.argv else publish_at_once()))
