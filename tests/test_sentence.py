"""One sentence to quote on a commitment's page: what, by whom, how it stands, as checked when."""

import re

import pytest
import time_machine

from tests.factories import commitment, progress, published

pytestmark = pytest.mark.django_db


def sentence(client, language="en"):
    page = client.get(f"/{language}/commitments/2026-nara-1").content.decode()
    [found] = re.findall(r'<p id="sentence"[^>]*>(.*?)</p>', page, re.DOTALL)
    return re.sub(r"<[^>]+>", "", found)


def test_sentence_of_an_open_commitment_past_its_day(client):
    steps = [progress(date="2026-02-01", status="in-progress")]
    with time_machine.travel("2026-11-25"):
        published(commitments=[commitment(due="2026-05", progress=steps)], checked_on="2026-02-13")

        assert sentence(client) == (
            "“Commitment 1” (2026-nara-1): Republic of Korea, Japan, Summit in Nara, "
            "13–14 January 2026. "
            "Status: in progress, since 1 February 2026, overdue, checked on 13 February 2026. "
            "Summit Record, http://127.0.0.1:8000/commitments/2026-nara-1"
        )


def test_sentence_of_a_position_names_no_status(client):
    published(commitments=[commitment(kind="position")])

    assert "A position, which asks for no act. Summit Record, " in sentence(client)
    assert "Status" not in sentence(client)


def test_sentence_ends_as_sentences_do_in_its_language(client):
    published(commitments=[commitment()])

    assert sentence(client, "ja").count("。") == 2
    assert sentence(client, "ko").count(". ") == 2
