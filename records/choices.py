"""The record's vocabularies: every word a field may hold, and how readers see it.

The values are permanent: they stand in summit files, editions and addresses. Each class names where
its words come from; the order is the order of forms, filters and the schema. A label's context is
its vocabulary's name, so that equal English words get their own Korean and Japanese
(`records/locale`).
"""

from functools import lru_cache

from django.conf import settings
from django.db.models import Choices, TextChoices
from django.utils import translation
from django.utils.translation import pgettext_lazy


class SessionKind(TextChoices):
    """What happens in a session: the words of ministries' published programmes."""

    ARRIVAL = "arrival", pgettext_lazy("session kind", "Arrival")
    WELCOME = "welcome", pgettext_lazy("session kind", "Welcome")
    ONE_TO_ONE = "one-to-one", pgettext_lazy("session kind", "One-to-one talks")
    SMALL_GROUP = "small-group", pgettext_lazy("session kind", "Small-group talks")
    EXPANDED = "expanded", pgettext_lazy("session kind", "Expanded talks")
    TALKS = "talks", pgettext_lazy("session kind", "Talks")
    PLENARY = "plenary", pgettext_lazy("session kind", "Plenary session")
    WORKING_SESSION = "working-session", pgettext_lazy("session kind", "Working session")
    OUTREACH_SESSION = "outreach-session", pgettext_lazy("session kind", "Outreach session")
    WORKING_MEAL = "working-meal", pgettext_lazy("session kind", "Working lunch or dinner")
    BANQUET = "banquet", pgettext_lazy("session kind", "Banquet")
    INFORMAL_TALK = "informal-talk", pgettext_lazy("session kind", "Informal talk")
    SIGNING = "signing", pgettext_lazy("session kind", "Signing ceremony")
    PRESS_ANNOUNCEMENT = (
        "press-announcement",
        pgettext_lazy("session kind", "Joint press announcement"),
    )
    PRESS_CONFERENCE = "press-conference", pgettext_lazy("session kind", "Joint press conference")
    ONE_SIDE_PRESS = "one-side-press", pgettext_lazy("session kind", "Press briefing by one side")
    CULTURAL_EVENT = "cultural-event", pgettext_lazy("session kind", "Cultural event")
    VISIT = "visit", pgettext_lazy("session kind", "Visit to a place")
    TRIBUTE = "tribute", pgettext_lazy("session kind", "Tribute")
    COURTESY_CALL = "courtesy-call", pgettext_lazy("session kind", "Courtesy call or audience")
    COMMUNITY_MEETING = (
        "community-meeting",
        pgettext_lazy("session kind", "Meeting with residents or citizens"),
    )
    ADDRESS = "address", pgettext_lazy("session kind", "Address")
    OFFICIALS_MEETING = (
        "officials-meeting",
        pgettext_lazy("session kind", "Meeting of ministers or officials"),
    )
    CEREMONY = "ceremony", pgettext_lazy("session kind", "Commemorative event")
    SIDE_EVENT = "side-event", pgettext_lazy("session kind", "Side event")
    DEPARTURE = "departure", pgettext_lazy("session kind", "Departure")


class SummitForm(TextChoices):
    """How many parties take part in a summit: derived, never stored; the usual diplomatic terms."""

    BILATERAL = "bilateral", pgettext_lazy("summit form", "Bilateral")
    TRILATERAL = "trilateral", pgettext_lazy("summit form", "Trilateral")
    MULTILATERAL = "multilateral", pgettext_lazy("summit form", "Multilateral")


class Setting(TextChoices):
    """What brings the leaders together: the words ministries use of their leaders' meetings."""

    VISIT = "visit", pgettext_lazy("setting", "Visit")
    REGULAR = "regular", pgettext_lazy("setting", "Regular meeting")
    SPECIAL = "special", pgettext_lazy("setting", "Special meeting")
    MARGINS = "margins", pgettext_lazy("setting", "On the margins of another event")
    VIRTUAL = "virtual", pgettext_lazy("setting", "Virtual")


class Outcome(TextChoices):
    """The strongest text a summit adopted: the kinds of document the parties publish.

    Empty is "not known".
    """

    TREATY = "treaty", pgettext_lazy("outcome", "Treaty or protocol")
    JOINT_DECLARATION = "joint-declaration", pgettext_lazy("outcome", "Joint declaration")
    JOINT_STATEMENT = "joint-statement", pgettext_lazy("outcome", "Joint statement")
    JOINT_PRESS_STATEMENT = (
        "joint-press-statement",
        pgettext_lazy("outcome", "Joint press statement"),
    )
    SEPARATE_ANNOUNCEMENTS = (
        "separate-announcements",
        pgettext_lazy("outcome", "Separate announcements"),
    )
    NO_JOINT_TEXT = "no-joint-text", pgettext_lazy("outcome", "No joint text")
    NO_AGREEMENT = "no-agreement", pgettext_lazy("outcome", "No agreement")


class EventStatus(TextChoices):
    """Whether a summit took place: close to the event statuses of iCalendar and schema.org."""

    PLANNED = "planned", pgettext_lazy("event status", "Being arranged")
    CONFIRMED = "confirmed", pgettext_lazy("event status", "Announced")
    HELD = "held", pgettext_lazy("event status", "Held")
    POSTPONED = "postponed", pgettext_lazy("event status", "Postponed")
    CANCELLED = "cancelled", pgettext_lazy("event status", "Cancelled")


class DelegationRole(TextChoices):
    """What a party is at a summit: the terms of protocol."""

    HOST = "host", pgettext_lazy("delegation role", "Host")
    GUEST = "guest", pgettext_lazy("delegation role", "Guest")
    MEMBER = "member", pgettext_lazy("delegation role", "Member")
    INVITED = "invited", pgettext_lazy("delegation role", "Invited")
    NEUTRAL_HOST = "neutral-host", pgettext_lazy("delegation role", "Neutral host")


class VisitRank(TextChoices):
    """The rank of a guest's visit, in the host's word: Korean and Japanese protocol."""

    STATE = "state", pgettext_lazy("visit rank", "State visit")
    OFFICIAL = "official", pgettext_lazy("visit rank", "Official visit")
    OFFICIAL_WORKING = "official-working", pgettext_lazy("visit rank", "Official working visit")
    WORKING = "working", pgettext_lazy("visit rank", "Working visit")
    PRIVATE = "private", pgettext_lazy("visit rank", "Private visit")


class Capacity(TextChoices):
    """As what somebody attended, whatever the office: after the Vienna Convention (1969), art. 7.

    A president who is both is head of state.
    """

    HEAD_OF_STATE = "head-of-state", pgettext_lazy("attendance capacity", "Head of state")
    HEAD_OF_GOVERNMENT = (
        "head-of-government",
        pgettext_lazy("attendance capacity", "Head of government"),
    )
    LEADER = "leader", pgettext_lazy("attendance capacity", "Leader")
    HEAD_OF_ORGANISATION = (
        "head-of-organisation",
        pgettext_lazy("attendance capacity", "Head of an international organisation"),
    )
    MINISTER = "minister", pgettext_lazy("attendance capacity", "Minister")
    ENVOY = "envoy", pgettext_lazy("attendance capacity", "Ambassador or envoy")
    OFFICIAL = "official", pgettext_lazy("attendance capacity", "Adviser or official")
    MILITARY = "military", pgettext_lazy("attendance capacity", "Military officer")
    SPOKESPERSON = "spokesperson", pgettext_lazy("attendance capacity", "Spokesperson")
    INTERPRETER = "interpreter", pgettext_lazy("attendance capacity", "Interpreter or notetaker")
    FAMILY = "family", pgettext_lazy("attendance capacity", "Spouse or family")
    COMMUNITY = "community", pgettext_lazy("attendance capacity", "Community representative")
    OTHER = "other", pgettext_lazy("attendance capacity", "Other")


class Presence(TextChoices):
    """How far the sources show that somebody was there: the record's own grades."""

    PRESENT = "present", pgettext_lazy("presence", "Present")
    REMOTE = "remote", pgettext_lazy("presence", "Took part remotely")
    EXPECTED = "expected", pgettext_lazy("presence", "Expected, not confirmed")
    ABSENT = "absent", pgettext_lazy("presence", "Absent")
    NOT_STATED = "not-stated", pgettext_lazy("presence", "Presence not stated")


class CommitmentKind(TextChoices):
    """Whether a promise is made here first, or promises no act: the record's own words."""

    NEW = "new", pgettext_lazy("commitment kind", "New")
    RENEWED = "renewed", pgettext_lazy("commitment kind", "Renewed")
    POSITION = "position", pgettext_lazy("commitment kind", "Position")


class WordingVerb(TextChoices):
    """What a party said it did: the verbs of readouts, kept close to the original.

    The labels follow a party's name ("Japan: agreed").
    """

    AGREED = "agreed", pgettext_lazy("wording verb", "agreed")
    DECIDED = "decided", pgettext_lazy("wording verb", "decided")
    PLEDGED = "pledged", pgettext_lazy("wording verb", "pledged")
    CONFIRMED = "confirmed", pgettext_lazy("wording verb", "confirmed")
    REAFFIRMED = "reaffirmed", pgettext_lazy("wording verb", "reaffirmed")
    AGREED_IN_PRINCIPLE = (
        "agreed-in-principle",
        pgettext_lazy("wording verb", "agreed in principle"),
    )
    SUPPORTED = "supported", pgettext_lazy("wording verb", "supported")
    PROPOSED = "proposed", pgettext_lazy("wording verb", "proposed")
    WELCOMED = "welcomed", pgettext_lazy("wording verb", "welcomed")
    DISCUSSED = "discussed", pgettext_lazy("wording verb", "discussed")
    EXPLAINED = "explained", pgettext_lazy("wording verb", "explained")
    NOT_MENTIONED = "not-mentioned", pgettext_lazy("wording verb", "not mentioned")


class Strength(TextChoices):
    """How strongly a wording commits: the three levels of the G7 Research Group; derived."""

    COMMITTED = "committed", pgettext_lazy("strength", "Committed")
    SUPPORTED = "supported", pgettext_lazy("strength", "Supported")
    WELCOMED = "welcomed", pgettext_lazy("strength", "Welcomed")


class BindingForce(TextChoices):
    """What kind of bond a commitment is: the distinctions of treaty law. Empty is "not stated"."""

    LEGAL = "legal", pgettext_lazy("binding force", "Legally binding")
    POLITICAL = "political", pgettext_lazy("binding force", "Political commitment")
    ORAL = "oral", pgettext_lazy("binding force", "Oral")


class ProgressKind(TextChoices):
    """What an entry in a commitment's history tells: the record's own words."""

    REAFFIRMED = "reaffirmed", pgettext_lazy("progress kind", "Reaffirmed")
    STEP = "step", pgettext_lazy("progress kind", "Step taken")
    RESULT = "result", pgettext_lazy("progress kind", "Result")
    SETBACK = "setback", pgettext_lazy("progress kind", "Setback")
    CHANGED = "changed", pgettext_lazy("progress kind", "Changed")
    ASSESSED = "assessed", pgettext_lazy("progress kind", "Assessed")
    CONTEXT = "context", pgettext_lazy("progress kind", "Background")
    CHECK = "check", pgettext_lazy("progress kind", "Check")


class CommitmentStatus(TextChoices):
    """Where a commitment stands: close to the Open Government Partnership's completion levels."""

    ANNOUNCED = "announced", pgettext_lazy("commitment status", "Announced")
    IN_PROGRESS = "in-progress", pgettext_lazy("commitment status", "In progress")
    PARTLY_FULFILLED = "partly-fulfilled", pgettext_lazy("commitment status", "Partly fulfilled")
    FULFILLED = "fulfilled", pgettext_lazy("commitment status", "Fulfilled")
    STALLED = "stalled", pgettext_lazy("commitment status", "Stalled")
    NOT_FULFILLED = "not-fulfilled", pgettext_lazy("commitment status", "Not fulfilled")
    REVERSED = "reversed", pgettext_lazy("commitment status", "Reversed")
    SUPERSEDED = "superseded", pgettext_lazy("commitment status", "Superseded")


class SourceKind(TextChoices):
    """How near a source stands to the event: a historian's distinctions.

    An agency copy is `news` with `copy_of`.
    """

    JOINT_TEXT = "joint-text", pgettext_lazy("source kind", "Joint text")
    OFFICIAL = "official", pgettext_lazy("source kind", "Official account of one side")
    RECORD = "record", pgettext_lazy("source kind", "Minutes or archive record")
    NEWS = "news", pgettext_lazy("source kind", "News report")
    STUDY = "study", pgettext_lazy("source kind", "Study or reference work")
    DIGEST = "digest", pgettext_lazy("source kind", "Second-hand summary")
    INFORMAL = "informal", pgettext_lazy("source kind", "Blog or forum")


class ReadExtent(TextChoices):
    """How much of a source the editors read: the record's own words."""

    WHOLE = "whole", pgettext_lazy("read extent", "Read in whole")
    PART = "part", pgettext_lazy("read extent", "Read in part")
    NOT_READ = "not-read", pgettext_lazy("read extent", "Not read")


class Reliability(TextChoices):
    """Why a source carries less weight: the record's own words. Empty is "nothing against it"."""

    LOW = "low", pgettext_lazy("reliability", "Low reliability")
    UNFIT = "unfit", pgettext_lazy("reliability", "Unfit as evidence")


class DifferenceKind(TextChoices):
    """Why sources differ, in the editors' reading: sorted from the first summits' conflicts."""

    COUNTING = "counting", pgettext_lazy("difference kind", "Counted differently")
    ADVANCE = "advance", pgettext_lazy("difference kind", "Reported in advance")
    TIME_ZONE = "time-zone", pgettext_lazy("difference kind", "Time zone")
    SPELLING = "spelling", pgettext_lazy("difference kind", "Spelling")
    TRANSLATION = "translation", pgettext_lazy("difference kind", "Translation")
    ERROR = "error", pgettext_lazy("difference kind", "Error of one source")
    POLITICAL = "political", pgettext_lazy("difference kind", "Political wording")
    OPINION = "opinion", pgettext_lazy("difference kind", "Opinion")
    UNEXPLAINED = "unexplained", pgettext_lazy("difference kind", "Unexplained")


class NoteKind(TextChoices):
    """What a note on a summit tells: sorted from the research on the first summits."""

    OCCASION = "occasion", pgettext_lazy("note kind", "Occasion")
    PREPARATION = "preparation", pgettext_lazy("note kind", "Preparation")
    SIGNIFICANCE = "significance", pgettext_lazy("note kind", "Significance")
    OUTLOOK = "outlook", pgettext_lazy("note kind", "Outlook")
    AFTERMATH = "aftermath", pgettext_lazy("note kind", "Aftermath")
    GAP = "gap", pgettext_lazy("note kind", "Not found")
    RAISED = "raised", pgettext_lazy("note kind", "Discussed without agreement")
    PROPOSED = "proposed", pgettext_lazy("note kind", "Proposed")
    NOT_DISCUSSED = "not-discussed", pgettext_lazy("note kind", "Not discussed")


class PartyKind(TextChoices):
    """What a party is: the subjects of international law, and those who act beside them."""

    STATE = "state", pgettext_lazy("party kind", "State")
    ORGANISATION = "organisation", pgettext_lazy("party kind", "International organisation")
    GROUP = "group", pgettext_lazy("party kind", "Group of parties")
    BODY = "body", pgettext_lazy("party kind", "Private body")


class ParticipantKind(TextChoices):
    """Whether a name stands for one person or several: the record's own words."""

    PERSON = "person", pgettext_lazy("participant kind", "Person")
    GROUP = "group", pgettext_lazy("participant kind", "Group")


class EditionKind(TextChoices):
    """What an edition did to a record: the record's own words."""

    OPENED = "opened", pgettext_lazy("edition kind", "Record opened")
    ADDITION = "addition", pgettext_lazy("edition kind", "Addition")
    CORRECTION = "correction", pgettext_lazy("edition kind", "Correction")
    WITHDRAWAL = "withdrawal", pgettext_lazy("edition kind", "Withdrawal")


class ChangeKind(TextChoices):
    """What a publication changed, as readers follow it: our own words."""

    OPENED = "opened", pgettext_lazy("change", "Record opened")
    REOPENED = "reopened", pgettext_lazy("change", "Record public again")
    WITHDRAWN = "withdrawn", pgettext_lazy("change", "Record withdrawn")
    STATUS = "status", pgettext_lazy("change", "Status changed")
    FOLLOW_UP = "follow-up", pgettext_lazy("change", "Follow-up added")
    COMMITMENT_ADDED = "commitment-added", pgettext_lazy("change", "Commitment added")
    COMMITMENT_WITHDRAWN = (
        "commitment-withdrawn",
        pgettext_lazy("change", "Commitment withdrawn"),
    )
    DUE = "due", pgettext_lazy("change", "Due date changed")
    WORDING = "wording", pgettext_lazy("change", "Words of a side changed")
    FACTS = "facts", pgettext_lazy("change", "Facts and texts changed")
    SOURCE = "source", pgettext_lazy("change", "Source added")
    NAME = "name", pgettext_lazy("change", "Name corrected")


STRENGTH: dict[WordingVerb, Strength | None] = {
    WordingVerb.AGREED: Strength.COMMITTED,
    WordingVerb.DECIDED: Strength.COMMITTED,
    WordingVerb.PLEDGED: Strength.COMMITTED,
    WordingVerb.CONFIRMED: Strength.COMMITTED,
    WordingVerb.REAFFIRMED: Strength.COMMITTED,
    WordingVerb.AGREED_IN_PRINCIPLE: Strength.SUPPORTED,
    WordingVerb.SUPPORTED: Strength.SUPPORTED,
    WordingVerb.PROPOSED: Strength.SUPPORTED,
    WordingVerb.WELCOMED: Strength.WELCOMED,
    WordingVerb.DISCUSSED: Strength.WELCOMED,
    WordingVerb.EXPLAINED: Strength.WELCOMED,
    WordingVerb.NOT_MENTIONED: None,
}

# A commitment's life, the least advanced first: announced, in progress, partly fulfilled,
# fulfilled; then what breaks or ends it. Where parties differ, stalled, not fulfilled and reversed
# go before all others (RECORD.md, Status); "the least advanced" is the first here of the rest.
LIFE_ORDER: tuple[CommitmentStatus, ...] = tuple(CommitmentStatus)

# The kinds of progress that can leave a status; all others move none.
STATUS_MOVING = (
    ProgressKind.STEP,
    ProgressKind.RESULT,
    ProgressKind.SETBACK,
    ProgressKind.CHANGED,
)

# The statuses in which something is still to be done, so that a due date can pass: overdue.
OPEN_STATUSES = (
    CommitmentStatus.ANNOUNCED,
    CommitmentStatus.IN_PROGRESS,
    CommitmentStatus.PARTLY_FULFILLED,
    CommitmentStatus.STALLED,
)

# Notes that are somebody's opinion: always shown with the source's name.
OPINIONS = (NoteKind.SIGNIFICANCE, NoteKind.OUTLOOK)

# Notes on what was talked about and became no commitment.
MATTERS = (NoteKind.RAISED, NoteKind.PROPOSED, NoteKind.NOT_DISCUSSED)


# typed: `Setting.VISIT == SessionKind.VISIT`, since both are the text "visit". A cache that does
# not look at the type gives one the labels of the other.
@lru_cache(maxsize=None, typed=True)
def labels(choice: Choices) -> dict[str, str]:
    """A member's label in every language of the site, `{"en": ..., "ko": ..., "ja": ...}`.

    The dict is shared by all who ask: do not change it.
    """
    found = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found[language] = str(choice.label)
    return found
