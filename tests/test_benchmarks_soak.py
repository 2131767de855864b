"""The long run writes down what each step printed, and says which one failed."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from benchmarks import soak


@pytest.fixture
def two_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = (
        soak.Step(title="Good", module="soak_kill", arguments=("--help",)),
        soak.Step(title="Wrong", module="soak_kill", arguments=("--rounds", "many")),
    )
    monkeypatch.setattr(soak, "STEPS", steps)


def test_steps_are_written_down_and_a_failure_is_told(
    tmp_path: Path, two_steps: None, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "measurements.md"
    monkeypatch.setattr("sys.argv", ["soak", "--page", str(page)])
    assert soak.main() == 1
    written = page.read_text(encoding="utf-8")
    assert (
        written.index("### Good") < written.index("usage: python -m benchmarks.soak_kill") < written.index("### Wrong")
    )
    assert "`python -m benchmarks.soak_kill --rounds many`" in written
    assert written.count("Ended with exit code") == 1
    capfd.readouterr()


@pytest.mark.slow
def test_what_was_broken_off_goes_on_where_it_was(
    tmp_path: Path, two_steps: None, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "measurements.md"
    for _ in range(2):
        monkeypatch.setattr("sys.argv", ["soak", "--resume", "--page", str(page)])
        assert soak.main() == 1
    written = page.read_text(encoding="utf-8")
    assert (written.count("### Good"), written.count("### Wrong")) == (1, 2), "what failed is tried again"
    assert soak.finished(page, "another") == frozenset()
    assert soak.finished(tmp_path / "none", "another") == frozenset()
    capfd.readouterr()


def test_every_step_is_a_command_that_there_is() -> None:
    assert all(find_spec(f"benchmarks.{step.module}") for step in soak.STEPS)


def test_an_unknown_step_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["soak", "naps"])
    with pytest.raises(SystemExit):
        soak.main()
    assert "there is no step 'naps'" in capsys.readouterr().err
