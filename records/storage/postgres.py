"""Copies of a PostgreSQL database by its own programs, and databases made to look at them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from django.db.utils import Error as DatabaseProblem

from .checking import Check, checks
from .instead import instead


class Refused(Exception):
    """A program of PostgreSQL is missing or said no; its words, or what to install."""


def dump(target: Path) -> list[Check]:
    """Copy the database as of one moment, read the copy through, and check what was copied."""
    run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}", name())
    readable(target)
    return list(checks())


def readable(path: Path) -> None:
    """Read a whole copy as `pg_restore` would; raises Refused where it cannot."""
    run("pg_restore", f"--file={os.devnull}", str(path), reaches=False)


def name() -> str:
    return str(connection.settings_dict["NAME"])


def run(program: str, *arguments: str, reaches: bool = True) -> None:
    """Run a program of PostgreSQL on the site's server; the password goes by the environment."""
    described = connection.settings_dict
    environment = dict(os.environ)
    where = []
    if reaches:
        for option, variable in (("HOST", "PGHOST"), ("PORT", "PGPORT"), ("USER", "PGUSER")):
            if described[option]:
                environment[variable] = str(described[option])
        if described["PASSWORD"]:
            environment["PGPASSWORD"] = str(described["PASSWORD"])
        where = ["--no-password"]
    try:
        done = subprocess.run(
            [program, *where, *arguments],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError as problem:
        raise Refused(
            f"{program} was not found. On Debian: apt-get install postgresql-client; its version"
            " must not be older than the server's."
        ) from problem
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"{program} ended with {done.returncode}."]
        raise Refused("\n".join(said[:5]))


def make(database: str) -> None:
    """Make an empty database beside the site's."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE DATABASE {connection.ops.quote_name(database)} TEMPLATE template0"
            )
    except DatabaseProblem as problem:
        raise Refused(
            f"A database to restore into could not be made: {str(problem).strip()}."
            " The site's role needs CREATEDB for it."
        ) from problem


def drop(database: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"DROP DATABASE IF EXISTS {connection.ops.quote_name(database)} WITH (FORCE)"
        )


def fill(database: str, path: Path) -> None:
    run(
        "pg_restore", "--exit-on-error", "--no-owner", "--no-privileges",
        f"--dbname={database}", str(path),
    )  # fmt: skip


@contextmanager
def filled(path: Path) -> Iterator[None]:
    """Inside, `connection` leads to a database made from a copy; it is gone afterwards."""
    database = f"{name()}_looked_at_{os.getpid()}"
    make(database)
    try:
        fill(database, path)
        with instead(NAME=database):
            yield
    finally:
        drop(database)
