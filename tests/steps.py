"""Working copies in every standing, and the people who take them there."""

from datetime import UTC, datetime

from records import publishing, review
from records.models import Summit
from records.models.review import Step
from records.review import Person, desk_of
from tests.factories import EditorFactory, drafted, published, somebody

NOTE = {"en": "What is new."}
NOW = datetime(2026, 11, 25, 0, 0, tzinfo=UTC)


def person(*roles, name="", **facts):
    editor = somebody(*roles, **({"username": name} if name else {}), **facts)
    return Person(name or editor.username, editor.username, editor)


def administrator():
    editor = EditorFactory()
    return Person(editor.username, editor.username, editor)


def take(summit, step, by, **facts):
    """A step on what the working copy says now."""
    return review.take(summit, step, by, seen=desk_of(summit).sha256, **facts)


def changed(summit, **over):
    """The working copy says something else, by whatever door."""
    now = publishing.state(summit).document
    publishing.load({**now, **over}, mode="replace")


def submitted():
    summit = drafted()
    take(summit, Step.SUBMITTED, person("contributor"))
    return summit


def returned():
    summit = submitted()
    take(summit, Step.RETURNED, person("reviewer"), comment="The venue is missing.")
    return summit


def approved():
    summit = submitted()
    take(summit, Step.APPROVED, person("reviewer"))
    return summit


def withdrawn():
    summit = published()
    publishing.withdraw(summit, note=NOTE)
    return summit


FACTS = {Step.SCHEDULED: {"publish_at": NOW, "zone": "UTC", "note_en": "New."}}


def standing(summit):
    return desk_of(Summit.objects.get(pk=summit.pk)).standing
