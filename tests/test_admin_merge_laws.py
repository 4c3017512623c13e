"""Laws of two editors on one form: the merge equals both, the answer decides, nothing is lost."""

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.admin_pages import document_of, fields_of, opened, save
from tests.factories import EditorFactory, commitment, drafted, progress

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
laws = settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
# What an editor does to the form: a fact of the commitment, of a wording, of an entry.
FACTS = ("title_en", "title_ja", "note_ko", "due_text_en", "kor gist_en", "kor gist_ja",
         "jpn exact", "jpn gist_en", "jpn exact_is_translation", "entry text_en",
         "entry text_ko")  # fmt: skip
ROWS = ("kor DELETE", "new")


def sensible(names):
    """Who deletes a row says nothing else of it."""
    rows = [name for name in names if name.startswith("kor") and name != "kor DELETE"]
    return [name for name in names if "kor DELETE" not in names or name not in rows]


edits = st.lists(st.sampled_from([*FACTS, *ROWS]), unique=True, max_size=7).map(sensible)


def clash(one, other):
    """Do two edits touch the same, or one delete what the other changes?"""
    rows = one.split(" ")[0] == other.split(" ")[0] and " " in one
    return one == other or (rows and "DELETE" in one + other)


def typed(row, form, names, side):
    """The form with the edits; of a row that is not there, nothing."""
    data = dict(form)
    places = {w.party.slug: f"wordings-{n}-" for n, w in enumerate(row.wordings.all())}
    places["entry"] = "progress-0-"
    for name in names:
        words = f"Typed by {side} into {name}"
        where, _space, fact = name.rpartition(" ")
        if name == "new":
            step = "08" if side == "me" else "09"
            number = int(form["progress-TOTAL_FORMS"])
            facts = {"key": f"2026-{step}-01-step", "date": f"2026-{step}-01", "kind": "step",
                     "text_en": words, "cites": "s01"}  # fmt: skip
            data["progress-TOTAL_FORMS"] = str(number + 1)
            data |= {f"progress-{number}-{fact}": value for fact, value in facts.items()}
        elif not where:
            data[name] = words
        elif where in places:
            data[places[where] + fact] = "on" if fact in ("DELETE",) or "is_" in fact else words
    return data


def stored(summit):
    [found] = document_of(summit)["commitments"]
    return {**found, "wordings": sorted(found.get("wordings", []), key=lambda row: row["party"])}


class Desk:
    """A commitment with two editors, as it was before whatever they did."""

    def __init__(self):
        self.me, self.other = Client(), Client()
        self.me.force_login(EditorFactory())
        self.other.force_login(EditorFactory())
        self.summit = drafted(commitments=[commitment(1, progress=[progress()])])
        self.row = self.summit.commitments.get()

    def after(self, *saves):
        """What is stored when `(names, side)` were saved one after the other."""
        with transaction.atomic():
            for names, side in saves:
                form = opened(self.me, self.row)
                assert save(self.me, self.row, typed(self.row, form, names, side)).redirect_chain
            found = stored(self.summit)
            transaction.set_rollback(True)
        return found

    def collide(self, mine, theirs):
        """What I am answered when they saved first, and what I typed."""
        form = opened(self.me, self.row)
        data = typed(self.row, form, mine, "me")
        theirs = typed(self.row, opened(self.other, self.row), theirs, "them")
        save(self.other, self.row, theirs)
        return save(self.me, self.row, data), data


@pytest.fixture
def desk():
    return Desk()


@laws
@given(mine=edits, theirs=edits)
def test_merge_of_disjoint_edits_equals_both(desk, mine, theirs):
    theirs = [name for name in theirs if name == "new" or not any(clash(name, m) for m in mine)]
    wanted = desk.after((theirs, "them"), (mine, "me"))

    with transaction.atomic():
        answer, _typed = desk.collide(mine, theirs)
        found = stored(desk.summit)
        transaction.set_rollback(True)

    assert answer.redirect_chain
    assert found == wanted


@laws
@given(mine=edits, theirs=edits, side=st.sampled_from(["mine", "theirs"]))
def test_answer_decides_where_edits_clash_and_the_rest_of_both_stays(desk, mine, theirs, side):
    # A new row of each is no clash, and a box both ticked is the same change.
    clashing = {
        (m, t)
        for m in mine
        for t in theirs
        if clash(m, t) and m != "new" and not (m == t and ("is_" in m or "DELETE" in m))
    }
    lost = {pair[side == "mine"] for pair in clashing}
    kept = [name for name in (theirs if side == "mine" else mine) if name not in lost]
    first, then = (
        ((kept, "them"), (mine, "me")) if side == "mine" else ((kept, "me"), (theirs, "them"))
    )
    wanted = desk.after(first, then)

    with transaction.atomic():
        page, data = desk.collide(mine, theirs)
        asked = page.context["conflicts"].questions if page.status_code == 409 else []
        shown = fields_of(page) if asked else {}
        if asked:
            choices = {question.name: side for question in asked}
            page = save(desk.me, desk.row, {**shown, **choices})
        found = stored(desk.summit)
        transaction.set_rollback(True)

    assert bool(asked) == bool(clashing)
    assert page.redirect_chain
    assert found == wanted
    if asked:  # all that was typed stood on the page
        marks = {name: value for name, value in data.items() if "Typed by me" in str(value)}
        assert {name: shown.get(name) for name in marks} == marks
