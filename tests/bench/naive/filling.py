"""The twin's rows out of the same documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.apps import apps
from django.db import connections, models, transaction
from django.utils import timezone

from records import dates
from records.document import derived
from records.document.canonical import digest
from records.reading import people

from .models import (
    Attendance,
    Commitment,
    Delegation,
    Edition,
    FactSource,
    Party,
    Person,
    Progress,
    Series,
    Session,
    Source,
    Summit,
    Topic,
    Wording,
)

Row = dict[str, Any]
AT_ONCE = 200  # documents
SOURCE = ("key", "title", "language", "publisher", "kind", "published_on", "url", "read")
KINDS = {"participants": Person, "parties": Party, "topics": Topic, "series": Series}


def fill(vocabulary: dict[str, list[Row]], documents: Iterator[Row]) -> None:
    connection = connections["twin"]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")
            cursor.execute("PRAGMA cache_size=-3000000")
    with connection.schema_editor() as editor:
        for model in apps.get_app_config("naive").get_models():
            editor.create_model(model)
    names = {}
    with transaction.atomic(using="twin"):
        for kind, model in KINDS.items():
            rows: dict[str, Any] = {}
            for row in vocabulary[kind]:
                rows[row["slug"]] = model(slug=row["slug"], **texts("name", row))
                if row.get("parent"):  # of topics; a main topic stands before its own
                    rows[row["slug"]].parent = rows[row["parent"]]
            if model is Topic:
                for topic in rows.values():
                    topic.save()
            else:
                model._default_manager.bulk_create(rows.values())
            names[kind] = rows
        while some := list(islice(documents, AT_ONCE)):
            Filling(names).rows_of(some)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


class Filling:
    """Some documents' rows: models in the order in which one refers to the other."""

    def __init__(self, names: dict[str, dict[str, Any]]):
        self.names = names
        self.rows: dict[type[models.Model], list[Any]] = defaultdict(list)
        self.links: list[tuple[Any, str, list[Any]]] = []

    def add(self, model: type[models.Model], **columns: Any) -> Any:
        row = model(**columns)
        self.rows[model].append(row)
        return row

    def rows_of(self, documents: list[Row]) -> None:
        for document in documents:
            self.summit(document)
        for model, rows in self.rows.items():
            model._default_manager.bulk_create(rows)
        through: dict[Any, list[Any]] = defaultdict(list)
        for row, name, others in self.links:
            field = row._meta.get_field(name)
            own, other = field.m2m_field_name(), field.m2m_reverse_field_name()
            model = field.remote_field.through
            through[model] += [model(**{own: row, other: one}) for one in others]
        for model, rows in through.items():
            model._default_manager.bulk_create(rows)

    def summit(self, document: Row) -> None:
        parties, topics = self.names["parties"], self.names["topics"]
        summit = self.add(
            Summit,
            slug=document["slug"],
            starts=document["starts"],
            day=dates.bounds(document["starts"])[0],
            timezone=document["timezone"],
            checked_on=document["checked_on"],
            latitude=document["latitude"],
            longitude=document["longitude"],
            form=derived.form(document),
            setting=document["setting"],
            outcome=document["outcome"],
            city=document["city"]["en"],
            country=parties[document["country"]],
            series=self.names["series"][document["series"]],
            **texts("title", document),
            **texts("summary", document),
        )
        own = [topics[slug] for slug in document["topics"]]
        self.links.append((summit, "topics", own))
        promised = [topics[slug] for row in document["commitments"] for slug in row["topics"]]
        about = {one.slug: one for topic in own + promised for one in (topic, topic.main)}
        self.links.append((summit, "about", list(about.values())))
        sources = {
            row["key"]: self.add(
                Source,
                summit=summit,
                issued_by=parties[row["issued_by"][0]],
                **{name: row[name] for name in SOURCE},
            )
            for row in document["sources"]
        }
        for fact, keys in document["cites"].items():
            for key in keys:
                self.add(FactSource, summit=summit, fact=fact, source=sources[key])
        places = people.order(document)
        for row in sorted(document["delegations"], key=lambda one: places.index(one["party"])):
            sent = self.add(
                Delegation, summit=summit, party=parties[row["party"]], role=row["role"]
            )
            self.cite(sent, row, sources)
        for row in document["attendances"]:
            attendance = self.add(
                Attendance,
                summit=summit,
                person=self.names["participants"][row["participant"]],
                party=parties[row["party"]],
                office=row["office"]["en"],
                capacity=row["capacity"],
                principal=row.get("principal", False),
            )
            self.cite(attendance, row, sources)
        sessions = {}
        for row in document["sessions"]:
            sessions[row["key"]] = self.add(
                Session,
                summit=summit,
                **{name: row.get(name, "") for name in ("key", "kind", "date", "time")},
                venue=row["venue"]["en"],
                **texts("title", row),
            )
            self.cite(sessions[row["key"]], row, sources)
        self.add(
            Edition,
            summit=summit,
            number=1,
            at=timezone.now(),
            note="Record opened",
            sha256=digest(document),
        )
        for row in document["commitments"]:
            made = self.commitment(document, row, summit, sessions[row["session"]])
            self.said_of(made, row, sources, places)

    def commitment(self, document: Row, row: Row, summit: Any, session: Any) -> Any:
        parties, topics = self.names["parties"], self.names["topics"]
        made = self.add(
            Commitment,
            slug=derived.commitment_id(document, row),
            summit=summit,
            session=session,
            number=row["number"],
            day=summit.day,
            kind=row["kind"],
            status=derived.status(row),
            said=derived.said(row),
            due=derived.due_day(row),
            due_words=row.get("due", ""),
            followed_on=derived.last_follow_up(row),
            **texts("title", row),
            **texts("gist", row),
        )
        self.links.append((made, "parties", [parties[slug] for slug in row["parties"]]))
        self.links.append((made, "topics", [topics[slug] for slug in row["topics"]]))
        return made

    def said_of(self, made: Any, row: Row, sources: Row, places: list[str]) -> None:
        self.cite(made, row, sources)
        for said in sorted(row["wordings"], key=lambda one: places.index(one["party"])):
            wording = self.add(
                Wording,
                commitment=made,
                party=self.names["parties"][said["party"]],
                verb=said["verb"],
                gist_en=said["gist"]["en"],
                exact=said["exact"],
                exact_language=said["exact_lang"],
            )
            self.cite(wording, said, sources)
        for step in row.get("progress", []):
            progress = self.add(
                Progress,
                commitment=made,
                key=step["key"],
                date=step["date"],
                kind=step["kind"],
                status=step["status"],
                text_en=step["text"]["en"],
            )
            self.cite(progress, step, sources)

    def cite(self, made: Any, row: Row, sources: Row) -> None:
        self.links.append((made, "cites", [sources[key] for key in row["cites"]]))


def texts(name: str, row: Row) -> dict[str, str]:
    return {f"{name}_{code}": words for code, words in row[name].items()}
