"""Writes docs/cli.md from the commands themselves: ``python tests/cli_docs.py``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import typer
from typer.testing import CliRunner

from pantau.cli.main import app

FILE = Path(__file__).parent.parent / "docs" / "cli.md"
HEAD = """# Commands

Exit codes: 0 done, 1 failed with a one-line reason, 2 wrong usage. `--json` prints one JSON object a line on standard
output; progress and remarks go to standard error.
"""


def document() -> str:
    """The whole file."""
    parts = [f"\n## pantau {' '.join(path)}\n\n```\n{_help(path)}\n```\n" for path in _commands(app, ())]
    return HEAD + "".join(parts)


def _commands(group: typer.Typer, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for command in group.registered_commands:
        yield (*path, command.name or str(getattr(command.callback, "__name__", "")).replace("_", "-"))
    for inner in group.registered_groups:
        if inner.typer_instance and inner.name:
            yield from _commands(inner.typer_instance, (*path, inner.name))


def _help(path: tuple[str, ...]) -> str:
    result = CliRunner().invoke(app, [*path, "--help"], prog_name="pantau", terminal_width=78, env={"COLUMNS": "80"})
    return result.stdout.strip()


if __name__ == "__main__":
    FILE.write_text(document(), encoding="utf-8")
