from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from records import storage
from records.management.arguments import told_check

SAMPLE = 20  # summits


class Command(BaseCommand):
    help = (
        "Say whether a copy, or the site's own database, is whole: the file, its references, every"
        " edition against its SHA-256 and the one before, and the index against the editions."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", metavar="FILE", help="A copy that `backup` made.")
        parser.add_argument(
            "--full", action="store_true",
            help=f"Compare the whole index, not that of {SAMPLE} summits; on PostgreSQL's own"
            " database nobody can publish meanwhile.",
        )  # fmt: skip

    def handle(self, *, file, full, **options):
        failed = 0
        try:
            for check in storage.verified(
                Path(file) if file else None, sample=0 if full else SAMPLE
            ):
                told_check(self, check)
                failed += bool(check.faults)
        except storage.Failed as failure:
            raise CommandError(str(failure)) from failure
        if failed:
            raise CommandError("1 check failed." if failed == 1 else f"{failed} checks failed.")
