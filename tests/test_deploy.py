"""What an operator installs: units of systemd, gunicorn's configuration, the upgrade.

systemd's own program looks at its files where it is installed.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.test_settings import PRODUCTION, environment, manage

DEPLOY = settings.BASE_DIR / "summit" / "deploy"
UNITS = sorted(
    path for path in DEPLOY.iterdir() if path.suffix in (".service", ".socket", ".timer")
)
SERVICES = [path for path in UNITS if path.suffix == ".service"]
SYSTEMD = shutil.which("systemd-analyze")
with_systemd = pytest.mark.skipif(not SYSTEMD, reason="systemd-analyze was not found")


def put(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


# units --------------------------------------------------------------------------------------------


@with_systemd
def test_systemd_understands_every_unit(tmp_path):
    place = str(tmp_path / "srv")
    for program in ("gunicorn", "python"):
        put(Path(place, ".venv", "bin", program), "#!/bin/sh\n").chmod(0o755)
    units = []
    for unit in UNITS:
        text = unit.read_text().replace("/srv/summit-record", place)
        # What other packages bring is not what is tried.
        text = text.replace(" postgresql.service", "").replace("network-online.target", "")
        units.append(put(tmp_path / "units" / unit.name, text))
    run = subprocess.run(
        [SYSTEMD, "verify", "--man=no", *map(str, units)],
        env={**os.environ, "SYSTEMD_UNIT_PATH": f"{tmp_path}/units:"},
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [line for line in run.stderr.splitlines() if "summit-record" in line]
    assert (run.returncode, ours) == (0, [])


def test_units_run_commands_that_exist():
    named = re.findall(
        r"manage\.py (\w+)", "".join(path.read_text() for path in SERVICES), re.MULTILINE
    )
    commands = settings.BASE_DIR / "records" / "management" / "commands"
    assert sorted(named) == ["backup", "check_links", "exportall", "publish_due", "verify"]
    assert [name for name in named if not (commands / f"{name}.py").exists()] == []


def test_every_service_runs_in_the_same_sandbox():
    def sandbox(path):
        text = path.read_text()
        return text[text.index("User=") :].partition("\n\n[Install]")[0].rstrip()

    assert len({sandbox(path) for path in SERVICES}) == 1


def test_every_timer_has_its_service():
    timers = {path.stem for path in UNITS if path.suffix == ".timer"}
    assert timers == {path.stem for path in SERVICES} - {"summit-record"}


def test_the_environment_example_starts_once_the_key_is_filled_in(tmp_path):
    lines = (DEPLOY / "site.env").read_text().splitlines()
    given = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert given.pop("SECRET_KEY") == ""
    run = manage(tmp_path, "check", **given, SECRET_KEY=PRODUCTION["SECRET_KEY"])
    assert run.stdout == "System check identified no issues (0 silenced).\n"


def test_gunicorn_understands_its_configuration(tmp_path):
    (tmp_path / "data" / "static").mkdir(parents=True)
    run = subprocess.run(
        [
            Path(sys.executable).with_name("gunicorn"),
            "--check-config",
            *("--config", "summit/deploy/gunicorn.conf.py"),
        ],
        cwd=settings.BASE_DIR,
        env=environment(tmp_path, **PRODUCTION),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, "")


def test_the_guide_names_every_file_that_is_installed():
    guide = (DEPLOY / "README.md").read_text()
    kinds = (".service", ".socket", ".timer", ".conf", ".env", ".py", "")
    installed = [path.name for path in DEPLOY.iterdir() if path.is_file() and path.suffix in kinds]
    assert [name for name in installed if name not in guide] == []


# the upgrade --------------------------------------------------------------------------------------


def upgraded(tmp_path, **variables):
    return subprocess.run(
        ["summit/deploy/upgrade"],
        cwd=settings.BASE_DIR,
        env=environment(tmp_path, BIN=str(Path(sys.executable).parent), **variables),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_an_upgrade_copies_migrates_indexes_and_renews_workers(tmp_path):
    manage(tmp_path, "migrate", "--verbosity", "0")
    run = upgraded(tmp_path, RELOAD="echo workers renewed")
    lines = run.stdout.splitlines()
    [copy] = (tmp_path / "data" / "backup").glob("*.sqlite3")
    assert (run.returncode, run.stderr) == (0, "")
    assert [line for line in lines if line.startswith("──")] == [
        "── A copy of everything, checked",
        "── Settings",
        "── Migrations",
        "── The index, from the editions",
        "── What waits for editors",
        "── Style and script",
        "── New workers",
        "── Done",
    ]
    assert lines[1].startswith(f"{copy}: ")
    assert [lines[5], lines[-2]] == ["0 summits indexed", "workers renewed"]


@pytest.mark.slow
def test_an_upgrade_that_stops_says_where_and_how_to_go_back(tmp_path):
    manage(tmp_path, "migrate", "--verbosity", "0")
    run = upgraded(tmp_path, RELOAD="false")
    [copy] = (tmp_path / "data" / "backup").glob("*.sqlite3")
    assert run.returncode != 0
    assert "The upgrade stopped at “reload”. The old workers go on serving." in run.stderr
    assert f"manage.py restore {copy}\n" in run.stderr


def test_an_upgrade_does_nothing_without_a_copy(tmp_path):
    run = upgraded(tmp_path, RELOAD="echo workers renewed")
    assert run.returncode != 0
    assert run.stdout == "── A copy of everything, checked\n"
    assert "there is no database at" in run.stderr
    assert not (tmp_path / "data" / "site.sqlite3").exists()
