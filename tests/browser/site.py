"""A site to look at: the real summit, and made-up ones for what no real record has yet.

It runs as readers meet it, from a data folder of its own behind gunicorn: with hashed and
compressed static files, and without a row in the database of the other tests.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import records
from records import summitfile
from records.choices import CommitmentStatus
from tests.factories import commitment, document, progress, session, source, text, wording

ROOT = Path(records.__file__).parent.parent
FIXTURES = [
    ROOT / "records" / "fixtures" / name for name in ("vocabulary.yaml", "2026-01-13-nara.yaml")
]
NOTE = ("--note", "en=What this edition changed.", "--note", "ko=바뀐 것", "--note", "ja=変更点")
PATIENCE = 60  # seconds until the site answers, on a busy machine
CHINA = {
    "slug": "chn",
    "kind": "state",
    "iso": "CN",
    "name": {"en": "China", "ko": "중국", "ja": "中国"},
}


def made_up(slug: str, **over: Any) -> dict[str, Any]:
    """A summit that stands beside the real one and uses its vocabulary."""
    return document(
        **{
            "slug": slug,
            "code": f"{slug[:4]}-{slug.rpartition('-')[2]}",
            "title": text("Summit of three sides"),
            "series": "korea-japan-shuttle",
            **over,
        }
    )


def three_sides(**over: Any) -> dict[str, Any]:
    """Three delegations, an agreed text, every status, what was put right, what was withdrawn."""
    sides = ("chn", "jpn", "kor")
    agreed = [wording(exact="Agreed words.", exact_lang="en")]
    said = [wording(side, exact=f"Words of {side}.", exact_lang="en") for side in sides]
    promised = [
        commitment(number, parties=list(sides), wordings=agreed + said[: number % 4])
        | {
            "progress": [
                progress("step", status=status),
                progress("beside", kind="context", status=None),
            ]
        }
        for number, status in enumerate(CommitmentStatus.values, 1)
    ]
    return made_up(
        "2026-03-10-busan",
        starts="2026-03-10",
        ends=None,
        delegations=[{"party": side, "role": "member"} for side in sides],
        sessions=[session(date="2026-03-10")],
        commitments=promised,
        sources=[source(), source("s02", kind="news")],
        **over,
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """The address of a site with these records, while it runs."""
    port = free_port()
    surroundings = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DATABASE_URL", "SITE_ENV", "SITE_URL")
    } | {"DATA_DIR": str(folder), "PORT": str(port)}

    def manage(*command: str | Path) -> None:
        subprocess.run(
            [sys.executable, "manage.py", *map(str, command)],
            cwd=ROOT,
            env=surroundings,
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def written(name: str, content: dict[str, Any], **names: Any) -> Path:
        path = folder / f"{name}.yaml"
        path.write_text(summitfile.dump(content, names))
        return path

    manage("migrate", "--verbosity", "0")
    ahead = made_up(
        "2027-tokyo", starts="2027", ends=None, event_status="planned", checked_on=None,
        city={"en": "Tokyo"}, title={"en": "Summit ahead"},
        attendances=None, sessions=None, commitments=None,
    )  # fmt: skip
    gone = made_up("2026-04-10-jeju", starts="2026-04-10", ends=None, sessions=None)
    manage(
        "loadsummit", "--publish", *FIXTURES,
        written("three", three_sides(), parties=[CHINA]),
        written("ahead", ahead),
        written("gone", gone),
    )  # fmt: skip
    later = written("later", three_sides(checked_on="2026-05-01"))
    manage("loadsummit", "--publish", later, *NOTE)
    manage("withdraw", "2026-04-10-jeju", *NOTE)
    manage("collectstatic", "--noinput", "--verbosity", "0")
    server = subprocess.Popen(
        [
            sys.executable, "-m", "gunicorn", "summit.wsgi:application", "--no-control-socket",
            "--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "4",
            "--log-level", "error",
        ],
        cwd=ROOT,
        env=surroundings,
    )  # fmt: skip
    try:
        yield answering(f"http://127.0.0.1:{port}", server)
    finally:
        server.terminate()
        server.wait(timeout=10)


def answering(address: str, server: subprocess.Popen[bytes]) -> str:
    """The address, once the site behind it answers."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            with urlopen(f"{address}/readyz", timeout=5):
                return address
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"The site at {address} does not answer.")
