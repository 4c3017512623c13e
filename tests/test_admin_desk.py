"""The page of review: who is offered what, what is refused, and publication at a set time."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from records.models.review import Step
from records.review import Standing, desk_of
from tests.admin_pages import address, document_of, fields_of, opened, said, save
from tests.desk import approved, buttons, page, signed_in, step, submitted
from tests.factories import EditorFactory, drafted, published, somebody

pytestmark = pytest.mark.django_db


def test_each_editor_is_offered_the_steps_that_are_theirs():
    kim, lee = signed_in("contributor"), signed_in("reviewer")
    tanaka, han = signed_in("publisher"), Client()
    han.force_login(EditorFactory())
    summit = drafted()

    offered = [[buttons(each, summit) for each in (kim, lee, tanaka, han)]]
    step(kim, summit, "submitted")
    offered.append([buttons(each, summit) for each in (kim, lee, tanaka, han)])
    step(lee, summit, "approved")
    offered.append([buttons(each, summit) for each in (kim, lee, tanaka, han)])

    assert offered == [
        [["submitted"], ["submitted"], ["submitted"], ["submitted", "publish", "scheduled"]],
        [
            ["taken-back"],
            ["returned", "approved"],
            [],
            ["taken-back", "returned", "approved", "publish", "scheduled"],
        ],
        [
            [],
            ["returned"],
            ["publish", "scheduled"],
            ["returned", "publish", "scheduled"],
        ],
    ]


def test_working_copy_goes_from_hand_to_hand_to_its_readers():
    kim, lee = signed_in("contributor", username="kim"), signed_in("reviewer", username="lee")
    tanaka = signed_in("publisher", first_name="Tanaka", last_name="Haruto")
    summit = published()
    row = summit.sessions.get()
    save(kim, row, {**opened(kim, row), "minutes": "75"})

    step(kim, summit, "submitted", comment="The length was wrong.")
    assert "The length was wrong." in page(lee, address(summit, "review"))
    shown = page(lee, address(summit, "review"))
    assert "<dd><del>20 minutes</del> → <ins>75 minutes</ins></dd>" in shown
    step(lee, summit, "returned", comment="By which source?")
    assert "By which source?" in page(kim, address(summit))
    step(kim, summit, "submitted", comment="s01.")
    step(lee, summit, "approved")
    response = step(tanaka, summit, "publish", note_en="Length put right.", kind="correction")

    assert "Published as edition 2." in said(response)[0]
    edition = summit.editions.get(number=2)
    assert (edition.by, edition.kind, edition.note_en) == (
        "Tanaka Haruto", "correction", "Length put right.",
    )  # fmt: skip
    history = page(kim, address(summit, "review"))
    assert "Edition 2: Correction</a>" in history
    assert "Edition 1: Record opened (without review)</a>" in history


def test_step_on_a_page_that_others_overtook_is_refused_with_the_comment_kept():
    kim, lee = signed_in("contributor"), signed_in("reviewer")
    summit = submitted(drafted(), name="han")
    seen = desk_of(summit).sha256
    row = summit.sessions.get()
    save(kim, row, {**opened(kim, row), "minutes": "75"})

    response = step(lee, summit, "approved", seen=seen, comment="Well done.")

    assert said(response) == [
        "The working copy changed after this page was opened: look at it once more."
    ]
    assert fields_of(response)["comment"] == "Well done."
    assert desk_of(summit).standing == Standing.IN_REVIEW


def test_step_that_is_not_theirs_is_refused_when_sent_all_the_same():
    summit = drafted()
    for client in (signed_in("contributor"), signed_in("translator-ja")):
        for name in ("approved", "returned", "lapsed", "nonsense", ""):
            response = step(client, summit, name, comment="x")
            assert len(said(response)) == 1, name
        for name in ("publish", "scheduled"):
            data = {"note_en": "Mine", "publish_at": "2030-01-01 09:00", "zone": "UTC"}
            assert len(said(step(client, summit, name, **data))) == 1, name
    assert (summit.reviews.count(), summit.editions.count()) == (0, 0)


def test_publication_needs_a_note_and_the_page_that_was_looked_at():
    summit, tanaka = approved(drafted()), signed_in("publisher")

    response = step(tanaka, summit, "publish")
    assert response.context["release"].non_field_errors() == [
        "Write the public note in at least one language."
    ]
    for seen in ("0" * 64, ""):
        response = tanaka.post(
            address(summit, "review"), {"step": "publish", "note_en": "New.", "seen": seen}
        )
        assert "changed after this page was opened" in response.content.decode()
        assert fields_of(response)["note_en"] == "New."
    assert summit.editions.count() == 0


def test_publisher_saves_but_does_not_publish_from_a_form(settings):
    summit, tanaka = drafted(), signed_in("publisher")
    assert 'name="_publish"' not in page(tanaka, address(summit))

    data = {**opened(tanaka, summit), "venue_en": "Hotel", "edition_note_en": "New."}
    save(tanaka, summit, data, "_publish")

    assert document_of(summit)["venue"] == {"en": "Hotel"}
    assert summit.editions.count() == 0
    settings.REVIEW_REQUIRED = False
    assert 'name="_publish"' in page(tanaka, address(summit))
    assert 'name="_publish"' not in page(signed_in("contributor"), address(summit))


def test_why_a_step_is_not_offered_is_said():
    summit = drafted()
    both = somebody("contributor", "reviewer", username="both")
    client = Client()
    client.force_login(both)
    step(client, summit, "submitted")

    assert client.get(address(summit, "review")).context["waits"] == [
        "You submitted it: somebody else reviews it."
    ]


# schedules ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "zone", "instant"),
    [
        ("2030-12-01 09:00", "Asia/Tokyo", datetime(2030, 12, 1, 0, 0, tzinfo=UTC)),
        ("2030-07-01T09:00", "Europe/Paris", datetime(2030, 7, 1, 7, 0, tzinfo=UTC)),
        ("2030-12-01 09:00", "", datetime(2030, 12, 1, 0, 0, tzinfo=UTC)),
    ],
)
def test_time_is_of_the_zone_typed_beside_it(typed, zone, instant):
    summit = approved(drafted())

    step(signed_in("publisher"), summit, "scheduled", publish_at=typed, zone=zone, note_ja="公開")

    row = summit.reviews.get(is_last=True)
    assert (row.step, row.publish_at, row.note_ja) == (Step.SCHEDULED, instant, "公開")


@pytest.mark.parametrize(
    ("typed", "zone", "fault"),
    [
        ("", "Asia/Seoul", "Write the day and the time of publication."),
        ("tomorrow", "Asia/Seoul", "Enter a valid date/time."),
        ("2020-01-01 09:00", "Asia/Seoul",
         "That time is past; publish now, or write a later one."),
        ("2030-03-31 02:30", "Europe/Paris", "Clocks skip that time there; write another."),
        ("2030-10-27 02:30", "Europe/Paris", "Clocks show that time twice there; write another."),
        ("2030-01-01 09:00", "Seoul", "“Seoul” is no time zone; write it like Asia/Tokyo."),
        ("9999-12-31 23:59", "America/New_York", "That time is too far away."),
    ],
)  # fmt: skip
def test_time_that_cannot_be_meant_is_refused(typed, zone, fault):
    summit = approved(drafted())

    response = step(
        signed_in("publisher"), summit, "scheduled", publish_at=typed, zone=zone, note_en="New."
    )

    found = response.context["release"].errors
    assert [str(error) for each in found.values() for error in each] == [fault]
    assert fields_of(response)["note_en"] == "New."
    assert summit.reviews.get(is_last=True).step == Step.APPROVED


def test_form_sent_from_another_site_takes_no_step():
    client = Client(enforce_csrf_checks=True)
    client.force_login(EditorFactory())
    summit = drafted()

    for where in (address(summit, "review"), address(summit, "remarks")):
        assert client.post(where, {"step": "submitted", "text": "x"}).status_code == 403
    assert client.get(reverse("admin:records_summit_review", args=[999])).status_code == 404


def test_history_stands_on_the_summits_form_and_not_on_its_parts():
    summit, kim = published(), signed_in("contributor")

    assert "Edition 1: Record opened (without review)" in page(kim, address(summit))
    assert "Edition 1: Record opened" not in page(kim, address(summit.sessions.get()))
