from django.core.management.base import BaseCommand

from records import index


class Command(BaseCommand):
    help = "Rebuild the whole index that readers' lists are drawn from, out of the editions."

    def handle(self, **options):
        count = index.reindex()
        self.stdout.write(f"{count} summits indexed")
