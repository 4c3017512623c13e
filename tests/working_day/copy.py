"""A copy of the real record to work on, with its editors: a server of its own, gone afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser.site import ROOT, answering, free_port

PHRASE = "correct horse battery staple"
# Account -> name, role, the language of their browser.
EDITORS = {
    "kim": ("Kim Haneul", "contributor", "en"),
    "han": ("Han Bora", "translator-ko", "ko"),
    "sato": ("Sato Yui", "translator-ja", "ja"),
    "lee": ("Lee Sora", "reviewer", "en"),
    "tanaka": ("Tanaka Ken", "publisher", "en"),
}


def made() -> None:
    """The real record, published, and accounts; in the folder that DATA_DIR names."""
    from django.contrib.auth.models import Group
    from django.core.management import call_command

    from records.models import Editor

    with Path(os.devnull).open("w") as nowhere:
        call_command("migrate", verbosity=0)
        files = sorted((ROOT / "records" / "fixtures").glob("*.yaml"))
        call_command("loadsummit", *map(str, files), publish=True, stdout=nowhere)
        call_command("collectstatic", interactive=False, verbosity=0, stdout=nowhere)
    for account, (name, role, _language) in EDITORS.items():
        first, _space, last = name.partition(" ")
        editor = Editor.objects.create_user(
            account, password=PHRASE, is_staff=True, first_name=first, last_name=last
        )
        editor.groups.set([Group.objects.get(name=role)])


@contextmanager
def served(log: Path) -> Iterator[str]:
    """The address of the site, while it runs as on a desk: behind gunicorn, with every header."""
    port = free_port()
    with log.open("wb") as told:
        server = subprocess.Popen(
            [
                sys.executable, "-m", "gunicorn", "summit.wsgi:application",
                "--no-control-socket", "--bind", f"127.0.0.1:{port}", "--workers", "2",
                "--threads", "4", "--log-level", "error",
            ],
            cwd=ROOT,
            env={**os.environ, "PORT": str(port)},
            stderr=told,
        )  # fmt: skip
        try:
            yield answering(f"http://127.0.0.1:{port}", server)
        finally:
            server.terminate()
            server.wait(timeout=10)
