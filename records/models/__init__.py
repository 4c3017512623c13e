"""The working copy of the record (what editors edit) and what publishing makes of it."""

from .commitment import Commitment, Progress, Wording
from .desk import Event, Link, OpenForm, Spelling, Upkeep, Work
from .editor import Editor
from .participant import Attendance, Delegation, Participant
from .published import Edition, Entry, FacetSet, Reference, Version, Words
from .review import Contribution, Remark, Review
from .session import Gift, Session, Statement
from .source import Difference, DifferenceValue, Note, Source
from .summit import Summit
from .vocabulary import Party, Relation, Series, Topic

__all__ = [
    "Attendance",
    "Commitment",
    "Contribution",
    "Delegation",
    "Difference",
    "DifferenceValue",
    "Edition",
    "Editor",
    "Entry",
    "Event",
    "FacetSet",
    "Gift",
    "Link",
    "Note",
    "OpenForm",
    "Participant",
    "Party",
    "Progress",
    "Reference",
    "Relation",
    "Remark",
    "Review",
    "Series",
    "Session",
    "Source",
    "Spelling",
    "Statement",
    "Summit",
    "Topic",
    "Upkeep",
    "Version",
    "Wording",
    "Words",
    "Work",
]
