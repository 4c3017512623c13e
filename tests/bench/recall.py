"""Does search find every text that holds a word? Two characters at a time, against the texts."""

from __future__ import annotations

from django.db import connection

from records import search

from .words import TWO_CHARACTERS


def recall() -> dict[str, list[int]]:
    """`{word: [found, to be found]}`; what is to be found is read off every text there is."""
    return {word: [len(search.ids(search.asked(word))), holding(word)] for word in TWO_CHARACTERS}


def holding(word: str) -> int:
    """How many entries have a text that holds a word."""
    escaped = word.encode("ascii", "backslashreplace").decode()  # as JSON on SQLite has it
    wanted, column = (
        (word, "texts::text") if connection.vendor == "postgresql" else (escaped, "texts")
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT COUNT(*) FROM records_words WHERE {column} LIKE %s ESCAPE '!'",
            [f"%{wanted}%"],
        )
        return cursor.fetchone()[0]
