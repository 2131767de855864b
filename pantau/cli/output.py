"""How commands speak: rows as JSON lines or a table, progress on stderr, hostile text made harmless."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from pantau.cli.job_mode import is_job
from pantau.jobs.lines import Teller

JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")]
Advance = Callable[[int, int | None], None]
"""Called with (done so far, total or None)."""


def plain(text: str) -> str:
    """Text from the web without control characters, so that it cannot steer the terminal."""
    return "".join(c if c == "\n" or unicodedata.category(c) not in {"Cc", "Cf"} else " " for c in text)


def say(message: str) -> None:
    """One line for people, on stderr, so that stdout stays data."""
    print(plain(message), file=sys.stderr)


def complain(message: str) -> None:
    """The one-line reason of a failure."""
    say(f"pantau: {message}")


def json_line(row: Mapping[str, Any]) -> None:
    """One JSON object on a line of stdout."""
    sys.stdout.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")


def show_rows(rows: Iterable[Mapping[str, Any]], *, as_json: bool, columns: Sequence[str], empty: str) -> None:
    """Print rows: JSON lines with every field, or a table of ``columns``; ``empty`` where there are none."""
    if as_json:
        for row in rows:
            json_line(row)
        return
    listed = list(rows)
    if not listed:
        say(empty)
        return
    table = Table(*columns, box=None, pad_edge=False)
    for row in listed:
        table.add_row(*(Text(plain(cell(row.get(column)))) for column in columns))
    Console().print(table)


def cell(value: Any) -> str:
    """A value as a person reads it in a table."""
    if value is None:
        return "-"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return str(value)


@contextmanager
def progress(label: str) -> Iterator[Advance]:
    """A bar on stderr while something works long; lines for its runner in a job; else silent without a terminal."""
    if is_job():
        teller = Teller()
        yield lambda done, total: teller.tell(done, total, label)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
