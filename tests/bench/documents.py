"""Documents of made-up summits: the same for the same number, at any size."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from records.document.schema import FORMAT
from records.document.validate import validated

from .words import DEEDS, FAMILIES, GIVEN, OFFICES, PARTIES, PLACES, RARE, TOPICS

Row = dict[str, Any]
SEED = 1998
PEOPLE = 3  # of a summit whom no other has; leaders come back
FIRST, LAST = date(1946, 1, 1), date(2025, 12, 31)
KINDS = ["arrival", "welcome", "small-group", "expanded", "working-meal", "signing"]
KINDS += ["press-conference", "cultural-event", "visit", "departure"]
OUTCOMES = ["joint-statement", "joint-declaration", "no-joint-text"]
SOURCES = ["s01", "s02", "s03", "s04", "s05"]
STATUSES = ["in-progress", "partly-fulfilled", "fulfilled", "stalled", "not-fulfilled"]


def text(words: tuple[str, ...], ending: str = "") -> dict[str, str]:
    return {code: word + ending for code, word in zip(("en", "ko", "ja"), words, strict=True)}


def joined(pattern: tuple[str, ...], words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one.format(word) for one, word in zip(pattern, words, strict=True))


def leader(party: str, year: int) -> str:
    """Who leads a party in a year: somebody for five."""
    return f"{party}-leader-{(year - FIRST.year) // 5}"


def named(slug: str, number: int) -> Row:
    family, given = FAMILIES[number % 12], GIVEN[number // 12 % 12]
    mark = f" {number // 144}" if number >= 144 else ""
    names = (
        f"{given[0]} {family[0]}{mark}",
        f"{family[1]}{given[1]}{mark}",
        f"{family[2]}{given[2]}{mark}",
    )
    return {"slug": slug, "kind": "person", "name": text(names)}


def vocabulary(summits: int) -> dict[str, list[Row]]:
    """All names that the documents of so many summits refer to."""
    people = [f"person-{number}-{place}" for number in range(summits) for place in range(PEOPLE)]
    people += [f"{row[0]}-leader-{turn}" for row in PARTIES for turn in range(16)]
    return {
        "participants": [named(slug, number) for number, slug in enumerate(people)],
        "parties": [
            {"slug": slug, "kind": "state", "iso": iso, "name": text(names)}
            for slug, iso, *names in PARTIES
        ],
        "topics": [
            {"slug": slug, "name": text(names), **({"parent": parent} if parent else {})}
            for slug, parent, *names in TOPICS
        ],
        "series": [
            {"slug": f"series-{number}", "name": text(
                (f"Meetings {number}", f"회담 {number}", f"会合{number}"))}
            for number in range(8)
        ],
    }  # fmt: skip


def documents(summits: int) -> Iterator[Row]:
    """The documents of the first so many summits; those of a smaller size are among a larger."""
    for number in range(summits):
        yield document(number)


def document(number: int) -> Row:
    made = Making(number).document()
    in_order, faults = validated({"format": FORMAT, **made})
    if faults:
        raise ValueError(faults)
    return in_order


class Making:
    """One summit to be, out of its number."""

    def __init__(self, number: int):
        self.number, self.chance = number, random.Random(SEED * 1_000_003 + number)
        # So that a size covers all eighty years evenly.
        days = (LAST - FIRST).days
        self.day = FIRST + timedelta(days=(number * 7919 + self.chance.randrange(97)) % days)
        self.place = self.chance.choice(PLACES)
        host = self.place[3]
        others = [row[0] for row in PARTIES if row[0] != host]
        self.parties = [host, *self.chance.sample(others, self.chance.choice([1, 1, 1, 2, 5]))]
        self.code = f"{self.day.year}-{self.place[0].lower().replace(' ', '-')}-{number}"

    def uncertain(self) -> str:
        """The day as sources have it: mostly known, else about, the month or the year only."""
        whole, month, year = self.day.isoformat(), f"{self.day:%Y-%m}", f"{self.day:%Y}"
        return self.chance.choices(
            [whole, f"{whole}~", month, f"{year}?", f"{whole}/.."], [88, 4, 4, 3, 1]
        )[0]

    def cites(self, most: int = 2) -> list[str]:
        return sorted(self.chance.sample(SOURCES[:4], self.chance.randint(1, most)))

    def document(self) -> Row:
        en, ko, ja, country, zone, north, east = self.place
        year, starts = self.day.year, self.uncertain()
        topics = sorted(self.chance.sample([row[0] for row in TOPICS], 3))
        return {
            "slug": f"{self.day.isoformat()}-{self.number}",
            "code": self.code,
            "title": text(
                (f"{year} summit in {en}", f"{year}년 {ko} 정상회담", f"{year}年{ja}首脳会談")
            ),
            "setting": self.chance.choice(["visit", "regular", "special", "margins"]),
            "event_status": "held",
            "outcome": self.chance.choice(OUTCOMES),
            "starts": starts,
            "timezone": zone,
            "city": text((en, ko, ja)),
            "country": country,
            "series": f"series-{self.chance.randrange(8)}",
            "topics": topics,
            "summary": text((
                f"Heads of {len(self.parties)} governments met in {en} and spoke of cooperation.",
                f"{len(self.parties)}개국 정상이 {ko}에서 만나 협력을 논의했다.",
                f"{len(self.parties)}か国の首脳が{ja}で会い、協力について話し合った。",
            )),
            "checked_on": (self.day + timedelta(days=400)).isoformat(),
            "latitude": north,
            "longitude": east,
            "cites": {"title": ["s01"], "starts": self.cites(), "city": ["s02"], "all": ["s01"]},
            "delegations": [
                {"party": party, "role": "guest" if place else "host", "cites": self.cites()}
                for place, party in enumerate(self.parties)
            ],
            "attendances": list(self.attendances(year)),
            "sessions": [self.session(place, kind, starts) for place, kind in enumerate(KINDS)],
            "commitments": [self.commitment(place + 1) for place in range(10)],
            "sources": [self.source(place) for place in range(len(SOURCES))],
        }  # fmt: skip

    def attendances(self, year: int) -> Iterator[Row]:
        for party in self.parties:
            yield {
                "participant": leader(party, year),
                "party": party,
                "office": text(("Head of government", "정부 수반", "政府の長")),
                "capacity": "head-of-government",
                "principal": True,
                "presence": "present",
                "cites": self.cites(),
            }
        for place in range(PEOPLE):
            yield {
                "participant": f"person-{self.number}-{place}",
                "party": self.chance.choice(self.parties),
                "office": text(self.chance.choice(OFFICES)),
                "capacity": self.chance.choice(["minister", "official", "envoy"]),
                "presence": "present",
                "cites": self.cites(),
            }

    def session(self, place: int, kind: str, starts: str) -> Row:
        exact = len(starts) == 10
        label = kind.replace("-", " ")
        return {
            "key": kind,
            "kind": kind,
            "title": text((label.capitalize(), f"일정 {place + 1}", f"日程{place + 1}")),
            **({"date": starts, "time": f"{9 + place:02d}:30"} if exact else {}),
            "venue": text(("State guest house", "영빈관", "迎賓館")),
            "parties": sorted(self.parties),
            "cites": self.cites(),
        }

    def commitment(self, number: int) -> Row:
        slug, _parent, *matter = self.chance.choice(TOPICS)
        if self.chance.random() < 0.001:
            matter = list(RARE)
        what = joined(self.chance.choice(DEEDS), tuple(matter))
        parties = sorted(self.chance.sample(self.parties, 2))
        status = self.chance.choice(["", *STATUSES])
        due = self.day + timedelta(days=self.chance.randrange(200, 3000))
        made = {
            "number": number,
            "title": text(what),
            "gist": text(what, "."),
            "parties": parties,
            "kind": self.chance.choice(["new", "new", "new", "renewed"]),
            "topics": [slug],
            "session": "expanded",
            "cites": self.cites(),
            "wordings": [
                {
                    "party": party,
                    "verb": self.chance.choice(["agreed", "decided", "pledged", "welcomed"]),
                    "gist": text(what, "."),
                    "exact": f"The two sides shared the view on {matter[0]}, number {number}.",
                    "exact_lang": "en",
                    "cites": self.cites(),
                }
                for party in parties
            ],
            "progress": [],
        }
        if self.chance.random() < 0.4:
            made["due"] = self.chance.choice([due.isoformat(), f"{due:%Y-%m}", f"{due:%Y}"])
        for step, known in enumerate([status] if status else []):
            on = self.day + timedelta(days=90 * (step + 1) + number)
            made["progress"].append({
                "key": f"{on.isoformat()}-step",
                "date": on.isoformat(),
                "kind": "step",
                "status": known,
                "text": text(what, f" {step + 1}."),
                "cites": ["s05"],
            })  # fmt: skip
        return {name: value for name, value in made.items() if value}

    def source(self, place: int) -> Row:
        party = self.parties[place % 2]
        return {
            "key": f"s{place + 1:02d}",
            "title": f"Readout {self.number}-{place + 1}",
            "language": ["en", "ko", "ja", "en", "en"][place],
            "publisher": f"Office of {party.upper()}",
            "kind": ["official", "official", "news", "joint-text", "study"][place],
            "issued_by": [party],
            "published_on": (self.day + timedelta(days=400 if place == 4 else 1)).isoformat(),
            "url": f"https://example.org/{self.number}/{place + 1}",
            "read": "whole",
        }
