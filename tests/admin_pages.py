"""The admin as an editor's browser sees it: forms opened, filled in and sent, for the tests."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from django.urls import reverse

from records.document.read import read
from records.models import Summit


class Fields(HTMLParser):
    """What a browser would send of the page's one form, submit buttons aside."""

    def __init__(self, html: str):
        super().__init__()
        self.data: dict[str, Any] = {}
        self.texts: dict[str, str] = {}
        self.select: tuple[str, bool] = ("", False)
        self.textarea = ""
        self.types: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        name = given.get("name") or ""
        usable = name and "disabled" not in given and "__prefix__" not in name
        if tag == "input" and usable and given.get("type") not in ("submit", "search"):
            self.types[name] = given.get("type") or "text"
            if given.get("type") == "radio":
                if "checked" in given:
                    self.data[name] = given.get("value") or ""
            elif given.get("type") == "hidden" and name in self.data:  # a list of names, kept
                before = self.data[name]
                self.data[name] = [*([before] if isinstance(before, str) else before),
                                   given.get("value") or ""]  # fmt: skip
            elif given.get("type") != "checkbox":
                self.data[name] = given.get("value") or ""
            elif "checked" in given:
                self.data[name] = given.get("value") or "on"
        elif tag == "select":
            self.select = (name if usable else "", "multiple" in given)
            if usable and "multiple" in given:
                self.data[name] = []
        elif tag == "option" and self.select[0] and "selected" in given:
            name, many = self.select
            if many:
                self.data[name].append(given.get("value") or "")
            else:
                self.data[name] = given.get("value") or ""
        elif tag == "textarea" and usable:
            self.textarea = name
            self.data[name] = ""

    def handle_endtag(self, tag):
        if tag == "select":
            self.select = ("", False)
        elif tag == "textarea" and self.textarea:
            # A browser drops the line end after the tag and sends others than the page has.
            said = self.data[self.textarea]
            self.data[self.textarea] = said.removeprefix("\n").replace("\n", "\r\n")
            self.textarea = ""

    def handle_data(self, data):
        if self.textarea:
            self.data[self.textarea] += data


def fields_of(response) -> dict[str, Any]:
    data = Fields(response.content.decode()).data
    for name in ("csrfmiddlewaretoken", "q"):
        data.pop(name, None)
    return data


def address(row, action="change") -> str:
    return reverse(f"admin:records_{row._meta.model_name}_{action}", args=[row.pk])


def add_address(model, summit=None) -> str:
    whose = f"?summit={summit.pk}" if summit else ""
    return reverse(f"admin:records_{model._meta.model_name}_add") + whose


def opened(client, where) -> dict[str, Any]:
    """The form at an address or of a row, as a browser would send it back."""
    where = where if isinstance(where, str) else address(where)
    response = client.get(where)
    assert response.status_code == 200, where
    return fields_of(response)


def save(client, where, data, button="_save", follow=True):
    where = where if isinstance(where, str) else address(where)
    return client.post(where, {**data, button: "1"}, follow=follow)


def theirs(other, row, **typed):
    """What a second editor saves while the first has the form open."""
    return save(other, row, {**opened(other, row), **typed})


def errors(response) -> list[str]:
    """All that the page says is wrong, fields and inlines alike."""
    found = [str(e) for each in response.context["adminform"].errors.values() for e in each]
    for inline in response.context["inline_admin_formsets"]:
        found += [str(error) for error in inline.formset.non_form_errors()]
        for form in inline.formset.forms:
            found += [str(error) for each in form.errors.values() for error in each]
    return found


def said(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def enter(client, model, summit=None, **typed):
    """Fill in and save the add form of `model`; the new row."""
    where = add_address(model, summit)
    before = set(model.objects.values_list("pk", flat=True))
    response = save(client, where, {**opened(client, where), **typed})
    failed = response.context.get("adminform") if response.context else None
    rows = model.objects.exclude(pk__in=before)
    assert rows.count() == 1, errors(response) if failed else response
    return rows.get()


def document_of(summit) -> dict[str, Any]:
    return read(Summit.objects.get(pk=summit.pk))


def texts(name, words) -> dict[str, str]:
    """A text typed in three languages, told apart by marks as in `factories.text`."""
    return {f"{name}_en": words, f"{name}_ko": f"{words} 한", f"{name}_ja": f"{words} 日"}


# two editors on one form -------------------------------------------------------------------------


def questions(response):
    """What the page of conflicts asks: label, before, saved, typed."""
    assert response.status_code == 409
    return [
        (each.label, *("; ".join(side) for side in (each.before, each.theirs, each.mine)))
        for each in response.context["conflicts"].questions
    ]


def answer(client, where, page, side, **anew):
    """Send the page of conflicts with one answer to all its questions."""
    asked = [each.name for each in page.context["conflicts"].questions]
    return save(client, where, {**fields_of(page), **dict.fromkeys(asked, side), **anew})
