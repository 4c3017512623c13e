"""Nothing of a draft or of unpublished changes reaches readers; all of it does once published."""

import re
from html import unescape
from itertools import product

import pytest
import time_machine
from django.urls.converters import IntConverter

from records import facets, index, public, publishing, urls
from records.document.read import read
from records.models import Participant
from records.publishing import load
from tests import every_field, factories

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "ko", "ja")
PUBLIC = "2026-01-13-nara"
DRAFT = "zqn"  # in every text of a summit that was never published
CHANGE = "zqc"  # in every text of changes to a public summit that were not published
MARKS = re.compile(f"{DRAFT}|{CHANGE}".encode())


@pytest.fixture(autouse=True)
def still():
    with time_machine.travel("2026-03-01T12:00:00+09:00", tick=False):
        yield


def draft():
    return every_field.summit(DRAFT, slug=f"2025-11-{DRAFT}", code=f"2025-{DRAFT}")


def changes(summit):
    """The public summit with every fact changed and everything new beside what must stay."""
    before = read(summit)
    given = {name: before[name] for name in ("slug", "code")}
    made = every_field.summit(CHANGE, first_number=2, **given)
    made.document["commitments"] = [*before["commitments"], *made.document["commitments"]]
    made.document["sources"] = [*before["sources"], *made.document["sources"]]
    return made


def fresh_worker():
    """A worker that has kept nothing yet: what it holds would hide a leak."""
    facets._shelves.clear()
    public.forget()


# every address ------------------------------------------------------------------------------------


def addresses(slugs, keys):
    """Every address of the record's patterns, its places filled with all of these; lists also with
    each value of `slugs` in every filter."""
    for patterns, starts in ((urls.pages, LANGUAGES), (urls.urlpatterns, [""])):
        for pattern in patterns:
            converters = getattr(pattern.pattern, "converters", {})
            route = str(pattern.pattern)
            if "(?P" in route:
                continue  # `/en/….json`, which only leads to the address without language
            fills = [
                [1, 2, 9] if isinstance(kind, IntConverter) else keys if name == "key" else slugs
                for name, kind in converters.items()
            ]
            for values in product(*fills):
                place = route
                for (name, kind), value in zip(converters.items(), values, strict=True):
                    place = place.replace(f"<{kind_of(kind)}:{name}>", str(value))
                for start in starts:
                    yield f"/{start}/{place}" if start else f"/{place}"


def some_of(made):
    """The summit's own slugs and ids, some of each of its lists, a name of each kind."""
    slugs = list(every_field.slugs(made))
    assert len(slugs) > 80
    names = [rows[0]["slug"] for rows in made.vocabulary.values()]
    return [*slugs[:4], *slugs[4::40], *names]


def kind_of(converter):
    return "int" if isinstance(converter, IntConverter) else "slug"


def lists(words):
    """Lists as pages and as data, under each filter and each of these words."""
    for name, view in urls.LISTS.items():
        for parameter in view.filterset.base_filters:
            for word in words:
                yield from (f"/ko/{name}?{parameter}={word}", f"/{name}.json?{parameter}={word}")
    for word in words:
        yield from (f"/ko/search?q={word}", f"/search.json?q={word}")


def answer(client, address):
    response = client.get(address)
    # What tells one request from another is no answer.
    headers = {name: value for name, value in response.headers.items() if name != "X-Request-ID"}
    return response.status_code, headers, response.getvalue()


def answers(client, wanted):
    fresh_worker()
    return {address: answer(client, address) for address in wanted}


def test_a_draft_and_unpublished_changes_change_no_byte_of_any_answer(client):
    summit = factories.published(commitments=[factories.commitment()])
    factories.another(3)
    new, changed = draft(), changes(summit)
    hidden = some_of(new) + some_of(changed)
    shown = [PUBLIC, "2026-nara-1", "lee-jae-myung", "talks", "trade"]
    wanted = [
        *addresses([*shown, *hidden], ["talks"]),
        *addresses([PUBLIC, new.document["slug"]], hidden),
        *lists([new.document["slug"], new.texts[5][2], changed.texts[9][2]]),
        "/ko/summits/2025-11-zq",  # nearly a draft's
        "/ko/summits?form=trilateral",
    ]
    # Of what nobody may know one language is enough: the others differ in their words only.
    wanted = [
        one for one in wanted if one[:4] not in ("/en/", "/ja/") or not MARKS.search(one.encode())
    ]
    before = answers(client, wanted)
    assert {status for status, _headers, _content in before.values()} == {200, 302, 303, 404, 400}

    load(new.document, new.vocabulary)
    load(changed.document, changed.vocabulary, mode="replace")

    after = answers(client, wanted)
    assert [address for address in wanted if after[address] != before[address]] == []
    clean = [address for address in wanted if not MARKS.search(address.encode())]
    assert [address for address in clean if MARKS.search(after[address][2])] == []


def test_an_index_made_anew_holds_nothing_of_drafts(client):
    summit = factories.published()
    new, changed = draft(), changes(summit)
    load(new.document, new.vocabulary)
    load(changed.document, changed.vocabulary, mode="replace")
    index.reindex()
    assert leaking(client) == []
    publishing.vocabulary_saved(
        [
            ("party", "jpn"),
            *(("party", row["slug"]) for row in changed.vocabulary["parties"]),
            *(("participant", row["slug"]) for row in changed.vocabulary["participants"]),
        ]
    )
    assert leaking(client) == []


def leaking(client):
    """The addresses with a mark, of all that a crawler reaches."""
    waiting = sorted(set(addresses([PUBLIC, "2026-nara-1", "lee-jae-myung"], ["talks"])))
    seen, found = set(), []
    while waiting:
        address = waiting.pop()
        seen.add(address)
        _status, headers, content = answer(client, address)
        if MARKS.search(content + repr(headers).encode()):
            found.append(address)
        for link in re.findall(rb'href="(/(?:en|summits|commitments)[^"#]*)', content):
            link = unescape(link.decode())
            if link not in seen and link not in waiting and link.count("=") < 2:
                waiting.append(link)
    assert len(seen) > 60
    return found


def test_counts_and_facets_are_those_of_what_is_public(client):
    summit = factories.published()
    # That a summit was withdrawn is told among the changes; tests/test_changes.py says what of it.
    lists = [name for name in urls.LISTS if name not in ("changes", "corrections")]
    before = {name: client.get(f"/{name}.json").json() for name in lists}
    new, changed = draft(), changes(summit)
    load(new.document, new.vocabulary)
    load(changed.document, changed.vocabulary, mode="replace")
    factories.another(3)  # a new version, and so a new shelf
    publishing.withdraw(factories.Summit.objects.get(slug="2003-04-city-3"), note={"en": "Out."})
    for name in lists:
        assert client.get(f"/{name}.json").json() == before[name]


def test_a_new_slug_is_nobodys_until_it_is_published(client):
    summit = factories.published()
    renamed = read(summit) | {"slug": "2026-01-12-zqc", "formerly": [PUBLIC]}
    load(renamed, mode="replace")
    fresh_worker()
    for place in ("", "/sessions/talks", "/editions/1"):
        assert client.get(f"/en/summits/{PUBLIC}{place}").status_code == 200
        assert client.get(f"/summits/{PUBLIC}{place}.json").json()["edition"] == 1
        assert client.get(f"/en/summits/2026-01-12-zqc{place}").status_code == 404
    for address in ("/en/", f"/en/summits/{PUBLIC}", "/commitments.json", "/en/commitments"):
        assert not MARKS.search(client.get(address).content), address
    assert client.get(f"/commitments.json?summit={PUBLIC}").json()["count"] == 1
    assert client.get("/en/commitments/2026-nara-1").status_code == 200

    publishing.publish(summit, note={"en": "The day was wrong."})
    for place in ("", "/sessions/talks", "/editions/1"):
        assert client.get(f"/en/summits/2026-01-12-zqc{place}").status_code == 200
        moved = client.get(f"/ja/summits/{PUBLIC}{place}")
        assert (moved.status_code, moved["Location"]) == (
            301,
            f"/ja/summits/2026-01-12-zqc{place}",
        )
    assert client.get("/commitments.json?summit=2026-01-12-zqc").json()["count"] == 1


def test_a_name_that_a_draft_refers_to_is_public_only_by_another_summit(client):
    names = factories.vocabulary()
    names["participants"].append(
        {"slug": "zqn-person", "kind": "person", "name": {"en": "Zqnname"}}
    )
    spoken = {
        "key": "said", "speaker": "zqn-person", "gist": factories.text("Words"), "cites": ["s01"],
    }  # fmt: skip
    factories.published(names)
    factories.drafted(names, slug="2025-11-x", code="2025-x", statements=[spoken])
    assert client.get("/en/participants/zqn-person").status_code == 404
    assert b"Zqnname" not in client.get("/en/participants").content

    factories.another(3, names=names, statements=[spoken])
    assert client.get("/en/participants/zqn-person").status_code == 200
    page = client.get("/en/participants/zqn-person").content.decode()
    assert "2025-11-x" not in page

    publishing.withdraw(factories.Summit.objects.get(slug="2003-04-city-3"), note={"en": "Out."})
    assert client.get("/en/participants/zqn-person").status_code == 404
    assert client.get("/participants/zqn-person.json").status_code == 404
    assert Participant.objects.filter(slug="zqn-person").exists()


def test_a_past_edition_shows_what_it_said_and_nothing_later(client):
    summit = factories.published()
    changed = changes(summit)
    load(changed.document, changed.vocabulary, mode="replace")
    publishing.publish(summit, note={"en": "Everything is new."})
    for address in (f"/en/summits/{PUBLIC}/editions/1", f"/summits/{PUBLIC}/editions/1.json"):
        content = client.get(address).content
        assert not MARKS.search(content), address
        assert b"Wording of kor" in content
    assert MARKS.search(client.get(f"/en/summits/{PUBLIC}/editions/2").content)


# all of it is there once it is published ----------------------------------------------------------

# Texts that pages keep to themselves; everything else stands on a page in its language.
ONLY_AS_DATA = {
    r"^\.cites\.(slug|code|summary|checked_on)": "not facts that a source tells",
    r"^\.cites\.event_status": "of a summit that was held its status is not said",
    r"^\.cites\.all": "marks the facts that have no citation of their own; here all have",
    r"formerly": "former keys and slugs lead on; they are not read",
    r"sort_name": "orders lists; the Japanese reading alone is shown",
    r"withdrawn\.(parties|cites).*": "a withdrawn commitment leaves title, day and reason",
    r".*>(party|topic|participant)\.slug": "an address, shown where a link leads there",
    r".*>party\.(name|short_name)": "either of the two names is shown, asked for below",
    r".*>party\.also": "found by the search, asked for below",
}


def is_only_as_data(path):
    return any(re.search(rf"(^|\.|>){pattern}$", path) for pattern in ONLY_AS_DATA)


def test_every_text_of_a_summit_is_read_once_it_is_published(client):
    made = draft()
    summit = load(made.document, made.vocabulary).summit
    publishing.publish(summit, note={"en": "Opened."})
    slug, code = made.document["slug"], made.document["code"]
    [session] = made.document["sessions"]
    places = [
        f"summits/{slug}", f"summits/{slug}/sessions/{session['key']}", f"commitments/{code}-1",
        *(f"participants/{row['slug']}" for row in made.vocabulary["participants"]),
    ]  # fmt: skip
    pages = {
        code: "".join(client.get(f"/{code}/{place}").content.decode() for place in places)
        for code in LANGUAGES
    }
    missing = {
        path
        for path, language, word in made.texts
        for code in ([language] if language else LANGUAGES)
        if not is_only_as_data(path) and word not in pages[code]
    }
    assert sorted(missing) == []
    for path, language, _word in made.texts:  # of a party: the full name or the short one
        if path.endswith(">party.name") and not path.startswith("withdrawn"):
            either = [
                word
                for known, code, word in made.texts
                if code == language and known in (path, path.replace(".name", ".short_name"))
            ]
            assert any(word in pages[language] for word in either), path

    data = client.get(f"/summits/{slug}.json").content.decode()
    lost = [
        (path, word) for path, _code, word in made.texts if ">" not in path and word not in data
    ]
    assert lost == []


def test_every_spelling_of_a_published_name_is_found(client):
    made = draft()
    summit = load(made.document, made.vocabulary).summit
    publishing.publish(summit, note={"en": "Opened."})
    spellings = [
        word
        for path, _code, word in made.texts
        if re.search(r">(party|participant)\.(name|short_name|also)$", path)
    ]
    assert len(spellings) > 50
    for word in spellings:
        found = client.get(f"/summits.json?q={word}").json()["items"]
        assert [row["id"] for row in found] == [made.document["slug"]], word


# withdrawn ----------------------------------------------------------------------------------------


def test_a_withdrawn_commitment_is_listed_with_its_reason_and_nowhere_counted(client):
    gone = factories.commitment(
        2, session="talks", withdrawn={"on": "2026-02-01", "reason": factories.text("Slip")}
    )
    factories.published(commitments=[factories.commitment(1, session="talks"), gone])
    page = client.get(f"/en/summits/{PUBLIC}").content.decode()
    assert "Withdrawn from the record" in page
    [line] = re.findall(r'<li id="c-2">.*', page)
    assert "Commitment 2" in line
    assert "1 February 2026" in line
    assert "Slip" in line
    assert "/en/commitments/2026-nara-2" not in page
    session = client.get(f"/en/summits/{PUBLIC}/sessions/talks").content.decode()
    assert "Commitment 1" in session
    assert "Commitment 2" not in session
    assert client.get("/commitments.json").json()["count"] == 1
    [summit] = client.get("/summits.json").json()["items"]
    assert (summit["commitments"], summit["statuses"]) == (1, {"announced": 1})
    person = client.get("/en/participants/lee-jae-myung").content.decode()
    assert re.findall(r"Announced</span> (\d)", person) == ["1"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_gone_answers_so_as_a_page_and_as_data(client, language):
    summit = factories.published()
    publishing.withdraw(summit, note=factories.text("No summit"))
    below = (
        "", "/sessions/talks", "/editions/1", "/editions/2", "/sessions/never",
    )  # fmt: skip
    for place in (*(f"summits/{PUBLIC}{one}" for one in below), "commitments/2026-nara-1"):
        page = client.get(f"/{language}/{place}")
        assert page.status_code == 410, place
        assert factories.text("No summit")[language] in page.content.decode()
        data = client.get(f"/{place}.json")
        assert data.status_code == 410, place
        assert list(data.json()["gone"]) == ["title", "on", "reason"]
        assert data.json()["gone"]["on"] == "2026-03-01"
    assert client.get(f"/{language}/participants/lee-jae-myung").status_code == 404
    assert PUBLIC not in client.get(f"/{language}/").content.decode()


def test_former_names_lead_on_in_every_language_and_as_data(client):
    names = factories.vocabulary()
    names["participants"][0]["formerly"] = ["lee-jaemyung"]
    factories.published(
        names,
        formerly=["2026-01-12-nara"],
        sessions=[factories.session(formerly=["old-talks"])],
    )
    leads = {
        "summits/2026-01-12-nara": f"summits/{PUBLIC}",
        "summits/2026-01-12-nara/sessions/talks": f"summits/{PUBLIC}/sessions/talks",
        "summits/2026-01-12-nara/editions/1": f"summits/{PUBLIC}/editions/1",
        f"summits/{PUBLIC}/sessions/old-talks": f"summits/{PUBLIC}/sessions/talks",
        "participants/lee-jaemyung": "participants/lee-jae-myung",
    }
    for old, new in leads.items():
        for language in LANGUAGES:
            answer = client.get(f"/{language}/{old}")
            assert (answer.status_code, answer["Location"]) == (301, f"/{language}/{new}")
            assert client.get(answer["Location"]).status_code == 200
        answer = client.get(f"/{old}.json")
        assert (answer.status_code, answer["Location"]) == (301, f"/{new}.json")
        assert client.get(answer["Location"]).status_code == 200
