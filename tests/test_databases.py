"""The databases out of their addresses: one, one of several hosts, and replicas."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from summit.databases import database, replicas

ONE = "postgres://u:secret@one/record"


def test_of_several_hosts_the_one_that_takes_writes_is_the_primary():
    made = database("postgres://u:p@one:5432,two:5433/record")
    assert (made["HOST"], made["PORT"]) == ("one,two", "5432,5433")
    assert made["OPTIONS"]["target_session_attrs"] == "read-write"


def test_replicas_are_read_only_and_the_primarys_mirror_in_tests():
    urls = "postgres://u:p@two,one/record, postgres://u:p@three/record"
    found = replicas(urls, database(ONE))
    assert [(name, one["HOST"]) for name, one in found.items()] == [
        ("replica1", "two,one"),
        ("replica2", "three"),
    ]
    assert [one["OPTIONS"].get("target_session_attrs") for one in found.values()] == [
        "prefer-standby",
        None,
    ]
    assert {one["TEST"]["MIRROR"] for one in found.values()} == {"default"}
    assert all("default_transaction_read_only=on" in str(one["OPTIONS"]) for one in found.values())


def test_without_an_address_there_are_no_replicas():
    assert replicas("", database("sqlite:////tmp/record.sqlite3")) == {}


@pytest.mark.parametrize(
    ("primary", "urls"),
    [
        (ONE, "two"),
        (ONE, "sqlite:////tmp/two.sqlite3"),
        ("sqlite:////tmp/record.sqlite3", "postgres://u:secret@two/record"),
    ],
)
def test_replicas_that_are_none_are_refused_and_no_password_is_told(primary, urls):
    with pytest.raises(ImproperlyConfigured) as refused:
        replicas(urls, database(primary))
    assert str(refused.value).startswith("REPLICA_URLS are postgres://user:password@host:5432/name")
    assert "secret" not in str(refused.value)
