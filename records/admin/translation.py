"""A page of a summit's texts in one language: what was typed, met with what is saved.

What others changed meanwhile is never overwritten: where a text, or the one it translates, is not
what the page showed, nothing is saved before its editor has seen it.
"""

from __future__ import annotations

from copy import copy
from functools import cached_property, partial
from typing import Any

from django.core.paginator import Paginator
from django.forms.models import modelform_factory
from django.forms.utils import ErrorDict

from records.language.apart import told_apart

from .faults import Fault, faults_in
from .glossary import Glossary
from .opened import sealed, unsealed
from .pairs import OLDER, Pair, earlier, pairs
from .record import Record, form_of
from .row import RowForm, spoken
from .shown import same, sent

TITLES = ("title", "question")
PAGE = 25  # texts, in the order of the document


class Field:
    """A text's input: what was typed there, and what stands in the way of saving it."""

    is_typed = is_deleted = is_source_new = holds = False
    theirs = before = ""

    def __init__(self, pair: Pair, bound: Any, terms: list[Any]):
        self.pair, self.bound, self.terms = pair, bound, terms

    def meet(self, shown: list[str], typed: str | None, *, holds: bool) -> None:
        """What was typed, or that it still holds, met with what the record says now."""
        source, words = shown
        now, field = self.pair.words, self.bound.field
        is_touched = typed is not None and not same(field, typed, words)
        self.is_typed = is_touched and not same(field, typed, now)
        self.holds = holds and not self.is_typed
        if self.is_typed and words != now:
            self.theirs, self.is_deleted = now, not now
        self.is_source_new = (self.is_typed or self.holds) and source != self.pair.source_words

    @property
    def source(self) -> Any:
        """What it is translated from, with what changed since, as far as that is known."""
        words, code = self.pair.source_words, self.pair.source
        return told_apart(self.before, words, code) if self.before else words

    @property
    def is_asked(self) -> bool:
        return bool(self.theirs or self.is_deleted or self.is_source_new)


class Translation:
    """The texts of one page, and what was sent of them."""

    def __init__(self, request, site, record: Record, language: str, post=None):
        self.request, self.site, self.record, self.language = request, site, record, language
        self.where = f"translate:{record.summit.pk}:{language}"
        self.post = post
        self.pairs = [each for each in pairs(record, language) if self.may(each.part)]
        self.shown = self.showed()

    def may(self, part: Any) -> bool:
        own = self.site.get_model_admin(type(part))
        return own.changes_all(self.request) or self.language in own.languages_changed(self.request)

    def showed(self) -> dict[str, list[str]]:
        """What the page that was sent had shown, by its fields; nothing where nobody can tell."""
        if self.post is None:
            return {}
        if found := unsealed(self.post.get("opened_on", ""), self.where):
            return found["texts"]
        return {each.name: ["", ""] for each in self.pairs if each.name in self.post}

    @property
    def token(self) -> str:
        """What the page shows, to be sent with it."""
        return sealed({"texts": {each.name: each.said for each in self.chosen}}, self.where)

    @cached_property
    def waiting(self) -> list[Pair]:
        return [each for each in self.pairs if each.waits]

    # which of them

    @cached_property
    def is_all(self) -> bool:
        asked = self.request.GET
        elsewhere = "at" in asked and self.first(self.waiting) is None
        return asked.get("which") == "all" or not self.waiting or elsewhere

    def first(self, listed: list[Pair]) -> int | None:
        """Which text the address asks for, or the first of the row it asks for."""
        at = self.request.GET.get("at", "")
        found = (n for n, each in enumerate(listed) if f"{each.place}.".startswith(f"{at}."))
        return next(found, None)

    @cached_property
    def page(self) -> Any:
        listed = self.pairs if self.is_all else self.waiting
        first = self.first(listed)
        number = self.request.GET.get("p") if first is None else first // PAGE + 1
        return Paginator(listed, PAGE).get_page(number)

    @cached_property
    def chosen(self) -> list[Pair]:
        """The texts of the page; sent, the same as were shown, if they are still there."""
        if self.post is None:
            return list(self.page)
        return [each for each in self.pairs if each.name in self.shown]

    # their forms

    @cached_property
    def forms(self) -> list[Any]:
        """A form for each row with texts on the page, in their order."""
        columns: dict[Any, list[str]] = {}
        rows: dict[Any, Pair] = {}
        for pair in self.chosen:
            key = (type(pair.row), pair.row.pk)
            rows.setdefault(key, pair)
            columns.setdefault(key, []).append(pair.column)
        return [self.form(pair, columns[key]) for key, pair in rows.items()]

    def form(self, pair: Pair, columns: list[str]) -> Any:
        own = self.site.get_model_admin(type(pair.part))
        kind = modelform_factory(
            type(pair.row),
            form=RowForm,
            fields=columns,
            formfield_callback=partial(own.formfield_for_dbfield, request=self.request),
        )
        kind.record = self.record
        kind.languages = (self.language,)
        kind.withheld = tuple(
            field.name
            for field in type(pair.row)._meta.concrete_fields
            if field.name not in columns and not field.primary_key
        )
        # A copy: the page names the row as it is saved, not as it was typed.
        form = kind(self.merged, instance=copy(pair.row), prefix=pair.prefix)
        form.pair = pair
        if self.post is not None and self.request.method != "POST":  # restored, not to be saved yet
            form._errors = ErrorDict()
        return form

    @cached_property
    def merged(self) -> Any:
        """What was sent, with what others saved in the fields that were left as they were."""
        if self.post is None:
            return None
        data = self.post.copy()
        for pair in self.chosen:
            _source, words = self.shown[pair.name]
            if data.get(pair.name, words).replace("\r\n", "\n") == words:
                data[pair.name] = pair.words
        return data

    @cached_property
    def fields(self) -> list[Field]:
        forms = {(type(form.instance), form.instance.pk): form for form in self.forms}
        held = set(self.post.getlist("holds")) if self.post else set()
        sources = [(each.source, each.source_words) for each in self.chosen if each.source]
        glossary = Glossary(self.record.document, sources, self.language)
        before = earlier(self.record, self.chosen)
        found = []
        for pair in self.chosen:
            bound = forms[type(pair.row), pair.row.pk][pair.column]
            field = Field(pair, bound, glossary.found(pair.source, pair.source_words))
            field.before = before.get(pair.place, "")
            if self.post is not None:
                typed = sent(bound.field, self.post, pair.name)
                holds = pair.place in held and pair.waits == OLDER
                field.meet(self.shown[pair.name], typed, holds=holds)
            found.append(field)
        return found

    @cached_property
    def gone(self) -> list[str]:
        """What was typed of texts that are there no more."""
        there = {each.name for each in self.pairs}
        typed = {
            name: self.post.get(name, words).replace("\r\n", "\n")
            for name, (_source, words) in self.shown.items()
            if name not in there
        }
        return [words for name, words in typed.items() if words != self.shown[name][1]]

    @property
    def asked(self) -> list[Field]:
        """Where others changed what was typed, or what it is typed from."""
        return [field for field in self.fields if field.is_asked]

    @cached_property
    def groups(self) -> list[tuple[str, str, str, list[Field]]]:
        """The fields by the row whose form they stand on: what it is, its form, its title."""
        found: dict[Any, tuple[str, str, str, list[Field]]] = {}
        for field in self.fields:
            part = field.pair.part
            key = (type(part), part.pk)
            if key not in found:
                found[key] = (*heading(field.pair), [])
            found[key][3].append(field)
        return list(found.values())

    @property
    def faults(self) -> list[Fault]:
        """What is wrong with what was typed."""
        if self.post is None:
            return []
        return [
            fault
            for form in self.forms
            for fault in faults_in(form, form.fields, form.pair.about, form.pair.place)
        ]

    @property
    def is_typed(self) -> bool:
        return bool(self.gone or any(field.is_typed for field in self.fields))

    def is_hindered(self) -> bool:
        return bool(self.asked or self.gone or self.faults)


def heading(pair: Pair) -> tuple[str, str, str]:
    """What the form is about that the text stands on, its address, and the row's title."""
    part = pair.part
    title = next((spoken(part, each) for each in TITLES if hasattr(part, f"{each}_en")), "")
    return pair.about, form_of(part), title
