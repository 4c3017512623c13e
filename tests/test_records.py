"""The pages of single records: sound HTML, everything escaped, every link leads somewhere."""

import re

import pytest
import time_machine

from records import publishing
from records.document.read import read
from tests import every_field, factories
from tests.markup import Page, faults

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "ko", "ja")
SUMMIT = "2026-01-13-nara"
PAYLOAD = """<script>a</script>"><i onx=1>'&{{7*7}}%(x)s"""


@pytest.fixture(autouse=True)
def still():
    with time_machine.travel("2026-03-01T12:00:00+09:00", tick=False):
        yield


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def places_of(document, people=()):
    slug = document["slug"]
    return [
        f"summits/{slug}",
        f"summits/{slug}/editions/1",
        *(f"summits/{slug}/sessions/{row['key']}" for row in document["sessions"]),
        *(
            f"commitments/{document['code']}-{row['number']}"
            for row in document["commitments"]
            if "withdrawn" not in row
        ),
        *(f"participants/{one}" for one in people),
    ]


def published_whole(**given):
    """A public summit with a text in every fact."""
    made = every_field.summit("zq", slug="2026-01-14-zq", code="2026-zq", **given)
    publishing.publish(
        publishing.load(made.document, made.vocabulary).summit,
        note={code: f"Opened{given.get('odd', '')}" for code in LANGUAGES},
    )
    people = [row["slug"] for row in made.vocabulary["participants"]]
    return ["", *places_of(made.document, people), "summits", "commitments", "participants"]


# soundness ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_a_summit_with_everything_is_sound(client, language):
    found = {}
    for place in published_whole():
        if wrong := faults(page(client, f"/{language}/{place}")):
            found[place] = wrong
    assert found == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", ["", "summits", "commitments", "participants", "sessions"])
def test_a_list_with_nothing_one_thing_and_no_match_is_sound(client, language, place):
    assert faults(page(client, f"/{language}/{place}")) == []
    factories.published()
    for query in ("", "?q=nothing+at+all", "?party=xxx") if place else ("",):
        assert faults(page(client, f"/{language}/{place}{query}")) == [], query


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_of_errors_are_sound(client, language):
    summit = factories.published()
    publishing.withdraw(summit, note=factories.text("Out"))
    for place, status in (("nothing", 404), (f"summits/{SUMMIT}", 410), ("summits?q=%ff", 400)):
        response = client.get(f"/{language}/{place}")
        assert response.status_code == status
        assert faults(response.content.decode()) == []


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        ("<p>a<p>b</p>", "<p> inside <p>"),
        ("<ul></ul>", "an empty <ul>"),
        ('<i id="a">x</i><i id="a">y</i>', "the id a twice"),
        ('<a href="#b">x</a>', "nothing at #b"),
        ("<h1>x</h1><h3>y</h3>", "a heading of level 3 after one of level 1"),
        ("<h1>나라</h1>", "ko words as en"),
        ("<h1>x</h1><div>", "never closed"),
        ("<ul><p>x</p></ul>", "<p> as a child of <ul>"),
        ('<b aria-labelledby="c">x</b>', "nothing has the id c"),
    ],
)
def test_the_reading_of_html_finds_what_is_wrong(broken, fault):
    found = faults(f'<!doctype html><html lang="en"><body>{broken}</body></html>')
    assert any(one.startswith(fault) for one in found), found


# escaping -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_escaped(client, language):
    for place in published_whole(odd=PAYLOAD):
        found = Page(page(client, f"/{language}/{place}"))
        assert found.faults == [], place
        assert [one for one in found.attributes if one[1].startswith("on")] == []
        addresses = [value for _tag, name, value in found.attributes if name in ("href", "src")]
        assert [one for one in addresses if not re.match(r"(https?://|/|#)", one)] == []
        scripts = [
            value for tag, name, value in found.attributes if (tag, name) == ("script", "src")
        ]
        assert len(scripts) == 1
        assert "49" not in re.findall(r"zq\d+z[^ ]*49", found.text)


def test_an_address_that_is_code_is_refused():
    for name in ("url", "archived_url"):
        for address in (
            "javascript:alert(1)",
            "data:text/html,x",
            "//evil.example",
            "https://a@b.c",
        ):
            with pytest.raises(publishing.Refused):
                factories.drafted(sources=[factories.source(**{name: address})])


# links --------------------------------------------------------------------------------------------


def test_every_link_of_every_page_leads_somewhere(client):
    summit = factories.published(
        sessions=[factories.session("one"), factories.session("two", time="16:00")],
        commitments=[
            factories.commitment(1, session="one", continues=["2003-city-3-1", "1999-far-1"]),
            factories.commitment(2, progress=[factories.progress(summit="2003-04-city-3")]),
        ],
        statements=[
            {"key": "said", "speaker": "lee-jae-myung", "gist": factories.text("Words"),
             "session": "one", "cites": ["s01"]},
        ],
    )  # fmt: skip
    factories.another(3)
    publishing.withdraw(summit, note=factories.text("Out"))
    publishing.publish(summit, note=factories.text("In again"))
    places = places_of(read(summit), ["lee-jae-myung"])
    places[1] = places[1].replace("editions/1", "editions/3")
    seen = set()
    for place in ["", *places, f"summits/{SUMMIT}/editions/1"]:
        for language in LANGUAGES:
            found = Page(page(client, f"/{language}/{place}"))
            for tag, name, value in found.attributes:
                address = value.partition("#")[0].removeprefix("http://127.0.0.1:8000")
                if tag in ("a", "link") and name == "href" and address.startswith("/"):
                    seen.add((address, value.partition("#")[2]))
    pages = {}
    for address, fragment in sorted(seen):
        if address.startswith("/static/"):
            continue
        if address not in pages:
            pages[address] = client.get(address, follow=True)
        assert pages[address].status_code == 200, address
        if fragment:
            assert f'id="{fragment}"' in pages[address].content.decode(), (address, fragment)


def test_the_head_of_a_page_names_it_in_every_language(client):
    factories.published()
    for place in places_of(factories.document(), ["lee-jae-myung"]):
        for language in LANGUAGES:
            found = page(client, f"/{language}/{place}")
            site = "http://127.0.0.1:8000"
            assert f'<link rel="canonical" href="{site}/{language}/{place}">' in found
            for other in LANGUAGES:
                assert f'hreflang="{other}" href="{site}/{other}/{place}">' in found
            assert f'hreflang="x-default" href="{site}/{place}">' in found
            assert f'type="application/json" href="/{place}.json">' in found


def test_a_past_edition_says_so_and_leads_to_the_current_one(client):
    summit = factories.published()
    publishing.load(factories.document(title=factories.text("A better title")), mode="replace")
    publishing.publish(summit, note=factories.text("Title mended"))
    old = page(client, f"/en/summits/{SUMMIT}/editions/1")
    assert "This is edition 1, an earlier state of this record" in old
    assert '<meta name="robots" content="noindex, follow">' in old
    assert "Summit in Nara" in old
    new = page(client, f"/en/summits/{SUMMIT}")
    assert "an earlier state" not in new
    assert "noindex" not in new
    assert "A better title" in new
    assert [row[0] for row in re.findall(r'/editions/(\d)">(edition)', new)] == ["2", "2", "1"]
    assert page(client, f"/en/summits/{SUMMIT}/editions/2").count("an earlier state") == 0


def test_a_past_edition_keeps_its_names_and_the_current_one_has_todays(client):
    summit = factories.published()
    publishing.load(factories.document(title=factories.text("Second")), mode="replace")
    publishing.publish(summit, note=factories.text("Second"))
    names = factories.vocabulary()
    names["participants"][0]["name"] = {"en": "Yi Chaemyong"}
    publishing.load_vocabulary(names, update=True)
    assert "Yi</span> Chaemyong" in page(client, f"/en/summits/{SUMMIT}")
    old = page(client, f"/en/summits/{SUMMIT}/editions/1")
    assert "Lee</span> Jae-myung" in old
    assert "Chaemyong" not in old


# caching ------------------------------------------------------------------------------------------

PLACES = [
    f"summits/{SUMMIT}", f"summits/{SUMMIT}/editions/1", f"summits/{SUMMIT}/sessions/talks",
    "commitments/2026-nara-1", "participants/lee-jae-myung",
]  # fmt: skip
ADDRESSES = [form.format(place) for place in PLACES for form in ("/ko/{}", "/{}.json")]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_record_is_kept_by_caches_until_it_changes_or_the_day_ends(client, address):
    summit = factories.published()
    first = client.get(address)
    assert first["Cache-Control"] == "public, max-age=300"
    assert first["Vary"] == "Accept-Encoding"
    assert not first.cookies
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    head = client.head(address)
    assert (dict(head.headers), head.content) == (dict(first.headers), b"")
    with time_machine.travel("2026-03-01T23:59:50+09:00", tick=False):
        assert client.get(address)["Cache-Control"] == "public, max-age=10"
    with time_machine.travel("2026-03-02T00:00:00+09:00", tick=False):
        assert client.get(address)["ETag"] != first["ETag"]
    publishing.load(factories.document(title=factories.text("Draft")), mode="replace")
    assert client.get(address)["ETag"] == first["ETag"]
    publishing.publish(summit, note=factories.text("Title"))
    assert client.get(address)["ETag"] != first["ETag"]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_record_is_only_read(client, address, method):
    factories.published()
    assert getattr(client, method)(address).status_code == 405
