"""The relevance benchmark: its measure, its judgements, and the floors that search must keep."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.relevance import QUERIES, Judged, by_class, demo_articles, judged_queries, main, ndcg


@pytest.mark.parametrize(
    ("ranked", "score"),
    [(["a", "b", "c"], 1.0), (["x", "a"], 0.47), (["c", "b", "a"], 0.68), ([], 0.0), (["x"] * 10 + ["a", "b"], 0.0)],
)
def test_gain_is_discounted_by_place(ranked: list[str], score: float) -> None:
    assert ndcg(ranked, {"a": 3, "b": 2, "c": 1}) == pytest.approx(score, abs=0.01)


def test_classes_are_averaged() -> None:
    queries = [Judged("names", "x", {}), Judged("names", "y", {}), Judged("two", "z", {})]
    assert by_class(queries, {"ours": [1.0, 0.5, 0.0]}) == {
        "names": {"ours": 0.75},
        "two": {"ours": 0.0},
        "all": {"ours": 0.5},
    }


def test_judgements_are_sound() -> None:
    queries = judged_queries(demo_articles(), QUERIES)
    assert len(queries) >= 45
    assert len({query.text for query in queries}) == len(queries)
    assert min(Counter(query.kind for query in queries).values()) >= 3
    assert {grade for query in queries for grade in query.grades.values()} == {1, 2, 3}


def test_grade_for_an_unknown_article_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "queries.toml"
    file.write_text('[[query]]\nclass = "names"\ntext = "x"\ngrades = {nowhere = 3}\n', encoding="utf-8")
    with pytest.raises(KeyError, match="nowhere is no story"):
        judged_queries(demo_articles(), file)


def test_search_keeps_its_floors_and_is_ahead_of_plain_engines(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check", "--json"]) == 0
    output = capsys.readouterr()
    figures = json.loads(output.out)
    assert output.err == "relevance: no figure under its floor\n"
    assert figures["all"]["pantau"] > max(figures["all"]["fts5"], figures["all"]["tantivy"]) + 0.05
