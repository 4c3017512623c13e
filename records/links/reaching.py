"""Asks an address on the web whether it answers; only public addresses are ever connected to.

A name is resolved once and the connection goes to the very address that was looked at, so that no
second answer of its name server leads inside; redirections are followed by hand under the same
rule. Headers are read under a deadline, bodies are not read.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

Allows = Callable[[str, int], bool]

SECONDS = 15  # for connecting, and for each wait
DEADLINE = 30  # for one answer's headers, however slowly they drip
REDIRECTIONS = 5
PORTS = {80, 443, 8080, 8443}
NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Answers that say nothing of the page: who asks is no reader, or asks too often.
UNTOLD = {401, 403, 405, 406, 407, 408, 418, 423, 425, 426, 429, 451, 999}


@dataclass(frozen=True)
class Reached:
    """What came of asking: the last answer's status or why none came, and whose answer it was."""

    status: int | None = None
    trouble: str = ""
    final_url: str = ""

    @property
    def fails(self) -> bool:
        """Readers would meet a fault: no answer, none of this name, or a server's failure.

        A server that refuses machines (403, 429, ...) tells nothing.
        """
        return self.status is None or (self.status >= 400 and self.status not in UNTOLD)


class Trouble(Exception):
    """No answer came; says why in a few words."""


def is_public(address: str, port: int) -> bool:
    """May the record's server connect to this? Nothing that is of its own network or machine."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner), port)
    return ip.is_global and not ip.is_multicast and port in PORTS


def reach(
    url: str,
    *,
    agent: str,
    allows: Allows = is_public,
    before: Callable[[str], None] = lambda host: None,
) -> Reached:
    """Ask `url`, by HEAD and where that fails by GET, through up to five redirections.

    `allows` tells of an address and a port whether they may be connected to; `before` is called
    with the host ahead of every request, to keep a pace.
    """
    here = url
    try:
        for _step in range(REDIRECTIONS + 1):
            status, onward = ask("HEAD", here, agent, allows, before)
            if status >= 400 or status == 0:
                status, onward = ask("GET", here, agent, allows, before)
            if status in (301, 302, 303, 307, 308) and onward:
                here = urljoin(here, onward)
                continue
            return Reached(status, final_url=here if here != url else "")
        raise Trouble("too many redirections")
    except Trouble as trouble:
        return Reached(None, str(trouble), here if here != url else "")


def ask(
    method: str, url: str, agent: str, allows: Allows, before: Callable[[str], None]
) -> tuple[int, str]:
    """Status and `Location` of one answer; 0 where HEAD was not understood. Raises Trouble."""
    scheme, host, port, target = parts(url)
    before(host)
    connection = Checked(scheme, host, port, allows)
    deadline = threading.Timer(DEADLINE, connection.cut)
    deadline.daemon = True
    deadline.start()
    try:
        connection.request(method, target, headers={"User-Agent": agent, "Accept": "*/*"})
        answer = connection.getresponse()
        return answer.status, (answer.getheader("Location") or "")[:2000]
    except Trouble:
        raise
    except (http.client.HTTPException, ConnectionError) as problem:
        if method == "HEAD" and not connection.is_cut and connection.is_connected:
            return 0, ""
        raise Trouble("no proper answer" if not connection.is_cut else "timeout") from problem
    except ssl.SSLCertVerificationError as problem:
        raise Trouble(f"certificate: {problem.verify_message}"[:200]) from problem
    except TimeoutError as problem:
        raise Trouble("timeout") from problem
    except (OSError, ValueError) as problem:
        raise Trouble(type(problem).__name__) from problem
    finally:
        deadline.cancel()
        connection.close()


def parts(url: str) -> tuple[str, str, int, str]:
    """Scheme, host, port and target as they are sent. Raises Trouble for what is no web address."""
    try:
        split = urlsplit(url)
        host = (split.hostname or "").encode("idna").decode()
        port = split.port or {"http": 80, "https": 443}.get(split.scheme, 0)
    except ValueError as problem:
        raise Trouble("not a web address") from problem
    if split.scheme not in ("http", "https") or not host or "@" in split.netloc:
        raise Trouble("not a web address")
    path = quote(split.path or "/", safe="/:@!$&'()*+,;=~%-._")
    query = f"?{quote(split.query, safe='/:@!$&()*+,;=~%-._?')}" if split.query else ""
    return split.scheme, host, port, path + query


class Checked(http.client.HTTPConnection):
    """A connection to an address that was looked at before it was connected to."""

    def __init__(self, scheme: str, host: str, port: int, allows: Allows):
        super().__init__(host, port, timeout=SECONDS)
        self.default_port = {"http": 80, "https": 443}[scheme]  # left out of the Host header
        self.is_secure = scheme == "https"
        self.allows = allows
        self.is_connected = self.is_cut = False

    def connect(self) -> None:
        try:
            found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as problem:
            raise Trouble("no such host") from problem
        addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
        if not all(self.allows(address, self.port) for address in addresses):
            raise Trouble("not a public address")
        self.sock = self.opened(addresses)
        if self.is_secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)
        self.is_connected = True

    def opened(self, addresses: list[str]) -> Any:
        for address in addresses[:2]:
            try:
                return socket.create_connection((address, self.port), timeout=SECONDS)
            except OSError as problem:
                last = problem
        raise Trouble("timeout" if isinstance(last, TimeoutError) else "no connection") from last

    def cut(self) -> None:
        """End a conversation that takes too long, from the thread that watches the clock."""
        self.is_cut = True
        if self.sock is not None:
            try:
                self.sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # it has ended by itself
