import gc
import warnings
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.db import connection
from django.test.utils import override_settings
from django.utils import translation

from tests.factories import EditorFactory

# What `make test FAST=1` leaves out: whole records, whole forms, whole tables of bad values.
SLOW = {
    "test_admin_dashboard",
    "test_admin_desk",
    "test_admin_entry",
    "test_admin_conflicts",
    "test_admin_merge",
    "test_admin_pages",
    "test_admin_publishing",
    "test_admin_remarks",
    "test_admin_stale",
    "test_chains",
    "test_fixtures",
    "test_hostile",
    "test_leaks",
    "test_nara",
    "test_probe",
    "test_roles",
    "test_translating",
    "test_questions",
}

DATABASES = {"db", "transactional_db", "live_server"}  # fixtures that ask for one


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.stem in SLOW:
            item.add_marker("slow")
        if not item.get_closest_marker("django_db") and not DATABASES & set(item.fixturenames):
            item.add_marker("plain")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request):
    """Each process of tests has its own database; SQLite's are in memory, which pytest-django knows
    of Django's own engine only."""
    if connection.vendor != "sqlite":
        request.getfixturevalue("django_db_modify_db_settings_parallel_suffix")


@pytest.fixture(autouse=True, scope="session")
def plain_static_files():
    """Static addresses without the manifest that `collectstatic` makes."""
    plain = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # WhiteNoise warns without it
    with override_settings(STORAGES=plain):
        storages._storages.clear()
        yield


@pytest.fixture(autouse=True, scope="session")
def quick_passwords():
    """Passwords hashed at once: a site's own way takes a quarter of a second for each editor."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture
def editor(client):
    """The browser of an administrator."""
    client.force_login(EditorFactory(first_name="Kim"))
    return client


@pytest.fixture
def other(editor):
    """A second editor, signed in elsewhere."""
    client = type(editor)()
    client.force_login(EditorFactory(first_name="Lee", last_name="Sora"))
    return client


@pytest.fixture(autouse=True)
def nothing_kept_from_other_tests(monkeypatch):
    """A worker keeps what one version of the record holds; each test has a record of its own, and
    sees each page drawn (test_kept.py asks for kept ones)."""
    from records import facets, public
    from records.views import answers, panel

    facets._shelves.clear()
    panel._forms.clear()
    public.forget()
    monkeypatch.setattr(answers.PAGES, "most", 0)
    # A request leaves its language behind.
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def no_database():
    """Django leaves open what turns out to be no database, and newer Pythons complain of that
    whenever they come to see it: here, where it is no fault."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()
