"""One settings file; what differs between places comes from the environment (README.md lists it).

`SITE_ENV=production` turns on what production needs and refuses to start without SECRET_KEY,
ALLOWED_HOSTS, SITE_URL, CONTACT_EMAIL and the packages of the second step. Without it the site runs
on this machine only: DEBUG is off all the same, the key is made once in `var/secret_key`, cookies
travel over plain http.
"""

import os
import secrets
import tempfile
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import django
import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from summit.databases import SQLITE, SQLITE_OPTIONS, database, replicas
from summit.logs import configuration

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
SHORTEST_KEY = 50  # characters, as `check --deploy` asks

SITE_ENV = env("SITE_ENV", default="") or "local"
if SITE_ENV not in ("local", "production"):
    # A misspelt “production” must not serve the public with the settings of a desk.
    raise ImproperlyConfigured(f"SITE_ENV is “{SITE_ENV}”; it can be local or production.")
PRODUCTION = SITE_ENV == "production"
DATA_DIR = Path(env("DATA_DIR", default="") or BASE_DIR / "var").expanduser().absolute()
DEBUG = False
# Editors sign in with a second step: always in production, on a desk where this is on.
SECOND_FACTOR = PRODUCTION or env.bool("SECOND_FACTOR", default=False)
if SECOND_FACTOR and find_spec("allauth") is None:
    raise ImproperlyConfigured(
        "Signing in with a second step needs django-allauth[mfa], which requirements.txt pins:"
        " pip install --require-hashes -r requirements.txt"
    )


def required(name: str) -> str:
    """What production cannot do without, from the environment."""
    value: str = env(name, default="").strip()
    if not value:
        raise ImproperlyConfigured(f"SITE_ENV=production needs {name} in the environment.")
    return value


def key_made_once(path: Path) -> str:
    """The local site's secret key: made at the first start, readable by its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        descriptor, made = tempfile.mkstemp(dir=path.parent)  # its mode is 600
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):  # of two first starts at once one wins, with a whole key
            os.link(made, path)
        os.unlink(made)
    return path.read_text().strip()


if PRODUCTION:
    SECRET_KEY = required("SECRET_KEY")
    if len(SECRET_KEY) < SHORTEST_KEY:
        raise ImproperlyConfigured(f"SECRET_KEY needs {SHORTEST_KEY} characters or more.")
    ALLOWED_HOSTS = [host.strip() for host in required("ALLOWED_HOSTS").split(",") if host.strip()]
    SITE_URL = required("SITE_URL").rstrip("/")
    if not SITE_URL.startswith("https://"):
        raise ImproperlyConfigured("SITE_URL is the site's public address and begins https://.")
    CONTACT_EMAIL = required("CONTACT_EMAIL")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]  # asked from within, past the proxy
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    if env.bool("TRUST_PROXY", default=True):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
else:
    SECRET_KEY = env("SECRET_KEY", default="") or key_made_once(DATA_DIR / "secret_key")
    ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
    SITE_URL = env("SITE_URL", default="") or f"http://127.0.0.1:{env('PORT', default='8000')}"
    CONTACT_EMAIL = env("CONTACT_EMAIL", default="")


def mail(url: str) -> dict[str, Any]:
    """Django's settings for a mail server's address; else it refuses."""
    try:
        found: dict[str, Any] = environ.Env.email_url_config(url)
    except (ImproperlyConfigured, KeyError, ValueError):
        # The address itself may hold a password: it is not repeated.
        raise ImproperlyConfigured(
            "EMAIL_URL can be smtp+tls://user:password@host:587 or smtp+ssl://…:465."
        ) from None
    return found


def mailer(found: dict[str, Any]) -> dict[str, Any]:
    """The same as Django 6.1 has it."""
    names = {
        "EMAIL_HOST": "host",
        "EMAIL_PORT": "port",
        "EMAIL_HOST_USER": "username",
        "EMAIL_HOST_PASSWORD": "password",
        "EMAIL_USE_TLS": "use_tls",
        "EMAIL_USE_SSL": "use_ssl",
        "EMAIL_TIMEOUT": "timeout",
    }
    if found["EMAIL_BACKEND"] == NO_MAIL:
        return {"BACKEND": NO_MAIL}
    options = {short: found[name] for name, short in names.items() if name in found}
    return {"BACKEND": found["EMAIL_BACKEND"], "OPTIONS": options}


NO_MAIL = "django.core.mail.backends.dummy.EmailBackend"
EMAIL_URL = env("EMAIL_URL", default="")
MAIL = mail(EMAIL_URL) if EMAIL_URL else {"EMAIL_BACKEND": NO_MAIL}
MAIL["EMAIL_TIMEOUT"] = 10
if django.VERSION < (6, 1):
    globals().update(MAIL)
elif EMAIL_URL or not PRODUCTION:  # its checks take no mailer that sends nothing to the public
    MAILERS = {"default": mailer(MAIL)}
DEFAULT_FROM_EMAIL = SERVER_EMAIL = CONTACT_EMAIL or "webmaster@localhost"

# Old keys, with spaces between: what was signed or enciphered with them can still be read.
SECRET_KEY_FALLBACKS = env("SECRET_KEY_FALLBACKS", default="").split()

INSTALLED_APPS = [
    "records",
    "records.admin.apps.RecordAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_filters",
    "translated_fields",
    *(("allauth", "allauth.account", "allauth.mfa") if SECOND_FACTOR else ()),
    "summit",
]

if database_url := env("DATABASE_URL", default=""):
    DATABASE = database(database_url)
else:
    # Not by an address: a folder's name may hold what means something there (“#”, “?”, “%”).
    DATABASE = {
        "ENGINE": SQLITE,
        "NAME": str(DATA_DIR / "site.sqlite3"),
        "CONN_MAX_AGE": 60,
        "OPTIONS": SQLITE_OPTIONS,
    }
if DATABASE["ENGINE"] == SQLITE:
    Path(DATABASE["NAME"]).parent.mkdir(parents=True, exist_ok=True)
REPLICAS = replicas(env("REPLICA_URLS", default=""), DATABASE)
DATABASES = {"default": DATABASE, **REPLICAS}
DATABASE_ROUTERS = ["summit.replicas.Router"] if REPLICAS else []
# Caches in front of the site that are told of each publication (summit/deploy/varnish.vcl).
CACHE_URLS = env("CACHE_URLS", default="").replace(",", " ").split()

# Sessions, CSRF and messages are lazy: a reader's page touches none of them, sets no cookie and
# asks no query of them.
MIDDLEWARE = [
    "summit.logs.RequestIdMiddleware",
    "summit.connections.SameDatabaseMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "summit.middleware.PermissionsPolicyMiddleware",
    # Django 6 sends SECURE_CSP itself.
    "django.middleware.csp.ContentSecurityPolicyMiddleware"
    if django.VERSION >= (6, 0)
    else "summit.middleware.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # The Nara page is 120 kB, 22 kB of them on the wire; Django pads the answers against BREACH.
    "django.middleware.gzip.GZipMiddleware",
    "summit.middleware.AdminPolicyMiddleware",
    "summit.middleware.CleanAddressMiddleware",
    *(("records.front.FrontMiddleware",) if CACHE_URLS else ()),
    *(("summit.replicas.ReplicaMiddleware",) if REPLICAS else ()),
    "django.contrib.sessions.middleware.SessionMiddleware",
    "summit.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "summit.throttle.ThrottleMiddleware",
    *(
        ("allauth.account.middleware.AccountMiddleware", "summit.accounts.SecondFactorMiddleware")
        if SECOND_FACTOR
        else ()
    ),
    "summit.trouble.DatabaseTroubleMiddleware",
    "records.views.answers.KnownMiddleware",
]

ROOT_URLCONF = "summit.urls"
WSGI_APPLICATION = "summit.wsgi.application"
APPEND_SLASH = False

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates" / "site"],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "summit.jinja.environment", "extensions": ["jinja2.ext.i18n"]},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# In the database: what one worker counts, the others must know (summit/throttle.py, allauth).
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "summit_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # else a flood of other names pushes counts out
    }
}

# The user model is our own from the first migration; nothing is added to Django's yet.
AUTH_USER_MODEL = "records.Editor"
AUTHENTICATION_BACKENDS = ["records.roles.RoleBackend"]
# Off: publishers also publish what nobody approved. The administrator does so in any case.
REVIEW_REQUIRED = env.bool("REVIEW_REQUIRED", default=True)
# How long a link to a preview of the working copy opens.
PREVIEW_HOURS = env.int("PREVIEW_HOURS", default=48)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in [
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    ]
]

if SECOND_FACTOR:
    LOGIN_URL = "account_login"
    LOGIN_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "/admin/"
    ACCOUNT_ADAPTER = "summit.accounts.AccountAdapter"
    ACCOUNT_LOGIN_METHODS = {"username"}
    ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
    ACCOUNT_EMAIL_VERIFICATION = "none"
    ACCOUNT_SESSION_REMEMBER = True  # for SESSION_COOKIE_AGE, and no box that asks
    # Behind our own count: codes of the second step, which are asked for after the password.
    ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "10/15m/key"}
    MFA_ADAPTER = "summit.accounts.SecondFactorAdapter"
    MFA_FORMS = {
        "add_webauthn": "summit.account_forms.AddForm",
        "authenticate_webauthn": "summit.account_forms.AuthenticateForm",
        "login_webauthn": "summit.account_forms.LoginForm",
        "reauthenticate_webauthn": "summit.account_forms.ReauthenticateForm",
    }
    MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
    MFA_PASSKEY_LOGIN_ENABLED = True
    MFA_TOTP_ISSUER = "Summit Record"
    MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute off
    MFA_ALLOW_UNVERIFIED_EMAIL = True  # accounts are made by administrators, not by strangers
    MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("ko", _("Korean")), ("ja", _("Japanese"))]
LOCALE_PATHS = [BASE_DIR / "records" / "locale"]
USE_I18N = True
FORMAT_MODULE_PATH = "summit.formats"
USE_TZ = True
TIME_ZONE = "Asia/Seoul"  # "today" for everything the record computes; the same clock as Tokyo

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_FAILURE_VIEW = "records.views.addresses.csrf_failure"

# Named and shaped as Django 6 reads it. Readers' pages ask for style, script, pictures and, while
# somebody types, for suggestions: all of this site.
SECURE_CSP = {
    "default-src": ["'none'"],
    "style-src": ["'self'"],
    "script-src": ["'self'"],
    "img-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}
# The admin draws the picture that an authenticator app reads; else it bears the same.
SECURE_CSP_ADMIN = {**SECURE_CSP, "img-src": ["'self'", "data:"]}

# A commitment's form with its wordings and progress in three languages passes Django's 1,000.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# Who did what is told where somebody reads it; a desk has its own eyes.
LOGGING = configuration(as_json=PRODUCTION, audit=PRODUCTION)
