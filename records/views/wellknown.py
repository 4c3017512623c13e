"""What programs look for at a fixed place: whom to tell of a weakness (RFC 9116)."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

VALID = timedelta(days=180)  # RFC 9116 wants less than a year


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """`security.txt`; a site whose operator has given no address has none."""
    if not settings.CONTACT_EMAIL:
        raise Http404
    with translation.override(settings.LANGUAGE_CODE):
        promises = reverse("about-promises")
    expires = timezone.localdate() + VALID
    lines = (
        f"Contact: mailto:{settings.CONTACT_EMAIL}",
        f"Expires: {expires.isoformat()}T00:00:00Z",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {settings.SITE_URL}{request.path}",
        f"Policy: {settings.SITE_URL}{promises}#weakness",
    )
    text = "\n".join([*lines, ""])
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "public, max-age=3600"
    return response
