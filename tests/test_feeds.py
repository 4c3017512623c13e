"""Feeds, read by another parser: entries are changes, with ids that last."""

import feedparser
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from records import index, newest, public, publishing
from records.exports import atom
from records.models import Participant
from tests.factories import (
    another,
    commitment,
    document,
    drafted,
    published,
    session,
    source,
    text,
    vocabulary,
)
from tests.test_changes import NARA, NOTE, publish, rename
from tests.test_editions import a_history

pytestmark = pytest.mark.django_db
FEEDS = (
    "changes",
    "corrections",
    "summits",
    "commitments",
    "participants",
    "sessions",
    "sources",
    f"summits/{NARA}",
    "commitments/2026-nara-1",
    "participants/lee-jae-myung",
)


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    found = feedparser.parse(answer.content)
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
@pytest.mark.parametrize("place", FEEDS)
def test_feeds_parse(client, language, place):
    a_history()

    found = read(client, f"/{language}/{place}.atom")

    assert found.feed.language == language
    assert found.feed.links[0].href.endswith(f"/{language}/{place}")
    assert all(found.feed[name] for name in ("id", "title", "updated"))
    assert all(entry.id and entry.updated and entry.content[0].value for entry in found.entries)


def test_entry_is_a_change(client):
    a_history()

    entry = read(client, f"/en/summits/{NARA}.atom").entries[1]

    assert entry.title == "2026-nara-1: Commitment 1: Announced → In progress"
    assert entry.id == f"tag:127.0.0.1,2026:change/{NARA}/2/status.1"
    assert entry.link.endswith("/en/commitments/2026-nara-1#progress")
    assert [tag.term for tag in entry.tags] == ["status", "follow-up"]
    assert entry.updated == "2026-05-02T00:00:00+00:00"
    assert "Progress 2026-02-01-step" in entry.content[0].value
    assert "https://example.org/s01" in entry.content[0].value


def test_entries_come_newest_first_and_keep_their_ids_when_reindexed(client):
    a_history()
    before = [entry.id for entry in read(client, "/ja/changes.atom").entries]

    index.reindex()

    assert [entry.id for entry in read(client, "/ja/changes.atom").entries] == before
    assert [name.partition("change/")[2] for name in before] == [
        f"{NARA}/3/facts",
        f"{NARA}/2/status.1",
        f"{NARA}/1/opened",
    ]


def test_title_spells_the_filter(client):
    published()
    found = read(client, "/en/commitments.atom?party=jpn&party=kor&status=announced")
    assert found.feed.title == "Commitments: Announced, Japan, Republic of Korea"


def titles(client, address):
    return [entry.id.rpartition("change/")[2] for entry in read(client, address).entries]


def test_feed_of_a_list_has_the_changes_of_what_it_lists(client):
    with time_machine.travel("2026-05-01T09:00:00+09:00", tick=False) as clock:
        summit = published(
            commitments=[commitment(), commitment(2, parties=["jpn"], topics=["history"])]
        )
        clock.shift(60)
        another(1, topics=["history"], commitments=[commitment(parties=["kor"])])
        clock.shift(60)
        publish(
            summit,
            commitments=[
                commitment(due="2026-12"),
                commitment(2, parties=["jpn"], topics=["history"], due="2027"),
            ],
        )

    opened, other = f"{NARA}/1/opened", "2001-02-city-1/1/opened"
    due = [f"{NARA}/2/due.1", f"{NARA}/2/due.2"]
    assert titles(client, "/en/commitments.atom") == [*due, other, opened]
    assert titles(client, "/en/commitments.atom?topic=history") == [due[1], opened]
    assert titles(client, "/en/commitments.atom?topic=trade") == [due[0], other, opened]
    assert titles(client, "/en/summits.atom?topic=history") == [*due, other, opened]
    assert titles(client, "/en/commitments/2026-nara-1.atom") == [due[0], opened]
    assert titles(client, "/en/changes.atom?what=due") == due


def test_feed_of_a_list_looks_beyond_the_newest_changes(client, monkeypatch):
    # The modules' numbers, not their work: everything is more than can be looked at in one go.
    monkeypatch.setattr(public.following, "FIRST", 1)
    monkeypatch.setattr(newest, "FEW", 0)
    monkeypatch.setattr(newest, "FIRST", 2)
    with time_machine.travel("2026-05-01T09:00:00+09:00", tick=False) as clock:
        summit = published()
        for number in range(3):
            clock.shift(60)
            another(number, topics=["history"], commitments=[commitment(topics=["history"])])
        clock.shift(60)
        publish(summit, venue=text("Hotel"))

    opened = [f"200{n}-0{n + 1}-city-{n}/1/opened" for n in (2, 1, 0)]
    assert titles(client, "/en/summits.atom?topic=history") == opened
    assert titles(client, "/en/commitments.atom?topic=history") == opened
    assert titles(client, "/en/commitments.atom?topic=trade") == [f"{NARA}/1/opened"]
    assert titles(client, "/en/sources.atom?summit=2001-02-city-1") == opened[1:2]


def test_feeds_of_parts_have_the_changes_of_what_they_list(client):
    with time_machine.travel("2026-05-01T09:00:00+09:00", tick=False) as clock:
        summit = published(sessions=[session(), session("dinner", kind="working-meal")])
        clock.shift(60)
        another(1)
        clock.shift(60)
        attendances = document()["attendances"]
        attendances[1]["office"] = text("Host")
        publish(
            summit,
            sessions=[session(minutes="30"), session("dinner", kind="working-meal", minutes="90")],
            sources=[source(), source("s02")],
            attendances=attendances,
        )

    opened, other = f"{NARA}/1/opened", "2001-02-city-1/1/opened"
    talks, dinner = f"{NARA}/2/facts.sessions.talks", f"{NARA}/2/facts.sessions.dinner"
    assert titles(client, "/en/sessions.atom") == [talks, dinner, other, opened]
    assert titles(client, "/en/sessions.atom?kind=working-meal") == [dinner, opened]
    assert titles(client, f"/en/sources.atom?summit={NARA}") == [
        f"{NARA}/2/source.sources.s02",
        opened,
    ]
    host = f"{NARA}/2/facts.attendances.takaichi-sanae"
    assert titles(client, "/en/participants.atom?party=jpn")[0] == host
    assert host not in titles(client, "/en/participants.atom?party=kor")


def test_corrected_name_is_in_the_feed_of_participants(client):
    published()
    rename("participant", Participant, "takaichi-sanae", "Takaichi")

    found = titles(client, "/en/participants.atom?party=jpn")

    corrected = "names/participant/takaichi-sanae/"
    assert [name.startswith(corrected) for name in found] == [True, False]
    assert len(titles(client, "/en/participants.atom?party=kor")) == 1


def test_feed_without_entries_is_valid(client):
    published()
    found = read(client, "/en/corrections.atom")
    assert (found.entries, found.feed.updated) == ([], "2020-01-01T00:00:00+00:00")


def test_feed_holds_the_newest_fifty(client):
    summit = published()
    publish(summit, commitments=[commitment(number) for number in range(1, 70)])
    for place in ("changes", f"summits/{NARA}", "commitments"):
        assert len(titles(client, f"/en/{place}.atom")) == 50


def test_feed_is_not_sent_again_unchanged(client):
    published()
    tag = client.get("/en/changes.atom")["ETag"]
    assert client.get("/en/changes.atom", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize(
    "query",
    ["changes.atom?what=nonsense", "commitments.atom?nobody=1", f"summits/{NARA}.atom?party=jpn"],
)
def test_bad_values_are_refused(client, query):
    published()
    answer = client.get(f"/en/{query}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameter"] in ("what", "nobody", "party")


def test_drafts_are_in_no_feed(client):
    published()
    names = vocabulary()
    drafted(names, slug="2026-05-01-busan", code="2026-busan", title=text("Sentinel"))
    publishing.load(document(title=text("Sentinel")), mode="replace")
    for place in FEEDS:
        assert b"Sentinel" not in client.get(f"/en/{place}.atom").content
    for place in ("summits/2026-05-01-busan", "commitments/2026-busan-1"):
        assert client.get(f"/en/{place}.atom").status_code == 404


def test_withdrawn_summit_is_gone_and_its_withdrawal_is_told(client):
    publishing.withdraw(published(), note=NOTE)
    assert client.get(f"/en/summits/{NARA}.atom").status_code == 410
    [entry] = read(client, "/en/changes.atom").entries
    assert entry.title == "Summit in Nara: Record withdrawn"
    assert "Commitment 1" not in entry.content[0].value


def test_what_xml_cannot_hold_is_replaced():
    assert atom.sayable("a\x01b\x1fc\ufffed\te") == "a\ufffdb\ufffdc\ufffdd\te"


@pytest.mark.parametrize("count", [1, 3, 30])
def test_feeds_ask_the_same(client, count):
    for number in range(count):
        another(number)
    summit = published()
    publish(
        summit, commitments=[commitment(number, due="2026-12") for number in range(1, count + 1)]
    )
    found = {}
    for place in FEEDS:
        client.get(f"/en/{place}.atom")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/en/{place}.atom")
        found[place] = len(queries)
    assert list(found.values()) == [2, 1, 4, 5, 5, 4, 4, 3, 3, 9]
