"""The record kept safe: consistent copies while writers write, checks, and the way back.

A copy is one file beside its checksum; a copy is made under another name until it has been checked.
"""

from .checking import Check, checks, migrations
from .copies import Copy, copies, made_file, remove_older, seal, told_sum
from .copying import Failed, back_up
from .index_check import index_checks
from .instead import instead
from .moving import Extent, move
from .restoring import Restored, restore
from .verifying import verified

__all__ = [
    "Check",
    "Copy",
    "Extent",
    "Failed",
    "Restored",
    "back_up",
    "checks",
    "copies",
    "index_checks",
    "instead",
    "made_file",
    "migrations",
    "move",
    "remove_older",
    "restore",
    "seal",
    "told_sum",
    "verified",
]
