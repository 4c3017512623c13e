"""Dates, clock times and lengths in words: in English, Korean and Japanese, and back again.

`in_words` is what readers see (PAGES.md, 5.3: never only figures), `read` what editors and readers
may type. Where a wording says all that the EDTF text says, `read(in_words(text))` is that text.
Not so: XX, centuries, years before 1000 (typed in words, a year has four figures), a wording with
a note, an interval whose two sides are the same.
"""

import re
from datetime import date

from records.dates import LONGEST, MONTHS, BadDate, Part, parse

SEASONS = {
    "en": ("spring", "summer", "autumn", "winter"),
    "ko": ("봄", "여름", "가을", "겨울"),
    "ja": ("春", "夏", "秋", "冬"),
}
MONTH_NAMES = {
    "en": MONTHS,
    "ko": [f"{number}월" for number in range(1, 13)],
    "ja": [f"{number}月" for number in range(1, 13)],
}
YEARS = {"en": "{}", "ko": "{}년", "ja": "{}年"}
DECADES = {"en": "the {}s", "ko": "{}년대", "ja": "{}年代"}
CENTURIES = {"en": "{}–{}", "ko": "{}년~{}년", "ja": "{}年～{}年"}
DAYS = {"en": "{}", "ko": "{}일", "ja": "{}日"}
WEEKDAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "ko": "월화수목금토일",
    "ja": "月火水木金土日",
}
SINCE = {"en": "since {}", "ko": "{}부터", "ja": "{}以降"}
DASH = {"en": " – ", "ko": "~", "ja": "～"}
BY = {"en": "by {}", "ko": "{}까지", "ja": "{}まで"}
UNCERTAIN = {"en": "{} (uncertain)", "ko": "{}(불확실)", "ja": "{}（不確実）"}
NO_DAY = {
    "en": "{} (day not recorded)",
    "ko": "{}(날짜 기록 없음)",
    "ja": "{}（日付の記録なし）",
}
NO_MONTH = {
    "en": "{} (month not recorded)",
    "ko": "{}(월 기록 없음)",
    "ja": "{}（月の記録なし）",
}

# The eras of Japan: the year before the first, the last year. Meiji only from 1873 (Meiji 6): the
# calendar before it was another.
ERAS = {
    "令和": (2018, 9999),
    "平成": (1988, 2019),
    "昭和": (1925, 1989),
    "大正": (1911, 1926),
    "明治": (1867, 1912),
}
FIRST_MEIJI_YEAR = 6
REIWA_BEGINS = date(2019, 5, 1)


# From EDTF to words


def in_words(
    text: str, language: str, *, weekday: bool = False, precision_note: bool = False
) -> str:
    """An EDTF text as readers of `language` (en, ko, ja) see it; BadDate if it is none.

    `weekday` names the day of the week of a single full day. `precision_note` says of a single
    month or year that no more is recorded: for the record's own dates, not for a source's.
    """
    value = parse(text)
    start, end = value.start, value.end
    if start is None or end is None:
        side = start or end
        assert side is not None  # parse refuses an interval that is open on both sides
        return (BY if start is None else SINCE)[language].format(_words(side, language))
    if start != end:
        return _range(start, end, language)
    if weekday and _is_plain(start) and start.first == start.last:
        return _with_weekday(start, language)
    return _words(start, language, precision_note=precision_note)


def reiwa(day: date) -> str | None:
    """The Japanese year of a day, `令和8年` (the first is 令和元年); None before 1 May 2019."""
    if day < REIWA_BEGINS:
        return None
    year = day.year - ERAS["令和"][0]
    return f"令和{'元' if year == 1 else year}年"


def _pieces(part: Part, language: str) -> list[str]:
    """The words of a date's year, month and day, in this order; without X and qualifier."""
    year, month = int(part.year.replace("X", "0")), int(part.month.strip("X") or 0)
    if part.year.endswith("XX"):
        return [CENTURIES[language].format(year, year + 99)]
    words = [(DECADES if "X" in part.year else YEARS)[language].format(year)]
    if month:
        is_season = month > 12
        words += [SEASONS[language][month - 21] if is_season else MONTH_NAMES[language][month - 1]]
    if part.day.strip("X"):
        words += [DAYS[language].format(int(part.day))]
    return words


def _join(pieces: list[str], language: str) -> str:
    if language == "en":
        return " ".join(reversed(pieces))
    return {"ko": " ", "ja": ""}[language].join(pieces)


def _words(part: Part, language: str, *, precision_note: bool = False) -> str:
    words = _join(_pieces(part, language), language)
    if part.qualifier in ("~", "%"):
        ko = "{}경" if words[-1] in "년월일" else "{} 무렵"  # 봄경, 2010년대경 are no Korean
        words = {"en": "about {}", "ko": ko, "ja": "{}ごろ"}[language].format(words)
    if part.qualifier in ("?", "%"):
        words = UNCERTAIN[language].format(words)
    is_noted = precision_note and _is_plain(part)
    if part.month == "XX" or (is_noted and not part.month):
        return NO_MONTH[language].format(words)
    if part.day == "XX" or (is_noted and not part.day and part.month <= "12"):
        return NO_DAY[language].format(words)
    return words


def _is_plain(part: Part) -> bool:
    return not part.qualifier and "X" not in part.year + part.month + part.day


def _range(start: Part, end: Part, language: str) -> str:
    """`13–14 January 2026`: what two plain dates of one precision share is said once."""
    dash = DASH[language]
    left, right = _pieces(start, language), _pieces(end, language)
    if not (_is_plain(start) and _is_plain(end) and len(left) == len(right)):
        return f"{_words(start, language)}{dash}{_words(end, language)}"
    shared = 0
    while left[shared] == right[shared]:
        shared += 1
    if language != "en":
        return f"{_join(left, language)}{dash}{_join(right[shared:], language)}"
    before = _join(left[shared:], language)
    return f"{before}{dash if ' ' in before else '–'}{_join(right, language)}"


def _with_weekday(part: Part, language: str) -> str:
    name = WEEKDAYS[language][part.first.weekday()]
    form = {"en": "{1} {0}", "ko": "{0}({1})", "ja": "{0}（{1}）"}[language]
    return form.format(_words(part, language), name)


# From words to EDTF

FULL_WIDTH = {0xFF01 + n: 0x21 + n for n in range(94)}  # figures and signs of East Asian keyboards
YEAR, NUMBER = r"(?P<year>[0-9]{4})", r"[0-9]{1,2}"
NAMES = {
    **{name.lower(): f"{number:02}" for number, name in enumerate(MONTHS, 1)},
    **{name[:3].lower(): f"{number:02}" for number, name in enumerate(MONTHS, 1)},
    **{name: f"{21 + n}" for names in SEASONS.values() for n, name in enumerate(names)},
    "sept": "09",
    "fall": "23",
}
NAME = "(?P<name>" + "|".join(sorted(NAMES, key=len, reverse=True)) + r")\.?"
# One date, or what a range leaves of it ("13", "1월", "14일"). Figures alone only year first.
SIDES = [
    re.compile(pattern, re.ASCII | re.IGNORECASE)
    for pattern in (
        YEAR,
        rf"{YEAR}-(?P<month>[0-9]{{2}})",
        rf"{YEAR}(?P<dot>[-./]) ?(?P<month>{NUMBER})(?P=dot) ?(?P<day>{NUMBER})\.?",
        rf"(?P<day>{NUMBER})(?:st|nd|rd|th)?(?: (?:of )?{NAME})?(?:,? {YEAR})?",
        rf"{NAME}(?: (?P<day>{NUMBER})(?:st|nd|rd|th)?)?(?:,?(?: of)? {YEAR})?",
        rf"(?:{YEAR}[년年])? ?{NAME}",
        rf"(?:{YEAR}[년年] ?)?(?:(?P<month>{NUMBER})[월月] ?)?(?:(?P<day>{NUMBER})[일日])?",
        r"(?:the )?(?P<decade>[0-9]{3})0(?:s|년대|年代)",
    )
]
ERA = re.compile(rf"({'|'.join(ERAS)}) ?({NUMBER}|元)年")
# What is said beside a date: weekdays and notes on precision are read over.
ASIDES = re.compile(
    rf"^(?:{'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in WEEKDAYS['en'])}),? "
    r"| ?\((?:[월화수목금토일](?:요일)?|[月火水木金土日](?:曜日?)?)\)"
    r"| ?\((?:(?:day|month) not recorded|(?:날짜|월) 기록 없음|(?:日付|月)の記録なし)\)",
    re.ASCII | re.IGNORECASE,
)
DOUBT = re.compile(
    r"^(?:possibly|perhaps|probably) | ?\((?:uncertain|불확실|不確実)\)$| ?\?$", re.IGNORECASE
)
ABOUT = re.compile(
    r"^(?:about|around|circa|approximately|ca?\.) ?|^약 ?"
    r"| ?(?:경|쯤|무렵|ごろ|ころ|頃)$| ?\((?:경|쯤|무렵|ごろ|ころ|頃)\)$",
    re.IGNORECASE,
)
RANGES = (
    re.compile(r"(?:from )?(.+?)(?: (?:-|to|until|through) | ?[–—~〜] ?)(.+)", re.IGNORECASE),
    re.compile(r"(.+?)(?:부터|から) ?(.+?)(?:까지|まで)"),
    re.compile(r"([^-]+)-([^-]+)"),
)
OPEN_END = re.compile(r"(?:since|from) (.+)|(.+?) ?(?:부터|이후|から|以降|以来)", re.IGNORECASE)
OPEN_START = re.compile(r"(?:by|until) (.+)|(.+?) ?(?:까지|までに|まで)", re.IGNORECASE)


def read(text: str) -> str:
    """The EDTF text for what somebody typed: EDTF itself or words in English, Korean, Japanese.

    Reads full-width figures, Japanese eras and ranges said short (`13-14 January 2026`); a word
    around such a range ("about") belongs to both its days. Weekdays are read over. Raises BadDate,
    also for figures that may be read two ways (13/1/2026).
    """
    text = " ".join(text.split())
    tidy = text.translate(FULL_WIDTH)
    try:
        return parse(tidy).text
    except BadDate as problem:
        edtf = _edtf(tidy) if len(tidy) <= LONGEST else None
        if edtf is None:
            raise BadDate(text, problem.reason) from None
    try:
        return parse(edtf).text
    except BadDate as problem:
        raise BadDate(text, problem.reason) from None


def _edtf(words: str) -> str | None:
    """The EDTF text that words stand for, or None; its days are not checked yet."""
    words = ERA.sub(_western, words)
    single = _side(words)
    if single and _is_whole(single):
        return _text(single)
    for pattern in RANGES:
        if (found := pattern.fullmatch(words)) and (edtf := _between(found[1], found[2])):
            return edtf
    for pattern, form in ((OPEN_END, "{}/.."), (OPEN_START, "../{}")):
        if found := pattern.fullmatch(words):
            side = _side(found[1] or found[2])
            return form.format(_text(side)) if side and _is_whole(side) else None
    return None


def _western(found: re.Match[str]) -> str:
    """`令和8年` as `2026年`; a year that the era does not have stays and is no date."""
    base, last = ERAS[found[1]]
    number = 1 if found[2] == "元" else int(found[2])
    first = FIRST_MEIJI_YEAR if found[1] == "明治" else 1
    return f"{base + number}年" if first <= number <= last - base else found[0]


def _side(words: str) -> dict[str, str] | None:
    """The year, month, day and qualifier in the words for one date; None if there is no date."""
    words = ASIDES.sub("", words).strip()
    words, doubts = DOUBT.subn("", words)
    words, abouts = ABOUT.subn("", words)
    for pattern in SIDES:
        found = pattern.fullmatch(words)
        if found and (said := {key: value for key, value in found.groupdict().items() if value}):
            break
    else:
        return None
    side: dict[str, str] = {
        key: said[key].zfill(2) for key in ("year", "month", "day") if key in said
    }
    if "decade" in said:
        side["year"] = said["decade"] + "X"
    if "name" in said:
        side["month"] = NAMES[said["name"].lower()]
    if doubts or abouts:
        side["qualifier"] = "%" if doubts and abouts else "?" if doubts else "~"
    return side


def _is_whole(side: dict[str, str]) -> bool:
    return "year" in side and ("month" in side or "day" not in side)


def _between(left_words: str, right_words: str) -> str | None:
    """The interval between two sides; what one leaves out it takes from the other."""
    left, right = _side(left_words), _side(right_words)
    if not left or not right:
        return None
    if not (_is_whole(left) and _is_whole(right)):
        if _finest(left) != _finest(right):
            return None
        left, right = {**right, **left}, {**left, **right}
    if not (_is_whole(left) and _is_whole(right)):
        return None
    return f"{_text(left)}/{_text(right)}"


def _finest(side: dict[str, str]) -> str:
    return next(key for key in ("day", "month", "year") if key in side)


def _text(side: dict[str, str]) -> str:
    date_text = "-".join(side[key] for key in ("year", "month", "day") if key in side)
    return date_text + side.get("qualifier", "")


# Clock times and lengths, which a session's fields say in these English words or in others

CLOCK_PATTERN = re.compile(
    r"(?P<how>about|shortly after|planned) (?P<clock>[0-9]{1,2}:[0-9]{2})", re.ASCII
)
CLOCK_FORMS = {
    "ko": {"about": "약 {}", "shortly after": "{} 직후", "planned": "{}(예정)"},
    "ja": {"about": "{}ごろ", "shortly after": "{}過ぎ", "planned": "{}（予定）"},
}
TIMES_OF_DAY = {
    "morning": {"ko": "오전", "ja": "午前"},
    "noon": {"ko": "정오", "ja": "正午"},
    "afternoon": {"ko": "오후", "ja": "午後"},
    "evening": {"ko": "저녁", "ja": "夕方"},
    "night": {"ko": "밤", "ja": "夜"},
}
MINUTES_PATTERN = re.compile(r"(?P<how>about )?(?P<number>[0-9]+)", re.ASCII)


def clock_in_words(text: str, language: str) -> str:
    """A session's `time` or `until` for readers; what is not one of these stays as it is.

    "about 14:00", "shortly after 12:30", "planned 16:30", "morning", "noon", "afternoon",
    "evening", "night": nothing enforces them, they are what the record is written in.
    """
    if language == "en":
        return text
    if found := CLOCK_PATTERN.fullmatch(text):
        return CLOCK_FORMS[language][found["how"]].format(found["clock"])
    return TIMES_OF_DAY.get(text, {}).get(language, text)


def minutes_in_words(text: str, language: str) -> str:
    """A session's `minutes` for readers: "20" or "about 60"; anything else stays as it is."""
    found = MINUTES_PATTERN.fullmatch(text)
    if not found:
        return text
    about = {"en": "about ", "ko": "약 ", "ja": "約"}[language] if found["how"] else ""
    unit = {"en": " minute" if found["number"] == "1" else " minutes", "ko": "분", "ja": "分"}
    return f"{about}{found['number']}{unit[language]}"
