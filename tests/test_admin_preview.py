"""Previews: the page readers would get, behind links that end, and nothing of it anywhere else."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from records import facets, publishing
from records.admin.previewed import SALT, address, ends_at, token_for
from records.models import (
    Attendance,
    Commitment,
    Delegation,
    Difference,
    Gift,
    Note,
    Participant,
    Party,
    Progress,
    Session,
    Source,
    Statement,
    Summit,
    Wording,
)
from tests import admin_pages
from tests.admin_pages import fields_of
from tests.desk import page, signed_in
from tests.factories import (
    SummitFactory,
    commitment,
    drafted,
    published,
    session,
    somebody,
    text,
)

pytestmark = pytest.mark.django_db


def link(summit, below="", language="en", editor=None):
    return address(token_for(summit, editor or somebody("contributor")), below, language)


def shown(where):
    """A page as somebody without an account gets it."""
    response = Client().get(where)
    assert response.status_code == 200, where
    return response.content.decode()


# what it shows ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "mark"), [("en", ""), ("ko", " 한"), ("ja", " 日")])
def test_preview_of_a_draft_shows_every_page_to_whoever_has_the_link(language, mark):
    summit = drafted()
    token = token_for(summit, somebody("contributor"))

    titles = {
        below: re.search(r"<h1>(.*?)</h1>", shown(address(token, below, language)))[1]
        for below in ("", "sessions/talks", "commitments/1")
    }

    assert titles == {
        "": f"Summit in Nara{mark}",
        "sessions/talks": f"Session talks{mark}",
        "commitments/1": f"Commitment 1{mark}",
    }
    assert Client().get(f"/{language}/summits/2026-01-13-nara").status_code == 404


def test_preview_says_what_it_is_and_what_readers_see():
    draft = drafted(slug="2026-03-01-busan", code="2026-busan")

    assert "Readers see nothing of it yet." in shown(link(draft))
    assert "Readers see edition 1." in shown(link(published()))


SECTIONS = re.compile(r'<section id="facts">.*(?=<section id="cite">)', re.DOTALL)


def read_by(html, token=""):
    """The sections a page reads, with links as readers have them."""
    html = html.replace(f"/en/preview/{token}/commitments/", "/en/commitments/2026-nara-")
    html = html.replace(f"/en/preview/{token}", "/en/summits/2026-01-13-nara")
    return SECTIONS.search(html)[0]


def test_preview_is_the_page_that_readers_get_once_it_is_published():
    summit = published(sessions=[session(), session("dinner", time="19:00")])
    publishing.load(
        {**publishing.state(summit).document, "venue": text("Other hall")}, mode="replace"
    )
    token = token_for(summit, somebody("contributor"))
    places = {"": "summits/2026-01-13-nara", "commitments/1": "commitments/2026-nara-1"}
    before = {below: read_by(shown(address(token, below)), token) for below in places}

    publishing.publish(summit, note={"en": "Venue."})

    after = {below: read_by(shown(f"/en/{place}")) for below, place in places.items()}
    assert before == after
    assert "Other hall" in before[""]


def test_links_of_a_preview_lead_to_previews_of_its_own_pages_and_to_no_others():
    published(slug="2026-03-01-busan", code="2026-busan")
    row = commitment(continues=["2026-busan-1"])
    summit = drafted(commitments=[row, commitment(2)], starts="2026-05-01", ends=None)
    token = token_for(summit, somebody("contributor"))

    html = shown(address(token)) + shown(address(token, "commitments/1"))

    own = rf'href="(/en/(?:summits/{summit.slug}|commitments/{summit.code})[^"]*)"'
    others = r"/editions$|\.atom$"  # of what was published
    assert [href for href in re.findall(own, html) if not re.search(others, href)] == []
    led = set(re.findall(rf'href="/en/preview/{re.escape(token)}([^"#]*)', html))
    assert led == {"", "/sessions/talks", "/commitments/1", "/commitments/2"}
    assert 'href="/en/commitments/2026-busan-1"' in html
    for below in led:
        assert "Preview of unpublished changes" in shown(address(token, below.strip("/")))


def test_preview_names_people_and_parties_that_no_edition_refers_to():
    published(slug="2026-03-01-busan", code="2026-busan")
    summit = drafted()
    Participant.objects.create(slug="han", kind="person", name_en="Nobodyknown")
    Party.objects.create(slug="mongolia", kind="state", name_en="Land Nobody-Met")
    now = publishing.state(summit).document
    now["attendances"].append({"participant": "han", "party": "kor", "capacity": "official"})
    now["delegations"].append({"party": "mongolia", "role": "guest"})
    publishing.load(now, mode="replace")

    html = shown(link(summit))

    assert html.count("Nobodyknown") == 1
    assert "Land Nobody-Met" in html


def test_unknown_session_or_commitment_is_not_found():
    token = token_for(drafted(), somebody("contributor"))

    places = [address(token, below) for below in ("sessions/none", "commitments/9", "x")]

    assert [Client().get(place).status_code for place in places] == [404, 404, 404]


def test_preview_draws_rows_of_which_hardly_anything_is_known():
    summit = SummitFactory(ends="")
    party = Party.objects.create(slug="a", kind="state", name_ko="가")
    person = Participant.objects.create(slug="b", kind="person", name_ja="イ")
    below = {"summit": summit, "order": 1}
    promise = Commitment.objects.create(number=1, kind="new", title_ja="イ", **below)
    for row in (
        Delegation(party=party, role="host", **below),
        Attendance(participant=person, capacity="leader", **below),
        Session(key="x", kind="talks", title_ko="가", **below),
        Statement(key="x", speaker=person, gist_ja="イ", **below),
        Gift(key="x", what_ko="가", **below),
        Note(key="x", kind="occasion", text_ja="イ", **below),
        Difference(key="x", kind="counting", question_ko="가", **below),
        Source(key="x", kind="official", publisher="P", read="whole", **below),
        Wording(commitment=promise, party=party, verb="agreed", gist_ko="가", order=1),
        Progress(commitment=promise, key="x", date="2026", kind="context", text_ko="가", order=1),
    ):
        row.full_clean()  # as its form lets it through
        row.save()
    token = token_for(summit, somebody("contributor"))

    for place in ("", "sessions/x", "commitments/1"):
        for language in ("en", "ko", "ja"):
            assert "2026" in shown(address(token, place, language))


# who sees it, and for how long --------------------------------------------------------------------


def test_link_ends_with_its_hours():
    summit, editor = drafted(), somebody("contributor")
    now = timezone.now().replace(microsecond=0)
    with time_machine.travel(now, tick=False):
        token = token_for(summit, editor)
    assert ends_at(token) == now + timedelta(hours=48)

    with time_machine.travel(now + timedelta(hours=48), tick=False):
        assert Client().get(address(token)).status_code == 200
    with time_machine.travel(now + timedelta(hours=48, seconds=1), tick=False):
        ended = [Client().get(address(token, language=code)) for code in ("en", "ko", "ja")]
    assert [each.status_code for each in ended] == [410, 410, 410]
    assert "opens for 48 hours" in ended[0].content.decode()
    assert "Nara" not in ended[0].content.decode()


def forged(token):
    """Links that nobody signed: of another summit or editor, a sign of other use, cut off."""
    said, at, sign = token.split(":")
    pk = said.split(".")[0]
    other = signing.TimestampSigner(salt="records.admin.opened").sign(said)
    return [
        f"{int(pk) + 1}.1:{at}:{sign}",
        f"{pk}.999:{at}:{sign}",
        f"{said}:zzzzzz:{sign}",
        other,
        token[:-1],
        said,
        "x",
        ":::",
    ]


def test_link_that_was_tampered_with_is_refused():
    summit = drafted()
    token = token_for(summit, somebody("contributor"))

    answers = [Client().get(address(each)) for each in forged(token)]

    assert [each.status_code for each in answers] == [403] * len(answers)
    assert "The address is not whole" in answers[0].content.decode()
    assert signing.TimestampSigner(salt=SALT).unsign(token).endswith(token.split(":")[0])


def test_link_ends_with_the_right_of_the_editor_who_made_it():
    summit = drafted()
    gone, deleted, resigned = (somebody("contributor") for _ in range(3))
    links = [link(summit, editor=each) for each in (gone, deleted, resigned)]
    assert [Client().get(each).status_code for each in links] == [200, 200, 200]

    gone.is_active = False
    gone.save()
    deleted.delete()
    resigned.groups.clear()

    assert [Client().get(each).status_code for each in links] == [410, 410, 410]


def test_link_ends_with_its_summit():
    summit = drafted()
    where = link(summit)
    Summit.objects.get(pk=summit.pk).delete()

    assert Client().get(where).status_code == 410


# that it stays there ------------------------------------------------------------------------------


def test_preview_is_kept_by_no_cache_and_listed_by_no_robot():
    token = token_for(drafted(), somebody("contributor"))

    for where in (address(token), address(token, "commitments/1"), address("1.1:x:y")):
        response = Client().get(where, headers={"If-None-Match": "*"})
        assert response.status_code in (200, 403)
        assert response["Cache-Control"] == "private, no-store"
        assert response["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert response["Referrer-Policy"] == "no-referrer"
        assert response["X-Frame-Options"] == "SAMEORIGIN"
        assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
        assert not response.has_header("ETag")
        html = response.content.decode()
        assert '<meta name="robots" content="noindex, nofollow, noarchive">' in html
        assert 'rel="canonical"' not in html
    assert Client().post(address(token)).status_code == 405


def test_preview_leaves_no_trace_among_what_readers_see():
    summit = published()
    now = publishing.state(summit).document
    secret = {**now, "title": text("Secret"), "venue": text("Secret")}
    publishing.load(secret, mode="replace")
    client, version = Client(), facets.version()

    assert "Secret" in shown(link(summit))

    assert facets.version() == version
    public = [
        "/en/",
        "/en/summits",
        "/en/summits/2026-01-13-nara",
        "/summits/2026-01-13-nara.json",
        "/en/commitments/2026-nara-1",
        "/en/search?q=Nara",
        "/en/changes",
        "/summits.json",
        "/sitemap.xml",
    ]
    for where in public:
        response = client.get(where)
        assert response.status_code == 200
        whole = b"".join(response) if response.streaming else response.content
        assert b"Secret" not in whole, where
        assert b"preview" not in whole, where
    assert client.get("/search.json?q=Secret").json()["count"] == 0


# the page in the admin ----------------------------------------------------------------------------


def frame(html):
    return re.search(r'<iframe class="preview-frame (\w+)" src="([^"]+)"', html).groups()


@pytest.mark.parametrize(
    ("query", "width", "tail", "title"),
    [
        ("", "phone", "", "Summit in Nara"),
        ("?language=ko&width=wide", "wide", "", "Summit in Nara 한"),
        ("?page=sessions/talks&language=ja", "phone", "/sessions/talks", "Session talks 日"),
        ("?about=commitments.1", "phone", "/commitments/1", "Commitment 1"),
        ("?about=sources.s01", "phone", "", "Summit in Nara"),
        ("?language=xx&page=../../x", "phone", "", "Summit in Nara"),
    ],
)
def test_page_of_preview_frames_what_is_asked_for(query, width, tail, title):
    kim, summit = signed_in("contributor"), drafted()

    response = kim.get(admin_pages.address(summit, "preview") + query)

    found, where = frame(response.content.decode())
    assert (found, where.endswith(tail)) == (width, True)
    assert f"<h1>{title}</h1>" in shown(where)
    assert "frame-src 'self'" in response["Content-Security-Policy"]
    assert fields_of(response)["page"] == tail.strip("/")


def test_page_of_preview_is_for_editors():
    summit = drafted()

    where = admin_pages.address(summit, "preview")

    assert signed_in().get(where).status_code == 403
    assert Client().get(where).status_code == 302
    assert signed_in("translator-ja").get(where).status_code == 200


def test_forms_lead_to_the_preview_of_what_they_show():
    kim, summit = signed_in("contributor"), drafted()
    where = admin_pages.address(summit, "preview")

    assert f'href="{where}"' in page(kim, admin_pages.address(summit))
    talks = page(kim, admin_pages.address(summit.sessions.get()))
    assert f'href="{where}?about=sessions.talks"' in talks


@pytest.mark.parametrize("below", ["", "sessions/key-1", "commitments/1"])
def test_preview_asks_the_database_no_more_for_more_rows(below):
    counts = []
    for number in (1, 3, 30):
        summit = drafted(
            slug=f"2026-03-{number:02d}-busan",
            code=f"2026-busan-{number}",
            sessions=[session(f"key-{at}") for at in range(1, number + 1)],
            commitments=[commitment(at) for at in range(1, number + 1)],
        )
        where = link(summit, below)
        Client().get(where)
        with CaptureQueriesContext(connection) as asked:
            shown(where)
        counts.append(len(asked))

    assert len(set(counts)) == 1, counts
    assert counts[0] <= 60, counts
