"""The index of words: what entries are searched by, in FTS5 on SQLite, in a GIN index on PostgreSQL.

On SQLite the index names the table `records_words` as its content, and triggers keep it: whatever
writes the rows (publishing, loaddata, a cascade), the index follows. A later migration that makes
Django rebuild this table on SQLite (most changes of its fields) must make the triggers anew.

A record that exists already is found by its words at once; `manage.py reindex` then adds what the
texts are, so that search can say why it found something.
"""

import django.db.models.deletion
from django.db import migrations, models

from records.search.words import stream

FTS5 = [
    # ascii: everything beyond ASCII belongs to a token, whatever Unicode the SQLite knows.
    """
    CREATE VIRTUAL TABLE records_words_index USING fts5(
        tokens, content='records_words', content_rowid='entry_id',
        tokenize='ascii', columnsize=0
    )
    """,
    """
    CREATE TRIGGER records_words_new AFTER INSERT ON records_words BEGIN
        INSERT INTO records_words_index (rowid, tokens) VALUES (new.entry_id, new.tokens);
    END
    """,
    """
    CREATE TRIGGER records_words_gone AFTER DELETE ON records_words BEGIN
        INSERT INTO records_words_index (records_words_index, rowid, tokens)
        VALUES ('delete', old.entry_id, old.tokens);
    END
    """,
    """
    CREATE TRIGGER records_words_changed AFTER UPDATE OF entry_id, tokens ON records_words BEGIN
        INSERT INTO records_words_index (records_words_index, rowid, tokens)
        VALUES ('delete', old.entry_id, old.tokens);
        INSERT INTO records_words_index (rowid, tokens) VALUES (new.entry_id, new.tokens);
    END
    """,
]
NOT_FTS5 = [
    "DROP TRIGGER records_words_new",
    "DROP TRIGGER records_words_gone",
    "DROP TRIGGER records_words_changed",
    "DROP TABLE records_words_index",
]
GIN = [
    """
    CREATE INDEX records_words_index ON records_words
    USING gin (array_to_tsvector(string_to_array(tokens, ' ')))
    """
]
NOT_GIN = ["DROP INDEX records_words_index"]


def make(apps, schema_editor):
    for statement in GIN if schema_editor.connection.vendor == "postgresql" else FTS5:
        schema_editor.execute(statement, params=None)


def unmake(apps, schema_editor):
    for statement in NOT_GIN if schema_editor.connection.vendor == "postgresql" else NOT_FTS5:
        schema_editor.execute(statement, params=None)


def fill(apps, schema_editor):
    entries = apps.get_model("records", "Entry").objects.exclude(words="")
    words = apps.get_model("records", "Words")
    rows = entries.values_list("pk", "kind", "words").iterator(chunk_size=1000)
    batch = []
    for pk, kind, text in rows:
        batch.append(words(entry_id=pk, tokens=stream(kind, text.split("\n"), [])))
        if len(batch) == 1000:
            words.objects.bulk_create(batch)
            batch = []
    words.objects.bulk_create(batch)


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Words",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("texts", models.JSONField(default=list)),
                ("tokens", models.TextField(default="")),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="searched",
                        to="records.entry",
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.RunPython(make, unmake),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RemoveField(model_name="entry", name="words"),
    ]
