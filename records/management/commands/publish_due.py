from django.core.management.base import BaseCommand
from django.utils import timezone

from records import review
from records.review import open_forms


class Command(BaseCommand):
    help = (
        "Publish what editors scheduled for a time that has come; run it every few minutes. What"
        " changed since it was scheduled is not published, and goes back to the editors."
    )

    def handle(self, **options):
        for outcome in review.publish_due():
            slug, edition = outcome.summit.slug, outcome.edition
            if edition:
                self.stdout.write(f"{slug}: edition {edition.number} published")
            else:
                self.stderr.write(f"{slug}: not published. {outcome.reason}")
        open_forms.sweep(timezone.now())
