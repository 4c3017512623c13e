"""Not one second early, and gone once withdrawn: in every format, whatever the site's own clock."""

from datetime import timedelta

import pytest
import time_machine

from records import publishing, review
from records.models.review import Step
from tests.factories import commitment, drafted, published, text
from tests.steps import FACTS, NOTE, NOW, person, take

pytestmark = pytest.mark.django_db
MARK = "zqembargo"
SUMMIT = "2026-03-09-busan"
BODY = "zqbelow"  # in a commitment
OWN = (f"/ko/summits/{SUMMIT}", f"/summits/{SUMMIT}.json", f"/ja/summits/{SUMMIT}.ics")
PUBLIC = (
    "/en/", "/ko/summits", "/summits.json", "/summits.csv", "/ko/summits.atom", "/ko/summits.ics",
    "/ja/commitments", "/commitments.json", f"/en/search?q={MARK}", f"/search.json?q={MARK}",
    f"/en/summits?q={MARK}", "/en/changes", "/changes.json", "/ko/changes.atom",
    "/sitemap-summit-1.xml", *OWN,
)  # fmt: skip
TRACE = [
    "/en/",
    "/en/changes",
    "/changes.json",
    "/ko/changes.atom",
    *OWN,
]  # which say what was withdrawn, and why
SECOND = timedelta(seconds=1)


@pytest.fixture(params=["UTC", "Pacific/Kiritimati"])
def clock(request, settings):
    """Sites whose day is another than the record's own."""
    settings.TIME_ZONE = request.param
    return request.param


def scheduled():
    """A public summit, and beside it one with words of its own that is to come at NOW."""
    published()
    summit = drafted(
        slug=SUMMIT, code="2026-busan", title=text(MARK), city=text(MARK),
        starts="2026-03-09", ends=None, commitments=[commitment(title=text(f"{MARK} {BODY}"))],
    )  # fmt: skip
    take(summit, Step.SUBMITTED, person("contributor"))
    take(summit, Step.APPROVED, person("reviewer"))
    take(summit, Step.SCHEDULED, person("publisher"), **FACTS[Step.SCHEDULED])
    return summit


def showing(client):
    """The addresses whose answer holds words of it, or leads to it unasked."""
    found = []
    for address in PUBLIC:
        said = client.get(address).getvalue().decode()
        leads = SUMMIT not in address and SUMMIT in said
        if f"{MARK} 한" in said or f"{MARK} 日" in said or leads:
            found.append(address)
    return found


def test_nothing_is_public_one_second_early_and_all_of_it_in_time(client, clock):
    with time_machine.travel(NOW - timedelta(hours=30), tick=False):
        scheduled()
        tags = {address: client.get(address).get("ETag") for address in PUBLIC}
    with time_machine.travel(NOW - SECOND, tick=False):
        assert review.publish_due() == []
        assert showing(client) == []
        assert {client.get(address).status_code for address in OWN} == {404}

    with time_machine.travel(NOW, tick=False):
        assert [outcome.summit.slug for outcome in review.publish_due()] == [SUMMIT]
        kept = [
            address
            for address, tag in tags.items()
            if tag and client.get(address, headers={"If-None-Match": tag}).status_code == 304
        ]
        assert kept == []  # no cache goes on with what was there before
        assert sorted(showing(client)) == sorted(PUBLIC)


def test_of_what_was_withdrawn_stays_its_title_where_it_is_told(client):
    with time_machine.travel(NOW, tick=False):
        summit = scheduled()
        review.publish_due()
    with time_machine.travel(NOW + SECOND, tick=False):
        publishing.withdraw(summit, note=NOTE)
        texts = {address: client.get(address).getvalue().decode() for address in PUBLIC}
        assert [address for address, said in texts.items() if BODY in said] == []
        assert sorted(showing(client)) == sorted(TRACE)
        assert {client.get(address).status_code for address in OWN} == {410}
