"""The extraction benchmark without its corpora."""

import random
from pathlib import Path

import pytest

from benchmarks import fuzz_extract
from benchmarks.extraction import main


@pytest.mark.parametrize("options", [[], ["--json"], ["--check"]])
def test_skips_without_corpora(
    options: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("PANTAU_CORPORA", raising=False)
    monkeypatch.setenv("PANTAU_CONFIG", "/nonexistent.toml")
    assert main(options) == 0
    assert capsys.readouterr().out == "skipped: set PANTAU_CORPORA\n"


def test_fuzzed_pages_give_an_article_or_a_reason(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert fuzz_extract.main(["--pages", "60", "--seed", "7", "--keep", str(tmp_path)]) == 0
    assert "60 pages, seed 7" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


def test_fuzzing_repeats_itself_and_says_what_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    seeds = [b"<p>satu</p>", b"<p>dua</p>"]
    pages = [[fuzz_extract.changed(seeds, random.Random(3)) for _ in range(2)] for _ in range(2)]
    assert pages[0] == pages[1]
    assert fuzz_extract.read(b"")[0] == "empty"

    def broken(page: bytes, *, url: str) -> None:
        raise KeyError("x")

    monkeypatch.setattr(fuzz_extract, "extract_article", broken)
    assert fuzz_extract.read(b"<p>")[0] == "failed: KeyError: 'x'"
