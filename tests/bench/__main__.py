"""`make bench`, `python -m tests.bench`: a table for each size, `var/bench.json`, a plot of growth.

SIZES=S or SIZES=S,M limits it, PROFILE=1 prints where the time of each page goes. Each size is a
database of its own below `var/bench/`, made at the first run (L takes minutes) and kept; on
PostgreSQL, databases of the server that DATABASE_URL names.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from . import SIZES
from .plot import plot
from .table import goals, growth, lines

HERE = Path(__file__).resolve().parent.parent.parent
FOLDER = Path(os.environ.get("BENCH_DIR") or HERE / "var" / "bench")
RESULTS = Path(os.environ.get("BENCH_RESULTS") or HERE / "var" / "bench.json")
PLOT = HERE / ".pictures" / "growth.svg"


def main() -> int:
    sizes = [size for size in os.environ.get("SIZES", "").replace(",", " ").split() if size]
    sizes = sizes or list(SIZES)
    if unknown := set(sizes) - set(SIZES):
        print(f"SIZES can be {', '.join(SIZES)}; not {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    url = os.environ.get("DATABASE_URL", "")
    database = "postgres" if url else "sqlite"
    results = json.loads(RESULTS.read_text()) if RESULTS.exists() else []
    told = {}
    for size in sizes:
        found = of_size(size, url)
        told[size] = found
        print(lines(database, size, found), flush=True)
        fresh = [{"database": database, "size": size, **line} for line in found["pages"]]
        results = [one for one in results if (one["database"], one["size"]) != (database, size)]
        results += fresh
        RESULTS.parent.mkdir(parents=True, exist_ok=True)
        RESULTS.write_text(json.dumps(results, indent=1) + "\n")
    print(growth(results, database))
    print(goals(results, database, told))
    # The README shows the growth on SQLite.
    if not url and {"S", "L"} <= {one["size"] for one in results if one["database"] == database}:
        PLOT.write_text(plot(results, database))
    return 0


def of_size(size: str, url: str) -> dict:
    """What a process of its own found out of one size."""
    folder = FOLDER / size
    folder.mkdir(parents=True, exist_ok=True)
    environment = {
        **os.environ,
        "DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
    }
    if url:
        environment["DATABASE_URL"] = database_of(url, size)
    command = [sys.executable, "-W", "ignore", "-m", "tests.bench.size", size]
    done = subprocess.run(command, env=environment, cwd=HERE, stdout=subprocess.PIPE, check=True)
    *told, last = done.stdout.decode().splitlines()
    if told:
        print("\n".join(told))
    return json.loads(last)


def database_of(url: str, size: str) -> str:
    """The address of this size's database, made if it is not there."""
    import psycopg

    name = f"bench_{size.lower()}"
    with psycopg.connect(url, autocommit=True) as server:
        known = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not known:
            server.execute(f"CREATE DATABASE {name}")
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


if __name__ == "__main__":
    sys.exit(main())
