"""Do the addresses that sources name still answer? Asked by a command, never in a request."""

from .checking import Pace, check, due, note_addresses
from .reaching import Reached, is_public, reach

__all__ = ["Pace", "Reached", "check", "due", "is_public", "note_addresses", "reach"]
