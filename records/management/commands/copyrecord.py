from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from records import storage
from records.management.arguments import told_checks
from summit.databases import database


class Command(BaseCommand):
    help = (
        "Move the whole site, accounts and all, into an empty PostgreSQL database, and prove it"
        " equal: rows and digests of every table, editions, index. All arrives or nothing; the"
        " site's own database is only read. Stop the site first."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--to", required=True, metavar="URL", help="postgres://user:password@host:5432/name"
        )

    def handle(self, *, to, **options):
        try:
            target = database(to)
        except (ImproperlyConfigured, KeyError, ValueError):
            target = {}
        if target.get("ENGINE") != "django.db.backends.postgresql":
            # The address itself may hold a password: it is not repeated.
            raise CommandError("--to can be postgres://user:password@host:5432/name.")
        total = storage.Extent()

        def told(table, extent):
            total.rows += extent.rows
            self.stdout.write(f"{table}: {extent.rows} rows, {extent.digest}: equal")

        try:
            storage.move(target, told)
        except storage.Failed as failure:
            told_checks(self, failure.checks)
            raise CommandError(str(failure)) from failure
        self.stdout.write(f"{total.rows} rows moved; editions and index are whole.")
        self.stdout.write("Put the new address into DATABASE_URL, then start the site.")
