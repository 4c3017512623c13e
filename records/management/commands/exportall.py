from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from records.exports import whole


class Command(BaseCommand):
    help = "Write the whole public record as files of today: tables, JSON, one SQLite database."

    def add_arguments(self, parser):
        parser.add_argument("--to", type=Path, default=settings.DATA_DIR / "exports")

    def handle(self, **options):
        target = options["to"] / timezone.localdate().isoformat()
        try:
            whole.write(target)
        except whole.Moving as error:
            raise CommandError(str(error)) from error
        self.stdout.write(str(target))
