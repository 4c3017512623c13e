from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from records import choices
from records.choices import (
    LIFE_ORDER,
    MATTERS,
    OPEN_STATUSES,
    OPINIONS,
    STATUS_MOVING,
    STRENGTH,
    CommitmentStatus,
    DelegationRole,
    EventStatus,
    SessionKind,
    Setting,
    Strength,
    WordingVerb,
    labels,
)

LOCALE = Path(choices.__file__).parent / "locale"

# Class, its context in the catalogues, how many values
VOCABULARIES = [
    (choices.SessionKind, "session kind", 26),
    (choices.SummitForm, "summit form", 3),
    (choices.Setting, "setting", 5),
    (choices.Outcome, "outcome", 7),
    (choices.EventStatus, "event status", 5),
    (choices.DelegationRole, "delegation role", 5),
    (choices.VisitRank, "visit rank", 5),
    (choices.Capacity, "attendance capacity", 13),
    (choices.Presence, "presence", 5),
    (choices.CommitmentKind, "commitment kind", 3),
    (choices.WordingVerb, "wording verb", 12),
    (choices.Strength, "strength", 3),
    (choices.BindingForce, "binding force", 3),
    (choices.ProgressKind, "progress kind", 8),
    (choices.CommitmentStatus, "commitment status", 8),
    (choices.SourceKind, "source kind", 7),
    (choices.ReadExtent, "read extent", 3),
    (choices.Reliability, "reliability", 2),
    (choices.DifferenceKind, "difference kind", 9),
    (choices.NoteKind, "note kind", 9),
    (choices.PartyKind, "party kind", 4),
    (choices.ParticipantKind, "participant kind", 2),
    (choices.EditionKind, "edition kind", 4),
    (choices.ChangeKind, "change", 12),
]
MEMBERS = [
    pytest.param(member, context, id=f"{vocabulary.__name__}-{member.value}")
    for vocabulary, context, _count in VOCABULARIES
    for member in vocabulary
]


@pytest.fixture(scope="module", params=["ko", "ja"])
def catalogue(request):
    with (LOCALE / request.param / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file)


@pytest.mark.parametrize(("vocabulary", "context", "count"), VOCABULARIES)
def test_vocabulary_has_all_its_values(vocabulary, context, count):
    assert len(vocabulary) == count


def test_every_vocabulary_of_the_module_is_tested():
    found = [
        value
        for value in vars(choices).values()
        if isinstance(value, type) and value.__module__ == choices.__name__
    ]

    assert found == [vocabulary for vocabulary, _context, _count in VOCABULARIES]


@pytest.mark.parametrize(("member", "context"), MEMBERS)
def test_value_is_its_name_in_lower_case(member, context):
    assert member.value == member.name.lower().replace("_", "-")


@pytest.mark.parametrize(("member", "context"), MEMBERS)
def test_label_is_translated(member, context, catalogue):
    message = catalogue.get(labels(member)["en"], context=context)

    assert message is not None
    assert not message.fuzzy
    assert message.string.strip() not in ("", message.id)


@pytest.mark.parametrize(("member", "context"), MEMBERS)
def test_labels_are_those_of_the_catalogues(member, context, catalogue):
    language = str(catalogue.locale)

    assert labels(member)[language] == catalogue.get(labels(member)["en"], context=context).string


def test_labels_gives_three_languages():
    assert labels(SessionKind.ONE_TO_ONE) == {
        "en": "One-to-one talks",
        "ko": "단독회담",
        "ja": "1対1の会談",
    }


def test_labels_of_equal_values_stay_apart():
    assert SessionKind.VISIT == Setting.VISIT  # the trap: both are the text "visit"

    assert labels(SessionKind.VISIT)["ko"] == "시찰·방문"
    assert labels(Setting.VISIT)["ko"] == "방문"


def test_labels_of_equal_english_words_stay_apart():
    assert labels(EventStatus.CONFIRMED) == {"en": "Announced", "ko": "발표됨", "ja": "発表済み"}
    assert labels(CommitmentStatus.ANNOUNCED) == {"en": "Announced", "ko": "발표", "ja": "発表"}


def test_label_of_a_guest_is_the_role_and_not_the_visit():
    assert labels(DelegationRole.GUEST) == {"en": "Guest", "ko": "방문 측", "ja": "訪問側"}


def test_strength_is_known_for_every_verb():
    assert list(STRENGTH) == list(WordingVerb)


@pytest.mark.parametrize(
    ("strength", "verbs"),
    [
        (Strength.COMMITTED, ["agreed", "decided", "pledged", "confirmed", "reaffirmed"]),
        (Strength.SUPPORTED, ["agreed-in-principle", "supported", "proposed"]),
        (Strength.WELCOMED, ["welcomed", "discussed", "explained"]),
        (None, ["not-mentioned"]),
    ],
)
def test_strength_of_the_verbs(strength, verbs):
    assert [verb for verb in STRENGTH if STRENGTH[verb] == strength] == verbs


def test_life_order_begins_with_the_least_advanced():
    assert list(LIFE_ORDER) == [
        "announced",
        "in-progress",
        "partly-fulfilled",
        "fulfilled",
        "stalled",
        "not-fulfilled",
        "reversed",
        "superseded",
    ]


@pytest.mark.parametrize(
    ("group", "values"),
    [
        (STATUS_MOVING, ["step", "result", "setback", "changed"]),
        (OPEN_STATUSES, ["announced", "in-progress", "partly-fulfilled", "stalled"]),
        (OPINIONS, ["significance", "outlook"]),
        (MATTERS, ["raised", "proposed", "not-discussed"]),
    ],
)
def test_groups_of_values(group, values):
    assert list(group) == values


def test_compiled_catalogue_is_that_of_the_text(catalogue):
    with (LOCALE / str(catalogue.locale) / "LC_MESSAGES" / "django.mo").open("rb") as file:
        compiled = read_mo(file)

    assert _texts(compiled) == _texts(catalogue)


def _texts(catalogue):
    """What pybabel compiles: all messages but the fuzzy and the empty.

    read_mo gives contexts as bytes.
    """
    return {
        (_decoded(message.context), _forms(message.id)): _forms(message.string)
        for message in catalogue
        if message.id and message.string and not message.fuzzy
    }


def _forms(text):
    """A plural's forms come as lists from one of the two, as tuples from the other."""
    return text if isinstance(text, str) else tuple(text)


def _decoded(context):
    return context.decode() if isinstance(context, bytes) else context
