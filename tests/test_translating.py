"""A translator's forms: texts of one language go through, whatever else a form brings does not."""

import pytest

from records.admin.translating import words_of
from records.models import Commitment, Progress, Wording
from tests.admin_pages import (
    address,
    answer,
    document_of,
    errors,
    fields_of,
    opened,
    questions,
    save,
)
from tests.contents import everything_stored
from tests.desk import signed_in
from tests.factories import commitment, drafted, progress, published, session, somebody, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def translator(client):
    client.force_login(somebody("translator-ja", username="sato"))
    return client


def record_stored():
    stored = everything_stored()
    for name in ("Editor", "Editor_groups", "OpenForm"):  # a refused form is kept for its editor
        del stored[name]
    return stored


def whole():
    return drafted(
        commitments=[commitment(progress=[progress()])],
        differences=[
            {"key": "long", "kind": "counting", "question": text("How long?"), "about": ["starts"],
             "values": [{"says": text("An hour"), "cites": ["s01"]},
                        {"says": "2", "cites": ["s01"]}]}
        ],
    )  # fmt: skip


def test_form_offers_texts_of_the_translators_language_and_nothing_else(translator):
    summit = whole()
    for row in (summit, summit.sessions.get(), summit.commitments.get(), summit.differences.get()):
        names = [
            name
            for name in opened(translator, row)
            if not name.endswith(("_FORMS", "-id", "opened_on", "summit", "-commitment"))
            and not name.startswith(("edition_", "_"))
            and not name.endswith(("-difference",))
        ]
        assert names
        assert [name for name in names if not name.endswith("_ja")] == []


def test_texts_of_the_language_are_saved_and_the_rest_stays(translator):
    summit = whole()
    row, before = summit.commitments.get(), document_of(summit)
    typed = {"title_ja": "約束", "wordings-0-gist_ja": "合意", "progress-0-text_ja": "進展"}

    response = save(translator, row, {**opened(translator, row), **typed})

    [now], [was] = document_of(summit)["commitments"], before["commitments"]
    assert response.redirect_chain == [(f"{address(summit)}#commitments", 302)]
    assert (now["title"], now["wordings"][0]["gist"]["ja"], now["progress"][0]["text"]["ja"]) == (
        {**was["title"], "ja": "約束"}, "合意", "進展",
    )  # fmt: skip
    now["title"]["ja"] = was["title"]["ja"]
    now["wordings"][0]["gist"]["ja"] = was["wordings"][0]["gist"]["ja"]
    now["progress"][0]["text"]["ja"] = was["progress"][0]["text"]["ja"]
    assert now == was


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title_en", "Mine"),
        ("title_ko", "내 것"),
        ("title_en", ""),
        ("kind", "renewed"),
        ("cites", "s01 p. 4"),
        ("due", "2027"),
        ("place", "1"),
        ("wordings-0-gist_en", "Mine"),
        ("wordings-0-verb", "noted"),
        ("wordings-0-place", "1"),
        ("progress-0-status", "fulfilled"),
    ],
)
def test_what_is_not_theirs_is_refused_and_nothing_typed_is_lost(translator, name, value):
    summit = whole()
    row, before = summit.commitments.get(), record_stored()

    response = save(translator, row, {**opened(translator, row), "title_ja": "約束", name: value})

    [refusal] = errors(response)
    assert refusal.startswith("Not saved: you may change texts in Japanese only")
    assert name.rpartition("-")[2] in refusal
    assert fields_of(response)["title_ja"] == "約束"
    assert record_stored() == before


def test_rows_below_are_neither_added_nor_deleted(translator):
    summit = whole()
    row = summit.commitments.get()
    data = opened(translator, row)

    save(translator, row, {**data, "wordings-0-DELETE": "on", "progress-0-DELETE": "on"})
    more = {
        "progress-TOTAL_FORMS": "2",
        "progress-1-text_ja": "新しい進展",
        "wordings-TOTAL_FORMS": "3",
        "wordings-2-gist_ja": "新しい合意",
    }
    save(translator, row, {**data, **more})

    assert (Wording.objects.count(), Progress.objects.count()) == (2, 1)


def test_only_text_of_a_row_is_not_emptied(translator):
    row = drafted(sessions=[session(title={"ja": "会談"})]).sessions.get()

    response = save(translator, row, {**opened(translator, row), "title_ja": ""})

    assert errors(response) == ["Write the title in at least one language."]
    row.refresh_from_db()
    assert row.title_ja == "会談"


def test_reason_of_a_withdrawal_is_translated(translator):
    row = drafted(
        commitments=[commitment(withdrawn={"on": "2026-03-01", "reason": {"en": "Wrong."}})]
    ).commitments.get()

    save(translator, row, {**opened(translator, row), "withdrawn_reason_ja": "誤り"})
    row.refresh_from_db()
    assert row.withdrawn_reason_ja == "誤り"

    other = drafted(slug="2026-03-01-x", code="2026-x").commitments.get()
    response = save(translator, other, {**opened(translator, other), "withdrawn_reason_ja": "誤り"})
    assert errors(response) == ["A withdrawal needs its day."]


def test_save_and_publish_of_a_translator_saves(translator):
    summit = published()
    row = summit.sessions.get()
    data = {**opened(translator, row), "title_ja": "首脳会談", "edition_note_ja": "訳"}

    save(translator, row, data, "_publish")

    row.refresh_from_db()
    assert (row.title_ja, summit.editions.count()) == ("首脳会談", 1)
    assert summit.contributions.get().account == "sato"


def test_two_languages_are_the_texts_of_both(client):
    client.force_login(somebody("translator-ja", "translator-ko"))
    row = drafted().sessions.get()

    save(client, row, {**opened(client, row), "title_ja": "会談", "title_ko": "회담"})
    refused = save(client, row, {**opened(client, row), "title_en": "Talks"})

    row.refresh_from_db()
    assert (row.title_en, row.title_ko, row.title_ja) == ("Session talks", "회담", "会談")
    assert "Korean, Japanese only" in errors(refused)[0]


def test_contributor_who_also_translates_changes_everything(client):
    client.force_login(somebody("contributor", "translator-ja"))
    row = drafted().sessions.get()

    save(client, row, {**opened(client, row), "title_en": "Talks", "minutes": "75"})

    row.refresh_from_db()
    assert (row.title_en, row.minutes) == ("Talks", "75")


def test_facts_are_read_as_words_not_as_they_are_stored(translator):
    summit = drafted(
        also=[{"lang": "ko", "text": "나라 정상회담"}],
        cites={"starts": ["s01"], "all": ["s01"]},
        within=None,
    )
    page = translator.get(address(summit)).content.decode()

    for words in ("13 January 2026", "ko 나라 정상회담", "starts: s01<br>all: s01", "Visit"):
        assert words in page
    assert '<span lang="ko">Summit in Nara 한</span>' in page
    for stored in ('{"', "[{", "2026-01-13</div>"):
        assert stored not in page
    row = Commitment(words_differ=True, kind="new")
    assert words_of(row, Commitment._meta.get_field("words_differ")) == "Yes"


def test_translator_keeps_a_change_made_meanwhile_of_what_is_not_theirs(translator):
    row = drafted().sessions.get()
    form = opened(translator, row)
    row.minutes = "75"
    row.save()

    response = save(translator, row, {**form, "title_ja": "会談"})

    row.refresh_from_db()
    assert (row.minutes, row.title_ja) == ("75", "会談")
    assert response.redirect_chain == [(f"{address(row.summit)}#sessions", 302)]


def test_translator_chooses_on_the_page_of_conflicts_for_their_own_texts_only(translator):
    row = drafted().sessions.get()
    kim = signed_in("contributor", username="kim")
    mine, theirs = opened(translator, row), opened(kim, row)
    row.title_en, row.title_ja = "Talks", "協議"
    row.save()

    asked = save(translator, row, {**mine, "title_ja": "会談"})
    foreign = save(kim, row, {**theirs, "title_en": "Mine", "title_ja": "会談"})

    assert [label for label, *_sides in questions(asked)] == ["Title (Japanese)"]
    assert [label for label, *_sides in questions(foreign)] == [
        "Title (English)",
        "Title (Japanese)",
    ]
    # The page of another, with its seal and its answers: refused for what is not theirs ...
    refused = answer(translator, row, foreign, "mine")
    assert errors(refused)[0].startswith("Not saved: you may change texts in Japanese only")
    # ... and without the foreign fields, answers to foreign questions change nothing.
    names = ("opened_on", "seen", "title_ja", "choice-0", "choice-1", "summit")
    every = {**fields_of(foreign), "choice-0": "mine", "choice-1": "mine"}
    save(translator, row, {name: every[name] for name in names if name in every})
    row.refresh_from_db()
    assert (row.title_en, row.title_ja) == ("Talks", "会談")
