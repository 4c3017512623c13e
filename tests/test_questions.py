"""A newcomer's ten questions, each answered by one public page of the record.

Who asks: journalists, researchers, students, civil servants, in their own language. The address is
what they come to by the lists' filters or by a link; `found` is all that the page says in answer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
import time_machine

from tests.elements import Element, Tree
from tests.markup import faults
from tests.real_record import whole_record

pytestmark = pytest.mark.django_db


# where on a page an answer stands -----------------------------------------------------------------


def commitments(page: Element) -> list[Any]:
    """Commitments of a list: id, status as it is worded."""
    rows = page.one("ol", "results").all("li")
    return [(row.one("span", "id").text, row.one("span", "st").text) for row in rows]


def with_follow_up(page: Element) -> list[Any]:
    """The same, each with its title and the line on when it was made and what came of it."""
    rows = page.one("ol", "results").all("li")
    return [
        (row.one("h3").text, row.one("span", "st").text, row.all("p", "counts")[-1].text)
        for row in rows
    ]


def by_party(page: Element) -> list[Any]:
    """The same with the status of each party where they differ."""
    rows = page.one("ol", "results").all("li")
    return [(row.one("h3").text, [line.text for line in row.all("p", "counts")]) for row in rows]


def people(page: Element) -> list[Any]:
    """Who took part, by delegation in the page's order."""
    section = page.one("section", id="participants")
    return [
        (side.one("h3").text, [one.all("a")[0].text for one in side.all("li")])
        for side in section.all("div")
        if side.attrs == {} and side.all("h3")
    ]


def wordings(page: Element) -> list[Any]:
    """What each side said: side and verb, the language and words of the quotation."""
    return [
        (side.one("p", "who").text, side.one("q").attrs["lang"], side.one("q").text)
        for side in page.one("section", id="words").all("blockquote")
    ]


def chain(page: Element) -> list[Any]:
    """The steps of a commitment across summits: day, title, status."""
    steps = page.one("section", id="chain").one("ol").all("li")
    return [(one.one("time").text, one.one("h3").text, one.one("span", "st").text) for one in steps]


def progress(page: Element) -> list[Any]:
    """What came of a commitment: day, status after it."""
    entries = page.one("section", id="progress").one("ol", "fu").all("li")
    return [
        (one.one("span", "when").text, [status.text for status in one.all("span", "st")])
        for one in entries
    ]


def lengths(page: Element) -> list[Any]:
    """Values of the difference about the length, each with those who state it."""
    values = page.one(id="differ-length").one("ul").all("li")
    return [(one.one("span", "val").text, one.one("span", "by").text) for one in values]


def meetings(page: Element) -> list[Any]:
    """The meetings of a participant: days, summit, office."""
    rows = page.one("section", id="meetings").one("tbody").all("tr")
    return [
        (row.all("td")[0].text, row.one("th").one("a").text, row.all("td")[1].text) for row in rows
    ]


# the questions ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Question:
    asked: str
    address: str
    read: Callable[[Element], list[Any]]
    found: list[Any]


QUESTIONS = {
    "hydrogen": Question(
        "What did Japan and Korea promise each other on hydrogen, and what came of it?",
        "/en/commitments?q=hydrogen&topic=technology",
        with_follow_up,
        [
            (
                "Cooperation in future industries such as hydrogen and artificial intelligence",
                "Announced",
                "Tokyo, 23 August 2025 · no follow-up found as of 13 February 2026 · 2025-tokyo-3",
            )
        ],
    ),
    "seoul": Question(
        "2024년 5월 서울 정상회의에는 누가 참석했나?",
        "/ko/summits/2024-05-26-seoul",
        people,
        [
            (
                "대한민국",
                [
                    *("윤석열", "최상목", "조태열", "안덕근", "윤덕민"),
                    *("김태효", "장호진", "이도운", "박춘섭"),
                ],
            ),
            (
                "일본",
                [
                    *("기시다 후미오", "미즈시마 고이치", "모리야 히로시", "아키바 다케오"),
                    *("후나코시 다케히로", "세리자와 키요시", "나마즈 히로유키"),
                ],
            ),
            ("중화인민공화국", ["리창"]),
        ],
    ),
    "unfulfilled": Question(
        "Which promises of 1998 are unfulfilled?",
        "/en/commitments?summit=1998-10-07-tokyo&status=announced&status=partly-fulfilled"
        "&status=reversed",
        commitments,
        [
            ("1998-tokyo-2", "Partly fulfilled"),
            ("1998-tokyo-4", "Announced"),
            ("1998-tokyo-5", "Announced"),
            ("1998-tokyo-6", "Reversed"),
            ("1998-tokyo-7", "Partly fulfilled"),
            ("1998-tokyo-10", "Announced"),
        ],
    ),
    "mine": Question(
        "長生炭鉱の遺骨について、双方は何と述べたか。",
        "/ja/commitments/2026-nara-1",
        wordings,
        [
            (
                "韓国 · 決定",
                "ko",
                "“양국은 동 유해의 신원 확인을 위한 DNA 감정을 추진하기로 하고,"
                " 구체 사항에 대해서는 당국 간 실무적 협의를 진행하기로 했다”",
            ),
            (
                "日本 · 歓迎",
                "ko",
                "“DNA 감정 협력을 위한 일한 간 조정이 진전되고 있는 것을 환영했습니다”",
            ),
        ],
    ),
    "shuttle": Question(
        "셔틀 외교는 2023년 이후 어떻게 이어졌나?",
        "/ko/commitments/2026-nara-7",
        chain,
        [
            ("2023년 3월 16일", "셔틀 외교 재개", "이행 완료"),
            ("2024년 5월 26일", "한일 셔틀 외교 지속과 국교정상화 60주년 준비", "일부 이행"),
            ("2025년 8월 23일", "셔틀 외교 재개", "이행 완료"),
            ("2025년 9월 30일", "셔틀 외교를 바탕으로 한 소통 지속", "이행 완료"),
            ("2025년 10월 30일", "활발한 셔틀 외교, 다음은 일본에서", "이행 완료"),
            ("2026년 1월 13일", "셔틀 외교 지속", "이행 중"),
        ],
    ),
    "march": Question(
        "2023年3月に東京で約束されたことは、その後どうなったか。",
        "/ja/commitments?summit=2023-03-16-tokyo",
        commitments,
        [
            ("2023-tokyo-1", "履行済み"),
            ("2023-tokyo-2", "履行済み"),
            ("2023-tokyo-3", "履行済み"),
            ("2023-tokyo-4", "履行済み"),
            ("2023-tokyo-5", "履行済み"),
            ("2023-tokyo-6", "実施中"),
            ("2023-tokyo-7", "立場"),
            ("2023-tokyo-8", "立場"),
            ("2023-tokyo-9", "履行済み"),
            ("2023-tokyo-10", "履行済み"),
        ],
    ),
    "length": Question(
        "How long did the leaders talk in Nara, and who says so?",
        "/en/summits/2026-01-13-nara",
        lengths,
        [
            ("about 90 min (20 + 70)", "Embassy of Japan in the Republic of Korea; livedoor News"),
            ("88 min", "Asia Business Daily; Seoul Shinmun; Sisa TV Korea"),
            ("1 h 27 min", "SBS"),
            ("about 1 hour", "livedoor News"),
            ("about 100 min", "Diplomacy Journal; Asia Business Daily; project brief"),
        ],
    ),
    "stalled": Question(
        "Which promises have stalled, and on whose side?",
        "/en/commitments?status=stalled",
        by_party,
        [
            (
                "Regular summits and ministerial meetings, and a stronger secretariat",
                [
                    "China: Stalled · Japan: In progress · Korea: In progress",
                    "Seoul, 26 May 2024 · last follow-up 8 December 2025 · 2024-seoul-1",
                ],
            )
        ],
    ),
    "takaichi": Question(
        "다카이치 총리는 어느 정상회담에 참석했나?",
        "/ko/participants/takaichi-sanae",
        meetings,
        [
            ("2026년 1월 13일~14일", "한일 정상회담(나라)", "총리"),
            ("2025년 10월 30일", "한일 정상회담(경주)", "총리"),
        ],
    ),
    "warnings": Question(
        "When did the three begin to share warnings of missiles, as promised at Camp David?",
        "/en/commitments/2023-campdavid-4",
        progress,
        [
            ("12 November 2023", ["In progress"]),
            ("19 December 2023", ["Fulfilled"]),
        ],
    ),
}


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    with whole_record(django_db_blocker) as client:
        yield client


@pytest.mark.parametrize("name", QUESTIONS)
def test_question_of_a_newcomer_is_answered_by_one_page(site, name):
    question = QUESTIONS[name]

    with time_machine.travel("2026-11-25T12:00:00+09:00", tick=False):
        response = site.get(question.address)

    text = response.content.decode()
    assert (response.status_code, faults(text)) == (200, [])
    assert question.read(Tree(text).open[0]) == question.found
