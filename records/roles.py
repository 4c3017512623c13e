"""Who may do what in the admin: one table, read at every question and never stored.

A role is a group of this name (`migrations/0003_desk.py`); what it may do follows from the table,
so that no database can drift from it. The administrator is Django's superuser: may do everything,
and alone changes accounts.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)

CONTRIBUTOR, REVIEWER, PUBLISHER = "contributor", "reviewer", "publisher"
TRANSLATORS = {f"translator-{code}": code for code in LANGUAGES}
ROLES = (CONTRIBUTOR, *TRANSLATORS, REVIEWER, PUBLISHER)

EVERYONE = ROLES
EDITORS = (CONTRIBUTOR, REVIEWER, PUBLISHER)

# What each kind of object is in the database.
KINDS: dict[str, tuple[str, ...]] = {
    "summit": ("summit",),
    "part": (
        "delegation",
        "attendance",
        "session",
        "commitment",
        "statement",
        "gift",
        "note",
        "difference",
        "source",
    ),
    "name": ("participant", "party", "topic", "series"),
    "relation": ("relation",),
    "edition": ("edition",),
    "event": ("event",),
}

# Kind of object -> action -> roles. `change` includes renaming; `translate` is a change of texts in
# the translator's language and of nothing else. What is in nobody's line, nobody may do.
RIGHTS: dict[str, dict[str, tuple[str, ...]]] = {
    "summit": {
        "view": EVERYONE,
        "add": EDITORS,
        "change": EDITORS,
        "translate": tuple(TRANSLATORS),
        "delete": (PUBLISHER,),
        "remark": EVERYONE,
        "submit": EVERYONE,  # for review, and take it back
        "review": (REVIEWER,),  # approve, ask for changes
        "publish": (PUBLISHER,),  # now or at a time
        "withdraw": (PUBLISHER,),
        "load": EDITORS,  # from files, into working copies
    },
    "part": {
        "view": EVERYONE,
        "add": EDITORS,
        "change": EDITORS,
        "translate": tuple(TRANSLATORS),
        "delete": EDITORS,
    },
    "name": {
        "view": EVERYONE,
        "add": EDITORS,
        "change": EDITORS,
        "translate": tuple(TRANSLATORS),
        "correct": (PUBLISHER,),  # a name that readers see, since they see the change at once
        "merge": EDITORS,  # two that are one; with `correct` where readers see one of them
        "delete": EDITORS,
    },
    # Readers see a relation of two parties they know as soon as it is saved.
    "relation": {
        "view": EVERYONE,
        "add": (PUBLISHER,),
        "change": (PUBLISHER,),
        "correct": (PUBLISHER,),
        "delete": (PUBLISHER,),
    },
    "edition": {"view": EVERYONE},
    "event": {"view": (PUBLISHER,)},  # who did what; nobody changes it
}


def permission(action: str, model: str, language: str = "") -> str:
    """A right as `has_perm` asks for it: `records.change_session`, `records.translate_session_ko`.

    Django's own four actions are named as Django names them, so that its admin asks the table too.
    """
    return f"records.{action}_{model}{'_' if language else ''}{language}"


def rights_of(role: str) -> set[str]:
    """All that a role may do, as permissions; nothing for a group that is no role."""
    found = set()
    for kind, actions in RIGHTS.items():
        for action, roles in actions.items():
            if role in roles:
                language = TRANSLATORS.get(role, "") if action == "translate" else ""
                found |= {permission(action, model, language) for model in KINDS[kind]}
    return found


class RoleBackend(ModelBackend):
    """Django's accounts and passwords; what a group may do is read from the table too."""

    def get_group_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        found = set(super().get_group_permissions(user_obj, obj))
        if obj is None and user_obj.is_active and not user_obj.is_anonymous:
            if not hasattr(user_obj, "_roles"):
                user_obj._roles = set(user_obj.groups.values_list("name", flat=True)) & set(ROLES)
            for role in user_obj._roles:
                found |= rights_of(role)
        return found
