"""The translator's page: texts beside their source, saved as their forms would save them."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext

from records import review, waiting
from records.models import Contribution, Event, OpenForm, Summit, Work
from tests.admin_pages import address, document_of, fields_of, save
from tests.desk import approved, signed_in
from tests.factories import (
    ParticipantFactory,
    commitment,
    drafted,
    progress,
    published,
    session,
    text,
)

pytestmark = pytest.mark.django_db
TITLE = "commitments.1-title_ja"


def summit_with(**facts):
    bare = commitment(title={"en": "Promise"}, progress=[progress(text={"en": "Done"})], **facts)
    bare["wordings"][0]["gist"] = {"ko": "합의"}
    return drafted(commitments=[bare])


def where(summit, language="ja", **more):
    asked = "".join(f"&{name}={value}" for name, value in more.items())
    return f"{address(summit, 'translate')}?to={language}{asked}"


def page_of(client, at):
    response = client.get(at)
    assert response.status_code == 200, at
    return response.context["page"]


def told(page):
    return [
        (each.pair.place, each.pair.source, each.pair.source_words, each.pair.waits)
        for each in page.fields
    ]


def opened(client, at):
    return fields_of(client.get(at))


@pytest.fixture
def sato():
    return signed_in("translator-ja", username="sato")


def test_page_shows_what_waits_beside_english_or_the_language_it_was_written_in(sato):
    summit = summit_with()

    page = page_of(sato, where(summit))

    assert told(page) == [
        ("commitments.1.title", "en", "Promise", "missing"),
        ("commitments.1.wordings.kor.gist", "ko", "합의", "missing"),
        ("commitments.1.progress.2026-02-01-step.text", "en", "Done", "missing"),
    ]
    every = page_of(sato, where(summit, which="all"))
    assert [each.place for each in every.waiting] == [place for place, *_rest in told(page)]
    at = page_of(sato, where(summit, at="title"))
    assert at.is_all
    assert at.fields[0].pair.place == "title"


def test_form_of_a_row_leads_to_its_texts_and_the_summits_to_what_waits(sato):
    summit = summit_with()

    links = {
        name: sato.get(address(row)).context["translate_address"]
        for name, row in (("summit", summit), ("session", summit.sessions.get()),
                          ("commitment", summit.commitments.get()))
    }  # fmt: skip

    assert links == {
        "summit": where(summit),
        "session": f"{where(summit, at='sessions.talks')}#sessions.talks",
        "commitment": f"{where(summit, at='commitments.1')}#commitments.1",
    }
    found = sato.get(links["session"])
    assert found.context["page"].is_all  # nothing of it waits
    assert 'id="sessions.talks"' in found.content.decode()
    assert not page_of(sato, links["commitment"]).is_all


def test_texts_of_several_rows_are_saved_and_told_as_their_forms_tell_them(sato):
    summit = summit_with()
    at, before = where(summit), document_of(summit)
    entry = "commitments.1.progress.2026-02-01-step-text_ja"

    response = save(sato, at, {**opened(sato, at), TITLE: "約束", entry: "済み"}, follow=False)

    assert response["Location"] == at
    [now], [was] = document_of(summit)["commitments"], before["commitments"]
    assert now["title"] == {"en": "Promise", "ja": "約束"}
    assert now["progress"][0]["text"] == {"en": "Done", "ja": "済み"}
    now["title"], now["progress"][0]["text"] = was["title"], was["progress"][0]["text"]
    assert document_of(summit) | {"commitments": [now]} == before
    [event] = Event.objects.filter(action="changed")
    assert (event.kind, event.key, event.facts["fields"]) == (
        "commitment", "1", ["title_ja", "progress 2026-02-01-step: text_ja"],
    )  # fmt: skip
    assert LogEntry.objects.get().object_id == str(summit.commitments.get().pk)
    assert Contribution.objects.get(summit=summit).account == "sato"
    left = Work.objects.filter(kind="missing", place__endswith=".ja")
    assert [row.place for row in left] == ["commitments.1.wordings.kor.gist.ja"]


def test_saving_makes_what_was_approved_a_draft_again(sato):
    summit = approved(summit_with())
    at = where(summit)

    save(sato, at, {**opened(sato, at), TITLE: "約束"})

    assert review.desk_of(Summit.objects.get()).standing.value == "draft"


def test_only_the_translators_language_opens_and_nothing_else_is_taken(sato):
    summit = summit_with()
    at, before = where(summit), document_of(summit)
    form = opened(sato, at)

    assert sato.get(where(summit, "ko")).status_code == 403
    assert sato.post(where(summit, "ko"), form).status_code == 403
    assert signed_in(username="nobody").get(at).status_code == 403
    brought = {"commitments.1-title_en": "Mine", TITLE: "約束"}
    response = save(sato, at, {**form, **brought})
    assert [fault.message[:47] for fault in response.context["faults"]] == [
        "Not saved: you may change texts in Japanese onl"
    ]
    other = {**form, "title_en": "Mine", "summit-slug": "mine", "sessions.talks-title_ko": "내 것"}
    save(sato, at, other)
    assert document_of(summit) == before


def test_contributor_writes_every_language():
    summit = summit_with()
    kim = signed_in("contributor", username="kim")
    at = where(summit, "en")

    assert told(page_of(kim, at)) == [("commitments.1.wordings.kor.gist", "ko", "합의", "missing")]
    save(kim, at, {**opened(kim, at), "commitments.1.wordings.kor-gist_en": "Agreed"})

    assert document_of(summit)["commitments"][0]["wordings"][0]["gist"] == {
        "en": "Agreed",
        "ko": "합의",
    }


# what others do meanwhile -------------------------------------------------------------------------


def change(summit, row, **facts):
    for name, value in facts.items():
        setattr(row, name, value)
    row.save()
    waiting.keep(summit)


def test_other_texts_saved_meanwhile_stay_and_what_was_typed_is_saved(sato):
    summit = drafted(sessions=[session("a", title={"en": "A"}), session("b", title={"en": "B"})])
    at = where(summit)
    form = opened(sato, at)
    change(summit, summit.sessions.get(key="b"), title_ja="乙")

    save(sato, at, {**form, "sessions.a-title_ja": "甲"})

    assert [row["title"]["ja"] for row in document_of(summit)["sessions"]] == ["甲", "乙"]


def test_same_text_saved_meanwhile_is_asked_about_and_nothing_is_lost(sato):
    summit = summit_with()
    at = where(summit)
    form = opened(sato, at)
    change(summit, summit.commitments.get(), title_ja="誓い")

    asked = save(sato, at, {**form, TITLE: "約束"})

    [field] = asked.context["page"].asked
    assert (field.pair.place, field.theirs) == ("commitments.1.title", "誓い")
    assert fields_of(asked)[TITLE] == "約束"
    page = asked.content.decode()
    assert f'<a href="#{field.bound.auto_id}">Commitment 1: title</a>' in page
    assert document_of(summit)["commitments"][0]["title"]["ja"] == "誓い"
    save(sato, at, fields_of(asked))
    assert document_of(summit)["commitments"][0]["title"]["ja"] == "約束"


def test_source_changed_meanwhile_is_shown_before_the_translation_is_saved(sato):
    summit = summit_with()
    at = where(summit)
    form = opened(sato, at)
    change(summit, summit.commitments.get(), title_en="Another promise")

    asked = save(sato, at, {**form, TITLE: "約束"})

    [field] = asked.context["page"].asked
    assert (field.is_source_new, field.pair.source_words) == (True, "Another promise")
    save(sato, at, fields_of(asked))
    assert document_of(summit)["commitments"][0]["title"]["ja"] == "約束"


def test_what_was_typed_of_a_row_deleted_meanwhile_is_shown(sato):
    summit = summit_with()
    at = where(summit)
    form = opened(sato, at)
    summit.commitments.all().delete()

    response = save(sato, at, {**form, TITLE: "約束"})

    assert response.context["page"].gone == ["約束"]
    assert "約束" in response.content.decode()


def test_page_that_nobody_can_tell_the_state_of_asks_before_it_overwrites(sato):
    summit = drafted()
    at = where(summit, which="all")
    form = {**opened(sato, at), "opened_on": "forged", "summit-title_ja": "私の"}

    asked = save(sato, at, form)

    assert [each.pair.place for each in asked.context["page"].asked] == ["title"]
    assert document_of(summit)["title"] == text("Summit in Nara")


# translations older than their English ------------------------------------------------------------


def test_older_translation_is_marked_and_may_be_said_to_hold(sato):
    summit = drafted()
    waiting.keep(summit)
    change(summit, summit, title_en="Summit at Nara")
    at = where(summit)
    assert told(page_of(sato, at)) == [("title", "en", "Summit at Nara", "older")]

    before = document_of(summit)
    save(sato, at, {**opened(sato, at), "holds": "title"})

    assert document_of(summit) == before
    assert page_of(sato, at).waiting == []
    assert [w.place for w in Work.objects.filter(kind="older")] == ["title.ko"]


def test_what_changed_in_the_english_since_is_marked_where_an_edition_has_it(sato):
    summit = published()
    waiting.keep(summit)
    change(summit, summit, title_en="Summit at Nara")

    page = sato.get(where(summit)).content.decode()

    assert "<p>Summit <del>in</del><ins>at</ins> Nara</p>" in page


def test_waiting_line_leads_to_the_text_beside_its_source_for_who_may_write_it(sato):
    summit = summit_with()
    lines = sato.get("/admin/waiting/?kind=missing").context["page"]

    found = {line.place: line.beside for line in lines}

    assert found["commitments.1.title.ko"] == ""
    at = found["commitments.1.title.ja"]
    assert at == f"{where(summit, at='commitments.1.title')}#commitments.1.title"
    assert 'id="commitments.1.title"' in sato.get(at).content.decode()
    only = sato.get("/admin/waiting/?language=ja").context["page"]
    assert {line.place.rpartition(".")[2] for line in only} == {"ja"}


# glossary -----------------------------------------------------------------------------------------


def terms(client, at):
    return [
        [(term.words, term.fixed) for term in field.terms] for field in page_of(client, at).fields
    ]


def test_names_and_formats_in_the_text_stand_with_their_fixed_translation(sato):
    words = {"en": "Lee Jae-myung of the Republic of Korea held expanded talks with Nobody Yet."}
    summit = drafted(sessions=[session(title=words)])
    ParticipantFactory(slug="nobody", name_en="Nobody Yet", name_ko="", name_ja="")
    waiting.names_saved(waiting.all_names())

    [found] = terms(sato, where(summit))

    assert found == [
        ("Lee Jae-myung", "李在明"),
        ("Republic of Korea", "大韓民国"),
        ("Expanded talks", "全体会合"),
        ("Nobody Yet", ""),
    ]


def test_names_in_a_korean_text_are_found_behind_its_endings():
    summit = drafted(sessions=[session(title={"ko": "이재명은 일본에 갔다"})])
    kim = signed_in("contributor", username="kim")

    [found] = terms(kim, where(summit, "en"))

    assert [words for words, _fixed in found] == ["이재명", "일본"]


# presence, what is typed, size --------------------------------------------------------------------


def test_what_was_refused_is_kept_offered_and_restored(sato):
    summit = summit_with()
    at = where(summit)
    form = opened(sato, at)
    change(summit, summit.commitments.get(), title_ja="誓い")
    save(sato, at, {**form, TITLE: "約束"})

    offered = sato.get(at)

    assert offered.context["typed_at"]
    restored = sato.get(f"{at}&restore=1")
    assert fields_of(restored)[TITLE] == "約束"
    save(sato, at, fields_of(restored))
    assert document_of(summit)["commitments"][0]["title"]["ja"] == "約束"
    assert OpenForm.objects.exclude(typed="").count() == 0


def test_others_on_the_page_are_named(sato):
    summit = summit_with()
    other = signed_in("translator-ja", username="mori", first_name="Mori")
    other.get(where(summit))

    people = sato.get(where(summit)).context["people"]

    assert len(people) == 1
    assert people[0].startswith("Also editing: Mori, since ")
    kim = signed_in("contributor", username="kim")
    [elsewhere] = kim.get(address(summit)).context["people"]
    named = re.sub(r", since [\d:]+", "", elsewhere).removeprefix("Elsewhere in this summit: ")
    assert sorted(named.split("; ")) == ["Mori (translation)", "sato (translation)"]


def test_page_costs_the_same_queries_for_many_texts(sato):
    few = drafted(commitments=[commitment(1)])
    many = drafted(
        slug="2026-03-01-busan",
        code="2026-busan",
        commitments=[commitment(n, progress=[progress(f"e-{n}")]) for n in range(1, 31)],
        sessions=[session(f"s{n}") for n in range(30)],
    )
    counts = []
    for summit in (few, many):
        sato.get(where(summit, which="all", p=1))
        with CaptureQueriesContext(connection) as asked:
            page = page_of(sato, where(summit, which="all", p=1))
        counts.append(len(asked))
    assert len(page.fields) == 25
    assert counts[0] == counts[1]


def test_page_of_a_public_summit_changes_nothing_for_readers(sato, client):
    summit = published()
    at = where(summit, which="all")
    before = client.get(f"/ja/summits/{summit.slug}").content

    save(sato, at, {**opened(sato, at), "summit-title_ja": "別の題名"})

    assert document_of(summit)["title"]["ja"] == "別の題名"
    assert client.get(f"/ja/summits/{summit.slug}").content == before
    assert summit.editions.count() == 1
