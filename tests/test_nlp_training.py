"""How training sentences are read and varied; the shipped model itself is tested with the tagger."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from thinc.api import Linear

from nlp.training.capitals import recase, vary, with_dateline
from nlp.training.corpus import Sentence, join_words, read_dev, read_train
from nlp.training.ner import join_sentences, mix_weights
from nlp.training.swaps import NamePool
from scraper.errors import InputError

LINA = Sentence("Lina pulang ke Solo.", ((0, 4, "PER"), (15, 19, "LOC")))
ANTON = Sentence("Anton bekerja di Bulog.", ((0, 5, "PER"), (17, 22, "ORG")))


def names(item: Sentence) -> list[tuple[str, str]]:
    return [(item.text[start:end], label) for start, end, label in item.spans]


def test_words_are_joined_as_in_print() -> None:
    rows = [
        ('"', "O"),
        ("Naik", "O"),
        (",", "O"),
        ('"', "O"),
        ("kata", "O"),
        ("Lina", "B-PERSON"),
        ("Sari", "I-PERSON"),
    ]
    item = join_words([*rows, ("(", "O"), ("40", "O"), (")", "O"), (".", "O")])
    assert item.text == '"Naik," kata Lina Sari (40).'
    assert names(item) == [("Lina Sari", "PER")]


def test_neighbours_of_one_label_stay_two() -> None:
    item = join_words([("Solo", "B-PLACE"), ("Tegal", "B-PLACE")])
    assert names(item) == [("Solo", "LOC"), ("Tegal", "LOC")]


def test_key_ignores_tokenisation() -> None:
    assert Sentence("Rp. 5.000 , naik", ()).key == Sentence("rp 5.000, Naik!", ()).key


@pytest.mark.parametrize("text", ["LINA PULANG KE SOLO.", "lina pulang ke solo."])
def test_recase_keeps_spans(text: str) -> None:
    assert recase(LINA, text) == Sentence(text, LINA.spans)
    assert recase(LINA, text + "!") == LINA


def test_dateline_moves_spans() -> None:
    for seed in range(20):
        found = names(with_dateline(LINA, random.Random(seed)))
        assert found[-2:] == names(LINA)
        assert {label for _, label in found[:-2]} <= {"LOC", "ORG"}


def test_vary_keeps_every_sentence() -> None:
    items = [LINA, ANTON] * 30
    varied = list(vary(items, seed=1))
    assert len(varied) > len(items)
    assert varied == list(vary(items, seed=1))


def test_swapped_names_keep_their_labels() -> None:
    pool = NamePool([LINA, ANTON])
    for seed in range(20):
        item = pool.swap(LINA, random.Random(seed))
        assert [label for _, label in names(item)] == ["PER", "LOC"]
        assert names(item)[0][0] in {"Lina", "Anton"}
        assert item.text.startswith(names(item)[0][0] + " pulang ke ")


def test_joined_sentences_keep_names() -> None:
    assert names(join_sentences([LINA, ANTON], gap="\n\n")) == [*names(LINA), *names(ANTON)]


def write_corpora(folder: Path, *, train: str, dev: str, test: str) -> None:
    for name, files in (
        ("idner-news-2k", ("train.txt", "dev.txt", "test.txt")),
        ("nergrit", ("train_preprocess.txt", "valid_preprocess.txt", "test_preprocess.txt")),
    ):
        (folder / name).mkdir()
        for file, text in zip(files, (train, dev, test), strict=True):
            (folder / name / file).write_text(text, encoding="utf-8")


def test_test_sentences_never_train(tmp_path: Path) -> None:
    write_corpora(
        tmp_path,
        train="Lina B-PER\npulang O\n\nAnton B-PER\nbekerja O\n\n",
        dev="Rina B-PER\nlari O\n\n",
        test="LINA B-PER\npulang O\n. O\n\nRina B-PER\nlari O\n\n",
    )
    assert {item.text for part in read_train(tmp_path) for item in part} == {"Anton bekerja"}
    assert read_dev(tmp_path) == [[], []]


def test_missing_corpus_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--corpora"):
        read_train(tmp_path)


@pytest.mark.parametrize(("weight", "value"), [(0.0, 1.0), (0.25, 2.0), (1.0, 5.0)])
def test_weights_move_towards_another_model(weight: float, value: float) -> None:
    model, other = (Linear(nO=1, nI=1) for _ in range(2))
    model.set_param("W", model.ops.alloc2f(1, 1) + 1.0)
    other.set_param("W", model.ops.alloc2f(1, 1) + 5.0)
    mix_weights(model, other, weight)
    assert model.get_param("W").item() == value
    assert other.get_param("W").item() == 5.0
