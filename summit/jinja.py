"""The Jinja2 environment of the public pages: strict, escaping, in the reader's language."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import jinja2
from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation

from records import language
from records.views.addresses import page_name


class Environment(jinja2.Environment):
    """Asks a dict for the item before the method: `{{ row.items }}` is a fact, not a function."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, dict):
            try:
                return obj[attribute]
            except KeyError:
                pass
        return super().getattr(obj, attribute)


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a page in the current language, of a document in none."""
    return reverse(name, args=args, kwargs=kwargs)


def report(subject: str) -> str:
    """An address to report an error to, with its subject; empty where the site has none."""
    address = settings.CONTACT_EMAIL
    return f"mailto:{quote(address, safe='@')}?subject={quote(subject)}" if address else ""


def environment(**options: Any) -> Environment:
    """What Django's backend asks for; `options` are those of the settings."""
    options["undefined"] = jinja2.StrictUndefined
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
