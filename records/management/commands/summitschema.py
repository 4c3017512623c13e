import json

from django.core.management.base import BaseCommand

from records.document.schema import json_schema


class Command(BaseCommand):
    help = "Print the JSON Schema of a summit file, for an editor that completes and checks YAML."

    def handle(self, **options):
        self.stdout.write(json.dumps(json_schema(), ensure_ascii=False, indent=2))
