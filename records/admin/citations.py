"""Citations as an editor types them: source keys, for the whole row or fact by fact.

s02, s11                    for the whole row
starts: s02, s16 p. 4       for one fact, with a place in the source
all: s05                    for the rest
"""

import re

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.document.problems import did_you_mean, listed, shortened
from records.models.fields import CITATION_PATTERN

CITATION = re.compile(CITATION_PATTERN, re.ASCII)
FOR_FACT = re.compile(r"^([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)?)\s*[:：]\s*(.*)$", re.ASCII)
HELP = gettext_lazy(
    "Keys of this summit’s sources: “s02, s11” for all of it, or a line for each fact"
    " (“starts: s02, s16 p. 4”) and “all: s05” for the rest."
)


def written(cites, facts=()):
    """`{fact or "all": [citation]}` as the lines an editor reads, in the order of `facts`."""
    if list(cites) == ["all"]:
        return ", ".join(cites["all"])
    return "\n".join(f"{name}: {', '.join(cites[name])}" for name in in_order(cites, facts))


def parsed(text, facts, sources=None):
    """`(cites, faults)` of typed lines; each fault names its line and the remedy.

    `facts` are the names that may stand before a colon, `sources` the keys that may be cited (None:
    any).
    """
    found: dict[str, list[str]] = {}
    faults: list[str] = []
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        line = line.strip().rstrip(",、，").strip()
        if not line:
            continue
        said = []
        name, rest = "all", line
        if match := FOR_FACT.match(line):
            name, rest = match[1], match[2]
            fact = name.partition(".")[0]
            if fact not in facts and fact != "all":
                said.append(
                    _("“%(name)s” is no fact of this form.%(guess)s Facts: %(facts)s.")
                    % {
                        "name": shortened(name),
                        "guess": did_you_mean(name, facts),
                        "facts": listed([*facts, "all"], 60),
                    }
                )
        citations = [" ".join(part.split()) for part in re.split(r"[,、，]", rest)]
        for citation in citations:
            said += faults_of(citation, found.get(name, []), sources)
            found.setdefault(name, []).append(citation)
        faults += [_("Line %(line)s: %(fault)s") % {"line": number, "fault": f} for f in said]
    return {name: found[name] for name in in_order(found, facts)}, faults


def in_order(names, facts):
    """Names of facts as the form has them, `all` last: a database may mix up the keys of a map."""
    order = [*facts, "all"]
    known = {name: name.partition(".")[0] for name in names}
    return sorted(names, key=lambda name: order.index(known[name]) if known[name] in order else 0)


def faults_of(citation, before, sources):
    key = citation.partition(" ")[0]
    if not citation:
        return [_("name a source, such as s02, or delete the line or comma.")]
    if not CITATION.match(citation):
        return [
            _(
                "“%(citation)s” is not a citation; write a source’s key (s14) and, after a space,"
                " a place in it (s14 art. 118), with commas between sources."
            )
            % {"citation": shortened(citation)}
        ]
    if sources is not None and key not in sources:
        known = _(" This summit has %(keys)s.") % {"keys": listed(sources)} if sources else ""
        return [
            _("no source “%(key)s” in this summit.%(guess)s%(known)s Add the source first.")
            % {"key": key, "guess": did_you_mean(key, sources), "known": known}
        ]
    if citation in before:
        return [_("“%(citation)s” is cited twice.") % {"citation": citation}]
    return []


class CitationsFormField(forms.CharField):
    """Citations as lines, kept as `{fact or "all": [citation]}`."""

    def __init__(self, *, facts=(), **kwargs):
        self.facts = tuple(facts)
        self.sources: list[str] | None = None
        kwargs["help_text"] = kwargs.get("help_text") or HELP
        kwargs.setdefault(
            "widget",
            AdminTextareaWidget(
                {"rows": 2, "class": "vLargeTextField citations", "spellcheck": "false"}
            ),
        )
        super().__init__(strip=False, **kwargs)

    def prepare_value(self, value):
        return written(value, self.facts) if isinstance(value, dict) else value

    def to_python(self, value):
        if isinstance(value, dict):
            return value
        cites, faults = parsed(super().to_python(value), self.facts, self.sources)
        if faults:
            raise ValidationError(faults)
        return cites
