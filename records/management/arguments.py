"""What several commands ask for: summits by slug, notes in languages, summit files."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from records.choices import EditionKind
from records.document.problems import did_you_mean
from records.document.schema import LANGUAGES
from records.models import Summit
from records.storage import Check
from records.summitfile import LARGEST

ENDINGS = (".yaml", ".yml")


def summits_named(slugs: Iterable[str]) -> list[Summit]:
    """The summits with these slugs, in this order; a slug that no summit has is a CommandError."""
    slugs = list(dict.fromkeys(slugs))
    found = {summit.slug: summit for summit in Summit.objects.filter(slug__in=slugs)}
    if missing := [slug for slug in slugs if slug not in found]:
        known = list(Summit.objects.values_list("slug", flat=True))
        told = [f"No summit “{slug}” in the record.{did_you_mean(slug, known)}" for slug in missing]
        raise CommandError("\n".join(told))
    return [found[slug] for slug in slugs]


def add_note(parser: argparse.ArgumentParser, *, required: bool = False) -> None:
    parser.add_argument(
        "--note",
        action="append",
        default=[],
        required=required,
        metavar="TEXT",
        help="What changed, for readers, in English; ko=TEXT and ja=TEXT give it in Korean and"
        " Japanese. May be repeated.",
    )


def add_kind(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--kind",
        choices=[str(EditionKind.ADDITION), str(EditionKind.CORRECTION)],
        default="",
        help="What the edition does to the record (a first edition is always “opened”).",
    )


def notes_in_languages(texts: Iterable[str]) -> dict[str, str]:
    """`["Date corrected.", "ko=날짜를 고쳤다."]` as `{"en": ..., "ko": ...}`."""
    notes: dict[str, str] = {}
    for text in texts:
        code, sign, rest = text.partition("=")
        language, words = (code, rest) if sign and code in LANGUAGES else ("en", text)
        if language in notes:
            raise CommandError(f"--note is given twice in one language ({language}).")
        if not words.strip():
            raise CommandError("--note is empty; say what changed.")
        notes[language] = words.strip()
    return notes


def texts_of(names: Iterable[str]) -> list[tuple[str, bytes]]:
    """Name and bytes of each file, no more bytes than tell that it is too large."""
    texts, faults = [], []
    for name in dict.fromkeys(names):
        if not name.endswith(ENDINGS):
            faults.append(f"{name}: a summit file's name ends in .yaml.")
            continue
        try:
            with Path(name).open("rb") as file:
                texts.append((name, file.read(LARGEST + 1)))
        except OSError as problem:
            faults.append(f"{name}: {problem.strerror}.")
    if faults:
        raise CommandError("\n".join(faults))
    return texts


def told_check(command: BaseCommand, check: Check) -> None:
    """Print what a check of a database found."""
    extent = f" ({check.told})" if check.told else ""
    command.stdout.write(f"{check.name}{extent}: {'NO' if check.faults else 'yes'}")
    for fault in check.faults:
        command.stderr.write(f"  {fault}")


def told_checks(command: BaseCommand, checks: Iterable[Check]) -> None:
    for check in checks:
        told_check(command, check)
