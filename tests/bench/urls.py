"""The site, its naive twin, and a view that does nothing: the least that any page can cost."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from summit.urls import *  # noqa: F403 - the handlers of errors too
from summit.urls import urlpatterns as site

BARE = b"x" * 20_000


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse(BARE)


urlpatterns = [
    path("bare", bare),
    path("naive/", include("tests.bench.naive.urls")),
    *site,
]
