from django.core.management.base import BaseCommand

from records import waiting


class Command(BaseCommand):
    help = (
        "Find what waits for editors in summits that were never looked at, as after an upgrade."
        " Afterwards every change of a working copy notes it by itself."
    )

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="look at every summit anew")

    def handle(self, **options):
        count = waiting.catch_up(all_=options["all"])
        waiting.names_saved(waiting.all_names())
        self.stdout.write(f"{count} summits looked at")
