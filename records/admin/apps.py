from importlib import import_module

from django.contrib.admin.apps import AdminConfig

ROOMS = (
    "summit",
    "participant",
    "session",
    "commitment",
    "source",
    "vocabulary",
    "edition",
    "events",
    "editor",
)


class RecordAdminConfig(AdminConfig):
    """Django's admin with the record's own site; stands in INSTALLED_APPS for it."""

    default_site = "records.admin.site.RecordAdminSite"

    def ready(self):
        super().ready()
        for room in ROOMS:
            import_module(f"records.admin.{room}")
