"""Every parameter that any list declares, abused: few queries, a plain answer, never a slow one.

Read off the filters' own declarations, so that a new list or filter is covered with its first line.
"""

from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from records import urls
from records.filters import MOST_VALUES, Facet
from tests import factories

pytestmark = pytest.mark.django_db
LISTS = {name: view.filterset for name, view in urls.LISTS.items()}
EVERY = [
    (name, parameter) for name, filterset in LISTS.items() for parameter in filterset.base_filters
]
# A list with every facet open, and the counts of each, asks what a bare one asks, and the entries
# or names that single parameters look up.
MOST_QUERIES = 12
LONGEST = 3500  # characters of a query that the site takes whole


@pytest.fixture(scope="module")
def crowded(django_db_setup, django_db_blocker):
    """Some summits, which all tests of this file only read."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        factories.published()
        for number in range(1, 4):
            factories.another(number)
        yield Client()
        transaction.set_rollback(True)


def asked(client, address, pairs):
    """The answer's status and how many queries it took."""
    with CaptureQueriesContext(connection) as queries:
        response = client.get(f"{address}?{urlencode(pairs)}")
        response.getvalue()
    return response.status_code, len(queries)


def options(client, name, parameter):
    """What a facet offers: its values in the data."""
    found = client.get(f"/{name}.json").json()["facets"].get(parameter, [])
    return [one["value"] for one in found]


def abuses(parameter, values):
    """`(pairs, status of the data)`: beyond what an address may hold nobody looks at it."""
    every = [(parameter, value) for value in values]
    yield every[:MOST_VALUES], 200
    yield fitting(every * 40), 200  # the same again and again is the same once
    yield fitting([(parameter, f"u{number}") for number in range(900)]), 400
    yield [(parameter, "x" * 3000)], 400
    yield [*every[:3], (parameter, "x" * 3000)], 400
    yield [(f"{parameter}__in", "x"), (f"{parameter}[]", "x")], 400
    yield [(parameter, f"unknown-{number}") for number in range(900)], 414


def fitting(pairs):
    """As many as an address holds."""
    while len(urlencode(pairs)) > LONGEST:
        pairs = pairs[: len(pairs) * 9 // 10]
    return pairs


@pytest.mark.parametrize(("name", "parameter"), EVERY)
def test_a_parameter_abused_is_answered_with_few_queries(crowded, name, parameter):
    is_facet = isinstance(LISTS[name].base_filters[parameter], Facet)
    values = options(crowded, name, parameter) if is_facet else []
    for pairs, expected in abuses(parameter, values):
        status, queries = asked(crowded, f"/{name}.json", pairs)
        assert (status, queries <= MOST_QUERIES) == (expected, True), pairs[:3]
        status, queries = asked(crowded, f"/en/{name}", pairs)
        page = {200, 302} if expected < 414 else {414}
        assert (status in page, queries <= MOST_QUERIES) == (True, True), pairs[:3]


@pytest.mark.parametrize("name", LISTS)
def test_all_facets_open_at_once_ask_what_a_bare_list_asks(crowded, name):
    facets = [one for one, found in LISTS[name].base_filters.items() if isinstance(found, Facet)]
    pairs = [
        (facet, value) for facet in facets for value in options(crowded, name, facet)[:MOST_VALUES]
    ]
    asked(crowded, f"/en/{name}", [])
    status, bare = asked(crowded, f"/en/{name}", [("sort", "")])
    status, queries = asked(crowded, f"/en/{name}", pairs)
    assert status == 200
    assert queries <= bare + 3


@pytest.mark.parametrize("name", LISTS)
def test_robots_are_not_led_into_combinations(crowded, name):
    """Facets of facets have no end: what is narrowed twice is not for search engines."""
    facets = [one for one, found in LISTS[name].base_filters.items() if isinstance(found, Facet)]
    pairs = [(one, options(crowded, name, one)[:1]) for one in facets[:2]]
    page = crowded.get(f"/en/{name}?{urlencode(pairs, doseq=True)}").content.decode()
    assert "noindex" in page
