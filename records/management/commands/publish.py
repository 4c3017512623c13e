from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from records import publishing
from records.choices import EditionKind
from records.document.problems import said
from records.management.arguments import add_note, notes_in_languages, summits_named


class Command(BaseCommand):
    help = "Publish the working copy of summits as their next edition; all of them or none."

    def add_arguments(self, parser):
        parser.add_argument("slugs", nargs="+", metavar="SLUG")
        add_note(parser, required=True)
        parser.add_argument(
            "--kind",
            choices=[str(EditionKind.ADDITION), str(EditionKind.CORRECTION)],
            default="",
            help="What the edition does to the record (a first edition is always “opened”).",
        )

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
