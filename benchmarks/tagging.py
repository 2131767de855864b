"""How well and how fast articles become tags, on the gold articles.

``python -m benchmarks.tagging`` tags ``PANTAU_CORPORA/gold/dev.jsonl`` (or ``--gold FILE``) and scores with the
corpora's own scorer: all articles, and the third of them that nobody looked into while rules were written (``held``).
``--check`` compares with ``benchmarks/floors.json`` and exits with 1 where a figure dropped.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.scoring import check_floors, load_scorer
from benchmarks.tagging_own import measure_own, measure_people
from nlp.gold import to_gold
from nlp.pipeline import get_ner
from nlp.tagger import Tagger
from scraper.config import load_config
from scraper.items import Article
from scraper.rows import from_row

Rows = dict[str, dict[str, Any]]
SHOWN = frozenset({"seed", "a001"})
"""Printed in the guidelines or known from the start: never held out."""
HELD = 19


def main(argv: list[str] | None = None) -> int:
    """Run the benchmark; the exit code is 1 only where ``--check`` finds a drop."""
    options = _options(argv)
    dropped = _own(options) if options.gold is None else 0
    return max(dropped, _corpora(options))


def _own(options: argparse.Namespace) -> int:
    """Score the project's own gold; 1 where ``--check`` finds a drop."""
    dropped = 0
    for name, measured in (("own", measure_own), ("people", measure_people)):
        results, errors = measured()
        print(json.dumps({name: results}, indent=1)) if options.json else _print(results)
        if options.errors:
            print(*errors, sep="\n")
        dropped = max(dropped, check_floors(f"tagging_{name}", _figures(results)) if options.check else 0)
    return dropped


def _corpora(options: argparse.Namespace) -> int:
    """Score the corpora's gold, where it is there."""
    corpora = load_config().corpora
    scorer = corpora / "gold" / "score.py" if corpora else None
    gold = options.gold or (corpora / "gold" / "dev.jsonl" if corpora else None)
    if scorer is None or gold is None or not scorer.is_file() or not gold.is_file():
        print("skipped: set PANTAU_CORPORA")
        return 0
    results = measure(load_scorer(scorer), gold)
    print(json.dumps(results, indent=1)) if options.json else _print(results)
    return check_floors("tagging", _figures(results)) if options.check else 0


def measure(scorer: ModuleType, path: Path) -> dict[str, dict[str, Any]]:
    """Scores of all, open and held articles of a gold file, and the speed of one process."""
    gold: Rows = scorer.read(path)
    started = time.perf_counter()
    tagger = Tagger.load()
    loaded = time.perf_counter() - started
    inputs = {key: {name: row.get(name) for name in ("text", "title", "published")} for key, row in gold.items()}
    articles = [from_row(row) for row in inputs.values()]
    started = time.process_time()
    tagged = list(tagger.tag(articles))
    seconds = time.process_time() - started
    found = {key: to_gold(item) for key, item in zip(inputs, tagged, strict=True)}
    words = sum(len(article.text.split()) for article in articles)
    held = held_out(gold)
    parts = {"all": set(gold), "open": set(gold) - held, "held": held}
    scores = {name: scorer.score({k: gold[k] for k in gold if k in ids}, found) for name, ids in parts.items() if ids}
    speed = {
        "articles_per_second": len(gold) / seconds,
        "words_per_second": words / seconds,
        "times_of_ner_alone": seconds / ner_seconds(tagger, articles),
        "load_seconds": loaded,
    }
    return scores | {"speed": {name: round(value, 2) for name, value in speed.items()}}


def ner_seconds(tagger: Tagger, articles: Sequence[Article]) -> float:
    """CPU seconds that the model alone takes for texts that are cut into tokens already."""
    docs = [tagger.pipeline.make_doc(article.text) for article in articles]
    started = time.process_time()
    deque(get_ner(tagger.pipeline).pipe(docs, batch_size=tagger.pipeline.batch_size), maxlen=0)
    return time.process_time() - started


def held_out(ids: Rows) -> set[str]:
    """The ids with the smallest SHA-256: the same third on every machine."""
    ranked = sorted(set(ids) - SHOWN, key=lambda key: hashlib.sha256(key.encode()).hexdigest())
    return set(ranked[:HELD])


def _options(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.tagging", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--check", action="store_true", help="compare with the floors; exit 1 on a drop")
    parser.add_argument("--errors", action="store_true", help="list the errors on the open part of our own gold")
    parser.add_argument("--gold", type=Path, metavar="FILE", help="another gold file")
    return parser.parse_args(argv)


def figure(value: Any) -> float:
    """The one number of a measure: F1, else the accuracy itself."""
    return float(value["f1"] if isinstance(value, dict) else value or 0.0)


def _print(results: dict[str, dict[str, Any]]) -> None:
    parts = [name for name in results if name != "speed"]
    print(f"{'measure':26}" + "".join(f" {name:>20}" for name in parts))
    for measure_name in results["all"]:
        cells = (_cell(results[name].get(measure_name)) for name in parts)
        print(f"{measure_name:26}" + "".join(f" {cell:>20}" for cell in cells))
    print(", ".join(f"{name.replace('_', ' ')} {value}" for name, value in results.get("speed", {}).items()))


def _cell(value: Any) -> str:
    if isinstance(value, dict):
        return f"{value['p']:.3f} {value['r']:.3f} {value['f1']:.3f}"
    return "-" if value is None else f"{value:g}"


def _figures(results: dict[str, dict[str, Any]]) -> dict[str, dict[str, float]]:
    return {
        part: {name: figure(value) for name, value in measures.items()}
        for part, measures in results.items()
        if part != "speed"
    }


if __name__ == "__main__":
    raise SystemExit(main())
