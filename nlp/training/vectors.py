"""Word vectors by parts of words (floret), learned from plain news text."""

from __future__ import annotations

import json
import lzma
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from spacy.vectors import Vectors
from spacy.vocab import Vocab

from nlp.tokenizer import NewsTokenizer
from nlp.vectors import BUCKETS, DIM, HASHES, MAXN, MINN, build_vectors
from scraper.errors import InputError

EPOCHS = 8


def read_news(folder: Path) -> Iterator[str]:
    """The texts of every ``*.jsonl.xz`` in ``folder``; raises InputError where there is none."""
    files = sorted(folder.glob("*.jsonl.xz"))
    if not files:
        raise InputError(f"{folder} holds no *.jsonl.xz file with news; give --corpora the folder that has data/news")
    for file in files:
        with lzma.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)["text"]


def train_vectors(folder: Path) -> Vectors:
    """Learn vectors from the news in ``folder``; one thread, so that the same text gives the same vectors."""
    import floret  # the extra ``train``; tagging does without

    tokenizer = NewsTokenizer(Vocab())
    with tempfile.TemporaryDirectory() as room:
        corpus = Path(room) / "words.txt"
        with corpus.open("w", encoding="utf-8") as lines:
            for text in read_news(folder):
                lines.writelines(_lines(tokenizer, text))
        model = floret.train_unsupervised(
            str(corpus),
            model="cbow",
            mode="floret",
            dim=DIM,
            bucket=BUCKETS,
            hashCount=HASHES,
            minn=MINN,
            maxn=MAXN,
            minCount=4,
            epoch=EPOCHS,
            thread=1,
        )
        table = Path(room) / "vectors.floret"
        model.save_floret_vectors(str(table))
        return build_vectors(_read_table(table))


def _lines(tokenizer: NewsTokenizer, text: str) -> Iterator[str]:
    for paragraph in text.splitlines():
        words = [token.text.lower() for token in tokenizer(paragraph) if not token.is_space]
        if len(words) > 3:
            yield " ".join(words) + "\n"


def _read_table(path: Path) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """The rows of a floret text table; its first line is a header, each row starts with its number."""
    with path.open(encoding="utf-8") as lines:
        next(lines)
        return np.array([line.split()[1:] for line in lines], dtype=np.float32)
