"""What editors write to each other reaches no reader; and no text of a draft was forgotten."""

import pytest
import time_machine
from django.apps import apps
from django.db import models
from django.utils import timezone

from records.models import Contribution, Editor, Event, Link, OpenForm, Remark, Review
from records.publishing import load
from tests import every_field, factories
from tests.test_leaks import DRAFT, PUBLIC, addresses, answers

pytestmark = pytest.mark.django_db
MARK = "zqd"  # in every text that the desk keeps beside the record
TEXTS = (models.CharField, models.TextField, models.JSONField)
# No free text: days, codes, what the software itself writes. All else of a draft is marked.
NO_TEXT = {
    "attendance.period", "commitment.due", "note.on", "participant.wikidata", "party.iso",
    "party.since", "party.until", "progress.date", "progress.period", "session.date",
    "source.language", "source.published_on", "spelling.kind", "statement.exact_lang",
    "statement.said_on", "summit.ends", "summit.starts", "summit.timezone", "upkeep.bases",
    "wording.exact_lang", "work.kind", "work.place", "event.account", "event.action", "event.by",
    "event.kind", "event.request",
}  # fmt: skip


@pytest.fixture(autouse=True)
def still():
    with time_machine.travel("2026-03-01T12:00:00+09:00", tick=False):
        yield


def texts_of(model):
    return [one for one in model._meta.fields if isinstance(one, TEXTS) and not one.choices]


def test_every_text_of_a_draft_is_marked_where_leaks_are_looked_for():
    made = every_field.summit(DRAFT, slug=f"2025-11-{DRAFT}", code=f"2025-{DRAFT}")
    load(made.document, made.vocabulary)
    unmarked = set()
    for model in apps.get_app_config("records").get_models():
        if model._default_manager.exists():
            for one in texts_of(model):
                values = map(str, model._default_manager.values_list(one.name, flat=True))
                if not any(DRAFT in value for value in values):
                    unmarked.add(f"{model._meta.model_name}.{one.name}")
    assert unmarked == NO_TEXT


def written(model, **facts):
    """A row whose every text is marked."""
    marked = {
        one.name: {"said": MARK} if isinstance(one, models.JSONField) else MARK
        for one in texts_of(model)
    }
    return model._default_manager.create(**{**marked, **facts})


def desk(summit):
    now = timezone.now()
    written(Event, at=now)
    written(Link, url=f"https://example.org/{MARK}", is_dead=True, checked_at=now)
    editor = written(Editor, password="!", is_staff=True)
    written(OpenForm, editor=editor, opened_at=now, seen_at=now, typed_at=now)
    written(OpenForm, editor=editor, form=f"{MARK}-of-summit", summit=summit.slug, opened_at=now)
    written(Remark, summit=summit, number=1, at=now)
    written(Review, summit=summit, number=1, step="returned", at=now)
    written(Contribution, summit=summit, at=now)


def test_what_the_desk_keeps_changes_no_byte_of_any_answer(client):
    summit = factories.published(commitments=[factories.commitment()])
    wanted = [*addresses([PUBLIC], ["talks"]), *(f"/search.json?q={one}" for one in (MARK, "nara"))]
    # Of what is drawn of the same words one language is enough.
    wanted = [one for one in wanted if not one.startswith(("/en/", "/ja/"))]
    before = answers(client, wanted)

    desk(summit)

    after = answers(client, wanted)
    assert [address for address in wanted if after[address] != before[address]] == []
    clean = [address for address in wanted if MARK not in address]
    assert [address for address in clean if MARK.encode() in after[address][2]] == []
