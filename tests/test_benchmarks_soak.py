"""The long run writes down what each step printed, and says which one failed."""

from __future__ import annotations

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


def test_an_unknown_step_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["soak", "naps"])
    with pytest.raises(SystemExit):
        soak.main()
    assert "there is no step 'naps'" in capsys.readouterr().err
