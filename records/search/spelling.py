"""English as it is spelt in Britain and in America, one spelling for both."""

from __future__ import annotations

import re
from functools import lru_cache

# What America writes and what Britain writes in its place; the record itself is spelt as in
# Britain. Names and short words (size, prize, citizen) are not touched.
_IZ = r"(?<=[a-z]{3})i%s(?=$|a|i|ed?$|e[rs]s?$)"
_PAIRS = (
    (_IZ % "z", "is", _IZ % "s", "iz"),
    (r"(?<=aly)z(?=$|e|i)", "s", r"(?<=aly)s(?=$|e[drs]?s?$|i)", "z"),
    (r"\b(lab|fav|hon|col|hum|rum|arm|harb|neighb|behavi|endeav)or(?!at)", r"\1our",
     r"\b(lab|fav|hon|col|hum|rum|arm|harb|neighb|behavi|endeav)our", r"\1or"),
    (r"(def|off|lic|pret)ens(?=$|es?$)", r"\1enc", r"(def|off|lic|pret)enc(?=$|es?$)", r"\1ens"),
    (r"program(?=s?$)", "programme", r"programme(?=s?$)", "program"),
    (r"(cent|theat|kilomet)er(?=s?$|ed$)", r"\1re", r"(cent|theat|kilomet)re(?=s?$)", r"\1er"),
    (r"\b(dia|cata)log(?=s?$)", r"\1logue", r"\b(dia|cata)logue(?=s?$)", r"\1log"),
    (r"fulfill(?=s?$|m)", "fulfil", r"fulfil(?=s?$|m)", "fulfill"),
)  # fmt: skip
BRITISH = [(re.compile(american), british) for american, british, _from, _to in _PAIRS]
AMERICAN = [(re.compile(british), american) for _from, _to, british, american in _PAIRS]


@lru_cache(maxsize=50_000)
def spelt(word: str) -> str:
    """A folded word as it is indexed and looked for: “labor” as “labour”."""
    for pattern, british in BRITISH:
        word = pattern.sub(british, word)
    return word


def spellings(word: str) -> list[str]:
    """The ways in which a text may spell a folded word, the word itself first."""
    british = american = spelt(word)
    for pattern, other in AMERICAN:
        american = pattern.sub(other, american)
    return list(dict.fromkeys((word, british, american)))
