"""Publishing: what hinders it, the chain of editions, withdrawal, and many at once."""

import hashlib
import json
import os
import subprocess
import sys

import pytest
from django.db import connection

from records import publishing
from records.document.canonical import digest
from records.document.read import read
from records.models import Edition, Entry, FacetSet, Reference, Source, Summit, Version
from tests.at_once import publish_at_once
from tests.contents import everything_stored
from tests.factories import commitment, document, drafted, published, session, text

NOTE = {"en": "Changed."}


def edited(summit: Summit, **over) -> Summit:
    """The working copy with other facts, not published."""
    changed = document(slug=summit.slug, code=summit.code, **over)
    return publishing.load(changed, mode="replace").summit


# what hinders -------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_hindrances_are_named_all_at_once():
    summit = drafted(city=None, delegations=None, commitments=None)
    Source.objects.all().delete()  # as the admin's own forms may
    before = everything_stored()

    with pytest.raises(publishing.Refused) as refusal:
        publishing.publish(summit, note=NOTE)

    assert [problem.message for problem in refusal.value.problems] == [
        "No source “s01” in this summit. Add it under `sources` or name another.",
        "No source “s01” in this summit. Add it under `sources` or name another.",
        "To publish, the summit needs a city.",
        "To publish, the summit needs at least one delegation.",
        "To publish, the summit needs at least one source.",
    ]
    assert everything_stored() == before


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["title", "starts"])
def test_title_and_date_are_needed(name):
    assert [problem.message for problem in publishing.state(drafted()).problems] == []
    found = {key: value for key, value in document().items() if key != name}

    messages = [
        problem.message
        for problem in publishing.problems(found, publishing.context_for(found))
        if problem.level == "publish"
    ]

    assert len(messages) == 1


@pytest.mark.django_db
def test_refused_publication_leaves_readers_what_they_saw():
    summit = published()
    Source.objects.all().delete()
    before = everything_stored()

    with pytest.raises(publishing.Refused):
        publishing.publish(summit, note=NOTE)

    assert everything_stored() == before


# editions -----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_editions_are_numbered_and_chained_by_their_digests():
    summit = published()
    for words in ("Hotel", "Castle"):
        publishing.publish(edited(summit, venue=text(words)), note=NOTE, by="An editor")

    editions = list(Edition.objects.order_by("number"))

    assert [(row.number, row.kind, row.by) for row in editions] == [
        (1, "opened", ""),
        (2, "addition", "An editor"),
        (3, "addition", "An editor"),
    ]
    assert [row.sha256 for row in editions] == [
        hashlib.sha256(row.content.encode()).hexdigest() for row in editions
    ]
    assert [row.previous_sha256 for row in editions] == ["", *(row.sha256 for row in editions[:2])]


@pytest.mark.django_db
def test_edition_holds_the_working_copy_and_todays_names():
    summit = published()

    edition = Edition.objects.get()

    assert json.loads(edition.content) == {"format": 1, **read(summit)}
    names = json.loads(edition.names)
    assert {kind: sorted(rows) for kind, rows in names.items()} == {
        "participant": ["lee-jae-myung", "takaichi-sanae"],
        "party": ["jpn", "kor"],
        "topic": ["economy", "trade"],
        "series": ["shuttle"],
    }
    assert names["party"]["jpn"]["name"] == {"en": "Japan", "ko": "일본", "ja": "日本"}


@pytest.mark.django_db
def test_nothing_is_published_twice():
    summit = published()
    before = everything_stored()

    assert publishing.publish(summit, note=NOTE) is None
    assert everything_stored() == before


@pytest.mark.django_db
def test_change_taken_back_is_nothing_to_publish():
    summit = published()
    edited(summit, venue=text("Hotel"))
    edited(summit)

    assert publishing.publish(summit, note=NOTE) is None


@pytest.mark.django_db
def test_kind_of_a_first_edition_is_opened_and_a_later_one_is_what_was_said():
    summit = drafted()
    first = publishing.publish(summit, note=NOTE, kind="correction")
    second = publishing.publish(edited(summit, venue=text("V")), note=NOTE, kind="correction")

    assert (first.kind, second.kind) == ("opened", "correction")


@pytest.mark.django_db
def test_every_publication_withdrawal_and_correction_of_a_name_raises_the_version():
    def version():
        return Version.objects.get().number

    summit = published()
    numbers = [version()]
    publishing.publish(edited(summit, venue=text("V")), note=NOTE)
    numbers.append(version())
    publishing.load_vocabulary(
        {"series": [{"slug": "shuttle", "name": {"en": "Visits"}}]}, update=True
    )
    numbers.append(version())
    publishing.withdraw(summit, note=NOTE)
    numbers.append(version())

    assert numbers == sorted(set(numbers))


@pytest.mark.django_db
def test_changes_of_a_draft_are_all_of_it_and_of_a_public_summit_what_lies_between():
    summit = drafted()
    assert len(publishing.state(summit).changes) > 10

    publishing.publish(summit, note=NOTE)
    assert publishing.state(summit).changes == []

    edited(summit, venue={"en": "Hotel"})
    assert [str(change) for change in publishing.state(summit).changes] == [
        "venue.en: “Hotel” added"
    ]


# withdrawal ---------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_withdrawn_summit_leaves_only_tombstones():
    summit = published(commitments=[commitment(1), commitment(2)], formerly=["2026-nara-talks"])

    edition = publishing.withdraw(summit, note={"en": "It was no summit."}, by="An editor")

    assert (edition.number, edition.kind) == (2, "withdrawal")
    assert digest(read(summit)) == edition.sha256
    assert list(Entry.objects.order_by("kind", "slug").values_list("kind", "slug")) == [
        ("change", "2026-01-13-nara/2/withdrawn"),
        ("gone", "commitments/2026-nara-1"),
        ("gone", "commitments/2026-nara-2"),
        ("gone", "summits/2026-01-13-nara"),
        ("moved", "summits/2026-nara-talks"),
    ]
    reasons = Entry.objects.filter(kind="gone").values_list("data__reason__en", flat=True)
    assert set(reasons) == {"It was no summit."}
    assert not Reference.objects.exists()
    assert set(FacetSet.objects.values_list("kind", flat=True)) == {"change", "gone", "moved"}


@pytest.mark.django_db
def test_withdrawn_summit_is_published_again_even_if_nothing_changed():
    summit = published()
    before = set(Entry.objects.values_list("kind", "slug"))
    publishing.withdraw(summit, note=NOTE)

    edition = publishing.publish(summit, note=NOTE)

    assert edition.number == 3
    assert edition.previous_sha256 == Edition.objects.get(number=2).sha256
    assert set(Entry.objects.values_list("kind", "slug")) == before | {
        ("change", "2026-01-13-nara/2/withdrawn"),
        ("change", "2026-01-13-nara/3/reopened"),
    }


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_what_is_not_public_cannot_be_withdrawn(state):
    summit = drafted()
    if state == "withdrawn":
        publishing.publish(summit, note=NOTE)
        publishing.withdraw(summit, note=NOTE)
    before = everything_stored()

    with pytest.raises(publishing.Refused, match="nothing to withdraw"):
        publishing.withdraw(summit, note=NOTE)

    assert everything_stored() == before


@pytest.mark.django_db
def test_withdrawn_commitment_leaves_a_tombstone_with_its_reason():
    summit = published(commitments=[commitment(1), commitment(2)])
    withdrawn = {"on": "2026-02-01", "reason": text("Entered twice")}
    publishing.publish(
        edited(summit, commitments=[commitment(1), commitment(2, withdrawn=withdrawn)]), note=NOTE
    )

    gone = Entry.objects.get(kind="gone")

    assert gone.slug == "commitments/2026-nara-2"
    assert gone.data == {"title": text("Commitment 2"), "summit": summit.slug, **withdrawn}
    assert list(Entry.objects.filter(kind="commitment").values_list("slug", flat=True)) == [
        "2026-nara-1"
    ]


@pytest.mark.django_db
def test_former_keys_and_slugs_lead_on():
    summit = published()
    edited(summit, sessions=[session("opening", formerly=["talks"])])
    changed = document(
        slug="2026-01-nara",
        formerly=[summit.slug],
        sessions=[session("opening", formerly=["talks"])],
    )
    publishing.publish(publishing.load(changed, mode="replace").summit, note=NOTE)

    assert dict(Entry.objects.filter(kind="moved").values_list("slug", "data__to")) == {
        "summits/2026-01-13-nara": "summits/2026-01-nara",
        "summits/2026-01-nara/sessions/talks": "summits/2026-01-nara/sessions/opening",
    }


# names --------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_summits_that_cite_a_name_are_those_whose_current_edition_does():
    summit = published(topics=["history"])
    drafted(slug="2026-02-02-tokyo", code="2026-tokyo", topics=["history"])
    assert publishing.citing("topic", "history") == ["2026-01-13-nara"]

    edited(summit, topics=["trade"])
    assert publishing.citing("topic", "history") == ["2026-01-13-nara"]

    publishing.publish(summit, note=NOTE)
    assert publishing.citing("topic", "history") == []


# many at once -------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_publishing_at_once_loses_nothing(tmp_path):
    """Threads need a database of their own kind: in memory SQLite would lock out its own."""
    if connection.vendor == "postgresql":
        found = publish_at_once()
    else:
        environment = {
            **os.environ,
            "DATA_DIR": str(tmp_path),
            "DATABASE_URL": f"sqlite:///{tmp_path / 'site.sqlite3'}",
            "DJANGO_SETTINGS_MODULE": "summit.settings",
        }
        run = subprocess.run(
            [sys.executable, "-W", "error", "-m", "tests.at_once"],
            env=environment, capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        assert run.returncode == 0, run.stderr
        found = json.loads(run.stdout)

    assert found == {
        "faults": [],
        "all answered": True,
        "lost": [],
        "numbered": True,
        "chained": True,
        "version raised by each": True,
        "as reindexed": True,
    }


def test_sqlite_connection_has_its_options(tmp_path):
    ask = (
        "import django; django.setup()\n"
        "from django.db import connection, transaction\n"
        "names = ['journal_mode', 'synchronous', 'busy_timeout', 'foreign_keys']\n"
        "with connection.cursor() as c:\n"
        "    print([c.execute(f'PRAGMA {n}').fetchone()[0] for n in names])\n"
        "print(connection.transaction_mode)"
    )
    environment = {
        **os.environ,
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'site.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "summit.settings",
    }
    run = subprocess.run(
        [sys.executable, "-c", ask], env=environment, capture_output=True, text=True, check=True
    )

    assert run.stdout.splitlines() == ["['wal', 2, 5000, 1]", "IMMEDIATE"]
