"""A working copy's way to its readers: submitted, sent back, approved, published now or later."""

from .remarks import follow, remark, resolve
from .schedule import due, publish_due
from .standing import (
    TRANSITIONS,
    Desk,
    NotAllowed,
    Person,
    Standing,
    Transition,
    desk_of,
    publishes_unreviewed,
)
from .steps import contributed, publish, take, withdraw

__all__ = [
    "TRANSITIONS",
    "Desk",
    "NotAllowed",
    "Person",
    "Standing",
    "Transition",
    "contributed",
    "desk_of",
    "due",
    "follow",
    "publish",
    "publish_due",
    "publishes_unreviewed",
    "remark",
    "resolve",
    "take",
    "withdraw",
]
