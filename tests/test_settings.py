"""What the environment makes of the settings, and what production refuses to start without."""

import os
import re
import runpy
import sqlite3
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.utils import ConnectionHandler
from django.test import Client, override_settings

from records.models import Editor
from summit.sqlite.checks import MENDED, check_library
from tests import factories

PRODUCTION = {
    "SITE_ENV": "production",
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "ALLOWED_HOSTS": "record.example",
    "SITE_URL": "https://record.example/",
    "CONTACT_EMAIL": "editors@record.example",
}
# The last is set by the browser's tests, and refused in production.
OURS = (
    *PRODUCTION,
    "DATA_DIR",
    "DATABASE_URL",
    "REPLICA_URLS",
    "CACHE_URLS",
    "TRUST_PROXY",
    "SECOND_FACTOR",
    "SECRET_KEY_FALLBACKS",
    "PORT",
    "DJANGO_ALLOW_ASYNC_UNSAFE",
)


@pytest.fixture
def started(monkeypatch, tmp_path):
    """The settings as a process with exactly these variables would have them."""

    def start(**variables):
        for name in OURS:
            monkeypatch.delenv(name, raising=False)
        for name, value in {"DATA_DIR": str(tmp_path / "data"), **variables}.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(settings.BASE_DIR / "summit" / "settings.py"))

    return start


def refusal(started, **variables):
    with pytest.raises(ImproperlyConfigured) as refused:
        started(**variables)
    return str(refused.value)


def environment(tmp_path, **variables):
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    return {**kept, "DATA_DIR": str(tmp_path / "data"), **variables}


def manage(tmp_path, *arguments, **variables):
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=environment(tmp_path, **variables),
        capture_output=True,
        text=True,
        check=False,
    )


# production ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "CONTACT_EMAIL"])
@pytest.mark.parametrize("value", [None, "", "  "])
def test_production_does_not_start_without_what_it_needs(started, name, value):
    given = {key: found for key, found in PRODUCTION.items() if key != name}
    if value is not None:
        given[name] = value
    assert refusal(started, **given) == f"SITE_ENV=production needs {name} in the environment."


def test_production_does_not_start_with_a_short_key(started):
    assert refusal(started, **{**PRODUCTION, "SECRET_KEY": "k" * 49}) == (
        "SECRET_KEY needs 50 characters or more."
    )


def test_production_does_not_start_with_an_address_anybody_can_listen_to(started):
    assert refusal(started, **{**PRODUCTION, "SITE_URL": "http://record.example"}) == (
        "SITE_URL is the site's public address and begins https://."
    )


@pytest.mark.parametrize("value", ["prod", "Production", "production "])
def test_a_misspelt_production_does_not_start(started, value):
    assert refusal(started, SITE_ENV=value) == (
        f"SITE_ENV is “{value}”; it can be local or production."
    )


def test_a_refused_start_is_a_failure_of_the_process(tmp_path):
    given = {name: value for name, value in PRODUCTION.items() if name != "SECRET_KEY"}
    run = manage(tmp_path, "check", **given)
    assert run.returncode != 0
    assert "SITE_ENV=production needs SECRET_KEY in the environment." in run.stderr


def test_production_passes_the_check_for_deployment(tmp_path):
    run = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    told = re.findall(r"\((\w+\.\w+)\)", run.stdout + run.stderr)
    of_library = ["summit.I001"] if sqlite3.sqlite_version_info < MENDED else []
    assert (run.returncode, told, "(0 silenced)" in run.stdout + run.stderr) == (
        0,
        of_library,
        True,
    )


@pytest.mark.django_db
@pytest.mark.parametrize(("version", "told"), [((3, 51, 2), 1), ((3, 51, 3), 0), ((4, 0, 0), 0)])
def test_an_old_library_of_sqlite_is_told_to_the_operator(monkeypatch, version, told):
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    found = [one.id for one in check_library()]
    assert found == ["summit.I001"] * (told if connection.vendor == "sqlite" else 0)


@pytest.mark.parametrize("given", [PRODUCTION, {"SECOND_FACTOR": "on"}])
def test_a_second_step_without_its_package_does_not_start(started, monkeypatch, given):
    monkeypatch.setitem(sys.modules, "allauth", None)  # as Python knows what it did not find
    assert refusal(started, **given).startswith(
        "Signing in with a second step needs django-allauth[mfa]"
    )


def test_a_desk_without_the_package_starts(started, monkeypatch):
    monkeypatch.setitem(sys.modules, "allauth", None)
    assert not [name for name in started()["INSTALLED_APPS"] if name.startswith("allauth")]


def test_production_always_asks_for_a_second_step(started):
    made = started(**PRODUCTION, SECOND_FACTOR="off")
    assert made["SECOND_FACTOR"] is True
    assert "summit.accounts.SecondFactorMiddleware" in made["MIDDLEWARE"]
    assert "allauth.mfa" in made["INSTALLED_APPS"]


def test_production_keeps_what_it_was_given(started):
    made = started(**{**PRODUCTION, "ALLOWED_HOSTS": "record.example, www.record.example,"})
    assert made["ALLOWED_HOSTS"] == ["record.example", "www.record.example"]
    assert made["SITE_URL"] == "https://record.example"
    assert made["SECRET_KEY"] == PRODUCTION["SECRET_KEY"]
    assert made["CONTACT_EMAIL"] == "editors@record.example"


def test_a_new_key_may_keep_the_old_ones_beside_it(started):
    assert started(**PRODUCTION)["SECRET_KEY_FALLBACKS"] == []
    made = started(**PRODUCTION, SECRET_KEY_FALLBACKS="older oldest")
    assert made["SECRET_KEY_FALLBACKS"] == ["older", "oldest"]


def test_production_makes_no_key_file(started, tmp_path):
    started(**PRODUCTION)
    assert not (tmp_path / "data" / "secret_key").exists()


def test_a_proxy_is_believed_about_https_in_production_alone(started):
    header = ("HTTP_X_FORWARDED_PROTO", "https")
    assert started(**PRODUCTION)["SECURE_PROXY_SSL_HEADER"] == header
    assert "SECURE_PROXY_SSL_HEADER" not in started(**PRODUCTION, TRUST_PROXY="off")
    assert "SECURE_PROXY_SSL_HEADER" not in started()


@pytest.mark.parametrize("given", [{}, PRODUCTION])
def test_debug_is_off_whatever_the_environment_says(started, given):
    assert started(**given, DEBUG="1", DJANGO_DEBUG="1")["DEBUG"] is False


# the desk -----------------------------------------------------------------------------------------


def test_the_local_site_needs_nothing_and_answers_this_machine_only(started, tmp_path):
    made = started()
    assert made["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert made["SITE_URL"] == "http://127.0.0.1:8000"
    assert made["DATABASES"]["default"]["NAME"] == str(tmp_path / "data" / "site.sqlite3")


def test_the_local_address_follows_the_port(started):
    assert started(PORT="8123")["SITE_URL"] == "http://127.0.0.1:8123"


def test_the_key_is_made_once_and_only_its_owner_reads_it(started, tmp_path):
    first = started()["SECRET_KEY"]
    file = tmp_path / "data" / "secret_key"
    assert (file.read_text(), file.stat().st_mode & 0o777) == (first, 0o600)
    assert len(first) >= 50
    assert started()["SECRET_KEY"] == first


def test_each_data_folder_has_its_own_key(started, tmp_path):
    keys = {started(DATA_DIR=str(tmp_path / name))["SECRET_KEY"] for name in ("one", "two")}
    assert len(keys) == 2


def test_an_empty_variable_is_none_at_all(started, tmp_path):
    made = started(SITE_ENV="", SITE_URL="", DATABASE_URL="", SECRET_KEY="")
    assert made["PRODUCTION"] is False
    assert made["SITE_URL"] == "http://127.0.0.1:8000"
    assert made["DATABASES"]["default"]["NAME"] == str(tmp_path / "data" / "site.sqlite3")


# the database -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a folder", "50%", "a#b", "a?b=c", "나라"])
def test_the_data_folder_may_have_any_name(started, tmp_path, name):
    made = started(DATA_DIR=str(tmp_path / name))
    assert made["DATABASES"]["default"]["NAME"] == str(tmp_path / name / "site.sqlite3")


def test_an_absolute_path_moves_the_sqlite_file(started, tmp_path):
    made = started(DATABASE_URL=f"sqlite:///{tmp_path}/else where/record.sqlite3")
    assert made["DATABASES"]["default"]["NAME"] == f"{tmp_path}/else where/record.sqlite3"
    assert (tmp_path / "else where").is_dir()


def test_an_address_names_a_postgresql_server(started):
    url = "postgres://editor:p%40ss@db.example:5433/record?sslmode=require"
    made = started(DATABASE_URL=url)["DATABASES"]["default"]
    assert (made["ENGINE"], made["HOST"], made["PORT"], made["NAME"]) == (
        "django.db.backends.postgresql",
        "db.example",
        5433,
        "record",
    )
    assert (made["USER"], made["PASSWORD"]) == ("editor", "p@ss")
    assert made["OPTIONS"] == {
        "connect_timeout": 2,
        "tcp_user_timeout": 3000,
        "keepalives_idle": 5,
        "options": "-c statement_timeout=20000 -c lock_timeout=5000"
        " -c idle_in_transaction_session_timeout=60000",
        "sslmode": "require",
    }
    assert (made["CONN_MAX_AGE"], made["CONN_HEALTH_CHECKS"]) == (60, True)


@pytest.mark.parametrize(
    "url",
    ["sqlite:///var/site.sqlite3", "mysql://root:secret@host/db", "secret", "/var/site.sqlite3"],
)
def test_any_other_database_is_refused_without_repeating_a_password(started, url):
    said = refusal(started, DATABASE_URL=url)
    assert said.startswith("DATABASE_URL can be sqlite:////absolute/path/site.sqlite3")
    assert "secret" not in said


@pytest.fixture
def sqlite(started, db):
    """Two connections to a new SQLite file with the site's settings."""
    made = ConnectionHandler(
        {"default": started()["DATABASES"]["default"], "other": started()["DATABASES"]["default"]}
    )
    yield made["default"], made["other"]
    made.close_all()


def asked(connection, statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("busy_timeout", 5000),
        ("foreign_keys", 1),
        ("journal_size_limit", 67108864),
        ("cache_size", -20000),
        ("temp_store", 2),
    ],
)
def test_a_connection_to_sqlite_has_the_options(sqlite, pragma, value):
    assert asked(sqlite[0], f"PRAGMA {pragma}") == value


def test_a_transaction_takes_sqlites_write_lock_when_it_begins(sqlite):
    first, second = sqlite
    asked(second, "PRAGMA busy_timeout=0")
    first.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    with pytest.raises(DatabaseError, match="locked"), second.cursor() as cursor:
        cursor.execute("CREATE TABLE late (id integer)")
    first.rollback()


# cookies ------------------------------------------------------------------------------------------


@pytest.fixture
def browser(started, db):
    """An editor's browser at the production site, over https."""
    made = started(**PRODUCTION)
    names = [name for name in made if name.startswith(("SESSION_", "CSRF_", "SECURE_"))]
    over = {name: made[name] for name in [*names, "ALLOWED_HOSTS", "SITE_URL"]}
    with override_settings(**over):
        yield Client(headers={"host": "record.example", "x-forwarded-proto": "https"})


def signed_in(browser, **editor):
    factories.EditorFactory(username="yuki", password="a long enough phrase", **editor)
    return browser.post(
        "/admin/login/?next=/admin/", {"username": "yuki", "password": "a long enough phrase"}
    )


def test_cookies_of_production_stay_with_this_host_and_https(browser):
    browser.get("/admin/login/")
    response = signed_in(browser)
    assert response.status_code == 302
    for name in ("__Host-session", "__Host-csrf"):
        cookie = browser.cookies[name]
        assert (cookie["secure"], cookie["samesite"], cookie["path"], cookie["domain"]) == (
            True,
            "Lax",
            "/",
            "",
        )
    assert browser.cookies["__Host-session"]["httponly"] is True


def test_production_sends_readers_to_https_and_tells_them_to_stay(browser):
    plain = Client(headers={"host": "record.example"}).get("/en/summits")
    assert (plain.status_code, plain["Location"]) == (301, "https://record.example/en/summits")
    assert browser.get("/livez")["Strict-Transport-Security"] == (
        "max-age=31536000; includeSubDomains; preload"
    )


def replayed(browser, session):
    browser.cookies["__Host-session"] = session
    return browser.get("/admin/").status_code


def test_signing_in_changes_the_session_and_signing_out_ends_it(browser):
    browser.cookies["__Host-session"] = "chosen-by-somebody-else"
    signed_in(browser)
    session = browser.cookies["__Host-session"].value
    assert session != "chosen-by-somebody-else"
    assert replayed(browser, session) == 200
    browser.post("/admin/logout/")
    assert replayed(browser, session) == 302


@pytest.mark.parametrize("change", ["password", "inactive"])
def test_a_session_ends_when_its_editor_changes(browser, change):
    signed_in(browser)
    session = browser.cookies["__Host-session"].value
    editor = Editor.objects.get(username="yuki")
    if change == "password":
        editor.set_password("another long phrase")
    else:
        editor.is_active = False
    editor.save()
    assert replayed(browser, session) == 302


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/admin/login/", "/admin/logout/"])
def test_a_form_without_its_token_is_refused_on_our_own_page(address):
    response = Client(enforce_csrf_checks=True).post(address, {"username": "yuki"})
    assert response.status_code == 403
    assert "If you sent a form, go back" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/en/", "/ko/commitments", "/summits.json"])
def test_a_failure_leaks_nothing_of_the_settings(monkeypatch, address):
    def failing():
        raise RuntimeError(f"near {settings.SECRET_KEY} in {settings.DATABASES}")

    monkeypatch.setattr("records.facets.version", failing)
    response = Client(raise_request_exception=False).get(address)
    page = response.content.decode()
    assert response.status_code == 500
    for word in (settings.SECRET_KEY, str(settings.BASE_DIR), "Traceback", "RuntimeError", "DEBUG"):
        assert word not in page
