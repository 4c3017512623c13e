"""Summits by date as drawn: the axis, marks that stand clear of each other, bars that add up."""

from datetime import date
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.reading import lettering, timeline

DAYS = st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 31))
NEAR = st.dates(min_value=date(1990, 1, 1), max_value=date(2030, 12, 31))
NAMES = st.text(min_size=1, max_size=40)
NINE = [
    "1998-10-07", "2023-03-16", "2023-05-07", "2023-08-18", "2024-05-26", "2025-08-23",
    "2025-09-30", "2025-10-30", "2026-01-13",
]  # fmt: skip


def row(starts, slug="x", city="City"):
    return {"slug": slug, "starts": starts, "city": city}


def line(*starts):
    rows = [row(one, f"s{number:02d}") for number, one in enumerate(starts)]
    return timeline.line(rows, lambda one: one["city"])


@pytest.mark.parametrize(
    ("edtf", "day"),
    [
        ("2026-01-13", date(2026, 1, 13)),
        ("2026-01", date(2026, 1, 16)),
        ("2026", date(2026, 7, 2)),
        ("2026-03-01/2026-03-03", date(2026, 3, 2)),
        ("2026-05/..", date(2026, 5, 1)),
        ("../2026-05-31", date(2026, 5, 31)),
        ("", None),
    ],
)
def test_a_date_is_drawn_in_the_middle_of_its_bounds(edtf, day):
    assert timeline.middle(edtf) == day


def test_the_axis_breaks_where_years_have_no_summit():
    found = line(*NINE)
    assert [(part.first, part.last, part.said) for part in found.axis] == [
        (1998, 1998, True),
        (1999, 2022, True),
        (2023, 2023, True),
        (2024, 2024, True),
        (2025, 2025, True),
        (2026, 2026, True),
    ]
    assert found.broken
    assert sum(part.width for part in found.axis) == pytest.approx(100)


def test_one_or_two_empty_years_stay_on_the_axis():
    found = line("2020", "2023")
    assert [part.first for part in found.axis] == [2020, 2021, 2022, 2023]
    assert not found.broken


def test_marks_stand_in_order_of_their_days_whatever_the_order_given():
    found = line(*reversed(NINE))
    assert [mark.row["starts"] for mark in found.marks] == NINE
    assert [mark.lane for mark in found.marks] == [0, 2, 1, 0, 0, 3, 2, 1, 0]
    assert {mark.name for mark in found.marks} == {"City"}


def test_a_crowd_goes_without_names_and_a_pile_without_marks():
    crowd = line(*["2026-01-13"] * 9)
    assert [mark.name for mark in crowd.marks] == [""] * 9
    assert crowd.lanes == 9
    assert line(*["2026-01-13"] * (timeline.MOST_LANES + 1)) is None


def test_a_summit_without_a_date_has_no_mark():
    assert [mark.row["slug"] for mark in line("", "2026").marks] == ["s01"]
    assert line("") is None
    assert line() is None


def test_more_than_forty_are_no_marks():
    spread = [f"{1900 + number}-06-01" for number in range(timeline.MOST_MARKS + 1)]
    assert line(*spread) is None
    assert len(line(*spread[1:]).marks) == timeline.MOST_MARKS


@given(st.lists(st.tuples(st.one_of(DAYS, NEAR), NAMES), min_size=1, max_size=40))
def test_marks_and_names_stay_in_the_drawing_and_clear_of_each_other(found):
    rows = [row(day.isoformat(), str(at), city) for at, (day, city) in enumerate(found)]
    drawn = timeline.line(rows, lambda one: one["city"])
    if drawn is None:
        return
    assert drawn.lanes <= timeline.MOST_LANES
    assert drawn.overhang <= lettering.MOST + timeline.MARK
    assert all(0 <= mark.x <= 100 for mark in drawn.marks)
    for left, right in combinations(drawn.marks, 2):
        assert left.x <= right.x
        if timeline.start(right) < timeline.reach(left):
            # The earlier of two names is higher: its line to the axis passes left of the later one.
            assert left.lane > right.lane if left.name else left.lane != right.lane


@given(st.lists(st.one_of(DAYS, NEAR), min_size=1, max_size=40))
def test_years_written_out_are_apart(days):
    axis = timeline.stretches({day.year for day in days})
    pixels = timeline.WIDTH / 100
    middles = [(part.x + part.width / 2) * pixels for part in axis if part.said]
    assert all(b - a >= timeline.YEAR_APART - 1e-6 for a, b in pairwise(middles))
    assert {day.year for day in days} <= {part.first for part in axis}
    assert axis[-1].x + axis[-1].width == pytest.approx(100)


# bars ---------------------------------------------------------------------------------------------


def test_a_bar_for_each_year_that_had_a_summit():
    found = timeline.bars({2023: 4, 2026: 1})
    assert [(bar.first, bar.last, bar.count) for bar in found] == [(2023, 2023, 4), (2026, 2026, 1)]
    assert [(bar.x, bar.width, bar.height) for bar in found] == [(0, 25, 100), (75, 25, 25)]


def test_decades_and_centuries_where_years_are_too_many():
    assert len(timeline.bars(dict.fromkeys(range(1967, 2027), 1))) == 60
    decades = timeline.bars(dict.fromkeys(range(1966, 2027), 1))
    assert [(bar.first, bar.last, bar.count) for bar in decades][:2] == [
        (1960, 1969, 4),
        (1970, 1979, 10),
    ]
    centuries = timeline.bars({5: 1, 1814: 1, 2026: 1})
    assert [(bar.first, bar.last) for bar in centuries] == [(1, 99), (1800, 1899), (2000, 2099)]


def test_no_bars_of_nothing():
    assert timeline.bars({}) == []


@given(st.dictionaries(st.integers(1, 9999), st.integers(0, 200_000)))
def test_bars_lose_no_summit_and_stay_in_the_drawing(counts):
    found = timeline.bars(counts)
    assert sum(bar.count for bar in found) == sum(counts.values())
    assert len(found) <= timeline.MOST_BARS
    for bar in found:
        assert bar.count == sum(counts.get(year, 0) for year in range(bar.first, bar.last + 1))
        assert 0 <= bar.x <= bar.x + bar.width <= 100 + 1e-6
        assert 0 < bar.height <= 100
    assert all(b.x - a.x >= a.width - 1e-6 for a, b in pairwise(found))


# letters ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "drawn"),
    [
        ("Nara", "Nara"),
        ("Camp David, near Thurmont", "Camp David"),
        ("캠프 데이비드(서몬트 인근)", "캠프 데이비드"),
        ("キャンプ・デービッド（サーモント近郊）", "キャンプ・デービッド"),
        ("Bandar Seri Begawan and surroundings", "Bandar Seri Bega…"),
        ("(on board)", "(on board)"),
    ],
)
def test_a_drawn_name_is_short(name, drawn):
    assert lettering.short(name) == drawn


@given(NAMES)
def test_no_drawn_name_is_wider_than_allowed(name):
    assert lettering.width(lettering.short(name)) <= lettering.MOST
