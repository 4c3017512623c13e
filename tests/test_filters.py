"""What a query string means: values, dates, relations, and the one rule for bad ones."""

from datetime import date

import pytest
from django.http import QueryDict
from django.utils import translation

from records import facets
from records.filters import (
    MOST_VALUES,
    CommitmentFilters,
    ParticipantFilters,
    SessionFilters,
    SummitFilters,
)
from records.filters.faceted import months_on
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 1)
ALL = (SummitFilters, ParticipantFilters, SessionFilters, CommitmentFilters)


def listing(query="", kind=SummitFilters, today=TODAY, language="en"):
    held = facets.shelf(kind.entries, facets.version())
    return kind(QueryDict(query), held, today, language)


def faults(query, kind=SummitFilters):
    return [(name, problem.messages[0]) for name, problem in listing(query, kind).faults()]


def slugs(query, kind=SummitFilters, today=TODAY):
    from records import public

    return [row["slug"] for row in public.entries(kind.entries, listing(query, kind, today).ids)]


@pytest.fixture
def record():
    """Three summits: Nara (jpn, kor) in 2026, 2003-04 (with chn) and 2004-05."""
    factories.published()
    factories.another(
        3,
        delegations=[
            {"party": "chn", "role": "guest"},
            {"party": "jpn", "role": "host"},
            {"party": "kor", "role": "guest"},
        ],
        topics=["history"],
        setting="regular",
        series=None,
    )
    factories.another(4, setting="margins", topics=None)


def test_a_list_without_filters_holds_everything_newest_first(record):
    assert slugs("") == ["2026-01-13-nara", "2004-05-city-4", "2003-04-city-3"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("party=chn", ["2003-04-city-3"]),
        ("party=chn&party=jpn", ["2026-01-13-nara", "2004-05-city-4", "2003-04-city-3"]),
        ("form=trilateral", ["2003-04-city-3"]),
        ("form=bilateral&setting=margins", ["2004-05-city-4"]),
        ("form=multilateral", []),
        ("topic=economy", ["2026-01-13-nara", "2004-05-city-4", "2003-04-city-3"]),
        ("topic=trade", ["2026-01-13-nara", "2004-05-city-4", "2003-04-city-3"]),
        ("series=shuttle", ["2026-01-13-nara", "2004-05-city-4"]),
        ("relation=jpn-kor&form=trilateral", ["2003-04-city-3"]),
        ("relation=chn-kor", ["2003-04-city-3"]),
        ("q=nara", ["2026-01-13-nara", "2004-05-city-4", "2003-04-city-3"]),
        ("q=summit+CITY-4", ["2004-05-city-4"]),
        ("q=大韓民国&to=2003", ["2003-04-city-3"]),
        ("from=2004", ["2026-01-13-nara", "2004-05-city-4"]),
        ("to=2004-05", ["2004-05-city-4", "2003-04-city-3"]),
        ("from=2004-05-10&to=2004-05-10", ["2004-05-city-4"]),
        ("sort=date", ["2003-04-city-3", "2004-05-city-4", "2026-01-13-nara"]),
        ("sort=title", ["2003-04-city-3", "2004-05-city-4", "2026-01-13-nara"]),
    ],
)
def test_filters_narrow_between_facets_and_add_within_one(record, query, found):
    assert faults(query) == []
    assert slugs(query) == found


@pytest.mark.parametrize(
    "typed",
    ["2004", "2004-05", "2004년 5월", "2004年5月", "平成16年5月", "２００４年５月", "May 2004"],
)
def test_dates_are_read_as_readers_write_them(record, typed):
    assert slugs(f"from={typed}&to={typed}") == ["2004-05-city-4"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("from=2023-02-30", [("from", "2023-02-30 is not a date")]),
        ("from=2023-02-29", [("from", "2023-02-29 is not a date")]),
        ("to=10000-01-01", [("to", "10000-01-01 is not a date")]),
        ("to=0000", [("to", "0000 is not a date")]),
        ("from=2025T00:00Z", [("from", "2025T00:00Z is not a date")]),
        ("from=../2025", [("from", "“../2025” is open at this end")]),
        ("from=2025&to=2024", [("to", "the end lies before the beginning")]),
        ("party=xxx", [("party", "“xxx” is not among the values")]),
        ("party=KOR", [("party", "“KOR” is not among the values")]),
        ("form=1", [("form", "“1” is not among the values")]),
        ("sort=-pk", [("sort", "“-pk” is no order of this list")]),
        ("sort=?", [("sort", "“?” is no order of this list")]),
        ("page=0", [("page", "“0” is no page number")]),
        ("page=-1", [("page", "“-1” is no page number")]),
        ("page=abc", [("page", "“abc” is no page number")]),
        ("page=²", [("page", "“²” is no page number")]),
        ("page=١", [("page", "“١” is no page number")]),
        ("page=1_000", [("page", "“1_000” is no page number")]),
        ("page=2", [("page", "there is only 1 page")]),
        ("page=999999999", [("page", "there is only 1 page")]),
        ("page=1&page=2", [("page", "it is given twice")]),
        ("relation=jpn", [("relation", "“jpn” is not two parties of the record, as in jpn-kor")]),
        (
            "relation=jpn-jpn",
            [("relation", "“jpn-jpn” is not two parties of the record, as in jpn-kor")],
        ),
        ("q=" + "x" * 201, [("q", "the words are longer than 200 characters")]),
    ],
)
def test_a_bad_value_is_reported_and_left_out(record, query, found):
    assert faults(query) == found
    assert len(slugs(query)) == 3


def test_a_bad_value_leaves_the_good_ones_of_its_facet(record):
    query = "party=chn&party=xxx&form=nonsense"
    assert faults(query) == [
        ("party", "“xxx” is not among the values"),
        ("form", "“nonsense” is not among the values"),
    ]
    assert slugs(query) == ["2003-04-city-3"]
    assert listing(query).pairs() == [("party", "chn")]


def test_more_values_of_a_facet_than_anyone_needs_are_reported(record):
    query = "&".join(f"party=p{number}" for number in range(MOST_VALUES + 1))
    found = faults(query)
    assert found[0] == ("party", "more than 50 values are given")
    assert len(found) == MOST_VALUES + 1


def test_a_relation_is_read_in_either_order(record):
    assert listing("relation=kor-jpn").pairs() == [("relation", "jpn-kor")]
    assert slugs("relation=kor-chn") == slugs("relation=chn-kor")


def test_a_relation_finds_parties_with_a_hyphen_in_their_slug(db):
    names = factories.vocabulary()
    names["parties"].append({"slug": "e-u", "kind": "organisation", "name": {"en": "E-U"}})
    sides = [{"party": "e-u", "role": "guest"}, {"party": "jpn", "role": "host"}]
    factories.published(names, delegations=sides, attendances=None, commitments=None, sessions=None)
    assert listing("relation=jpn-e-u").chosen("relation") == ("e-u", "jpn")


def test_a_name_of_the_vocabulary_that_no_public_record_uses_is_no_value(record):
    names = factories.vocabulary()
    names["parties"].append({"slug": "zaf", "kind": "state", "name": {"en": "South Africa"}})
    draft = [{"party": "zaf", "role": "guest"}, {"party": "jpn", "role": "host"}]
    factories.drafted(
        names, slug="2025-11-johannesburg", code="2025-johannesburg", delegations=draft,
        attendances=None, commitments=None, sessions=None,
    )  # fmt: skip
    assert faults("party=zaf") == [("party", "“zaf” is not among the values")]
    assert "zaf" not in listing().facets["party"].options


def test_a_filter_of_a_draft_summit_is_no_value(record):
    factories.drafted(slug="2025-11-secret", code="2025-secret")
    assert faults("summit=2025-11-secret", SessionFilters) == [
        ("summit", "“2025-11-secret” is no summit of the record")
    ]
    assert slugs("summit=2004-05-city-4", SessionFilters) == ["2004-05-city-4/talks"]


def test_values_of_a_facet_stand_in_the_vocabularys_order(record):
    assert list(listing().facets["topic"].options) == ["economy", "trade", "history"]
    status = listing("", CommitmentFilters).facets["status"]
    assert list(status.options)[:3] == ["announced", "in-progress", "partly-fulfilled"]


def dated(number, **over):
    row = factories.commitment(number, kind="new", **over)
    row.setdefault("progress", [])
    return row if row["progress"] else {k: v for k, v in row.items() if k != "progress"}


@pytest.fixture
def commitments():
    """1 overdue, 2 due in six months, 3 due later, 4 undated, 5 fulfilled, 6 heard of lately."""
    done = factories.progress("done", kind="result", status="fulfilled", date="2026-01-20")
    heard = factories.progress("2026-12-01", date="2026-12-01")
    factories.published(
        commitments=[
            dated(1, due="2026-02"),
            dated(2, due="2026-03/2026-09-01"),
            dated(3, due="2026-09-02"),
            dated(4),
            dated(5, due="2026-02", progress=[done]),
            dated(6, progress=[heard]),
        ]
    )


@pytest.mark.parametrize(
    ("query", "today", "numbers"),
    [
        ("due=overdue", date(2026, 2, 28), []),
        ("due=overdue", date(2026, 3, 1), [1]),
        ("due=six-months", date(2026, 2, 28), [1]),
        ("due=six-months", date(2026, 3, 1), [2]),
        ("due=six-months", date(2026, 3, 2), [2, 3]),
        ("due=later", date(2026, 3, 1), [3]),
        ("due=undated", date(2026, 3, 1), [4, 6]),
        ("due=overdue&due=later", date(2026, 3, 1), [1, 3]),
        ("followup=none-found", date(2026, 3, 1), [1, 2, 3, 4]),
        ("followup=year-without", date(2027, 1, 12), []),
        ("followup=year-without", date(2027, 1, 13), [1, 2, 3, 4]),
        ("followup=year-without", date(2027, 12, 1), [1, 2, 3, 4, 6]),
        ("status=fulfilled", date(2026, 3, 1), [5]),
    ],
)
def test_what_depends_on_the_day_follows_it(commitments, query, today, numbers):
    found = slugs(f"{query}&sort=title", CommitmentFilters, today)
    assert found == [f"2026-nara-{number}" for number in numbers]


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2028, 2, 29), -12, date(2027, 2, 28)),
        (date(2026, 1, 1), -12, date(2025, 1, 1)),
        (date(2026, 6, 30), 6, date(2026, 12, 30)),
    ],
)
def test_months_on(day, months, found):
    assert months_on(day, months) == found


@pytest.mark.parametrize("kind", ALL)
def test_every_order_that_is_offered_can_be_followed(record, kind):
    for order in kind.base_filters["sort"].orders:
        found = listing(f"sort={order}", kind)
        assert list(found.faults()) == []
        assert len(found.ids) == found.count


@pytest.mark.parametrize("language", ["ko", "ja"])
def test_problems_are_said_without_a_stray_sign_in_every_language(record, language):
    with translation.override(language):
        assert all("%(" not in message for _name, message in faults("from=x&sort=y&page=9&q="))


def test_smuggled_lookups_are_no_parameters():
    for kind in ALL:
        smuggled = {"_connector", "pk", "slug__startswith", "author__password", "status__in"}
        assert not smuggled & set(kind.base_filters)
