"""What readers may read: editions and entries, nothing else.

Everything that faces the public imports this and never the rows of the working copy: what is not
published is not here, so it cannot leak.
"""

from . import found, threads
from .chains import chain, links
from .changes import (
    changes_of_commitment,
    changes_of_edition,
    changes_of_summit,
    changes_of_summits,
    ids_of_commitment,
    ids_since,
    latest_changes,
)
from .editions import Published, current_documents, edition, edition_of_commitment, editions
from .entries import (
    Person,
    dated_slugs,
    entries,
    entries_by_id,
    entries_by_slug,
    entries_of_person,
    entry,
    ids_between,
    ids_of_summit,
    ids_with_due,
    participant,
    published_at,
    signpost,
    slugs_beginning,
)
from .following import changes_within
from .found import Hit, Name, first_of, forget_found, hits, matching, names_matching, ranked
from .names import Names, forget_people, names, people, shared
from .subjects import Subject, attendances, pairs, relation_row, subject, today_called
from .threads import threads_through

__all__ = [
    "Hit",
    "Name",
    "Names",
    "Person",
    "Published",
    "Subject",
    "attendances",
    "chain",
    "changes_of_commitment",
    "changes_of_edition",
    "changes_of_summit",
    "changes_of_summits",
    "changes_within",
    "current_documents",
    "dated_slugs",
    "edition",
    "edition_of_commitment",
    "editions",
    "entries",
    "entries_by_id",
    "entries_by_slug",
    "entries_of_person",
    "entry",
    "first_of",
    "forget",
    "forget_found",
    "hits",
    "ids_between",
    "ids_of_commitment",
    "ids_of_summit",
    "ids_since",
    "ids_with_due",
    "latest_changes",
    "links",
    "matching",
    "names",
    "names_matching",
    "pairs",
    "participant",
    "people",
    "published_at",
    "ranked",
    "relation_row",
    "shared",
    "signpost",
    "slugs_beginning",
    "subject",
    "threads_through",
    "today_called",
]


def forget() -> None:
    """Drop what this worker keeps of the version it last saw."""
    found.forget()
    forget_people()
    for kept in (shared, links, pairs, threads.threads):
        kept.cache_clear()
