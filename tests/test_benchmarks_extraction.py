"""The extraction benchmark without its corpora."""

import pytest

from benchmarks.extraction import main


@pytest.mark.parametrize("options", [[], ["--json"], ["--check"]])
def test_skips_without_corpora(
    options: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("PANTAU_CORPORA", raising=False)
    monkeypatch.setenv("PANTAU_CONFIG", "/nonexistent.toml")
    assert main(options) == 0
    assert capsys.readouterr().out == "skipped: set PANTAU_CORPORA\n"
