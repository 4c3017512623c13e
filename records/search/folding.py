"""Texts folded, so that case, accents, width, kind of kana and ways of encoding do not matter."""

from __future__ import annotations

import re
import unicodedata

# Writing without spaces between words: Han, kana, Hangul.
CJK = (
    "\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3041-\u3096\u309d-\u309f\u30a1-\u30fa"
    "\u30fc-\u30ff\u3131-\u318e\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff"
    "\uf900-\ufaff\U00020000-\U000323af"
)
DOTS = "・·‧•"  # 한·일 and 한일, ドナルド・トランプ and ドナルドトランプ are one word each
JOINERS = "'’ʼ\\-‐"  # Jae-myung, O’Brien
# Not seen, never meant; and the vowel that Korean keyboards give for a middle dot.
UNSEEN = dict.fromkeys((173, *range(8203, 8208), 8288, 65279))
UNSEEN |= dict.fromkeys(range(65024, 65040)) | {0x318D: "·"}
KANA = {code: code - 0x60 for code in (*range(0x30A1, 0x30F7), 0x30FD, 0x30FE)}
MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
ACCENTS = re.compile(f"(?<=[a-z])[{MARKS}]+")


def folded(text: str) -> str:
    """`text` without case, width, compatibility forms and Latin accents, katakana as hiragana.

    Hangul stays composed; of other scripts no mark falls, which would turn が into か.
    """
    text = text.translate(UNSEEN)
    for _round in range(2):  # folding case can give what normalises, and the other way round
        text = unicodedata.normalize("NFKC", text).casefold()
    bare = ACCENTS.sub("", unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFC", bare).translate(KANA)


def folded_with_places(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters (and its end) where in `text` it stood."""
    found, places = [], []
    for cluster in CLUSTER.finditer(text):
        piece = folded(cluster[0])
        found.append(piece)
        places += [cluster.start()] * len(piece)
    return "".join(found), [*places, len(text)]


# A character with what combines with it: accents, halfwidth voicing, the jamo of a syllable.
CLUSTER = re.compile(f".[{MARKS}\u3099\u309a\uff9e\uff9f\u1160-\u11ff\ufe00-\ufe0f]*", re.DOTALL)
