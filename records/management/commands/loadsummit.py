from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, transaction

from records import dates, publishing
from records.document.compare import differences
from records.document.schema import VOCABULARY, shape_of, vocabulary_name
from records.management.arguments import add_kind, add_note, notes_in_languages, texts_of
from records.models import Summit
from records.summitfile import all_names, check_all, parsed

OPENED = {"en": "Record opened.", "ko": "기록을 열었다.", "ja": "記録を公開した。"}
MOST = 100  # faults of one file that are printed
NOTHING = "nothing was written"


class Command(BaseCommand):
    help = (
        "Make the working copy of summits say exactly what their files say, all files or none."
        " Loading over unpublished changes is refused unless --merge or --replace is given."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", metavar="FILE", help="Summit or vocabulary files.")
        parser.add_argument("--dry-run", action="store_true", help="Show what would change.")
        parser.add_argument("--publish", action="store_true", help="Publish what was loaded.")
        add_note(parser)
        add_kind(parser)
        over = parser.add_mutually_exclusive_group()
        over.add_argument(
            "--merge", action="store_const", const="merge", dest="mode", default="",
            help="Keep unpublished changes beside the file's (base: the newest edition).",
        )  # fmt: skip
        over.add_argument(
            "--replace", action="store_const", const="replace", dest="mode",
            help="Take the file, unpublished changes are lost.",
        )  # fmt: skip
        parser.add_argument(
            "--update-vocabulary", action="store_true", help="Take the files' form of known names."
        )
        parser.add_argument(
            "--only-new", action="store_true", help="Leave summits alone that the record has."
        )

    def handle(self, *, files, **options):
        self.options = options
        self.notes = notes_in_languages(options["note"])
        if self.notes and not options["publish"]:
            raise CommandError("--note says what an edition changed; it goes with --publish.")
        if options["kind"] and not options["publish"]:
            raise CommandError("--kind says what an edition does; it goes with --publish.")
        read = [parsed(text, name) for name, text in texts_of(files)]
        names = all_names(read)
        self.told, self.faults = [], []
        wanted = [file for file in read if not (options["only_new"] and self.is_known(file))]
        check_all(wanted, names)
        self.refuse([error for file in read for error in file.errors[:MOST]])
        wanted.sort(key=lambda file: (first_day(file), file.name))
        try:
            with transaction.atomic():
                # A name that an editor took out of the record does not come back by itself.
                if len(wanted) == len(read) or any(file.document for file in wanted):
                    self.load_names(names)
                for file in wanted:
                    if file.document is not None:
                        self.load(file)
                self.refuse(self.faults)
                if options["dry_run"]:
                    transaction.set_rollback(True)
        except OperationalError as problem:
            raise CommandError(
                f"The database did not answer in time, perhaps another load is running; {NOTHING}."
                f" ({problem})"
            ) from problem
        for line in self.told:
            self.stdout.write(line)
        if options["verbosity"] > 1:
            for warning in (warning for file in wanted for warning in file.warnings):
                self.stderr.write(str(warning))
        if options["dry_run"]:
            self.stdout.write(f"Dry run: {NOTHING}.")

    def refuse(self, faults):
        if faults:
            for fault in faults:
                self.stderr.write(str(fault))
            count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
            raise CommandError(f"{count}; {NOTHING}.")

    def is_known(self, file):
        document = file.document or {}
        known = [document.get("slug", ""), *document.get("formerly", [])]
        if not Summit.objects.filter(slug__in=known).exists():
            return False
        self.told.append(f"{file.slug}: in the record already, skipped")
        return True

    def load_names(self, names):
        try:
            report = publishing.load_vocabulary(names, update=self.options["update_vocabulary"])
        except publishing.Refused as refusal:
            self.faults += [problem.message for problem in refusal.problems]
            return
        for done, slugs in (("added", report.added), ("updated", report.updated)):
            for kind in dict.fromkeys(kind for kind, _slug in slugs):
                listed = ", ".join(slug for known, slug in slugs if known == kind)
                self.told.append(f"vocabulary: {kind} {done}: {listed}")
        if self.options["only_new"]:
            return
        shapes = {vocabulary_name(model): shape_of(model) for model in VOCABULARY.values()}
        for (kind, slug), forms in report.different.items():
            self.told.append(
                f"vocabulary: {kind} {slug} differs; the record's form stays"
                " (--update-vocabulary takes the file's):"
            )
            changes = differences(forms["record"], forms["file"], shapes[kind])
            self.told += [f"  file has {change} in the record" for change in changes]

    def load(self, file):
        known = [file.slug, *file.document.get("formerly", [])]
        is_new = not Summit.objects.filter(slug__in=known).exists()
        try:
            loaded = publishing.load(file.document, mode=self.options["mode"])
            self.told += in_words(file.slug, loaded.changes, is_new)
            if self.options["publish"]:
                self.told.append(f"{file.slug}: {self.publish(loaded.summit)}")
        except publishing.Refused as refusal:
            self.faults += [file.error(problem) for problem in refusal.problems]
        except publishing.Unpublished as refusal:
            told = [
                f"{file.name}: the record of {file.slug} has changes that no edition has; --replace"
                " takes the file, --merge keeps both (if the summit was published before):"
            ]
            told += [f"{file.name}: unpublished: {change}" for change in refusal.changes]
            self.faults.append("\n".join(told))
        except publishing.Conflicted as refusal:
            for conflict in refusal.conflicts:
                at = file.line_of(conflict.path)
                self.faults.append(f"{at.name}:{at.line}:{at.column}: conflict: {conflict}")
        except NoteMissing:
            self.faults.append(
                f"{file.name}: {file.slug} is published already; --publish needs a --note that says"
                " what changed."
            )

    def publish(self, summit):
        now = publishing.state(summit)
        if now.edition is not None and not now.is_public:
            return "withdrawn; the command `publish` opens it again"
        if now.edition is not None and not now.is_changed:
            return "nothing new to publish"
        if now.edition is not None and not self.notes:
            raise NoteMissing
        edition = publishing.publish(summit, note=self.notes or OPENED, kind=self.options["kind"])
        return f"edition {edition.number} published" if edition else "nothing new to publish"


class NoteMissing(Exception):
    pass


def first_day(file):
    starts = (file.document or {}).get("starts")
    return (dates.bounds(starts)[0] if starts else None) or date.min


def in_words(slug, changes, is_new):
    if is_new:
        return [f"{slug}: new"]
    if not changes:
        return [f"{slug}: nothing to change"]
    count = "1 change" if len(changes) == 1 else f"{len(changes)} changes"
    return [f"{slug}: {count}", *(f"  {change}" for change in changes)]
