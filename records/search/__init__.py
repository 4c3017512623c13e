"""Search: texts folded and cut into tokens, queries, the index of both databases, excerpts."""

from .engine import counts, ids, lines_with, ranked
from .excerpts import Piece, Said, best, pieces
from .folding import folded
from .spelling import spelt
from .words import (
    LONGEST_QUERY,
    MOST_TERMS,
    Atom,
    Query,
    Term,
    asked,
    chunks,
    stream,
    term,
    tokens,
    whole,
)

__all__ = [
    "LONGEST_QUERY",
    "MOST_TERMS",
    "Atom",
    "Piece",
    "Query",
    "Said",
    "Term",
    "asked",
    "best",
    "chunks",
    "counts",
    "folded",
    "ids",
    "lines_with",
    "pieces",
    "ranked",
    "spelt",
    "stream",
    "term",
    "tokens",
    "whole",
]
