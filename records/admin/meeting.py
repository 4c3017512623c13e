"""Two editors' work on one form, met at its saving: merged, or asked about leaf by leaf.

The form carries what it showed when it was opened, sealed. What only one of both changed is taken
as it is; what both changed differently, or one deleted and the other changed, is a conflict, and
the editor chooses.
"""

from __future__ import annotations

from typing import Any

from django.forms import BooleanField
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from records.document.compare import MISSING, ROW, Path, merged_leaves, within
from records.document.problems import shortened

from .shown import DELETE, MOST, Forms, Leaves, same, sent

MINE, THEIRS = "mine", "theirs"
LONGEST = 200  # characters of a value in a message; the page of conflicts shows it whole


class Meeting:
    """What was typed into a form met with what the record says now.

    `base` is what the form showed when it was opened, None where nobody can tell; `seen` is what
    the record said when the editor was asked, `choices` what they answered: `{path: side}`.
    """

    since = 0.0  # when the form was opened, in seconds

    def __init__(self, forms: Forms, post, base: Leaves | None, seen=None, choices=None):
        self.forms, self.post = forms, post
        # A seal may tell of more than this editor's form takes: roles change while it is open.
        self.base = forms.own(base) if base else Leaves()
        self.knows_base = base is not None
        seen = forms.own(seen) if seen else None
        self.now = forms.leaves()
        self.names: dict[Path, str] = {}  # of the leaves as the form sent them
        self.typed = self.read()
        self.before = self.base.values | (self.blank_rows() if base else {})
        self.is_changed_again = seen is None or seen.values != self.now.values
        self.asked = merged_leaves(self.before, self.typed, self.now.values)[1]
        self.choices, self.settled = choices or {}, set()
        b, o = dict(self.before), dict(self.typed)
        for path, side in self.choices.items():
            there = within(self.now.values, path)
            if seen is None or within(seen.values, path) != there:
                continue  # changed once more: ask again
            self.settled.add(path)
            chosen = o if side == THEIRS else b
            for known in within(chosen, path):
                del chosen[known]
            chosen.update(there)
        self.result, self.conflicts = merged_leaves(b, o, self.now.values)

    @property
    def is_stale(self) -> bool:
        return not self.knows_base or self.base.values != self.now.values

    def read(self) -> dict[Path, Any]:
        """What was typed, as leaves; what means the same as before or now is as it was."""
        found: dict[Path, Any] = {}
        for name, field in self.forms.fields().items():
            self.take(found, (name,), field, name)
        for prefix, formset in self.forms.formsets.items():
            known = {
                pk: row for each in (self.now, self.base) for row, pk in at(each, prefix).items()
            }
            met = set()
            for number in range(count(self.post, prefix)):
                form = f"{prefix}-{number}"
                row = known.get(self.post.get(f"{form}-{formset.model._meta.pk.name}", ""))
                values = {
                    name: sent(field, self.post, f"{form}-{name}")
                    for name, field in self.forms.fields(prefix).items()
                }
                if row is None or row in met:
                    if self.is_untouched(prefix, values) or self.deletes(prefix, form):
                        continue
                    taken = met | (set(known.values()) - self.added_meanwhile(prefix))
                    row = self.forms.named(prefix, values, taken) or f"+{number}"
                met.add(row)
                self.names[prefix, row] = form
                if self.deletes(prefix, form):
                    continue
                found[prefix, row] = ROW
                for name, field in self.forms.fields(prefix).items():
                    self.take(found, (prefix, row, name), field, f"{form}-{name}")
            for row in at(self.base, prefix).keys() - met:  # it said nothing of them
                found |= within(self.base.values, (prefix, row))
        return found

    def take(self, found, path, field, name):
        was, now = self.base.values.get(path), self.now.values.get(path)
        value = None if field.disabled else sent(field, self.post, name)
        if value is None:
            value = now if was is None else was
        elif was is not None and same(field, value, was):
            value = was
        elif now is not None and same(field, value, now):
            value = now
        found[path] = "" if value is None else value
        self.names[path] = name

    def deletes(self, prefix, form) -> bool:
        return DELETE in self.forms.blanks[prefix].fields and f"{form}-{DELETE}" in self.post

    def is_untouched(self, prefix, values) -> bool:
        blank = self.forms.blank(prefix)
        fields = self.forms.fields(prefix)
        return all(
            value is None or same(fields[name], value, blank[name])
            for name, value in values.items()
        )

    def added_meanwhile(self, prefix) -> set[str]:
        """Rows that both may have added: the same name is the same row."""
        return set(at(self.now, prefix)) - set(at(self.base, prefix))

    def blank_rows(self) -> dict[Path, Any]:
        """What a row that both added would say had neither typed anything."""
        return {
            (prefix, row, name): value
            for prefix in self.forms.formsets
            for row in self.added_meanwhile(prefix)
            if (prefix, row) in self.typed
            for name, value in self.forms.blank(prefix).items()
        }

    # what it comes to

    def posted(self):
        """The form as a browser would send it had its editor seen and typed all of it."""
        data = self.post.copy()
        for name, field in self.forms.fields().items():
            put(data, name, field, self.result.get((name,), ""))
        for prefix, formset in self.forms.formsets.items():
            for name in [name for name in data if name.startswith(f"{prefix}-")]:
                if name.removeprefix(f"{prefix}-").partition("-")[0].isdigit():
                    del data[name]
            kept = at(self.now, prefix)
            rows = [path[1] for path in self.result if path[0] == prefix and len(path) == 2]
            rows = [*kept, *(row for row in rows if row not in kept)]
            pk, parent = formset.model._meta.pk.name, formset.instance.pk
            for number, row in enumerate(rows):
                form = f"{prefix}-{number}"
                data[f"{form}-{pk}"] = kept.get(row, "")
                data[f"{form}-{formset.fk.name}"] = str(parent)
                says = self.result if (prefix, row) in self.result else self.now.values
                if says is not self.result:
                    data[f"{form}-{DELETE}"] = "on"
                for name, field in self.forms.fields(prefix).items():
                    put(data, f"{form}-{name}", field, says.get((prefix, row, name), ""))
            data[f"{prefix}-TOTAL_FORMS"] = str(len(rows))
            data[f"{prefix}-INITIAL_FORMS"] = str(len(kept))
        return data

    @cached_property
    def changes(self) -> list[str]:
        """What others changed meanwhile and was taken over, in words."""
        if not self.knows_base:
            return []
        asked = [*(conflict.path for conflict in self.conflicts), *self.settled]
        found, whole = [], []
        # A row before its facts, which then are not told one by one.
        for path in sorted({**self.before, **self.now.values}, key=lambda path: len(path) == 3):
            was, now = self.before.get(path, MISSING), self.now.values.get(path, MISSING)
            if was == now or any(path[: len(each)] == each for each in [*asked, *whole]):
                continue
            label = self.label(path)
            if ROW in (was, now):
                whole.append(path)
                deleted = _("%(row)s: deleted") % {"row": label}
                found.append(deleted if was is ROW else _("%(row)s: added") % {"row": label})
            elif MISSING not in (was, now):
                words = shortened(self.forms.words(path, now), LONGEST) or _("(empty)")
                found.append(f"{label}: {words}")
        return found

    def label(self, path: Path) -> str:
        return self.forms.label(path, self.now.values, self.before, self.typed)


def at(leaves: Leaves, prefix: str) -> dict[str, str]:
    return leaves.rows.get(prefix, {})


def count(post, prefix) -> int:
    said = post.get(f"{prefix}-TOTAL_FORMS", "")
    return min(int(said), MOST) if said.isascii() and said.isdigit() and len(said) < 9 else 0


def put(data, name, field, value):
    """Write a leaf into the data of a form."""
    if isinstance(value, list):
        data.setlist(name, value)
    elif isinstance(field, BooleanField) and not value:
        data.pop(name, None)
    else:
        data[name] = value
