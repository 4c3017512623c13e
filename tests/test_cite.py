"""Citations as files, read by small strict readers of BibTeX and RIS."""

import re

import pytest
import time_machine

from records import publishing
from records.exports import citation
from tests import factories

pytestmark = pytest.mark.django_db
SUMMIT = "2026-01-13-nara"
SITE = "http://127.0.0.1:8000"
# Commands that stand for the signs TeX keeps for itself.
COMMANDS = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    **{f"\\{sign}": sign for sign in "%&#$_"},
}


@pytest.fixture(autouse=True)
def still():
    with time_machine.travel("2026-03-01T12:00:00+09:00", tick=False):
        yield


def text_of(client, address, kind):
    response = client.get(address)
    assert response.status_code == 200, response.getvalue()
    assert response["Content-Type"] == f"{kind}; charset=utf-8"
    return response.getvalue().decode()


def bibtex(text):
    """`(type, key, fields)` of the one entry, its values as they stand between the braces."""
    head = re.fullmatch(r"@(\w+)\{([^,\s]+),\n(.*)\n\}\n", text, re.DOTALL)
    assert head, text
    fields, rest = {}, head[3]
    while rest:
        name = re.match(r"  ([a-z]+) = \{", rest)
        assert name, rest
        depth, end = 1, name.end()
        while depth:  # BibTeX counts every brace, also one behind a backslash
            depth += {"{": 1, "}": -1}.get(rest[end], 0)
            end += 1
        assert name[1] not in fields
        fields[name[1]] = rest[name.end() : end - 1]
        rest = rest[end:]
        assert not rest or rest.startswith(",\n"), rest
        rest = rest.removeprefix(",\n")
    return head[1], head[2], fields


def typeset(value):
    """What TeX would print: commands as the signs they stand for; nothing else is special."""
    found, place = [], 0
    while place < len(value):
        command = next((one for one in COMMANDS if value.startswith(one, place)), "")
        if not command:
            assert value[place] not in "\\{}%&#$_~^", value[place:]
        found.append(COMMANDS.get(command, value[place]))
        place += len(command) or 1
    return "".join(found)


def ris(text):
    assert text.endswith("ER  - \r\n")
    lines = text.removesuffix("\r\n").split("\r\n")
    return [tuple(re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line).groups()) for line in lines]


# what they say ------------------------------------------------------------------------------------


def test_a_summit_is_cited_as_an_edition_at_an_address_that_never_changes(client):
    factories.published()
    kind, key, fields = bibtex(text_of(client, f"/en/summits/{SUMMIT}.bib", "application/x-bibtex"))
    assert (kind, key) == ("misc", SUMMIT)
    assert fields == {
        "author": "{Summit Record}",
        "title": "{Summit in Nara, 13–14 January 2026}",
        "edition": "1",
        "year": "2026",
        "month": "3",
        "date": "2026-03-01",
        "publisher": "Summit Record",
        "howpublished": rf"\url{{{SITE}/summits/{SUMMIT}/editions/1}}",
        "url": f"{SITE}/summits/{SUMMIT}/editions/1",
        "urldate": "2026-03-01",
        "note": f"Record {SUMMIT}, edition 1",
        "langid": "english",
    }


def test_a_summit_as_ris(client):
    factories.published()
    kind = "application/x-research-info-systems"
    assert ris(text_of(client, f"/en/summits/{SUMMIT}.ris", kind)) == [
        ("TY", "ELEC"),
        ("ID", SUMMIT),
        ("AU", "Summit Record,"),
        ("TI", "Summit in Nara, 13–14 January 2026"),
        ("ET", "1"),
        ("PY", "2026"),
        ("DA", "2026/03/01"),
        ("PB", "Summit Record"),
        ("UR", f"{SITE}/summits/{SUMMIT}/editions/1"),
        ("Y2", "2026/03/01"),
        ("N1", f"Record {SUMMIT}, edition 1"),
        ("LA", "en"),
        ("ER", ""),
    ]


def test_a_commitment_is_cited_in_the_edition_that_never_changes(client):
    factories.published()
    _kind, key, fields = bibtex(
        text_of(client, "/ja/commitments/2026-nara-1.bib", "application/x-bibtex")
    )
    assert key == "2026-nara-1"
    assert fields["title"] == "{Commitment 1 日}"
    assert fields["url"] == f"{SITE}/summits/{SUMMIT}/editions/1#c-1"
    assert fields["langid"] == "japanese"
    found = dict(ris(text_of(client, "/ko/commitments/2026-nara-1.ris",
                             "application/x-research-info-systems")))  # fmt: skip
    assert (found["TI"], found["LA"]) == ("Commitment 1 한", "ko")


def test_a_past_edition_is_cited_as_it_was(client):
    summit = factories.published()
    publishing.load(factories.document(title=factories.text("Second")), mode="replace")
    publishing.publish(summit, note={"en": "Title."})
    titles = {
        place: bibtex(text_of(client, f"/en/summits/{SUMMIT}{place}.bib", "application/x-bibtex"))[
            2
        ]["title"]
        for place in ("", "/editions/1", "/editions/2")
    }
    assert titles == {
        "": "{Second, 13–14 January 2026}",
        "/editions/1": "{Summit in Nara, 13–14 January 2026}",
        "/editions/2": "{Second, 13–14 January 2026}",
    }


# signs --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "title",
    [
        "100 % of $5 & #1_2 ~ 3^2",
        "a { b",
        "} b {",
        "back\\slash \\url{x}",
        "한일 정상회담 50%",
        "日韓首脳会談「奈良」～",
        "é “quoted” — ‘dash’",
        "two\nlines\r\nof one",
    ],
)
def test_every_sign_of_a_title_comes_back(client, title):
    factories.published(commitments=[factories.commitment(title={"en": title})])
    plain = " ".join(title.split())
    found = bibtex(text_of(client, "/en/commitments/2026-nara-1.bib", "application/x-bibtex"))[2]
    assert typeset(found["title"][1:-1]) == plain
    told = dict(ris(text_of(client, "/en/commitments/2026-nara-1.ris",
                            "application/x-research-info-systems")))  # fmt: skip
    assert told["TI"] == plain


def test_no_sign_of_tex_is_left_as_it_is():
    assert (
        typeset(citation.tex("".join(map(chr, range(32, 127)))))
        == "".join(map(chr, range(32, 127))).strip()
    )


# addresses ----------------------------------------------------------------------------------------


def test_the_page_leads_to_the_citation_as_a_file(client):
    factories.published()
    for place in (f"summits/{SUMMIT}", f"summits/{SUMMIT}/editions/1", "commitments/2026-nara-1"):
        page = client.get(f"/ko/{place}").content.decode()
        for file in ("bib", "ris"):
            assert (
                page.count(f'<a href="/ko/{place}.{file}"') == 2
            )  # in the margin and under "Cite"


def test_a_citation_typed_without_a_language_leads_to_the_reader_s(client):
    factories.published()
    response = client.get("/commitments/2026-nara-1.bib", headers={"Accept-Language": "ko"})
    assert response.status_code == 303
    assert response["Location"] == "/ko/commitments/2026-nara-1.bib"


def test_what_is_not_public_cannot_be_cited(client):
    factories.published()
    factories.drafted(slug="2026-02-01-x", code="2026-x")
    for place in ("summits/2026-02-01-x", "commitments/2026-x-1", f"summits/{SUMMIT}/editions/2"):
        for file in ("bib", "ris"):
            response = client.get(f"/en/{place}.{file}")
            assert (response.status_code, response["Content-Type"]) == (404, "application/json")
    assert client.get(f"/en/summits/{SUMMIT}.bib?style=x").status_code == 400
