"""Lists and summits as tables: the same rows as the page, words kept whole, no formula run."""

import csv
import gzip
import io

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from records import publishing
from records.exports import table
from records.exports.columns import TABLES
from records.views import files
from tests import factories

pytestmark = pytest.mark.django_db
SUMMIT = "2026-01-13-nara"
WORDS = {
    "en": 'Talks, “quoted” and "plain";\ttabbed',
    "ko": "한일 정상회담,\n둘째 줄",
    "ja": "日韓首脳会談「奈良」、\n\n改行",
}
QUERIES = {
    "summits": ["", "party=kor", "party=chn", "form=trilateral", "q=Summit", "sort=title",
                "from=2005&to=2010", "party=jpn&party=chn&topic=trade&sort=date",
                "relation=jpn-kor"],
    "commitments": ["", "status=announced", "said=both&kind=new", "q=zzz", "sort=due",
                    f"summit={SUMMIT}", "party=kor&topic=economy&sort=title"],
    "participants": ["", "party=jpn", "q=李在明", "sort=-meetings"],
    "sessions": ["", "kind=talks", f"summit={SUMMIT}&sort=date"],
    "sources": ["", "kind=official"],
    "changes": ["", "party=chn&sort=at", "since=2026-02"],
    "corrections": [""],
}  # fmt: skip


@pytest.fixture(autouse=True)
def still():
    with time_machine.travel("2026-03-01T12:00:00+09:00", tick=False):
        yield


def text_of(client, address):
    response = client.get(address)
    assert response.status_code == 200, response.getvalue()
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return response.getvalue().decode()


def rows_of(client, address):
    found = text_of(client, address)
    assert found[0] == table.BOM
    return list(csv.DictReader(io.StringIO(found[1:], newline=""), strict=True))


def ids_of_pages(client, name, query):
    """Ids of the same list through all its pages as JSON, and the count it tells."""
    ids, address = [], f"/{name}.json?{query}"
    while address:
        found = client.get(address).json()
        ids += [row["id"] for row in found["items"]]
        address = (found["next_url"] or "").removeprefix("http://127.0.0.1:8000")
    return ids, found["count"]


def many(count=30):
    factories.published()
    for number in range(1, count):
        sides = ["jpn", "kor", "chn"] if number % 3 == 0 else ["jpn", "kor"]
        factories.another(
            number,
            delegations=[{"party": side, "role": "member"} for side in sides],
            country=None,
            commitments=[factories.commitment(1, due="2026-05" if number % 2 else "")],
        )


# the same rows ------------------------------------------------------------------------------------


def test_a_table_holds_every_row_of_the_list_under_the_same_filters_in_the_same_order(client):
    many()
    assert set(QUERIES) == set(TABLES)
    for name, queries in QUERIES.items():
        for query in queries:
            ids, count = ids_of_pages(client, name, query)
            rows = rows_of(client, f"/{name}.csv?{query}")
            assert [row["id"] for row in rows] == ids, (name, query)
            assert len(rows) == count, (name, query)


def test_a_list_longer_than_a_batch_is_whole_and_asks_for_each_batch_once(client, monkeypatch):
    many(9)
    whole = rows_of(client, "/commitments.csv")
    monkeypatch.setattr(files, "BATCH", 4)
    with CaptureQueriesContext(connection) as asked:
        assert rows_of(client, "/commitments.csv") == whole
    batches = [row for row in asked if '"records_entry"."data"' in row["sql"]]
    assert (len(whole), len(batches)) == (9, 3)


def test_a_summit_is_the_table_of_its_commitments_in_the_order_of_their_numbers(client):
    factories.published(commitments=[factories.commitment(number) for number in range(1, 13)])
    factories.another(3)
    found = rows_of(client, f"/summits/{SUMMIT}.csv")
    assert [row["id"] for row in found] == [f"2026-nara-{number}" for number in range(1, 13)]
    listed = rows_of(client, f"/commitments.csv?summit={SUMMIT}")
    assert found == listed


def test_the_columns_of_a_table_are_the_promised_ones(client):
    factories.published()
    for name in TABLES:
        header = text_of(client, f"/{name}.csv?bom=0").splitlines()[0]
        assert header == ",".join(column.name for column in TABLES[name])
        assert len(set(header.split(","))) == len(TABLES[name])
    assert text_of(client, "/sessions.csv?bom=0").splitlines()[0] == (
        "id,title_en,title_ko,title_ja,kind,date,time,until,minutes,venue_en,venue_ko,venue_ja,"
        "summit,summit_title_en,summit_title_ko,summit_title_ja,starts,ends,parties,participants,"
        "url"
    )


def test_a_row_says_what_the_record_says(client):
    factories.published(commitments=[factories.commitment(due="2026-02")])
    [row] = rows_of(client, "/commitments.csv")
    shown = {name: row[name] for name in ("id", "parties", "due", "status", "overdue", "url")}
    assert shown == {
        "id": "2026-nara-1",
        "parties": "jpn;kor",
        "due": "2026-02",
        "status": "announced",
        "overdue": "true",
        "url": "http://127.0.0.1:8000/commitments/2026-nara-1",
    }


def test_an_empty_list_is_a_table_without_rows(client):
    for name in TABLES:
        assert rows_of(client, f"/{name}.csv") == []


# words --------------------------------------------------------------------------------------------


def test_words_of_three_scripts_come_back_as_they_were_written(client):
    factories.published(title=WORDS)
    [row] = rows_of(client, "/summits.csv")
    assert {code: row[f"title_{code}"] for code in WORDS} == WORDS


def test_a_missing_language_is_an_empty_cell(client):
    factories.published(title={"ko": "나라 회담"})
    [row] = rows_of(client, "/summits.csv")
    assert [row[f"title_{code}"] for code in ("en", "ko", "ja")] == ["", "나라 회담", ""]


@pytest.mark.parametrize("sign", "=+-@＝＋－＠")
def test_words_that_a_spreadsheet_would_run_get_an_apostrophe(client, sign):
    factories.published(title={"en": f"{sign}HYPERLINK(1)", "ko": f"가{sign}1", "ja": f"日{sign}"})
    [row] = rows_of(client, "/summits.csv")
    found = [row[f"title_{code}"] for code in ("en", "ko", "ja")]
    assert found == [f"'{sign}HYPERLINK(1)", f"가{sign}1", f"日{sign}"]


@pytest.mark.parametrize("start", ["\t=1", "\r=1", "-1", "＝1"])
def test_whatever_begins_a_formula_is_made_harmless(start):
    assert table.harmless(start) == f"'{start}"
    assert table.harmless(f"a{start}") == f"a{start}"


def words_back(cell):
    """The written rule, as a program that reads the tables follows it."""
    bare = cell.lstrip("'")
    return cell[1:] if cell != bare and bare.startswith(table.FORMULA) else cell


@given(st.text(st.sampled_from("'\t\r\n =+-@＝＋－＠a가,;\"")))
def test_words_come_back_by_the_written_rule_and_never_begin_a_formula(words):
    column = table.Column("words", lambda row: row["words"], is_words=True)
    text = "".join(table.lines([column], [[{"words": words}]], bom=False))
    [[_name], [cell]] = csv.reader(io.StringIO(text, newline="")) if words else [["words"], [""]]
    assert not cell.startswith(table.FORMULA)
    assert words_back(cell) == words


def test_numbers_dates_and_slugs_never_get_an_apostrophe(client):
    factories.published(latitude=-34.5, longitude=-58.25, starts="2026-01", ends=None, sessions=[])
    [row] = rows_of(client, "/summits.csv")
    assert (row["latitude"], row["longitude"], row["starts"]) == ("-34.5", "-58.25", "2026-01")


# options and faults -------------------------------------------------------------------------------


def test_the_byte_order_mark_can_be_left_out(client):
    factories.published()
    plain = text_of(client, "/summits.csv?bom=0")
    assert plain.startswith("id,title_en")
    assert text_of(client, "/summits.csv?bom=1") == table.BOM + plain
    assert text_of(client, f"/summits/{SUMMIT}.csv?bom=0").startswith("id,title_en")


@pytest.mark.parametrize(
    ("address", "name"),
    [("/commitments.csv", "commitments.csv"), (f"/summits/{SUMMIT}.csv", f"{SUMMIT}.csv")],
)
def test_a_table_is_shown_unless_a_download_is_asked_for(client, address, name):
    factories.published()
    assert "Content-Disposition" not in client.get(address)
    found = client.get(f"{address}?download=1")["Content-Disposition"]
    assert found == f'attachment; filename="{name}"'


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("party=zzz", "party"),
        ("from=2023-02-30", "from"),
        ("sort=password", "sort"),
        ("page=2", "page"),
        ("bom=yes", "bom"),
        ("bom=0&bom=1", "bom"),
        ("download=", "download"),
        ("status__in=draft", "status__in"),
    ],
)
def test_a_bad_value_is_an_error_in_the_shape_of_all_errors(client, query, parameter):
    factories.published()
    response = client.get(f"/commitments.csv?{query}")
    assert response.status_code == 400
    assert response["Content-Type"] == "application/json"
    assert response["Cache-Control"] == "no-store"
    [error] = response.json()["errors"]
    assert list(error) == ["parameter", "value", "message", "allowed"]
    assert error["parameter"] == parameter


def test_a_summit_s_table_takes_no_filter(client):
    factories.published()
    response = client.get(f"/summits/{SUMMIT}.csv?party=kor")
    assert response.status_code == 400
    assert response.json()["errors"][0]["allowed"] == ["bom", "download"]


# answers ------------------------------------------------------------------------------------------


def test_a_table_has_no_language_in_its_address(client):
    factories.published()
    response = client.get("/ko/summits.csv?party=kor")
    assert (response.status_code, response["Location"]) == (308, "/summits.csv?party=kor")
    moved = client.get(f"/ja/summits/{SUMMIT}.csv")
    assert (moved.status_code, moved["Location"]) == (308, f"/summits/{SUMMIT}.csv")


def test_head_makes_nothing_and_what_is_unchanged_is_not_sent_again(client):
    factories.published()
    whole = client.get("/summits.csv")
    head = client.head("/summits.csv")
    assert (head.status_code, head.getvalue()) == (200, b"")
    assert dict(head.headers) == dict(whole.headers)
    again = client.get("/summits.csv", headers={"If-None-Match": whole["ETag"]})
    assert (again.status_code, again.getvalue()) == (304, b"")


def test_a_table_travels_compressed(client):
    many(5)
    plain = client.get("/summits.csv").getvalue()
    packed = client.get("/summits.csv", headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.getvalue()) == plain


def test_a_draft_and_a_withdrawn_summit_stand_in_no_table(client):
    factories.published()
    gone = factories.another(3, title=factories.text("Withdrawnly"))
    factories.drafted(slug="2026-02-01-x", code="2026-x", title=factories.text("Draftly"))
    publishing.withdraw(gone, note={"en": "Withdrawn."})
    for name in TABLES:
        found = text_of(client, f"/{name}.csv")
        assert "Draftly" not in found
        # The log says of a withdrawn summit that it is.
        assert ("Withdrawnly" in found) == (name in ("changes", "corrections"))
    assert [row["id"] for row in rows_of(client, "/summits.csv")] == [SUMMIT]
    assert client.get("/summits/2026-02-01-x.csv").status_code == 404
    assert client.get("/summits/2003-04-city-3.csv").status_code == 410
