"""Pages that a worker keeps: the same bytes for one query, never past a publication or a day."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from records import publishing
from records.views import answers, panel
from tests.factories import another, document, published, text

pytestmark = pytest.mark.django_db
SUMMIT = "2026-01-13-nara"
ADDRESSES = ["/en/", "/ko/summits", f"/ja/summits/{SUMMIT}", "/en/search?q=nara", "/summits.json"]


@pytest.fixture(autouse=True)
def pages(nothing_kept_from_other_tests, monkeypatch):
    monkeypatch.setattr(answers.PAGES, "most", 1_000_000)
    yield answers.PAGES
    answers.PAGES.forget()


@pytest.mark.parametrize("accepted", ["", "gzip"])
def test_a_kept_page_is_the_same_answer_for_one_query(client, accepted):
    published()
    headers = {"Accept-Encoding": accepted}
    for address in ADDRESSES:
        first = client.get(address, headers=headers)
        with CaptureQueriesContext(connection) as asked:
            again = client.get(address, headers=headers)
        assert len(asked) == 1, address
        told = [{n: v for n, v in one.items() if n != "X-Request-ID"} for one in (first, again)]
        assert (again.status_code, again.content, told[1]) == (200, first.content, told[0])


def test_a_page_is_kept_apart_for_those_who_take_it_compressed(client):
    published()
    plain = client.get("/en/summits")
    zipped = client.get("/en/summits", headers={"Accept-Encoding": "gzip"})
    again = client.get("/en/summits")
    assert zipped["Content-Encoding"] == "gzip"
    assert (again.content, again.has_header("Content-Encoding")) == (plain.content, False)
    tag = zipped["ETag"]
    assert client.get("/en/summits", headers={"If-None-Match": tag}).status_code == 304


def test_a_publication_is_seen_at_once(client):
    summit = published()
    address = f"/en/summits/{SUMMIT}"
    assert "Hotel Yamato" not in client.get(address).content.decode()
    publishing.load(document(venue=text("Hotel Yamato")), mode="replace")
    publishing.publish(summit, note={"en": "Venue."})
    assert "Hotel Yamato" in client.get(address).content.decode()


def test_a_withdrawn_summit_is_kept_no_longer(client):
    summit = published()
    assert client.get(f"/en/summits/{SUMMIT}").status_code == 200
    publishing.withdraw(summit, note={"en": "An error."})
    assert client.get(f"/en/summits/{SUMMIT}").status_code == 410


def test_what_depends_on_today_ends_with_the_day(client, time_machine):
    published()
    time_machine.move_to("2026-06-30T23:59:00+09:00")
    before = client.get("/en/commitments")["ETag"]
    time_machine.move_to("2026-07-01T00:01:00+09:00")
    with CaptureQueriesContext(connection) as asked:
        after = client.get("/en/commitments")["ETag"]
    assert (after != before, len(asked) > 1) == (True, True)


def test_no_error_is_kept(client, pages):
    published()
    client.get("/en/summits?page=900")
    kept = len(pages.held)
    for address in ("/en/summits/nowhere", "/summits.json?page=x", "/en/nowhere"):
        client.get(address)
    assert len(pages.held) == kept


def test_the_oldest_go_when_they_are_too_many(client, pages, monkeypatch):
    published()
    monkeypatch.setattr(pages, "most", 3 * len(client.get("/en/summits?page=1").content))
    for page in range(1, 8):
        client.get("/en/summits", {"q": f"nara {page}"})
    assert 0 < pages.size <= pages.most
    assert pages.size == sum(len(content) for _headers, content in pages.held.values())


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_editor_asks_each_time_and_is_answered_shortly(admin_client, client, address):
    published()
    reader = client.get(address)  # held from now on
    first = admin_client.get(address)
    again = admin_client.get(address, headers={"If-None-Match": first["ETag"]})
    assert reader["Cache-Control"].startswith("public, max-age=")
    assert first["Cache-Control"] == again["Cache-Control"] == "private, no-cache"
    assert (first.status_code, again.status_code) == (200, 304)


def test_the_form_of_a_whole_list_is_drawn_once_and_anew_after_a_publication(client):
    published()
    first = form(client, "/en/commitments")
    assert form(client, "/en/commitments") == first
    assert " checked>" not in first
    assert " checked>" in form(client, "/en/commitments?topic=trade")
    another(3)
    later = form(client, "/en/commitments")
    assert later != first
    panel._forms.clear()
    assert form(client, "/en/commitments") == later


def form(client, address):
    answers.PAGES.forget()
    page = client.get(address).content.decode()
    return page.partition('<form action="/en/commitments"')[2].partition("</form>")[0]
