"""Rows: constraints that speak, names that last, bounds of dates, numbers that fit."""

from datetime import date

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, models, transaction

from records.document.schema import SUMMIT, VOCABULARY, Shape
from records.models import (
    Attendance,
    Commitment,
    Delegation,
    Difference,
    DifferenceValue,
    Edition,
    Editor,
    Link,
    OpenForm,
    Party,
    Progress,
    Session,
    Summit,
    Topic,
    Version,
    Wording,
)
from records.models.review import Step
from records.review import Person, contributed, desk_of, remark
from records.review.steps import add_step
from tests.documents import names
from tests.factories import (
    EditorFactory,
    PartyFactory,
    RelationFactory,
    SummitFactory,
    TopicFactory,
    commitment,
    progress,
    published,
    wording,
)

pytestmark = pytest.mark.django_db
MODELS = list(apps.get_app_config("records").get_models())


def of_the_record(shape: Shape = SUMMIT) -> list[type[models.Model]]:
    return [shape.model, *(model for child in shape.children for model in of_the_record(child))]


EDITED = [*of_the_record(), *VOCABULARY.values()]


def test_migrations_say_what_the_models_say(capsys):
    call_command("makemigrations", "records", check=True, dry_run=True, verbosity=0)


def test_every_constraint_is_named_and_speaks_to_editors():
    constraints = [constraint for model in EDITED for constraint in model._meta.constraints]
    default = models.CheckConstraint.default_violation_error_message

    assert len(constraints) > 20
    assert [c.name for c in constraints if c.violation_error_message == default] == []
    assert len({c.name for c in constraints}) == len(constraints)


def test_every_relation_has_a_name_from_the_other_side():
    fields = [field for model in MODELS for field in model._meta.get_fields()]
    relations = [f for f in fields if f.is_relation and not f.auto_created and f.model in EDITED]

    assert [str(f) for f in relations if not f.remote_field.related_name] == []


def test_every_model_is_described_by_one_sentence():
    described = {model.__name__: model.__doc__ for model in MODELS if model is not Editor}

    assert {
        name for name, words in described.items() if not words or words.startswith(name)
    } == set()


# natural keys -------------------------------------------------------------------------------------


def rich():
    """A public summit that has a row of every model."""
    RelationFactory()
    summit = published(
        commitments=[
            commitment(wordings=[wording(), wording("kor"), wording("jpn")], progress=[progress()])
        ],
        statements=[
            {"key": "word", "speaker": "lee-jae-myung", "gist": {"en": "W"}, "cites": ["s01"]}
        ],
        gifts=[
            {
                "key": "drum",
                "givers": ["lee-jae-myung"],
                "receivers": ["takaichi-sanae"],
                "what": {"en": "A drum"},
            }
        ],
        notes=[{"key": "why", "kind": "occasion", "text": {"en": "W"}, "cites": ["s01"]}],
        differences=[
            {
                "key": "length",
                "question": {"en": "How long?"},
                "kind": "counting",
                "values": [{"says": "1", "cites": ["s01"]}, {"says": "2", "cites": ["s01"]}],
            }
        ],
    )
    kim = Person("Kim", "kim", EditorFactory.build())
    add_step(desk_of(summit), Step.SUBMITTED, kim)
    remark(summit, kim, "Why?", reply_to=remark(summit, kim, "Look at this.", path="venue"))
    contributed(summit, kim)
    return summit


def test_every_row_is_found_again_by_its_natural_key():
    rich()
    editor = Editor.objects.create_user("editor")
    Link.objects.create(url="https://example.org/")
    OpenForm.objects.create(editor=editor, form="/admin/", opened_at="2026-01-13T00:00:00Z")

    for model in set(MODELS) - {Version}:
        rows = list(model._default_manager.all())
        assert rows, model
        assert [
            model._default_manager.get_by_natural_key(*row.natural_key()) for row in rows
        ] == rows


# constraints --------------------------------------------------------------------------------------


def fails(constraint: str, make):
    with pytest.raises(IntegrityError) as fault, transaction.atomic():
        make()
    columns = {
        "delegation_once_per_summit": "records_delegation.summit_id",
        "attendance_once_per_summit": "records_attendance.summit_id",
        "session_key_once_per_summit": "records_session.summit_id",
        "commitment_number_once_per_summit": "records_commitment.summit_id",
        "wording_once_per_party": "records_wording.commitment_id",
        "wording_agreed_once": "records_wording.commitment_id",
        "progress_key_once_per_commitment": "records_progress.commitment_id",
        "edition_number_once": "records_edition.summit_id",
    }
    words = str(fault.value)  # PostgreSQL names the constraint, SQLite the columns of a unique one
    assert constraint in words or columns.get(constraint, "?") in words


def again(model, **over):
    """Another row like the first of `model`."""

    def make():
        row = model.objects.order_by("pk").first()
        row.pk = None
        row._state.adding = True
        for name, value in over.items():
            setattr(row, name, value)
        row.save()

    return make


@pytest.mark.parametrize(
    ("constraint", "model"),
    [
        ("delegation_once_per_summit", Delegation),
        ("attendance_once_per_summit", Attendance),
        ("session_key_once_per_summit", Session),
        ("commitment_number_once_per_summit", Commitment),
        ("wording_agreed_once", Wording),
        ("progress_key_once_per_commitment", Progress),
        ("edition_number_once", Edition),
    ],
)
def test_row_stands_once(constraint, model):
    rich()

    fails(constraint, again(model))


def test_party_words_a_commitment_once():
    rich()
    kor = Party.objects.get(slug="kor")

    fails("wording_once_per_party", again(Wording, party=kor))


@pytest.mark.parametrize("model", [Summit, Session, Commitment, Wording, Progress, Difference])
def test_text_needed_is_there_in_some_language(model):
    rich()
    [constraint] = [c for c in model._meta.constraints if c.name.endswith("some_language")]
    name = constraint.name.removeprefix(f"{model._meta.model_name}_").removesuffix("_some_language")
    empty = {f"{name}_{code}": "" for code in ("en", "ko", "ja")}

    fails(constraint.name, lambda: model.objects.update(**empty))

    model.objects.update(**{**empty, f"{name}_ja": "日本"})


def test_value_is_said_plainly_or_in_languages():
    rich()

    fails("value_plain_or_in_languages", lambda: DifferenceValue.objects.update(says_en="1"))
    fails("value_plain_or_in_languages", lambda: DifferenceValue.objects.update(says_plainly=""))


def test_topic_is_not_below_itself():
    topic = TopicFactory()

    fails(
        "topic_not_its_own_parent",
        lambda: Topic.objects.filter(pk=topic.pk).update(parent=topic),
    )
    topic.parent = topic
    with pytest.raises(ValidationError, match="A topic cannot be its own parent"):
        topic.full_clean()


def test_broken_constraint_is_told_in_words():
    summit = SummitFactory()
    party = PartyFactory()
    Delegation.objects.create(summit=summit, party=party, role="host")

    with pytest.raises(ValidationError) as refusal:
        Delegation(summit=summit, party=party, role="guest").full_clean()

    assert refusal.value.messages == ["This party already has a delegation at this summit."]


# fields -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-01", date(2026, 1, 1), date(2026, 1, 31)),
        ("1814-09~", date(1814, 9, 1), date(1814, 9, 30)),
        ("../2026-03", None, date(2026, 3, 31)),
        ("2026-02/..", date(2026, 2, 1), None),
    ],
)
def test_bounds_follow_the_date_whenever_it_is_saved(text, first, last):
    summit = SummitFactory(starts="2020")
    summit.starts = text

    summit.save()

    summit.refresh_from_db()
    assert (summit.starts_first, summit.starts_last) == (first, last)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("slug", "Nara 2026", "Use lower-case letters"),
        ("slug", "nara²", "Use lower-case letters"),
        ("code", "nara-2026", "Write year and place"),
        ("starts", "13.01.2026", "is not a date"),
        ("title_en", "Nara\x00", "invisible character U+0000"),
        ("title_en", "Nara\ud800", "invisible character U+D800"),
        ("latitude", 91, "less than or equal to 90"),
        ("series_number", 0, "greater than or equal to 1"),
    ],
)
def test_unfit_value_is_refused_with_the_remedy(field, value, words):
    summit = SummitFactory.build(**{field: value})

    with pytest.raises(ValidationError) as refusal:
        summit.full_clean()

    assert words in " ".join(refusal.value.message_dict[field])


def test_names_of_generated_documents_are_those_of_the_vocabulary():
    assert set(names()) == set(VOCABULARY)
