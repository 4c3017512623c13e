"""Headers and addresses, before and after everything else; nothing here knows the record."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from string import punctuation
from urllib.parse import quote, unquote_to_bytes

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.middleware.locale import LocaleMiddleware
from django.urls import get_resolver
from django.utils import translation
from django.utils.encoding import escape_uri_path

GetResponse = Callable[[HttpRequest], HttpResponse]

ADMIN = "/admin/"  # an application of its own: its addresses end in a slash, its language is asked
LONGEST_ADDRESS = 4094  # what servers take by themselves: the same answer before any of them
# No page uses any of these; said so, an embedded document cannot either.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
)


def is_signed_in(request: HttpRequest) -> bool:
    """Whether a request carries an editor's session; that it still holds is not asked."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def policy(directives: Mapping[str, Sequence[str]]) -> str:
    """A Content-Security-Policy from a setting of Django 6's shape."""
    return "; ".join(" ".join([name, *values]) for name, values in directives.items())


class ContentSecurityPolicyMiddleware:
    """SECURE_CSP on every answer that has no policy of its own; for Django before 6, which brings
    its own."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response
        self.policy = policy(settings.SECURE_CSP)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        return response


class AdminPolicyMiddleware:
    """SECURE_CSP_ADMIN below the admin; stands within the middleware that sends SECURE_CSP.

    What the admin answers is for one editor: no cache keeps it.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response
        self.policy = policy(settings.SECURE_CSP_ADMIN)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(ADMIN):
            response.headers.setdefault("Content-Security-Policy", self.policy)
            response.headers["Cache-Control"] = "private, no-store"
        return response


class PermissionsPolicyMiddleware:
    """The headers that Django has no setting for."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        # Other sites may read the data by asking for it, and build nothing of it into their pages.
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class CleanAddressMiddleware:
    """One form for every address, decided before routing.

    Bytes that are no text, or a NUL, in path or query: 400. Longer than a server takes: 414. A
    slash at the end, but for a language's root and the admin: 308 without it. Never off site: an
    address that begins with two slashes, or holds a backslash, is not redirected.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response
        self.roots = {f"/{code}" for code, _name in settings.LANGUAGES} | {ADMIN.rstrip("/")}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "").encode("latin-1")  # as WSGI hands it over
        # Django has decoded the path and left what it could not as %FF.
        if not (is_text(unquote_to_bytes(request.path)) and is_text(unquote_to_bytes(query))):
            # Answered, not raised: a robot's nonsense is no error worth a traceback in the log.
            return get_resolver().resolve_error_handler(400)(request, exception=None)
        if len(request.path) + len(query) > LONGEST_ADDRESS:
            return HttpResponse("Address too long\n", status=414, content_type="text/plain")
        wanted = self.wanted(request.path)
        if wanted != request.path:
            address = escape_uri_path(wanted)
            if query:
                address += f"?{quote(query, safe=punctuation)}"
            return HttpResponsePermanentRedirect(address, preserve_request=True)
        return self.get_response(request)

    def wanted(self, path: str) -> str:
        if path.startswith("//") or "\\" in path or path.startswith(ADMIN):
            return path
        bare = path.rstrip("/")
        return f"{bare}/" if bare in self.roots or not bare else bare


def is_text(found: bytes) -> bool:
    """UTF-8 without NUL, which SQLite stores and PostgreSQL refuses."""
    try:
        return "\0" not in found.decode()
    except UnicodeDecodeError:
        return False


class LanguageMiddleware(LocaleMiddleware):
    """The language stands in the address. What has none (data, identities) speaks English and
    depends on no header; only the admin asks the browser, as Django does."""

    def process_request(self, request: HttpRequest) -> None:
        if request.path_info.startswith(ADMIN):
            super().process_request(request)
            return
        in_path = translation.get_language_from_path(request.path_info)
        translation.activate(in_path or settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if request.path_info.startswith(ADMIN):
            return super().process_response(request, response)
        if in_path := translation.get_language_from_path(request.path_info):
            response.headers.setdefault("Content-Language", in_path)
        return response
