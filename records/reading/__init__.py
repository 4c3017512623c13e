"""An edition's document turned for reading: numbered sources, sides in columns, what came of it.

Everything here is data for the templates (the document's rows with what belongs beside them), in
no language yet; texts stay `{en, ko, ja}`. Nothing asks the database.
"""

from .changes import people_in, with_places
from .company import company
from .single import CommitmentReading, ParticipantReading, SessionReading
from .subject import SubjectReading, parallel
from .summit import SummitReading

__all__ = [
    "CommitmentReading",
    "ParticipantReading",
    "SessionReading",
    "SubjectReading",
    "SummitReading",
    "company",
    "parallel",
    "people_in",
    "with_places",
]
