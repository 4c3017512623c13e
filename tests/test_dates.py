import warnings
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from records.date_words import clock_in_words, in_words, minutes_in_words, read, reiwa
from records.dates import BadDate, bounds, latest, parse

LANGUAGES = ("en", "ko", "ja")

# EDTF, first day, last day, English, Korean, Japanese
DATES = [
    ("2026-01-13", "13 January 2026", "2026년 1월 13일", "2026年1月13日"),
    ("2026-01-13/2026-01-14", "13–14 January 2026", "2026년 1월 13일~14일", "2026年1月13日～14日"),
    (
        "2026-01-30/2026-02-02",
        "30 January – 2 February 2026",
        "2026년 1월 30일~2월 2일",
        "2026年1月30日～2月2日",
    ),
    (
        "2025-12-30/2026-01-02",
        "30 December 2025 – 2 January 2026",
        "2025년 12월 30일~2026년 1월 2일",
        "2025年12月30日～2026年1月2日",
    ),
    ("2026-01/2026-03", "January–March 2026", "2026년 1월~3월", "2026年1月～3月"),
    (
        "2025-12/2026-01",
        "December 2025 – January 2026",
        "2025년 12월~2026년 1월",
        "2025年12月～2026年1月",
    ),
    ("2025/2026", "2025–2026", "2025년~2026년", "2025年～2026年"),
    ("2025-11", "November 2025", "2025년 11월", "2025年11月"),
    ("1814", "1814", "1814년", "1814年"),
    ("2026-01-13~", "about 13 January 2026", "2026년 1월 13일경", "2026年1月13日ごろ"),
    ("2025-10?", "October 2025 (uncertain)", "2025년 10월(불확실)", "2025年10月（不確実）"),
    (
        "2025-10%",
        "about October 2025 (uncertain)",
        "2025년 10월경(불확실)",
        "2025年10月ごろ（不確実）",
    ),
    ("2025-08/..", "since August 2025", "2025년 8월부터", "2025年8月以降"),
    ("../2026-03", "by March 2026", "2026년 3월까지", "2026年3月まで"),
    ("1814-09~/..", "since about September 1814", "1814년 9월경부터", "1814年9月ごろ以降"),
    (
        "1814-09~/1815-06",
        "about September 1814 – June 1815",
        "1814년 9월경~1815년 6월",
        "1814年9月ごろ～1815年6月",
    ),
    ("2026-21", "spring 2026", "2026년 봄", "2026年春"),
    ("2026-22~", "about summer 2026", "2026년 여름 무렵", "2026年夏ごろ"),
    ("2026-23/2026-24", "autumn–winter 2026", "2026년 가을~겨울", "2026年秋～冬"),
    ("201X", "the 2010s", "2010년대", "2010年代"),
    ("201X~", "about the 2010s", "2010년대 무렵", "2010年代ごろ"),
]

# Words that say less than the EDTF text, or the same as another
DATES_ONE_WAY = [
    ("20XX", "2000–2099", "2000년~2099년", "2000年～2099年"),
    ("2026-XX", "2026 (month not recorded)", "2026년(월 기록 없음)", "2026年（月の記録なし）"),
    (
        "2026-01-XX",
        "January 2026 (day not recorded)",
        "2026년 1월(날짜 기록 없음)",
        "2026年1月（日付の記録なし）",
    ),
    ("2026/2026", "2026", "2026년", "2026年"),
    ("0843-08", "August 843", "843년 8월", "843年8月"),
]

BOUNDS = [
    ("2026-01-13", date(2026, 1, 13), date(2026, 1, 13)),
    ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
    ("2026", date(2026, 1, 1), date(2026, 12, 31)),
    ("2026-01-XX", date(2026, 1, 1), date(2026, 1, 31)),
    ("2026-XX", date(2026, 1, 1), date(2026, 12, 31)),
    ("2026-XX-XX", date(2026, 1, 1), date(2026, 12, 31)),
    ("201X", date(2010, 1, 1), date(2019, 12, 31)),
    ("20XX", date(2000, 1, 1), date(2099, 12, 31)),
    ("2026-21", date(2026, 3, 1), date(2026, 5, 31)),
    ("2026-22", date(2026, 6, 1), date(2026, 8, 31)),
    ("2026-23", date(2026, 9, 1), date(2026, 11, 30)),
    ("2026-24", date(2026, 12, 1), date(2027, 2, 28)),
    ("2027-24", date(2027, 12, 1), date(2028, 2, 29)),
    ("2026-01-13~", date(2026, 1, 13), date(2026, 1, 13)),
    ("2026-01?", date(2026, 1, 1), date(2026, 1, 31)),
    ("2026%", date(2026, 1, 1), date(2026, 12, 31)),
    ("2026-01-13/2026-01-14", date(2026, 1, 13), date(2026, 1, 14)),
    ("2026-01/2026", date(2026, 1, 1), date(2026, 12, 31)),
    ("1814-09~/1815-06", date(1814, 9, 1), date(1815, 6, 30)),
    ("2025-08/..", date(2025, 8, 1), None),
    ("../2026-03", None, date(2026, 3, 31)),
    ("0001-01-01", date.min, date.min),
    ("9999-12-31", date.max, date.max),
]

NO_DATES = [
    *("", " ", "now", "2026-1-13", "26-01-13", "2026-01-13T14:00", "2026-01-13 ", " 2026", "2026-"),
    *(
        "2026-01-13\n",
        "2026\n",
        "2026-01-13/2026-01-14\n",
        "２０２６",
        "2026-0²",
        "٢٠٢٦",
        "2026\x00",
    ),
    *("2026-00", "2026-13", "2026-20", "2026-25", "2026-21-01", "2026-01-00", "2026-01-32"),
    *("2023-02-29", "2023-02-30", "2026-04-31", "1900-02-29", "0000", "0000-01-01", "000X", "00XX"),
    *(
        "-2026",
        "12026",
        "Y12026",
        "2XXX",
        "XXXX",
        "201X-01",
        "2026-XX-13",
        "2026-X1",
        "201x",
        "20X6",
    ),
    *(
        "~2026",
        "2026~~",
        "2026~?",
        "2026?-01",
        "2026/",
        "/2026",
        "/",
        "../..",
        "..",
        "2026/.. ",
        "//",
    ),
    *("2026/2027/2028", "2026/1814", "2026-01-14/2026-01-13", "2026-02/2026-01~", "{2026,2027}"),
    *("9999-24", "[2026..]", "2026-01-13/..~", "2026-01-13/14", "2" * 5000),
]


@pytest.mark.parametrize(("text", "first", "last"), BOUNDS)
def test_bounds_of_a_date(text, first, last):
    assert bounds(text) == (first, last)
    assert latest(text) == last


@pytest.mark.parametrize("text", NO_DATES)
def test_parse_refuses_what_is_no_date(text):
    with pytest.raises(BadDate):
        parse(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2023-02-30", "2023-02-30 is not a date: February 2023 has 28 days"),
        ("30 February 2023", "30 February 2023 is not a date: February 2023 has 28 days"),
        (
            "2026-13",
            "2026-13 is not a date: "
            "months run from 01 to 12, and 21 to 24 are spring to winter without a day",
        ),
        (
            "2026/1814",
            "2026/1814 is not a date: it ends before it begins; write the earlier date first",
        ),
        ("0000", "0000 is not a date: years run from 0001 to 9999"),
        (
            "13/1/2026",
            "13/1/2026 is not a date: write 2026, 2026-01, 2026-01-13 or 'about 13 January 2026'",
        ),
        (
            "",
            "An empty text is not a date: "
            "write 2026, 2026-01, 2026-01-13 or 'about 13 January 2026'",
        ),
    ],
)
def test_bad_date_names_the_text_and_the_remedy(text, message):
    with pytest.raises(BadDate) as caught:
        read(text)

    assert str(caught.value) == message
    assert caught.value.text == text


def test_bad_date_shortens_a_long_text():
    with pytest.raises(BadDate) as caught:
        read("x" * 100_000)

    assert caught.value.text == "x" * 100 + "…"


def oracle_texts():
    """Texts on which the record and the edtf package should agree.

    Not among them: winter (it ends in December there), reversed and empty intervals, qualifiers
    before a date, spaces before one (all of them read there), qualified seasons (refused there).
    """
    years = ["1814", "1998", "2024", "2026"]
    plain = [
        f"{year}{rest}"
        for year in years
        for rest in ("", "-01", "-02", "-12", "-01-13", "-02-28", "-12-31", "-21", "-22", "-23")
    ]
    qualified = [f"{text}{sign}" for text in plain[30:37] for sign in "~?%"]
    unspecified = [
        "201X",
        "20XX",
        "199X",
        "19XX",
        "2026-XX",
        "2026-01-XX",
        "2024-02-XX",
        "2026-XX-XX",
    ]
    intervals = [
        *("1814/1815", "2025-12/2026-01", "2026-01-13/2026-01-14", "2026/2026", "2026-01/2026"),
        *("2025-08/..", "../2026-03", "2026-01-13/..", "../2026-01-13", "2026/.."),
        *("1814-09~/1815-06", "1814/1815?", "2025-10?/2025-11%", "2026-01-13~/2026-01-14~"),
    ]
    wrong = [
        *("", "2026-13", "2026-00", "2026-01-32", "2023-02-30", "1900-02-29", "2026-1-13", "26-01"),
        *("2026-01-13T14:00", "now", "2026~~", "2026-21-01", "//", "..", "0000-13"),
    ]
    return plain + qualified + unspecified + intervals + wrong


@pytest.mark.parametrize("text", oracle_texts())
def test_bounds_agree_with_the_edtf_package(text):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pyparsing warns when edtf is imported
        import edtf

        try:
            value = edtf.parse_edtf(text)
            expected = (_day(value.lower_strict()), _day(value.upper_strict()))
        except (edtf.EDTFParseException, ValueError):
            expected = "no date"

    try:
        found = bounds(text)
    except BadDate:
        found = "no date"

    assert found == expected


def _day(moment):
    return None if isinstance(moment, float) else date(*moment[:3])


@pytest.mark.parametrize(("text", "en", "ko", "ja"), DATES + DATES_ONE_WAY)
def test_in_words_says_a_date_in_three_languages(text, en, ko, ja):
    assert [in_words(text, language) for language in LANGUAGES] == [en, ko, ja]


@pytest.mark.parametrize(("text", "en", "ko", "ja"), DATES)
def test_read_turns_words_back_into_the_date(text, en, ko, ja):
    assert [read(en), read(ko), read(ja)] == [text] * 3


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "2026-01-13",
            ["Tuesday 13 January 2026", "2026년 1월 13일(화)", "2026年1月13日（火）"],
        ),
        ("2026-01-13~", ["about 13 January 2026", "2026년 1월 13일경", "2026年1月13日ごろ"]),
        ("2026-01", ["January 2026", "2026년 1월", "2026年1月"]),
        (
            "2026-01-13/2026-01-14",
            ["13–14 January 2026", "2026년 1월 13일~14일", "2026年1月13日～14日"],
        ),
    ],
)
def test_in_words_with_weekday_names_that_of_a_single_full_day(text, words):
    assert [in_words(text, language, weekday=True) for language in LANGUAGES] == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "2025-11",
            [
                "November 2025 (day not recorded)",
                "2025년 11월(날짜 기록 없음)",
                "2025年11月（日付の記録なし）",
            ],
        ),
        (
            "1814",
            ["1814 (month not recorded)", "1814년(월 기록 없음)", "1814年（月の記録なし）"],
        ),
        ("2025-11~", ["about November 2025", "2025년 11월경", "2025年11月ごろ"]),
        ("2026-01-13", ["13 January 2026", "2026년 1월 13일", "2026年1月13日"]),
        ("2026-21", ["spring 2026", "2026년 봄", "2026年春"]),
    ],
)
def test_in_words_with_precision_note_says_what_is_not_recorded(text, words):
    assert [in_words(text, language, precision_note=True) for language in LANGUAGES] == words


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("January 13, 2026", "2026-01-13"),
        ("january 13 2026", "2026-01-13"),
        ("Tuesday, January 13, 2026", "2026-01-13"),
        ("Tue 13 Jan 2026", "2026-01-13"),
        ("13th of January, 2026", "2026-01-13"),
        ("  13   January\u00a02026\n", "2026-01-13"),
        ("Jan. 2026", "2026-01"),
        ("Sept 2025", "2025-09"),
        ("fall of 2026", "2026-23"),
        ("2010s", "201X"),
        ("c. 1814", "1814~"),
        ("around 13 January 2026", "2026-01-13~"),
        ("October 2025?", "2025-10?"),
        ("possibly October 2025", "2025-10?"),
        ("13-14 January 2026", "2026-01-13/2026-01-14"),
        ("January 13-14, 2026", "2026-01-13/2026-01-14"),
        ("from 13 to 14 January 2026", "2026-01-13/2026-01-14"),
        ("13 January 2026 - 2 February 2026", "2026-01-13/2026-02-02"),
        ("about 13-14 January 2026", "2026-01-13~/2026-01-14~"),
        ("about 13 January 2026 to 14 January 2026", "2026-01-13~/2026-01-14"),
        ("2025-2026", "2025/2026"),
        ("2026-01-13 - 2026-01-14", "2026-01-13/2026-01-14"),
        ("2026-01-13~14", "2026-01-13/2026-01-14"),
        ("from August 2025", "2025-08/.."),
        ("until March 2026", "../2026-03"),
        ("2026/1/13", "2026-01-13"),
        ("2026-1-13", "2026-01-13"),
        ("2026. 1. 13.", "2026-01-13"),
        ("2026년 1월 13일(경)", "2026-01-13~"),
        ("약 2026년 1월", "2026-01~"),
        ("2026년1월13일(화요일)", "2026-01-13"),
        ("2026년 1월 13일부터 14일까지", "2026-01-13/2026-01-14"),
        ("2025년 8월", "2025-08"),
        ("2026年1月13日(ごろ)", "2026-01-13~"),
        ("2026年1月13日頃", "2026-01-13~"),
        ("２０２６年１月１３日（火）～１４日", "2026-01-13/2026-01-14"),
        ("2026年1月13日から14日まで", "2026-01-13/2026-01-14"),
        ("2026年3月までに", "../2026-03"),
        ("令和7年8月", "2025-08"),
        ("令和8年1月13日", "2026-01-13"),
        ("令和８年１月１３日～１４日", "2026-01-13/2026-01-14"),
        ("令和元年5月", "2019-05"),
        ("平成10年10月8日", "1998-10-08"),
        ("昭和40年6月22日", "1965-06-22"),
        ("明治28年4月17日", "1895-04-17"),
        ("2026-01-13", "2026-01-13"),
        ("2026-01-XX", "2026-01-XX"),
        ("../2026-03", "../2026-03"),
    ],
)
def test_read_accepts_what_people_type(typed, text):
    assert read(typed) == text


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "13",
            "January",
            "13 January",
            "13 Foo 2026",
            "202",
            "13 January 26",
            "13-1-2026",
            "2025-26",
        ),
        *("13/1/2026", "2026년 13월", "2026年2月30日", "2026년 13일", "13일", "2026년 1월 13일~"),
        *(
            "平成40年",
            "令和0年",
            "昭和65年1月",
            "明治5年1月",
            "令和年",
            "since",
            "by",
            "about",
            "?",
        ),
        *(
            "14-13 January 2026",
            "30 December - 2 January 2026",
            "2026-01 - 14",
            "- 2026",
            "２０２６²",
        ),
        *("January 2026 February", "2026\x00", "13–14–15 January 2026", "since 13–14 January 2026"),
    ],
)
def test_read_refuses_what_is_no_date_or_may_be_two(typed):
    with pytest.raises(BadDate):
        read(typed)


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 1, 13), "令和8年"),
        (date(2019, 5, 1), "令和元年"),
        (date(2020, 1, 1), "令和2年"),
        (date(2019, 4, 30), None),
    ],
)
def test_reiwa_names_the_japanese_year(day, year):
    assert reiwa(day) == year


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("14:00", ["14:00", "14:00", "14:00"]),
        ("about 14:00", ["about 14:00", "약 14:00", "14:00ごろ"]),
        ("shortly after 12:30", ["shortly after 12:30", "12:30 직후", "12:30過ぎ"]),
        ("planned 16:30", ["planned 16:30", "16:30(예정)", "16:30（予定）"]),
        ("morning", ["morning", "오전", "午前"]),
        ("noon", ["noon", "정오", "正午"]),
        ("afternoon", ["afternoon", "오후", "午後"]),
        ("evening", ["evening", "저녁", "夕方"]),
        ("night", ["night", "밤", "夜"]),
        ("before dawn", ["before dawn", "before dawn", "before dawn"]),
        ("about noon", ["about noon", "about noon", "about noon"]),
        ("about ", ["about ", "about ", "about "]),
        ("", ["", "", ""]),
    ],
)
def test_clock_in_words(text, words):
    assert [clock_in_words(text, language) for language in LANGUAGES] == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("20", ["20 minutes", "20분", "20分"]),
        ("1", ["1 minute", "1분", "1分"]),
        ("about 60", ["about 60 minutes", "약 60분", "約60分"]),
        ("90-95", ["90-95", "90-95", "90-95"]),
        ("２０", ["２０", "２０", "２０"]),
        ("", ["", "", ""]),
    ],
)
def test_minutes_in_words(text, words):
    assert [minutes_in_words(text, language) for language in LANGUAGES] == words


# The algebra

years = st.integers(1000, 9998).map(str)
months = st.integers(1, 12).map("{:02}".format)
days = st.dates(date(1000, 1, 1), date(9998, 12, 31)).map(date.isoformat)
sayable = st.builds(
    "{}{}".format,
    st.one_of(
        days,
        years,
        st.builds("{}-{}".format, years, months),
        st.builds("{}-{}".format, years, st.sampled_from(["21", "22", "23", "24"])),
        st.integers(100, 999).map("{}X".format),
    ),
    st.sampled_from(["", "", "~", "?", "%"]),
)
unspecified = st.one_of(
    years.map("{}-XX".format),
    st.builds("{}-{}-XX".format, years, months),
    st.integers(10, 99).map("{}XX".format),
)


@st.composite
def edtf_texts(draw, sides):
    side = draw(sides)
    match draw(st.sampled_from(["single", "near", "interval", "since", "by"])):
        case "single":
            return side
        case "since":
            return f"{side}/.."
        case "by":
            return f"../{side}"
        case "near":  # same year or month, where the words are shared
            other = side[:5] + draw(months) if side[4:5] == "-" and side[-1].isdigit() else side
        case _:
            other = draw(sides)
    text = f"{side}/{other}"
    try:
        value = parse(text)
    except BadDate:
        text = f"{other}/{side}"
        value = parse(text)
    assume(value.start != value.end)
    return text


@given(edtf_texts(sayable | unspecified))
def test_bounds_are_ordered(text):
    first, last = bounds(text)

    assert (first or date.min) <= (last or date.max)


@given(edtf_texts(sayable), st.sampled_from(LANGUAGES))
def test_read_is_the_inverse_of_in_words(text, language):
    assert read(in_words(text, language)) == text


@given(days, st.sampled_from(LANGUAGES))
def test_read_reads_over_the_weekday(text, language):
    assert read(in_words(text, language, weekday=True)) == text


@given(edtf_texts(sayable) | unspecified, st.sampled_from(LANGUAGES))
def test_read_is_idempotent(text, language):
    once = read(in_words(text, language, precision_note=True))

    assert read(once) == once


@given(st.text() | st.text("0123456789-/~?%X. 年月日년월일~令和約경ごろ()"))
def test_read_gives_a_date_or_bad_date(text):
    try:
        edtf = read(text)
    except BadDate:
        return

    assert parse(edtf).text == edtf
