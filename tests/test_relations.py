"""The names of relations: two parties joined, in the vocabulary, its files and the admin."""

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from records import facets, publishing
from records.document import relation
from records.document.checks import vocabulary_problems
from records.models import Party, Relation
from tests.admin_pages import address, errors, fields_of
from tests.factories import PartyFactory, RelationFactory, published, text

pytestmark = pytest.mark.django_db
SLUGS = st.from_regex(r"[a-c]{1,2}(-[a-c]{1,2}){0,2}", fullmatch=True)


def parties(*slugs):
    for slug in slugs:
        PartyFactory(slug=slug)


def told(slug):
    names = {"relations": [{"slug": slug, "name": text("R")}]}
    return [(found.place, found.message) for found in vocabulary_problems(names)]


@pytest.mark.django_db(databases=[])
@given(SLUGS, SLUGS)
def test_two_parties_make_one_name_in_either_order(left, right):
    known = {left, right}

    found = relation.pair(f"{left}-{right}", known), relation.pair(f"{right}-{left}", known)

    assert found == ((None, None) if left == right else (tuple(sorted(known)),) * 2)


@pytest.mark.parametrize(
    "name", ["", "-", "jpn", "jpn-", "-jpn", "jpn-jpn", "jpn-x", "jpn-kor-x", "jpn-kor" * 40]
)
def test_name_that_is_not_two_parties_is_none(name):
    assert relation.pair(name, {"jpn", "kor"}) is None


def test_relation_in_a_file_is_of_two_known_parties_in_alphabetical_order():
    parties("jpn", "kor", "two-words")
    place = ("vocabulary", "relations", 0, "slug")

    assert told("jpn-kor") == told("jpn-two-words") == []
    assert told("kor-jpn") == [(place, "The parties stand in alphabetical order: write jpn-kor.")]
    for slug in ("jpn-jpn", "jpn-usa", "jpn"):
        assert told(slug) == [(place, f"“{slug}” is not two known parties joined, as in jpn-kor.")]


def test_relation_may_come_with_its_parties_in_one_file():
    names = {
        "parties": [{"slug": slug, "kind": "state", "name": text(slug)} for slug in ("aa", "bb")],
        "relations": [
            {"slug": "aa-bb", "name": text("R"), "also": ["S"], "description": text("D")}
        ],
    }

    report = publishing.load_vocabulary(names)

    assert report.added == [("party", "aa"), ("party", "bb"), ("relation", "aa-bb")]


def test_relation_comes_back_from_its_file_as_it_was(tmp_path):
    parties("jpn", "kor")
    RelationFactory(name_ko="한일 관계", also=["ROK–Japan", "일한 관계"], description_ja="二国間")
    before = list(Relation.objects.values().order_by("slug"))
    call_command("dumpsummit", vocabulary=True, output_dir=str(tmp_path), verbosity=0)
    [path] = tmp_path.iterdir()
    Relation.objects.all().delete()

    call_command("loadsummit", str(path), verbosity=0)

    again = list(Relation.objects.values().order_by("slug"))
    assert [{**row, "id": 0} for row in again] == [{**row, "id": 0} for row in before]


def test_editor_enters_a_relation_of_two_parties_and_no_other(editor):
    parties("jpn", "kor")

    def enter(slug):
        response = editor.post(
            "/admin/records/relation/add/", {"slug": slug, "name_en": "R", "also": ""}
        )
        return [] if response.status_code == 302 else errors(response)

    assert enter("kor-jpn") == ["The parties stand in alphabetical order: write jpn-kor."]
    assert enter("jpn-usa") == ["Write the slugs of two parties, as in jpn-kor."]
    assert enter("jpn-kor") == []
    assert Relation.objects.get().slug == "jpn-kor"


def test_deleted_relation_loses_its_name_on_the_pages_at_once(editor):
    published()
    publishing.load_vocabulary({"relations": [{"slug": "jpn-kor", "name": text("Own name")}]})
    assert "Own name" in editor.get("/en/relations/jpn-kor").content.decode()
    before = facets.version()

    where = address(Relation.objects.get(), "delete")
    editor.post(where, fields_of(editor.get(where)))

    assert facets.version() > before
    assert "Own name" not in editor.get("/en/relations/jpn-kor").content.decode()


def test_relation_has_no_rename_of_its_own_but_follows_its_parties(editor):
    parties("jpn", "kor", "usa")
    RelationFactory()
    RelationFactory(slug="jpn-usa")

    editor.post(address(Relation.objects.get(slug="jpn-kor"), "rename"), {"new": "jpn-x"})
    editor.post(address(Party.objects.get(slug="jpn"), "rename"), {"new": "nihon"})

    found = Relation.objects.order_by("slug").values_list("slug", "formerly")
    assert list(found) == [("kor-nihon", ["jpn-kor"]), ("nihon-usa", ["jpn-usa"])]
