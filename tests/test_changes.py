"""What publications changed, as entries: one for each thing a reader would follow."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from records import index, public, publishing
from records.models import Entry, Participant, Party
from tests.contents import index_stored
from tests.factories import (
    another,
    commitment,
    document,
    drafted,
    progress,
    published,
    session,
    source,
    text,
    wording,
)

pytestmark = pytest.mark.django_db
NARA = "2026-01-13-nara"
NOTE = {"en": "Something new."}


def publish(summit, kind="", note=NOTE, **over):
    """The next edition, as of these facts; its changes as `{key: data}`, in order."""
    publishing.load(document(**over), mode="replace")
    edition = publishing.publish(summit, note=note, kind=kind, by="An editor")
    rows = public.changes_of_edition(over.get("slug", NARA), edition.number)
    return {row["slug"].split("/", 2)[2]: row for row in rows}


# what is a change ---------------------------------------------------------------------------------


def test_the_first_edition_is_one_change():
    published()

    [row] = public.latest_changes(5)

    assert row["slug"] == f"{NARA}/1/opened"
    assert (row["what"], row["edition"], row["edition_kind"]) == ("opened", 1, "opened")
    assert row["summit_title"] == text("Summit in Nara")


def test_status_and_the_step_that_moved_it_are_one_change_of_two_kinds():
    summit = published()

    found = publish(summit, commitments=[commitment(progress=[progress()])])

    assert list(found) == ["status.1"]
    row = found["status.1"]
    assert row["kinds"] == ["status", "follow-up"]
    assert row["before"] == {"status": "announced", "statuses": {}}
    assert row["after"] == {"status": "in-progress", "statuses": {}}
    assert (row["commitment"], row["text"]) == ("2026-nara-1", text("Progress 2026-02-01-step"))
    assert [one["key"] for one in row["sources"]] == ["s01"]


def test_status_of_one_party_is_told_per_party():
    summit = published()

    found = publish(summit, commitments=[commitment(progress=[progress(party="jpn")])])

    # Overall it stays as announced: so the step is told as a change of its own.
    assert list(found) == ["status.1", "follow-up.1.progress.2026-02-01-step"]
    assert found["status.1"]["after"] == {
        "status": "announced",
        "statuses": {"jpn": "in-progress", "kor": "announced"},
    }


def test_follow_up_that_moves_nothing_is_a_follow_up():
    summit = published()

    found = publish(
        summit, commitments=[commitment(progress=[progress(kind="reaffirmed", status=None)])]
    )

    assert [(row["what"], row["progress_kind"]) for row in found.values()] == [
        ("follow-up", "reaffirmed")
    ]


def test_check_is_no_follow_up():
    summit = published()

    found = publish(
        summit, commitments=[commitment(progress=[progress(kind="check", status=None)])]
    )

    assert [row["kinds"] for row in found.values()] == [["facts"]]


def test_commitments_added_and_withdrawn():
    summit = published()
    gone = {"on": "2026-02-01", "reason": text("It was none")}

    found = publish(summit, commitments=[commitment(withdrawn=gone), commitment(2)])

    assert list(found) == ["commitment-withdrawn.1", "commitment-added.2"]
    assert found["commitment-withdrawn.1"]["text"] == text("It was none")
    assert found["commitment-added.2"]["commitment"] == "2026-nara-2"


def test_due_date_before_and_after():
    summit = published(commitments=[commitment(due="2026-06")])

    found = publish(summit, commitments=[commitment(due="2026-12", due_text=text("by winter"))])

    assert list(found) == ["due.1"]
    assert found["due.1"]["before"] == {"due": "2026-06"}
    assert found["due.1"]["after"] == {"due": "2026-12", "due_text": text("by winter")}


def test_words_of_a_side_are_one_change_with_every_fact():
    summit = published()
    new = wording("jpn", verb="welcomed", gist=text("Otherwise"))

    found = publish(summit, commitments=[commitment(wordings=[wording("kor"), new])])

    assert list(found) == ["wording.commitments.1.wordings.jpn"]
    parts = found["wording.commitments.1.wordings.jpn"]["parts"]
    assert [(part["path"], part["before"], part["after"]) for part in parts] == [
        (["verb"], "agreed", "welcomed"),
        (["gist", "en"], "Wording of jpn", "Otherwise"),
        (["gist", "ko"], "Wording of jpn 한", "Otherwise 한"),
        (["gist", "ja"], "Wording of jpn 日", "Otherwise 日"),
    ]


def test_everything_else_is_one_change_of_its_row():
    summit = published(sessions=[session(), session("dinner")])

    found = publish(
        summit,
        venue=text("Hotel"),
        checked_on="2026-03-01",
        sessions=[session(time="15:00", minutes="30"), session("walk")],
        sources=[source(), source("s02")],
    )

    assert {key: (row["what"], row["whole"], len(row["parts"])) for key, row in found.items()} == {
        "facts": ("facts", "", 4),  # the venue in three languages, the day of the check
        "facts.sessions.talks": ("facts", "", 2),
        "facts.sessions.dinner": ("facts", "removed", 0),
        "facts.sessions.walk": ("facts", "added", 0),
        "source.sources.s02": ("source", "added", 0),
    }


def test_order_of_a_list_is_a_change():
    summit = published(sessions=[session(), session("dinner")])

    found = publish(summit, sessions=[session("dinner"), session()])

    assert [(key, row["whole"]) for key, row in found.items()] == [("facts.sessions", "moved")]


# how they are kept --------------------------------------------------------------------------------


def test_changes_stay_when_later_editions_come():
    summit = published()
    publish(summit, venue=text("Hotel"))
    before = {row["slug"]: row for row in public.latest_changes(9)}

    publish(summit, venue=text("Hall"))

    after = {row["slug"]: row for row in public.latest_changes(9)}
    assert set(after) - set(before) == {f"{NARA}/3/facts"}
    assert {slug: after[slug] for slug in before} == before


def test_reindex_gives_the_same_changes_from_the_editions():
    summit = published()
    publish(summit, commitments=[commitment(progress=[progress()])])
    publish(summit, "correction", commitments=[commitment(progress=[progress()])], title=text("N"))
    publishing.withdraw(another(1), note=NOTE)
    kept = index_stored()

    index.reindex()

    assert index_stored() == kept


def test_newest_come_first_whatever_their_summit():
    with time_machine.travel("2026-05-01T09:00:00+09:00", tick=False) as clock:
        first = published()
        clock.shift(60)
        another(1)
        clock.shift(60)
        publish(first, venue=text("Hotel"))

    assert [row["slug"] for row in public.latest_changes(9)] == [
        f"{NARA}/2/facts",
        "2001-02-city-1/1/opened",
        f"{NARA}/1/opened",
    ]


def test_publishing_asks_the_same_after_thirty_editions():
    summit = published()

    def asked(number):
        publishing.load(document(venue=text(f"Hotel {number}")), mode="replace")
        with CaptureQueriesContext(connection) as queries:
            publishing.publish(summit, note=NOTE)
        return len(queries)

    counts = [asked(number) for number in range(31)]

    assert counts[1] == counts[30]


# what may not be said -----------------------------------------------------------------------------


def test_withdrawn_summit_leaves_one_change():
    summit = published()
    moved = [commitment(progress=[progress()])]
    publish(summit, title=text("Secret title"), commitments=moved)
    publish(summit, commitments=moved)

    publishing.withdraw(summit, note={"en": "It was no summit."})

    [row] = public.latest_changes(9)
    assert row["slug"] == f"{NARA}/4/withdrawn"
    assert row["note"] == {"en": "It was no summit."}
    assert "Secret title" not in repr(list(Entry.objects.filter(kind="change").values()))
    kept = index_stored()
    index.reindex()
    assert index_stored() == kept


def test_summit_that_is_public_again_has_all_its_changes():
    summit = published()
    publish(summit, venue=text("Hotel"))
    publishing.withdraw(summit, note=NOTE)

    publishing.load(document(venue=text("Hall")), mode="replace")
    publishing.publish(summit, note=NOTE)

    assert [row["slug"] for row in public.latest_changes(9)] == [
        f"{NARA}/4/reopened",
        f"{NARA}/4/facts",
        f"{NARA}/3/withdrawn",
        f"{NARA}/2/facts",
        f"{NARA}/1/opened",
    ]


def test_drafts_and_unpublished_changes_are_no_changes():
    published()
    drafted(slug="2026-05-01-busan", code="2026-busan", title=text("Draft"))
    publishing.load(document(title=text("Unpublished")), mode="replace")

    assert [row["slug"] for row in public.latest_changes(9)] == [f"{NARA}/1/opened"]


# names --------------------------------------------------------------------------------------------


def rename(kind, model, slug, name):
    row = model.objects.get(slug=slug)
    row.name_en = name
    row.save()
    publishing.vocabulary_saved([(kind, slug)])


def test_corrected_name_is_a_change_that_reindex_keeps():
    with time_machine.travel("2026-05-01T09:00:00+09:00", tick=False) as clock:
        published()
        clock.shift(60)
        rename("party", Party, "kor", "Korea, Republic of")
        clock.shift(60)
        rename("party", Party, "kor", "South")

    newest, older, _opened = public.latest_changes(9)
    assert (newest["what"], newest["name"]) == ("name", "kor")
    assert newest["parts"] == [
        {"path": ["name", "en"], "kind": "changed", "before": "Korea, Republic of",
         "after": "South"}
    ]  # fmt: skip
    assert older["before"]["name"]["en"] == "Republic of Korea"
    kept = index_stored()
    index.reindex()
    assert index_stored() == kept


def test_saving_a_name_as_it_was_is_no_change():
    published()

    publishing.vocabulary_saved([("party", "kor")])

    assert [row["what"] for row in public.latest_changes(9)] == ["opened"]


def test_name_that_no_edition_refers_to_is_no_change():
    published()

    rename("party", Party, "chn", "Unseen")

    assert "Unseen" not in repr(public.latest_changes(9))


def test_changes_of_a_name_go_with_the_last_edition_that_refers_to_it():
    summit = published()
    rename("participant", Participant, "takaichi-sanae", "Once misspelt")
    assert [row["what"] for row in public.latest_changes(9)] == ["name", "opened"]

    publishing.withdraw(summit, note=NOTE)

    assert [row["what"] for row in public.latest_changes(9)] == ["withdrawn"]
