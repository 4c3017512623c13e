"""Emptying the database and loading a copy, though events are neither changed nor deleted."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from records import audit
from records.models import Event


@pytest.mark.django_db
def test_copy_of_events_is_loaded_over_them(tmp_path):
    audit.note("signed in", by="kim")
    path = tmp_path / "events.json"
    call_command("dumpdata", "records.event", output=str(path))
    before = list(Event.objects.values())

    call_command("loaddata", str(path), verbosity=0)

    assert list(Event.objects.values()) == before


@pytest.mark.django_db(transaction=True)
def test_flush_empties_events_which_last_again_afterwards():
    audit.note("signed in", by="kim")

    call_command("flush", interactive=False, verbosity=0)

    assert Event.objects.count() == 0
    audit.note("signed in", by="lee")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM records_event")
