"""“Merge” makes one name of two, wherever the record has them; readers are led on."""

import pytest

from records import index, publishing
from records.models import Entry, Participant, Party, Relation, Series, Topic
from records.storage.index_check import index_checks
from tests.admin_pages import address, document_of, fields_of, said
from tests.factories import (
    ParticipantFactory,
    PartyFactory,
    RelationFactory,
    SeriesFactory,
    TopicFactory,
    commitment,
    drafted,
    progress,
    published,
    session,
    somebody,
    source,
    text,
    wording,
)

pytestmark = pytest.mark.django_db


def shown(client, gone, kept):
    return client.get(address(gone, "merge"), {"into": kept.pk})


def merge(client, gone, kept):
    """Look at what would change, then do it; what hinders it."""
    page = shown(client, gone, kept)
    if page.context["reasons"]:
        return page.context["reasons"]
    after = client.post(address(gone, "merge"), fields_of(page), follow=True)
    assert "was merged into" in said(after)[0]
    return []


def another_lee(**facts):
    return ParticipantFactory(
        slug="i-jae-myeong",
        name_en="I Jae-myeong",
        also=["Yi Jae-myung"],
        wikidata="Q12",
        formerly=["lee"],
        **facts,
    )


def with_the_other(**over):
    """Facts of a second summit that name the other spelling of Lee in every way there is."""
    attendances = [
        {
            "participant": "i-jae-myeong",
            "party": "kor",
            "office": text("President"),
            "capacity": "head-of-state",
            "principal": True,
            "presence": "present",
        }
    ]
    return {
        "slug": "2026-03-01-x",
        "code": "2026-x",
        "attendances": attendances,
        "sessions": [session(participants=["i-jae-myeong", "takaichi-sanae"])],
        "statements": [{"key": "word", "speaker": "i-jae-myeong", "gist": text("Said")}],
        "gifts": [
            {"key": "drum", "givers": ["i-jae-myeong"], "receivers": ["takaichi-sanae"],
             "what": text("A drum")}
        ],
        "differences": [
            {"key": "office", "question": text("Which?"), "kind": "counting",
             "about": ["attendances.i-jae-myeong.office"],
             "values": [{"says": "1", "cites": ["s01"]}, {"says": "2", "cites": ["s01"]}]}
        ],
        **over,
    }  # fmt: skip


def test_every_reference_of_a_merged_participant_moves(editor):
    drafted()
    other = another_lee()
    summit = drafted(**with_the_other())
    pk = summit.attendances.get().pk

    merge(editor, other, Participant.objects.get(slug="lee-jae-myung"))

    found = document_of(summit)
    assert found["attendances"][0]["participant"] == "lee-jae-myung"
    assert found["sessions"][0]["participants"] == ["lee-jae-myung", "takaichi-sanae"]
    assert found["statements"][0]["speaker"] == "lee-jae-myung"
    assert found["gifts"][0]["givers"] == ["lee-jae-myung"]
    assert found["differences"][0]["about"] == ["attendances.lee-jae-myung.office"]
    assert summit.attendances.get().pk == pk
    assert "i-jae-myeong" not in str(found)
    assert not Participant.objects.filter(slug="i-jae-myeong").exists()
    assert [each for each in publishing.state(summit).problems if each.level == "error"] == []


def test_name_that_is_kept_takes_over_spellings_and_former_slugs(editor):
    drafted()

    merge(editor, another_lee(), Participant.objects.get(slug="lee-jae-myung"))

    kept = Participant.objects.get(slug="lee-jae-myung")
    assert kept.name_en == "Lee Jae-myung"
    assert kept.also == ["Lee Jae Myung", "I Jae-myeong", "Yi Jae-myung"]
    assert kept.formerly == ["lee", "i-jae-myeong"]
    assert kept.wikidata == "Q12"


def test_readers_reach_who_was_merged_and_editions_stay(editor, client):
    published()
    other = another_lee()
    summit = published(**with_the_other())
    before = summit.editions.get().content

    merge(editor, other, Participant.objects.get(slug="lee-jae-myung"))

    for old in ("i-jae-myeong", "lee"):
        answer = client.get(f"/en/participants/{old}")
        assert (answer.status_code, answer["Location"]) == (301, "/en/participants/lee-jae-myung")
    page = client.get("/en/participants/lee-jae-myung").content.decode()
    assert "/en/summits/2026-03-01-x" in page
    assert "/en/summits/2026-01-13-nara" in page
    assert client.get("/en/summits/2026-03-01-x").status_code == 200
    assert summit.editions.get().content == before
    assert Entry.objects.get(kind="participant", slug="lee-jae-myung").data["meetings"] == 2
    assert next(index_checks(0)).faults == []


def test_editor_is_told_which_summits_still_show_the_old_name(editor):
    published()
    other = another_lee()
    summit = published(**with_the_other())

    page = shown(editor, other, Participant.objects.get(slug="lee-jae-myung"))
    after = editor.post(address(other, "merge"), fields_of(page), follow=True)

    [_merged, still] = said(after)
    assert still == (
        "To readers these summits show the old name until they are published again:"
        f'<ul class="meanwhile"><li><a href="{address(summit)}">2026-03-01-x</a></li></ul>'
    )


def test_summit_is_published_again_after_a_merge(editor):
    published()
    other = another_lee()
    summit = published(**with_the_other())
    merge(editor, other, Participant.objects.get(slug="lee-jae-myung"))

    edition = publishing.publish(summit, note={"en": "One person, one name."})

    assert edition.number == 2
    assert "i-jae-myeong" not in edition.content
    assert next(index_checks(0)).faults == []


def test_merged_topic_is_one_in_lists_and_in_citations(editor, client):
    TopicFactory(slug="commerce", name_en="Commerce")
    drafted()
    other = published(
        slug="2026-03-01-x",
        code="2026-x",
        topics=["commerce", "trade"],
        cites={"all": ["s01"], "topics.commerce": ["s01"], "topics.trade": ["s02"]},
        commitments=[commitment(topics=["commerce"])],
        sources=[source(), source("s02")],
    )
    child = TopicFactory(slug="tariffs", parent=Topic.objects.get(slug="commerce"))

    assert merge(editor, Topic.objects.get(slug="commerce"), Topic.objects.get(slug="trade")) == [
        "Topics stand below this one, and there are two levels only."
    ]
    child.delete()
    merge(editor, Topic.objects.get(slug="commerce"), Topic.objects.get(slug="trade"))

    found = document_of(other)
    assert found["topics"] == ["trade"]
    assert found["cites"] == {"all": ["s01"], "topics.trade": ["s01", "s02"]}
    assert found["commitments"][0]["topics"] == ["trade"]
    answer = client.get("/en/topics/commerce")
    assert (answer.status_code, answer["Location"]) == (301, "/en/topics/trade")
    assert client.get("/en/commitments?topic=trade").content.decode().count("2026-x-1") > 0


def test_merged_party_brings_its_relation_and_its_successors(editor, client):
    PartyFactory(slug="rok", name_en="Korea, Republic of", iso="KO")
    PartyFactory(slug="old-korea").successors.add(Party.objects.get(slug="rok"))
    heir = PartyFactory(slug="heir")
    heir.predecessors.add(Party.objects.get(slug="rok"))
    drafted()
    relation = RelationFactory(slug="jpn-rok", name_en="ROK and Japan")
    summit = published(
        slug="2026-03-01-x",
        code="2026-x",
        delegations=[{"party": "jpn", "role": "host"}, {"party": "rok", "role": "guest"}],
        attendances=None,
        commitments=[
            commitment(
                parties=["jpn", "rok"],
                wordings=[wording("rok"), wording("jpn")],
                progress=[progress(party="rok")],
            )
        ],
    )

    merge(editor, Party.objects.get(slug="rok"), Party.objects.get(slug="kor"))

    found = document_of(summit)
    assert [row["party"] for row in found["delegations"]] == ["jpn", "kor"]
    assert [row["party"] for row in found["commitments"][0]["wordings"]] == ["kor", "jpn"]
    assert found["commitments"][0]["progress"][0]["party"] == "kor"
    relation.refresh_from_db()
    assert (relation.slug, relation.formerly) == ("jpn-kor", ["jpn-rok"])
    kept = Party.objects.get(slug="kor")
    assert [row.slug for row in kept.predecessors.all()] == ["old-korea"]
    assert [row.slug for row in heir.predecessors.all()] == ["kor"]
    answer = client.get("/en/parties/rok")
    assert (answer.status_code, answer["Location"]) == (301, "/en/parties/kor")
    assert next(index_checks(0)).faults == []


def test_relations_of_both_become_one(editor):
    PartyFactory(slug="rok")
    drafted()
    RelationFactory(slug="jpn-kor", name_en="Korea–Japan relations", name_ko="")
    RelationFactory(slug="jpn-rok", name_en="ROK–Japan relations", name_ko="한일관계")

    merge(editor, Party.objects.get(slug="rok"), Party.objects.get(slug="kor"))

    found = Relation.objects.get()
    assert (found.slug, found.name_en, found.name_ko) == (
        "jpn-kor", "Korea–Japan relations", "한일관계"
    )  # fmt: skip
    assert found.formerly == ["jpn-rok"]


def test_merged_series_is_one(editor):
    SeriesFactory(slug="shuttling", name_en="Shuttling")
    drafted()
    summit = drafted(slug="2026-03-01-x", code="2026-x", series="shuttling")

    merge(editor, Series.objects.get(slug="shuttling"), Series.objects.get(slug="shuttle"))

    assert document_of(summit)["series"] == "shuttle"
    assert Series.objects.get().formerly == ["shuttling"]


def test_two_in_one_list_are_not_merged(editor):
    drafted()
    kept = Participant.objects.get(slug="takaichi-sanae")

    reasons = merge(editor, Participant.objects.get(slug="lee-jae-myung"), kept)

    assert reasons == [
        "Both stand in one list of the working copy of 2026-01-13-nara: take one out first."
    ]
    editor.post(address(Participant.objects.get(slug="lee-jae-myung"), "merge"), {"into": kept.pk})
    assert Participant.objects.count() == 2


def test_two_that_readers_see_in_one_list_are_not_merged(editor):
    summit = published()
    summit.attendances.filter(participant__slug="lee-jae-myung").delete()

    reasons = merge(
        editor,
        Participant.objects.get(slug="lee-jae-myung"),
        Participant.objects.get(slug="takaichi-sanae"),
    )

    assert [reason.split(":")[0] for reason in reasons] == [
        "Readers see both in one list of 2026-01-13-nara"
    ]


def test_merge_of_what_changed_since_it_was_shown_is_shown_again(editor):
    drafted()
    other, kept = another_lee(), Participant.objects.get(slug="lee-jae-myung")
    page = shown(editor, other, kept)
    Participant.objects.filter(pk=kept.pk).update(name_en="Lee")

    again = editor.post(address(other, "merge"), fields_of(page))

    assert Participant.objects.filter(slug="i-jae-myeong").exists()
    assert "Not merged yet" in again.content.decode()


@pytest.mark.parametrize(
    ("role", "public", "is_merged"),
    [("contributor", False, True), ("contributor", True, False), ("publisher", True, True)],
)
def test_names_that_readers_see_are_merged_by_publishers_alone(client, role, public, is_merged):
    (published if public else drafted)()
    other, kept = another_lee(), Participant.objects.get(slug="lee-jae-myung")
    client.force_login(somebody(role))

    page = shown(client, other, kept)
    client.post(address(other, "merge"), fields_of(page))

    assert Participant.objects.filter(slug="i-jae-myeong").exists() is not is_merged


def test_reindex_follows_merged_names(editor):
    published()
    other = another_lee()
    published(**with_the_other())
    merge(editor, other, Participant.objects.get(slug="lee-jae-myung"))

    index.reindex()

    assert Entry.objects.get(kind="participant", slug="lee-jae-myung").data["meetings"] == 2
