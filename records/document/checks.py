"""The rules between the facts of a document, and between it and the rest of the record.

`validate` has looked at each fact by itself; here references must lead somewhere, dates must be in
order, published promises may not vanish. Rules: design of the record, "Rules".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone

from records import dates
from records.choices import STATUS_MOVING
from records.models import Commitment, Edition, Summit
from records.models.fields import valid_text

from .canonical import references, walk
from .formats import opened
from .problems import ERROR, PUBLISH, WARNING, Place, Problem, did_you_mean, listed
from .schema import SUMMIT, VOCABULARY, vocabulary_name
from .validate import LANGUAGE_TAG

valid_address = URLValidator(schemes=["http", "https"])
SENTENCE_END = re.compile(r"[.!?。！？]\s*(?=\S)")


@cache
def zones() -> set[str]:
    """Names of time zones; asking the system for them walks its files, so once is enough."""
    return available_timezones()


@dataclass
class Context:
    """What the record holds beside the document: names, codes, earlier commitments, the edition."""

    names: dict[str, set[str]] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)  # code -> slug of the summit that has it
    slugs: dict[str, str] = field(default_factory=dict)  # a former slug -> the summit's slug today
    made_on: dict[str, date | None] = field(default_factory=dict)  # commitment id -> summit's day
    edition: dict[str, Any] | None = None


def context_for(
    document: dict[str, Any], vocabulary: dict[str, list[dict[str, Any]]] | None = None
) -> Context:
    """What the checks of `document` need to know of the record and of its file's vocabulary."""
    context = Context()
    wanted: dict[str, set[str]] = {}
    for kind, slug in references(document):
        wanted.setdefault(kind, set()).add(slug)
    for name, model in VOCABULARY.items():
        kind = vocabulary_name(model)
        slugs = wanted.get(kind, set())
        known = set(
            model._default_manager.filter(slug__in=slugs).values_list("slug", flat=True)
            if slugs
            else ()
        )
        known |= {item["slug"] for item in (vocabulary or {}).get(name, []) if "slug" in item}
        context.names[kind] = known
    own = {document.get("slug", ""), *document.get("formerly", [])}
    code = document.get("code", "")
    for row in Summit.objects.filter(code=code) | Summit.objects.filter(slug__in=own):
        context.codes[row.code] = row.slug
    earlier = {
        identifier
        for row in document.get("commitments", [])
        for identifier in row.get("continues", [])
    }
    if earlier:
        codes = {identifier.rpartition("-")[0] for identifier in earlier}
        made = Commitment.objects.filter(summit__code__in=codes).values_list(
            "summit__code", "number", "summit__starts_last"
        )
        context.made_on = {f"{code}-{number}": day for code, number, day in made}
    context.edition = edition_of(document)
    return context


def edition_of(document: dict[str, Any]) -> dict[str, Any] | None:
    """The document of the latest edition of the same summit."""
    known = [document.get("slug", ""), *document.get("formerly", [])]
    edition = Edition.objects.filter(summit__slug__in=known).order_by("-number").first()
    return opened(edition.content) if edition else None


def problems(document: dict[str, Any], context: Context | None = None) -> list[Problem]:
    """Every broken rule of a document: errors, hindrances to publishing, warnings."""
    context = context or context_for(document)
    found = [
        *names(document, context),
        *siblings(document),
        *identity(document, context),
        *order_of_days(document),
        *promises(document, context),
        *words(document),
        *kept(document, context),
        *needed_to_publish(document),
    ]
    return found


def hindrances(found: list[Problem]) -> list[Problem]:
    """Those that refuse a publication."""
    return [problem for problem in found if problem.level in (ERROR, PUBLISH)]


def vocabulary_problems(
    vocabulary: dict[str, list[dict[str, Any]]],
    beside: dict[str, list[dict[str, Any]]] | None = None,
) -> list[Problem]:
    """Names that refer to names nobody knows, and topics deeper than two levels.

    `beside` holds names that other files bring in the same load.
    """
    found = []
    for name, fact, kind in (("parties", "predecessors", "party"), ("topics", "parent", "topic")):
        model = VOCABULARY[name]
        items = vocabulary.get(name, [])
        around = [*items, *(beside or {}).get(name, [])]
        known = {item["slug"] for item in around if "slug" in item}
        known |= set(model._default_manager.values_list("slug", flat=True))
        parents = {item.get("slug"): item.get("parent") for item in around}
        if name == "topics":
            below = model._default_manager.exclude(parent=None).values_list("slug", "parent__slug")
            parents = {**dict(below), **parents}
        for index, item in enumerate(items):
            value = item.get(fact) or []
            for slug in [value] if isinstance(value, str) else value:
                place: Place = ("vocabulary", name, index, fact)
                if slug not in known:
                    found.append(unknown(place, kind, slug, known))
                elif name == "topics" and parents.get(slug):
                    found.append(
                        Problem(
                            place, f"“{slug}” is itself below a topic; there are two levels only."
                        )
                    )
    return found


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
    there = set(Summit.objects.values_list("slug", flat=True)) if slugs else set()
    for other in beside:
        known |= {
            f"{other.get('code')}-{row.get('number')}" for row in other.get("commitments", [])
        }
        there |= {other.get("slug", ""), *other.get("formerly", [])}
    return [
        *((place, name) for place, name in places if name not in known),
        *((place, name) for place, name in slugs if name not in there),
    ]


def unknown(place: Place, kind: str, slug: str, known: set[str]) -> Problem:
    return Problem(
        place,
        f"No {kind} “{slug}” is known.{did_you_mean(slug, known)} Add it to the vocabulary first,"
        " or to the file's own `vocabulary`.",
    )


# references ---------------------------------------------------------------------------------------


def names(document: dict[str, Any], context: Context) -> Iterator[Problem]:
    for shape, row, place in walk(document):
        for fact in shape.facts:
            known = context.names.get(fact.target, set())
            if fact.kind == "one" and row.get(fact.name) and row[fact.name] not in known:
                yield unknown((*place, fact.name), fact.target, row[fact.name], known)
            elif fact.kind == "many":
                for index, slug in enumerate(row.get(fact.name, [])):
                    if slug not in known:
                        yield unknown((*place, fact.name, index), fact.target, slug, known)


def siblings(document: dict[str, Any]) -> Iterator[Problem]:
    """Citations, sessions, superseded entries and `about` paths, all inside the document."""
    sources = {row.get("key") for row in document.get("sources", [])}
    sessions = {row.get("key") for row in document.get("sessions", [])}
    for shape, row, place in walk(document):
        for where, key in cited(row, place):
            if key not in sources:
                yield Problem(
                    where,
                    f"No source “{key}” in this summit.{did_you_mean(key, filter(None, sources))}"
                    " Add it under `sources` or name another.",
                )
        cites = row.get("cites")
        for name in cites if isinstance(cites, dict) else ():
            fact, _dot, member = name.partition(".")
            if member and member not in row.get(fact, []):
                yield Problem(
                    (*place, "cites", name), f"“{member}” is not among the {fact} of this row."
                )
        session = row.get("session") if shape.name in ("commitments", "statements") else None
        if session and session not in sessions:
            yield Problem(
                (*place, "session"),
                f"No session “{session}” in this summit."
                f"{did_you_mean(session, filter(None, sessions))}",
            )
        if shape.name == "commitments":
            keys = {entry.get("key") for entry in row.get("progress", [])}
            for index, entry in enumerate(row.get("progress", [])):
                earlier = entry.get("supersedes")
                if earlier and (earlier not in keys or earlier == entry.get("key")):
                    yield Problem(
                        (*place, "progress", index, "supersedes"),
                        f"No other entry “{earlier}” in this commitment's progress.",
                    )
    for index, row in enumerate(document.get("differences", [])):
        for step, path in enumerate(row.get("about", [])):
            if not leads_somewhere(document, path):
                yield Problem(
                    ("differences", index, "about", step),
                    f"“{path}” leads to nothing in this summit; write a fact (starts), a row"
                    " (sessions.KEY) or a fact of a row (sessions.KEY.minutes).",
                )


def cited(row: dict[str, Any], place: Place) -> Iterator[tuple[Place, str]]:
    """The source keys a row cites, each with its place."""
    cites = row.get("cites") or []
    lists = cites.items() if isinstance(cites, dict) else [("", cites)]
    for name, citations in lists:
        for index, citation in enumerate(citations):
            steps = ("cites", name, index) if name else ("cites", index)
            yield (*place, *steps), citation.partition(" ")[0]


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


def identity(document: dict[str, Any], context: Context) -> Iterator[Problem]:
    own = {document.get("slug"), *document.get("formerly", [])}
    code = document.get("code")
    if code in context.codes and context.codes[code] not in own:
        yield Problem(
            ("code",),
            f"The code “{code}” belongs to {context.codes[code]}; add a distinguishing word, such"
            f" as {code}-b, so that commitment ids never collide.",
        )
    for known_code, slug in context.codes.items():
        if slug in own and known_code != code:
            yield Problem(
                ("code",),
                f"The code of {slug} is “{known_code}” and stays: its commitments are cited by it.",
            )
    zone = document.get("timezone")
    if zone and zone not in zones():
        yield Problem(
            ("timezone",),
            f"“{zone}” is no time zone.{did_you_mean(zone, zones())} Write it like Asia/Tokyo.",
        )
    if document.get("series_number") and not document.get("series"):
        yield Problem(("series_number",), "A number in a series needs the series.")


# days ---------------------------------------------------------------------------------------------


def last_day(text: str | None) -> date | None:
    return dates.bounds(text)[1] if text else None


def order_of_days(document: dict[str, Any]) -> Iterator[Problem]:
    first, last = dates.bounds(document["starts"]) if document.get("starts") else (None, None)
    end = last_day(document.get("ends")) or last
    today = timezone.localdate()
    if document.get("ends") and last and end and end < last:
        yield Problem(
            ("ends",),
            f"The summit ends ({document['ends']}) before it starts ({document['starts']}).",
        )
    held = document.get("event_status") == "held"
    if held and first and first > today:
        yield Problem(
            ("starts",), "The summit is marked as held but starts in the future.", WARNING
        )
    for index, row in enumerate(document.get("sessions", [])):
        day_first, day_last = dates.bounds(row["date"]) if row.get("date") else (None, None)
        if day_last and first and (first - day_last).days > 1:
            yield Problem(
                ("sessions", index, "date"),
                f"{row['date']} is more than a day before the summit starts.",
                WARNING,
            )
        if day_first and end and (day_first - end).days > 1:
            yield Problem(
                ("sessions", index, "date"),
                f"{row['date']} is more than a day after the summit ends.",
                WARNING,
            )
    published = {
        row.get("key"): last_day(row.get("published_on")) for row in document.get("sources", [])
    }
    for at, commitment in enumerate(document.get("commitments", [])):
        for index, entry in enumerate(commitment.get("progress", [])):
            place: Place = ("commitments", at, "progress", index, "date")
            day_first, day_last = dates.bounds(entry["date"]) if entry.get("date") else (None, None)
            if day_last and first and day_last < first:
                yield Problem(place, f"{entry['date']} is before the summit.", WARNING)
            if day_first and day_first > today:
                yield Problem(place, f"{entry['date']} is in the future.", WARNING)
            days = [published.get(key) for _place, key in cited(entry, ())]
            if day_first and days and all(days) and day_first > max(filter(None, days)):
                yield Problem(
                    place,
                    f"{entry['date']} is later than the newest source of the entry; date a plan by"
                    " its report.",
                    WARNING,
                )
    for name, place in day_facts(document):
        if name > today.isoformat():
            yield Problem(place, f"{name} is in the future.", WARNING)


def day_facts(document: dict[str, Any]) -> Iterator[tuple[str, Place]]:
    for shape, row, place in walk(document):
        for fact in shape.facts:
            if fact.kind == "day" and row.get(fact.name):
                yield row[fact.name], (*place, fact.name)


# promises and words -------------------------------------------------------------------------------


def promises(document: dict[str, Any], context: Context) -> Iterator[Problem]:
    present = {row.get("party") for row in document.get("delegations", [])}
    attending = {row.get("participant") for row in document.get("attendances", [])}
    starts = dates.bounds(document["starts"])[0] if document.get("starts") else None
    code = document.get("code", "")
    for at, row in enumerate(document.get("commitments", [])):
        place: Place = ("commitments", at)
        parties = set(row.get("parties", []))
        for index, party in enumerate(row.get("parties", [])):
            if party not in present:
                yield Problem(
                    (*place, "parties", index),
                    f"{party} has no delegation at this summit.",
                    WARNING,
                )
        for index, identifier in enumerate(row.get("continues", [])):
            made_on = context.made_on.get(identifier)
            if identifier.rpartition("-")[0] == code:
                yield Problem(
                    (*place, "continues", index),
                    f"{identifier} is of this same summit; `continues` points to earlier summits.",
                )
            elif made_on and starts and made_on >= starts:
                yield Problem(
                    (*place, "continues", index),
                    f"{identifier} was made on {made_on}, not before this summit; `continues`"
                    " points backwards in time.",
                )
        for index, wording in enumerate(row.get("wordings", [])):
            party = wording.get("party")
            if party and party not in parties | present:
                yield Problem(
                    (*place, "wordings", index, "party"),
                    f"{party} is neither a party of this commitment nor at this summit.",
                    WARNING,
                )
        for index, entry in enumerate(row.get("progress", [])):
            yield from entry_problems(entry, parties, (*place, "progress", index))
    for index, session in enumerate(document.get("sessions", [])):
        for step, person in enumerate(session.get("participants", [])):
            if person not in attending:
                yield Problem(
                    ("sessions", index, "participants", step),
                    f"{person} is not among the attendances of this summit.",
                    WARNING,
                )


def entry_problems(entry: dict[str, Any], parties: set[str], place: Place) -> Iterator[Problem]:
    kind, party = entry.get("kind"), entry.get("party")
    moving = kind in STATUS_MOVING
    if entry.get("status") and kind and not moving:
        yield Problem(
            (*place, "status"),
            f"An entry of kind “{kind}” moves no status; leave the status out, or choose one of"
            f" {listed(str(value) for value in STATUS_MOVING)}.",
        )
    if moving and party and party not in parties:
        yield Problem(
            (*place, "kind"),
            f"{party} is no party of this commitment; what others do is “context”.",
        )
    if kind == "assessed" and not entry.get("assessor"):
        yield Problem(place, "An assessment needs its assessor: who judged?")


def words(document: dict[str, Any]) -> Iterator[Problem]:
    official = {
        row.get("key")
        for row in document.get("sources", [])
        if row.get("kind") in ("joint-text", "official", "record")
    }
    for shape, row, place in walk(document):
        for fact in shape.facts:
            value = row.get(fact.name)
            for where, text in texts_in(value, (*place, fact.name)):
                try:
                    valid_text(text)
                except ValidationError as problem:
                    yield Problem(where, " ".join(problem.messages))
            if value and fact.name in ("exact_lang", "language") and not LANGUAGE_TAG.match(value):
                yield Problem((*place, fact.name), f"“{value}” is not a language tag such as ko.")
            if value and fact.name in ("url", "archived_url"):
                try:
                    valid_address(value)
                except ValidationError:
                    yield Problem(
                        (*place, fact.name), "Write a public address that begins with https://."
                    )
        exact = row.get("exact")
        if not exact:
            continue
        if not row.get("exact_lang"):
            yield Problem(place, "Exact words need their language (`exact_lang`).")
        if row.get("verb") == "not-mentioned":
            yield Problem((*place, "exact"), "A side that does not mention it has no exact words.")
        if not row.get("cites"):
            yield Problem(place, "Exact words need their source (`cites`).")
        if SENTENCE_END.search(exact):
            yield Problem((*place, "exact"), "Quote one sentence at most.", WARNING)
        keys = {key for _place, key in cited(row, ())}
        east_asian = row.get("exact_lang", "")[:2] in ("ko", "ja", "zh")
        too_long = len(exact) > 40 if east_asian else len(exact.split()) > 12
        if shape.name == "statements" and too_long and not keys & official:
            yield Problem(
                (*place, "exact"),
                "From a text that is no government's own, quote at most twelve words (forty"
                " characters of Korean or Japanese).",
                WARNING,
            )


def texts_in(value: Any, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for name, below in value.items():
            yield from texts_in(below, (*place, name))
    elif isinstance(value, list):
        for index, below in enumerate(value):
            yield from texts_in(below, (*place, index))


# publishing ---------------------------------------------------------------------------------------


def kept(document: dict[str, Any], context: Context) -> Iterator[Problem]:
    """Once published, a commitment and a progress entry cannot leave by absence."""
    if context.edition is None:
        return
    code = context.edition.get("code", "")
    today = {row.get("number"): row for row in document.get("commitments", [])}
    for row in context.edition.get("commitments", []):
        number = row["number"]
        if number not in today:
            yield Problem(
                ("commitments",),
                f"Commitment {code}-{number} is published and missing here; keep it, marked"
                " `withdrawn` with a date and a reason.",
            )
            continue
        entries = today[number].get("progress", [])
        known = {entry.get("key") for entry in entries}
        known |= {old for entry in entries for old in entry.get("formerly", [])}
        for entry in row.get("progress", []):
            if entry["key"] not in known:
                at = next(i for i, r in enumerate(document["commitments"]) if r is today[number])
                yield Problem(
                    ("commitments", at, "progress"),
                    f"The progress entry “{entry['key']}” of {code}-{number} is published and"
                    " missing here; keep it, and add one that `supersedes` it.",
                )


def needed_to_publish(document: dict[str, Any]) -> Iterator[Problem]:
    needs = {
        "title": "a title",
        "starts": "a date (starts)",
        "city": "a city",
        "delegations": "at least one delegation",
        "sources": "at least one source",
    }
    for name, what in needs.items():
        if not document.get(name):
            yield Problem((name,), f"To publish, the summit needs {what}.", PUBLISH)
