"""What a crawl shows while it runs."""

from __future__ import annotations

import io

from rich.console import Console

from pantau.cli.crawl_progress import crawl_progress, tell
from scraper.crawl.report import TOTALS, CrawlEvent


def event(source: str, outcome: str | None = None, **counts: int) -> CrawlEvent:
    return CrawlEvent(source=source, counts={**dict.fromkeys(TOTALS, 0), **counts}, outcome=outcome)


def shown(*events: CrawlEvent, terminal: bool = True, wanted: bool = True) -> str | None:
    """What stands on the terminal in the end; None where nobody watches."""
    console = Console(file=io.StringIO(), force_terminal=terminal, width=100, legacy_windows=False)
    with crawl_progress(shown=wanted, console=console) as watch:
        if watch is None:
            return None
        for one in events:
            watch(one)
    stream = console.file
    return stream.getvalue() if isinstance(stream, io.StringIO) else None


def test_each_source_has_a_line_and_an_end() -> None:
    text = shown(
        event("kabar", discovered=10, known=2, new=3, requests=6),
        event("warta", discovered=4),
        event("kabar", "finished", discovered=10, known=2, new=8, requests=12),
    )
    assert text is not None
    assert "5/10" in text
    assert "0/4" in text
    assert "kabar: finished, 8 new, 12 requests" in text


def test_hostile_names_cannot_steer_the_terminal() -> None:
    text = shown(event("a\x1b[2J[red]b", "finished", discovered=1, new=1))
    assert text is not None
    assert "\x1b[2J" not in text
    assert "[red]b" in text


def test_nobody_watches_with_json_or_in_a_pipe() -> None:
    assert shown(wanted=False) is None
    assert shown(terminal=False) is None


def test_numbers_in_few_words() -> None:
    counts = {**dict.fromkeys(TOTALS, 0), "new": 12, "failed": 3, "requests": 40}
    assert tell(counts) == "12 new, 3 failed, 40 requests"
