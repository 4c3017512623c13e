"""An edition's document -> entries, facet sets and references: what readers' lists are drawn from.

Called inside the publishing transaction; `reindex` rebuilds all of it from the editions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from records import dates, facets, search
from records.choices import EventStatus, Presence
from records.document import derived
from records.document.canonical import references
from records.document.formats import opened
from records.document.read import read_row, rows_of, vocabulary_of
from records.document.schema import LANGUAGES, shape_of
from records.models import Edition, Entry, FacetSet, Participant, Reference, Summit, Version

Names = dict[str, dict[str, dict[str, Any]]]  # kind -> slug -> row of the vocabulary
Text = dict[str, str]
# Kinds of entry made from one summit's document alone.
OF_SUMMIT = ("summit", "session", "commitment", "attendance", "statement", "gone", "moved")


@dataclass
class Row:
    """One entry to be: see `models.published.Entry` for the columns."""

    kind: str
    slug: str
    data: dict[str, Any]
    facets: dict[str, list[str]] = field(default_factory=dict)
    title: Text = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    starts: date | None = None
    due: date | None = None
    weight: int = 0
    place: int = 0
    person: str = ""

    def columns(self) -> dict[str, Any]:
        sort = {f"sort_{code}": sort_bytes(self.title, code) for code in LANGUAGES}
        return {
            "data": self.data,
            "facets": {name: sorted(set(values)) for name, values in self.facets.items() if values},
            "words": search.folded("\n".join(word for word in self.words if word)),
            "starts": self.starts,
            "due": self.due,
            "weight": self.weight,
            "place": self.place,
            "person": self.person,
            **sort,
        }


def sort_bytes(title: Text, code: str) -> bytes:
    text = title.get(code) or next((title[other] for other in LANGUAGES if other in title), "")
    return search.folded(text).encode()[:200]


def names_as_they_stand(document: dict[str, Any]) -> Names:
    """Today's vocabulary rows of all that a document refers to (topics with their parents)."""
    found = vocabulary_of(references(document))
    kinds = {
        "participants": "participant",
        "parties": "party",
        "topics": "topic",
        "series": "series",
    }
    return {kinds[name]: {row["slug"]: row for row in rows} for name, rows in found.items()}


# a document's entries -----------------------------------------------------------------------------


def rows_for(document: dict[str, Any], names: Names, number: int) -> Iterator[Row]:
    """Every entry that a summit's edition `number` gives."""
    first = dates.bounds(document["starts"])[0] if document.get("starts") else None
    commitments = derived.standing(document)
    whole = summit_data(document, number)
    parties = [row["party"] for row in document.get("delegations", [])]
    taking_part = derived.taking_part(document)
    shared = {
        "summit": document["slug"],
        "summit_title": document["title"],
        "city": document.get("city", {}),
        "starts": document["starts"],
        "ends": document.get("ends", ""),
    }
    yield Row(
        "summit",
        document["slug"],
        whole,
        facets={
            "party": parties,
            "taking-part": taking_part,
            "form": [whole["form"]] if whole["form"] else [],
            "setting": [document["setting"]] if document.get("setting") else [],
            "topic": with_parents(document.get("topics", []), names),
            "series": [document["series"]] if document.get("series") else [],
        },
        title=document["title"],
        words=[*summit_words(document), *spellings(references(document), names)],
        starts=first,
        weight=len(commitments),
    )
    for place, session in enumerate(document.get("sessions", [])):
        yield replace(session_row(session, document, shared, names, first), place=place)
    for place, commitment in enumerate(commitments):
        yield replace(commitment_row(commitment, document, shared, names, first), place=place)
    for attendance in document.get("attendances", []):
        person = attendance["participant"]
        yield Row(
            "attendance",
            f"{document['slug']}/{person}",
            {
                **shared,
                **{
                    name: attendance.get(name, "")
                    for name in ("party", "on_behalf_of", "capacity", "presence", "period")
                },
                "office": attendance.get("office", {}),
                "principal": attendance.get("principal", False),
                "event_status": document.get("event_status", ""),
            },
            starts=first,
            person=person,
        )
    for statement in document.get("statements", []):
        said_on = statement.get("said_on", "")
        yield Row(
            "statement",
            f"{document['slug']}/{statement['key']}",
            {
                **shared,
                "key": statement["key"],
                "gist": statement["gist"],
                "office": statement.get("office", {}),
                "exact": statement.get("exact", ""),
                "exact_lang": statement.get("exact_lang", ""),
                "said_on": said_on,
            },
            starts=(dates.bounds(said_on)[0] if said_on else None) or first,
            person=statement["speaker"],
        )
    yield from signposts(document)


def summit_data(document: dict[str, Any], number: int) -> dict[str, Any]:
    counts: dict[str, int] = {}
    for commitment in derived.standing(document):
        status = derived.status(commitment) or "position"
        counts[status] = counts.get(status, 0) + 1
    texts = ("title", "city", "region", "summary")
    facts = ("code", "starts", "ends", "setting", "outcome", "event_status", "country", "series")
    return {
        **{name: document.get(name, {}) for name in texts},
        **{name: document.get(name, "") for name in facts},
        "checked_on": document.get("checked_on", ""),
        "latitude": document.get("latitude"),
        "longitude": document.get("longitude"),
        "form": derived.form(document),
        "parties": [row["party"] for row in document.get("delegations", [])],
        "hosts": derived.hosts(document),
        "leaders": derived.leaders(document),
        "topics": document.get("topics", []),
        "edition": number,
        "statuses": counts,
        "commitments": len(derived.standing(document)),
        "sessions": len(document.get("sessions", [])),
        "differences": len(document.get("differences", [])),
        "sources": len(document.get("sources", [])),
    }


def summit_words(document: dict[str, Any]) -> Iterator[str]:
    yield from (document["slug"], document["code"])
    for name in ("title", "city", "region", "venue", "within", "summary"):
        yield from document.get(name, {}).values()
    yield from (title["text"] for title in document.get("also", []))
    for rows, name in (("sessions", "title"), ("commitments", "title"), ("notes", "text")):
        for row in document.get(rows, []):
            yield from row.get(name, {}).values()


def session_row(
    session: dict[str, Any],
    document: dict[str, Any],
    shared: dict[str, Any],
    names: Names,
    first: date | None,
) -> Row:
    day = session.get("date", "")
    # A session that names no parties is found under those of its summit; the page says which.
    parties = session.get("parties") or [row["party"] for row in document.get("delegations", [])]
    return Row(
        "session",
        f"{document['slug']}/{session['key']}",
        {
            **shared,
            "key": session["key"],
            "kind": session["kind"],
            "title": session["title"],
            "venue": session.get("venue", {}),
            **{name: session.get(name, "") for name in ("date", "time", "until", "minutes")},
            "parties": session.get("parties", []),
            "participants": session.get("participants", []),
        },
        facets={"kind": [session["kind"]], "party": parties},
        title=session["title"],
        words=[
            *session["title"].values(),
            *session.get("venue", {}).values(),
            *session.get("summary", {}).values(),
            *document["title"].values(),
            *spellings((("participant", slug) for slug in session.get("participants", [])), names),
        ],
        starts=(dates.bounds(day)[0] if day else None) or first,
    )


def commitment_row(
    commitment: dict[str, Any],
    document: dict[str, Any],
    shared: dict[str, Any],
    names: Names,
    first: date | None,
) -> Row:
    status, said = derived.status(commitment), derived.said(commitment)
    due, followed = derived.due_day(commitment), derived.last_follow_up(commitment)
    follow_ups = derived.follow_ups(commitment)
    since = derived.status_since(commitment)
    undated = not due and derived.is_open(commitment)
    parties = commitment.get("parties", [])
    return Row(
        "commitment",
        derived.commitment_id(document, commitment),
        {
            **shared,
            "number": commitment["number"],
            "title": commitment["title"],
            "gist": commitment.get("gist", {}),
            "kind": commitment["kind"],
            "status": status,
            "status_since": since["date"] if since else "",
            "statuses": derived.statuses(commitment) if derived.statuses_differ(commitment) else {},
            "late": derived.is_late(commitment),
            "said": said,
            "parties": parties,
            "topics": commitment.get("topics", []),
            "series": document.get("series", ""),
            "due": commitment.get("due", ""),
            "due_text": commitment.get("due_text", {}),
            "continues": commitment.get("continues", []),
            "followed_on": followed.isoformat() if followed else "",
            "follow_ups": len(follow_ups),
            "checked": derived.last_check(commitment, document),
        },
        facets={
            "status": [status] if status else [],
            "kind": [commitment["kind"]],
            "topic": with_parents(commitment.get("topics", []), names),
            "party": parties,
            "series": [document["series"]] if document.get("series") else [],
            "said": [said] if said else [],
            "followup": ["none-found"] if derived.is_open(commitment) and not follow_ups else [],
            # Not shown: what depends on today is added up from days when a list is drawn.
            "open": ["open"] if derived.is_open(commitment) else [],
            "due-day": [due.isoformat()] if due and derived.is_open(commitment) else [],
            "due": ["undated"] if undated else [],
            "last-heard": [
                (followed or first).isoformat()  # type: ignore[union-attr]
            ]
            if derived.is_open(commitment) and (followed or first)
            else [],
            "continues": commitment.get("continues", []),
        },
        title=commitment["title"],
        words=[
            derived.commitment_id(document, commitment),
            *commitment["title"].values(),
            *commitment.get("gist", {}).values(),
            *commitment.get("measure", {}).values(),
            *(
                text
                for wording in commitment.get("wordings", [])
                for text in wording_words(wording)
            ),
            *document["title"].values(),
            *spellings((("party", slug) for slug in parties), names),
            *spellings((("topic", slug) for slug in commitment.get("topics", [])), names),
        ],
        starts=first,
        due=due,
        weight=len(follow_ups),
    )


def wording_words(wording: dict[str, Any]) -> Iterator[str]:
    yield from wording["gist"].values()
    yield wording.get("exact", "")


def signposts(document: dict[str, Any]) -> Iterator[Row]:
    """Addresses that answer “withdrawn” or lead on: `commitments/2026-nara-3`, `summits/old`."""
    slug = document["slug"]
    for commitment in document.get("commitments", []):
        if withdrawn := commitment.get("withdrawn"):
            data = {"title": commitment["title"], "summit": slug, **withdrawn}
            identifier = derived.commitment_id(document, commitment)
            yield Row("gone", f"commitments/{identifier}", data)
    for old in document.get("formerly", []):
        yield Row("moved", f"summits/{old}", {"to": f"summits/{slug}"})
    for session in document.get("sessions", []):
        for old in session.get("formerly", []):
            to = f"summits/{slug}/sessions/{session['key']}"
            yield Row("moved", f"summits/{slug}/sessions/{old}", {"to": to})


def with_parents(topics: Iterable[str], names: Names) -> list[str]:
    """Topics and the main topics they belong to, so that a main topic finds all below it."""
    known = names.get("topic", {})
    parents = [known[topic]["parent"] for topic in topics if known.get(topic, {}).get("parent")]
    return [*topics, *parents]


def spellings(wanted: Iterable[tuple[str, str]], names: Names) -> Iterator[str]:
    """Every form of the names wanted, in every language."""
    for kind, slug in sorted(wanted):
        row = names.get(kind, {}).get(slug, {})
        for name in ("name", "short_name"):
            yield from row.get(name, {}).values()
        yield from row.get("also", [])


# writing ------------------------------------------------------------------------------------------


def index(
    summit: Summit,
    document: dict[str, Any] | None,
    number: int = 0,
    *,
    withdrawn: list[Row] | None = None,
) -> None:
    """Make the index say what the summit's edition says; without a document, that it is gone:
    `withdrawn` is its tombstone."""
    people = set(
        Reference.objects.filter(summit=summit, kind="participant").values_list("slug", flat=True)
    )
    wanted: set[tuple[str, str]] = set()
    if document is None:
        rows = withdrawn or []
    else:
        wanted = references(document)
        rows = list(rows_for(document, names_as_they_stand(document), number))
    stored = {(entry.kind, entry.slug): entry for entry in Entry.objects.filter(summit=summit)}
    put(rows, stored, summit)
    put_references(summit, wanted)
    people |= {slug for kind, slug in wanted if kind == "participant"}
    index_people(people)


def put(rows: list[Row], stored: dict[tuple[str, str], Entry], summit: Summit | None) -> None:
    """Make `stored` entries into `rows`: new, changed and gone ones, and their facets."""
    moves: dict[str, dict[tuple[str, str], tuple[set[int], set[int]]]] = {}
    new: list[Entry] = []
    changed: list[Entry] = []
    before: dict[int, dict[str, list[str]]] = {}
    for row in rows:
        columns = row.columns()
        entry = stored.pop((row.kind, row.slug), None)
        if entry is None:
            new.append(Entry(kind=row.kind, slug=row.slug, summit=summit, **columns))
        elif any(plain(getattr(entry, name)) != value for name, value in columns.items()):
            before[entry.pk] = entry.facets
            for name, value in columns.items():
                setattr(entry, name, value)
            changed.append(entry)
    Entry.objects.bulk_create(new)
    if changed:
        Entry.objects.bulk_update(changed, list(columns_of(changed[0])), batch_size=100)
    for entry in new:
        note_moves(moves, entry, {}, {**entry.facets, "all": ["all"]})
    for entry in changed:
        note_moves(moves, entry, before[entry.pk], entry.facets)
    for entry in stored.values():
        note_moves(moves, entry, {**entry.facets, "all": ["all"]}, {})
    for kind, moved in moves.items():
        facets.change(kind, moved)
    if stored:
        Entry.objects.filter(pk__in=[entry.pk for entry in stored.values()]).delete()


def plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def columns_of(entry: Entry) -> Iterator[str]:
    for column in entry._meta.concrete_fields:
        if column.name not in ("id", "kind", "slug", "summit"):
            yield column.name


def note_moves(
    moves: dict[str, dict[tuple[str, str], tuple[set[int], set[int]]]],
    entry: Entry,
    before: dict[str, list[str]],
    after: dict[str, list[str]],
) -> None:
    of_kind = moves.setdefault(entry.kind, {})
    for names, side in ((after, 0), (before, 1)):
        for name, values in names.items():
            for value in values:
                if value not in (before if side == 0 else after).get(name, []):
                    of_kind.setdefault((name, value), (set(), set()))[side].add(entry.pk)


def put_references(summit: Summit, wanted: set[tuple[str, str]]) -> None:
    stored = {(row.kind, row.slug): row.pk for row in Reference.objects.filter(summit=summit)}
    gone = [pk for key, pk in stored.items() if key not in wanted]
    Reference.objects.filter(pk__in=gone).delete()
    Reference.objects.bulk_create(
        Reference(summit=summit, kind=kind, slug=slug)
        for kind, slug in sorted(wanted)
        if (kind, slug) not in stored
    )


def index_people(slugs: set[str]) -> None:
    """The entries of these participants, from the meetings and statements the index holds."""
    if not slugs:
        return
    shape = shape_of(Participant)
    known = {
        row.slug: read_row(row, shape)
        for row in rows_of(Participant.objects.filter(slug__in=slugs), shape)
    }
    public = set(
        Reference.objects.filter(kind="participant", slug__in=slugs).values_list("slug", flat=True)
    )
    meetings: dict[str, list[Entry]] = {slug: [] for slug in slugs}
    # Databases put days nobody knows at different ends.
    in_time = (F("starts").asc(nulls_first=True), "slug")
    for entry in Entry.objects.filter(kind="attendance", person__in=slugs).order_by(*in_time):
        meetings[entry.person].append(entry)
    rows = [
        participant_row(known[slug], meetings[slug])
        for slug in sorted(slugs & public)
        if slug in known
    ]
    for slug in sorted(slugs & public):
        for old in known.get(slug, {}).get("formerly", []):
            rows.append(Row("moved", f"participants/{old}", {"to": f"participants/{slug}"}))
    stored = Entry.objects.filter(kind="participant", slug__in=slugs)
    moved = Entry.objects.filter(
        kind="moved", data__to__in=[f"participants/{slug}" for slug in sorted(slugs)]
    )
    put(rows, {(entry.kind, entry.slug): entry for entry in [*stored, *moved]}, None)


def participant_row(person: dict[str, Any], meetings: list[Entry]) -> Row:
    met = [entry for entry in meetings if was_there(entry.data)]
    latest = (met or meetings or [None])[-1]
    sort_name = {**person["name"], **person.get("sort_name", {})}
    return Row(
        "participant",
        person["slug"],
        {
            "kind": person["kind"],
            "meetings": len(met),
            "office": latest.data["office"] if latest else {},
            "party": latest.data["party"] if latest else "",
            "last_met": met[-1].data["starts"] if met else "",
        },
        facets={
            "party": [entry.data["party"] for entry in meetings if entry.data["party"]],
            "capacity": [entry.data["capacity"] for entry in meetings],
        },
        title=sort_name,
        words=[
            person["slug"],
            *person["name"].values(),
            *person.get("sort_name", {}).values(),
            *person.get("also", []),
            *(text for entry in meetings for text in entry.data["office"].values()),
        ],
        starts=latest.starts if latest else None,
        weight=len(met),
    )


def was_there(attendance: dict[str, Any]) -> bool:
    """Not so of somebody absent, nor at a summit that has not taken place (yet)."""
    held = attendance["event_status"] in ("", EventStatus.HELD)
    return held and attendance["presence"] != Presence.ABSENT


def hold() -> Version:
    """Hold off all others that would load, publish or index until this transaction ends.

    First in its transaction: who locks a summit before would wait for who waits for the summit.
    """
    version, _made = Version.objects.select_for_update().get_or_create(pk=1)
    return version


def raise_version() -> int:
    """Say that what readers see has changed."""
    version = hold()
    version.number += 1
    version.save()
    return version.number


def current_editions() -> Iterator[tuple[Summit, Edition]]:
    """The newest edition of every summit that has one."""
    for summit in Summit.objects.filter(editions__isnull=False).distinct().order_by("pk"):
        yield summit, summit.editions.order_by("-number")[0]


def index_edition(summit: Summit, edition: Edition) -> None:
    if edition.kind == "withdrawal":
        index(summit, None, withdrawn=tombstone(edition))
    else:
        index(summit, opened(edition.content), edition.number)


def tombstone(edition: Edition) -> list[Row]:
    """What a withdrawn summit leaves: it and its commitments say when and why they are gone, old
    addresses still lead there."""
    document = opened(edition.content)
    note = {code: getattr(edition, f"note_{code}") for code in LANGUAGES}
    gone = {
        "on": timezone.localdate(edition.at).isoformat(),
        "reason": {code: text for code, text in note.items() if text},
    }
    slug = document["slug"]
    rows = [Row("gone", f"summits/{slug}", {"title": document["title"], **gone})]
    for commitment in derived.standing(document):
        data = {"title": commitment["title"], "summit": slug, **gone}
        identifier = derived.commitment_id(document, commitment)
        rows.append(Row("gone", f"commitments/{identifier}", data))
    return [*rows, *signposts(document)]


def reindex() -> int:
    """Rebuild the whole index from the editions; returns how many summits are public."""
    with transaction.atomic():
        raise_version()
        Entry.objects.all().delete()
        FacetSet.objects.all().delete()
        Reference.objects.all().delete()
        public = 0
        for summit, edition in current_editions():
            index_edition(summit, edition)
            public += edition.kind != "withdrawal"
    return public
