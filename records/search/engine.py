"""Queries put to the index of words: SQLite's FTS5 or PostgreSQL's GIN over the same tokens.

Nothing is ranked by the database: at 200,000 entries that alone would cost a common word a second.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.db import connections, router
from pyroaring import BitMap

from records.models import Words

from .words import KIND, TITLE, Atom, Query, Term

INDEX = "records_words_index"  # made by migration 0002
POSTGRES = "array_to_tsvector(string_to_array(tokens, ' '))"  # as the index has it, to the letter
MOST_TITLED = 10_000  # a word of more titles than these says little of each
Lookup = tuple[str, list[str]]  # SQL that gives ids of entries, and its parameters


def database() -> Any:
    """The connection that this request reads."""
    return connections[router.db_for_read(Words)]


def is_postgres() -> bool:
    return bool(database().vendor == "postgresql")


def atom_said(atom: Atom) -> str:
    """An atom in the language of the database; tokens hold letters and digits only."""
    if is_postgres():
        return f"'{atom.token}'{':*' if atom.begins else ''}"
    return f'"{atom.token}"{" *" if atom.begins else ""}'


def term_said(term: Term, mark: str) -> str:
    both, either = (" & ", " | ") if is_postgres() else (" AND ", " OR ")
    if term.run and not mark and not is_postgres():
        # FTS5 knows places: the atoms one after the other, without a look at the texts.
        begins = " *" if any(atom.begins for way in term.ways for atom in way) else ""
        return f'"{term.run.strip()}"{begins}'
    ways = [both.join(atom_said(atom.marked(mark)) for atom in way) for way in term.ways]
    return either.join(f"({way})" for way in ways)


def lookup_expression(expression: str) -> Lookup:
    if is_postgres():
        return f"SELECT entry_id FROM records_words WHERE {POSTGRES} @@ %s::tsquery", [expression]
    return f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s", [expression]


def lookup(query: Query, mark: str = "", kinds: Sequence[str] = ()) -> Lookup:
    """What finds the entries (of these kinds) with all of a query; with a mark in their titles and
    names only.

    There the order of the characters is not looked at: all that count are found without a mark.
    PostgreSQL's array of tokens has no places: it looks at the text of what has all of them.
    """
    both, either = (" & ", " | ") if is_postgres() else (" AND ", " OR ")
    parts = [term_said(term, mark) for term in query.terms]
    if kinds:
        parts.append(either.join(atom_said(Atom(KIND + kind)) for kind in kinds))
    sql, parameters = lookup_expression(both.join(f"({part})" for part in parts))
    if mark or not is_postgres():
        return sql, parameters
    runs = [term.run for term in query.terms if term.run]
    return sql + " AND strpos(tokens, %s) > 0" * len(runs), [*parameters, *runs]


def newest(found: Lookup) -> Lookup:
    """The same, but no more than `MOST_TITLED`, the last indexed."""
    column = "entry_id" if is_postgres() else "rowid"
    return f"{found[0]} ORDER BY {column} DESC LIMIT {MOST_TITLED}", found[1]


def asked_together(lookups: Sequence[Lookup], what: str) -> list[tuple[int, Any]]:
    """`(number of the lookup, what of what it found)` in one statement."""
    sql = " UNION ALL ".join(
        f"SELECT {number}, {what} FROM ({part}) AS found (entry)"
        if is_postgres()
        else f"SELECT {number}, {what} FROM ({part.replace('rowid', 'rowid AS entry', 1)})"
        for number, (part, _parameters) in enumerate(lookups)
    )
    with database().cursor() as cursor:
        cursor.execute(sql, [one for _part, parameters in lookups for one in parameters])
        return cursor.fetchall()


def all_of_them() -> str:
    """SQL that gives all entries found as one text: a fifth of what as many rows cost to fetch."""
    return "string_agg(entry::text, ',')" if is_postgres() else "group_concat(entry)"


def as_set(text: str | None) -> BitMap:
    return BitMap(json.loads(f"[{text or ''}]"))


def ids(query: Query) -> BitMap:
    """The entries that have every word of a query."""
    if not query:
        return BitMap()
    [(_number, text)] = asked_together([lookup(query)], all_of_them())
    return as_set(text)


def ranked(query: Query) -> list[BitMap]:
    """Three sets from one statement: entries that are called so, those with every word in titles
    or names, all that have every word."""
    if not query:
        return [BitMap(), BitMap(), BitMap()]
    called = lookup_expression(atom_said(Atom(query.whole)))
    lookups = [called, newest(lookup(query, TITLE)), lookup(query)]
    found = dict(asked_together(lookups, all_of_them()))
    called_so, titled, everything = (as_set(found[rank]) for rank in range(3))
    return [called_so, titled & everything, everything]


def counts(queries: Sequence[Query], kinds: Sequence[str]) -> list[int]:
    """How many entries of these kinds have each of these queries: one statement, none for none."""
    if not queries:
        return []
    lookups = [lookup(query, kinds=kinds) for query in queries]
    found = dict(asked_together(lookups, "COUNT(*)"))
    return [found[number] for number in range(len(queries))]


def lines_with(atom: Atom, most: int) -> list[str]:
    """The tokens of the first entries that have it: for words that are spelt nearly so."""
    sql, parameters = lookup_expression(atom_said(atom))
    with database().cursor() as cursor:
        cursor.execute(
            f"SELECT tokens FROM records_words WHERE entry_id IN ({sql})"
            " ORDER BY entry_id LIMIT %s",
            [*parameters, most],
        )
        return [row[0] for row in cursor.fetchall()]
