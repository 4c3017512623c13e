"""Addresses that sources name: only public ones are asked, politely, and few failures tell much."""

import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import call_command

from records import links
from records.links import Pace, Reached, is_public
from records.models import Link, Work
from tests.factories import drafted, source

DAY = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)


class Answers(BaseHTTPRequestHandler):
    """`/404` is answered by 404, `/to?URL` leads on, `/loop` to itself, HEAD of `/page` fails."""

    def answer(self):
        self.server.asked.append((self.command, self.path, self.headers["User-Agent"]))
        path, _mark, onward = self.path.partition("?")
        if path == "/page" and self.command == "HEAD":
            return self.tell(405)
        if path in ("/to", "/loop"):
            return self.tell(302, onward or "/loop")
        return self.tell(int(path[1:]) if path[1:].isdigit() else 200)

    do_HEAD = do_GET = answer

    def tell(self, status, onward=""):
        self.send_response(status)
        if onward:
            self.send_header("Location", onward)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_args):
        """Nothing: a test's output is its own."""


@pytest.fixture(scope="module")
def host():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.asked = []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def ask(host):
    """Ask a path of the server, which alone may be connected to; what it was asked."""
    host.asked.clear()
    only = ("127.0.0.1", host.server_port)

    def reach(path, **facts):
        url = f"http://127.0.0.1:{host.server_port}{path}"
        return links.reach(url, agent="Links", allows=lambda *to: to == only, **facts)

    return reach


# who may be connected to --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        *["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1"],
        *["0.0.0.0", "224.0.0.1", "255.255.255.255", "::", "::1", "fe80::1%eth0", "fd00::1"],
        *["ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::a00:1"],
    ],
)
def test_no_address_of_an_own_network_is_public(address):
    assert not is_public(address, 443)


def test_public_addresses_are_asked_at_ports_of_the_web():
    assert [is_public("93.184.215.14", port) for port in (80, 443, 22, 5432)] == [
        *(True, True, False, False)
    ]
    assert is_public("2606:2800:21f:cb07:6820:80da:af6b:8b2c", 443)
    assert is_public("64:ff9b::5db8:d70e", 80)


def test_own_machine_is_not_asked_by_address_nor_by_name(host):
    host.asked.clear()

    told = [
        links.reach(f"http://{name}:{host.server_port}/", agent="Links")
        for name in ("127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433")
    ]

    assert {each.trouble for each in told} == {"not a public address"}
    assert host.asked == []


@pytest.mark.parametrize(
    "url", ["ftp://example.org/", "file:///etc/passwd", "http://", "http://u@x.org/", "http://[x"]
)
def test_what_is_no_web_address_is_not_asked(url):
    assert links.reach(url, agent="Links").trouble == "not a web address"


# one address --------------------------------------------------------------------------------------


def test_page_is_asked_by_get_where_head_is_refused(ask, host):
    assert ask("/page") == Reached(200)
    assert host.asked == [("HEAD", "/page", "Links"), ("GET", "/page", "Links")]


def test_page_that_answers_head_is_not_fetched(ask, host):
    assert ask("/other") == Reached(200)
    assert host.asked == [("HEAD", "/other", "Links")]


@pytest.mark.parametrize(
    ("status", "fails"), [(404, True), (410, True), (500, True), (403, False), (429, False)]
)
def test_answer_fails_where_readers_would_meet_a_fault(ask, status, fails):
    reached = ask(f"/{status}")
    assert (reached.status, reached.fails) == (status, fails)


def test_redirection_is_followed_and_told(ask, host):
    onward = f"http://127.0.0.1:{host.server_port}/new"
    assert ask(f"/to?{onward}") == Reached(200, "", onward)


@pytest.mark.parametrize("onward", ["http://127.0.0.2/", "http://0.0.0.0/", "file:///etc/passwd"])
def test_redirection_leads_to_no_forbidden_address(ask, onward):
    reached = ask(f"/to?{onward}")
    assert (reached.status, reached.final_url) == (None, onward)
    assert reached.trouble in ("not a public address", "not a web address")


def test_redirections_end(ask, host):
    assert ask("/loop").trouble == "too many redirections"
    assert len(host.asked) == 6


def test_one_host_is_asked_once_a_second():
    now, slept = [0.0], []

    def sleep(seconds):
        slept.append(seconds)
        now[0] += seconds

    pace = Pace(clock=lambda: now[0], sleep=sleep)
    for host, passed in [("a", 0), ("a", 0.25), ("b", 0), ("a", 3), ("a", 0)]:
        now[0] += passed
        pace.wait(host)

    assert slept == [0.75, 1.0]


def test_pace_is_kept_before_every_request(ask):
    waited = []
    ask("/page", before=waited.append)
    assert waited == ["127.0.0.1"] * 2


# all addresses ------------------------------------------------------------------------------------


def rows(*keys):
    drafted(sources=[source("s01"), *map(source, keys)])
    links.note_addresses()


def asked(now, status=200, limit=100):
    """The keys asked at a moment, when every address answers alike."""
    with time_machine.travel(now, tick=False):
        due = links.due(now, older_than=timedelta(days=30), limit=limit)
        return [link.url[-3:] for link, _reached in links.check(due, lambda url: Reached(status))]


@pytest.mark.django_db
def test_every_address_that_a_source_names_is_known_and_no_other():
    Link.objects.create(url="https://example.org/gone")
    archived = source("s02", archived_url="https://archive.example.org/s02")
    drafted(sources=[source("s01"), archived])

    links.note_addresses()

    assert list(Link.objects.values_list("url", flat=True)) == [
        "https://archive.example.org/s02",
        "https://example.org/s01",
        "https://example.org/s02",
    ]


@pytest.mark.django_db
def test_run_that_was_cut_short_goes_on_with_what_is_left():
    rows("s02", "s03")

    assert asked(DAY, limit=2) == ["s01", "s02"]
    assert asked(DAY + timedelta(hours=1)) == ["s03"]
    assert asked(DAY + timedelta(days=29)) == []
    assert sorted(asked(DAY + timedelta(days=31))) == ["s01", "s02", "s03"]


@pytest.mark.django_db
def test_link_is_dead_only_after_failing_on_two_days():
    rows()
    standing = []
    for hours, answer in [(0, 404), (1, 404), (24, 200), (24 * 60, 404), (24 * 61, None)]:
        asked(DAY + timedelta(hours=hours), answer)
        standing.append(Link.objects.get().is_dead)

    assert standing == [False, False, False, False, True]
    link = Link.objects.get()
    assert (link.status, link.failing_since) == (None, DAY + timedelta(days=60))
    assert Work.objects.get(kind="dead").place == "sources.s01.url"


@pytest.mark.django_db
def test_link_that_fails_twice_on_one_day_is_not_dead():
    rows()
    early = datetime(2026, 3, 1, 1, tzinfo=ZoneInfo("Asia/Seoul"))
    for hours in (0, 21):  # long enough to be asked again, and the same day still
        asked(early + timedelta(hours=hours), 404)

    link = Link.objects.get()
    assert (link.checked_at, link.is_dead) == (early + timedelta(hours=21), False)


@pytest.mark.django_db
def test_link_that_answers_again_waits_no_more():
    rows()
    for days in (0, 1):
        asked(DAY + timedelta(days=days), 404)
    assert Work.objects.filter(kind="dead").count() == 1

    asked(DAY + timedelta(days=40))

    assert not Link.objects.get().is_dead
    assert not Work.objects.filter(kind="dead").exists()


@pytest.mark.django_db
def test_command_asks_no_more_than_its_limit(capsys):
    drafted(sources=[source(url="http://127.0.0.1/a"), source("s02", url="http://10.0.0.1/b")])

    call_command("check_links", limit=1)

    assert capsys.readouterr().out == (
        "failing: http://10.0.0.1/b (not a public address)\n1 addresses asked, 1 failed\n"
    )
    assert Link.objects.filter(checked_at=None).count() == 1
