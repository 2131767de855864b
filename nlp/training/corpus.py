"""Named-entity corpora as text with spans, brought to the labels PER, ORG and LOC."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from scraper.errors import InputError

LABELS = {"PERSON": "PER", "PLACE": "LOC", "ORGANISATION": "ORG", "PER": "PER", "LOC": "LOC", "ORG": "ORG"}
Split = Literal["train", "dev", "test"]
FILES: dict[str, dict[Split, str]] = {
    "idner-news-2k": {"train": "train.txt", "dev": "dev.txt", "test": "test.txt"},
    "nergrit": {"train": "train_preprocess.txt", "dev": "valid_preprocess.txt", "test": "test_preprocess.txt"},
}
HUGS_LEFT = frozenset(",.;:!?)]}%”’…")
HUGS_RIGHT = frozenset("([{“‘")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and its named entities as (start, end, label), in string offsets."""

    text: str
    spans: tuple[tuple[int, int, str], ...]

    @property
    def key(self) -> str:
        """Letters and digits only: by this two tokenisations of one sentence are the same."""
        return re.sub(r"[\W_]+", "", self.text.lower())


Block = list[tuple[str, str]]
"""The (word, BIO label) rows of one sentence."""


def read_blocks(folder: Path, name: str, split: Split) -> list[Block]:
    """The sentences of one part of a corpus, as they are in its file; raises InputError where that is missing."""
    path = folder / name / FILES[name][split]
    try:
        blocks = path.read_text(encoding="utf-8").split("\n\n")
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error}); give --corpora the folder that has data/ner") from error
    rows = ([line.split() for line in block.splitlines() if line.strip()] for block in blocks)
    return [[(row[0], row[-1]) for row in block] for block in rows if block]


def read_split(folder: Path, name: str, split: Split) -> list[Sentence]:
    """The sentences of one part of a corpus as running text."""
    return [join_words(block) for block in read_blocks(folder, name, split)]


def read_keys(folder: Path, *splits: Split) -> set[str]:
    """The keys of all sentences in these parts of all corpora."""
    return {item.key for name in FILES for split in splits for item in read_split(folder, name, split)}


def read_train(folder: Path) -> list[list[Sentence]]:
    """The training sentences of each corpus, without those that any dev or test part holds too."""
    held = read_keys(folder, "dev", "test")
    return [[item for item in read_split(folder, name, "train") if item.key not in held] for name in FILES]


def read_dev(folder: Path) -> list[list[Sentence]]:
    """The dev sentences of each corpus, without those that a test part holds too."""
    held = read_keys(folder, "test")
    return [[item for item in read_split(folder, name, "dev") if item.key not in held] for name in FILES]


def join_words(rows: Iterable[tuple[str, str]]) -> Sentence:
    """Running text from (word, BIO label) rows, spaced as in print."""
    text = ""
    spans: list[tuple[int, int, str]] = []
    quoted = glue = False
    for word, tag in rows:
        closing = word == '"' and quoted
        if text and not glue and not closing and word[0] not in HUGS_LEFT:
            text += " "
        quoted ^= word == '"'
        glue = word in HUGS_RIGHT or (word == '"' and quoted)
        start = len(text)
        text += word
        _extend(spans, start, len(text), tag)
    return Sentence(text, tuple(spans))


def _extend(spans: list[tuple[int, int, str]], start: int, end: int, tag: str) -> None:
    if tag == "O":
        return
    position, _, raw = tag.partition("-")
    label = LABELS[raw]
    if position == "I" and spans and spans[-1][2] == label and start - spans[-1][1] <= 1:
        spans[-1] = (spans[-1][0], end, label)
    else:
        spans.append((start, end, label))
