"""All that a database holds, to be compared before and after."""

from typing import Any

from django.apps import apps
from pyroaring import BitMap

from records.models import Entry, FacetSet, Reference, Words


def everything_stored() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of the record, also those between tables; bytes as bytes."""
    stored = {}
    for model in apps.get_app_config("records").get_models(include_auto_created=True):
        rows = model._base_manager.order_by("pk").values_list()
        stored[model.__name__] = [
            tuple(bytes(v) if isinstance(v, memoryview) else v for v in row) for row in rows
        ]
    return stored


def index_stored() -> dict[str, Any]:
    """What the index says, whatever ids its entries got: entries, facet sets, references."""
    names = {entry.pk: f"{entry.kind} {entry.slug}" for entry in Entry.objects.all()}
    columns = [
        "summit__slug" if field.name == "summit" else field.name
        for field in Entry._meta.concrete_fields
        if field.name not in ("id", "kind")
    ]
    entries = {
        names[row["id"]]: tuple(
            bytes(row[column]) if isinstance(row[column], memoryview) else row[column]
            for column in columns
        )
        for row in Entry.objects.values("id", *columns)
    }
    sets = {
        (row.kind, row.name, row.value): sorted(
            names[pk] for pk in BitMap.deserialize(bytes(row.bits))
        )
        for row in FacetSet.objects.all()
    }
    words = {names[row.entry_id]: (row.texts, row.tokens) for row in Words.objects.all()}
    references = sorted(Reference.objects.values_list("summit__slug", "kind", "slug"))
    return {"entries": entries, "sets": sets, "words": words, "references": references}
