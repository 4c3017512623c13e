"""Guessed passwords are slowed down for everybody who guesses, and for nobody else."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.test.utils import override_settings

from summit.throttle import ACCOUNT, HERE, PLACE, Limit, address
from tests.factories import EditorFactory

PASSWORD = "correct horse battery staple"
DOOR = "/admin/login/?next=/admin/"
PROXY = {"SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https")}


@pytest.fixture(autouse=True)
def nothing_counted_yet(db):
    cache.clear()
    EditorFactory(username="yuki", password=PASSWORD)
    EditorFactory(username="minjun", password=PASSWORD)


def tries(username="yuki", password="wrong", **sent):
    return Client(**sent).post(DOOR, {"username": username, "password": password})


def statuses(count, **asked):
    return [tries(**asked).status_code for _ in range(count)]


def test_one_account_is_tried_five_times_from_one_place():
    assert statuses(20) == [200] * 5 + [429] * 15


def test_who_waits_is_told_how_long_and_in_words():
    statuses(5)
    response = tries()
    assert 14 * 60 < int(response["Retry-After"]) <= 15 * 60 + 1
    assert response["Cache-Control"] == "private, no-store"
    assert "You can try again in 15 min." in response.content.decode()


def test_the_right_password_works_when_the_time_is_over(time_machine):
    time_machine.move_to("2026-03-01T09:00:00+09:00")
    statuses(5)
    assert tries(password=PASSWORD).status_code == 429
    time_machine.move_to("2026-03-01T09:15:02+09:00")
    assert tries(password=PASSWORD).status_code == 302


def test_attempts_leave_one_by_one(time_machine):
    for minute in range(5):
        time_machine.move_to(f"2026-03-01T09:0{minute}:00+09:00")
        assert tries().status_code == 200
    time_machine.move_to("2026-03-01T09:15:01+09:00")
    assert statuses(2) == [200, 429]


def test_signing_in_forgets_the_slips_before_it():
    for _ in range(4):
        assert statuses(4) == [200] * 4
        assert tries(password=PASSWORD).status_code == 302


def test_twenty_accounts_are_tried_from_one_place():
    found = [tries(username=f"editor{number}").status_code for number in range(25)]
    assert found == [200] * 20 + [429] * 5
    assert tries(username="minjun", password=PASSWORD).status_code == 429
    assert tries("minjun", PASSWORD, REMOTE_ADDR="192.0.2.9").status_code == 302


def test_one_account_is_tried_from_many_places_fifty_times():
    found = [tries(REMOTE_ADDR=f"192.0.2.{number}").status_code for number in range(55)]
    assert found == [200] * 50 + [429] * 5
    assert tries("minjun", PASSWORD, REMOTE_ADDR="192.0.2.1").status_code == 302


def test_spellings_of_one_name_are_one_account():
    found = [tries(username=name).status_code for name in ("yuki", "Yuki", " yuki", "YUKI", "yUki")]
    assert found == [200] * 5
    assert tries(username="yukI ").status_code == 429


@pytest.mark.parametrize("behind", [True, False])
def test_a_forged_address_evades_nothing(behind):
    with override_settings(**(PROXY if behind else {})):
        found = [
            tries(headers={"x-forwarded-for": f"203.0.113.{number}, 198.51.100.7"}).status_code
            for number in range(8)
        ]
    assert found == [200] * 5 + [429] * 3


def test_a_form_without_its_token_is_no_attempt():
    browser = Client(enforce_csrf_checks=True)
    for _ in range(30):
        assert browser.post(DOOR, {"username": "yuki", "password": "wrong"}).status_code == 403
    assert tries(password=PASSWORD).status_code == 302


def test_a_name_that_is_no_text_is_no_failure():
    for name in ("", "\0", "x" * 10_000, "\ud7ff", "나라", "%00"):
        assert tries(username=name).status_code == 200


@pytest.mark.parametrize(
    ("sent", "behind", "found"),
    [
        ({"REMOTE_ADDR": "192.0.2.1"}, False, "192.0.2.1"),
        ({"REMOTE_ADDR": "192.0.2.1", "HTTP_X_FORWARDED_FOR": "9.9.9.9"}, False, "192.0.2.1"),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "9.9.9.9"}, True, "9.9.9.9"),
        ({"REMOTE_ADDR": "", "HTTP_X_FORWARDED_FOR": "1.1.1.1, 9.9.9.9"}, True, "9.9.9.9"),
        ({"REMOTE_ADDR": "192.0.2.1"}, True, "192.0.2.1"),
        ({"REMOTE_ADDR": "", "HTTP_X_FORWARDED_FOR": "evil"}, True, "unknown"),
        ({"REMOTE_ADDR": "2001:db8:1:2:aaaa::1"}, False, "2001:db8:1:2::/64"),
        ({"REMOTE_ADDR": "2001:db8:1:2:bbbb::2"}, False, "2001:db8:1:2::/64"),
        ({"REMOTE_ADDR": "::ffff:192.0.2.1"}, False, "192.0.2.1"),
    ],
)
def test_where_a_request_comes_from(sent, behind, found):
    with override_settings(**(PROXY if behind else {})):
        assert address(RequestFactory().get("/", **sent)) == found


def test_the_limits_are_those_that_are_promised():
    assert (
        Limit("account-here", 5, 900),
        Limit("place", 20, 900),
        Limit("account", 50, 3600),
    ) == (HERE, PLACE, ACCOUNT)


def test_attempts_at_the_same_moment_are_counted_one_by_one(tmp_path):
    run = subprocess.run(
        [sys.executable, "-m", "tests.slots_at_once"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stdout) == (0, "12 asked, 5 took 5 places, 7 were refused\n"), run
