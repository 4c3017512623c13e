"""Whatever is sent, anywhere: never a failure, never slow, never an unescaped echo, never off site.

`test_probe.py` has a table of known bad values; here Hypothesis makes them up, over every address
and parameter that the code has, readers' and editors'.
"""

import time
from urllib.parse import quote, urljoin, urlsplit

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import get_resolver
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from records.models import Commitment, Editor, OpenForm, Session, Summit
from records.roles import KINDS
from records.urls import LISTS
from tests import factories
from tests.admin_pages import add_address, address, fields_of
from tests.test_probe import VALUES

pytestmark = pytest.mark.django_db
MARK = "<zq\"'onx="
SECONDS = 1.0  # of the processor's time, so that a busy machine is no failure
PASSWORD = "a long enough phrase"
many = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
# What a form or an address can carry: a lone half of a character cannot be encoded at all.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)
bad = st.one_of(texts, st.sampled_from([one for one in VALUES if len(one) < 600]))
marked = st.tuples(bad, st.just(MARK), texts).map("".join)
PARAMETERS = sorted(
    (name, parameter) for name, view in LISTS.items() for parameter in view.filterset.base_filters
)
# Language or none, extension: what stands at a list's name.
FORMS = ("/en/{}", "/ko/{}", "/ja/{}", "/{}.json", "/{}.csv", "/en/{}.atom", "/ja/{}.ics", "/{}")


@pytest.fixture
def client(db):
    factories.published(commitments=[factories.commitment()])
    return Client(raise_request_exception=True)


@pytest.fixture
def editor(db):
    """An administrator's browser, and the summit of a record with a row of each kind."""
    factories.published(commitments=[factories.commitment()])
    browser = Client()
    browser.force_login(factories.EditorFactory())
    return browser


@pytest.fixture
def somebody(db):
    """The name of an administrator who has PASSWORD."""
    return factories.EditorFactory(password=PASSWORD).username


def sound(client, where, method="get", seconds=SECONDS, **sent):
    """The answer, which is no failure, quick, leads nowhere else and repeats nothing unescaped."""
    began = time.process_time()
    response = getattr(client, method)(where, **sent)
    assert time.process_time() - began < seconds, where
    content = response.getvalue()
    assert response.status_code < 500, where
    if response.headers.get("Content-Type", "text/html").startswith(("text/html", "image/svg")):
        assert b"<zq" not in content, where
    leads = response.headers.get("Location", "/")
    assert urlsplit(urljoin(f"http://testserver{where}", leads)).netloc == "testserver", where
    assert not leads.startswith(("//", "/\\", "\\")), where
    assert not {"\r", "\n"} & set("".join(response.headers.values())), where
    return response


# readers ------------------------------------------------------------------------------------------


@many
@given(st.sampled_from(PARAMETERS), st.sampled_from(FORMS), st.lists(marked, max_size=3))
def test_any_values_of_any_parameter(client, known, form, values):
    name, parameter = known
    query = "&".join(f"{parameter}={quote(value)}" for value in values)
    sound(client, f"{form.format(name)}?{query}")


@many
@given(st.dictionaries(texts, marked, max_size=4), st.sampled_from(FORMS))
@example({"status": "draft", "slug__startswith": "2026"}, "/{}.json")
@example({"_connector": "OR", "_negated": "1"}, "/en/{}")
def test_any_parameters_of_any_name(client, parameters, form):
    query = "&".join(f"{quote(name)}={quote(value)}" for name, value in parameters.items())
    for name in ("commitments", "search"):
        sound(client, f"{form.format(name)}?{query}")


@many
@given(
    st.lists(
        st.one_of(marked, st.sampled_from([".", "..", "", "en", "summits", "admin"])), max_size=5
    )
)
def test_any_path(client, parts):
    path = "/" + "/".join(quote(part, safe=".") for part in parts)
    response = sound(client, path)
    assert response.status_code in (200, 301, 302, 303, 308, 400, 404, 414), path


def addresses():
    """An address for every route of readers, with a word or a number where the route wants one."""

    def walk(patterns, start):
        for pattern in patterns:
            route = start + str(pattern.pattern)
            if hasattr(pattern, "url_patterns"):
                yield from walk(pattern.url_patterns, route)
            else:
                yield route

    routes = {f"/{route}" for route in walk(get_resolver().url_patterns, "")}
    plain = {route for route in routes if not set(route) & set("<^(\\")}
    return sorted(route for route in plain if not route.startswith("/admin"))


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "X"])
def test_no_address_of_readers_takes_anything(client, method):
    known = addresses()
    assert len(known) > 40
    before = Editor.objects.count(), Summit.objects.count()
    for where in known:
        status = client.generic(method, where, data="{}").status_code
        assert status in (302, 303, 404, 405) if where == "/" else status in (404, 405), where
    assert (Editor.objects.count(), Summit.objects.count()) == before


@many
@given(
    st.sampled_from(["Accept", "Accept-Language", "If-None-Match", "If-Modified-Since", "Range",
                     "Cookie", "Referer", "Origin", "X-Requested-With", "Accept-Encoding",
                     "Content-Type", "X-Forwarded-For", "X-Request-ID", "Sec-Fetch-Mode"]),
    st.text(st.characters(max_codepoint=255, exclude_characters="\r\n"), max_size=200),
)  # fmt: skip
def test_any_header(client, name, value):
    for where in (
        "/",
        "/summits",
        "/en/search?q=nara",
        "/commitments.csv",
        "/.well-known/security.txt",
    ):
        sound(client, where, headers={name: value})


# editors ------------------------------------------------------------------------------------------

MODELS = sorted({name for names in KINDS.values() for name in names} | {"editor"})


@many
@given(st.sampled_from(MODELS), st.dictionaries(texts, marked, max_size=3), marked)
@example("summit", {"author__password__startswith": "a"}, "x")
@example("editor", {"password__startswith": "pbkdf2"}, "x")
@example("commitment", {"o": "-1.0.99", "p": "9" * 30, "_facets": "1", "all": "1"}, "\0")
def test_any_question_to_a_list_of_the_admin(editor, model, parameters, words):
    query = {**parameters, "q": words}
    response = sound(editor, f"/admin/records/{model}/", data=query)
    assert response.status_code in (200, 302, 400, 403)


@many
@given(marked, texts)
def test_any_words_to_what_helps_while_typing(editor, words, other):
    sound(editor, "/admin/date-in-words", data={"text": words})
    asked = {"app_label": "records", "model_name": other, "field_name": words, "term": words}
    assert sound(editor, "/admin/autocomplete/", data=asked).status_code in (200, 403, 404)


@many
@given(st.sampled_from(["summit", "session", "commitment"]), st.data())
def test_any_words_in_any_field_of_a_form(editor, name, data):
    row = {"summit": Summit, "session": Session, "commitment": Commitment}[name].objects.first()
    OpenForm.objects.all().delete()  # what was refused before is offered on the form, with fields
    form = fields_of(editor.get(address(row)))
    chosen = data.draw(st.lists(st.sampled_from(sorted(form)), min_size=1, max_size=6, unique=True))
    for field in chosen:
        form[field] = data.draw(marked)
    response = sound(editor, address(row), "post", data=form)
    assert response.status_code in (200, 302, 400, 409)
    type(row).objects.get(pk=row.pk)


@many
@given(st.data())
def test_any_words_in_a_form_of_a_new_row(editor, data):
    model = data.draw(st.sampled_from([one for one in admin.site._registry if one is not Editor]))
    summit = Summit.objects.first()
    where = (
        add_address(model, summit)
        if model._meta.app_label == "records"
        else "/admin/auth/group/add/"
    )
    page = editor.get(where)
    if page.status_code != 200:
        return
    form = {field: data.draw(marked) for field in fields_of(page)}
    assert sound(editor, where, "post", data=form).status_code in (200, 302, 400, 403, 409)


@settings(many, max_examples=15)
@given(marked)
@example("https://evil.example/")
@example("//evil.example")
@example("/\\evil.example")
@example("javascript:alert(1)")
def test_signing_in_leads_nowhere_else(somebody, target):
    browser = Client(headers={"referer": "https://evil.example/"})
    sent = {"username": somebody, "password": PASSWORD, "next": target}
    # A password is slow to look at on purpose.
    where = f"/admin/login/?next={quote(target)}"
    answered = sound(browser, where, "post", seconds=10, data=sent)
    assert answered.status_code in (302, 400)  # the latter where the target cannot be read
