"""Texts in the page's language, else in one they have, marked; and the signs between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from markupsafe import Markup, escape

from records import choices

Text = Mapping[str, str]

LANGUAGES = tuple(code for code, _label in settings.LANGUAGES)
# Each language in its own script, for the switch and for other titles.
OWN_NAMES = {"en": "English", "ko": "한국어", "ja": "日本語"}
LOCALES = {"en": "en_GB", "ko": "ko_KR", "ja": "ja_JP"}
# Names of the languages that texts and sources are in; others are named by their code.
TONGUES = {
    "ar": gettext_noop("Arabic"),
    "de": gettext_noop("German"),
    "en": gettext_noop("English"),
    "es": gettext_noop("Spanish"),
    "fr": gettext_noop("French"),
    "id": gettext_noop("Indonesian"),
    "it": gettext_noop("Italian"),
    "ja": gettext_noop("Japanese"),
    "ko": gettext_noop("Korean"),
    "la": gettext_noop("Latin"),
    "nl": gettext_noop("Dutch"),
    "pl": gettext_noop("Polish"),
    "pt": gettext_noop("Portuguese"),
    "ru": gettext_noop("Russian"),
    "th": gettext_noop("Thai"),
    "tl": gettext_noop("Tagalog"),
    "uk": gettext_noop("Ukrainian"),
    "vi": gettext_noop("Vietnamese"),
    "zh": gettext_noop("Chinese"),
}
HAN = re.compile(r"[\u3400-\u9fff々]")
HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
ONLY_KANA = re.compile(r"[\u3041-\u30fa]")
# Words of another script inside a text, by the language of the text. Characters that Korean and
# Japanese share are marked in English only, where their shape would else be the browser's guess.
_KO = rf"(?P<ko>{HANGUL.pattern}+(?: {HANGUL.pattern}+)*)"
_JA = r"[\u3041-\u30ff\u3400-\u9fff々]"
STRANGERS = {
    "en": re.compile(rf"{_KO}|(?P<ja>{_JA}+)"),
    "ko": re.compile(rf"(?P<ja>{_JA}*{ONLY_KANA.pattern}{_JA}*)"),
    "ja": re.compile(_KO),
}


# languages ----------------------------------------------------------------------------------------


_drawn_in: ContextVar[str] = ContextVar("drawn_in", default="")


@contextmanager
def drawing(code: str) -> Iterator[None]:
    """The language of the page that is drawn meanwhile, asked for hundreds of times."""
    before = _drawn_in.set(code)
    try:
        yield
    finally:
        _drawn_in.reset(before)


def lang() -> str:
    """The code of the page's language: en, ko or ja."""
    if here := _drawn_in.get():
        return here
    code = (translation.get_language() or "en").partition("-")[0]
    return code if code in LANGUAGES else "en"


def tongue(code: str) -> str:
    """The name of a language in the page's language; its code where nobody named it."""
    known = TONGUES.get(code.partition("-")[0].lower())
    return _(known) if known else code


def in_language(address: str, code: str) -> str:
    """The same page in another language: pages differ in nothing but their first part."""
    first, slash, rest = address.lstrip("/").partition("/")
    return f"/{code}/{rest}" if first in LANGUAGES and slash else f"/{code}/"


def here(path: str, address: str) -> str:
    """`page` if `path` is `address`, `true` if it stands below it, else empty: for aria-current."""
    if path == address:
        return "page"
    return "true" if path.startswith(address.rstrip("/") + "/") else ""


# texts --------------------------------------------------------------------------------------------


def chosen(text: Text) -> str:
    """The language in which a text is shown: the page's, else the first it has; empty if none."""
    here = lang()
    if text.get(here):
        return here
    return next((code for code in text if text[code]), "")


def marked(code: str) -> Markup:
    """The quiet mark of a text that is not in the page's language."""
    return Markup('&nbsp;<abbr class="tongue" title="{}">{}</abbr>').format(
        _("in %(language)s") % {"language": tongue(code)}, code
    )


def written(text: str, code: str) -> Markup:
    """A text in the language `code`, escaped, with the words of other scripts marked by `lang`."""
    pattern = STRANGERS.get(code)
    if pattern is None or text.isascii():
        return escape(text)
    pieces, done = [], 0
    for found in pattern.finditer(text):
        span = spoken(found[0], found.lastgroup or "")
        pieces += [escape(text[done : found.start()]), span]
        done = found.end()
    return Markup("").join([*pieces, escape(text[done:])])


def spoken(words: str, code: str) -> Markup:
    """Words marked as those of a language."""
    return Markup(f'<span lang="{escape(code)}">{escape(words)}</span>')


def t(text: Text | str, mark: bool = True) -> Markup:
    """A text in the page's language, else in another with its `lang` and (`mark`) a small sign.

    A plain string reads the same in every language.
    """
    if isinstance(text, str):
        return written(text, lang())
    code = chosen(text)
    if code in ("", lang()):
        return written(text.get(code, ""), code)
    shown = spoken(written(text[code], code), code)
    return shown + marked(code) if mark else shown


def plain(text: Text | str) -> str:
    """The same without markup: for titles, descriptions and attributes."""
    return text if isinstance(text, str) else text.get(chosen(text), "")


def paragraphs(text: Text, end: str = "", css: str = "") -> Markup:
    """A text as `<p>`s, parted at empty lines; `end` (source marks) stands in the last one."""
    code = chosen(text)
    if not code:
        return Markup("")
    foreign = code != lang()
    attributes = f' class="{escape(css)}"' if css else ""
    parts = [part.strip() for part in re.split(r"\n\s*\n", text[code]) if part.strip()]
    shown = [
        spoken(written(part, code), code) if foreign else written(part, code) for part in parts
    ]
    if foreign:
        shown[-1] += marked(code)
    shown[-1] += escape(end)
    return Markup("\n").join(Markup(f"<p{attributes}>{part}</p>") for part in shown)


def other_texts(text: Text) -> list[tuple[str, str]]:
    """`(language, text)` of the other languages a text is in, in the site's order."""
    return [(code, text[code]) for code in LANGUAGES if text.get(code) and code != chosen(text)]


def quoted(text: str, code: str) -> Markup:
    """Exact words in their language, in the quotation marks of that language."""
    opening, closing = ("「", "」") if code[:2] in ("ja", "zh") else ("“", "”")
    if text[:1] in "“「『\"'‘":
        opening = closing = ""
    tag = f'<q lang="{escape(code or "und")}">'
    return Markup(f"{tag}{opening}{escape(text)}{closing}</q>")


# punctuation --------------------------------------------------------------------------------------


def comma() -> str:
    """What stands between the members of a list."""
    return "、" if lang() == "ja" else ", "


def listed(texts: Iterable[Text]) -> Markup:
    """Several texts in a row."""
    return Markup(comma()).join(t(text, mark=False) for text in texts)


def colon() -> str:
    return "：" if lang() == "ja" else ": "


def brackets(words: str) -> Markup:
    """`words` in brackets behind other words: only English sets a space before them."""
    form = {"en": " ({})", "ko": "({})", "ja": "（{}）"}[lang()]
    return Markup(form).format(words)


def place(*parts: Text) -> Markup:
    """A place from its smallest part to its largest, in the order of the page's language.

    A city that is a region of its own (Seoul, Seoul) is named once.
    """
    found = list(dict.fromkeys(t(part, mark=False) for part in parts if plain(part)))
    if lang() == "en":
        return Markup(", ").join(found)
    return Markup({"ko": " ", "ja": "・"}[lang()]).join(reversed(found))


# labels of choices --------------------------------------------------------------------------------


@cache
def vocabulary(name: str) -> dict[str, dict[str, str]]:
    return {member.value: choices.labels(member) for member in getattr(choices, name)}


def label(vocabulary_name: str, value: str) -> str:
    """The label of a choice in the page's language: `label("Outcome", "treaty")`; empty of none."""
    known = vocabulary(vocabulary_name).get(value)
    return known[lang()] if known else value


def labels_of(vocabulary_name: str) -> list[tuple[str, str]]:
    """`(value, label)` of all choices of a vocabulary, in its order."""
    return [(value, found[lang()]) for value, found in vocabulary(vocabulary_name).items()]
