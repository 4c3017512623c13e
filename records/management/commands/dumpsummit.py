import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from records.document.formats import opened
from records.document.read import read, vocabulary_for, whole_vocabulary
from records.document.schema import VOCABULARY, vocabulary_name
from records.management.arguments import summits_named
from records.models import Summit
from records.summitfile import dump, dump_vocabulary


class Command(BaseCommand):
    help = (
        "Write summits (their working copy, or an edition) and the vocabulary as summit files."
        " Comments of a file that was loaded are not kept."
    )

    def add_arguments(self, parser):
        parser.add_argument("slugs", nargs="*", metavar="SLUG")
        parser.add_argument("--all", action="store_true", help="Every summit of the record.")
        parser.add_argument(
            "--vocabulary", action="store_true", help="All names, as vocabulary.yaml."
        )
        parser.add_argument("--edition", type=int, metavar="N", help="Edition N instead.")
        parser.add_argument(
            "--output-dir", metavar="D", help="Write SLUG.yaml there instead of printing the text."
        )

    def handle(self, *, slugs, output_dir, edition, vocabulary, **options):
        if options["all"]:
            slugs = Summit.objects.order_by("slug").values_list("slug", flat=True)
        summits = summits_named(slugs)
        if len(summits) + vocabulary != 1 and not output_dir:
            raise CommandError("Name one summit, or give --output-dir for several files.")
        texts = {f"{summit.slug}.yaml": text_of(summit, edition) for summit in summits}
        if vocabulary:
            texts["vocabulary.yaml"] = dump_vocabulary(whole_vocabulary())
        for name, text in texts.items():
            if output_dir:
                path = Path(output_dir, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8", newline="\n")
                self.stdout.write(str(path))
            else:
                self.stdout.write(text, ending="")


def text_of(summit, number):
    if number is None:
        document = read(summit)
        return dump(document, vocabulary_for(document))
    edition = edition_of(summit, number)
    names = json.loads(edition.names)  # as they stood: some may have changed or gone since
    held = {name: names.get(vocabulary_name(model), {}) for name, model in VOCABULARY.items()}
    vocabulary = {name: [rows[slug] for slug in sorted(rows)] for name, rows in held.items()}
    return dump(opened(edition.content), vocabulary)


def edition_of(summit, number):
    edition = summit.editions.filter(number=number).first()
    if edition is None:
        raise CommandError(
            f"{summit.slug} has no edition {number}; it has {summit.editions.count()}."
        )
    return edition
