"""`make test-cluster`: a site on several machines on loopback, and what it costs to break them.

A figure a line, with its goal; the last line is the verdict. Fails if a goal is missed. With names
of acts (`python -m tests.cluster site_dead`) only these.
"""

from __future__ import annotations

import io
import os
import random
import secrets
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path


def main(top: Path, at_the_end: ExitStack) -> int:
    # The settings ask for the databases: servers come first, by what needs no settings.
    from tests.faults.server import Server

    os.chmod(top, 0o711)  # servers run as somebody else
    began = time.monotonic()
    primary = Server(top / "primary")
    at_the_end.callback(primary.stop)
    primary.make("record")

    import django

    from tests.cluster import machines

    machines.program("varnishd")
    replica = machines.Replica(top / "replica", primary)
    at_the_end.callback(replica.stop)
    of_both = f"postgres://site@127.0.0.1:{primary.port},127.0.0.1:{replica.port}/record"
    of_reader = f"postgres://site@127.0.0.1:{replica.port},127.0.0.1:{primary.port}/record"
    os.environ["DATABASE_URL"] = of_both
    django.setup()
    session = filled()

    from tests.cluster.acts import Cluster, acts

    served = [machines.Machine(top / f"machine{n}.log", REPLICA_URLS=of_reader) for n in ("1", "2")]
    cache = machines.Cache(top, served)
    for one in served:
        one.variables["CACHE_URLS"] = f"http://127.0.0.1:{cache.purge}"
    from django.conf import settings

    settings.CACHE_URLS = [f"http://127.0.0.1:{cache.purge}"]
    replica.has_all_of(primary)
    for one in [*served, cache]:
        at_the_end.callback(one.kill)
        one.start()
    cluster = Cluster(primary, replica, served, cache, session)
    machines.until(lambda: cluster.seen("/en/").status == 200, 60)
    time.sleep(3)  # the cache looks at its machines once a second
    print(f"{time.monotonic() - began:.0f} s until everything ran", flush=True)
    wanted = sys.argv[1:]
    for act in acts():
        if not wanted or act.__name__ in wanted:
            act(cluster)
    print(f"{time.monotonic() - began:.0f} s in all")
    missed = f"MISSED: {'; '.join(one.strip() for one in cluster.missed)}"
    print(f"VERDICT: {missed if cluster.missed else 'HELD'}; {cluster.figures} figures")
    return 1 if cluster.missed else 0


def filled() -> str:
    """Migrate, publish the real record, sign an editor in; gives the editor's cookie."""
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.core.management import call_command

    from records.models import Editor

    call_command("migrate", verbosity=0)
    files = sorted(str(path) for path in (settings.BASE_DIR / "records/fixtures").glob("*.yaml"))
    call_command("loadsummit", *files, publish=True, stdout=io.StringIO())
    call_command("collectstatic", interactive=False, verbosity=0)
    editor = Editor.objects.create_superuser("editor", password=secrets.token_urlsafe(20))
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(editor.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = editor.get_session_auth_hash()
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


if __name__ == "__main__":
    for name in ("SITE_ENV", "REPLICA_URLS", "CACHE_URLS", "DATABASE_URL"):
        os.environ.pop(name, None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "summit.settings"
    os.environ["SECRET_KEY"] = secrets.token_urlsafe(48)  # the same on every machine
    random.seed(7)
    with tempfile.TemporaryDirectory(prefix="record-cluster-") as folder, ExitStack() as stack:
        os.environ["DATA_DIR"] = f"{folder}/site"
        try:
            result = main(Path(folder), stack)
        except Exception:
            for log in sorted(Path(folder).glob("*.log")):
                print(f"-- {log.name}\n{log.read_text(errors='replace')[-3000:]}", file=sys.stderr)
            raise
    sys.exit(result)
