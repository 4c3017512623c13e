"""Loading documents over what the record holds, and the command that loads files."""

import pytest
from django.core.management import CommandError, call_command

from records import publishing
from records.document.read import read
from records.models import Edition, Participant, Session, Summit, Topic
from records.summitfile import dump
from tests.contents import everything_stored
from tests.factories import (
    commitment,
    document,
    drafted,
    published,
    session,
    source,
    text,
    vocabulary,
)

pytestmark = pytest.mark.django_db


def file_of(path, found, names=None):
    path.write_text(dump(found, names), encoding="utf-8")
    return str(path)


@pytest.fixture
def load(tmp_path, capsys):
    """Load documents as files `a.yaml`, `b.yaml` ...; gives what was printed, faults and all."""

    def loaded(*documents, names=None, **options):
        paths = [
            file_of(tmp_path / f"{letter}.yaml", found, names)
            for letter, found in zip("abcdef", documents, strict=False)
        ]
        capsys.readouterr()
        try:
            call_command("loadsummit", *paths, **options)
        except CommandError as refusal:
            said = capsys.readouterr().err.replace(f"{tmp_path}/", "")
            return [*said.splitlines(), str(refusal)]
        return capsys.readouterr().out.replace(f"{tmp_path}/", "").splitlines()

    return loaded


# all or nothing -----------------------------------------------------------------------------------


def test_new_file_is_loaded_with_its_vocabulary(load):
    assert load(document(), names=vocabulary()) == [
        "vocabulary: participant added: lee-jae-myung, takaichi-sanae",
        "vocabulary: party added: jpn, kor, chn",
        "vocabulary: topic added: economy, trade, history",
        "vocabulary: series added: shuttle",
        "2026-01-13-nara: new",
    ]
    assert read(Summit.objects.get()) == document()


def test_second_load_changes_nothing_and_makes_no_edition(load):
    load(document(), names=vocabulary(), publish=True)
    before = everything_stored()

    assert load(document(), names=vocabulary(), publish=True) == [
        "2026-01-13-nara: nothing to change",
        "2026-01-13-nara: nothing new to publish",
    ]
    assert everything_stored() == before


def test_session_that_left_the_file_leaves_the_record(load):
    published(sessions=[session("talks"), session("dinner")])

    said = load(document(), publish=True, note=["Dinner removed."])

    assert said == [
        "2026-01-13-nara: 1 change",
        "  sessions.dinner: removed",
        "2026-01-13-nara: edition 2 published",
    ]
    assert list(Session.objects.values_list("key", flat=True)) == ["talks"]


def test_fault_of_the_second_file_undoes_the_first(load):
    published()
    before = everything_stored()

    said = load(
        document(venue=text("A new venue")),
        document(slug="2026-02-02-tokyo", code="2026-tokyo", cites=["s77"]),
        document(slug="2026-03-03-busan", code="2026-busan", country="prk"),
        publish=True,
        note=["Changed."],
    )

    assert said == [
        "b.yaml:21:9: cites.1: No source “s77” in this summit. Add it under `sources` or name"
        " another.",
        "c.yaml:17:10: country: No party “prk” is known. Add it to the vocabulary first, or to the"
        " file's own `vocabulary`.",
        "2 faults; nothing was written.",
    ]
    assert everything_stored() == before


def test_fault_that_only_the_record_shows_undoes_the_first_file(load):
    published()
    drafted(slug="2026-02-02-tokyo", code="2026-tokyo")
    before = everything_stored()

    said = load(
        document(venue=text("A new venue")),
        document(slug="2026-02-02-tokyo", code="2026-tokyo", venue=text("Another")),
    )

    assert said[-1].endswith("nothing was written.")
    assert everything_stored() == before


def test_load_of_a_broken_document_is_refused_whoever_asks():
    drafted()
    before = everything_stored()

    with pytest.raises(publishing.Refused) as refusal:
        publishing.load(document(cites=["s09"], country="prk"), mode="replace")

    assert [problem.place for problem in refusal.value.problems] == [("country",), ("cites", 0)]
    assert everything_stored() == before


# over unpublished changes -------------------------------------------------------------------------


@pytest.fixture
def changed():
    """A public summit whose working copy has a new venue and longer talks."""
    published(sessions=[session("talks"), session("dinner")])
    return drafted(
        venue=text("Hotel"), sessions=[session("talks", minutes="25"), session("dinner")]
    )


def test_load_over_unpublished_changes_is_refused_with_their_names(changed, load):
    before = everything_stored()

    assert load(document(title=text("Other title"))) == [
        "a.yaml: the record of 2026-01-13-nara has changes that no edition has; --replace takes the"
        " file, --merge keeps both (if the summit was published before):",
        "a.yaml: unpublished: sessions.talks.minutes: “25”, was “20”",
        "a.yaml: unpublished: venue.en: “Hotel” added",
        "a.yaml: unpublished: venue.ko: “Hotel 한” added",
        "a.yaml: unpublished: venue.ja: “Hotel 日” added",
        "1 fault; nothing was written.",
    ]
    assert everything_stored() == before


def test_file_that_says_what_the_changes_say_is_no_refusal(changed, load):
    assert load(read(changed)) == ["2026-01-13-nara: nothing to change"]


def test_merge_keeps_both_sides(changed, load):
    theirs = document(
        title=text("Other title"), sessions=[session("talks"), session("dinner", time="19:00")]
    )

    load(theirs, mode="merge")

    assert read(changed) == document(
        title=text("Other title"),
        venue=text("Hotel"),
        sessions=[session("talks", minutes="25"), session("dinner", time="19:00")],
    )


def test_merge_names_conflicts_with_their_lines_and_writes_nothing(changed, load):
    before = everything_stored()
    theirs = document(sessions=[session("talks", minutes="30"), session("dinner")])

    said = load(theirs, mode="merge")

    line = dump(theirs).split('minutes: "30"')[0].count("\n") + 1
    assert said == [
        f"a.yaml:{line}:14: conflict: sessions.talks.minutes: “25” here, “30” there",
        "1 fault; nothing was written.",
    ]
    assert everything_stored() == before


def test_merge_that_breaks_a_reference_is_refused(load):
    published(sources=[source("s01"), source("s02")])
    drafted(sources=[source("s01")])

    said = load(
        document(sources=[source("s01"), source("s02")], topics=["trade"], cites=["s02"]),
        mode="merge",
    )

    assert [line.split(": ", 1)[1] for line in said[:-1]] == [
        "cites.1: No source “s02” in this summit. Add it under `sources` or name another."
    ]


def test_replace_takes_the_file(changed, load):
    load(document(), mode="replace")

    assert read(changed) == document()


def test_draft_is_not_overwritten_by_a_file_unless_asked(load):
    summit = drafted()

    assert load(document(venue=text("Hotel")))[-1].endswith("nothing was written.")
    assert load(document(venue=text("Hotel")), mode="merge")[-1].endswith("nothing was written.")
    assert read(summit) == document()

    load(document(venue=text("Hotel")), mode="replace")

    assert read(summit) == document(venue=text("Hotel"))


# dry run, publishing, notes -----------------------------------------------------------------------


def test_dry_run_tells_the_difference_and_writes_nothing(load):
    published()
    before = everything_stored()

    said = load(
        document(
            venue=text("Hotel"),
            sessions=[session("dinner")],
            commitments=[commitment(), commitment(2)],
        ),
        names=vocabulary(series=[{"slug": "shuttle", "name": {"en": "Shuttle visits"}}]),
        dry_run=True,
        publish=True,
        note=["More."],
        update_vocabulary=True,
    )

    assert said == [
        "vocabulary: series updated: shuttle",
        "2026-01-13-nara: 6 changes",
        "  sessions.talks: removed",
        "  venue.en: “Hotel” added",
        "  venue.ko: “Hotel 한” added",
        "  venue.ja: “Hotel 日” added",
        "  sessions.dinner: added",
        "  commitments.2: added",
        "2026-01-13-nara: edition 2 published",
        "Dry run: nothing was written.",
    ]
    assert everything_stored() == before


def test_first_edition_needs_no_note_and_a_later_one_does(load):
    load(document(), names=vocabulary(), publish=True)
    assert list(Edition.objects.values_list("number", "note_en")) == [(1, "Record opened.")]

    said = load(document(venue=text("Hotel")), publish=True)

    assert said == [
        "a.yaml: 2026-01-13-nara is published already; --publish needs a --note that says what"
        " changed.",
        "1 fault; nothing was written.",
    ]


def test_note_is_kept_in_its_languages(load):
    published()

    load(document(venue=text("Hotel")), publish=True, note=["Venue.", "ko=장소", "ja=会場"])

    edition = Edition.objects.get(number=2)
    assert (edition.note_en, edition.note_ko, edition.note_ja) == ("Venue.", "장소", "会場")


def test_kind_of_an_edition_is_the_one_that_was_asked_for(load):
    published()

    load(document(venue=text("Hotel")), publish=True, note=["Venue."], kind="correction")

    assert Edition.objects.get(number=2).kind == "correction"


@pytest.mark.parametrize(
    ("notes", "options", "said"),
    [
        (["A.", "B."], {"publish": True}, "--note is given twice in one language (en)."),
        (["ko= "], {"publish": True}, "--note is empty; say what changed."),
        (["A."], {}, "--note says what an edition changed; it goes with --publish."),
        ([], {"kind": "correction"}, "--kind says what an edition does; it goes with --publish."),
    ],
)
def test_unfit_note_is_refused(load, notes, options, said):
    assert load(document(), names=vocabulary(), note=notes, **options) == [said]
    assert not Summit.objects.exists()


def test_withdrawn_summit_is_not_opened_again_by_loading(load):
    publishing.withdraw(published(), note={"en": "Wrong meeting."})

    said = load(document(venue=text("Hotel")), publish=True, note=["Venue."])

    assert said[-1] == "2026-01-13-nara: withdrawn; the command `publish` opens it again"
    assert list(Edition.objects.values_list("kind", flat=True)) == ["withdrawal", "opened"]


def test_hindrances_to_publishing_are_told_at_their_lines(load):
    said = load(
        document(city=None, sources=None, cites=None, sessions=None, commitments=None),
        names=vocabulary(),
        publish=True,
    )

    assert said == [
        "a.yaml:1:1: city: To publish, the summit needs a city.",
        "a.yaml:1:1: sources: To publish, the summit needs at least one source.",
        "2 faults; nothing was written.",
    ]
    assert not Summit.objects.exists()


def test_only_new_leaves_known_summits_alone(load):
    summit = published()

    said = load(
        document(venue=text("Hotel")),
        document(slug="2026-02-02-tokyo", code="2026-tokyo"),
        only_new=True,
        publish=True,
    )

    assert said == [
        "2026-01-13-nara: in the record already, skipped",
        "2026-02-02-tokyo: new",
        "2026-02-02-tokyo: edition 1 published",
    ]
    assert read(summit) == document()


def test_earlier_summit_is_loaded_first_whatever_the_order_of_files(load):
    later = document(commitments=[commitment(continues=["2025-tokyo-1"])])
    earlier = document(
        slug="2025-08-23-tokyo", code="2025-tokyo", starts="2025-08-23", ends=None,
        sessions=[session(date="2025-08-23")],
    )  # fmt: skip

    said = load(later, earlier, names=vocabulary())

    assert said[-2:] == ["2025-08-23-tokyo: new", "2026-01-13-nara: new"]


# vocabulary ---------------------------------------------------------------------------------------


def test_different_name_stays_the_records_and_both_are_shown(load):
    published()
    names = vocabulary(series=[{"slug": "shuttle", "name": {"en": "Shuttle visits"}}])

    assert load(document(), names=names)[:4] == [
        "vocabulary: series shuttle differs; the record's form stays (--update-vocabulary takes the"
        " file's):",
        "  file has name.en: “Shuttle visits”, was “Shuttle diplomacy” in the record",
        "  file has name.ko: “셔틀외교” removed in the record",
        "  file has name.ja: “シャトル外交” removed in the record",
    ]


def test_update_of_the_vocabulary_takes_the_files_form(load):
    published()

    said = load(
        document(), names=vocabulary(series=[{"slug": "shuttle", "name": {"en": "Visits"}}]),
        update_vocabulary=True,
    )  # fmt: skip

    assert said == ["vocabulary: series updated: shuttle", "2026-01-13-nara: nothing to change"]


def test_name_stays_when_the_file_that_brought_it_drops_it(load):
    load(document(), names=vocabulary())

    load(document(), names=vocabulary(topics=vocabulary()["topics"][:2]), mode="replace")

    assert Topic.objects.filter(slug="history").exists()


def test_renamed_name_keeps_its_row_and_all_that_refers_to_it(load):
    summit = published()
    row = Participant.objects.get(slug="lee-jae-myung")
    names = vocabulary()
    names["participants"][0] |= {"slug": "i-jae-myeong", "formerly": ["lee-jae-myung"]}

    publishing.load_vocabulary(names, update=True)

    assert Participant.objects.get(slug="i-jae-myeong").pk == row.pk
    assert read(summit)["attendances"][0]["participant"] == "i-jae-myeong"


# renaming a summit --------------------------------------------------------------------------------


def test_summit_renamed_through_formerly_keeps_its_row_and_editions(load):
    summit = published()

    load(document(slug="2026-01-nara", formerly=["2026-01-13-nara"]), publish=True, note=["Slug."])

    assert Summit.objects.get().pk == summit.pk
    assert list(Edition.objects.order_by("number").values_list("number", "summit__slug")) == [
        (1, "2026-01-nara"),
        (2, "2026-01-nara"),
    ]
