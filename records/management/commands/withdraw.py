from django.core.management.base import BaseCommand, CommandError

from records import publishing
from records.management.arguments import add_note, notes_in_languages, summits_named


class Command(BaseCommand):
    help = "Withdraw a published summit: its addresses answer “gone”, with the note as the reason."

    def add_arguments(self, parser):
        parser.add_argument("slug", metavar="SLUG")
        add_note(parser, required=True)

    def handle(self, *, slug, note, **options):
        notes = notes_in_languages(note)
        [summit] = summits_named([slug])
        try:
            edition = publishing.withdraw(summit, note=notes)
        except publishing.Refused as refusal:
            told = [f"{slug}: {problem.message}" for problem in refusal.problems]
            raise CommandError("\n".join(told)) from refusal
        self.stdout.write(f"{slug}: withdrawn with edition {edition.number}")
