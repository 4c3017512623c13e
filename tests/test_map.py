"""The places of summits as drawn: frames around them, marks in them that stand apart."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.reading import frames
from records.reading import map as land
from records.reading.frames import Place
from records.reading.map import drawn

SEOUL = Place("kor-seoul", "Seoul", 37.566, 126.978, summits=2)
BUSAN = Place("kor-busan", "Busan", 35.153, 129.152, only="busan")
GYEONGJU = Place("kor-gyeongju", "Gyeongju", 35.856, 129.225, only="gyeongju")
TOKYO = Place("jpn-tokyo", "Tokyo", 35.673, 139.745, summits=3)
NARA = Place("jpn-nara", "Nara", 34.685, 135.805, only="nara")
CAMP_DAVID = Place("usa-camp-david", "Camp David, near Thurmont", 39.648, -77.465, only="cd")
SUVA = Place("fji-suva", "Suva", -18.14, 178.44, only="suva")
APIA = Place("wsm-apia", "Apia", -13.83, -171.76, only="apia")
NINE = [SEOUL, BUSAN, GYEONGJU, TOKYO, NARA, CAMP_DAVID]
PLACES = st.lists(
    st.builds(
        Place,
        st.uuids().map(str),
        st.text(min_size=1, max_size=30),
        st.floats(-90, 90),
        st.floats(-180, 180),
        st.integers(1, 10_000),
    ),
    max_size=80,
)
NEAR = st.lists(
    st.builds(
        Place,
        st.uuids().map(str),
        st.just("Place"),
        st.floats(30, 40),
        st.floats(125, 140),
        st.integers(1, 9),
    ),
    min_size=1,
    max_size=80,
)


def keys(marks):
    return [[place.key for place in mark.places] for mark in marks]


def test_the_region_of_most_summits_is_drawn_large_and_the_rest_on_the_world():
    found = drawn(NINE)
    assert sorted(keys(found.region_marks)) == [
        ["jpn-nara"],
        ["jpn-tokyo"],
        ["kor-busan", "kor-gyeongju"],
        ["kor-seoul"],
    ]
    assert keys(found.world_marks) == [["usa-camp-david"]]
    assert [mark.name for mark in found.marks] == [
        "Tokyo", "Busan · Gyeongju", "Seoul", "Nara", "Camp David",
    ]  # fmt: skip
    assert [(mark.summits, mark.only) for mark in found.marks] == [
        (3, ""), (2, ""), (2, ""), (1, "nara"), (1, "cd"),
    ]  # fmt: skip


def test_the_world_shows_where_the_region_lies():
    found = drawn(NINE)
    x, y, width, height = found.box
    for place in NINE[:-1]:
        across, down = found.world.at(place.longitude, place.latitude)
        assert x <= across <= x + width
        assert y <= down <= y + height


def test_one_place_has_land_around_it():
    found = drawn([NARA])
    [mark] = found.marks
    assert (round(mark.x), round(mark.y), mark.only) == (50, 50, "nara")
    assert found.region.height == frames.LEAST_SPAN
    assert found.world_marks == []


def test_places_all_over_the_world_have_no_region():
    far = [
        Place(f"p{x}{y}", "P", y, x, only="x") for x in (-150, -60, 30, 120) for y in (-40, 0, 50)
    ]
    found = drawn(far)
    assert (found.region, found.box, len(found.world_marks)) == (None, None, 12)


def test_neighbours_across_the_date_line_are_neighbours():
    found = drawn([SUVA, APIA])
    assert found.region.width < 40
    assert sorted(keys(found.region_marks)) == [["fji-suva"], ["wsm-apia"]]
    assert found.region.turns == [0, 360]


@pytest.mark.parametrize(
    ("place", "left"), [(NARA, frames.ATLANTIC_CUT), (CAMP_DAVID, frames.BERING_CUT)]
)
def test_the_world_is_cut_open_far_from_the_summits(place, left):
    assert drawn([place]).world.left == left


def test_a_place_where_nothing_was_held_is_told_apart():
    planned = Place("kor-jeju", "Jeju", 33.5, 126.5, held=False)
    assert [mark.held for mark in drawn([planned]).marks] == [False]


def test_more_places_than_a_list_can_name_leave_out_those_with_fewest_summits():
    many = [Place(f"p{n:02d}", "P", n, 2 * n, summits=n + 1) for n in range(60)]
    found = {place.key for mark in drawn(many).marks for place in mark.places}
    assert found == {f"p{n:02d}" for n in range(10, 60)}


def test_no_map_of_nothing():
    assert drawn([]) is None


@given(st.one_of(PLACES, NEAR))
def test_every_place_is_in_one_mark_inside_its_frame_and_clear_of_the_others(places):
    found = drawn(places)
    if not places:
        assert found is None
        return
    most = sorted(places, key=lambda one: (-one.summits, one.key))[: land.MOST_PLACES]
    held = sorted(place.key for mark in found.marks for place in mark.places)
    assert held == sorted(one.key for one in most)
    assert len(found.marks) <= land.MOST_MARKS
    world = land.WORLD_WIDTH if found.region else land.WORLD_ALONE
    views = [(found.world_marks, world, frames.WORLD_RATIO)]
    views.append((found.region_marks, land.REGION_WIDTH, frames.REGION_RATIO))
    for marks, width, ratio in views:
        assert all(0 <= mark.x <= 100 and 0 <= mark.y <= 100 for mark in marks)
        points = [(mark.x * width / 100, mark.y * width / ratio / 100) for mark in marks]
        for (ax, ay), (bx, by) in combinations(points, 2):
            assert ((ax - bx) ** 2 + (ay - by) ** 2) ** 0.5 >= land.APART - 1e-6
    if found.box:
        x, y, width, height = found.box
        assert 0 <= x <= x + width <= 100 + 1e-6
        assert 0 <= y <= y + height <= 100 + 1e-6
    if found.region:
        assert found.region.turns
