"""Reading summit files: every fault at its place, nothing guessed, nothing written."""

import time
from itertools import pairwise

import pytest
import yaml
from django.core.management import CommandError, call_command

from records import publishing
from records.document import schema
from records.document.checks import context_for, problems
from records.document.problems import said
from records.models import Edition, Summit
from records.summitfile import dump, read, read_all
from tests.broken import BROKEN, WHOLE, edited
from tests.contents import everything_stored
from tests.factories import commitment, document, progress, published, source, vocabulary

pytestmark = pytest.mark.django_db


def errors(text: bytes) -> list[str]:
    return [str(error).removeprefix("nara.yaml:") for error in read(text, "nara.yaml").errors]


def test_whole_file_has_no_fault():
    file = read(WHOLE.encode(), "nara.yaml")

    assert (file.errors, file.hindrances, file.warnings) == ([], [], [])


@pytest.mark.parametrize("name", BROKEN)
def test_broken_file_is_told_with_every_fault_at_its_place(name):
    edits, expected = BROKEN[name]

    assert errors(edited(edits)) == expected


@pytest.mark.parametrize("name", BROKEN)
def test_broken_file_is_refused_and_nothing_is_written(name, tmp_path, capsys):
    published(venue={"en": "As before"})
    before = everything_stored()
    path = tmp_path / "broken.yaml"
    path.write_bytes(edited(BROKEN[name][0]))
    expected = BROKEN[name][1]

    with pytest.raises(CommandError):
        call_command("loadsummit", path, replace=True, publish=True, note=["Changed."])

    # What the record knows may heal a consequence, never the first fault.
    assert capsys.readouterr().err.splitlines()[0] == f"{path}:{expected[0]}"
    assert everything_stored() == before


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"\xef\xbb\xbf" + WHOLE.encode(), "1:1: The file begins with a byte order mark."),
        (WHOLE.encode("utf-16"), "1:1: The file is UTF-16."),
        (WHOLE.encode("utf-16-le"), "1:1: The file is UTF-16."),
        (WHOLE.encode("utf-16-be"), "1:1: The file is UTF-16."),
        ("format: 1\ncity:\n  en: Málaga\n".encode("latin-1"), "3:8: The byte 0xE1 is not UTF-8."),
        ("format: 1\ncity:\n  ko: 나라\n".encode("euc-kr"), "3:7: The byte 0xB3 is not UTF-8."),
        (b"format: 1\ncity:\n  en: \xed\xa0\x80\n", "3:7: The byte 0xED is not UTF-8."),
        (b"format: 1\ncity:\n  en: \xc0\xaf\n", "3:7: The byte 0xC0 is not UTF-8."),
    ],
)
def test_other_encoding_is_refused_with_the_remedy(text, expected):
    assert errors(text) == [f"{expected} Save the file as UTF-8 (without a byte order mark)."]


def test_column_counts_characters_whatever_their_bytes():
    text = WHOLE.replace("city:\n  en: Nara\n", "city: {ko: 나라 시내, ja: 奈良市, kr: x}\n")

    assert errors(text.encode()) == ["11:28: city.kr: “kr” is not known here. Allowed: en, ko, ja."]


# what would hurt ----------------------------------------------------------------------------------

BOMBS = {
    "merges": "a: &a {x: 1}\n"
    + "".join(f"{b}: &{b} {{<<: [*{a}, *{a}, *{a}, *{a}]}}\n" for a, b in pairwise("abcdefghijk")),
    "aliases": "a: &a [x, x, x, x, x, x, x, x, x]\n"
    + "".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in pairwise("abcdefghi")),
    "brackets": "[" * 20_000,
    "braces": "{a: " * 20_000,
    "dashes": "- " * 20_000 + "x",
    "five megabytes": "format: 1\n" + "# a summit\n" * 500_000,
    "a megabyte of entries": "[" + "a," * 490_000 + "a]",
    "a megabyte of zeros": "a" * 100_000 + "\n" + "\0" * 800_000,
    "a million digits": "format: " + "9" * 999_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_file_made_to_hurt_is_refused_before_it_does(name):
    text = BOMBS[name].encode()
    begun = time.process_time()

    found = errors(text)

    # No measure of speed: unbounded they take minutes, bounded a second on a busy machine.
    assert time.process_time() - begun < 20
    assert found
    assert len("\n".join(found)) < 20_000


def test_file_of_just_one_megabyte_is_read_and_one_byte_more_is_not():
    room = 1_000_000 - len(WHOLE.encode()) - len("# \n")
    text = WHOLE.encode() + b"# " + b"x" * room + b"\n"

    assert errors(text) == []
    assert errors(text + b"\n") == ["1:1: The file is larger than 1 MB; one summit is far smaller."]


# scalars ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "word", ["NO", "yes", "12:30", "010", "0x1F", "1_000", "2026-01-13", "1e3", ".inf", "Off", "="]
)
def test_word_that_yaml_misreads_stays_text(word):
    file = read(WHOLE.replace('minutes: "20"', f"minutes: {word}").encode(), "nara.yaml")

    assert file.errors == []
    assert file.document["sessions"][0]["minutes"] == word
    assert yaml.safe_load(dump(file.document))["sessions"][0]["minutes"] in (word, None) or (
        word == "2026-01-13"  # a full date stands plain; our reader takes it for text
    )


def test_text_in_one_line_is_accepted_and_never_written():
    text = WHOLE.replace("city:\n  en: Nara\n", "city: {en: Nara, ko: 나라}\n")
    file = read(text.encode(), "nara.yaml")

    assert file.errors == []
    assert "city:\n  en: Nara\n  ko: 나라\n" in dump(file.document)


def test_decomposed_hangul_is_composed():
    file = read(WHOLE.replace("나라 정상회담", "나라 정상회담").encode(), "nara.yaml")

    assert file.document["title"]["ko"] == "나라 정상회담"


# with the record ----------------------------------------------------------------------------------


def test_code_of_another_summit_is_refused():
    published(slug="2026-05-01-nara")

    assert errors(WHOLE.encode()) == [
        "3:7: code: The code “2026-nara” belongs to 2026-05-01-nara; add a distinguishing word,"
        " such as 2026-nara-b, so that commitment ids never collide."
    ]


def test_published_code_stays_and_a_drafts_may_change():
    summit = publishing.load(document(code="2026-nara-b"), vocabulary()).summit
    assert errors(WHOLE.encode()) == []

    publishing.publish(summit, note={"en": "Record opened."})

    assert errors(WHOLE.encode())[0] == (
        "3:7: code: The code was published as “2026-nara-b” and stays: commitments are cited by it."
    )


def test_slug_that_another_summit_had_is_refused():
    published(slug="2026-01-nara", formerly=["2026-01-13-nara"], code="2026-other")

    assert errors(WHOLE.encode()) == [
        "2:7: slug: “2026-01-13-nara” is a former slug of 2026-01-nara; write “slug: 2026-01-nara”"
        " with “formerly: [2026-01-13-nara]”, or choose another slug for another summit."
    ]


def test_former_slug_that_another_summit_has_is_refused():
    published(slug="2026-01-13-nara", code="2026-nara")
    published(slug="2025-08-tokyo", code="2025-tokyo")
    text = WHOLE.replace("code: 2026-nara\n", "code: 2026-nara\nformerly: [2025-08-tokyo]\n")

    assert errors(text.encode()) == [
        "4:12: formerly.1: “2025-08-tokyo” is or was the slug of 2025-08-tokyo."
    ]


def test_name_is_guessed_from_all_that_the_record_knows():
    publishing.load_vocabulary(vocabulary())
    text = WHOLE.replace("topics: [trade]", "topics: [histroy]")

    assert errors(text.encode()) == [
        "43:14: commitments.1.topics.1: No topic “histroy” is known. Did you mean “history”? Add it"
        " to the vocabulary first, or to the file's own `vocabulary`."
    ]


def test_name_changed_since_is_given_as_it_is_today():
    names = vocabulary()
    names["topics"][2]["formerly"] = ["past"]
    publishing.load_vocabulary(names)
    text = WHOLE.replace("topics: [trade]", "topics: [past]")

    assert errors(text.encode()) == [
        "43:14: commitments.1.topics.1: The topic “past” is called “history” today; write that."
    ]


def test_published_commitment_and_progress_cannot_leave_by_absence():
    published(
        sources=[source("s01"), source("s02")],
        commitments=[
            commitment(1, progress=[progress("2026-01-14-step"), progress("2026-01-14-other")]),
            commitment(2),
            commitment(3),
        ],
    )

    assert errors(WHOLE.encode()) == [
        "38:3: commitments: Commitment 2026-nara-3 is published and missing here; keep it, marked"
        " `withdrawn` with a date and a reason.",
        "54:7: commitments.1.progress: The progress entry “2026-01-14-other” of 2026-nara-1 is"
        " published and missing here; keep it, and add one that `supersedes` it.",
    ]


def linked(identifier):
    line = f"    session: talks\n    continues: [{identifier}]\n"
    return errors(WHOLE.replace("    session: talks\n", line).encode())


def test_continues_an_earlier_summit_or_one_not_there_yet():
    published(slug="2025-08-tokyo", code="2025-tokyo", starts="2025-08", ends=None)

    assert linked("2025-tokyo-1") == []
    assert linked("2024-seoul-1") == []


def test_continues_a_later_summit_is_refused():
    published(slug="2026-01-13-busan", code="2026-busan", starts="2026-01-13", ends=None)

    assert linked("2026-busan-1") == [
        "45:17: commitments.1.continues.1: 2026-busan-1 was made on 2026-01-13, not before this"
        " summit; `continues` points backwards in time."
    ]


def test_continues_in_a_circle_is_refused():
    for slug, code, earlier in [
        ("since-2020", "2020-open", "2026-nara-1"),
        ("since-2021", "2021-open", "2020-open-1"),
    ]:
        published(
            slug=slug,
            code=code,
            starts=f"{code[:4]}/..",
            ends=None,
            commitments=[commitment(1, continues=[earlier])],
        )

    assert linked("2021-open-1") == [
        "45:17: commitments.1.continues.1: 2021-open-1 itself carries this commitment on;"
        " `continues` makes no circle."
    ]


# several files, and names -------------------------------------------------------------------------


def test_files_may_use_each_others_names_in_any_order():
    _head, names = WHOLE.split("\nvocabulary:")
    first, second = read_all(
        [("a.yaml", _head.encode()), ("b.yaml", f"format: 1\nvocabulary:{names}".encode())]
    )

    assert (first.errors, second.errors) == ([], [])
    assert second.document is None


def test_two_files_of_one_summit_are_refused():
    _first, second = read_all([("a.yaml", WHOLE.encode()), ("b.yaml", WHOLE.encode())])

    assert [str(error) for error in second.errors] == [
        "b.yaml:2:7: slug: a.yaml has the same slug.",
        "b.yaml:3:7: code: a.yaml has the same code.",
    ]


def test_vocabulary_file_with_a_line_more_is_refused():
    text = b"format: 1\nslugg: 2026-01-13-nara\nvocabulary: {}\n"

    assert errors(text) == ["2:1: slugg: “slugg” is not known here. Allowed: format, vocabulary."]


NAMES = {
    "two levels": (
        "topics",
        [("a", {}), ("b", {"parent": "a"}), ("c", {"parent": "b"})],
        ["vocabulary.topics.c.parent: “b” is itself below a topic; there are two levels only."],
    ),
    "former name in use": (
        "topics",
        [("a", {}), ("b", {"formerly": ["a"]})],
        ["vocabulary.topics.b.formerly.1: “a” is a name in use; it cannot be a former one too."],
    ),
    "former name of another": (
        "topics",
        [("b", {"formerly": ["past"]})],
        ["vocabulary.topics.b.formerly.1: “past” is a former name of “history”."],
    ),
    "name that was changed": (
        "topics",
        [("past", {})],
        ["vocabulary.topics.past.slug: “past” is called “history” today; write that."],
    ),
    "predecessor nobody knows": (
        "parties",
        [("deu", {"kind": "state", "predecessors": ["ddr"]})],
        [
            "vocabulary.parties.deu.predecessors.1: No party “ddr” is known. Add it to the"
            " vocabulary first, or to the file's own `vocabulary`."
        ],
    ),
}


@pytest.mark.parametrize("name", NAMES)
def test_broken_vocabulary_is_told(name):
    kind, items, expected = NAMES[name]
    names = vocabulary()
    names["topics"][2]["formerly"] = ["past"]
    publishing.load_vocabulary(names)
    lines = yaml.safe_dump(
        {"format": 1, "vocabulary": {kind: [{"slug": s, "name": {"en": s}, **o} for s, o in items]}}
    )

    found = read(lines.encode(), "n").errors

    assert [f"{error.path}: {error.message}" for error in found] == expected


# publishing and warnings --------------------------------------------------------------------------


def test_draft_without_what_publishing_needs_may_be_loaded():
    text = (
        "format: 1\nslug: 2027-nara\ncode: 2027-nara\ntitle:\n  en: A plan\n"
        "event_status: planned\nstarts: 2027\n"
    )

    file = read(text.encode(), "plan.yaml")

    assert file.errors == []
    assert [str(hindrance) for hindrance in file.hindrances] == [
        "plan.yaml:1:1: city: To publish, the summit needs a city.",
        "plan.yaml:1:1: delegations: To publish, the summit needs at least one delegation.",
        "plan.yaml:1:1: sources: To publish, the summit needs at least one source.",
    ]


STEP = "commitments.1.progress.2026-01-14-step.date"
WARNINGS = [
    (
        "date: 2026-01-13",
        "date: 2026-01-16",
        "34:11: sessions.talks.date: 2026-01-16 is more than a day after the summit ends.",
    ),
    (
        "date: 2026-01-13",
        "date: 2026-01-11",
        "34:11: sessions.talks.date: 2026-01-11 is more than a day before the summit starts.",
    ),
    (
        "  date: 2026-01-14",
        "  date: 2026-01-12",
        f"55:15: {STEP}: 2026-01-12 is before the summit.",
    ),
    (
        "  date: 2026-01-14",
        "  date: 2026-01-16",
        f"55:15: {STEP}: 2026-01-16 is later than the newest source of the entry;"
        " date a plan by its report.",
    ),
    (
        "checked_on: 2026-02-13",
        "checked_on: 9999-12-31",
        "14:13: checked_on: 9999-12-31 is in the future.",
    ),
    (
        "합의했다",
        "합의했다. 곧 만난다",
        "50:16: commitments.1.wordings.kor.exact: Quote one sentence at most.",
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), WARNINGS)
def test_doubtful_thing_is_a_warning_and_refuses_nothing(old, new, expected):
    assert WHOLE.count(old) == 1
    file = read(WHOLE.replace(old, new).encode(), "nara.yaml")

    assert file.errors == []
    assert [str(warning).removeprefix("nara.yaml:") for warning in file.warnings] == [expected]


@pytest.mark.parametrize(
    "words", ["about 3.5 million", "the U.S. side", "we agreed.”", "합의했다.」"]
)
def test_full_stop_inside_or_at_the_end_is_one_sentence(words):
    file = read(WHOLE.replace("exact: 합의했다", f"exact: {words}").encode(), "nara.yaml")

    assert file.warnings == []


# a schema for editors' tools ----------------------------------------------------------------------


def test_every_place_of_a_problem_is_named_as_an_editor_names_it():
    found = document(cites=["s09"], commitments=[commitment(7, session="x")])

    paths = [
        said(found, problem.place) for problem in problems(found, context_for(found, vocabulary()))
    ]

    assert paths == ["cites.1", "commitments.7.session"]


def test_number_of_the_format_is_written_first():
    assert dump(document()).startswith(f"format: {schema.FORMAT}\nslug: 2026-01-13-nara\n")


def test_nothing_is_stored_by_reading():
    read(WHOLE.encode(), "nara.yaml")

    assert (Summit.objects.count(), Edition.objects.count()) == (0, 0)
