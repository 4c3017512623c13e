"""What readers may read: editions and entries, nothing else.

Everything that faces the public imports this and never the rows of the working copy: what is not
published is not here, so it cannot leak.
"""

from . import chains
from . import names as vocabulary
from .chains import chain, links
from .editions import Published, edition, editions, latest_editions
from .entries import (
    Person,
    entries,
    entries_by_slug,
    entries_of_person,
    entry,
    ids_between,
    ids_matching,
    ids_of_summit,
    participant,
    signpost,
    slugs_beginning,
)
from .names import Names, names, people, shared

__all__ = [
    "Names",
    "Person",
    "Published",
    "chain",
    "edition",
    "editions",
    "entries",
    "entries_by_slug",
    "entries_of_person",
    "entry",
    "forget",
    "ids_between",
    "ids_matching",
    "ids_of_summit",
    "latest_editions",
    "links",
    "names",
    "participant",
    "people",
    "shared",
    "signpost",
    "slugs_beginning",
]


def forget() -> None:
    """Drop what this worker keeps of the version it last saw."""
    vocabulary._shared = vocabulary.Shared(-1)
    chains._links = chains.Links(-1)
