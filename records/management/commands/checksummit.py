from django.core.management.base import BaseCommand, CommandError

from records.document import schema
from records.document.canonical import canonical
from records.document.checks import problems, vocabulary_problems, waiting
from records.document.problems import ERROR, PUBLISH, said
from records.document.read import read, whole_vocabulary
from records.document.validate import validated, validated_vocabulary
from records.management.arguments import texts_of
from records.models import Summit
from records.summitfile import read_all

WORDS = {ERROR: "error", PUBLISH: "hinders publishing"}


class Command(BaseCommand):
    help = (
        "Say what is wrong with summit files, or with every summit of the record: errors, what"
        " hinders publishing, warnings, and references that wait for other summits."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="*", metavar="FILE")
        parser.add_argument("--all", action="store_true", help="Every summit of the record.")

    def handle(self, *, files, **options):
        if bool(files) == options["all"]:
            raise CommandError("Name files to check, or give --all for the whole record.")
        errors = self.check_record() if options["all"] else self.check_files(files)
        if errors:
            raise CommandError("1 error." if errors == 1 else f"{errors} errors.")

    def check_files(self, names):
        files = read_all(texts_of(names))
        documents = [file.document for file in files if file.document]
        for file in files:
            for kind in ("errors", "hindrances", "warnings"):
                word = {"errors": ERROR, "hindrances": PUBLISH}.get(kind, kind[:-1])
                for found in getattr(file, kind):
                    self.stdout.write(f"{found} ({WORDS.get(word, word)})")
            for place, name in waiting(file.document or {}, documents):
                self.stdout.write(f"{file.name}: {said(file.document, place)}: waits for {name}")
            if not file.errors:
                self.stdout.write(f"{file.name}: no errors")
        return sum(len(file.errors) for file in files)

    def check_record(self):
        errors = 0
        names = whole_vocabulary()
        _names, found = validated_vocabulary(names)
        for problem in [*found, *vocabulary_problems(names)]:
            errors += self.tell("vocabulary", {"vocabulary": names}, problem)
        for summit in Summit.objects.order_by("slug"):
            document = read(summit)
            clean, found = validated({"format": schema.FORMAT, **document})
            if not found and canonical(clean) != canonical(document):
                self.stdout.write(f"{summit.slug}: is not in its canonical form; save it again")
            for problem in [*found, *problems(document)]:
                errors += self.tell(summit.slug, document, problem)
            for place, name in waiting(document):
                self.stdout.write(f"{summit.slug}: {said(document, place)}: waits for {name}")
        self.stdout.write(f"{Summit.objects.count()} summits checked")
        return errors

    def tell(self, slug, document, problem):
        path = said(document, problem.place)
        where = f"{slug}: {path}: " if path else f"{slug}: "
        word = WORDS.get(problem.level, problem.level)
        self.stdout.write(f"{where}{problem.message} ({word})")
        return problem.level == ERROR
