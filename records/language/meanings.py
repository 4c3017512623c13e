"""What each word of the vocabularies means and when it is used, in sentences for readers.

The words themselves are the labels of `records.choices`; the tests of a status are those of the
field's trackers (G7 Research Group, Open Government Partnership), narrowed by the record's design.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

# vocabulary -> value -> meaning; complete for each vocabulary named here (tests/test_about.py).
MEANINGS: dict[str, dict[str, Any]] = {
    "SummitForm": {
        "bilateral": _("Two parties take part."),
        "trilateral": _("Three parties take part."),
        "multilateral": _("Four or more parties take part."),
    },
    "Setting": {
        "visit": _("A leader travels to the other’s country for it."),
        "regular": _("A meeting due under a standing framework."),
        "special": _("Called for the occasion: a congress, a meeting at a third place."),
        "margins": _("A meeting beside another event."),
        "virtual": _("By video or telephone."),
    },
    "EventStatus": {
        "planned": _("Reported or wished for; no party has announced it."),
        "confirmed": _("A party has announced it."),
        "held": _("It took place."),
        "postponed": _("It was put off and has not been held yet."),
        "cancelled": _("It was called off."),
    },
    "CommitmentKind": {
        "new": _("Made at this summit for the first time."),
        "renewed": _("Made before and made again here."),
        "position": _(
            "A stance the parties took. It asks for no act, so nothing can be fulfilled; in the"
            " place of a status it carries its own mark."
        ),
    },
    "BindingForce": {
        "legal": _("In a treaty, a convention or an exchange of notes."),
        "political": _("In a declaration, a statement or another announced text."),
        "oral": _("Said, but in no published text."),
    },
    "CommitmentStatus": {
        "announced": _(
            "An outcome of the summit says it, and no dated step of a party is known yet. Every"
            " commitment begins here."
        ),
        "in-progress": _(
            "A party, or the body that the commitment names, took at least one dated step, and a"
            " source says so."
        ),
        "partly-fulfilled": _("A part that the commitment itself states is done."),
        "fulfilled": _(
            "All of it is done. Where the record said beforehand what fulfilment would be, that"
            " test decides."
        ),
        "stalled": _(
            "A source says that it stopped; or its due date has passed, and two checks at least 90"
            " days apart found no sign of it."
        ),
        "not-fulfilled": _(
            "It ended undone: it was given up, or the occasion it was meant for has passed."
        ),
        "reversed": _("It was done, and a party then undid it."),
        "superseded": _("A later commitment took its place."),
    },
    "ProgressKind": {
        "reaffirmed": _("It was said again, which is not the same as doing it."),
        "step": _("A party acted towards it: administration, budget, law, preparation."),
        "result": _("What was promised, or a part of it, was done."),
        "setback": _("It was stopped, refused or undone."),
        "changed": _("The commitment was amended or replaced."),
        "assessed": _("A named assessor judged it on a scale of its own; the judgement is theirs."),
        "context": _("Something done by others, or that happened around it."),
        "check": _("The editors looked for news of it and found none."),
    },
    "Strength": {
        "committed": _("The party binds itself to what is said."),
        "supported": _("The party is in favour, and binds itself to less than the whole."),
        "welcomed": _("The party takes note of it, talks about it or explains it."),
    },
    "SourceKind": {
        "joint-text": _(
            "A text agreed by the parties. It supports what they agreed, and the agreed words."
        ),
        "official": _(
            "A readout, summary, fact sheet, statement or press conference of one side. It supports"
            " what that side says; what it tells of the other side is its account, not the other’s."
        ),
        "record": _(
            "Minutes, notes of a conversation or an edition of archives, laid open later. It"
            " supports what was said in the room."
        ),
        "news": _(
            "A report of the press. It supports what happened and what was said in public. A copy"
            " of an agency’s report is marked as such and is no second witness."
        ),
        "study": _(
            "A book, an encyclopaedia, research, a tracker. It supports background and assessments,"
            " under its author’s name."
        ),
        "digest": _(
            "A summary at second hand, without sources of its own. It is used only where nothing"
            " nearer to the event was found."
        ),
        "informal": _("A blog or a forum. It is used only for a detail that nothing else reports."),
    },
    "ReadExtent": {
        "whole": _("The editors read all of it; only then does its silence count."),
        "part": _("The editors read some of it; what it does not mention may stand elsewhere."),
        "not-read": _("Named by other sources; the editors could not read it."),
    },
    "Reliability": {
        "low": _("It carries less weight; the reason stands with the source."),
        "unfit": _("It is listed so that readers know of it; no fact rests on it."),
    },
    "DifferenceKind": {
        "counting": _("Measured, rounded or counted differently, or not quite of the same thing."),
        "advance": _("What was planned or reported beforehand, against what happened."),
        "time-zone": _("The same moment on two clocks."),
        "spelling": _("Transliteration, names, the order of names."),
        "translation": _("The same words, translated differently."),
        "error": _("One of the sources slips."),
        "political": _("The words themselves are in dispute between the parties."),
        "opinion": _("A recollection or a judgement, against another."),
        "unexplained": _("The editors offer no reading."),
    },
    "Presence": {
        "present": _("A source says that the person was there."),
        "remote": _("The person took part by video or telephone."),
        "expected": _("Named before the event; no source confirms it afterwards."),
        "absent": _("Named in the record, but took no part."),
        "not-stated": _("The sources do not say."),
    },
    "EditionKind": {
        "opened": _("The first edition of a record."),
        "addition": _("Something was added."),
        "correction": _("Something published was wrong and has been put right."),
        "withdrawal": _("The record was taken down; its addresses say when and why."),
    },
}


def meaning(vocabulary: str, value: str) -> str:
    """The meaning of a choice in the page's language; empty where it has none."""
    return str(MEANINGS.get(vocabulary, {}).get(value, ""))
