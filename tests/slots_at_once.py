"""Many threads take places of one limit at once; run as a program, on a database of its own."""

import os
import threading

import django

THREADS = 12


def take_at_once() -> str:
    """What came of it, in words."""
    from django.core.management import call_command
    from django.db import connection

    from summit.throttle import HERE, Slots, Throttled

    call_command("createcachetable", verbosity=0)
    taken: list[str] = []
    start = threading.Barrier(THREADS)
    whose = f"at once {os.getpid()}"

    def one() -> None:
        start.wait()
        try:
            taken.append(Slots(HERE, whose).take())
        except Throttled:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    refused = THREADS - len(taken)
    return f"{THREADS} asked, {len(taken)} took {len(set(taken))} places, {refused} were refused"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "summit.settings")
    django.setup()
    print(take_at_once())
