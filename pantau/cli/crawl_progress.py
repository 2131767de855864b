"""How a crawl shows itself while it runs: a line for each source on a terminal, nothing anywhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.text import Text

from pantau.cli.output import plain
from scraper.crawl.report import CrawlEvent, imbalance

Watch = Callable[[CrawlEvent], None]


@contextmanager
def crawl_progress(*, shown: bool, console: Console | None = None) -> Iterator[Watch | None]:
    """What a crawl tells its events to; None where nobody watches: not ``shown``, or stderr is no terminal."""
    console = console or Console(stderr=True)
    if not shown or not console.is_terminal:
        yield None
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        TextColumn("{task.fields[told]}", markup=False),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bars:
        yield _Lines(bars).show


class _Lines:
    """The lines of all sources; one that has ended becomes a line above them."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._tasks: dict[str, TaskID] = {}

    def show(self, event: CrawlEvent) -> None:
        found = event.counts["discovered"] + event.counts["reread"]
        told = tell(event.counts)
        task = self._tasks.get(event.source)
        if task is None:
            task = self._tasks[event.source] = self._bars.add_task(plain(event.source), total=None, told="")
        self._bars.update(task, completed=found - imbalance(event.counts), total=found or None, told=told)
        if event.outcome is not None:
            self._bars.update(task, visible=False)
            self._bars.console.print(Text(f"{plain(event.source)}: {event.outcome}, {told}"))


def tell(counts: dict[str, int]) -> str:
    """The numbers of a run in few words: ``12 new, 3 failed, 40 requests``."""
    named = [f"{counts[name]} {name}" for name in ("new", "changed", "gone", "failed", "blocked") if counts.get(name)]
    return ", ".join([*named, f"{counts.get('requests', 0)} requests"])
