"""A whole summit entered by hand, and a record that only looking at leaves as it is."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from records import public, publishing
from records.document.canonical import digest
from records.document.schema import FORMAT, SUMMIT, VOCABULARY
from records.document.validate import validated
from records.models import (
    Attendance,
    Commitment,
    Delegation,
    Difference,
    Gift,
    Note,
    Participant,
    Party,
    Series,
    Session,
    Source,
    Statement,
    Summit,
    Topic,
)
from tests.admin_pages import (
    address,
    document_of,
    enter,
    errors,
    opened,
    said,
    save,
    texts,
)
from tests.factories import EditorFactory, drafted, published

pytestmark = pytest.mark.django_db
FIXTURES = sorted(str(path) for path in Path("records/fixtures").glob("*.yaml"))


@pytest.fixture
def editor(client):
    client.force_login(EditorFactory(username="kim"))
    return client


def vocabulary_entered(editor):
    enter(editor, Party, slug="kor", kind="state", iso="KR", **texts("name", "Korea"))
    enter(editor, Party, slug="jpn", kind="state", iso="JP", **texts("name", "Japan"))
    economy = enter(editor, Topic, slug="economy", **texts("name", "Economy"))
    enter(editor, Topic, slug="trade", parent=str(economy.pk), **texts("name", "Trade"))
    enter(editor, Series, slug="shuttle", **texts("name", "Shuttle diplomacy"))
    for slug, name in (("lee", "Lee Jae-myung"), ("takaichi", "Takaichi Sanae")):
        enter(editor, Participant, slug=slug, also="李在明\r\nLee Jae Myung", **texts("name", name))
    return {row.slug: str(row.pk) for model in VOCABULARY.values() for row in model.objects.all()}


def summit_entered(editor):
    """Every kind of part, by the forms alone."""
    pk = vocabulary_entered(editor)
    summit = enter(
        editor,
        Summit,
        slug="2026-01-13-nara",
        code="2026-nara",
        also="ko 나라 한일 정상회담",
        setting="visit",
        starts="13 January 2026",
        ends="2026年1月14日",
        timezone="Asia/Tokyo",
        country=pk["jpn"],
        series=pk["shuttle"],
        topics=[pk["trade"]],
        checked_on="13 February 2026",
        latitude="34.685",
        longitude="135.805",
        **texts("title", "Summit in Nara"),
        **texts("city", "Nara"),
        **texts("summary", "They met.\r\n\r\nThey agreed."),
    )
    enter(
        editor,
        Source,
        summit,
        key="s01",
        title="공동 언론 발표",
        language="ko",
        publisher="Office",
        kind="official",
        issued_by=[pk["kor"]],
        published_on="14 January 2026",
        accessed_on="2026-02-13",
        url="https://example.org/s01",
        read="whole",
    )
    # The next key is proposed; a long title stays behind the gloss.
    enter(
        editor,
        Source,
        summit,
        publisher="Paper",
        kind="news",
        read="part",
        published_on="2026-03",
        **texts("gloss", "A report"),
    )
    for slug, role in (("jpn", "host"), ("kor", "guest")):
        enter(editor, Delegation, summit, party=pk[slug], role=role, cites="s01")
    for slug, party, capacity in (
        ("lee", "kor", "head-of-state"),
        ("takaichi", "jpn", "head-of-government"),
    ):
        enter(
            editor,
            Attendance,
            summit,
            participant=pk[slug],
            party=pk[party],
            capacity=capacity,
            principal="on",
            cites="office: s01\r\nall: s02",
            **texts("office", "Head"),
        )
    enter(
        editor,
        Session,
        summit,
        key="talks",
        kind="talks",
        date="13 January 2026",
        time="about 14:00",
        minutes="20",
        parties=[pk["jpn"], pk["kor"]],
        participants=[pk["lee"]],
        cites="minutes: s01 p. 4, s02\r\nall: s01",
        **texts("title", "Talks"),
    )
    enter(
        editor,
        Statement,
        summit,
        key="lee-opening",
        speaker=pk["lee"],
        session="talks",
        said_on="2026-01-13",
        exact="함께 갑시다",
        exact_lang="ko",
        cites="s01",
        **texts("gist", "Go together"),
    )
    enter(
        editor,
        Gift,
        summit,
        key="drums",
        givers=[pk["takaichi"]],
        receivers=[pk["lee"]],
        cites="s02",
        **texts("what", "A drum set"),
    )
    enter(
        editor, Note, summit, key="occasion", kind="occasion", cites="s01", **texts("text", "Why")
    )
    enter(
        editor,
        Difference,
        summit,
        key="length",
        kind="counting",
        about="sessions.talks.minutes",
        **texts("question", "How long?"),
        **{
            "values-TOTAL_FORMS": "2",
            "values-0-says_plainly": "20",
            "values-0-cites": "s01",
            "values-1-says_en": "about an hour",
            "values-1-cites": "s02",
        },
    )
    enter(
        editor,
        Commitment,
        summit,
        parties=[pk["jpn"], pk["kor"]],
        topics=[pk["trade"]],
        kind="new",
        due="by December 2026",
        session="talks",
        cites="s01",
        **texts("title", "Trade talks"),
        **{
            "wordings-TOTAL_FORMS": "2",
            "wordings-0-party": pk["kor"],
            "wordings-0-verb": "agreed",
            "wordings-0-gist_en": "They agreed",
            "wordings-0-cites": "s01",
            "wordings-1-party": pk["jpn"],
            "wordings-1-verb": "agreed",
            "wordings-1-gist_en": "They agreed too",
            "wordings-1-cites": "s02",
            "progress-TOTAL_FORMS": "1",
            "progress-0-key": "2026-02-07-talks",
            "progress-0-date": "7 February 2026",
            "progress-0-kind": "step",
            "progress-0-status": "in-progress",
            "progress-0-text_en": "First round",
            "progress-0-cites": "s02",
        },
    )
    return summit


def test_summit_entered_by_hand_is_published_as_typed(editor):
    summit = summit_entered(editor)

    data = {
        **opened(editor, summit),
        "edition_note_ko": "기록 개설",
        "edition_kind": "addition",
    }
    response = save(editor, summit, data, "_publish")

    assert "Published as edition 1" in said(response)[-1]
    document = publishing.state(summit).published
    assert document == document_of(summit)
    assert {child.name: len(document[child.name]) for child in SUMMIT.children} == {
        "delegations": 2,
        "attendances": 2,
        "sessions": 1,
        "commitments": 1,
        "statements": 1,
        "gifts": 1,
        "notes": 1,
        "differences": 1,
        "sources": 2,
    }
    assert document["starts"] == "2026-01-13"
    assert document["ends"] == "2026-01-14"
    assert document["summary"]["en"] == "They met.\n\nThey agreed."
    assert document["sources"][1]["key"] == "s02"
    assert document["sessions"][0]["cites"] == {"minutes": ["s01 p. 4", "s02"], "all": ["s01"]}
    [commitment] = document["commitments"]
    assert commitment["number"] == 1
    assert commitment["due"] == "../2026-12"
    assert [row["party"] for row in commitment["wordings"]] == ["kor", "jpn"]
    assert commitment["progress"][0]["date"] == "2026-02-07"
    assert document["differences"][0]["values"] == [
        {"says": "20", "cites": ["s01"]},
        {"says": {"en": "about an hour"}, "cites": ["s02"]},
    ]
    edition = summit.editions.get()
    assert (edition.by, edition.note_ko, edition.kind) == ("kim", "기록 개설", "opened")
    entry = public.entry("commitment", "2026-nara-1")
    assert entry["title"] == {"en": "Trade talks", "ko": "Trade talks 한", "ja": "Trade talks 日"}


def test_summit_entered_by_hand_has_the_shape_of_a_file(editor):
    document = document_of(summit_entered(editor))

    again, faults = validated({"format": FORMAT, **document})

    assert faults == []
    assert again == document


def test_every_form_of_the_real_record_saved_untouched_changes_nothing(editor):
    call_command("loadsummit", *FIXTURES, "--publish", stdout=StringIO())
    summit = Summit.objects.get(slug="2026-01-13-nara")
    before = digest(document_of(summit))
    rows = [summit, *(row for model in VOCABULARY.values() for row in model.objects.all()[:1])]
    for shape in SUMMIT.children:
        rows += getattr(summit, shape.name).all()[:2]

    for row in rows:
        response = save(editor, row, opened(editor, row))
        assert response.redirect_chain, (address(row), errors(response))

    assert digest(document_of(summit)) == before
    assert publishing.state(summit).changes == []


def test_rows_added_one_after_the_other_keep_their_order(editor):
    summit = drafted()
    for key in ("s02", "s03"):
        enter(editor, Source, summit, key=key, publisher="P", kind="news", read="whole", title="T")

    last = Source.objects.get(key="s03")
    save(editor, last, {**opened(editor, last), "place": "1"})

    assert [row["key"] for row in document_of(summit)["sources"]] == ["s03", "s01", "s02"]


def test_values_of_a_difference_change_places(editor):
    summit = drafted(
        differences=[
            {
                "key": "length",
                "question": {"en": "How long?"},
                "kind": "counting",
                "values": [{"says": "20", "cites": ["s01"]}, {"says": "30", "cites": ["s01"]}],
            }
        ]
    )
    row = summit.differences.get()

    save(editor, row, {**opened(editor, row), "values-1-place": "1"})

    values = document_of(summit)["differences"][0]["values"]
    assert [value["says"] for value in values] == ["30", "20"]


def test_number_of_a_commitment_is_never_one_used_before(editor):
    summit = published()  # with commitment 1
    pk = {row.slug: str(row.pk) for row in Party.objects.all()}
    typed = {"parties": [pk["jpn"]], "kind": "new", "number": "77", "title_en": "Another"}
    second = enter(editor, Commitment, summit, **typed)
    publishing.publish(summit, note={"en": "More."})
    Commitment.objects.filter(pk=second.pk).delete()  # past the admin, which refuses it

    third = enter(editor, Commitment, summit, **typed)

    assert (second.number, third.number) == (2, 3)


def test_key_and_references_of_a_saved_row_stay(editor):
    summit = drafted()
    session, delegation = summit.sessions.get(), summit.delegations.first()
    other = Party.objects.get(slug="chn")

    save(editor, session, {**opened(editor, session), "key": "other", "summit": "999"})
    save(editor, delegation, {**opened(editor, delegation), "party": str(other.pk)})
    save(editor, summit, {**opened(editor, summit), "slug": "other", "code": "2026-other"})

    document = document_of(summit)
    assert (document["slug"], document["code"]) == ("2026-01-13-nara", "2026-nara")
    assert [row["key"] for row in document["sessions"]] == ["talks"]
    assert [row["party"] for row in document["delegations"]] == ["jpn", "kor"]


def test_commitment_takes_one_agreed_text_only(editor):
    summit = drafted()
    row = summit.commitments.get()
    data = opened(editor, row)
    data["wordings-TOTAL_FORMS"] = "4"
    for at in (2, 3):
        data[f"wordings-{at}-verb"] = "agreed"
        data[f"wordings-{at}-gist_en"] = f"Agreed text {at}"

    response = save(editor, row, data)

    assert errors(response) == ["Only one wording can be without a party."]
    assert row.wordings.count() == 2


def test_difference_needs_two_values(editor):
    summit = drafted()
    where = f"/admin/records/difference/add/?summit={summit.pk}"
    data = {
        **opened(editor, where),
        "key": "length",
        "kind": "counting",
        "question_en": "How long?",
        "values-TOTAL_FORMS": "1",
        "values-0-says_plainly": "20",
        "values-0-cites": "s01",
    }

    response = save(editor, where, data)

    assert errors(response) == ["Please submit at least 2 forms."]
    assert Difference.objects.count() == 0
