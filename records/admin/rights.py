"""Roles and their rights in an editor's words; the rights themselves stand in `records.roles`."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from records.language import comma
from records.roles import RIGHTS

ROLE_NAMES = {
    "contributor": gettext_lazy("Contributor"),
    "translator-en": gettext_lazy("Translator into English"),
    "translator-ko": gettext_lazy("Translator into Korean"),
    "translator-ja": gettext_lazy("Translator into Japanese"),
    "reviewer": gettext_lazy("Reviewer"),
    "publisher": gettext_lazy("Publisher"),
}
ACTIONS = {
    "view": gettext_lazy("look at"),
    "add": gettext_lazy("add"),
    "change": gettext_lazy("change and rename"),
    "translate": gettext_lazy("change texts in one language"),
    "correct": gettext_lazy("change what readers see at once"),
    "delete": gettext_lazy("delete"),
    "remark": gettext_lazy("remark on"),
    "submit": gettext_lazy("submit for review"),
    "review": gettext_lazy("approve and send back"),
    "publish": gettext_lazy("publish"),
    "withdraw": gettext_lazy("withdraw"),
    "load": gettext_lazy("load from files"),
    "merge": gettext_lazy("merge two that are one"),
}
KIND_NAMES = {
    "summit": gettext_lazy("summits"),
    "part": gettext_lazy("what belongs to a summit"),
    "name": gettext_lazy("names shared by all summits"),
    "relation": gettext_lazy("relations"),
    "edition": gettext_lazy("editions"),
    "event": gettext_lazy("what was done"),
}


def rights_in_words(role: str) -> list[tuple[Any, str]]:
    """`(kind of object, what the role may do with it)` for each kind it may do anything with."""
    return [
        (KIND_NAMES[kind], comma().join(str(ACTIONS[name]) for name in allowed))
        for kind, actions in RIGHTS.items()
        if (allowed := [name for name, roles in actions.items() if role in roles])
    ]
