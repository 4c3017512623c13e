"""Editions outlive the code that wrote them: golden documents, raised formats, changed names."""

import hashlib
import json
from pathlib import Path

import pytest
from django.core.management import call_command

from records import facets, public, publishing
from records.document import formats, schema
from records.document.canonical import canonical, digest
from records.document.validate import validated
from records.models import Edition, Participant, Series, Version
from records.summitfile import dump, read_all
from tests.factories import commitment, document, drafted, published, text, vocabulary

GOLDEN = Path(__file__).parent / "golden"
DIGESTS = {
    1: "8c983d103bc38ba4b12dd4c2a0f2ffb1d49ed2256e44bd550670a39b7cafcc53"
}  # never to be changed: readers compare them
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("number", range(1, schema.FORMAT + 1))
def test_golden_document_of_every_format_is_kept_and_opens(number):
    content = (GOLDEN / f"format-{number}.json").read_text(encoding="utf-8")
    assert hashlib.sha256(content.encode()).hexdigest() == DIGESTS[number]

    opened = formats.opened(content)

    assert validated({"format": schema.FORMAT, **opened}) == (opened, [])


def test_golden_document_of_this_format_is_canonical():
    content = (GOLDEN / f"format-{schema.FORMAT}.json").read_text(encoding="utf-8")

    found = formats.opened(content)

    assert canonical(found) == content
    assert digest(found) == DIGESTS[schema.FORMAT]


# a raised format ----------------------------------------------------------------------------------


@pytest.fixture
def raised(monkeypatch):
    """From now on this is format 2, in which a gist is called a summary of the commitment."""

    def raise_format():
        def upgrade(found):
            rows = [{**row, "gist": text("Upgraded")} for row in found.get("commitments", [])]
            return {**found, "commitments": rows}

        monkeypatch.setattr(schema, "FORMAT", 2)
        monkeypatch.setitem(formats.UPGRADES, 1, upgrade)

    return raise_format


def test_edition_of_an_older_format_opens_and_publishes_nothing_new(raised):
    summit = published()
    [edition] = Edition.objects.values_list("content", "sha256")

    raised()
    # What a migration of the rows would do to the working copy:
    summit.commitments.update(gist_en="Upgraded", gist_ko="Upgraded 한", gist_ja="Upgraded 日")

    assert publishing.state(summit).changes == []
    assert publishing.publish(summit, note={"en": "Nothing."}) is None
    found = public.edition(summit.slug, 1, at=facets.version())
    assert found.document["commitments"][0]["gist"] == text("Upgraded")
    assert list(Edition.objects.values_list("content", "sha256")) == [edition]


def test_next_edition_is_written_in_the_raised_format_and_chained_to_the_older(raised):
    summit = published()
    raised()
    changed = commitment(gist=text("Upgraded"), due="2026-12")
    publishing.load(document(commitments=[changed]), mode="replace")

    edition = publishing.publish(summit, note={"en": "Due date."})

    first = Edition.objects.get(number=1)
    assert json.loads(first.content)["format"] == 1
    assert json.loads(edition.content)["format"] == 2
    assert edition.previous_sha256 == first.sha256


def test_reindex_reads_editions_of_an_older_format(raised, capsys):
    published()
    raised()

    call_command("reindex")

    assert public.entry("commitment", "2026-nara-1")["gist"] == text("Upgraded")


def test_file_of_an_older_format_is_refused_with_the_remedy_and_dumps_are_of_the_raised(raised):
    older = dump(document())
    raised()

    [file] = read_all([("nara.yaml", older.encode())])

    assert [str(error) for error in file.errors] == [
        "nara.yaml:1:9: format: Format 1 is older than 2, which this site reads: upgrade the file"
        " first, or dump the summit again from a record that has it."
    ]
    assert dump(document()).startswith("format: 2\n")


def test_optional_fact_that_older_documents_lack_is_empty_when_drawn():
    published()

    found = public.edition("2026-01-13-nara", at=facets.version())

    assert found.document["within"] == {}
    assert "within" not in found.record


# changed names ------------------------------------------------------------------------------------


def names_of(number=None):
    found = public.edition("2026-01-13-nara", number, at=facets.version())
    return found.names.name("series", "shuttle"), found.names.name("participant", "lee-jae-myung")


def test_past_edition_keeps_its_names_and_the_current_one_takes_todays():
    summit = published()
    publishing.load(document(venue=text("Hotel")), mode="replace")
    publishing.publish(summit, note={"en": "Venue."})
    old_names = names_of(1)
    assert names_of() == old_names

    names = vocabulary(series=[{"slug": "shuttle", "name": {"en": "Visits"}}])
    names["participants"][0]["name"] = {"en": "Lee Jae Myung"}
    publishing.load_vocabulary(names, update=True)

    assert names_of(1) == old_names
    assert names_of(2) == names_of() == ({"en": "Visits"}, {"en": "Lee Jae Myung"})
    assert publishing.publish(summit, note={"en": "Nothing."}) is None


def test_name_that_is_gone_breaks_no_edition():
    published()
    drafted(series=None, attendances=None)
    before = names_of()

    Series.objects.all().delete()
    Participant.objects.filter(slug="lee-jae-myung").delete()
    Version.objects.update(number=99)

    assert names_of() == names_of(1) == before


def test_dumped_edition_carries_its_own_names(capsys):
    summit = published()
    publishing.load(document(venue=text("Hotel")), mode="replace")
    publishing.publish(summit, note={"en": "Venue."})
    publishing.load_vocabulary(
        {"series": [{"slug": "shuttle", "name": {"en": "Visits"}}]}, update=True
    )
    capsys.readouterr()

    call_command("dumpsummit", summit.slug, edition=1)

    [file] = read_all([("first.yaml", capsys.readouterr().out.encode())])
    assert file.errors == []
    assert file.document == document()
    assert file.vocabulary["series"] == vocabulary()["series"]
