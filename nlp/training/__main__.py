"""``python -m nlp.training --corpora DIR``: learn vectors and recogniser, print test scores, write the model."""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path

from nlp.pipeline import MODEL, get_ner
from nlp.training.corpus import FILES, read_dev, read_split, read_train
from nlp.training.ner import evaluate, to_examples, train_ner
from nlp.training.vectors import train_vectors
from nlp.vectors import load_vectors, save_vectors
from scraper.config import load_config
from scraper.errors import InputError, PantauError


def main() -> int:
    """Train and write; exit 1 with one line where a corpus is missing."""
    parser = argparse.ArgumentParser(prog="python -m nlp.training", description=__doc__)
    parser.add_argument("--corpora", type=Path, help="folder with data/ner and data/news (default: PANTAU_CORPORA)")
    parser.add_argument("--out", type=Path, default=MODEL, help="folder of the model (default: the shipped one)")
    parser.add_argument("--minutes", type=float, default=25.0, help="longest time for the recogniser")
    parser.add_argument("--seed", type=int, default=7, help="seed of the recogniser")
    parser.add_argument("--keep-vectors", action="store_true", help="use the vectors that are in --out")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    try:
        _train(options, options.corpora or load_config().corpora)
    except PantauError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _train(options: argparse.Namespace, corpora: Path | None) -> None:
    if corpora is None:
        raise InputError("no corpora given; use --corpora DIR or set PANTAU_CORPORA")
    table = options.out / "vectors.npy"
    options.out.mkdir(parents=True, exist_ok=True)
    if not options.keep_vectors:
        save_vectors(train_vectors(corpora / "data" / "news"), table)
    folder = corpora / "data" / "ner"
    pipeline = train_ner(
        read_train(folder), read_dev(folder), load_vectors(table), minutes=options.minutes, seed=options.seed
    )
    for name in FILES:
        print(f"{name} test: {evaluate(pipeline, to_examples(pipeline, read_split(folder, name, 'test')))}")
    get_ner(pipeline).to_disk(options.out / "ner", exclude=["vocab"])


if __name__ == "__main__":
    sys.exit(main())
