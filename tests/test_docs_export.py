"""The guides to exports and to the article row: each command and block runs, each field is told."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from small_archive import day_only, fill_office, tagged
from typer.testing import CliRunner

from nlp.gold import to_gold
from pantau.cli.main import app
from pantau.exports.formats import FORMATS
from scraper.rows import to_row

DOCS = Path(__file__).parent.parent / "docs"
GUIDE = (DOCS / "export.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"```(sh|python)\n(.*?)```", re.DOTALL)


def told_in(section: str) -> list[str]:
    """The fields that a section of the guide to the article row has in its table."""
    text = (DOCS / "fields.md").read_text(encoding="utf-8").split(f"## {section}\n")[1].split("\n## ")[0]
    return [name for cell in re.findall(r"^\| (`.*?) \|", text, re.MULTILINE) for name in re.findall(r"`(\w+)`", cell)]


@pytest.mark.slow
def test_every_command_and_block_of_the_guide_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANTAU_DATA", str(fill_office(tmp_path / "data", [tagged(1), tagged(2), day_only(3)])))
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for kind, block in BLOCK.findall(GUIDE):
        if kind == "python":
            exec(compile(block, "export.md", "exec"), names)
            continue
        for line in block.splitlines():
            _, *command = shlex.split(line)
            result = CliRunner().invoke(app, command, catch_exceptions=False)
            assert result.exit_code == 0, (line, result.output)
            assert Path(command[command.index("-o") + 1]).exists(), line
    monday = [json.loads(line) for line in Path("monday/figures.jsonl").read_text(encoding="utf-8").splitlines()]
    assert names["figures"] == monday


def test_the_guide_has_every_format_that_can_be_asked_for() -> None:
    shown = set(re.findall(r"^\| `(\w+)`", GUIDE, re.MULTILINE))
    assert set(FORMATS) - {"csv-id"} <= shown


def test_every_field_of_the_article_row_and_its_tags_is_told() -> None:
    one = tagged(1)
    assert told_in("The row") == list(to_row(one.article))
    assert set(told_in("Tags")) == set(to_gold(one))
