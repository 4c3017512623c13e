"""Records for the tests: a small valid published summit by default, everything else by argument.

Documents are the shape everything passes through, so most tests build a document and publish it;
rows of the working copy come from factory-boy.
"""

from __future__ import annotations

import copy
from typing import Any

import factory
from django.contrib.auth.models import Group

from records import publishing
from records.document.schema import FORMAT, SUMMIT
from records.document.validate import validated
from records.models import Editor, Participant, Party, Relation, Series, Summit, Topic

Row = dict[str, Any]


def text(words: str) -> dict[str, str]:
    """A text in three languages, told apart by their marks."""
    return {"en": words, "ko": f"{words} 한", "ja": f"{words} 日"}


def source(key: str = "s01", **over: Any) -> Row:
    return {
        "key": key,
        "title": f"Readout {key}",
        "language": "en",
        "publisher": f"Ministry {key}",
        "kind": "official",
        "published_on": "2026-01-14",
        "url": f"https://example.org/{key}",
        "read": "whole",
        **over,
    }


def session(key: str = "talks", **over: Any) -> Row:
    return {
        "key": key,
        "kind": "talks",
        "title": text(f"Session {key}"),
        "date": "2026-01-13",
        "time": "14:00",
        "minutes": "20",
        "cites": ["s01"],
        **over,
    }


def wording(party: str = "", **over: Any) -> Row:
    row = {"verb": "agreed", "gist": text(f"Wording of {party or 'all'}"), "cites": ["s01"], **over}
    return {"party": party, **row} if party else row


def progress(key: str = "2026-02-01-step", **over: Any) -> Row:
    return {
        "key": key,
        "date": "2026-01-14",
        "kind": "step",
        "status": "in-progress",
        "text": text(f"Progress {key}"),
        "cites": ["s01"],
        **over,
    }


def commitment(number: int = 1, **over: Any) -> Row:
    return {
        "number": number,
        "title": text(f"Commitment {number}"),
        "parties": ["jpn", "kor"],
        "kind": "new",
        "topics": ["trade"],
        "cites": ["s01"],
        "wordings": [wording("kor"), wording("jpn")],
        **over,
    }


def document(**over: Any) -> Row:
    """A complete small summit; an argument replaces the fact or list of its name, None drops it."""
    whole = {
        "slug": "2026-01-13-nara",
        "code": "2026-nara",
        "title": text("Summit in Nara"),
        "setting": "visit",
        "event_status": "held",
        "starts": "2026-01-13",
        "ends": "2026-01-14",
        "timezone": "Asia/Tokyo",
        "city": text("Nara"),
        "country": "jpn",
        "series": "shuttle",
        "topics": ["trade"],
        "checked_on": "2026-02-13",
        "cites": ["s01"],
        "delegations": [{"party": "jpn", "role": "host"}, {"party": "kor", "role": "guest"}],
        "attendances": [
            {
                "participant": "lee-jae-myung",
                "party": "kor",
                "office": text("President"),
                "capacity": "head-of-state",
                "principal": True,
                "presence": "present",
            },
            {
                "participant": "takaichi-sanae",
                "party": "jpn",
                "office": text("Prime Minister"),
                "capacity": "head-of-government",
                "principal": True,
                "presence": "present",
            },
        ],
        "sessions": [session()],
        "commitments": [commitment()],
        "sources": [source()],
    }
    whole |= over
    names = [fact.name for fact in SUMMIT.facts] + [child.name for child in SUMMIT.children]
    assert set(whole) <= set(names), set(whole) - set(names)
    whole = {name: whole[name] for name in names if whole.get(name) is not None}
    in_order, faults = validated({"format": FORMAT, **copy.deepcopy(whole)})
    return copy.deepcopy(whole) if faults else in_order


def vocabulary(**over: list[Row]) -> dict[str, list[Row]]:
    """The names `document` refers to."""
    return {
        "participants": [
            {
                "slug": "lee-jae-myung",
                "kind": "person",
                "name": {"en": "Lee Jae-myung", "ko": "이재명", "ja": "李在明"},
                "also": ["Lee Jae Myung"],
            },
            {
                "slug": "takaichi-sanae",
                "kind": "person",
                "name": {"en": "Takaichi Sanae", "ko": "다카이치 사나에", "ja": "高市早苗"},
                "sort_name": {"ja": "たかいち さなえ"},
            },
        ],
        "parties": [
            {
                "slug": "jpn",
                "kind": "state",
                "iso": "JP",
                "name": {"en": "Japan", "ko": "일본", "ja": "日本"},
            },
            {
                "slug": "kor",
                "kind": "state",
                "iso": "KR",
                "name": {"en": "Republic of Korea", "ko": "대한민국", "ja": "大韓民国"},
                "short_name": {"en": "Korea", "ko": "한국", "ja": "韓国"},
            },
            {
                "slug": "chn",
                "kind": "state",
                "iso": "CN",
                "name": {"en": "China", "ko": "중국", "ja": "中国"},
            },
        ],
        "topics": [
            {"slug": "economy", "name": {"en": "Economy", "ko": "경제", "ja": "経済"}},
            {
                "slug": "trade",
                "name": {"en": "Trade", "ko": "무역", "ja": "貿易"},
                "parent": "economy",
            },
            {"slug": "history", "name": {"en": "History", "ko": "역사", "ja": "歴史"}},
        ],
        "series": [
            {
                "slug": "shuttle",
                "name": {"en": "Shuttle diplomacy", "ko": "셔틀외교", "ja": "シャトル外交"},
            }
        ],
        **over,
    }


def drafted(names: dict[str, list[Row]] | None = None, **over: Any) -> Summit:
    """A summit in the working copy only."""
    return publishing.load(document(**over), names or vocabulary(), mode="replace").summit


def published(names: dict[str, list[Row]] | None = None, **over: Any) -> Summit:
    """A public summit."""
    summit = drafted(names, **over)
    publishing.publish(summit, note={"en": "Record opened.", "ko": "기록 개설", "ja": "記録の開設"})
    return summit


def another(number: int, **over: Any) -> Summit:
    """A further public summit, told apart by its number."""
    month = number % 12 + 1
    return published(
        **{
            "slug": f"20{number % 26:02d}-{month:02d}-city-{number}",
            "code": f"20{number % 26:02d}-city-{number}",
            "title": text(f"Summit {number}"),
            "starts": f"20{number % 26:02d}-{month:02d}-10",
            "ends": None,
            "sessions": [session(date=f"20{number % 26:02d}-{month:02d}-10")],
            **over,
        }
    )


class EditorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Editor

    username = factory.Sequence(lambda number: f"editor{number}")
    is_staff = True
    is_superuser = True
    password = factory.django.Password("correct horse battery staple")


def somebody(*roles: str, **facts: Any) -> Editor:
    """An editor who has these roles and no other right."""
    editor = EditorFactory(is_superuser=False, **facts)
    editor.groups.set([Group.objects.get_or_create(name=role)[0] for role in roles])
    return editor


class PartyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Party

    slug = factory.Sequence(lambda number: f"party-{number}")
    kind = "state"
    name_en = factory.Sequence(lambda number: f"Party {number}")


class ParticipantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Participant

    slug = factory.Sequence(lambda number: f"person-{number}")
    name_en = factory.Sequence(lambda number: f"Person {number}")


class TopicFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Topic

    slug = factory.Sequence(lambda number: f"topic-{number}")
    name_en = factory.Sequence(lambda number: f"Topic {number}")


class SeriesFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Series

    slug = factory.Sequence(lambda number: f"series-{number}")
    name_en = factory.Sequence(lambda number: f"Series {number}")


class RelationFactory(factory.django.DjangoModelFactory):
    """Of two parties with these slugs, which must be made beside it."""

    class Meta:
        model = Relation

    slug = "jpn-kor"
    name_en = "Korea–Japan relations"


class SummitFactory(factory.django.DjangoModelFactory):
    """A bare draft."""

    class Meta:
        model = Summit

    slug = factory.Sequence(lambda number: f"2026-01-{number}")
    code = factory.Sequence(lambda number: f"2026-place-{number}")
    title_en = factory.Sequence(lambda number: f"Summit {number}")
    starts = "2026-01-13"
