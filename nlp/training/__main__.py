"""Learn the recogniser anew: ``python -m nlp.training --corpora DIR``; writes the model and prints its test scores.

Stages: word vectors from the news (8 minutes on one core); a large teacher from the gold sentences (15); the teacher
labels news sentences (10); the recogniser that ships learns from both, with several seeds, and the one that is best on
the dev parts is kept; it goes on with more weight on the gold, and the mean of both is kept where that is better.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
from pathlib import Path

from spacy.language import Language

from nlp.pipeline import MODEL, get_ner
from nlp.training.corpus import FILES, Sentence, read_blocks, read_dev, read_keys, read_split, read_train
from nlp.training.ner import evaluate, settle, to_corpus_examples, to_examples, train_ner
from nlp.training.silver import choose_sentences, label_sentences, read_silver, write_silver
from nlp.training.vectors import train_vectors
from nlp.vectors import load_vectors, save_vectors
from scraper.config import load_config
from scraper.errors import InputError, PantauError

log = logging.getLogger(__name__)


def main() -> int:
    """Train and write; exit 1 with one line where a corpus is missing."""
    parser = argparse.ArgumentParser(prog="python -m nlp.training", description=__doc__)
    parser.add_argument("--corpora", type=Path, help="folder with data/ner and data/news (default: PANTAU_CORPORA)")
    parser.add_argument("--out", type=Path, default=MODEL, help="folder of the model (default: the shipped one)")
    parser.add_argument("--minutes", type=float, default=25.0, help="longest time for each seed of the recogniser")
    parser.add_argument("--seed", type=int, default=7, help="first seed")
    parser.add_argument("--seeds", type=int, default=3, help="how many seeds are tried")
    parser.add_argument("--keep-vectors", action="store_true", help="use the vectors that are in --out")
    parser.add_argument("--settle", action="store_true", help="only the last stage, from the recogniser in --out")
    parser.add_argument("--no-teacher", action="store_true", help="gold sentences only; needs no torch")
    parser.add_argument(
        "--silver", type=Path, help="file of the teacher's sentences: used where it is there, else written"
    )
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
    folder = corpora / "data" / "ner"
    gold = read_train(folder)
    if not options.keep_vectors:
        log.info("learning word vectors")
        save_vectors(train_vectors(corpora / "data" / "news"), table)
    silver = [] if options.no_teacher else _silver(options, corpora, gold)
    log.info("%d gold and %d silver sentences", sum(map(len, gold)), len(silver))
    parts = [item for part in gold for item in part], silver, read_dev(folder), load_vectors(table)
    best = 0.0
    for seed in range(options.seed, options.seed + (0 if options.settle else options.seeds)):
        learned = train_ner(*parts, minutes=options.minutes, seed=seed)
        best = max(best, _keep(learned, f"seed {seed}", best, folder, options.out))
    late = settle(options.out / "ner", *parts, minutes=options.minutes, seed=options.seed + options.seeds)
    _keep(late, "settled", best, folder, options.out)


def _keep(learned: tuple[Language, float], name: str, best: float, folder: Path, out: Path) -> float:
    """Print the scores of a recogniser, and write it where it is better on dev than the best one so far."""
    pipeline, score = learned
    print(f"{name}: dev {score:.3f}")
    _print_scores(pipeline, folder)
    if score > best:
        get_ner(pipeline).to_disk(out / "ner", exclude=["vocab"])
    return score


def _silver(options: argparse.Namespace, corpora: Path, gold: list[list[Sentence]]) -> list[Sentence]:
    """News as the teacher labels it; nothing that a gold part or a gold article holds."""
    if options.silver and options.silver.exists():
        return read_silver(options.silver)
    news = corpora / "data" / "news"
    log.info("choosing sentences of %s", news)
    texts = choose_sentences(news, _held(corpora), seed=options.seed)
    silver = label_sentences(texts, gold, seed=options.seed)
    if options.silver:
        write_silver(silver, options.silver)
    return silver


def _held(corpora: Path) -> str:
    """Letters and digits of every gold sentence and of the gold articles, a line each."""
    keys = read_keys(corpora / "data" / "ner", "train", "dev", "test")
    articles = corpora / "gold" / "dev.jsonl"
    if articles.exists():
        rows = map(json.loads, articles.read_text(encoding="utf-8").splitlines())
        keys |= {Sentence(row["text"], ()).key for row in rows}
    return "\n".join(sorted(keys))


def _print_scores(pipeline: Language, folder: Path) -> None:
    for name in FILES:
        raw = to_examples(pipeline, read_split(folder, name, "test"))
        tokens = to_corpus_examples(pipeline, read_blocks(folder, name, "test"))
        print(f"  {name} test: raw text {evaluate(pipeline, raw)}; corpus tokens {evaluate(pipeline, tokens)}")


if __name__ == "__main__":
    sys.exit(main())
