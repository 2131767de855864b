"""How a crawl shows itself while it runs: a line for each source on a terminal, nothing anywhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.text import Text

from pantau.cli.job_mode import is_job
from pantau.cli.output import plain
from pantau.jobs.lines import Teller
from scraper.crawl.report import CrawlEvent, imbalance

Watch = Callable[[CrawlEvent], None]


@contextmanager
def crawl_progress(*, shown: bool, console: Console | None = None) -> Iterator[Watch | None]:
    """What a crawl tells its events to; None where nobody watches: not ``shown``, or stderr is no terminal.

    In a job its runner watches.
    """
    if is_job():
        teller = Teller()
        yield lambda event: teller.tell(*_far(event), f"{event.source}: {tell(event.counts)}")
        return
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


def _far(event: CrawlEvent) -> tuple[int, int | None]:
    """How many articles of a run have come to an end, and of how many; None while none was found."""
    found = event.counts["discovered"] + event.counts["reread"]
    return found - imbalance(event.counts), found or None


class _Lines:
    """The lines of all sources; one that has ended becomes a line above them."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._tasks: dict[str, TaskID] = {}

    def show(self, event: CrawlEvent) -> None:
        (ended, found), told = _far(event), tell(event.counts)
        task = self._tasks.get(event.source)
        if task is None:
            task = self._tasks[event.source] = self._bars.add_task(plain(event.source), total=None, told="")
        self._bars.update(task, completed=ended, total=found, told=told)
        if event.outcome is not None:
            self._bars.update(task, visible=False)
            self._bars.console.print(Text(f"{plain(event.source)}: {event.outcome}, {told}"))


def tell(counts: dict[str, int]) -> str:
    """The numbers of a run in few words: ``12 new, 3 failed, 40 requests``."""
    named = [f"{counts[name]} {name}" for name in ("new", "changed", "gone", "failed", "blocked") if counts.get(name)]
    return ", ".join([*named, f"{counts.get('requests', 0)} requests"])
