"""The templates' own ways: calls as plain Python, macros without detours, everything escaped."""

import jinja2
import pytest
from django.template import engines
from markupsafe import Markup

LANGUAGES = ("en", "ko", "ja")


def environment(code):
    return engines["jinja2"].env.languages[code]


def drawn(source, **values):
    return environment("en").from_string(source).render(**values)


@pytest.mark.parametrize("code", LANGUAGES)
def test_nothing_that_pages_call_asks_for_the_context(code):
    called = {name: one for name, one in environment(code).globals.items() if callable(one)}
    assert [name for name, one in called.items() if hasattr(one, "jinja_pass_arg")] == []
    assert len(called) > 20


MACRO = "{% macro said(who, what='nothing') %}{{ who }}: {{ what }}{% endmacro %}"


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("said('A', 'B')", "A: B"),
        ("said('A')", "A: nothing"),
        ("said('A', what='C')", "A: C"),
        ("said(what='C', who='A')", "A: C"),
        ("said(text)", "&lt;b&gt;: nothing"),
        ("said(said(text))", "&lt;b&gt;: nothing: nothing"),
        ("said(number, marked)", "7: <i>"),
    ],
)
def test_a_macro_takes_its_arguments_as_jinja_does_and_is_escaped_once(call, expected):
    values = {"text": "<b>", "marked": Markup("<i>"), "number": 7}
    assert drawn(MACRO + "{{ " + call + " }}", **values) == expected


def test_a_macro_draws_what_its_caller_holds():
    source = "{% macro row(name) %}{{ name }} = {{ caller() }}{% endmacro %}"
    call = "{% for one in rows %}{% call row('A') %}{{ one }}{% endcall %};{% endfor %}"
    assert drawn(source + call, rows=["<", 2]) == "A = &lt;;A = 2;"


@pytest.mark.parametrize("call", ["said()", "said('A', 'B', 'C')", "said('A', whom='B')"])
def test_a_macro_refuses_what_it_does_not_take(call):
    with pytest.raises((TypeError, jinja2.UndefinedError)):
        drawn(MACRO + "{{ " + call + " }}")


@pytest.mark.parametrize(
    ("expression", "expected"),
    [("row.items", "facts"), ("row.keys() | list", "['items']"), ("row.items | upper", "FACTS")],
)
def test_a_fact_goes_before_a_method_of_the_same_name(expression, expected):
    assert drawn("{{ " + expression + " }}", row={"items": "facts"}).replace("&#39;", "'") == (
        expected
    )


def test_what_a_row_does_not_have_is_an_error():
    with pytest.raises(jinja2.UndefinedError):
        drawn("{{ row.missing }}", row={"items": "facts"})
