"""The benchmark itself: data by seed, in bulk what publishing gives one by one, the verdict."""

import pytest
from django.db import transaction

from records import index, publishing
from tests.bench.documents import document, documents, vocabulary
from tests.bench.filling import NOTE, fill_vocabulary, freeze
from tests.bench.plot import plot
from tests.bench.table import goals
from tests.contents import index_stored

FEW = 3


def without_moments(stored):
    """All but when and by whom it was published, which no two publications share."""
    kept = {name: row for name, row in stored["entries"].items() if not name.startswith("change ")}
    words = {name: row for name, row in stored["words"].items() if not name.startswith("change ")}
    sets = {key: ids for key, ids in stored["sets"].items() if key[0] != "change"}
    return kept, words, sets, stored["references"]


def test_documents_are_the_same_for_the_same_number_at_any_size():
    assert [one["slug"] for one in documents(FEW)] == [one["slug"] for one in documents(9)][:FEW]
    assert document(2) == document(2)
    assert len({one["starts"][:3] for one in documents(40)}) == 9  # decades, 1940s to 2020s


@pytest.mark.django_db
def test_bulk_gives_what_publishing_gives_one_by_one():
    with transaction.atomic():
        publishing.load_vocabulary(vocabulary(FEW))
        for one in documents(FEW):
            publishing.publish(publishing.load(one).summit, note=NOTE, by="Bench")
        one_by_one = without_moments(index_stored())
        transaction.set_rollback(True)

    fill_vocabulary(vocabulary(FEW))
    freeze(documents(FEW))
    index.reindex()

    assert without_moments(index_stored()) == one_by_one
    assert len(one_by_one[0]) > FEW * 20


def line(page, size, cpu_ms, **over):
    return {"database": "sqlite", "page": page, "size": size, "cpu_ms": cpu_ms, "sql": 2, **over}


def test_the_verdict_names_every_goal_that_is_missed():
    results = [
        line("list-summits", "S", 4.0, vs_naive=9.0),
        line("list-summits", "L", 6.0, vs_naive=20.0, sql=4),
        line("cached", "L", 1.0, vs_bare=2.5, sql=1),
    ]
    told = {"L": {"on_top": {"load_cpu_ms": 60, "publish_cpu_ms": 200}, "memory": 90,
                  "naive_memory": 100}}  # fmt: skip
    assert goals(results, "sqlite", told).splitlines()[1:] == [
        "3 of 8 goals met",
        "  not: list-summits at L: 20.0x, must be 25x",
        "  not: list-summits: growth 1.50, may be 1.3",
        "  not: list-summits at L: 4 statements, may be 3",
        "  not: cached at L: 2.5x bare",
        "  not: publish_cpu_ms on top of L: 200, may be 150",
    ]


def test_the_plot_draws_a_line_for_the_page_and_one_for_its_twin():
    results = [line("detail-summit", size, 3.0, naive_ms=20.0) for size in ("S", "L")]
    drawn = plot(results, "sqlite")
    assert drawn.count("<polyline") == 2
    assert drawn.count("stroke-dasharray") == 1
