"""Nothing outside is asked while readers are answered: mail, names and other sites may be down."""

import socket

import pytest
from django.db import connection

from tests.factories import another, published

pytestmark = pytest.mark.django_db
PAGES = (
    "/en/", "/ko/summits", "/ja/commitments", "/en/summits/2026-01-13-nara", "/en/search?q=nara",
    "/summits.json", "/summits/2026-01-13-nara.json", "/en/data", "/en/about/promises",
    "/en/nothing", "/sitemap.xml", "/robots.txt", "/livez", "/readyz",
)  # fmt: skip


@pytest.fixture
def asked(monkeypatch):
    """Addresses that were asked for; none of them answers."""
    connection.ensure_connection()  # the database may be on another machine
    found = []

    def refused(*arguments, **_options):
        found.append(arguments[-1] if isinstance(arguments[0], socket.socket) else arguments[0])
        raise OSError("nothing outside answers")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    return found


def test_an_address_outside_would_be_noticed(asked):
    with pytest.raises(OSError, match="nothing outside answers"):
        socket.create_connection(("192.0.2.1", 80))
    assert asked == ["192.0.2.1"]


def test_readers_are_answered_with_nothing_outside(client, asked):
    published()
    another(2)
    answers = {page: client.get(page).status_code for page in PAGES}
    assert answers == {page: 404 if page == "/en/nothing" else 200 for page in PAGES}
    assert asked == []
