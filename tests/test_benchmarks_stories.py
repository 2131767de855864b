"""The benchmark of stories and pick-ups: its edits change what they say, and the floors hold on a small archive."""

from __future__ import annotations

from itertools import count
from random import Random

import pytest

from benchmarks.rewrites import Rewriter
from benchmarks.stories import changed_stories, demo_case, main

PARAGRAPHS = [f"Pasar nomor {number} dibuka dengan 1{number}0 kios baru di tepi sungai." for number in range(10)]


def rewriter() -> Rewriter:
    return Rewriter(Random(3), (f"Paragraf asing nomor {number}." for number in count()))


@pytest.mark.parametrize(
    ("name", "share", "kept", "length"),
    [
        ("replaced", 0.4, 6, 10),
        ("replaced", 0.0, 10, 10),
        ("dropped", 0.4, 6, 6),
        ("dropped", 1.0, 1, 1),
        ("reordered", 0.4, 10, 10),
        ("reworded", 0.4, 5, 10),
        ("figures", 0.3, 7, 10),
        ("framed", 0.1, 9, 11),
        ("framed", 0.4, 8, 10),
        ("typography", 0.0, 10, 10),
    ],
)
def test_an_edit_changes_so_many_paragraphs(name: str, share: float, kept: int, length: int) -> None:
    changed = rewriter().edits()[name](PARAGRAPHS, share)
    same = {part.replace("\u00a0", " ") for part in changed} & set(PARAGRAPHS)
    assert (len(same), len(changed)) == (kept, length)


def test_the_same_seed_changes_in_the_same_way() -> None:
    assert rewriter().combine(PARAGRAPHS, 0.4) == rewriter().combine(PARAGRAPHS, 0.4) != PARAGRAPHS


def test_made_up_stories_are_told_by_several_outlets_and_forms_by_nobody_else() -> None:
    case = changed_stories(20, seed=1)
    assert len(case.articles) == len({article.id for article in case.articles}) == len(case.story) == 90
    assert len(set(case.story.values())) == 30
    assert len(demo_case().articles) > 90


@pytest.mark.slow
def test_floors_hold_on_a_small_archive(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--stories", "150", "--releases", "30", "--check"]) == 0, capsys.readouterr()
