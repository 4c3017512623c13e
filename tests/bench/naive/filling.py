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

from .models import (
    Attendance,
    Commitment,
    Edition,
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
            rows = [
                model(
                    slug=row["slug"], **{f"name_{code}": word for code, word in row["name"].items()}
                )
                for row in vocabulary[kind]
            ]
            model.objects.bulk_create(rows)
            names[kind] = {row.slug: row for row in rows}
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
            form=derived.form(document),
            setting=document["setting"],
            outcome=document["outcome"],
            city=document["city"]["en"],
            country=parties[document["country"]],
            series=self.names["series"][document["series"]],
            **texts("title", document),
            **texts("summary", document),
        )
        self.links.append((summit, "topics", [topics[slug] for slug in document["topics"]]))
        present = [parties[row["party"]] for row in document["delegations"]]
        self.links.append((summit, "parties", present))
        sources = {
            row["key"]: self.add(
                Source,
                summit=summit,
                **{name: row[name] for name in ("key", "title", "publisher", "kind", "url")},
                published_on=row["published_on"],
            )
            for row in document["sources"]
        }
        for row in document["attendances"]:
            self.add(
                Attendance,
                summit=summit,
                person=self.names["participants"][row["participant"]],
                party=parties[row["party"]],
                office=row["office"]["en"],
                capacity=row["capacity"],
                principal=row.get("principal", False),
            )
        for row in document["sessions"]:
            session = self.add(
                Session,
                summit=summit,
                **{name: row.get(name, "") for name in ("key", "kind", "date", "time")},
                venue=row["venue"]["en"],
                **texts("title", row),
            )
            self.cite(session, row, sources)
        self.add(Edition, summit=summit, number=1, at=timezone.now(), note="Record opened.")
        for row in document["commitments"]:
            self.commitment(document, row, summit, sources)

    def commitment(self, document: Row, row: Row, summit: Any, sources: Row) -> None:
        parties = self.names["parties"]
        made = self.add(
            Commitment,
            slug=derived.commitment_id(document, row),
            summit=summit,
            number=row["number"],
            day=summit.day,
            kind=row["kind"],
            status=derived.status(row),
            due=derived.due_day(row),
            **texts("title", row),
            **texts("gist", row),
        )
        self.cite(made, row, sources)
        self.links.append((made, "parties", [parties[slug] for slug in row["parties"]]))
        topics = [self.names["topics"][slug] for slug in row["topics"]]
        self.links.append((made, "topics", topics))
        for said in row["wordings"]:
            wording = self.add(
                Wording,
                commitment=made,
                party=parties[said["party"]],
                verb=said["verb"],
                gist_en=said["gist"]["en"],
                exact=said["exact"],
            )
            self.cite(wording, said, sources)
        for step in row.get("progress", []):
            progress = self.add(
                Progress,
                commitment=made,
                date=step["date"],
                status=step["status"],
                text_en=step["text"]["en"],
            )
            self.cite(progress, step, sources)

    def cite(self, made: Any, row: Row, sources: Row) -> None:
        self.links.append((made, "cites", [sources[key] for key in row["cites"]]))


def texts(name: str, row: Row) -> dict[str, str]:
    return {f"{name}_{code}": words for code, words in row[name].items()}
