"""The guide for analysts runs as it stands, on the demonstration newsroom, and prints what it shows."""

from __future__ import annotations

import contextlib
import io
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

GUIDE = Path(__file__).parent.parent / "docs" / "analysis.md"
BLOCK = re.compile(r"```(python|text)\n(.*?)```", re.DOTALL)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The demonstration's data on the day that the guide names."""
    folder: Path = tmp_path_factory.mktemp("demo")
    settings = {"PANTAU_DATA": str(folder / "data"), "PANTAU_NOW": "2026-03-09T12:00:00+07:00"}
    command = [sys.executable, "-m", "pantau", "demo", "--once", "--sites-port", str(free_port())]
    done = subprocess.run(command, env=os.environ | settings, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return settings


def squeezed(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines()]


@pytest.mark.slow
def test_the_guide_answers_what_it_says(newsroom: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in newsroom.items():
        monkeypatch.setenv(name, value)
    names: dict[str, object] = {}
    printed = ""
    for kind, block in BLOCK.findall(GUIDE.read_text(encoding="utf-8")):
        if kind == "python":
            with contextlib.redirect_stdout(io.StringIO()) as output:
                exec(compile(block, str(GUIDE), "exec"), names)
            printed = output.getvalue()
            assert printed or "print" not in block
        else:
            assert set(squeezed(block)) <= set(squeezed(printed)), f"this is printed instead:\n{printed}"
