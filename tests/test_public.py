"""What readers may read: editions and entries, never the working copy."""

import pytest

from records import facets, public, publishing
from records.models import Edition, Entry
from tests.factories import another, commitment, document, drafted, published, session, text

pytestmark = pytest.mark.django_db
NOTE = {"en": "Changed.", "ko": "고쳤다."}


def edition(slug="2026-01-13-nara", number=None):
    return public.edition(slug, number, at=facets.version())


def kinds_found(query):
    ids = public.matching(query, facets.version())
    return sorted(Entry.objects.filter(pk__in=list(ids)).values_list("kind", flat=True))


def changed(summit, **over):
    publishing.load(document(slug=summit.slug, code=summit.code, **over), mode="replace")
    return summit


# editions -----------------------------------------------------------------------------------------


def test_draft_has_no_edition():
    drafted()

    assert edition() is None
    assert public.editions("2026-01-13-nara") == []


def test_unpublished_changes_are_in_no_edition():
    changed(published(), venue=text("Hotel"), title=text("Other"))

    found = edition()

    assert found.record == document()
    assert found.document["venue"] == {}


def test_current_and_past_editions_each_say_their_own():
    summit = published()
    publishing.publish(changed(summit, venue=text("Hotel")), note=NOTE, by="An editor")

    first, second = edition(number=1), edition()

    assert (first.number, first.latest, first.is_latest) == (1, 2, False)
    assert (second.number, second.latest, second.is_latest) == (2, 2, True)
    assert (first.document["venue"], second.document["venue"]) == ({}, text("Hotel"))
    assert (second.note, second.by, second.kind) == (NOTE, "An editor", "addition")
    assert edition(number=2).record == second.record


@pytest.mark.parametrize("number", [0, 3, -1])
def test_edition_that_never_was_is_none(number):
    published()

    assert edition(number=number) is None


def test_withdrawn_summit_has_no_edition_past_ones_included():
    summit = published()
    publishing.withdraw(summit, note=NOTE)

    assert edition() is None
    assert edition(number=1) is None
    assert public.signpost("summits/2026-01-13-nara")["reason"] == NOTE


def test_withdrawal_is_no_edition_to_read_after_the_summit_came_back():
    summit = published()
    publishing.withdraw(summit, note=NOTE)
    publishing.publish(summit, note=NOTE)

    assert [edition(number=number) is None for number in (1, 2, 3)] == [False, True, False]
    assert [row["kind"] for row in public.editions(summit.slug)] == [
        "addition",
        "withdrawal",
        "opened",
    ]


def test_editions_are_listed_newest_first_without_their_content(django_assert_num_queries):
    summit = published()
    publishing.publish(changed(summit, venue=text("Hotel")), note=NOTE)

    with django_assert_num_queries(1):
        rows = public.editions(summit.slug)

    assert [(row["number"], row["note"]["en"]) for row in rows] == [
        (2, "Changed."),
        (1, "Record opened."),
    ]
    assert {row["number"]: row["sha256"] for row in rows} == dict(
        Edition.objects.values_list("number", "sha256")
    )


# people and names ---------------------------------------------------------------------------------


def test_person_of_a_published_summit_is_public_with_meetings_newest_first():
    published()
    another(1, starts="2020-05-01")

    found = public.participant("lee-jae-myung")

    assert [row["summit"] for row in found.meetings] == ["2026-01-13-nara", "2001-02-city-1"]
    assert set(found.summits) == {"2026-01-13-nara", "2001-02-city-1"}
    assert found.row["name"]["ko"] == "이재명"


def test_person_known_to_a_draft_or_to_unpublished_changes_only_is_not_public():
    summit = published(attendances=None)
    drafted(slug="2026-09-draft", code="2026-draft")
    changed(summit)

    assert public.participant("lee-jae-myung") is None
    assert public.people(["lee-jae-myung"]) == {}


def test_person_whom_the_current_edition_no_longer_names_is_not_public():
    summit = published()
    publishing.publish(changed(summit, attendances=None), note=NOTE)

    assert public.participant("lee-jae-myung") is None


def test_shared_names_are_those_that_editions_refer_to():
    published(topics=None, commitments=None)
    drafted(slug="2026-09-draft", code="2026-draft", topics=["history"])

    rows = public.shared(facets.version())

    assert list(rows["party"]) == ["jpn", "kor"]
    assert list(rows["topic"]) == []


def test_parent_of_a_public_topic_is_public_and_stands_before_it():
    published(topics=["trade"], commitments=None)

    assert list(public.shared(facets.version())["topic"]) == ["economy", "trade"]


def test_corrected_name_is_seen_at_once_by_a_worker_that_kept_the_old_one():
    published()
    assert public.shared(facets.version())["series"]["shuttle"]["name"]["en"] == "Shuttle diplomacy"

    publishing.load_vocabulary(
        {"series": [{"slug": "shuttle", "name": {"en": "Visits"}}]}, update=True
    )

    assert public.shared(facets.version())["series"]["shuttle"]["name"] == {"en": "Visits"}


def test_corrected_name_of_a_person_is_found_by_its_words():
    published()
    spelling = {
        "slug": "lee-jae-myung",
        "kind": "person",
        "name": {"ko": "이재명"},
        "also": ["Yi Jaemyŏng"],
    }
    publishing.load_vocabulary({"participants": [spelling]}, update=True)

    assert kinds_found("yi jaemyong") == ["participant", "summit"]
    assert kinds_found("jaemyong") == ["participant", "summit"]


# signposts and chains -----------------------------------------------------------------------------


def test_address_that_never_was_has_no_signpost():
    published()

    assert public.signpost("commitments/2026-nara-9") == {}


def test_old_address_leads_on():
    published(formerly=["2026-nara-talks"], sessions=[session("opening", formerly=["talks"])])

    assert public.signpost("summits/2026-nara-talks") == {"to": "summits/2026-01-13-nara"}
    assert public.signpost("summits/2026-01-13-nara/sessions/talks") == {
        "to": "summits/2026-01-13-nara/sessions/opening"
    }


def test_chain_is_whole_from_any_of_its_members():
    for year, earlier in [(2024, "2023-lost-1"), (2025, "2024-city-1"), (2026, "2025-city-1")]:
        published(
            slug=f"{year}-05-city",
            code=f"{year}-city",
            starts=f"{year}-05",
            ends=None,
            sessions=[session(date=f"{year}-05")],
            commitments=[commitment(1, continues=[earlier])],
        )
    drafted(
        slug="2027-05-draft", code="2027-draft", starts="2027-05", ends=None,
        commitments=[commitment(1, continues=["2026-city-1"])],
    )  # fmt: skip
    whole = ["2023-lost-1", "2024-city-1", "2025-city-1", "2026-city-1"]

    found = {
        slug: [row["slug"] for row in public.chain(slug, facets.version())] for slug in whole[1:]
    }

    assert found == dict.fromkeys(whole[1:], whole)
