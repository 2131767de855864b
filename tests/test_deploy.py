"""What stands in deploy/: units that systemd understands, a Compose file whose commands there are."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from pantau.cli.main import app

ROOT = Path(__file__).parent.parent
UNITS = sorted((ROOT / "deploy").glob("*.service"))


def started(unit: Path) -> list[list[str]]:
    lines = [line.partition("=") for line in unit.read_text().splitlines()]
    return [shlex.split(value)[1:] for key, _, value in lines if key in ("ExecStart", "ExecStartPre")]


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_units_start_commands_that_there_are(unit: Path) -> None:
    for command in started(unit):
        assert CliRunner().invoke(app, [*command, "--help"]).exit_code == 0, command


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_understands_the_units(unit: Path, tmp_path: Path) -> None:
    here = (
        unit.read_text().replace("/opt/pantau/.venv/bin/pantau", "/bin/true").replace("=pantau\nGroup=pantau", "=root")
    )
    (tmp_path / unit.name).write_text(here.replace("WorkingDirectory=/opt/pantau", f"WorkingDirectory={tmp_path}"))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", tmp_path / unit.name], capture_output=True, text=True, check=False
    )
    assert done.stderr + done.stdout == ""


def test_containers_run_commands_that_there_are() -> None:
    compose = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text())
    assert {name: service["profiles"] for name, service in compose["services"].items()} == {
        "pantau": ["sqlite"], "db": ["postgres"], "web": ["postgres"], "worker": ["postgres"],
    }  # fmt: skip
    for service in compose["services"].values():
        if "command" in service:
            assert CliRunner().invoke(app, [*service["command"], "--help"]).exit_code == 0


def test_every_room_is_in_the_image() -> None:
    text = (ROOT / "deploy" / "Dockerfile").read_text()
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert {
        line.split()[1] for line in text.splitlines() if line.startswith("COPY") and len(line.split()) == 3
    } == rooms
