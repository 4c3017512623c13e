"""What of the working copies waits for an editor, found whenever one changes and kept as rows.

Found from a document alone, so that no list walks the whole record: a list of what waits is a query
over rows, whatever the number of summits. What depends on the day is kept with the day from which
it waits.
"""

from .finding import KINDS, Found, find
from .keeping import catch_up, holds, keep, without_upkeep
from .spelling import all_names, met, names_saved, numbers

__all__ = [
    "KINDS",
    "Found",
    "all_names",
    "catch_up",
    "find",
    "holds",
    "keep",
    "met",
    "names_saved",
    "numbers",
    "without_upkeep",
]
