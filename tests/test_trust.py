"""The table of checks: every test it names is there, and what was called the core is in it."""

import ast
import re

import pytest
from django.conf import settings

TESTS = settings.BASE_DIR / "tests"
TABLE = (settings.BASE_DIR / "summit" / "deploy" / "CHECKS.md").read_text()
ROWS = re.findall(r"^\| ([A-Z]\d\d(?: [A-Z]\d\d)*) \| ([^|]+) \| ([^|]+) \|$", TABLE, re.MULTILINE)
NAMED = sorted(set(re.findall(r"`([\w/]+\.py)::(\w+)`", TABLE)))
# What a site of this kind fails first.
CORE = set(
    re.findall(
        r"\w+",
        "A01 A03 A05 A06 A10 B01 B04 B09 B12 B15 C01 C03 C05 C07 C11 C12 C16 D01 D02 D05 D08 D10"
        " D16 E01 G02 G03 G04 P01 O06",
    )
)


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_what_the_table_names_is_there(file, name):
    known = ast.parse((TESTS / file).read_text()).body
    assert name in {one.name for one in known if isinstance(one, ast.FunctionDef)}


def test_the_core_is_in_the_table_and_every_check_once():
    listed = [one for ids, _fault, _held in ROWS for one in ids.split()]
    assert sorted(CORE - set(listed)) == []
    assert sorted(listed) == sorted(set(listed))
    assert len(ROWS) == len(re.findall(r"^\| [A-Z]\d", TABLE, re.MULTILINE))


def test_every_check_is_held_by_something():
    assert [ids for ids, _fault, held in ROWS if not re.search(r"`[^`]+`", held)] == []
    assert (settings.BASE_DIR / ".ci" / "run").exists()
