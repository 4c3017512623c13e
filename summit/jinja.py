"""The Jinja2 environment of the public pages: strict, escaping, in the reader's language.

Each language has an environment of its own: what a template says alike on all its pages (interface
texts, above all) is worked out once, when it is compiled, and is plain text from then on.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any
from urllib.parse import quote

import jinja2
import jinja2.compiler
from django.conf import settings
from django.templatetags.static import static
from django.urls import get_script_prefix, reverse
from django.utils import translation
from django.utils.translation.trans_real import translation as translation_of
from jinja2 import nodes
from jinja2.runtime import Macro, missing
from jinja2.visitor import NodeTransformer

# The inner one is what `escape` itself asks for a plain string, in a tenth of its time.
from markupsafe import Markup, _escape_inner, escape

from records import language
from records.language.texts import drawing
from records.views.addresses import page_name

# Functions that give the same for the same arguments in one language.
FOLDED = ("_", "gettext", "pgettext", "lang", "comma", "colon", "label")


class CodeGenerator(jinja2.compiler.CodeGenerator):
    """Lets what is markup already pass without making it markup again."""

    def _output_child_pre(self, node: nodes.Expr, frame: Any, finalize: Any) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.escaped(")
        else:
            super()._output_child_pre(node, frame, finalize)

    def visit_Call(self, node: nodes.Call, frame: Any, forward_caller: bool = False) -> None:
        """As plain Python: nothing that pages call asks for Jinja's context."""
        self.visit(node.node, frame)
        self.write("(")
        for given in (*node.args, *node.kwargs):
            self.visit(given, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")

    def macro_def(self, macro_ref: Any, frame: Any) -> None:
        self.write("environment.quick(")
        super().macro_def(macro_ref, frame)
        self.write(", macro)")


class Template(jinja2.Template):
    """Says in which language it draws, so that nobody has to ask Django for every text."""

    environment: Environment

    def render(self, *args: Any, **kwargs: Any) -> str:
        with drawing(self.environment.language):
            return super().render(*args, **kwargs)


class Environment(jinja2.Environment):
    """Asks a dict for the item before the method: `{{ row.items }}` is a fact, not a function."""

    template_class = Template
    code_generator_class = CodeGenerator
    language = ""  # that of the pages; the environment without one passes on to that of the page
    languages: dict[str, Environment]

    def getattr(self, obj: Any, attribute: str) -> Any:
        try:
            return obj[attribute] if type(obj) is dict else getattr(obj, attribute)
        except (AttributeError, KeyError):
            return super().getattr(obj, attribute)

    @staticmethod
    def quick(macro: Macro, draw: Callable[..., str]) -> Callable[..., str]:
        """A macro without Jinja's ways to call it that no page needs: what it draws is markup."""
        if macro.caller or macro.catch_kwargs or macro.catch_varargs:
            return macro
        left_out = [(missing,) * count for count in range(len(macro.arguments), -1, -1)]

        def drawn(*args: Any, **kwargs: Any) -> str:
            if kwargs or len(args) >= len(left_out):
                return macro(*args, **kwargs)
            return str.__new__(Markup, draw(*args, *left_out[len(args)]))

        return drawn

    @staticmethod
    def escaped(value: Any) -> str:
        kind = type(value)
        if kind is str:
            return _escape_inner(value)
        if kind is int:
            return str(value)
        marked: str = value if kind is Markup else escape(value)
        return marked

    def get_template(self, name: Any, *args: Any, **kwargs: Any) -> jinja2.Template:
        if self.language:
            return super().get_template(name, *args, **kwargs)
        return self.languages[language.lang()].get_template(name, *args, **kwargs)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        if self.language:
            with translation.override(self.language):
                Folding(self).visit(tree)
        return tree


class Folding(NodeTransformer):
    """Puts in the place of a call what it gives, where that is the same on every page."""

    def __init__(self, environment: Environment):
        self.environment = environment

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        self.generic_visit(node)
        given = [*node.args, *(pair.value for pair in node.kwargs)]
        is_known = isinstance(node.node, nodes.Name) and node.node.name in FOLDED
        if not is_known or not all(isinstance(one, nodes.Const) for one in given):
            return node
        args = [one.value for one in node.args]
        values = {pair.key: pair.value.value for pair in node.kwargs}
        value = self.environment.globals[node.node.name](*args, **values)
        return nodes.Const(value, lineno=node.lineno)


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a page in the current language, of a document in none."""
    if kwargs:
        return reverse(name, args=args, kwargs=kwargs)
    return known_url(language.lang(), get_script_prefix(), name, args)


@lru_cache(maxsize=10_000)
def known_url(code: str, prefix: str, name: str, args: tuple[Any, ...]) -> str:
    """`reverse`, asked once for what stands on every page."""
    return reverse(name, args=args)


def report(subject: str) -> str:
    """An address to report an error to, with its subject; empty where the site has none."""
    address = settings.CONTACT_EMAIL
    return f"mailto:{quote(address, safe='@')}?subject={quote(subject)}" if address else ""


def environment(**options: Any) -> Environment:
    """What Django's backend asks for; `options` are those of the settings."""
    options["undefined"] = jinja2.StrictUndefined
    made = one(**options)
    made.languages = {}
    for code, _name in settings.LANGUAGES:
        made.languages[code] = one(**options)
        spoken_in(made.languages[code], code)
    return made


def filled(text: str, values: dict[str, Any]) -> Markup:
    """A text of the interface with these values in it, each escaped."""
    return Markup(
        text
        % {
            name: one if type(one) is int else Environment.escaped(one)
            for name, one in values.items()
        }
    )


def spoken_in(made: Environment, code: str) -> None:
    """Texts from the catalogue of one language, without asking which; as the extension gives them:
    markup, with what is put in escaped."""
    made.language = code
    catalogue = translation_of(code)
    said = cache(catalogue.gettext)  # of the few texts that templates hold

    def gettext(text: str, **values: Any) -> Markup:
        return filled(said(text), values)

    def ngettext(one: str, many: str, num: int, **values: Any) -> Markup:
        return filled(catalogue.ngettext(one, many, num), {"num": num, **values})

    def pgettext(context: str, text: str, **values: Any) -> Markup:
        return filled(catalogue.pgettext(context, text), {"context": context, **values})

    def npgettext(context: str, one: str, many: str, num: int, **values: Any) -> Markup:
        return filled(catalogue.npgettext(context, one, many, num), {"num": num, **values})

    made.globals.update(_=gettext, gettext=gettext, ngettext=ngettext)
    made.globals.update(pgettext=pgettext, npgettext=npgettext)


def one(**options: Any) -> Environment:
    made = Environment(trim_blocks=True, lstrip_blocks=True, **options)
    # The extension stands in the settings; here it learns Django's translations.
    made.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    made.globals.update(
        url=url,
        page_name=page_name,
        static=static,
        report=report,
        site_url=settings.SITE_URL,
        **{name: getattr(language, name) for name in language.__all__},
    )
    return made
