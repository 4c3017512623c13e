"""`make run` says in one line what hinders it, before it makes anything."""

import os
import socket
import subprocess
import sys

import pytest
from django.conf import settings

OURS = ("DATA_DIR", "DATABASE_URL", "SITE_ENV", "PORT")


@pytest.fixture
def taken_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def served(tmp_path, port, **variables):
    environment = {name: value for name, value in os.environ.items() if name not in OURS}
    environment["DATA_DIR"] = str(tmp_path / "data")
    return subprocess.run(
        [".ci/serve", port],
        cwd=settings.BASE_DIR,
        env=environment | {"BIN": os.path.dirname(sys.executable), **variables},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", "80 80"])
def test_serving_refuses_what_is_no_port(tmp_path, port):
    run = served(tmp_path, port)
    assert (run.returncode, run.stdout, run.stderr) == (
        2,
        "",
        f"PORT must be a number from 1 to 65535, found “{port}”.\n",
    )


def test_serving_says_that_a_port_is_in_use_and_makes_nothing(tmp_path, taken_port):
    run = served(tmp_path, str(taken_port))
    assert (run.returncode, run.stdout, run.stderr) == (
        1,
        "",
        f"Port {taken_port} cannot be used (Address already in use). Another: PORT=8001 make run\n",
    )
    assert not (tmp_path / "data").exists()


def test_serving_says_in_one_line_that_the_database_does_not_answer(tmp_path, free_port):
    run = served(tmp_path, str(free_port), DATABASE_URL="postgres://x@127.0.0.1:1/record")
    assert run.returncode == 1
    assert run.stderr.startswith("The site cannot start: connection")
    assert "Traceback" not in run.stderr


def test_serving_says_in_one_line_that_the_data_folder_cannot_be(tmp_path, free_port):
    (tmp_path / "data").write_text("a file where a folder belongs")
    run = served(tmp_path, str(free_port))
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr == (f"The site cannot start: [Errno 17] File exists: '{tmp_path}/data'\n")
