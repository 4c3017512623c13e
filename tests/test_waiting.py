"""What waits for editors: it appears in time, leads to its field and goes when it is done."""

import csv
import io
import re
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from records import publishing, waiting
from records.document.schema import SUMMIT
from records.models import Link, Upkeep, Work
from records.waiting.texts import advanced
from tests.admin_pages import address, opened, save
from tests.desk import another as draft
from tests.desk import approved, signed_in, submitted
from tests.factories import (
    ParticipantFactory,
    commitment,
    drafted,
    progress,
    published,
    session,
    source,
    text,
    wording,
)
from tests.steps import NOTE, changed

pytestmark = pytest.mark.django_db
PAGE = "/admin/waiting/"
FILE = "/admin/waiting.csv"


def places(kind, day=None):
    """Where work of a kind waits on a day, today if none is said."""
    found = Work.objects.filter(kind=kind, since__lte=day or timezone.localdate())
    return list(found.order_by("place").values_list("place", flat=True))


def listed(client, asked=""):
    return list(client.get(PAGE + asked).context["page"])


# each kind ----------------------------------------------------------------------------------------


def test_commitment_waits_from_the_day_after_it_was_due_until_it_is_done():
    summit = drafted(commitments=[commitment(due="2026-06-30")])
    assert [places("overdue", date(2026, month, 1)) for month in (6, 7)] == [[], ["commitments.1"]]
    assert places("overdue", date(2026, 6, 30)) == []

    done = progress(status="fulfilled")
    changed(summit, commitments=[commitment(due="2026-06-30", progress=[done])])

    assert places("overdue") == []


def test_commitment_waits_when_nobody_looked_at_it_for_six_months():
    summit = drafted()  # checked on 13 February
    days = [date(2026, 8, 14), date(2026, 8, 15)]
    assert [places("unchecked", day) for day in days] == [[], ["commitments.1"]]

    changed(summit, checked_on="2026-11-20")

    assert places("unchecked") == []


def test_fact_waits_until_it_has_a_source():
    covered = {"title": ["s01"], "date": ["s01"], "time": ["s01"]}
    summit = drafted(sessions=[session(cites=None), session("later", cites=covered)])
    assert [place for place in places("unsourced") if place.startswith("sessions")] == [
        "sessions.later.kind",
        "sessions.later.minutes",
        "sessions.talks.cites",
    ]

    changed(summit, sessions=[session(), session("later")])

    assert [place for place in places("unsourced") if place.startswith("sessions")] == []


def test_source_waits_until_a_copy_is_archived():
    summit = drafted()
    assert places("unarchived") == ["sources.s01.archived_url"]

    changed(summit, sources=[source(archived_url="https://archive.example.org/s01")])

    assert places("unarchived") == []


def test_address_that_died_waits_until_another_stands_there():
    Link.objects.create(url="https://example.org/s01", is_dead=True)
    summit = drafted()
    assert places("dead") == ["sources.s01.url"]

    changed(summit, sources=[source(url="https://example.org/s02")])

    assert places("dead") == []


def test_text_waits_in_the_language_that_it_lacks():
    summit = drafted(title={"en": "Summit", "ja": "会談"})
    assert places("missing") == ["title.ko"]

    changed(summit, title=text("Summit"))

    assert places("missing") == []


def test_names_spelt_alike_wait_until_they_are_one(editor):
    one = ParticipantFactory(slug="kim-a", name_en="Kim Min-jae")
    other = ParticipantFactory(slug="kim-b", name_en="Minjae Kim")
    other.also = ["Kim Minjae"]
    other.save()
    waiting.names_saved(waiting.all_names())
    line = listed(editor, "?kind=spelling")[0]
    assert (line.what, line.address) == ("kim-a, kim-b", address(one, "merge"))

    where = address(other, "delete")
    editor.post(where, opened(editor, where))

    assert listed(editor, "?kind=spelling") == []


def test_steps_of_review_are_listed(editor):
    submitted(draft(1), name="a")
    approved(draft(2), name="b")
    lee = signed_in("contributor", username="lee")
    mine = draft(3)
    save(lee, mine, {**opened(lee, mine), "venue_en": "Hotel"})

    found = [(line.kind, line.summit) for line in listed(lee)]

    assert found[:3] == [("in-review", "Summit 1"), ("approved", "Summit 2"), ("mine", "Summit 3")]
    assert listed(editor, "?kind=mine") == []


def test_work_of_a_deleted_summit_goes_with_it(editor):
    summit = drafted()
    where = address(summit, "delete")
    editor.post(where, opened(editor, where))
    assert (Work.objects.count(), Upkeep.objects.count()) == (0, 0)


# translations -------------------------------------------------------------------------------------


def retitled(summit, **words):
    changed(summit, title={**publishing.state(summit).document["title"], **words})


def test_translation_waits_when_only_its_english_changed():
    summit = drafted()

    retitled(summit, en="Talks", ko="회담")
    assert places("older") == ["title.ja"]
    retitled(summit, ja="会談")
    assert places("older") == []


def test_translation_waits_no_more_when_the_english_is_what_it_was():
    summit = drafted()
    retitled(summit, en="Talks")
    retitled(summit, en="Talks again")
    assert places("older") == ["title.ja", "title.ko"]
    retitled(summit, en="Summit in Nara")
    assert places("older") == []


def test_translation_that_still_holds_waits_until_the_english_changes_again(editor):
    summit = drafted()
    retitled(summit, en="Talks")
    told = {"summit": summit.slug, "place": "title.ja", "asked": "kind=older"}

    response = editor.post(f"{PAGE}holds/", told)

    assert response.headers["Location"] == f"{PAGE}?kind=older"
    assert places("older") == ["title.ko"]
    waiting.keep(summit)
    assert places("older") == ["title.ko"]
    retitled(summit, en="Meeting")
    assert places("older") == ["title.ja", "title.ko"]


def test_translation_is_followed_to_a_row_with_another_key():
    before = {"sessions.a.title": ["e1", "k1", "j1"]}
    now = {"sessions.b.title": ["e2", "k1", "j1"]}
    same = {"sessions.b.title": ["e1", "k1", "j1"]}
    bases = {"sessions.a.title.ja": "e0"}
    assert advanced(before, bases, same) == {"sessions.b.title.ja": "e0"}
    assert advanced(before, bases, now) == {}


def test_summit_never_looked_at_is_known_from_its_editions():
    summit = published()
    retitled(summit, en="Talks")
    publishing.publish(summit, note=NOTE)
    Upkeep.objects.all().delete()
    Work.objects.all().delete()

    assert waiting.catch_up() == 1

    assert places("older") == ["title.ja", "title.ko"]
    assert waiting.catch_up() == 0


# the page -----------------------------------------------------------------------------------------


def of_everything():
    """A summit in which every kind of work waits, on forms and in lists below them."""
    Link.objects.create(url="https://example.org/s01", is_dead=True)
    ParticipantFactory(slug="kim-a", name_en="Kim Min-jae")
    ParticipantFactory(slug="kim-b", name_en="Min-jae Kim")
    waiting.names_saved(waiting.all_names())
    title = {"en": "Only English"}
    summit = drafted(
        title=text("Nara"),
        commitments=[
            commitment(
                due="2026-06-30",
                title=title,
                wordings=[wording("kor", cites=None), wording("jpn", gist=title)],
                progress=[progress(text=title, cites=None)],
            )
        ],
        sessions=[session(title=title, cites=None)],
    )
    retitled(summit, en="Talks")
    return summit


def test_every_line_leads_to_a_field_of_a_form(editor):
    of_everything()
    lines = listed(editor)
    assert {line.kind for line in lines} >= {"spelling", *waiting.KINDS}

    pages = {}
    for line in lines:
        where, _mark, field = line.address.partition("#")
        if where not in pages:
            response = editor.get(where)
            assert response.status_code == 200, where
            pages[where] = set(re.findall(r'\bid="([^"]+)"', response.content.decode()))
        if line.kind != "spelling":
            assert field in pages[where], line.address


def test_every_text_of_a_document_has_a_field(editor):
    """Whichever fact of a summit lacks a language: its field is on the summit's form."""
    ids = set(re.findall(r'\bid="([^"]+)"', editor.get(address(drafted())).content.decode()))
    texts = [fact.name for fact in SUMMIT.facts if fact.kind == "text"]
    assert [name for name in texts if f"id_{name}_ja" not in ids] == []


@pytest.mark.parametrize("asked", ["", "?kind=missing", "?summit=nara&kind=older", "?summit=x"])
def test_file_holds_what_the_page_lists(editor, asked):
    of_everything()
    lines = listed(editor, asked)

    answer = editor.get(FILE + asked)

    body = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(body)))
    assert [(row["kind"], row["summit"], row["place"], row["address"]) for row in rows] == [
        (line.kind, line.slug, line.place, line.address) for line in lines
    ]


def test_pages_of_a_hundred_hold_every_line_once(editor):
    summit = drafted()
    Work.objects.all().delete()
    Work.objects.bulk_create(
        Work(summit=summit, kind=kind, place=f"title.{number}", since=date(2026, 1, 1))
        for kind in ("missing", "unsourced")
        for number in range(60)
    )

    first, second = listed(editor), listed(editor, "?p=2")

    assert (len(first), len(second)) == (100, 20)
    assert len({(line.kind, line.place) for line in first + second}) == 120
    assert [line.kind for line in first].count("unsourced") == 60


def test_page_asks_the_same_queries_for_one_summit_and_for_thirty(editor):
    asked = []
    for numbers in (range(1, 2), range(2, 4), range(4, 31)):
        for number in numbers:
            draft(number)
        with CaptureQueriesContext(connection) as found:
            assert len(listed(editor, "?kind=unarchived")) == numbers.stop - 1
        asked.append(len(found))
    assert asked == [asked[0]] * 3


def test_first_page_counts_what_waits(editor):
    of_everything()
    counts = {kind: count for kind, _label, count in
              editor.get("/admin/").context["dashboard"].waiting}  # fmt: skip
    assert counts == {
        kind: len(listed(editor, f"?kind={kind}")) for kind in (*waiting.KINDS, "spelling")
    }


@time_machine.travel("2026-03-01", tick=False)
def test_work_of_a_day_to_come_is_not_listed(editor):
    drafted(commitments=[commitment(due="2026-06-30")])
    assert listed(editor, "?kind=overdue") == listed(editor, "?kind=unchecked") == []


# who may ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("roles", "language", "status"),
    [
        (("contributor",), "ja", 302),
        (("translator-ja",), "ja", 302),
        (("translator-ko",), "ja", 403),
        ((), "ja", 403),
    ],
)
def test_who_may_change_a_translation_may_say_that_it_holds(roles, language, status):
    summit = drafted()
    retitled(summit, en="Talks")
    client = signed_in(*roles)

    told = {"summit": summit.slug, "place": f"title.{language}"}

    assert client.post(f"{PAGE}holds/", told).status_code == status
    assert ("title.ja" in places("older")) == (status == 403)


def test_editor_without_a_role_sees_no_work():
    drafted()
    client = signed_in()
    assert [client.get(where).status_code for where in (PAGE, FILE)] == [403, 403]
