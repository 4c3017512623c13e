"""An old edition made the working copy again: what stays, who may, what hinders."""

import copy

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from records import publishing, review
from records.admin.comparison import Comparison
from records.admin.working import names_of
from records.models import Contribution, Edition, Participant, Summit
from records.models.review import Step
from records.review import NotAllowed, desk_of
from records.review.restoring import restore
from tests.admin_pages import address, document_of, said
from tests.desk import page, signed_in
from tests.factories import (
    commitment,
    document,
    progress,
    published,
    session,
    source,
    vocabulary,
    wording,
)
from tests.steps import person

pytestmark = pytest.mark.django_db
NOTE = {"en": "What is new."}


def rewritten(summit, **over):
    """The working copy says something else."""
    publishing.load({**document_of(summit), **over}, mode="replace")


def edition_of(summit, number=1):
    return summit.editions.get(number=number)


# restoring ----------------------------------------------------------------------------------------


def restoring(client, summit, number=1, **data):
    """Press the button of the page that asks once more."""
    where = f"{address(summit, 'restore')}?edition={number}"
    seen = client.get(where).context["seen"]
    return client.post(where, {"seen": seen, **data}, follow=True)


def test_restored_edition_is_the_working_copy_and_readers_see_no_change():
    summit, kim = published(), signed_in("contributor", username="kim")
    rewritten(summit, venue={"en": "Second hall"}, sessions=[session(), session("tea")])
    publishing.publish(summit, note=NOTE)
    rewritten(summit, venue={"en": "Third hall"})

    response = restoring(kim, summit)

    assert "Edition 1 is the working copy again." in said(response)[0]
    assert response.redirect_chain == [(address(summit), 302)]
    assert document_of(summit) == document()
    assert summit.editions.count() == 2
    assert "Second hall" in Client().get("/en/summits/2026-01-13-nara").content.decode()
    assert Contribution.objects.filter(summit=summit, account="kim").exists()
    history = page(kim, address(summit, "history"))
    assert "Edition 1 is the working copy again." in history


def test_page_asks_once_more_and_says_what_will_be_gone():
    summit, kim = published(), signed_in("contributor")
    where = address(summit, "restore") + "?edition=1"
    same = page(kim, where)
    rewritten(summit, venue={"en": "Third hall"})

    html = page(kim, where)

    assert "The working copy says the same already." in same
    assert 'type="submit" class="default"' not in same
    assert "The working copy holds changes that no edition has." in html
    assert "<dt>Venue (English)</dt><dd><del>Third hall</del></dd>" in html
    assert document_of(summit)["venue"] == {"en": "Third hall"}


def test_restoring_over_what_others_changed_meanwhile_is_refused():
    summit, kim = published(), signed_in("contributor")
    rewritten(summit, venue={"en": "Second hall"})
    where = address(summit, "restore") + "?edition=1"
    seen = kim.get(where).context["seen"]
    rewritten(summit, venue={"en": "Third hall"})

    answers = [kim.post(where, {"seen": each}, follow=True) for each in (seen, "", "x")]

    assert [said(each)[0][:24] for each in answers] == ["The working copy changed"] * 3
    assert document_of(summit)["venue"] == {"en": "Third hall"}


def test_what_is_published_and_may_not_vanish_stays_with_its_sources():
    summit, kim = published(), signed_in("contributor")
    first = commitment(1, progress=[progress(cites=["s02"])])
    second = commitment(2, cites=["s02"], wordings=[wording("kor")])
    rewritten(
        summit,
        commitments=[first, second],
        sources=[source(), source("s02"), source("s03")],
        venue={"en": "Second hall"},
    )
    publishing.publish(summit, note=NOTE)

    restoring(kim, summit)

    now = document_of(summit)
    assert now["commitments"] == [first, second]
    assert [row["key"] for row in now["sources"]] == ["s01", "s02"]
    assert "venue" not in now
    assert publishing.publish(summit, note=NOTE).number == 3


def test_restored_edition_has_the_addresses_and_names_of_today():
    summit, kim = published(), signed_in("contributor")
    now = document_of(summit)
    publishing.load(
        {**now, "slug": "2026-01-13-nara-city", "formerly": ["2026-01-13-nara"]}, mode="replace"
    )
    rewritten(summit, attendances=now["attendances"][:1])
    Participant.objects.filter(slug="takaichi-sanae").update(
        slug="takaichi", formerly=["takaichi-sanae"]
    )

    restoring(kim, summit)

    restored = document_of(summit)
    assert (restored["slug"], restored["formerly"]) == ("2026-01-13-nara-city", ["2026-01-13-nara"])
    assert [row["participant"] for row in restored["attendances"]] == ["lee-jae-myung", "takaichi"]


def test_edition_that_names_somebody_deleted_is_not_restored():
    summit, kim = published(), signed_in("contributor")
    rewritten(summit, attendances=document()["attendances"][:1], venue={"en": "Hall"})
    Participant.objects.filter(slug="takaichi-sanae").delete()
    before = document_of(summit)

    response = restoring(kim, summit)

    assert "Not restored. This hinders it:" in said(response)[0]
    assert "takaichi-sanae" in said(response)[0]
    assert document_of(summit) == before


def test_restoring_is_for_those_who_may_change_the_summit():
    summit = published()
    rewritten(summit, venue={"en": "Second hall"})
    where = address(summit, "restore") + "?edition=1"
    seen = desk_of(summit).sha256

    for role in ("translator-ja", "translator-en"):
        client = signed_in(role)
        assert (
            client.get(where).status_code == client.post(where, {"seen": seen}).status_code == 403
        )
        assert "Restore edition" not in page(client, address(summit, "compare"))
    with pytest.raises(NotAllowed):
        restore(edition_of(summit), person("translator-ko"), seen=seen)
    assert document_of(summit)["venue"] == {"en": "Second hall"}
    for role in ("contributor", "reviewer", "publisher"):
        assert "Restore edition 1" in page(signed_in(role), address(summit, "compare"))


@pytest.mark.parametrize("number", ["", "9", "0", "-1", "x", "²", "9" * 30, "2"])
def test_what_is_no_edition_to_restore_is_not_found(number):
    summit = published()
    publishing.withdraw(summit, note=NOTE)  # edition 2 says so

    response = signed_in("contributor").get(address(summit, "restore"), {"edition": number})

    assert response.status_code == 404


def test_edition_of_another_summit_is_not_restored():
    other = published(slug="2026-03-01-busan", code="2026-busan", title={"en": "Busan"})
    rewritten(other, venue={"en": "Hall"})
    publishing.publish(other, note=NOTE)
    summit = published()

    assert signed_in("contributor").get(
        address(summit, "restore"), {"edition": "2"}
    ).status_code == 404  # fmt: skip
    assert Edition.objects.filter(number=2, summit=other).exists()


def test_approval_ends_with_restoring():
    summit = published()
    rewritten(summit, venue={"en": "Second hall"})
    kim, lee = person("contributor"), person("reviewer")
    review.take(summit, Step.SUBMITTED, kim, seen=desk_of(summit).sha256)
    review.take(summit, Step.APPROVED, lee, seen=desk_of(summit).sha256)

    rewritten(summit, venue={"en": "Third hall"})
    restore(edition_of(summit), kim, seen=desk_of(summit).sha256)

    assert desk_of(Summit.objects.get(pk=summit.pk)).standing == review.Standing.PUBLISHED


# laws ---------------------------------------------------------------------------------------------

EDITS = {
    "title": lambda found, word: found["title"].update(en=word),
    "korean title": lambda found, word: found["title"].update(ko=word),
    "venue": lambda found, word: found.update(venue={"en": word, "ja": word}),
    "topics": lambda found, word: found.update(topics=["history", "trade"]),
    "no checked_on": lambda found, word: found.pop("checked_on", None),
    "minutes": lambda found, word: found["sessions"][0].update(minutes="75"),
    "new session": lambda found, word: found["sessions"].append(session(f"new-{word}")),
    "no session": lambda found, word: found["sessions"].pop(0),
    "other order": lambda found, word: found["sources"].reverse(),
    "new source": lambda found, word: found["sources"].insert(1, source(f"new-{word}")),
    "gist": lambda found, word: found["commitments"][0].update(gist={"en": word}),
    "wordings": lambda found, word: found["commitments"][1].update(wordings=[wording("jpn")]),
    "order": lambda found, word: found["commitments"].reverse(),
    "nobody": lambda found, word: found["attendances"].pop(),
}


@pytest.mark.slow
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.lists(st.sampled_from(sorted(EDITS)), unique=True, max_size=6),
    st.lists(st.sampled_from(sorted(EDITS)), unique=True, max_size=6),
)
def test_restored_edition_compared_with_the_working_copy_is_the_same(first, second):
    base = document(
        sessions=[session("a"), session("b")],
        commitments=[commitment(1), commitment(2)],
        sources=[source("s01"), source("s02"), source("s03")],
    )
    by = person("contributor")
    with transaction.atomic():
        summit = publishing.load(base, vocabulary(), mode="replace").summit
        publishing.publish(summit, note=NOTE)
        now = base
        for word, names in (("1", first), ("2", second)):
            now = copy.deepcopy(now)
            for name in names:
                if name != "no session" or len(now["sessions"]) > 1:
                    EDITS[name](now, word)
            publishing.load(now, mode="replace")
            publishing.publish(summit, note=NOTE)

        for edition in summit.editions.order_by("number"):
            restore(edition, by, seen=desk_of(summit).sha256)
            old = publishing.opened(edition.content)
            assert Comparison(old, document_of(summit), names_of(old)).sections == []
            assert document_of(summit) == old
        transaction.set_rollback(True)
