"""Commands: what they print, where they write, how they end."""

import json
import re
import subprocess
import sys

import jsonschema
import pytest
import yaml
from django.conf import settings
from django.core.management import CommandError, call_command

from records import publishing
from records.document.read import read, whole_vocabulary
from records.models import Edition, Entry, Summit
from records.summitfile import dump, dump_vocabulary
from tests.broken import WHOLE
from tests.contents import everything_stored
from tests.factories import commitment, document, drafted, published, source, text, vocabulary

COMMANDS = [
    "checksummit", "dumpsummit", "loadsummit", "publish", "reindex", "summitschema", "withdraw",
]  # fmt: skip
NARA = settings.BASE_DIR / "records" / "fixtures" / "2026-01-13-nara.yaml"
pytestmark = pytest.mark.django_db


@pytest.fixture
def run(capsys):
    """Run a command as from a shell: what it printed, and its refusal or None."""

    def command(*arguments):
        capsys.readouterr()
        refusal = None
        try:
            call_command(*map(str, arguments))
        except CommandError as problem:
            refusal = str(problem)
        return capsys.readouterr().out.splitlines(), refusal

    return command


# checksummit --------------------------------------------------------------------------------------


def test_check_of_sound_files_says_so(run, tmp_path):
    path = tmp_path / "nara.yaml"
    path.write_text(WHOLE)

    assert run("checksummit", path) == ([f"{path}: no errors"], None)


def test_check_of_files_tells_errors_hindrances_warnings_and_what_waits(run, tmp_path):
    first, second = tmp_path / "a.yaml", tmp_path / "b.yaml"
    first.write_text(
        WHOLE.replace("    date: 2026-01-13", "    date: 2026-01-20")
        .replace("city:\n  en: Nara\n", "")
        .replace("    session: talks\n", "    session: talks\n    continues: [2025-tokyo-1]\n")
    )
    second.write_text(
        WHOLE.replace("role: guest", "role: gest")
        .replace("2026-01-13-nara", "2026-02-02-tokyo")
        .replace("code: 2026-nara", "code: 2026-tokyo")
    )
    before = everything_stored()

    said, refusal = run("checksummit", first, second)

    assert said == [
        f"{first}:1:1: city: To publish, the summit needs a city. (hinders publishing)",
        f"{first}:32:11: sessions.talks.date: 2026-01-20 is more than a day after the summit ends."
        " (warning)",
        f"{first}: commitments.1.continues.1: waits for 2025-tokyo-1",
        f"{first}: no errors",
        f"{second}:22:11: delegations.kor.role: “gest” is not one of its values. Did you mean"
        " “guest”? Allowed: host, guest, member, invited, neutral-host. (error)",
    ]
    assert refusal == "1 error."
    assert everything_stored() == before


def test_check_of_the_whole_record_names_every_problem(run):
    published(commitments=[commitment(continues=["2025-tokyo-1"])])
    drafted(slug="2026-02-02-tokyo", code="2026-tokyo", city=None)
    Summit.objects.filter(code="2026-tokyo").update(cites={"all": ["s09"]}, timezone="Asia/Tokio")

    assert run("checksummit", "--all") == (
        [
            "2026-01-13-nara: commitments.1.continues.1: waits for 2025-tokyo-1",
            "2026-02-02-tokyo: cites.1: No source “s09” in this summit. Add it under `sources` or"
            " name another. (error)",
            "2026-02-02-tokyo: timezone: “Asia/Tokio” is no time zone. Did you mean “Asia/Tokyo”?"
            " Write it like Asia/Tokyo. (error)",
            "2026-02-02-tokyo: city: To publish, the summit needs a city. (hinders publishing)",
            "2 summits checked",
        ],
        "2 errors.",
    )


def test_check_of_a_sound_record_ends_well(run):
    published()

    assert run("checksummit", "--all") == (["1 summits checked"], None)


def test_reference_to_another_summit_is_resolved_when_that_arrives(run):
    step = {
        "key": "2027-02-01-meeting", "date": "2026-01-14", "kind": "step", "status": "in-progress",
        "summit": "2027-02-01-seoul", "text": text("They met"), "cites": ["s01"],
    }  # fmt: skip
    published(commitments=[commitment(progress=[step])])
    assert run("checksummit", "--all")[0][0] == (
        "2026-01-13-nara: commitments.1.progress.2027-02-01-meeting.summit: waits for"
        " 2027-02-01-seoul"
    )

    drafted(slug="2027-02-seoul", code="2027-seoul", formerly=["2027-02-01-seoul"])

    assert run("checksummit", "--all")[0] == ["2 summits checked"]


@pytest.mark.parametrize("arguments", [[], ["a.yaml", "--all"]])
def test_check_needs_files_or_all(run, arguments):
    assert run("checksummit", *arguments) == (
        [],
        "Name files to check, or give --all for the whole record.",
    )


# files --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["checksummit", "loadsummit"])
def test_file_that_cannot_be_read_is_refused_with_all_others(run, tmp_path, command):
    other, missing = tmp_path / "nara.json", tmp_path / "missing.yaml"
    other.write_text("{}")

    assert run(command, other, missing, tmp_path) == (
        [],
        f"{other}: a summit file's name ends in .yaml.\n"
        f"{missing}: No such file or directory.\n"
        f"{tmp_path}: a summit file's name ends in .yaml.",
    )


def test_loading_with_the_flags_of_the_command_line(run, tmp_path):
    published()
    drafted(venue=text("Hotel"))
    path = tmp_path / "nara.yaml"
    path.write_text(dump(document(title=text("Other"))), encoding="utf-8")

    assert run("loadsummit", path)[1] == "1 fault; nothing was written."
    assert run("loadsummit", path, "--merge", "--dry-run")[0][-1] == "Dry run: nothing was written."
    assert run("loadsummit", path, "--merge")[1] is None
    assert read(Summit.objects.get()) == document(title=text("Other"), venue=text("Hotel"))
    assert run("loadsummit", path, "--replace")[1] is None
    assert read(Summit.objects.get()) == document(title=text("Other"))


def test_exit_code_tells_a_shell(tmp_path):
    path = tmp_path / "nara.yaml"
    path.write_text("format: 1\n- a\n")
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "checksummit", str(path)]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (1, "CommandError: 1 error.\n")
    assert done.stdout == (
        f"{path}:2:1: This does not fit the lines above: check the indentation and the quotation"
        " marks. (error)\n"
    )


# dumpsummit ---------------------------------------------------------------------------------------


def test_dump_of_one_summit_is_printed(capsys):
    published()

    call_command("dumpsummit", "2026-01-13-nara")

    names = vocabulary()
    names["parties"] = names["parties"][:2]
    names["topics"] = names["topics"][:2]
    assert capsys.readouterr().out == dump(document(), names)


def test_dump_of_all_with_the_vocabulary_is_written_to_a_folder(run, tmp_path):
    published()
    drafted(slug="2026-02-02-tokyo", code="2026-tokyo")
    folder = tmp_path / "new" / "folder"

    said, refusal = run("dumpsummit", "--all", "--vocabulary", "--output-dir", folder)

    names = ["2026-01-13-nara.yaml", "2026-02-02-tokyo.yaml", "vocabulary.yaml"]
    assert (sorted(said), refusal) == ([str(folder / name) for name in names], None)
    assert sorted(path.name for path in folder.iterdir()) == names
    assert (folder / "vocabulary.yaml").read_text(encoding="utf-8") == dump_vocabulary(
        whole_vocabulary()
    )


def test_dump_of_an_edition_is_what_was_published(capsys):
    summit = published()
    drafted(venue=text("Hotel"))

    call_command("dumpsummit", summit.slug, "--edition", "1")
    as_published = capsys.readouterr().out
    call_command("dumpsummit", summit.slug)
    as_edited = capsys.readouterr().out

    assert (
        as_edited.replace("venue:\n  en: Hotel\n  ko: Hotel 한\n  ja: Hotel 日\n", "")
        == as_published
    )
    assert as_edited != as_published


def test_dump_of_what_is_not_there_is_refused(run):
    published()
    several = "Name one summit, or give --output-dir for several files."

    assert run("dumpsummit", "2026-01-13-nora")[1] == (
        "No summit “2026-01-13-nora” in the record. Did you mean “2026-01-13-nara”?"
    )
    assert run("dumpsummit", "2026-01-13-nara", "--edition", "7")[1] == (
        "2026-01-13-nara has no edition 7; it has 1."
    )
    assert run("dumpsummit")[1] == several
    assert run("dumpsummit", "2026-01-13-nara", "--vocabulary")[1] == several


# publish, withdraw --------------------------------------------------------------------------------


def test_publish_of_several_summits(run):
    published()
    drafted(slug="2026-02-02-tokyo", code="2026-tokyo")

    assert run(
        "publish", "2026-01-13-nara", "2026-02-02-tokyo", "--note", "More.", "--kind", "correction"
    ) == (
        ["2026-01-13-nara: nothing new to publish", "2026-02-02-tokyo: edition 1 published"],
        None,
    )
    assert Edition.objects.get(summit__slug="2026-02-02-tokyo").kind == "opened"


def test_publish_is_refused_for_all_if_one_cannot(run):
    drafted(slug="2026-02-02-tokyo", code="2026-tokyo")
    drafted(city=None)
    before = everything_stored()

    assert run("publish", "2026-02-02-tokyo", "2026-01-13-nara", "--note", "New.") == (
        [],
        "2026-01-13-nara: city: To publish, the summit needs a city.\nNothing was published.",
    )
    assert everything_stored() == before


def test_publish_without_a_note_is_refused(run):
    drafted()

    assert "--note" in run("publish", "2026-01-13-nara")[1]
    assert not Edition.objects.exists()


def test_withdraw_and_publish_again(run):
    published()

    assert run("withdraw", "2026-01-13-nara", "--note", "Wrong.", "--note", "ko=잘못") == (
        ["2026-01-13-nara: withdrawn with edition 2"],
        None,
    )
    assert Entry.objects.filter(kind="summit").count() == 0
    assert run("withdraw", "2026-01-13-nara", "--note", "Again.")[1] == (
        "2026-01-13-nara: The summit is not public; there is nothing to withdraw."
    )
    assert run("publish", "2026-01-13-nara", "--note", "Right.") == (
        ["2026-01-13-nara: edition 3 published"],
        None,
    )
    assert publishing.state(Summit.objects.get()).is_public


# summitschema -------------------------------------------------------------------------------------


class AsEditorsToolsRead(yaml.SafeLoader):
    """YAML 1.2, as editors' tools read it: dates, `on` and `no` are text."""


AsEditorsToolsRead.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in found if not tag.endswith((":timestamp", ":bool"))]
    for letter, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
AsEditorsToolsRead.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile("^(true|false)$"), ["t", "f"]
)


def schema_faults(text_of_file, capsys):
    capsys.readouterr()
    call_command("summitschema")
    schema = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator.check_schema(schema)
    found = yaml.load(text_of_file, AsEditorsToolsRead)
    checker = jsonschema.Draft202012Validator(schema)
    return sorted("/".join(map(str, fault.path)) for fault in checker.iter_errors(found))


def test_schema_accepts_nara_and_its_vocabulary(capsys):
    vocabulary_file = NARA.with_name("vocabulary.yaml").read_text(encoding="utf-8")
    document, _vocabulary, _names = NARA.read_text(encoding="utf-8").partition("\nvocabulary:")
    _format, _vocabulary, names = vocabulary_file.partition("\nvocabulary:")

    assert schema_faults(NARA.read_text(encoding="utf-8"), capsys) == []
    assert schema_faults(f"{document}\nvocabulary:{names}", capsys) == []


def test_schema_accepts_whatever_the_record_writes(capsys):
    assert schema_faults(dump(document(), vocabulary()), capsys) == []
    assert schema_faults(WHOLE, capsys) == []


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("city:\n", "citty:\n", ""),
        ("role: guest", "role: gest", "delegations/1/role"),
        ("starts: 2026-01-13", "starts: 13.01.2026", "starts"),
        ("parties: [jpn]", "parties: jpn", "commitments/1/parties"),
        ('minutes: "20"', "minutes: 20", "sessions/0/minutes"),
        ("  - number: 2\n", "  - number: 0\n", "commitments/1/number"),
        ("cites: [s02 p. 3]", "cites: {}", "commitments/0/progress/0/cites"),
        ("format: 1", "format: 2", "format"),
        ("    read: part\n", "", "sources/1"),
    ],
)
def test_schema_refuses_a_broken_file(old, new, place, capsys):
    assert WHOLE.count(old) == 1

    assert schema_faults(WHOLE.replace(old, new), capsys) == [place]


def test_help_of_every_command_says_what_it_does(capsys):
    for name in COMMANDS:
        with pytest.raises(SystemExit, match="0"):
            call_command(name, "--help")
        assert len(capsys.readouterr().out.split("\n\n")[1]) > 40


def test_source_that_a_file_drops_while_cited_is_refused(run, tmp_path):
    published(sources=[source("s01"), source("s02")], topics=["trade"])
    path = tmp_path / "nara.yaml"
    path.write_text(dump(document(sources=[source("s02")])), encoding="utf-8")

    said, refusal = run("loadsummit", path)

    assert (said, refusal) == ([], "5 faults; nothing was written.")
