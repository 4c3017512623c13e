"""Remarks: where they stand, what they can be about, how they are answered."""

import pytest

from records import review
from records.models import Remark
from records.review import Person
from tests.admin_pages import address, fields_of
from tests.desk import another, page, signed_in, submitted
from tests.factories import drafted

pytestmark = pytest.mark.django_db
ATTACK = "\"'><img src=x onerror=alert(1)>"
INDEX = "/admin/"


def test_remark_stands_on_the_form_of_what_it_is_about():
    summit, kim = drafted(), signed_in("contributor", username="kim")
    where = address(summit, "remarks")

    kim.post(where, {"path": "sessions.talks.title.ja", "text": "Is it the official name?"})

    for row, stands in (
        (summit, True),
        (summit.sessions.get(), True),
        (summit.commitments.get(), False),
    ):
        assert ("Is it the official name?" in page(kim, address(row))) is stands
    talks = page(kim, address(summit.sessions.get()))
    assert f"{where}?path=sessions.talks" in talks
    assert fields_of(kim.get(f"{where}?path=sessions.talks"))["path"] == "sessions.talks"


def test_remark_on_nothing_is_refused_with_its_text():
    summit, kim = drafted(), signed_in("contributor")
    for path in ("sessions.dinner", "nonsense", "title.fr", "sessions.talks.nonsense.ja", "."):
        response = kim.post(address(summit, "remarks"), {"path": path, "text": "Typed."})
        assert fields_of(response)["text"] == "Typed."
        assert "leads to nothing in this summit" in response.content.decode()
    assert Remark.objects.count() == 0


def test_remark_is_answered_resolved_and_opened_again():
    summit, other = drafted(), another(1)
    kim = signed_in("contributor", username="kim")
    sato = signed_in("translator-ja", username="sato")
    where = address(summit, "remarks")
    kim.post(where, {"path": "", "text": "Look."})

    sato.post(where, {"remark": "1", "text": "Done.", "resolve": "1"})
    row = Remark.objects.get(number=1)
    assert (row.resolved_by, row.replies.get().text) == ("sato", "Done.")
    assert "Look." not in page(kim, address(summit))
    kim.post(where, {"remark": "1", "reopen": "1"})
    row.refresh_from_db()
    assert (row.resolved_at, row.resolved_by) == (None, "")
    for number in ("2", "9", "x", "1" * 30):  # a reply, nothing, nonsense
        assert kim.post(where, {"remark": number, "text": "x"}).status_code == 404
    assert kim.post(address(other, "remarks"), {"remark": "1", "text": "x"}).status_code == 404
    assert Remark.objects.count() == 2


def test_remark_goes_with_a_row_that_is_renamed():
    summit, kim = drafted(), signed_in("contributor", username="kim")
    row = summit.sessions.get()
    kim.post(address(summit, "remarks"), {"path": "sessions.talks", "text": "Look."})

    kim.post(address(row, "rename"), {"new": "expanded-talks"})

    assert Remark.objects.get().path == "sessions.expanded-talks"
    assert "Look." in page(kim, address(summit.sessions.get()))


def test_words_of_an_attacker_are_shown_as_text():
    summit = submitted(drafted(title={"en": ATTACK}), comment=ATTACK)
    kim = signed_in("contributor", first_name=ATTACK, username="x")
    kim.post(address(summit, "remarks"), {"path": "venue", "text": ATTACK})
    kim.post(address(summit, "remarks"), {"remark": "1", "text": ATTACK})
    review.contributed(summit, Person(ATTACK, "x"))

    shown = [
        page(kim, where)
        for where in (INDEX, address(summit), address(summit, "review"), address(summit, "remarks"))
    ]

    assert [html.count("&lt;img src=x") > 0 for html in shown] == [True] * 4
    assert [html for html in shown if "<img src=x" in html] == []
