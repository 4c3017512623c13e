from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from records import storage
from records.management.arguments import told_checks


class Command(BaseCommand):
    help = (
        "Copy the whole record as of this moment, while editors go on saving: one file beside its"
        " checksum, checked before it gets its name. It asks nothing of the release: run it before"
        " an upgrade."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--to", metavar="DIR", help="Where; DATA_DIR/backup without it.")
        parser.add_argument(
            "--keep", type=int, metavar="N", help="Then remove all copies there but the newest N."
        )

    def handle(self, *, to, keep, **options):
        if keep is not None and keep < 1:
            raise CommandError("--keep must be 1 or more: the copy just made is one.")
        folder = Path(to) if to else settings.DATA_DIR / "backup"
        try:
            copy = storage.back_up(folder)
        except storage.Failed as failure:
            told_checks(self, failure.checks)
            raise CommandError(str(failure)) from failure
        self.stdout.write(
            f"{copy.path}: {copy.size / 1e6:.1f} MB, {copy.editions} editions, whole,"
            f" in {copy.seconds:.1f} s"
        )
        if keep is not None:
            for path in storage.remove_older(folder, keep):
                self.stdout.write(f"{path}: removed")
