from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from records import storage
from records.management.arguments import told_checks


class Command(BaseCommand):
    help = (
        "Put a copy in the place of the site's database, which is put aside; refused while the site"
        " runs. On PostgreSQL the copy becomes a database beside the site's, to be named in"
        " DATABASE_URL. All editors must sign in again."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", help="A copy that `backup` made.")

    def handle(self, *, file, **options):
        try:
            restored = storage.restore(Path(file))
        except storage.Failed as failure:
            told_checks(self, failure.checks)
            raise CommandError(str(failure)) from failure
        self.stdout.write(f"{file} is now {restored.now}")
        if restored.aside:
            self.stdout.write(f"The database before it lies at {restored.aside}")
        if restored.is_beside:
            self.stdout.write(
                "The site still has its old database: put this name at the end of DATABASE_URL,"
                " then restart the site."
            )
        if restored.waiting:
            self.stdout.write(
                f"It is of an older release: run migrate and reindex before the site starts"
                f" ({', '.join(restored.waiting)})."
            )
