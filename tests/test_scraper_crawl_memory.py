"""What a run leaves behind for the next one, and how the articles of a run are counted."""

from __future__ import annotations

import json
from pathlib import Path

from scraper.crawl.memory import TRIES, CrawlMemory
from scraper.crawl.report import Ledger, RunCounts, imbalance


def test_memory_says_broken_until_a_run_has_ended(tmp_path: Path) -> None:
    memory = CrawlMemory(tmp_path, "koran")
    assert (memory.last, memory.swept) == ("broken", None)
    memory.begin()
    assert CrawlMemory(tmp_path, "koran").last == "broken"
    memory.end("complete", swept=True)
    again = CrawlMemory(tmp_path, "koran")
    assert again.last == "complete"
    assert again.swept == memory.swept
    again.begin()
    assert CrawlMemory(tmp_path, "koran").last == "broken"
    assert CrawlMemory(tmp_path, "koran").swept == memory.swept


def test_what_is_owed_is_left_alone_after_some_tries(tmp_path: Path) -> None:
    for run in range(1, TRIES + 1):
        memory = CrawlMemory(tmp_path, "koran")
        memory.owe("key", "https://k.example/a", failed=True)
        memory.end("complete")
        assert bool(CrawlMemory(tmp_path, "koran").owed) is (run < TRIES)
    assert list(CrawlMemory(tmp_path, "koran").skipped) == ["key"]


def test_what_came_in_is_owed_no_longer(tmp_path: Path) -> None:
    memory = CrawlMemory(tmp_path, "koran")
    memory.owe("key", "https://k.example/a", failed=False)
    memory.paid("key")
    memory.end("complete")
    assert CrawlMemory(tmp_path, "koran").owed == {}


def test_memory_that_cannot_be_read_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "crawl").mkdir()
    for content in (
        "{",
        "[]",
        json.dumps({"last": 7, "skipped": [], "owed": "x", "swept": "kemarin", "tries": {"a": "b"}}),
    ):
        (tmp_path / "crawl" / "koran.json").write_text(content, encoding="utf-8")
        memory = CrawlMemory(tmp_path, "koran")
        assert (memory.last, memory.skipped, memory.owed, memory.swept, memory.tries) == ("broken", {}, {}, None, {})


def test_each_article_ends_once() -> None:
    counts = RunCounts()
    ledger = Ledger(counts)
    counts.add("discovered", count=3)
    for key in ("a", "b", "c"):
        ledger.enter(key, f"https://k.example/{key}")
    assert ledger.settle("a", "new")
    assert not ledger.settle("a", "failed", "timeout")
    assert ledger.settle("b", "skipped", "no-text")
    assert imbalance(counts.as_dict()) == 1
    assert ledger.open == {"c": "https://k.example/c"}
    ledger.settle("c", "left", "run-ended")
    assert imbalance(counts.as_dict()) == 0
    assert (counts["new"], counts["failed"], counts["skipped/no-text"], counts["left"]) == (1, 0, 1, 1)
