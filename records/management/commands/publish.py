from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from records import publishing
from records.document.problems import said
from records.management.arguments import add_kind, add_note, notes_in_languages, summits_named


class Command(BaseCommand):
    help = "Publish the working copy of summits as their next edition; all of them or none."

    def add_arguments(self, parser):
        parser.add_argument("slugs", nargs="+", metavar="SLUG")
        add_note(parser, required=True)
        add_kind(parser)

    def handle(self, *, slugs, note, kind, **options):
        notes = notes_in_languages(note)
        summits = summits_named(slugs)
        faults, told = [], []
        with transaction.atomic():
            for summit in summits:
                try:
                    edition = publishing.publish(summit, note=notes, kind=kind)
                except publishing.Refused as refusal:
                    document = publishing.state(summit).document
                    faults += [
                        f"{summit.slug}: {said(document, problem.place)}: {problem.message}"
                        for problem in refusal.problems
                    ]
                else:
                    done = (
                        f"edition {edition.number} published"
                        if edition
                        else "nothing new to publish"
                    )
                    told.append(f"{summit.slug}: {done}")
            if faults:
                raise CommandError("\n".join([*faults, "Nothing was published."]))
        for line in told:
            self.stdout.write(line)
