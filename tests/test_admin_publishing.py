"""Save and publish, what hinders it, withdrawal, and what may no longer be deleted."""

import pytest
from pyroaring import BitMap

from records import facets, public, publishing
from records.choices import EditionKind
from records.models import Commitment, Participant, Party, Progress, Source, Summit, Topic
from tests.admin_pages import address, document_of, errors, fields_of, opened, said, save
from tests.factories import (
    EditorFactory,
    PartyFactory,
    commitment,
    document,
    drafted,
    progress,
    published,
    session,
    source,
    vocabulary,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(EditorFactory(first_name="Kim", last_name="Seo-yeon"))
    return client


def page(editor, row, action="change"):
    return editor.get(address(row, action)).content.decode()


def test_refused_publication_keeps_the_copy_and_the_note_and_links_each_hindrance(editor):
    summit = drafted(city=None)
    row = summit.sessions.get()
    row.cites = {"all": ["s99"]}
    row.save()
    data = {**opened(editor, summit), "venue_en": "A hotel", "edition_note_ja": "公開します"}

    response = save(editor, summit, data, "_publish")

    assert summit.editions.count() == 0
    assert document_of(summit)["venue"] == {"en": "A hotel"}
    [refusal] = [message for message in said(response) if "not published" in message]
    assert "To publish, the summit needs a city." in refusal
    assert f'<a href="{address(row)}">sessions.talks.cites.1</a>' in refusal
    assert fields_of(response)["edition_note_ja"] == "公開します"


def test_publication_needs_a_note(editor):
    summit = drafted()

    response = save(editor, summit, {**opened(editor, summit), "venue_en": "Typed"}, "_publish")

    assert errors(response) == ["To publish, tell readers in at least one language what is new."]
    assert fields_of(response)["venue_en"] == "Typed"
    assert summit.editions.count() == 0


def test_publication_from_a_parts_form_publishes_its_summit(editor):
    summit = published()
    row = summit.sessions.get()
    data = {
        **opened(editor, row),
        "minutes": "75",
        "edition_note_en": "Length put right.",
        "edition_kind": "correction",
    }

    save(editor, row, data, "_publish")

    edition = summit.editions.get(number=2)
    assert (edition.kind, edition.by) == (EditionKind.CORRECTION, "Kim Seo-yeon")
    assert publishing.state(summit).published["sessions"][0]["minutes"] == "75"


def test_save_keeps_the_working_copy_to_itself_and_warns(editor):
    summit = published()
    row = summit.sessions.get()

    response = save(editor, row, {**opened(editor, row), "date": "2026-01-20"})

    assert [m for m in said(response) if "more than a day after the summit ends" in m]
    assert summit.editions.count() == 1
    assert publishing.state(summit).published["sessions"][0]["date"] == "2026-01-13"


def test_panel_says_what_readers_see_and_what_they_do_not(editor):
    summit = published()
    assert "The working copy says the same." in page(editor, summit)
    row = summit.sessions.get()
    save(editor, row, {**opened(editor, row), "minutes": "75"})

    for each in (summit, row, summit.commitments.get(), summit.sources.get()):
        shown = page(editor, each)
        assert "Edition 1 of " in shown
        assert 'href="/en/summits/2026-01-13-nara"' in shown
        assert "1 change that readers do not see yet" in shown
        assert "sessions.talks.minutes: “75”, was “20”" in shown


def test_panel_of_a_draft_says_so(editor):
    summit = drafted(city=None)

    shown = page(editor, summit)

    assert "Nothing yet: it was never published." in shown
    assert "1 thing hinders publishing" in shown


def test_withdrawal_is_confirmed_with_a_note(editor):
    summit = published()
    where = address(summit, "withdraw")
    assert editor.get(where).status_code == 200
    assert "in at least one language" in editor.post(where, {}).content.decode()
    assert publishing.state(summit).is_public

    response = editor.post(where, {"note_ko": "오류로 철회"}, follow=True)

    assert said(response) == ["Withdrawn, with edition 2."]
    assert summit.editions.get(number=2).note_ko == "오류로 철회"
    assert public.entry("summit", summit.slug) is None
    assert "it was withdrawn on" in response.content.decode()
    assert "there is nothing to withdraw" in said(editor.get(where, follow=True))[0]


def refused(editor, row):
    """What the delete page says, after trying it all the same."""
    shown = page(editor, row, "delete")
    form = {"post": "yes", "opened_on": ""}
    assert 'name="opened_on"' not in shown
    editor.post(address(row, "delete"), form)
    assert type(row).objects.filter(pk=row.pk).exists()
    return shown


def test_published_summit_is_not_deleted_but_withdrawn(editor):
    summit = published()
    assert address(summit, "withdraw") in refused(editor, summit)
    publishing.withdraw(summit, note={"en": "Gone."})
    assert "It was public" in refused(editor, summit)


def test_draft_is_deleted_with_all_below_it(editor):
    summit = drafted()
    form = fields_of(editor.get(address(summit, "delete")))

    editor.post(address(summit, "delete"), form)

    assert (Summit.objects.count(), Commitment.objects.count()) == (0, 0)


def test_published_commitment_is_not_deleted_but_marked_withdrawn(editor):
    summit = published()
    row = summit.commitments.get()
    assert "Mark it as withdrawn instead" in refused(editor, row)

    half = save(editor, row, {**opened(editor, row), "withdrawn_on": "1 March 2026"})
    assert errors(half) == ["A withdrawal needs its reason, in a language at least."]
    data = {**opened(editor, row), "withdrawn_on": "1 March 2026", "withdrawn_reason_en": "Wrong."}
    save(editor, row, data)

    assert document_of(summit)["commitments"][0]["withdrawn"] == {
        "on": "2026-03-01",
        "reason": {"en": "Wrong."},
    }


def test_unpublished_commitment_is_deleted(editor):
    row = drafted().commitments.get()

    editor.post(address(row, "delete"), fields_of(editor.get(address(row, "delete"))))

    assert Commitment.objects.count() == 0


def test_published_progress_is_not_deleted(editor):
    summit = published(commitments=[commitment(progress=[progress("2026-02-01-step")])])
    row = summit.commitments.get()

    response = save(editor, row, {**opened(editor, row), "progress-0-DELETE": "on"})

    assert errors(response) == [
        "“2026-02-01-step” is published and cannot be deleted. Keep it and add an entry that"
        " supersedes it."
    ]
    assert Progress.objects.count() == 1


def test_unpublished_progress_is_deleted(editor):
    row = drafted(commitments=[commitment(progress=[progress()])]).commitments.get()

    save(editor, row, {**opened(editor, row), "progress-0-DELETE": "on"})

    assert Progress.objects.count() == 0


def test_cited_source_is_not_deleted_and_the_citing_rows_are_named(editor):
    summit = published(sources=[source(), source("s02")], notes=None)
    cited, free = summit.sources.order_by("key")

    shown = refused(editor, cited)

    assert "The published edition cites it: cites.1, sessions.talks.cites.1" in shown
    assert address(summit.sessions.get()) in shown
    editor.post(address(free, "delete"), fields_of(editor.get(address(free, "delete"))))
    assert [row.key for row in Source.objects.all()] == ["s01"]


def test_source_cited_only_by_the_edition_is_not_deleted(editor):
    summit = published(sources=[source(), source("s02")], sessions=[session(cites=["s02"])])
    publishing.load(
        document(sources=[source(), source("s02")], sessions=[session()]), mode="replace"
    )

    shown = refused(editor, summit.sources.get(key="s02"))

    assert "The published edition cites it: sessions.talks.cites.1" in shown


def test_session_named_by_a_commitment_is_not_deleted(editor):
    summit = drafted(commitments=[commitment(session="talks")])
    assert "commitments.1.session" in refused(editor, summit.sessions.get())


def test_name_a_published_edition_uses_is_not_deleted(editor):
    published()
    for row in (
        Party.objects.get(slug="kor"),
        Topic.objects.get(slug="trade"),
        Participant.objects.get(slug="lee-jae-myung"),
    ):
        assert "Readers see it in 2026-01-13-nara." in refused(editor, row)


def test_name_a_draft_uses_is_not_deleted_silently(editor):
    summit = drafted()
    # Sets of names have no foreign key that would protect them.
    assert address(summit) in refused(editor, Topic.objects.get(slug="trade"))


def test_name_nobody_uses_is_deleted(editor):
    row = PartyFactory()
    editor.post(address(row, "delete"), fields_of(editor.get(address(row, "delete"))))
    assert Party.objects.count() == 0


def test_corrected_name_reaches_readers_with_its_save(editor):
    published()
    row = Participant.objects.get(slug="lee-jae-myung")
    assert public.matching("chaemyong", facets.version()) == BitMap()

    save(editor, row, {**opened(editor, row), "name_en": "Yi Chaemyong"})

    assert len(public.matching("chaemyong", facets.version())) == 3  # person, summit, the change
    assert public.people([row.slug])[row.slug]["name"]["en"] == "Yi Chaemyong"


def test_topic_stands_on_two_levels_only(editor):
    drafted()
    trade, history = Topic.objects.get(slug="trade"), Topic.objects.get(slug="history")
    economy = Topic.objects.get(slug="economy")

    below = save(editor, history, {**opened(editor, history), "parent": str(trade.pk)})
    above = save(editor, economy, {**opened(editor, economy), "parent": str(history.pk)})

    assert errors(below) == ["“Trade” is itself below a topic; there are two levels only."]
    assert errors(above) == ["Topics stand below this one; there are two levels only."]
    assert vocabulary()["topics"][1]["parent"] == "economy"
