import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "summit.settings")
application = get_wsgi_application()

from summit.held import hold_open  # noqa: E402  settings come first

hold_open()
