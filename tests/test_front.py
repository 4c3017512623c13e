"""What answers tell caches in front, and how these hear of a publication."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from records import facets, front
from records.front import FrontMiddleware
from tests.factories import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def cache(settings):
    """What a cache on loopback was sent, and the status it answers with."""

    class Cache(BaseHTTPRequestHandler):
        sent, status = [], 200

        def do_PURGE(self):
            Cache.sent.append((self.headers["Record-Version"], self.headers["Surrogate-Key"]))
            self.send_response(Cache.status)
            self.end_headers()

        def log_message(self, *args):
            pass

    with HTTPServer(("127.0.0.1", 0), Cache) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        settings.CACHE_URLS = [f"http://127.0.0.1:{server.server_port}"]
        yield Cache
        server.shutdown()
        thread.join()


def answered(version, cache_control):
    def view(request):
        request.record_version = version
        return HttpResponse(headers={"Cache-Control": cache_control} if cache_control else {})

    response = FrontMiddleware(view)(RequestFactory().get("/en/"))
    return response.get("Record-Version"), response.get("Surrogate-Key")


def test_what_caches_may_keep_says_as_of_which_version_it_was_drawn():
    assert answered(7, "public, max-age=300") == ("7", "record")


@pytest.mark.parametrize("cache_control", ["private, no-store", "no-store", ""])
def test_what_no_cache_may_keep_says_nothing(cache_control):
    assert answered(7, cache_control) == (None, None)


def test_without_a_cache_nobody_is_told_and_answers_say_nothing(
    client, settings, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as waiting:
        published()
    assert settings.CACHE_URLS == []
    assert [one for one in waiting if getattr(one, "func", one) is front.told] == []
    response = client.get("/en/summits")
    assert {"Record-Version", "Surrogate-Key"} & set(response.headers) == set()


def test_a_publication_is_told_when_it_is_committed_and_not_before(
    cache, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        published()
        assert cache.sent == []
    assert cache.sent[-1] == (str(facets.version()), "record")


def test_a_cache_that_is_away_or_refuses_stops_no_publication(cache, settings, caplog):
    [here] = settings.CACHE_URLS
    cache.status = 403
    settings.CACHE_URLS = ["http://127.0.0.1:1", here]
    assert front.told(8) == [0, 403]
    assert "http://127.0.0.1:1 was not told of version 8" in caplog.text
    assert f"{here} refused version 8: 403" in caplog.text
