"""The desk's pages as editors of each role use them, and working copies on their way."""

from django.test import Client

from records import review
from records.models.review import Step
from records.review import Person, desk_of
from tests.admin_pages import address
from tests.factories import drafted, somebody


def signed_in(*roles, **facts):
    client = Client()
    client.force_login(somebody(*roles, **facts))
    return client


def person(*roles, name):
    editor = somebody(*roles, username=name)
    return Person(name, name, editor)


def another(number, **over):
    return drafted(
        slug=f"2026-03-{number:02d}-busan",
        code=f"2026-busan-{number}",
        title={"en": f"Summit {number}"},
        commitments=None,
        **over,
    )


def submitted(summit, name="kim", comment=""):
    kim = person("contributor", name=name)
    review.take(summit, Step.SUBMITTED, kim, comment=comment, seen=desk_of(summit).sha256)
    return summit


def approved(summit, name="kim"):
    submitted(summit, name)
    lee = person("reviewer", name=f"lee-{name}")
    review.take(summit, Step.APPROVED, lee, seen=desk_of(summit).sha256)
    return summit


def page(client, where):
    response = client.get(where)
    assert response.status_code == 200, where
    return response.content.decode()


def step(client, summit, name, **typed):
    """Press a button of the review page, as it stands now."""
    where = address(summit, "review")
    seen = typed.pop("seen", None) or client.get(where).context["desk"].desk.sha256
    return client.post(where, {"seen": seen, "step": name, **typed}, follow=True)


def buttons(client, summit):
    context = client.get(address(summit, "review")).context
    found = [name for name, _label in context["buttons"]]
    found += ["publish"] * context["may_publish"] + ["scheduled"] * context["may_schedule"]
    return found
