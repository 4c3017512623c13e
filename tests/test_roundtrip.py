"""A record leaves the database as it came: by summit files and by Django's own dumps."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings

import records
from records import publishing
from records.document.canonical import canonical, digest
from records.document.read import read
from records.document.validate import validated
from records.document.write import write, write_vocabulary
from records.models import Edition, Editor, Summit
from records.summitfile import dump
from records.summitfile import read as read_file
from tests.contents import everything_stored, index_stored
from tests.documents import documents, names
from tests.factories import another, document, published, text, vocabulary

FIXTURES = Path(records.__file__).parent / "fixtures"
NARA = FIXTURES / "2026-01-13-nara.yaml"
pytestmark = pytest.mark.django_db


def dumped(folder: Path) -> dict[str, bytes]:
    call_command("dumpsummit", all=True, vocabulary=True, output_dir=str(folder), verbosity=0)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def emptied() -> None:
    call_command("flush", interactive=False, verbosity=0)


def dump_as_django(path: Path) -> list[dict[str, Any]]:
    call_command(
        "dumpdata",
        "records",
        natural_foreign=True,
        natural_primary=True,
        output=str(path),
        verbosity=0,
    )
    return json.loads(path.read_text(encoding="utf-8"))


def editions() -> list[dict[str, Any]]:
    columns = [f.name for f in Edition._meta.concrete_fields if f.name not in ("id", "summit")]
    return list(Edition.objects.order_by("summit__slug", "number").values("summit__slug", *columns))


# summit files -------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_nara_comes_back_byte_by_byte_from_an_empty_database(tmp_path, capsys):
    call_command("loadsummit", FIXTURES / "vocabulary.yaml", NARA, publish=True)
    first = dumped(tmp_path / "first")
    emptied()

    call_command("loadsummit", tmp_path / "first" / NARA.name)

    assert not Edition.objects.exists()
    call_command("dumpsummit", "2026-01-13-nara", output_dir=str(tmp_path / "second"))
    assert (tmp_path / "second" / NARA.name).read_bytes() == first[NARA.name]


def test_nara_file_is_what_the_record_writes():
    """So a dump of the real record shows in git what was changed and nothing else."""
    file = read_file(NARA.read_bytes(), NARA.name)

    assert dump(file.document, file.vocabulary) == NARA.read_text(encoding="utf-8")


def test_second_load_of_nara_changes_nothing(capsys):
    files = [FIXTURES / "vocabulary.yaml", NARA]
    call_command("loadsummit", *files, publish=True)
    before = everything_stored()

    call_command("loadsummit", *files, publish=True)

    assert everything_stored() == before


def test_one_file_loads_into_an_empty_record(tmp_path, capsys):
    path = tmp_path / "one.yaml"
    path.write_text(dump(document(), vocabulary()), encoding="utf-8")

    call_command("loadsummit", path)

    assert read(Summit.objects.get()) == document()


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(documents)
def test_any_document_comes_back_from_text_and_rows(found):
    wanted, faults = validated({"format": 1, **found})
    assert faults == []

    from_text = read_file(dump(wanted, names()).encode(), "any.yaml")
    assert canonical(from_text.document) == canonical(wanted)
    assert from_text.vocabulary == names()

    write_vocabulary(names())
    summit = write(wanted)
    assert canonical(read(summit)) == canonical(wanted)
    assert dump(read(summit)) == dump(wanted)


# Django's own dumps -------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_dumpdata_and_loaddata_bring_the_whole_record_back(tmp_path, capsys):
    call_command("loadsummit", FIXTURES / "vocabulary.yaml", NARA, publish=True)
    summit = published(slug="2025-05-01-seoul", code="2025-seoul", starts="2025-05-01", ends=None)
    publishing.load(
        document(
            slug=summit.slug, code=summit.code, starts="2025-05-01", ends=None, venue=text("Hotel")
        ),
        mode="replace",
    )
    publishing.publish(summit, note={"en": "Venue."}, by="An editor")
    publishing.withdraw(another(3), note={"en": "Wrong."})
    before = (dumped(tmp_path / "first"), editions(), index_stored())
    assert len(before[1]) == 5
    dump_as_django(tmp_path / "all.json")
    emptied()

    call_command("loaddata", str(tmp_path / "all.json"), verbosity=0)
    call_command("reindex")

    assert (dumped(tmp_path / "second"), editions(), index_stored()) == before


def test_dumpdata_names_rows_by_what_people_know_them_by(tmp_path):
    published()
    Editor.objects.create_user("editor", password="correct horse battery staple")

    rows = dump_as_django(tmp_path / "all.json")

    numbered = {row["model"] for row in rows if "pk" in row}
    assert numbered == {"records.version"}  # there is one, always number 1


@pytest.mark.django_db(transaction=True)
def test_loaddata_of_a_broken_record_is_told_by_checksummit(tmp_path, capsys):
    published()
    path = tmp_path / "all.json"
    dump_as_django(path)
    path.write_text(path.read_text().replace('"s01"]', '"s77"]'))
    emptied()
    call_command("loaddata", str(path), verbosity=0)

    with pytest.raises(CommandError, match="errors"):
        call_command("checksummit", all=True)

    assert "2026-01-13-nara: cites.1: No source “s77” in this summit." in capsys.readouterr().out


@pytest.mark.django_db
def test_editions_digests_are_those_of_their_documents():
    published()

    edition = Edition.objects.get()

    assert edition.sha256 == digest(json.loads(edition.content)) == digest(read(edition.summit))
