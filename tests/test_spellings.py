"""Names of people: every spelling that the research met leads to one person, and none is twice."""

from pathlib import Path

import pytest

import records
from records import summitfile
from records.search import folded

FIXTURES = Path(records.__file__).parent / "fixtures"
# Slug -> every spelling that the research on the nine summits and the brief use for the person.
MET = {
    "ahn-duk-geun": ["안덕근"],
    "aiboshi-koichi": ["Aiboshi Koichi", "아이보시 고이치"],
    "akiba-takeo": ["아키바 다케오"],
    "akihito": ["Emperor Akihito", "아키히토"],
    "an-seong-min": ["안성민"],
    "aso-taro": ["Aso Taro"],
    "biden-joe": ["Joseph R. Biden, Jr.", "Joseph R. Biden Jr."],
    "chang-ho-jin": ["장호진"],
    "cho-tae-yul": ["Cho Tae-yul", "조태열"],
    "choi-sang-mok": ["최상목"],
    "funakoshi-takehiro": ["후나코시 다케히로"],
    "furuya-shokaku": ["Furuya Shokaku", "후루야 쇼카쿠", "古谷正覚"],
    "hayashi-yoshimasa": ["Hayashi Yoshimasa", "하야시 요시마사"],
    "hong-soon-young": ["Hong Soon-young", "홍순영"],
    "i-hun": ["이훈"],
    "inoue-yoko": ["Inoue Yoko"],
    "ishiba-shigeru": ["Ishiba Shigeru", "이시바 시게루", "石破茂"],
    "ishiba-yoshiko": ["Ishiba Yoshiko", "요시코"],
    "iwaya-takeshi": ["Iwaya Takeshi", "岩屋毅"],
    "jean-pierre-karine": ["Karine Jean-Pierre"],
    "kang-yu-jung": ["Kang Yu-jung", "강유정", "姜裕貞"],
    "kihara-seiji": ["Kihara Seiji", "기하라 세이지"],
    "kim-dae-jung": ["Kim Dae-jung", "김대중", "金大中"],
    "kim-eun-hye": ["Kim Eun-hye", "김은혜"],
    "kim-hea-kyung": ["Kim Hea-kyung", "김혜경"],
    "kim-i-jung": ["김이중"],
    "kim-keon-hee": ["Kim Keon Hee", "김건희"],
    "kim-sung-han": ["Kim Sung-han", "김성한"],
    "kim-tae-hyo": ["Kim Tae-hyo", "김태효"],
    "kim-u-ja": ["김우자"],
    "kim-yong-beom": ["Kim Yong-beom", "金容範"],
    "kishida-fumio": ["Kishida Fumio", "기시다 후미오", "岸田文雄"],
    "kishida-yuko": ["Kishida Yuko", "기시다 유코"],
    "komura-masahiko": ["Komura Masahiko", "고무라 마사히코"],
    "korean-community-leaders-kansai": ["Korean community leaders in Kansai"],
    "lee-do-woon": ["이도운"],
    "lee-hee-ho": ["Lee Hee-ho", "이희호"],
    "lee-jae-myung": ["Lee Jae-myung", "이재명", "李在明", "イ・ジェミョン"],
    "li-qiang": ["Li Qiang", "리창"],
    "michiko": ["Empress Michiko"],
    "mizushima-koichi": ["Mizushima Koichi", "미즈시마 고이치"],
    "moriya-hiroshi": ["모리야 히로시"],
    "namazu-hiroyuki": ["나마즈 히로유키"],
    "obuchi-keizo": ["Obuchi Keizo", "오부치 게이조", "小渕恵三"],
    "okada-masaki": ["Okada Masaki"],
    "park-chun-sup": ["박춘섭"],
    "park-jin": ["Park Jin", "박진"],
    "serizawa-kiyoshi": ["세리자와 키요시"],
    "sullivan-jake": ["Jake Sullivan"],
    "tachibana-keiichiro": ["Tachibana Keiichiro", "橘慶一郎"],
    "takaichi-sanae": ["Takaichi Sanae", "Sanae Takaichi", "다카이치 사나에", "高市早苗"],
    "wi-sung-lac": ["Wi Sung-lac", "Wi Sung-rak", "위성락", "魏聖洛"],
    "yamamoto-taku": ["Yamamoto Taku", "야마모토 다쿠"],
    "yoon-suk-yeol": ["Yoon Suk Yeol", "윤석열", "尹錫悦"],
    "you-hong-june": ["You Hong-june", "유홍준"],
    "yun-duk-min": ["Yun Duk-min", "윤덕민"],
}
# Named in the research, and nobody of the record: they neither took part nor spoke at a summit.
NOBODY_OF_THE_RECORD = {
    "Lee Myung-bak": "president at an earlier visit",
    "Lee Soo-hyun": "the student whose grave was visited",
    "Yoo Guk-hee": "led the experts at Fukushima after the summit; named only in a text",
    "Yoo Geun-hee": "the same, as two sources spell it: a difference of the Seoul summit",
    "Kim Hee-sang": "led officials after the summit",
    "Akahori Takeshi": "likewise",
    "Kihara": "Chief Cabinet Secretary in 2025, met in preparation; not Kihara Seiji of 2023",
    "Motegi": "Foreign Minister at the same preparation",
    "Ichikawa": "head of the National Security Secretariat at the same preparation",
}
# Two people whom one spelling means, each with the reason why they are two.
HOMONYMS: dict[str, str] = {}


def spellings(row):
    """Every spelling of a participant, folded as the search folds."""
    written = [*row["name"].values(), *row.get("sort_name", {}).values(), *row.get("also", [])]
    return {folded(one) for one in written}


@pytest.fixture(scope="module")
def people():
    """Slug -> its spellings."""
    path = FIXTURES / "vocabulary.yaml"
    vocabulary = summitfile.parsed(path.read_bytes(), path.name).vocabulary
    return {row["slug"]: spellings(row) for row in vocabulary["participants"]}


def meant(people, spelling):
    return [slug for slug, known in people.items() if folded(spelling) in known]


def test_research_met_everybody_of_the_vocabulary(people):
    assert sorted(MET) == sorted(people)


def test_every_spelling_met_means_exactly_one_person(people):
    unclear = {
        spelling: meant(people, spelling)
        for slug, met in MET.items()
        for spelling in met
        if meant(people, spelling) != [slug]
    }
    assert unclear == {}


def test_names_of_people_outside_the_record_mean_nobody(people):
    assert {name: found for name in NOBODY_OF_THE_RECORD if (found := meant(people, name))} == {}


def test_no_person_is_in_the_vocabulary_twice(people):
    """Two rows share no name, whatever the order of its words and the signs between them."""
    owners: dict[str, set[str]] = {}
    for slug, known in people.items():
        for spelling in known:
            for sign in ",、・-.":
                spelling = spelling.replace(sign, " ")
            owners.setdefault(" ".join(sorted(spelling.split())), set()).add(slug)

    shared = {name: sorted(slugs) for name, slugs in owners.items() if len(slugs) > 1}
    assert sorted(shared) == sorted(HOMONYMS)
