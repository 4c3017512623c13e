"""Who has lost the second step signs in with the password and sets one up anew."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from records import audit
from records.models import Editor


class Command(BaseCommand):
    help = (
        "Forget an editor's app, keys and recovery codes: they are set up anew at the next sign-in."
    )

    def add_arguments(self, parser):
        parser.add_argument("username")

    def handle(self, *, username, **options):
        if not settings.SECOND_FACTOR:
            raise CommandError("This site asks for no second step (SECOND_FACTOR is off).")
        from allauth.mfa.models import Authenticator  # not there without the extra `mfa`

        editor = Editor.objects.filter(username=username).first()
        if editor is None:
            raise CommandError(f"There is no editor {username}.")
        Authenticator.objects.filter(user=editor).delete()
        audit.note("second step removed", about=editor)
        self.stdout.write(f"The second step of {username} is forgotten.")
