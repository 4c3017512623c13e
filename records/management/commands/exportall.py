from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from records.exports import whole


class Command(BaseCommand):
    help = "Write the whole public record as files of today: tables, JSON, one SQLite database."

    def add_arguments(self, parser):
        parser.add_argument(
            "--to", type=Path, metavar="DIR", help="Where; DATA_DIR/exports without it."
        )
        parser.add_argument(
            "--keep", type=int, metavar="N", help="Then remove all exports there but the newest N."
        )
        parser.add_argument(
            "--only-missing", action="store_true", help="Write nothing if today's is there."
        )

    def handle(self, *, to, keep, only_missing, **options):
        if keep is not None and keep < 1:
            raise CommandError("--keep must be 1 or more: the export just made is one.")
        root = to or settings.DATA_DIR / "exports"
        target = root / timezone.localdate().isoformat()
        try:
            written = whole.write(target, only_missing=only_missing)
        except whole.Moving as error:
            raise CommandError(str(error)) from error
        self.stdout.write(str(target) if written else f"{target}: there already")
        if keep is not None:
            for path in whole.remove_older(root, keep):
                self.stdout.write(f"{path}: removed")
