"""Promises: who made them, what they carry on, what came of them; none may vanish."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from records.choices import STATUS_MOVING

from ..problems import PUBLISH, WARNING, Place, Problem, listed
from .context import Context
from .days import last_day

# Of a published progress entry: what says when, by whom and how a status moved.
LASTING = ("date", "party", "kind", "status", "period")


def promises(document: dict[str, Any], context: Context) -> Iterator[Problem]:
    present = {row.get("party") for row in document.get("delegations", [])}
    attending = {row.get("participant") for row in document.get("attendances", [])}
    starts = last_day(document.get("starts"))
    code = document.get("code", "")
    for at, row in enumerate(document.get("commitments", [])):
        place: Place = ("commitments", at)
        parties = set(row.get("parties", []))
        for index, party in enumerate(row.get("parties", [])):
            if party not in present:
                yield Problem(
                    (*place, "parties", index),
                    _("%(party)s has no delegation at this summit.") % {"party": party},
                    WARNING,
                )
        for index, identifier in enumerate(row.get("continues", [])):
            made_on = context.made_on.get(identifier)
            if identifier.rpartition("-")[0] == code:
                yield Problem(
                    (*place, "continues", index),
                    _("%(id)s is of this same summit; `continues` points to earlier summits.")
                    % {"id": identifier},
                )
            elif made_on and starts and made_on >= starts:
                yield Problem(
                    (*place, "continues", index),
                    _(
                        "%(id)s was made on %(day)s, not before this summit; `continues` points"
                        " backwards in time."
                    )
                    % {"id": identifier, "day": made_on},
                )
            elif f"{code}-{row.get('number')}" in carried_on(identifier, context):
                yield Problem(
                    (*place, "continues", index),
                    _("%(id)s itself carries this commitment on; `continues` makes no circle.")
                    % {"id": identifier},
                )
        for index, wording in enumerate(row.get("wordings", [])):
            party = wording.get("party")
            if party and party not in parties | present:
                yield Problem(
                    (*place, "wordings", index, "party"),
                    _("%(party)s is neither a party of this commitment nor at this summit.")
                    % {"party": party},
                    WARNING,
                )
        for index, entry in enumerate(row.get("progress", [])):
            yield from entry_problems(entry, parties, (*place, "progress", index))
    for index, session in enumerate(document.get("sessions", [])):
        for step, person in enumerate(session.get("participants", [])):
            if person not in attending:
                yield Problem(
                    ("sessions", index, "participants", step),
                    _("%(person)s is not among the attendances of this summit.")
                    % {"person": person},
                    WARNING,
                )


def carried_on(identifier: str, context: Context) -> set[str]:
    """All that a commitment of the record continues, directly or through others."""
    found: set[str] = set()
    waiting = [identifier]
    while waiting:
        for earlier in context.continues.get(waiting.pop(), []):
            if earlier not in found:
                found.add(earlier)
                waiting.append(earlier)
    return found


def entry_problems(entry: dict[str, Any], parties: set[str], place: Place) -> Iterator[Problem]:
    kind, party = entry.get("kind"), entry.get("party")
    moving = kind in STATUS_MOVING
    if entry.get("status") and kind and not moving:
        yield Problem(
            (*place, "status"),
            _(
                "An entry of kind “%(kind)s” moves no status; leave the status out, or choose one"
                " of %(kinds)s."
            )
            % {"kind": kind, "kinds": listed(str(value) for value in STATUS_MOVING)},
        )
    if moving and party and party not in parties:
        yield Problem(
            (*place, "kind"),
            _("%(party)s is no party of this commitment; what others do is “context”.")
            % {"party": party},
        )
    if kind == "assessed" and not entry.get("assessor"):
        yield Problem(place, _("An assessment needs its assessor: who judged?"))


def kept(document: dict[str, Any], context: Context) -> Iterator[Problem]:
    """Once published, a commitment and a progress entry cannot leave by absence, nor can what
    moved a status be another afterwards; its words may be mended."""
    if context.edition is None:
        return
    code = context.edition.get("code", "")
    today = {row.get("number"): row for row in document.get("commitments", [])}
    for row in context.edition.get("commitments", []):
        number = row["number"]
        if number not in today:
            yield Problem(
                ("commitments",),
                _(
                    "Commitment %(id)s is published and missing here; keep it, marked `withdrawn`"
                    " with a date and a reason."
                )
                % {"id": f"{code}-{number}"},
            )
            continue
        at = next(i for i, r in enumerate(document["commitments"]) if r is today[number])
        known = {
            name: (index, entry)
            for index, entry in enumerate(today[number].get("progress", []))
            for name in (entry.get("key"), *entry.get("formerly", []))
        }
        for entry in row.get("progress", []):
            place: Place = ("commitments", at, "progress")
            named = {"key": entry["key"], "id": f"{code}-{number}"}
            if entry["key"] not in known:
                yield Problem(
                    place,
                    _(
                        "The progress entry “%(key)s” of %(id)s is published and missing here; keep"
                        " it, and add one that `supersedes` it."
                    )
                    % named,
                )
                continue
            index, now = known[entry["key"]]
            changed = [name for name in LASTING if now.get(name) != entry.get(name)]
            if changed:
                yield Problem(
                    (*place, index, changed[0]),
                    _(
                        "The progress entry “%(key)s” of %(id)s is published with another"
                        " %(facts)s; leave it as it was, and add one that `supersedes` it."
                    )
                    % {**named, "facts": _(" and ").join(changed)},
                    PUBLISH,
                )


def needed_to_publish(document: dict[str, Any]) -> Iterator[Problem]:
    needs = {
        "title": _("To publish, the summit needs a title."),
        "starts": _("To publish, the summit needs a date (starts)."),
        "city": _("To publish, the summit needs a city."),
        "delegations": _("To publish, the summit needs at least one delegation."),
        "sources": _("To publish, the summit needs at least one source."),
    }
    for name, told in needs.items():
        if not document.get(name):
            yield Problem((name,), told, PUBLISH)
