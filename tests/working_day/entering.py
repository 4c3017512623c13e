"""The first half of the day: a summit is entered by hand, and put into Korean and Japanese.

Place, people and promises are made up; the parties and topics are those of the record.
"""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Locator

from .day import Day
from .person import Person

SLUG, CODE = "2026-11-20-tongyeong", "2026-tongyeong"
TITLE = {
    "en": "Talks on rescue at sea in Tongyeong",
    "ko": "통영 해난 구조 회담",
    "ja": "統営海難救助会談",
}
PROMISE = {
    "en": "Common rescue exercise",
    "ko": "공동 구조 훈련",
    "ja": "合同救助訓練",
}
PUBLIC = f"summits/{SLUG}"
RYU = ("ryu-haneul", "Ryu Haneul", "류하늘", "柳ハヌル")
ODA = ("oda-minori", "Oda Minori", "오다 미노리", "小田みのり")
TWICE = ("oda-minori-2", "Oda Minorie", "오다 미노리에", "小田みのりえ")  # the same person, misread


def enter(day: Day) -> None:
    kim = day.editor("kim")
    add(kim, "Summits")
    own_facts(kim)
    kim.saves()
    for publisher, title in (("Harbour office", "Joint press statement"), ("Daily Sea", "Report")):
        source(kim, publisher, title)
    for party, slug, role in (("Korea", "(kor)", "Host"), ("Japan", "(jpn)", "Guest")):
        kim.follow("Add delegation")
        kim.complete("Party", party, slug)
        kim.choose("Role", role)
        kim.cite("s01")
        kim.saves()
    attendance(kim, RYU, "Korea", "(kor)", "Minister of the Sea")
    attendance(kim, ODA, "Japan", "(jpn)", "Minister of Harbours")
    session(kim)
    commitment(kim)
    statement(kim)
    kim.cite("title: s01\nstarts: s01, s02 p. 1\nall: s01")
    kim.saves()
    day.reader().finds_nothing_at(f"/en/{PUBLIC}")


def add(person: Person, name: str) -> None:
    """Begin a new row of a kind, from the first page."""
    person.go("/admin/")
    line = person.page.get_by_role("main").get_by_role("row", name=f"{name} ").first
    person.follow("Add", line)


def own_facts(kim: Person) -> None:
    kim.type("Slug", SLUG)
    kim.type("Code", CODE)
    kim.type("Title (English)", TITLE["en"])
    kim.type("Summary (English)", "Two ministers agreed to answer calls for help at sea together.")
    kim.complete("Topics", "disast", "(disaster)")
    kim.type("Starts", "20 November 2026")
    kim.page.get_by_role("status").filter(has_text="20 November 2026").wait_for()
    kim.type("Time zone", "Asia/Seoul")
    kim.type("City (English)", "Tongyeong")
    kim.type("Venue (English)", "Harbour hall")
    kim.complete("Country", "korea", "(kor)")
    kim.choose("Setting", "Special meeting")
    kim.choose("Outcome", "Joint press statement")
    kim.type("Checked on", "24 November 2026")


def source(kim: Person, publisher: str, title: str) -> None:
    kim.follow("Add source")
    kim.choose("Kind", "Joint text" if "Joint" in title else "News report")
    kim.type("Title", title)
    kim.type("Language", "en")
    kim.type("Publisher", publisher)
    kim.type("Published on", "20 Nov 2026")
    kim.type("Address", "https://example.org/tongyeong")
    kim.choose("Read", "Read in whole")
    kim.saves()


def name(person: Person, facts: tuple[str, str, str, str]) -> None:
    """Fill in the form of a participant."""
    slug, english, korean, japanese = facts
    person.type("Slug", slug)
    person.choose("Kind", "Person")
    person.type("Name (English)", english)
    person.type("Name (Korean)", korean)
    person.type("Name (Japanese)", japanese)


def attendance(
    kim: Person, facts: tuple[str, str, str, str], party: str, slug: str, office: str
) -> None:
    """Somebody who was there, not yet among the names: added on the way."""
    kim.follow("Add attendance")
    with kim.window("Add another participant"):
        name(kim, facts)
    kim.complete("Party", party, slug)
    kim.type("Office (English)", office)
    kim.choose("Capacity", "Minister")
    kim.choose("Presence", "Present")
    kim.tick("Principal")
    kim.cite("s01")
    kim.saves()


def session(kim: Person) -> None:
    kim.follow("Add session")
    kim.type("Key", "talks")
    kim.choose("Kind", "Talks")
    kim.type("Title (English)", "Talks of the ministers")
    kim.type("Date", "20 November 2026")
    kim.type("Time", "10:00")
    kim.type("Minutes", "60")
    kim.complete("Participants", "Ryu", RYU[0])
    kim.complete("Participants", "Oda", ODA[0])
    kim.cite("s01")
    kim.saves()


def commitment(kim: Person) -> None:
    """A promise with the words of both sides and what came of it first."""
    kim.follow("Add commitment")
    kim.type("Title (English)", PROMISE["en"])
    kim.type("Gist (English)", "Both coast guards rescue together in one exercise a year.")
    kim.complete("Parties", "Korea", "(kor)")
    kim.complete("Parties", "Japan", "(jpn)")
    kim.complete("Topics", "disast", "(disaster)")
    kim.choose("Kind", "New")
    kim.choose("Session", "talks — Talks of the ministers")
    kim.cite("s01")
    kim.type("Due", "2027")
    for party, slug, verb, gist in (
        ("Korea", "(kor)", "agreed", "An exercise each year was agreed."),
        ("Japan", "(jpn)", "decided", "An exercise each year was decided."),
    ):
        said = below(kim, "Wordings", "Add another Wording")
        kim.complete("Party", party, slug, said)
        kim.choose("Verb", verb, said)
        kim.type("Gist (English)", gist, said)
        kim.cite("s01", within=said)
    step = below(kim, "Progress (append-only once published)", "Add another Progress entry")
    kim.type("Key", "plan", step)
    kim.type("Date", "20 Nov 2026", step)
    kim.choose("Kind", "Step taken", step)
    kim.choose("Status", "In progress", step)
    kim.type("Text (English)", "Both sides named who plans the exercise.", step)
    kim.cite("s02", within=step)
    kim.saves()


def below(kim: Person, rows: str, button: str) -> Locator:
    """A new row of a list on the form."""
    kim.press(button, kim.page.get_by_role("group", name=rows))
    return row(kim, rows, -1)


def statement(kim: Person) -> None:
    kim.follow("Add statement")
    kim.type("Key", "opening")
    kim.complete("Speaker", "Ryu", RYU[0])
    kim.choose("Session", "talks — Talks of the ministers")
    kim.type("Gist (English)", "A call for help has no nationality.")
    kim.cite("s02")
    kim.saves()


# translating --------------------------------------------------------------------------------------

LABELS = {
    "ko": {
        "title": "제목(한국어)",
        "summary": "요약(한국어)",
        "city": "도시(한국어)",
        "venue": "장소(한국어)",
        "office": "직책(한국어)",
        "gist": "요지(한국어)",
        "text": "본문(한국어)",
        "wordings": "표현",
        "progress": "이행 경과(공개 후에는 추가만 가능)",
        "save": "저장",
    },
    "ja": {
        "title": "題名（日本語）",
        "summary": "要約（日本語）",
        "city": "都市（日本語）",
        "venue": "会場（日本語）",
        "office": "役職（日本語）",
        "gist": "要旨（日本語）",
        "text": "本文（日本語）",
        "wordings": "表現",
        "progress": "履行の経過（公開後は追加のみ可能）",
        "save": "保存",
    },
}
WORDS = {
    "ko": {
        "summary": "두 장관은 바다에서 온 구조 요청에 함께 응하기로 합의했다.",
        "city": "통영",
        "venue": "항만 회관",
        "offices": {RYU[0]: "해양장관", ODA[0]: "항만장관"},
        "session": "장관 회담",
        "gist": "두 나라 해양 경찰이 해마다 한 차례 함께 구조 훈련을 한다.",
        "wordings": ("해마다 훈련하기로 합의했다.", "해마다 훈련하기로 결정했다."),
        "progress": "양측이 훈련을 준비할 담당자를 정했다.",
        "statement": "구조 요청에는 국적이 없다.",
    },
    "ja": {
        "summary": "両大臣は、海上からの救助要請に共同で応じることに合意した。",
        "city": "統営",
        "venue": "港湾会館",
        "offices": {RYU[0]: "海洋相", ODA[0]: "港湾相"},
        "session": "大臣会談",
        "gist": "両国の海上警察が年に一度、合同で救助訓練を行う。",
        "wordings": ("毎年訓練することで合意した。", "毎年訓練することを決めた。"),
        "progress": "双方が訓練を準備する担当者を決めた。",
        "statement": "救助要請に国籍はない。",
    },
}


def translate(day: Day) -> None:
    for account, code in (("han", "ko"), ("sato", "ja")):
        into(day.editor(account), LABELS[code], WORDS[code], code)


def into(person: Person, labels: dict[str, str], words: dict[str, Any], code: str) -> None:
    """Every text of the summit in one language, form by form."""
    person.go("/admin/records/summit/")
    person.follow(re.compile(TITLE["en"]))  # behind it stands that it is in English
    whole = person.page.url
    person.type(labels["title"], TITLE[code])
    for fact in ("summary", "city", "venue"):
        person.type(labels[fact], words[fact])
    person.saves(labels["save"])
    for who, office in words["offices"].items():
        person.go(whole)
        person.follow(who)
        person.type(labels["office"], office)
        person.saves(labels["save"])
    person.go(whole)
    person.follow("talks")
    person.type(labels["title"], words["session"])
    person.saves(labels["save"])
    person.go(whole)
    person.follow("1")
    person.type(labels["title"], PROMISE[code])
    person.type(labels["gist"], words["gist"])
    for number, gist in enumerate(words["wordings"]):
        person.type(labels["gist"], gist, row(person, labels["wordings"], number))
    person.type(labels["text"], words["progress"], row(person, labels["progress"], 0))
    person.saves(labels["save"])
    person.go(whole)
    person.follow("opening")
    person.type(labels["gist"], words["statement"])
    person.saves(labels["save"])


def row(person: Person, rows: str, number: int) -> Locator:
    """A row of a list on the form."""
    whole = person.page.get_by_role("group", name=rows, exact=True)
    return whole.locator(".inline-related:not(.empty-form)").nth(number)
