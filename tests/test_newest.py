"""The order of time, read in pieces: any page of it is that of the whole order."""

import random

import pytest
from pyroaring import BitMap

from records import facets, newest
from records.models import Entry
from records.newest import Timeline

from .factories import published

pytestmark = pytest.mark.django_db
SECONDS = [*range(1, 30)] * 2 + [30] * 40  # one second has more than a piece holds


@pytest.fixture
def ids():
    """A hundred changes: of two summits and of none, many of one second."""
    one, other = published().pk, None
    chance = random.Random(7)
    rows = [
        Entry(kind="change", slug=f"c/{n:03}", weight=weight, place=chance.randrange(3),
              summit_id=chance.choice([one, other]))
        for n, weight in enumerate(SECONDS)
    ]  # fmt: skip
    Entry.objects.filter(kind="change").delete()
    chance.shuffle(rows)
    return [row.pk for row in Entry.objects.bulk_create(rows)]


@pytest.mark.parametrize("sort", ["-at", "at"])
@pytest.mark.parametrize(("first", "few"), [(1000, 4000), (8, 0), (8, 20)])
def test_every_page_is_that_of_the_databases_order(ids, monkeypatch, sort, first, few):
    monkeypatch.setattr(newest, "FIRST", first)
    monkeypatch.setattr(newest, "FEW", few)
    ordered = Entry.objects.filter(kind="change").order_by(*facets.ORDERS[sort])
    whole = list(ordered.values_list("pk", flat=True))

    for step in (1, 2, 7):
        bits = BitMap(ids[::step])
        expected = [pk for pk in whole if pk in bits]
        timeline = Timeline("change", newest_first=sort == "-at")
        for start in (0, 3, 20, 55, 95, 120, 10):
            assert timeline.page(bits, start, start + 10) == expected[start : start + 10]


def test_nothing_has_no_page():
    assert Timeline("change", newest_first=True).page(BitMap(), 0, 25) == []


def test_first_page_reads_no_more_than_the_first_piece(ids, monkeypatch):
    monkeypatch.setattr(newest, "FIRST", 8)
    timeline = Timeline("change", newest_first=False)

    timeline.page(BitMap(ids), 0, 5)

    assert [len(piece.ids) for piece in timeline.held] == [8]
