"""The site in production behind a real nginx on loopback, where nginx is installed."""

import http.client
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from tests.test_settings import PRODUCTION, environment

DEPLOY = settings.BASE_DIR / "summit" / "deploy"
NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin:{os.environ.get('NGINX_DIR')}")
OPENSSL = shutil.which("openssl")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (NGINX and OPENSSL),
        reason="nginx and openssl were not found (apt-get install nginx-light openssl)",
    ),
]


def put(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def front(tmp_path_factory):
    """The site in production behind the real nginx on loopback: ports, process, folder."""
    tmp = tmp_path_factory.mktemp("front")
    plain, tls, address = free_port(), free_port(), tmp / "site.sock"
    given = environment(tmp, **{**PRODUCTION, "WORKERS": "2"})
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=settings.BASE_DIR, env=given, check=True,
    )  # fmt: skip
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"],
        cwd=settings.BASE_DIR, env=given, check=True,
    )  # fmt: skip
    subprocess.run(
        [
            OPENSSL, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
            "-subj", "/CN=record.example", "-keyout", tmp / "privkey.pem",
            "-out", tmp / "fullchain.pem",
        ],
        check=True, capture_output=True,
    )  # fmt: skip
    config = nginx_config(tmp, plain, tls, address)
    gunicorn = Path(sys.executable).with_name("gunicorn")
    with (tmp / "site.log").open("w") as told, (tmp / "nginx.log").open("w") as told_by_nginx:
        site = subprocess.Popen(
            [gunicorn, "--config", "summit/deploy/gunicorn.conf.py", "--bind", f"unix:{address}"],
            cwd=settings.BASE_DIR, env=given, stderr=told,
        )  # fmt: skip
        proxy = subprocess.Popen([NGINX, "-c", str(config), "-p", str(tmp)], stderr=told_by_nginx)
    try:
        wait_for(lambda: got(tls, "/en/").status == 200, tmp)
        yield {"plain": plain, "tls": tls, "site": site, "config": config, "folder": tmp}
    finally:
        for process in (proxy, site):
            process.send_signal(signal.SIGTERM)
            process.wait(20)


def nginx_config(tmp, plain, tls, address):
    """The configuration as it stands, but for paths and ports of this run."""
    code = tmp / "code"  # its folder may have a space in its name, which nginx ends words with
    code.symlink_to(settings.BASE_DIR)
    text = (DEPLOY / "nginx.conf").read_text()
    text = re.sub(r"\n *listen \[::\].*", "", text)
    for old, new in (
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("listen 443 ", f"listen 127.0.0.1:{tls} "),
        ("/run/summit-record/site.sock", str(address)),
        ("/etc/ssl/summit-record", str(tmp)),
        ("/var/log/nginx", str(tmp)),
        ("/srv/summit-record", str(code)),
    ):
        assert old in text
        text = text.replace(old, new)
    put(tmp / "site.conf", text)
    temporary = "\n".join(
        f"{name}_temp_path {tmp}/{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.getuid() == 0 else ""
    return put(
        tmp / "nginx.conf",
        f"{user} daemon off; worker_processes 1; pid {tmp}/nginx.pid; error_log stderr warn;\n"
        f"events {{ worker_connections 512; }}\nhttp {{\n{temporary}\ntypes {{ text/html html; }}\n"
        f"access_log off;\ninclude {tmp}/site.conf;\n}}\n",
    )


def got(port, path, method="GET", **headers):
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    there = http.client.HTTPSConnection("127.0.0.1", port, timeout=20, context=trusting)
    there.request(method, path, headers={"Host": "record.example", **headers})
    response = there.getresponse()
    response.text = response.read().decode()
    there.close()
    return response


def wait_for(condition, folder, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if condition():
                return
        except OSError:
            pass
        time.sleep(0.2)
    logs = [(folder / name).read_text() for name in ("nginx.log", "site.log")]
    raise AssertionError("\n".join(logs))


def test_nginx_understands_its_configuration(front):
    run = subprocess.run(
        [NGINX, "-t", "-q", "-c", str(front["config"]), "-p", str(front["folder"])],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (run.returncode, run.stderr) == (0, "")


def test_http_leads_to_https(front):
    there = http.client.HTTPConnection("127.0.0.1", front["plain"], timeout=20)
    there.request("GET", "/en/summits?page=2", headers={"Host": "record.example"})
    response = there.getresponse()
    response.read()
    there.close()
    found = response.status, response.headers["Location"]
    assert found == (301, "https://record.example/en/summits?page=2")


def test_a_page_comes_through_with_its_headers(front):
    response = got(front["tls"], "/en/")
    assert (response.status, response.headers["Content-Language"]) == (200, "en")
    assert response.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert response.headers.get_all("Set-Cookie") is None


@pytest.mark.parametrize("header", ["X-Forwarded-Host", "Forwarded", "X-Forwarded-Proto"])
def test_a_forged_header_changes_nothing(front, header):
    response = got(front["tls"], "/en/", **{header: "evil.example"})
    assert response.status == 200
    assert "evil.example" not in response.text


def test_another_host_is_not_served(front):
    assert got(front["tls"], "/en/", Host="evil.example").status == 400


def test_both_logs_know_a_failed_request_by_the_same_id(front):
    forged = "0" * 32
    response = got(front["tls"], "/en/nothing-here?q=secret", **{"X-Request-ID": forged})
    own = response.headers["X-Request-ID"]
    assert own != forged
    found = [
        [line for line in (front["folder"] / name).read_text().splitlines() if own in line]
        for name in ("summit-record.log", "site.log")
    ]
    assert [len(lines) for lines in found] == [1, 1]
    assert [("secret" in line, "127.0.0.1" in line) for [line] in found] == [(False, False)] * 2


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_the_operators_questions_are_not_answered_to_the_public(front, path):
    assert got(front["tls"], path).status == 404


def test_an_address_too_long_is_refused(front):
    assert got(front["tls"], f"/en/summits?q={'a' * 4200}").status == 414


def test_slow_clients_hold_up_nobody(front):
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    slow = []
    try:
        for _ in range(60):
            there = trusting.wrap_socket(socket.create_connection(("127.0.0.1", front["tls"])))
            there.sendall(b"POST /admin/login/ HTTP/1.1\r\nHost: record.example\r\nContent-Len")
            slow.append(there)
        assert [got(front["tls"], "/en/").status for _ in range(10)] == [200] * 10
    finally:
        for there in slow:
            there.close()


def test_a_killed_worker_is_replaced_and_readers_go_on(front):
    children = Path(f"/proc/{front['site'].pid}/task/{front['site'].pid}/children").read_text()
    os.kill(int(children.split()[0]), signal.SIGKILL)
    assert [got(front["tls"], "/en/").status for _ in range(10)] == [200] * 10


def test_renewed_workers_refuse_no_reader(front):
    def children():
        pid = front["site"].pid
        return set(Path(f"/proc/{pid}/task/{pid}/children").read_text().split())

    before, statuses = children(), []
    front["site"].send_signal(signal.SIGHUP)
    while before & children():
        statuses.append(got(front["tls"], "/en/").status)
    assert {*statuses, got(front["tls"], "/en/").status} == {200}


def test_while_the_site_is_away_its_page_says_so(front):
    address = front["folder"] / "site.sock"
    aside = address.with_name("aside.sock")
    address.rename(aside)
    try:
        response = got(front["tls"], "/en/")
    finally:
        aside.rename(address)
    assert response.status == 503
    assert "<h1>Not available just now</h1>" in response.text
    assert response.headers["Retry-After"] == "10"
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
