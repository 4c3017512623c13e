"""The desk as an attacker meets it: every address there is, taken from the table of roles.

Looking changes nothing, forms need their token, nothing leads off site or comes back unescaped.
"""

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode

from tests.factories import EditorFactory, somebody
from tests.test_roles import OTHERS, a_row_of_everything, addresses, place

pytestmark = pytest.mark.django_db
# Of many models one of each kind stands for all: they share their pages.
MODELS = ("summit", "commitment", "party", "edition", "event")
EVIL_SITE = "https://evil.example/"
EVIL = "//evil.example/\"><img src=x onerror=alert(1)>나라'</script>奈良"
# What pages of the admin read of an address or of a form.
READ = (
    "next", "url", "back", "asked", "return", "path", "kind", "language", "summit", "place", "at",
    "to", "which", "p", "q", "o", "e", "restore", "step", "seen", "token", "typed", "what", "text",
    "date", "term", "a", "b", "key", "account", "action", "_to_field", "_popup",
    "_changelist_filters", "new", "other", "into",
)  # fmt: skip
# Who has which page open is told by opening it; a session by being there.
KEPT_BY_LOOKING = {"openform"}


@pytest.fixture(scope="module")
def desk(django_db_setup, django_db_blocker):
    """Every address of the admin that takes no secret, on a row of everything."""
    with django_db_blocker.unblock(), transaction.atomic():
        rows = a_row_of_everything()
        found = [
            place(rows[model], page)
            for model, page, _action in addresses().values()
            if model in MODELS
        ]
        for name in OTHERS:
            try:
                found.append(reverse(f"admin:{name}"))
            except NoReverseMatch:  # of an account, or of an application: held by test_roles
                continue
        yield found
        transaction.set_rollback(True)


def browser(*roles, **options):
    client = Client(**options)
    client.force_login(somebody(*roles) if roles else EditorFactory())
    return client


def everything():
    """All rows of the record and the desk, as they stand."""
    return {
        model._meta.model_name: list(model.objects.order_by("pk").values())
        for model in apps.get_app_config("records").get_models()
        if model._meta.model_name not in KEPT_BY_LOOKING
    }


@pytest.mark.parametrize("role", ["translator-ko", ""])
def test_looking_changes_nothing(desk, role):
    client = browser(*([role] if role else []))
    before = everything()
    wanted = urlencode({"step": "approved", "post": "yes", "_save": "1", "what": "forget"})
    for where in desk:
        if not where.endswith("/logout/"):
            joined = "&" if "?" in where else "?"
            assert client.get(f"{where}{joined}{wanted}").status_code < 500, where
    changed = {name for name, rows in everything().items() if rows != before[name]}
    assert changed == set()


def test_no_form_is_taken_without_its_token(desk):
    client = browser(enforce_csrf_checks=True)
    for where in desk:
        elsewhere = {"Origin": EVIL_SITE.rstrip("/"), "Referer": EVIL_SITE}
        assert client.post(where, {"post": "yes"}, headers=elsewhere).status_code == 403, where


def test_nothing_leads_to_another_site_or_comes_back_as_markup(desk):
    client = browser()
    sent = dict.fromkeys(READ, EVIL)
    for where in desk:
        if where.endswith("/logout/"):
            continue
        asked = f"{where}{'&' if '?' in where else '?'}{urlencode(sent)}"
        for response in (
            client.get(asked),
            client.post(where, sent, headers={"Referer": EVIL_SITE}),
        ):
            assert response.status_code < 500, where
            leads = response.headers.get("Location", "/")
            assert leads.startswith(("/", "?", ".")), (where, leads)
            assert not leads.startswith(("//", "/\\")), (where, leads)
            if "html" in response.get("Content-Type", ""):
                said = response.getvalue().decode()
                assert "<img src=x" not in said, where
                assert "'</script>" not in said, where
