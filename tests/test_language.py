"""Texts, names and dates in the reader's language, never silently in another."""

from datetime import UTC, datetime

import pytest
from django.utils import translation

from records import language

BOTH = {"en": "Talks", "ko": "회담"}


@pytest.fixture(params=["en", "ko", "ja"])
def code(request):
    with translation.override(request.param):
        yield request.param


@pytest.mark.parametrize(
    ("code", "text", "shown"),
    [
        ("en", BOTH, "Talks"),
        ("ko", BOTH, "회담"),
        ("ja", BOTH, '<span lang="en">Talks</span>'),
        ("en", {"ko": "회담"}, '<span lang="ko">회담</span>'),
        ("en", {}, ""),
        ("en", {"en": "", "ko": "회담"}, '<span lang="ko">회담</span>'),
        ("en", "plain <b>", "plain &lt;b&gt;"),
        ("en", {"ko": "<i>"}, '<span lang="ko">&lt;i&gt;</span>'),
        ("en-gb", BOTH, "Talks"),
        ("fr", BOTH, "Talks"),
    ],
)
def test_a_text_in_the_pages_language_or_marked(code, text, shown):
    with translation.override(code):
        assert language.t(text, mark=False) == shown


def test_a_foreign_text_carries_a_mark_that_says_its_language():
    with translation.override("en"):
        assert language.t({"ko": "회담"}).endswith(
            '<abbr class="tongue" title="in Korean">ko</abbr>'
        )
        assert "abbr" not in language.t(BOTH)


def test_paragraphs_are_parted_at_empty_lines_and_end_with_marks():
    with translation.override("en"):
        assert language.paragraphs({"en": "a < b\n\n \nc\nd\n\n"}, end="!", css="lead") == (
            '<p class="lead">a &lt; b</p>\n<p class="lead">c\nd!</p>'
        )
        assert language.paragraphs({}) == ""
        foreign = language.paragraphs({"ja": "一\n\n二"})
        assert foreign.count('<span lang="ja">') == 2
        assert foreign.count("<abbr") == 1


def test_titles_in_the_other_languages(code):
    text = {"ja": "会談", "en": "Talks", "ko": "회담"}
    assert language.other_texts(text) == [
        (other, text[other]) for other in ("en", "ko", "ja") if other != code
    ]
    assert language.other_texts({"ko": "회담"}) == []


@pytest.mark.parametrize(
    ("text", "code", "shown"),
    [
        ("a < b", "en", '<q lang="en">“a &lt; b”</q>'),
        ("言葉", "ja", '<q lang="ja">「言葉」</q>'),
        ("言葉", "zh-Hant", '<q lang="zh-Hant">「言葉」</q>'),
        ("말", "ko", '<q lang="ko">“말”</q>'),
        ("“말”", "ko", '<q lang="ko">“말”</q>'),
        ("x", "", '<q lang="und">“x”</q>'),
    ],
)
def test_exact_words_in_the_quotation_marks_of_their_language(text, code, shown):
    assert language.quoted(text, code) == shown


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        ({"name": {"en": "Lee Jae-myung"}}, '<span class="fam">Lee</span> Jae-myung'),
        (
            {"name": {"en": "Donald Trump"}, "sort_name": {"en": "Trump, Donald"}},
            'Donald <span class="fam">Trump</span>',
        ),
        ({"name": {"en": "Sukarno"}}, "Sukarno"),
        ({"name": {"en": "Naver Choir"}, "kind": "group"}, "Naver Choir"),
        ({"name": {"ko": "합창단"}, "kind": "group"}, '<span lang="ko">합창단</span>'),
        ({"name": {}, "slug": "somebody"}, "somebody"),
        ({"name": {"en": "<b> & Co"}}, '<span class="fam">&lt;b&gt;</span> &amp; Co'),
    ],
)
def test_names_mark_the_family_in_english(row, shown):
    with translation.override("en"):
        assert language.person({"slug": "x", **row}) == shown


def test_names_carry_their_reading_in_japanese_only():
    row = {
        "name": {"en": "Takaichi Sanae", "ja": "高市早苗"},
        "sort_name": {"ja": "たかいち さなえ"},
    }
    ruby = "<ruby>高市早苗<rp>（</rp><rt>たかいち さなえ</rt><rp>）</rp></ruby>"
    with translation.override("ja"):
        assert language.person(row) == ruby
    with translation.override("ko"):
        assert language.person({"name": {"ja": "高市早苗"}}) == '<span lang="ja">高市早苗</span>'
    with translation.override("en"):
        assert language.native(row, "jpn") == '<span class="native" lang="ja">高市早苗</span>'
        assert language.native(row, "kor") == ""


@pytest.mark.parametrize(
    ("text", "code"),
    [("이재명", "ko"), ("たかいち", "ja"), ("李在明", "ja"), ("Lee Jae Myung", "und"), ("", "und")],
)
def test_a_bare_spelling_is_marked_by_its_letters(text, code):
    assert language.script(text) == code


def test_dates_are_for_machines_where_machines_can_read_them():
    with translation.override("en"):
        assert language.when("2026-01-13") == ('<time datetime="2026-01-13">13 January 2026</time>')
        assert language.when("2026-01-13", "2026-01-14") == (
            '<span class="when">13–14 January 2026</span>'
        )
        assert language.when("1814~").startswith('<span class="when">')
        assert language.when("2026-01-13", "2026-01-13") == language.when("2026-01-13")
        assert language.when("") == ""


def test_the_day_of_an_instant_is_that_of_seoul_and_tokyo():
    at = datetime(2026, 2, 1, 15, 30, tzinfo=UTC)
    with translation.override("en"):
        assert language.instant(at) == (
            '<time datetime="2026-02-02T00:30:00+09:00">2 February 2026</time>'
        )


def test_the_japanese_year_stands_on_japanese_pages_where_it_is_one():
    with translation.override("ja"):
        assert language.era("2026-01-13", "2026-01-14") == "令和8年"
        assert language.era("2026", "2027") == ""
        assert language.era("1814") == ""
    with translation.override("ko"):
        assert language.era("2026-01-13") == ""


@pytest.mark.parametrize(
    ("address", "code", "other"),
    [
        ("/en/summits?q=a", "ko", "/ko/summits?q=a"),
        ("/en/", "ja", "/ja/"),
        ("/nothing", "ja", "/ja/"),
        ("/fr/summits", "ja", "/ja/"),
        ("//evil.example/x", "ko", "/ko/"),
    ],
)
def test_the_same_page_in_another_language(address, code, other):
    assert language.in_language(address, code) == other


@pytest.mark.parametrize(
    ("path", "address", "mark"),
    [
        ("/en/summits", "/en/summits", "page"),
        ("/en/summits/x", "/en/summits", "true"),
        ("/en/summitsx", "/en/summits", ""),
        ("/en/", "/en/summits", ""),
    ],
)
def test_where_the_reader_is(path, address, mark):
    assert language.here(path, address) == mark


def test_labels_of_choices_and_of_what_is_none():
    with translation.override("en"):
        assert language.label("Outcome", "treaty") == "Treaty or protocol"
        assert language.label("Outcome", "") == ""
        assert language.label("Outcome", "unheard-of") == "unheard-of"
        assert language.tongue("ko-KR") == "Korean"
        assert language.tongue("tlh") == "tlh"


# punctuation and scripts --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "comma", "colon", "brackets"),
    [
        ("en", ", ", ": ", " (x &amp; y)"),
        ("ko", ", ", ": ", "(x &amp; y)"),
        ("ja", "、", "：", "（x &amp; y）"),
    ],
)
def test_punctuation_is_that_of_the_language(code, comma, colon, brackets):
    with translation.override(code):
        found = language.comma(), language.colon(), language.brackets("x & y")
    assert found == (comma, colon, brackets)


@pytest.mark.parametrize(
    ("code", "said"), [("en", "Nara, Japan"), ("ko", "일본 나라"), ("ja", "日本・奈良")]
)
def test_a_place_stands_in_the_order_of_the_language(code, said):
    nara = {"en": "Nara", "ko": "나라", "ja": "奈良"}
    japan = {"en": "Japan", "ko": "일본", "ja": "日本"}
    with translation.override(code):
        assert language.place(nara, {}, nara, japan) == said


@pytest.mark.parametrize(
    ("code", "text", "shown"),
    [
        ("en", "from 정착 한국, <b>", 'from <span lang="ko">정착 한국</span>, &lt;b&gt;'),
        ("en", "the mine 長生", 'the mine <span lang="ja">長生</span>'),
        ("ko", "탄광(長生)", "탄광(長生)"),
        ("ko", "일본어 の 표기", '일본어 <span lang="ja">の</span> 표기'),
        ("ja", "韓国語の「정착」", '韓国語の「<span lang="ko">정착</span>」'),
    ],
)
def test_words_of_another_script_are_marked(code, text, shown):
    with translation.override(code):
        assert language.t({code: text}) == shown
