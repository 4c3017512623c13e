"""What the checks say of a document or a file is said in the editor's language."""

import ast
import re
from pathlib import Path

import pytest
from django.utils import translation

import records
from records import dates
from records.document.checks import problems
from records.summitfile import read
from tests.broken import BROKEN, edited
from tests.factories import commitment, document, progress

ROOT = Path(records.__file__).parent
SPEAKING = [
    *sorted((ROOT / "document").rglob("*.py")),
    *sorted((ROOT / "summitfile").rglob("*.py")),
    ROOT / "dates.py",
]
TWO_WORDS = re.compile(r"[A-Za-z]{2,} [a-z]{2,}")
QUOTED = re.compile(r"“[^”]*”|「[^」]*」|`[^`]*`|\([^)]*\)|（[^）]*）")
SCRIPT = {"ko": re.compile("[가-힣]"), "ja": re.compile("[ぁ-ん]")}


@pytest.mark.parametrize("path", SPEAKING, ids=lambda path: path.stem)
def test_no_sentence_is_put_together_where_no_catalogue_sees_it(path):
    built = [node for node in ast.walk(ast.parse(path.read_text())) if is_built(node)]

    assert [(node.lineno, ast.unparse(node)) for node in built] == []


def is_built(node: ast.AST) -> bool:
    if not isinstance(node, ast.JoinedStr):
        return False
    plain = [part.value for part in node.values if isinstance(part, ast.Constant)]
    return any(TWO_WORDS.search(str(words)) for words in plain)


def test_sentence_put_together_is_found():
    [statement] = ast.parse('f"{date} is before the summit."').body

    assert is_built(statement.value)


def in_english(messages: list[str], language: str) -> list[str]:
    """Those without a letter of the language outside what they quote."""
    return [one for one in messages if not SCRIPT[language].search(QUOTED.sub("", one))]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ko", "ja"])
def test_faults_of_files_are_told_in_the_editors_language(language):
    with translation.override(language):
        files = [read(edited(edits), "nara.yaml") for edits, _told in BROKEN.values()]

    told = [error.message for file in files for error in [*file.errors, *file.hindrances]]
    assert in_english(told, language) == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ko", "ja"])
def test_warnings_and_hindrances_are_told_in_the_editors_language(language):
    late = [progress(date="2030-01-01"), progress("early", date="2020"), progress("x", party="usa")]
    poor = document(
        title=None,
        ends="2026-01-01",
        timezone="Nara",
        series_number=2,
        sources=None,
        city=None,
        commitments=[commitment(parties=["usa"], progress=late, continues=["2026-nara-9"])],
    )

    with translation.override(language):
        told = [problem.message for problem in problems(poor)]

    assert len(told) > 10
    assert in_english(told, language) == []


@pytest.mark.parametrize(
    "text", ["", "soon", "2026-02-30", "2026-13", "0000", "2026/2025", "../.."]
)
@pytest.mark.parametrize("language", ["ko", "ja"])
def test_what_is_no_date_is_told_in_the_editors_language(text, language):
    with translation.override(language), pytest.raises(dates.BadDate) as refused:
        dates.parse(text)

    assert in_english([str(refused.value), refused.value.reason], language) == []
