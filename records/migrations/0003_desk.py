"""The editors' desk: steps of review, remarks, who worked on what, and a group for each role."""

import django.db.models.deletion
from django.db import migrations, models

import records.models.fields

# As they were named when this was written; what they may do stands in `records/roles.py`.
ROLES = (
    "contributor",
    "translator-en",
    "translator-ko",
    "translator-ja",
    "reviewer",
    "publisher",
)


def make_roles(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    for name in ROLES:
        groups.get_or_create(name=name)


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("records", "0002_words"),
    ]

    operations = [
        migrations.CreateModel(
            name="Contribution",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.CharField(blank=True, max_length=310)),
                ("account", models.CharField(max_length=150)),
                ("at", models.DateTimeField()),
                (
                    "summit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contributions",
                        to="records.summit",
                    ),
                ),
            ],
            options={
                "verbose_name": "contribution",
                "verbose_name_plural": "contributions",
                "ordering": ["-at", "-id"],
                "indexes": [
                    models.Index(fields=["account", "-at"], name="contribution_of_account")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("summit", "account"), name="contribution_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("path", models.CharField(blank=True, max_length=300)),
                (
                    "text",
                    models.TextField(validators=[records.models.fields.valid_text]),
                ),
                ("by", models.CharField(blank=True, max_length=310)),
                ("account", models.CharField(blank=True, max_length=150)),
                ("at", models.DateTimeField()),
                (
                    "resolved_at",
                    models.DateTimeField(blank=True, null=True),
                ),
                (
                    "resolved_by",
                    models.CharField(blank=True, max_length=310),
                ),
                (
                    "reply_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="replies",
                        to="records.remark",
                    ),
                ),
                (
                    "summit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="remarks",
                        to="records.summit",
                    ),
                ),
            ],
            options={
                "verbose_name": "remark",
                "verbose_name_plural": "remarks",
                "ordering": ["at", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("summit", "number"), name="remark_number_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("submitted", "Submitted for review"),
                            ("taken-back", "Taken back"),
                            ("returned", "Changes requested"),
                            ("approved", "Approved"),
                            ("scheduled", "Scheduled"),
                            ("unscheduled", "Schedule cancelled"),
                            ("lapsed", "Not published at its time"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "comment",
                    models.TextField(
                        blank=True,
                        validators=[records.models.fields.valid_text],
                    ),
                ),
                ("by", models.CharField(blank=True, max_length=310)),
                ("account", models.CharField(blank=True, max_length=150)),
                ("at", models.DateTimeField()),
                ("is_last", models.BooleanField(default=True)),
                (
                    "after_edition",
                    models.PositiveIntegerField(default=0),
                ),
                (
                    "sha256",
                    models.CharField(max_length=64),
                ),
                (
                    "publish_at",
                    models.DateTimeField(blank=True, null=True),
                ),
                ("zone", models.CharField(blank=True, max_length=40)),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("opened", "Record opened"),
                            ("addition", "Addition"),
                            ("correction", "Correction"),
                            ("withdrawal", "Withdrawal"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "note_en",
                    models.TextField(
                        blank=True,
                        validators=[records.models.fields.valid_text],
                        verbose_name="public note",
                    ),
                ),
                (
                    "note_ko",
                    models.TextField(
                        blank=True,
                        validators=[records.models.fields.valid_text],
                        verbose_name="public note",
                    ),
                ),
                (
                    "note_ja",
                    models.TextField(
                        blank=True,
                        validators=[records.models.fields.valid_text],
                        verbose_name="public note",
                    ),
                ),
                (
                    "summit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reviews",
                        to="records.summit",
                    ),
                ),
            ],
            options={
                "verbose_name": "step",
                "verbose_name_plural": "steps",
                "ordering": ["-at", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("is_last", True)),
                        fields=["step", "at"],
                        name="review_waiting",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("summit", "number"), name="review_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_last", True)),
                        fields=("summit",),
                        name="review_one_last_step",
                    ),
                ],
            },
        ),
        # A group taken back by a step backwards would take its members' role: it stays.
        migrations.RunPython(make_roles, migrations.RunPython.noop),
    ]
