"""The site's own settings, with its naive twin beside it."""

from summit.databases import POSTGRESQL
from summit.settings import *  # noqa: F403 - all of them, as the site runs
from summit.settings import DATA_DIR, DATABASES, INSTALLED_APPS, MIDDLEWARE

SITE_MIDDLEWARE = MIDDLEWARE
# As `startproject` writes it: what the twin passes through.
NAIVE_MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
INSTALLED_APPS = [*INSTALLED_APPS, "tests.bench.naive"]
ROOT_URLCONF = "tests.bench.urls"
# The twin has a database of its own, as large as it needs; on PostgreSQL tables beside the site's.
TWIN = dict(DATABASES["default"])
if DATABASES["default"]["ENGINE"] != POSTGRESQL:
    TWIN["ENGINE"] = "django.db.backends.sqlite3"  # as `startproject` has it
    TWIN["NAME"] = str(DATA_DIR / "twin.sqlite3")
DATABASES = {**DATABASES, "twin": TWIN}
DATABASE_ROUTERS = ["tests.bench.naive.router.Router"]
