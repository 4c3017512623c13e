"""The next summit of a series, begun in the admin from the one before it."""

import pytest

from records.models import Event, Summit
from tests.admin_pages import address, document_of, opened, save, texts
from tests.factories import drafted, somebody

pytestmark = pytest.mark.django_db
FACTS = {
    **texts("title", "Next summit"),
    **texts("city", "Gyeongju"),
    "city_en": "Gyeong-ju",
    "starts": "30 October 2026",
    "event_status": "confirmed",
}


def a_summit():
    return drafted(setting="margins")  # of the series “shuttle”


def faults(response):
    return [(fault.anchor, fault.message) for fault in response.context["faults"]]


def test_next_is_a_draft_with_the_parties_and_the_host_turned_round(editor):
    before = a_summit()
    where = address(before, "next")
    form = opened(editor, where)

    save(editor, where, {**form, **FACTS})

    summit = Summit.objects.exclude(pk=before.pk).get()
    found = document_of(summit)
    hosts = {row["party"]: row["role"] for row in document_of(before)["delegations"]}
    turned = {"host": "guest", "guest": "host"}
    assert (summit.slug, summit.code) == ("2026-10-30-gyeongju", "2026-gyeongju")
    assert {row["party"]: row["role"] for row in found["delegations"]} == {
        party: turned[role] for party, role in hosts.items()
    }
    assert found["country"] == next(party for party, role in hosts.items() if role == "guest")
    assert (found["series"], found["setting"], found["starts"]) == (
        "shuttle",
        "margins",
        "2026-10-30",
    )
    assert set(found) & {"attendances", "sessions", "commitments", "sources", "topics"} == set()
    assert not summit.editions.exists()
    assert [(e.kind, e.key) for e in Event.objects.filter(action="added")] == [
        ("summit", "2026-10-30-gyeongju")
    ]


def test_nobody_is_host_where_none_of_them_is(editor):
    before = a_summit()
    where = address(before, "next")

    save(editor, where, {**opened(editor, where), **FACTS, "host": ""})

    found = document_of(Summit.objects.exclude(pk=before.pk).get())
    assert [row["role"] for row in found["delegations"]] == ["guest", "guest"]
    assert "country" not in found


def test_slug_that_cannot_follow_is_asked_for_and_nothing_is_written(editor):
    before = a_summit()
    where = address(before, "next")

    response = save(editor, where, {**opened(editor, where), **FACTS, "starts": "October 2026"})

    wanted = "Write it, or the whole day and the city in English: it follows."
    assert faults(response) == [("id_slug", wanted), ("id_code", wanted)]
    assert response.context["adminform"].form["title_ko"].value() == FACTS["title_ko"]
    assert Summit.objects.get() == before


def test_slug_that_is_taken_is_refused(editor):
    before = a_summit()
    where = address(before, "next")

    response = save(editor, where, {**opened(editor, where), **FACTS, "slug": before.slug})

    assert [anchor for anchor, _message in faults(response)] == ["id_slug"]
    assert Summit.objects.get() == before


@pytest.mark.parametrize(("role", "status"), [("contributor", 200), ("translator-ko", 403)])
def test_who_may_add_a_summit_may_begin_the_next(client, role, status):
    before = a_summit()
    client.force_login(somebody(role))

    asked, link = client.get(address(before, "next")), client.get(address(before))

    assert asked.status_code == status
    assert ("/next/" in link.content.decode()) == (status == 200)
