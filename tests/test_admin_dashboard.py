"""The admin's first page: what waits for whom, in the same few queries for one and for three."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from records import publishing, review
from records.models import Edition
from records.review import Person
from tests.admin_pages import document_of, opened, save
from tests.desk import another, approved, page, signed_in, step, submitted
from tests.factories import published, text

pytestmark = pytest.mark.django_db
INDEX = "/admin/"


def lines(client):
    """What each list of the first page names."""
    dashboard = client.get(INDEX).context["dashboard"]
    queues = {
        name: [line.title for line in getattr(dashboard, name).lines]
        for name in ("in_review", "approved", "scheduled", "mine")
    }
    return {**queues, "published": [line.title for line in dashboard.published]}


def test_first_page_names_what_waits():
    submitted(another(1), name="a")
    approved(another(2), name="b")
    soon = approved(another(3), name="c")
    tanaka = signed_in("publisher", username="tanaka")
    step(tanaka, soon, "scheduled", publish_at="2030-01-01 09:00", zone="UTC", note_en="New.")
    published(slug="2026-03-20-jeju", code="2026-jeju", commitments=None)
    mine = another(4)
    save(tanaka, mine, {**opened(tanaka, mine), "venue_en": "Hotel"})

    assert lines(tanaka) == {
        "in_review": ["Summit 1"],
        "approved": ["Summit 2"],
        "scheduled": ["Summit 3"],
        "mine": ["Summit 4"],
        "published": ["Summit in Nara"],
    }


def test_first_page_forgets_what_an_edition_holds():
    first, second = submitted(another(1), name="a"), approved(another(2), name="b")
    kim = signed_in("contributor", username="kim")
    save(kim, first, {**opened(kim, first), "venue_en": "Hotel"})
    for summit in (first, second):
        publishing.publish(summit, note={"en": "By a command."})

    assert lines(kim) == {
        "in_review": [],
        "approved": [],
        "scheduled": [],
        "mine": [],
        "published": ["Summit 2", "Summit 1"],
    }


def test_first_page_says_what_changed_since_it_was_approved():
    summit, lee = approved(another(1)), signed_in("reviewer")
    assert "changed since" not in page(lee, INDEX)

    publishing.load({**document_of(summit), "venue": text("Hotel")}, mode="replace")

    assert "changed since" in page(lee, INDEX)


def test_first_page_asks_the_same_few_queries_for_one_and_for_three():
    kim = signed_in("contributor", username="kim")
    ContentType.objects.get_for_models(Edition)

    def made(number):
        summit = approved(another(number), name=f"a{number}")
        review.contributed(summit, Person("kim", "kim"))
        submitted(another(number + 10), name=f"b{number}")
        publishing.publish(another(number + 20), note={"en": "New."})

    def asked():
        with CaptureQueriesContext(connection) as found:
            page(kim, INDEX)
        return len(found)

    made(1)
    few = asked()
    made(2)
    made(3)

    assert asked() == few
    assert few <= 45


def test_long_queue_says_how_many_more_wait():
    for number in range(1, 12):
        submitted(another(number), name=f"a{number}")

    html = page(signed_in("reviewer"), INDEX)

    assert "and 3 more" in html


def test_first_page_of_staff_without_rights_names_nothing():
    submitted(another(1))
    assert "Summit 1" not in page(signed_in(), INDEX)


def test_list_of_summits_names_the_last_step_that_no_edition_followed():
    submitted(another(1), name="a")
    publishing.publish(approved(another(2), name="b"), note={"en": "New."})
    another(3)
    lee = signed_in("reviewer")

    rows = lee.get(reverse("admin:records_summit_changelist")).context["cl"]

    told = {row.title_en: rows.model_admin.standing(row) for row in rows.result_list}
    assert told == {
        "Summit 1": "Draft · Submitted for review",
        "Summit 2": "Edition 1",
        "Summit 3": "Draft",
    }
