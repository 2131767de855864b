"""Tagging in processes beside: order, what a process that dies or hangs costs, and that all end."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from deadly_tagging import tag_or_die

from nlp import side_by_side
from nlp.side_by_side import TaggingProcesses
from scraper.items import Article


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> Iterator[TaggingProcesses]:
    monkeypatch.setattr(side_by_side, "tag_articles", tag_or_die)
    made = TaggingProcesses(2, local={})
    yield made
    made.close()


def article(text: str) -> Article:
    return Article(canonical_url=f"urn:{text}", title="Kabar", text=text)


def texts(processes: TaggingProcesses, *batches: list[str]) -> list[list[str | None]]:
    found = processes.tag([article(text) for text in batch] for batch in batches)
    return [[item.article.text if item else None for item in batch] for batch in found]


def test_batches_come_back_in_order_from_several_processes(processes: TaggingProcesses) -> None:
    batches = [[f"{batch}-{place}" for place in range(3)] for batch in range(12)]
    assert texts(processes, *batches) == batches
    names = {item.tags.topics[0] for batch in processes.tag([[article("a")]] * 8) for item in batch if item}
    assert len(names) <= 2
    assert str(os.getpid()) not in names


def test_a_process_that_dies_once_costs_no_article(processes: TaggingProcesses, tmp_path: Path) -> None:
    once = f"SEKALI:{tmp_path / 'mark'}"
    assert texts(processes, ["a", once], ["b"]) == [["a", once], ["b"]]


@pytest.mark.parametrize("deadly", ["MATI", pytest.param("MACET", marks=pytest.mark.slow)])
def test_an_article_that_kills_or_hangs_costs_only_itself(
    processes: TaggingProcesses, deadly: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("SECONDS", "SECONDS_ALONE"):
        monkeypatch.setattr(side_by_side, name, 10.0 if deadly == "MACET" else 600.0)
    with caplog.at_level(logging.ERROR):
        assert texts(processes, ["a", deadly, "b"], ["c"]) == [["a", None, "b"], ["c"]]
    assert f"article {article(deadly).id} ('Kabar') brought its tagging process down" in caplog.text


def test_who_stops_reading_leaves_no_process(processes: TaggingProcesses) -> None:
    stream = processes.tag([[article(str(number))] for number in range(50)])
    (first,) = next(stream)
    stream.close()
    processes.close()
    assert first is not None
    process = Path(f"/proc/{first.tags.topics[0]}/cmdline")
    while process.exists() and process.read_bytes():
        time.sleep(0.01)
