"""References inside a document and out of it must lead somewhere, names to one thing only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django.utils.translation import gettext as _

from records.models import Commitment, Summit

from ..canonical import walk
from ..citations import split
from ..problems import Place, Problem, did_you_mean
from ..schema import SUMMIT
from .context import Context
from .vocabulary import unknown


def names(document: dict[str, Any], context: Context) -> Iterator[Problem]:
    for shape, row, place in walk(document):
        for fact in shape.facts:
            known = context.names.get(fact.target, set())
            slugs: list[tuple[Place, str]] = []
            if fact.kind == "one" and row.get(fact.name):
                slugs = [((*place, fact.name), row[fact.name])]
            elif fact.kind == "many":
                slugs = [
                    ((*place, fact.name, index), slug)
                    for index, slug in enumerate(row.get(fact.name, []))
                ]
            for where, slug in slugs:
                if slug not in known:
                    likely = context.alike.get(fact.target, known)
                    today = context.renamed.get((fact.target, slug))
                    yield unknown(where, fact.target, slug, likely, today)


def siblings(document: dict[str, Any]) -> Iterator[Problem]:
    """Citations, sessions, superseded entries and `about` paths, all inside the document."""
    sources = {row.get("key") for row in document.get("sources", [])}
    sessions = {row.get("key") for row in document.get("sessions", [])}
    for shape, row, place in walk(document):
        for where, key in cited(row, place):
            if key not in sources:
                message = _(
                    "No source “%(key)s” in this summit.%(guess)s Add it under `sources` or name"
                    " another."
                )
                guess = did_you_mean(key, filter(None, sources))
                yield Problem(where, message % {"key": key, "guess": guess})
        cites = row.get("cites")
        for name in cites if isinstance(cites, dict) else ():
            fact, _dot, member = name.partition(".")
            if member and member not in row.get(fact, []):
                message = _("“%(member)s” is not among the %(fact)s of this row.")
                yield Problem((*place, "cites", name), message % {"member": member, "fact": fact})
        session = row.get("session") if shape.name in ("commitments", "statements") else None
        if session and session not in sessions:
            message = _("No session “%(session)s” in this summit.%(guess)s")
            guess = did_you_mean(session, filter(None, sessions))
            yield Problem((*place, "session"), message % {"session": session, "guess": guess})
        if shape.name == "commitments":
            yield from superseded(row.get("progress", []), (*place, "progress"))
    for index, row in enumerate(document.get("differences", [])):
        for step, path in enumerate(row.get("about", [])):
            if not leads_somewhere(document, path):
                yield Problem(
                    ("differences", index, "about", step),
                    _(
                        "“%(path)s” leads to nothing in this summit; write a fact (starts), a row"
                        " (sessions.KEY) or a fact of a row (sessions.KEY.minutes)."
                    )
                    % {"path": path},
                )


def superseded(entries: list[dict[str, Any]], place: Place) -> Iterator[Problem]:
    """Entries that put right none, or that put each other right, so that neither would count."""
    earlier = {entry.get("key"): entry.get("supersedes") for entry in entries}
    for index, entry in enumerate(entries):
        name, seen = entry.get("supersedes"), {entry.get("key")}
        here = (*place, index, "supersedes")
        if name and (name not in earlier or name in seen):
            message = _("No other entry “%(key)s” in this commitment's progress.")
            yield Problem(here, message % {"key": name})
            continue
        while name and name not in seen:
            seen.add(name)
            name = earlier.get(name)
        if name:
            message = _("These entries supersede each other in a circle; none would count.")
            yield Problem(here, message)


def cited(row: dict[str, Any], place: Place) -> Iterator[tuple[Place, str]]:
    """The source keys a row cites, each with its place."""
    cites = row.get("cites") or []
    lists = cites.items() if isinstance(cites, dict) else [("", cites)]
    for name, citations in lists:
        for index, citation in enumerate(citations):
            steps = ("cites", name, index) if name else ("cites", index)
            yield (*place, *steps), split(citation)[0]


def leads_somewhere(document: dict[str, Any], path: str) -> bool:
    shape, row = SUMMIT, document
    steps = path.split(".")
    while steps:
        step = steps.pop(0)
        child = shape.child(step)
        if child is None:
            return not steps and shape.fact(step) is not None
        if not steps:
            return bool(row.get(step))
        name = steps.pop(0)
        below = {child.known_by(item, at): item for at, item in enumerate(row.get(step, []))}
        if name not in below:
            return False
        shape, row = child, below[name]
    return True


def former_keys(document: dict[str, Any]) -> Iterator[Problem]:
    """A key that a row had before is free of any other use: its address leads to that row."""
    for shape, row, place in walk(document):
        for child in shape.children:
            if child.fact("formerly") is None:
                continue
            rows = row.get(child.name, [])
            owner = {item["key"]: item["key"] for item in rows if "key" in item}
            for index, item in enumerate(rows):
                for step, old in enumerate(item.get("formerly", [])):
                    if old in owner:
                        yield Problem(
                            (*place, child.name, index, "formerly", step),
                            _(
                                "“%(old)s” belongs to “%(owner)s” in this list; it cannot be a"
                                " former key of this row too."
                            )
                            % {"old": old, "owner": owner[old]},
                        )
                    owner.setdefault(old, item.get("key", ""))


@cache
def zones() -> set[str]:
    """Names of time zones; asking the system for them walks its files, so once is enough."""
    return available_timezones()


def identity(document: dict[str, Any], context: Context) -> Iterator[Problem]:
    slug, code = document.get("slug", ""), document.get("code", "")
    if other := context.slugs.get(slug):
        yield Problem(
            ("slug",),
            _(
                "“%(slug)s” is a former slug of %(other)s; write “slug: %(other)s” with “formerly:"
                " [%(slug)s]”, or choose another slug for another summit."
            )
            % {"slug": slug, "other": other},
        )
    for index, old in enumerate(document.get("formerly", [])):
        if old == slug:
            message = _("“%(old)s” is the slug of today, not a former one.")
            yield Problem(("formerly", index), message % {"old": old})
        elif old in context.slugs:
            message = _("“%(old)s” is or was the slug of %(other)s.")
            other = context.slugs[old]
            yield Problem(("formerly", index), message % {"old": old, "other": other})
    if code in context.codes:
        yield Problem(
            ("code",),
            _(
                "The code “%(code)s” belongs to %(other)s; add a distinguishing word, such as"
                " %(code)s-b, so that commitment ids never collide."
            )
            % {"code": code, "other": context.codes[code]},
        )
    published = (context.edition or {}).get("code", code)
    if code and published != code:
        yield Problem(
            ("code",),
            _("The code was published as “%(code)s” and stays: commitments are cited by it.")
            % {"code": published},
        )
    zone = document.get("timezone")
    if zone and zone not in zones():
        yield Problem(
            ("timezone",),
            _("“%(zone)s” is no time zone.%(guess)s Write it like Asia/Tokyo.")
            % {"zone": zone, "guess": did_you_mean(zone, zones())},
        )
    if document.get("series_number") and not document.get("series"):
        yield Problem(("series_number",), _("A number in a series needs the series."))


def waiting(
    document: dict[str, Any], beside: Iterable[dict[str, Any]] = ()
) -> list[tuple[Place, str]]:
    """References to summits and commitments that neither the record nor `beside` has yet."""
    places: list[tuple[Place, str]] = []
    slugs: list[tuple[Place, str]] = []
    for at, row in enumerate(document.get("commitments", [])):
        here: Place = ("commitments", at)
        for index, name in enumerate(row.get("continues", [])):
            places.append(((*here, "continues", index), name))
        for index, entry in enumerate(row.get("progress", [])):
            if entry.get("summit"):
                slugs.append(((*here, "progress", index, "summit"), entry["summit"]))
    codes = {name.rpartition("-")[0] for _place, name in places}
    found = Commitment.objects.filter(summit__code__in=codes)
    known = {f"{code}-{number}" for code, number in found.values_list("summit__code", "number")}
    there: set[str] = set()
    for slug, former in Summit.objects.values_list("slug", "formerly") if slugs else ():
        there |= {slug, *former}
    for other in beside:
        known |= {
            f"{other.get('code')}-{row.get('number')}" for row in other.get("commitments", [])
        }
        there |= {other.get("slug", ""), *other.get("formerly", [])}
    return [
        *((place, name) for place, name in places if name not in known),
        *((place, name) for place, name in slugs if name not in there),
    ]
