"""Requests that two servers would read in two ways: gunicorn refuses what is not plain."""

import os
import socket
import subprocess
import sys
import time

import pytest
from django.conf import settings

HOST = b"Host: localhost\r\n"
END = b"Connection: close\r\n\r\n"
HIDDEN = b"0\r\n\r\nGET /hidden HTTP/1.1\r\n" + HOST + END


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    """The site as `make run` serves it; /livez asks no database."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "summit.wsgi:application", "--no-control-socket",
         "--bind", f"127.0.0.1:{number}", "--limit-request-line", "8190"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATA_DIR": str(tmp_path_factory.mktemp("site"))},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", number), 1).close()
            break
        except OSError:
            time.sleep(0.1)
    yield number
    server.terminate()
    server.wait()


def answered(port, raw):
    """`[status]` of every answer that came back on one connection."""
    with socket.create_connection(("127.0.0.1", port), 30) as line:
        line.sendall(raw)
        line.shutdown(socket.SHUT_WR)
        found = b""
        while part := line.recv(65536):
            found += part
    starts = [one for one in found.split(b"\r\n") if one.startswith(b"HTTP/1.")]
    return [int(one.split()[1]) for one in starts]


def test_a_plain_request_is_answered(port):
    assert answered(port, b"GET /livez HTTP/1.1\r\n" + HOST + END) == [200]


@pytest.mark.parametrize(
    "headers",
    [
        b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
        b"Content-Length: 4\r\nContent-Length: 5\r\n",
        b"Content-Length: +4\r\n",
        b"Transfer-Encoding: xchunked\r\n",
        b"Transfer-Encoding: chunked, identity\r\n",
        b"Transfer-Encoding : chunked\r\n",
        b"X-A: b\r\n folded\r\n",
        b"X A: b\r\n",
        b"X-A: \0\r\n",
        b"Host: evil.example\r\n",
    ],
)
def test_what_could_be_read_in_two_ways_gets_one_refusal(port, headers):
    [status] = answered(port, b"POST /livez HTTP/1.1\r\n" + HOST + headers + b"\r\n" + HIDDEN)
    assert status in (400, 501)


@pytest.mark.parametrize(
    "header", [b"X_Forwarded_Host: evil", b"X-Forwarded-Host: evil", b"X_Forwarded_Proto: https"]
)
def test_a_header_that_looks_like_another_is_not_it(port, header):
    sent = b"GET /livez HTTP/1.1\r\n" + HOST + header + b"\r\n" + END
    assert answered(port, sent) == [200]


def test_an_address_too_long_is_answered_with_the_sites_headers(port):
    with socket.create_connection(("127.0.0.1", port), 30) as line:
        line.sendall(b"GET /en/" + b"x" * 4500 + b" HTTP/1.1\r\n" + HOST + END)
        found = b""
        while part := line.recv(65536):
            found += part
    assert found.startswith(b"HTTP/1.1 414 ")
    assert b"Content-Security-Policy: default-src 'none'; " in found
