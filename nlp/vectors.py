"""The model's word vectors: a floret table, kept on disk as half floats to stay small."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from spacy.vectors import Vectors

from scraper.errors import LexiconError

DIM = 96
BUCKETS = 40_000
HASHES = 2
MINN = 3
MAXN = 5
Table = np.ndarray[tuple[int, int], np.dtype[np.float32]]


def build_vectors(table: Table) -> Vectors:
    """spaCy vectors over ``table``; looked up by the lower-cased word, so headlines in capitals share them."""
    return Vectors(
        data=table,
        mode="floret",
        minn=MINN,
        maxn=MAXN,
        hash_count=HASHES,
        hash_seed=2166136261,
        attr="LOWER",
        name="id",
    )


def save_vectors(vectors: Vectors, path: Path) -> None:
    """Write the table as half floats (``.npy``)."""
    np.save(path, vectors.data.astype(np.float16))


def load_vectors(path: Path) -> Vectors:
    """Read what :func:`save_vectors` wrote; raises LexiconError where the file is missing or broken."""
    try:
        table = np.load(path, allow_pickle=False)
    except (OSError, ValueError) as error:
        raise LexiconError(f"{path} cannot be read ({error}); restore nlp/model or train it anew") from error
    if table.shape != (BUCKETS, DIM):
        raise LexiconError(f"{path} has shape {table.shape}, not {(BUCKETS, DIM)}; restore nlp/model or train it anew")
    return build_vectors(table.astype(np.float32))
