"""“Where used”, and what is not deleted because something refers to it."""

import pytest

from records.admin.uses import uses
from records.models import Party, Topic
from tests.admin_pages import address, fields_of
from tests.factories import commitment, drafted, progress, published, vocabulary

pytestmark = pytest.mark.django_db


def test_where_a_name_is_used_is_listed_by_kind_of_fact(editor):
    summit = published()

    found = uses(Party.objects.get(slug="kor"))

    assert [(title, len(listed)) for title, listed, _more in found.groups] == [
        ("Commitments: parties", 1),
        ("Wordings: party", 1),
        ("Delegations: party", 1),
        ("Attendances: party", 1),
    ]
    assert found.public == ["2026-01-13-nara"]
    page = editor.get(address(Party.objects.get(slug="kor"), "used")).content.decode()
    assert address(summit.commitments.get()) in page
    assert address(summit.delegations.get(party__slug="kor")) in page


@pytest.mark.parametrize("count", [1, 3, 30])
def test_where_used_asks_the_same_however_much_there_is(count, django_assert_num_queries):
    drafted(commitments=[commitment(number) for number in range(1, count + 1)])
    topic = Topic.objects.get(slug="trade")

    with django_assert_num_queries(7):
        assert uses(topic).count == count + 1


def test_name_that_another_name_refers_to_is_not_deleted(editor):
    drafted(names=vocabulary(), topics=["history"], commitments=None)

    page = editor.get(address(Topic.objects.get(slug="economy"), "delete"))

    assert "Another name refers to it:" in page.content.decode()
    editor.post(address(Topic.objects.get(slug="economy"), "delete"), fields_of(page))
    assert Topic.objects.filter(slug="economy").exists()


def earlier_and_later():
    """Two drafts, the later one carrying on what the earlier one promised."""
    earlier = drafted(commitments=[commitment(1), commitment(12)])
    later = drafted(
        slug="2026-06-01-later",
        code="2026-later",
        starts="2026-06-01",
        ends=None,
        sessions=None,
        commitments=[
            commitment(1, continues=["2026-nara-1"]),
            commitment(2, progress=[progress(summit="2026-01-13-nara")]),
            commitment(3),
        ],
    )
    return earlier, later


def test_summit_that_another_refers_to_is_not_deleted(editor):
    earlier, later = earlier_and_later()

    page = editor.get(address(earlier, "delete"))

    assert page.content.decode().count("Another summit refers to it") == 2
    for number, is_linked in ((1, True), (2, True), (3, False)):
        form = address(later.commitments.get(number=number))
        assert (form in page.content.decode()) is is_linked
    editor.post(address(earlier, "delete"), fields_of(page))
    assert type(earlier).objects.filter(pk=earlier.pk).exists()
    assert "Another summit" not in editor.get(address(later, "delete")).content.decode()


def test_commitment_that_another_carries_on_is_not_deleted(editor):
    earlier, _later = earlier_and_later()
    refused = {
        number: "Another summit refers to it"
        in editor.get(address(earlier.commitments.get(number=number), "delete")).content.decode()
        for number in (1, 12)
    }

    assert refused == {1: True, 12: False}
