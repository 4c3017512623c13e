"""A summit's working copy as it stands while one of its forms is opened or saved."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from records.document.problems import Place, said
from records.document.read import read_row, rows_of
from records.document.schema import SUMMIT, Shape
from records.models import Summit
from records.publishing import State, state


class Record:
    """The rows below a summit, the same as a document, and what was published of it.

    The rows of a list stand in the order of the document's, so that a place in one is a place in
    the other.
    """

    def __init__(self, pk: Any):
        self.summit: Summit = rows_of(Summit.objects.filter(pk=pk), SUMMIT).get()
        self.document: dict[str, Any] = read_row(self.summit, SUMMIT)

    @cached_property
    def state(self) -> State:
        now = state(self.summit)
        now.document = self.document
        return now

    @property
    def published(self) -> dict[str, Any]:
        """The newest edition's document; empty if there is none."""
        return self.state.published or {}

    def rows(self, shape: Shape) -> list[tuple[Any, dict[str, Any]]]:
        """Rows of one of the summit's lists, each with what the document says of it."""
        rows = getattr(self.summit, shape.name).all()
        return list(zip(rows, self.document.get(shape.name, []), strict=True))

    def keys(self, name: str) -> list[str]:
        """Keys of one of the lists: `sources`, `sessions`."""
        return [row["key"] for row in self.document.get(name, [])]

    def path_of(self, row: Any) -> tuple[str, ...]:
        """Where `row` stands in the document, as a path of names; empty for the summit itself."""
        for shape in SUMMIT.children:
            if isinstance(row, shape.model):
                for place, (known, item) in enumerate(self.rows(shape)):
                    if known.pk == row.pk:
                        return shape.name, shape.known_by(item, place)
        return ()

    def row_before(self, row: Any) -> dict[str, Any]:
        """What the document says of the row before `row` in its list, before a new one of the last;
        empty if there is none."""
        for shape in SUMMIT.children:
            if isinstance(row, shape.model):
                rows = self.rows(shape)
                at = next((n for n, (known, _item) in enumerate(rows) if known.pk == row.pk), None)
                at = len(rows) if at is None else at
                return rows[at - 1][1] if at else {}
        return {}

    def below(self, row: Any) -> tuple[dict[str, Any], Shape]:
        """What the document says of `row` and of all below it, with its shape."""
        for shape in SUMMIT.children:
            if isinstance(row, shape.model):
                for known, item in self.rows(shape):
                    if known.pk == row.pk:
                        return item, shape
        return self.document, SUMMIT

    def address(self, place: Place) -> str:
        """The form where a place of the document is edited: indexes or names, as far as known."""
        here = form_of(self.summit)
        shape = SUMMIT.child(str(place[0])) if place else None
        if shape is None:
            return here
        if len(place) > 1:
            for index, (row, item) in enumerate(self.rows(shape)):
                if place[1] in (index, shape.known_by(item, index)):
                    return form_of(row)
        return f"{here}#{shape.name}"

    def named(self, place: Place) -> str:
        """`place` as an editor names it: `sessions.expanded-talks.minutes`."""
        return said(self.document, place)


def form_of(row: Any) -> str:
    """The address of a row's form in the admin."""
    opts = row._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[row.pk])


def add_form(model: Any, summit: Summit) -> str:
    opts = model._meta
    address = reverse(f"admin:{opts.app_label}_{opts.model_name}_add")
    return f"{address}?{urlencode({'summit': summit.pk})}"
