"""The short form of the benchmark of mail: a sender that is killed on the way loses nobody, and repeats little."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.mail import measure


@pytest.mark.slow
@pytest.mark.parametrize("kills", [0, 5])
def test_every_reader_gets_the_digest_also_from_a_sender_that_is_killed(tmp_path: Path, kills: int) -> None:
    result = measure(tmp_path, readers=80, kills=kills)
    assert (result.missing, result.doubles <= result.kills) == (0, True)
