"""The site, or with BENCH_TWIN its twin, for a server."""

import os

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test.utils import override_settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")
django.setup()
twin = bool(os.environ.get("BENCH_TWIN"))
with override_settings(MIDDLEWARE=settings.NAIVE_MIDDLEWARE if twin else settings.SITE_MIDDLEWARE):
    application = WSGIHandler()
