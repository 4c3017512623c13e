"""What is wrong with a form stands at its top, each fault with a link to its field."""

import re

import pytest

from tests.admin_pages import opened, save
from tests.factories import drafted

pytestmark = pytest.mark.django_db


def test_every_fault_is_told_at_the_top_in_the_order_of_the_page_with_a_link(editor):
    row = drafted().commitments.get()
    form = {
        **opened(editor, row),
        **{f"title_{code}": "" for code in ("en", "ko", "ja")},
        "due": "soon",
        "wordings-0-verb": "",
        "wordings-0-exact": "Words",
        "wordings-0-exact_lang": "",
    }

    page = save(editor, row, form)

    html = page.content.decode()
    above = f"Wording {row.wordings.first()}"
    anchors = [fault.anchor for fault in page.context["faults"]]
    assert [(fault.label, fault.anchor) for fault in page.context["faults"]] == [
        ("", "id_title_en"),
        ("Due", "id_due"),
        (f"{above}: Verb", "id_wordings-0-verb"),
    ]
    assert [html.count(f'id="{anchor}"') for anchor in anchors] == [1] * len(anchors)
    assert re.findall(r'<li><a href="#([^"]+)">', html) == anchors
    assert html.count("soon is not a date") == 2  # at the top and at its field
    assert re.search(r"<title>\s*Error: ", html)
    assert "autofocus" in html


def test_form_without_a_fault_has_no_summary(editor):
    page = editor.get(f"/admin/records/session/{drafted().sessions.get().pk}/change/")

    assert page.context["faults"] == []
    html = page.content.decode()
    assert "all-faults" not in html
    assert "<title>Error" not in html


def test_note_that_publishing_lacks_is_told_with_a_link_to_it(editor):
    session = drafted().sessions.get()

    page = save(editor, session, opened(editor, session), "_publish")

    [fault] = page.context["faults"]
    assert (fault.label, fault.anchor) == ("Public note (English)", "id_edition_note_en")
