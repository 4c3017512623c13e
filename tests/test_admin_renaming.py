"""“Rename” rewrites what refers to a name, keeps the old one, and takes none that is in use."""

import pytest

from records import publishing
from records.models import Progress, Summit, Topic
from tests.admin_pages import address, document_of
from tests.factories import (
    commitment,
    drafted,
    progress,
    published,
    session,
    source,
    text,
)

pytestmark = pytest.mark.django_db


def rename(editor, row, new):
    response = editor.post(address(row, "rename"), {"new": new})
    return [] if response.status_code == 302 else list(response.context["form"].errors["new"])


DIFFERENCE = {
    "key": "length",
    "question": text("How long?"),
    "about": ["sessions.talks.minutes", "sessions.talks-2"],
    "kind": "counting",
    "values": [{"says": "20", "cites": ["s01 p. 2"]}, {"says": "30", "cites": ["s011"]}],
}


def test_renamed_session_is_followed_by_all_that_names_it(editor):
    summit = drafted(
        sessions=[session(), session("talks-2")],
        commitments=[commitment(session="talks")],
        differences=[DIFFERENCE],
        sources=[source(), source("s011")],
    )

    rename(editor, summit.sessions.get(key="talks"), "expanded-talks")

    found = document_of(summit)
    assert [row["key"] for row in found["sessions"]] == ["expanded-talks", "talks-2"]
    assert found["sessions"][0]["formerly"] == ["talks"]
    assert found["commitments"][0]["session"] == "expanded-talks"
    assert found["differences"][0]["about"] == [
        "sessions.expanded-talks.minutes",
        "sessions.talks-2",
    ]


def test_renamed_source_is_cited_by_its_new_key(editor):
    summit = drafted(
        differences=[DIFFERENCE],
        sessions=[session(), session("talks-2")],
        sources=[source(), source("s011")],
    )

    rename(editor, summit.sources.get(key="s01"), "mofa")

    found = document_of(summit)
    assert found["cites"] == ["mofa"]
    assert [value["cites"] for value in found["differences"][0]["values"]] == [
        ["mofa p. 2"],
        ["s011"],
    ]
    assert publishing.state(summit).problems == []


def test_renamed_summit_keeps_its_editions_and_leads_on(editor):
    summit = published()
    drafted(
        slug="2026-02-01-other",
        code="2026-other",
        commitments=[commitment(progress=[progress(summit="2026-01-13-nara")])],
    )

    rename(editor, summit, "2026-01-13-nara-city")

    assert '/en/summits/2026-01-13-nara"' in editor.get(address(summit)).content.decode()
    summit = Summit.objects.get(pk=summit.pk)
    assert (summit.slug, summit.formerly) == ("2026-01-13-nara-city", ["2026-01-13-nara"])
    assert Progress.objects.get().summit == "2026-01-13-nara-city"
    publishing.publish(summit, note={"en": "Renamed."})
    assert [edition.number for edition in summit.editions.order_by("number")] == [1, 2]


def test_renamed_topic_is_renamed_in_citations_of_single_topics(editor):
    summit = drafted(cites={"topics.trade": ["s01"]})

    rename(editor, Topic.objects.get(slug="trade"), "commerce")

    found = document_of(summit)
    assert found["topics"] == ["commerce"]
    assert found["cites"] == {"topics.commerce": ["s01"]}
    assert Topic.objects.get(slug="commerce").formerly == ["trade"]


def test_name_readers_see_is_not_renamed(editor):
    published()
    row = Topic.objects.get(slug="trade")

    response = editor.post(address(row, "rename"), {"new": "commerce"})

    assert "published editions refer to it" in response.content.decode()
    row.refresh_from_db()
    assert row.slug == "trade"


def test_name_in_use_or_used_before_is_refused(editor):
    summit = drafted(sessions=[session(), session("dinner")])
    talks, dinner = summit.sessions.order_by("order")
    rename(editor, dinner, "supper")

    assert rename(editor, talks, "supper") == ["“supper” is, or was, the name of another: supper."]
    assert rename(editor, talks, "dinner") == ["“dinner” is, or was, the name of another: supper."]
    assert rename(editor, talks, "talks") == ["That is its name already."]
    assert len(rename(editor, talks, "Not A Key")) == 1
    assert rename(editor, dinner, "dinner") == []
    dinner.refresh_from_db()
    assert (dinner.key, dinner.formerly) == ("dinner", ["supper"])
