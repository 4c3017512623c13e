"""Commitments that go on across summits, followed as a reader does: by the pages of the record."""

import pytest
import time_machine
from django.core.management import call_command

from tests.real_record import LANGUAGES, page, whole_record

pytestmark = pytest.mark.django_db

# Each step: the day its summit began, the commitment, where the words of its summit put it, status.
SOCIAL_ISSUES = [
    ("2025-08-23", "2025-tokyo-1", ("Tokyo", "도쿄", "東京"), "fulfilled"),
    ("2025-09-30", "2025-busan-1", ("Busan", "부산", "釜山"), "announced"),
    ("2026-01-13", "2026-nara-5", ("Nara", "나라", "奈良"), "announced"),
]
SHUTTLE_DIPLOMACY = [
    ("2023-03-16", "2023-tokyo-1", ("Tokyo", "도쿄", "東京"), "fulfilled"),
    ("2024-05-26", "2024-seoul-8", ("Seoul", "서울", "ソウル"), "partly-fulfilled"),
    ("2025-08-23", "2025-tokyo-6", ("Tokyo", "도쿄", "東京"), "fulfilled"),
    ("2025-09-30", "2025-busan-4", ("Busan", "부산", "釜山"), "fulfilled"),
    ("2025-10-30", "2025-gyeongju-1", ("Gyeongju", "경주", "慶州"), "fulfilled"),
    ("2026-01-13", "2026-nara-7", ("Nara", "나라", "奈良"), "in-progress"),
]
# Position on history: asks for no act and has no status.
HISTORY = [
    ("1998-10-07", "1998-tokyo-1", ("Tokyo", "도쿄", "東京"), "position"),
    ("2023-03-16", "2023-tokyo-7", ("Tokyo", "도쿄", "東京"), "position"),
    ("2023-05-07", "2023-seoul-4", ("Seoul", "서울", "ソウル"), "position"),
    ("2025-08-23", "2025-tokyo-5", ("Tokyo", "도쿄", "東京"), "position"),
]
CHAINS = {"social issues": SOCIAL_ISSUES, "shuttle": SHUTTLE_DIPLOMACY, "history": HISTORY}
# Commitment -> the summits that its progress leads to, and those that the record does not have.
STEPS = {
    "2023-tokyo-1": (["2023-05-07-seoul"], []),
    "2024-seoul-8": ([], ["2024-09-06-seoul"]),
    "2025-tokyo-6": (["2025-09-30-busan"], []),
    "2025-busan-4": (["2025-10-30-gyeongju"], []),
    "2025-gyeongju-1": (["2026-01-13-nara"], []),
    "2025-tokyo-1": (["2025-09-30-busan", "2026-01-13-nara"], []),
    "2025-busan-1": (["2026-01-13-nara"], []),
    "1998-tokyo-1": (["2023-03-16-tokyo", "2025-08-23-tokyo"], []),
}


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    with whole_record(django_db_blocker) as client:
        yield client


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-25T12:00:00+09:00", tick=False):
        yield


def chain_on(site, language, identifier):
    """The steps shown on a commitment's page: day, commitment or none for itself, title, status."""
    section = page(site, f"/{language}/commitments/{identifier}").one("section", id="chain")
    steps = []
    for step in section.one("ol").all("li"):
        status = step.one("span", "st").attrs["class"].split()[1].removeprefix("st--")
        links = [link.attrs["href"] for link in step.one("h3").all("a")]
        day = step.one("time").attrs["datetime"]
        steps.append((day, links, step.text, status, step.attrs.get("aria-current") == "true"))
    return steps


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CHAINS)
def test_chain_is_the_same_from_each_of_its_steps(site, name, language):
    expected = CHAINS[name]

    for _day, identifier, _places, _status in expected:
        shown = chain_on(site, language, identifier)
        assert [(day, status) for day, _links, _text, status, _here in shown] == [
            (day, status) for day, _identifier, _places, status in expected
        ]
        assert [(links, here) for _day, links, _text, _status, here in shown] == [
            ([], True) if other == identifier else ([f"/{language}/commitments/{other}"], False)
            for _day, other, _places, _status in expected
        ]


@pytest.mark.parametrize("name", CHAINS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_other_step_of_a_chain_names_its_place(site, name, language):
    nth = LANGUAGES.index(language)
    expected = CHAINS[name]

    shown = chain_on(site, language, expected[-1][1])

    unnamed = [
        identifier
        for (_day, identifier, places, _status), step in zip(expected, shown, strict=True)
        if places[nth] not in step[2] and not step[4]
    ]
    assert unnamed == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("identifier", STEPS)
def test_step_that_is_a_summit_leads_there_or_is_shown_as_its_id(site, identifier, language):
    led, waiting = STEPS[identifier]

    section = page(site, f"/{language}/commitments/{identifier}").one("section", id="progress")

    start = f"/{language}/summits/"
    found = [link.attrs["href"] for link in section.all("a")]
    assert [href.removeprefix(start) for href in found if href.startswith(start)] == led
    assert [name.text for name in section.all("span", "id")] == waiting


def test_links_to_summits_that_the_record_does_not_have_are_listed_by_checksummit(site, capsys):
    call_command("checksummit", "--all")

    listed = [line.split(": ") for line in capsys.readouterr().out.splitlines() if "waits" in line]
    assert {(slug, *rest) for slug, *rest in listed} == {
        (
            "2023-03-16-tokyo",
            "commitments.9.progress.2023-05-21-hiroshima.summit",
            "waits for 2023-05-21-hiroshima",
        ),
        (
            "2023-05-07-seoul",
            "commitments.6.progress.2023-05-21-hiroshima.summit",
            "waits for 2023-05-21-hiroshima",
        ),
        (
            "2023-08-18-campdavid",
            "commitments.2.progress.2024-11-15-lima.summit",
            "waits for 2024-11-15-lima",
        ),
        (
            "2024-05-26-seoul",
            "commitments.7.progress.2026-01-05-beijing-summit.summit",
            "waits for 2026-01-05-beijing",
        ),
        (
            "2024-05-26-seoul",
            "commitments.8.progress.2024-09-06-kishida-in-seoul.summit",
            "waits for 2024-09-06-seoul",
        ),
    }
