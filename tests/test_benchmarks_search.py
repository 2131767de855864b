"""The search benchmark, small: its made-up archive, its questions to all engines, its checks."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.search import check, kinds_of, main, percentile
from benchmarks.search_rivals import TOP, AlikeTantivy, Fts5, PlainTantivy
from benchmarks.synthetic import COMMON, RARE_ARTICLES, Archive
from storage.search.words import plain


def test_archive_is_the_same_each_time_and_holds_what_is_planted() -> None:
    rows = list(Archive(1_500))
    assert rows == list(Archive(1_500))
    held = Counter(word for article, _ in rows for word in set(plain(f"{article.title} {article.text}")))
    assert all(held[word] / 1_500 == pytest.approx(share, abs=0.04) for word, share in COMMON.items())
    archive = Archive(1_500)
    assert all(held[word] == pytest.approx(RARE_ARTICLES, abs=1) for word in archive.rare[:20])
    assert held["yang"] > 1_400
    assert len({article.id for article, _ in rows}) == 1_500
    for article, tags in rows[:50]:
        assert all(article.text[s.start : s.end] == s.surface for p in tags.people for s in p.mentions)


def test_rivals_find_the_same_numbers(tmp_path: Path) -> None:
    archive = Archive(1_000)
    fts5, tantivy = Fts5.build(tmp_path / "f.db", archive), PlainTantivy.build(tmp_path / "t", archive)
    for kind in kinds_of(archive):
        if hasattr(fts5, kind.method):
            for arguments in kind.arguments[:4]:
                asked = getattr(fts5, kind.method)(*arguments), getattr(tantivy, kind.method)(*arguments)
                assert asked[0] == asked[1], (kind.name, arguments)

    alike = AlikeTantivy(tmp_path / "t")
    assert all(alike.ranked(word) == tantivy.ranked(word) == TOP for word in COMMON)


@pytest.mark.slow
def test_runs_small(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--articles", "1000", "--alone", "--seconds", "0.2", "--json", "--folder", str(tmp_path)]
    assert main(options) == 0
    results = json.loads(capsys.readouterr().out)
    assert set(results["questions"]) == {kind.name for kind in kinds_of(Archive(1_000))}
    assert results["filling"]["index_bytes_an_article"] > 100
    assert results["freshness_seconds"] < 5
    assert min(results["clients"]["pantau"].values()) > 0
    assert main(options) == 0
    assert "filling" not in json.loads(capsys.readouterr().out)


def test_figures_outside_their_limits_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    found = {"limit": 20, "checked": True, "pantau_p95": 19.0, "faster_than_fts5": 15.0, "times_tantivy": 2.0}
    assert check({"articles": 200_000, "questions": {"facet": found}}) == 0
    slow = found | {"pantau_p95": 21.0, "faster_than_fts5": 14.0, "times_tantivy": 2.1}
    assert check({"articles": 200_000, "questions": {"facet": slow}}) == 1
    assert capsys.readouterr().err.count("facet:") == 3
    alike = found | {"times_tantivy": 9.0, "times_alike": 1.5}
    assert check({"articles": 200_000, "questions": {"term": alike}}) == 0
    assert check({"articles": 200_000, "questions": {"term": alike | {"times_alike": 2.1}}}) == 1
    assert check({"articles": 20_000, "questions": {"facet": found | {"times_tantivy": 9.0}}}) == 0


def test_percentile_is_a_value_that_was_seen() -> None:
    assert (percentile([5, 1, 3], 0.5), percentile([5, 1, 3], 0.95), percentile([7], 0.5)) == (3, 5, 7)


def test_too_small_an_archive_is_refused() -> None:
    with pytest.raises(SystemExit):
        main(["--articles", "10"])
