from importlib import import_module

from django.apps import AppConfig, apps
from django.conf import settings
from django.contrib import admin


class SummitConfig(AppConfig):
    """The building as an application: it owns the cache's table; stands last in INSTALLED_APPS."""

    name = "summit"

    def ready(self) -> None:
        import_module("summit.sqlite.checks")  # it registers itself
        if not settings.SECOND_FACTOR:
            return
        # The forms that come with allauth show secrets and let an administrator write them.
        for label in ("account", "mfa"):
            for model in apps.get_app_config(label).get_models():
                if admin.site.is_registered(model):
                    admin.site.unregister(model)
