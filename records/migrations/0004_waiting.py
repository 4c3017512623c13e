"""The editors' desk: open forms, events that nothing changes, links, and work that waits."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Whoever asks the database itself is refused as the models refuse it. `loaddata` may write an
# event once more as it is; `flush` empties the table (`management/commands/flush.py`).
COLUMNS = ("uid", "at", "by", "account", "action", "kind", "key", "summit", "facts", "request")


def make_events_last(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        changed = " OR ".join(f'OLD."{name}" IS NOT NEW."{name}"' for name in COLUMNS)
        for name, moment, when in (
            ("changed", "UPDATE", f" WHEN {changed}"),
            ("deleted", "DELETE", ""),
        ):
            schema_editor.execute(
                f"CREATE TRIGGER records_event_not_{name} BEFORE {moment} ON records_event"
                f"{when} BEGIN SELECT RAISE(ABORT, 'events are not {name}'); END"
            )
        return
    rows = [", ".join(f'{row}."{name}"' for name in COLUMNS) for row in ("OLD", "NEW")]
    schema_editor.execute(
        "CREATE FUNCTION records_event_lasts() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'events are neither changed nor deleted'; END $$"
    )
    for name, moment, when in (
        ("changed", "UPDATE", f" WHEN (ROW({rows[0]}) IS DISTINCT FROM ROW({rows[1]}))"),
        ("deleted", "DELETE", ""),
    ):
        schema_editor.execute(
            f"CREATE TRIGGER records_event_not_{name} BEFORE {moment} ON records_event"
            f" FOR EACH ROW{when} EXECUTE FUNCTION records_event_lasts()"
        )


def let_events_go(apps, schema_editor):
    """Backwards: the table goes and takes its triggers along."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION records_event_lasts() CASCADE")


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0003_desk"),
    ]

    operations = [
        migrations.CreateModel(
            name="Event",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("at", models.DateTimeField(verbose_name="when")),
                ("by", models.CharField(max_length=310, verbose_name="who")),
                ("account", models.CharField(blank=True, max_length=150, verbose_name="account")),
                ("action", models.CharField(max_length=40, verbose_name="action")),
                ("kind", models.CharField(blank=True, max_length=40, verbose_name="kind")),
                ("key", models.CharField(blank=True, max_length=310, verbose_name="key")),
                ("summit", models.CharField(blank=True, max_length=80, verbose_name="summit")),
                ("facts", models.JSONField(blank=True, default=dict, verbose_name="facts")),
                ("request", models.CharField(blank=True, max_length=32, verbose_name="request")),
            ],
            options={
                "verbose_name": "event",
                "verbose_name_plural": "events",
                "ordering": ["-at", "-id"],
                "indexes": [
                    models.Index(fields=["-at", "-id"], name="event_newest"),
                    models.Index(fields=["account", "-at"], name="event_of_account"),
                    models.Index(fields=["action", "-at"], name="event_of_action"),
                    models.Index(fields=["summit", "-at"], name="event_of_summit"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("url", models.CharField(max_length=600, unique=True)),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                ("status", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("trouble", models.CharField(blank=True, max_length=200)),
                ("final_url", models.CharField(blank=True, max_length=2000)),
                ("failing_since", models.DateTimeField(blank=True, null=True)),
                ("is_dead", models.BooleanField(default=False)),
            ],
            options={
                "verbose_name": "link",
                "verbose_name_plural": "links",
                "ordering": ["url"],
                "indexes": [
                    models.Index(fields=["checked_at"], name="link_checked"),
                    models.Index(
                        condition=models.Q(("is_dead", True)), fields=["url"], name="link_dead"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Spelling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("slug", models.CharField(max_length=80)),
                ("folded", models.CharField(max_length=400)),
            ],
            options={
                "verbose_name": "spelling",
                "verbose_name_plural": "spellings",
                "indexes": [models.Index(fields=["kind", "folded", "slug"], name="spelling_met")],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "slug", "folded"), name="spelling_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Upkeep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("texts", models.JSONField(blank=True, default=dict)),
                ("bases", models.JSONField(blank=True, default=dict)),
                (
                    "summit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="upkeep",
                        to="records.summit",
                    ),
                ),
            ],
            options={
                "verbose_name": "upkeep",
                "verbose_name_plural": "upkeep",
            },
        ),
        migrations.CreateModel(
            name="OpenForm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("form", models.CharField(max_length=200)),
                ("summit", models.CharField(blank=True, max_length=80)),
                ("opened_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                ("typed", models.TextField(blank=True)),
                ("typed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "editor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="open_forms",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "open form",
                "verbose_name_plural": "open forms",
                "ordering": ["-opened_at", "-id"],
                "indexes": [
                    models.Index(fields=["form", "seen_at"], name="open_form_seen"),
                    models.Index(fields=["summit", "seen_at"], name="open_form_of_summit"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("editor", "form"), name="open_form_once_per_editor"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Work",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("place", models.CharField(max_length=300)),
                ("since", models.DateField()),
                ("words", models.JSONField(blank=True, default=dict)),
                (
                    "summit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="work",
                        to="records.summit",
                    ),
                ),
            ],
            options={
                "verbose_name": "work that waits",
                "verbose_name_plural": "work that waits",
                "ordering": ["since", "id"],
                "indexes": [models.Index(fields=["kind", "since", "id"], name="work_waiting")],
                "constraints": [
                    models.UniqueConstraint(fields=("summit", "kind", "place"), name="work_once")
                ],
            },
        ),
        migrations.RunPython(make_events_last, let_events_go),
    ]
