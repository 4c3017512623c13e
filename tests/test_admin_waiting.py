"""The page of the work that waits: lines that lead to fields, filters, pages, a file."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from records import publishing, waiting
from records.models import Work
from tests.desk import another, signed_in, submitted
from tests.factories import ParticipantFactory, commitment, document, drafted, progress, text

pytestmark = pytest.mark.django_db
WHERE = "/admin/waiting/"


def rows(client, asked=""):
    return list(client.get(f"{WHERE}{asked}").context["page"])


def test_page_counts_every_kind_that_waits():
    submitted(another(1))
    drafted(city={"en": "Nara"}, commitments=[commitment(due="2026-02")])
    ParticipantFactory(slug="other", name_en="Lee Jae-myung")
    waiting.names_saved([("participant", "other")])
    kim = signed_in("contributor", username="haru")

    context = kim.get(WHERE).context

    found = {kind: count for kind, _label, count in context["counts"]}
    assert [found[kind] for kind in ("in-review", "overdue", "unchecked", "spelling")] == [1] * 4
    assert (found["scheduled"], found["older"], found["dead"]) == (0, 0, 0)
    assert [line.kind for line in context["page"]] == [
        kind for kind, count in found.items() for _each in range(count)
    ]


def test_what_waits_from_a_later_day_is_not_there_yet():
    drafted(commitments=[commitment(due="2999")])
    kim = signed_in("contributor", username="kim")
    assert Work.objects.filter(kind="overdue").count() == 1
    assert rows(kim, "?kind=overdue") == []


def test_every_line_leads_to_a_field_that_its_form_has():
    entry = progress(text={"en": "Done"})
    bare = commitment(title={"en": "Promise"}, progress=[entry], due="2026-02")
    bare["wordings"][0]["gist"] = {"en": "Gist"}
    summit = drafted(city={"en": "Nara"}, commitments=[bare])
    kim = signed_in("contributor", username="kim")
    number = summit.commitments.get().pk

    lines = {line.place: line.address for line in rows(kim, "?kind=missing")}

    form = f"/admin/records/commitment/{number}/change/"
    assert lines == {
        "city.ko": f"/admin/records/summit/{summit.pk}/change/#id_city_ko",
        "city.ja": f"/admin/records/summit/{summit.pk}/change/#id_city_ja",
        "commitments.1.title.ko": f"{form}#id_title_ko",
        "commitments.1.title.ja": f"{form}#id_title_ja",
        "commitments.1.wordings.kor.gist.ko": f"{form}#id_wordings-0-gist_ko",
        "commitments.1.wordings.kor.gist.ja": f"{form}#id_wordings-0-gist_ja",
        f"commitments.1.progress.{entry['key']}.text.ko": f"{form}#id_progress-0-text_ko",
        f"commitments.1.progress.{entry['key']}.text.ja": f"{form}#id_progress-0-text_ja",
    }
    every = rows(kim)
    pages = {line.address.partition("#")[0]: "" for line in every}
    for page in pages:
        pages[page] = kim.get(page).content.decode()
    for address in {line.address for line in every}:
        page, _hash, anchor = address.partition("#")
        html = pages[page]
        assert not anchor or f'id="{anchor}"' in html, address
    assert len(every) > 12


def test_lines_say_what_waits_in_words():
    drafted(city={"en": "Nara"}, commitments=[commitment(title={"en": "Promise"})])
    kim = signed_in("contributor", username="kim")
    said = [(line.what, line.title) for line in rows(kim, "?kind=missing")]
    assert said == [
        ("City (Korean)", ""),
        ("City (Japanese)", ""),
        ("Commitment 1: title (Korean)", "Promise"),
        ("Commitment 1: title (Japanese)", "Promise"),
    ]


def test_list_is_narrowed_to_a_kind_and_to_summits():
    drafted(city={"en": "Nara"})
    another(1, city={"en": "Busan"})
    kim = signed_in("contributor", username="kim")
    asked = "?kind=missing&summit=busan"
    assert {line.slug for line in rows(kim, asked)} == {"2026-03-01-busan"}
    assert {line.kind for line in rows(kim, asked)} == {"missing"}
    assert rows(kim, "?summit=nowhere") == []


def test_pages_hold_a_hundred_lines_and_run_over_kinds():
    summit = drafted(commitments=None)
    Work.objects.all().delete()
    for kind, count in (("unsourced", 60), ("missing", 70)):
        Work.objects.bulk_create(
            Work(summit=summit, kind=kind, place=f"x{n}", since="2026-01-01") for n in range(count)
        )
    kim = signed_in("reviewer", username="kim")

    first, second = rows(kim), rows(kim, "?p=2")

    assert [line.kind for line in first] == ["unsourced"] * 60 + ["missing"] * 40
    assert [line.kind for line in second] == ["missing"] * 30
    assert len({(line.kind, line.place) for line in [*first, *second]}) == 130


def test_file_holds_all_that_is_asked_for():
    drafted(city={"en": "=Nara"})
    kim = signed_in("contributor", username="kim")
    answer = kim.get("/admin/waiting.csv?kind=missing")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0] == "kind,summit,place,what,title,since,address"
    assert [line.split(",")[:3] for line in lines[1:]] == [
        ["missing", "2026-01-13-nara", "city.ko"],
        ["missing", "2026-01-13-nara", "city.ja"],
    ]


def test_page_asks_the_same_queries_for_one_line_and_for_many():
    kim = signed_in("contributor", username="kim")
    asked = []
    for count in (1, 3, 12):
        promises = [commitment(n, title={"en": f"P {n}"}) for n in range(1, count + 1)]
        drafted(commitments=promises)
        with CaptureQueriesContext(connection) as queries:
            kim.get(f"{WHERE}?kind=missing")
        asked.append(len(queries))
    assert asked[0] == asked[1] == asked[2] <= 20


def test_translation_that_still_holds_waits_no_more():
    drafted()
    changed = {**text("Summit in Nara"), "en": "The summit in Nara"}
    publishing.load(document(title=changed), mode="replace")
    sato = signed_in("translator-ja", username="sato")
    page = sato.get(f"{WHERE}?kind=older")
    assert [line.place for line in page.context["page"]] == ["title.ko", "title.ja"]

    def tell(place):
        data = {"summit": "2026-01-13-nara", "place": place, "asked": "kind=older"}
        return sato.post(f"{WHERE}holds/", data).status_code

    assert (tell("title.ko"), tell("title.ja")) == (403, 302)
    assert [line.place for line in rows(sato, "?kind=older")] == ["title.ko"]


def test_first_page_counts_what_waits(editor):
    drafted(city={"en": "Nara"})
    dashboard = editor.get("/admin/").context["dashboard"]
    assert {kind: count for kind, _label, count in dashboard.waiting}["missing"] == 2


def test_without_the_right_to_look_at_summits_there_is_nothing():
    drafted(city={"en": "Nara"})
    guest = signed_in(username="guest")
    for where in (WHERE, "/admin/waiting.csv"):
        assert guest.get(where).status_code == 403
    assert "dashboard" in guest.get("/admin/").context
    assert "city" not in guest.get("/admin/").content.decode().lower()
