"""The real record, loaded as on a new machine and read as a reader does: by its pages."""

from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import transaction
from django.test import Client

import records
from tests.elements import Element, Tree

FILES = sorted((Path(records.__file__).parent / "fixtures").glob("*.yaml"))
LANGUAGES = ("en", "ko", "ja")


@contextmanager
def whole_record(django_db_blocker):
    """A client of a site that holds all nine summits, for as long as a module's tests take."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("loadsummit", *map(str, FILES), "--publish", verbosity=0)
        yield Client()
        transaction.set_rollback(True)


def page(site, address) -> Element:
    response = site.get(address)
    assert response.status_code == 200, address
    return Tree(response.content.decode()).open[0]
