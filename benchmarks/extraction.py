"""How well and how fast pages become articles: our extraction beside trafilatura, readability-lxml and newspaper4k.

``python -m benchmarks.extraction`` runs over ``PANTAU_CORPORA/extraction/{idn,aeb}`` and scores with the corpora's own
scorer. Rules were written with every second page of a set in view (the even half); the odd half tells what they are
worth elsewhere, so figures are given for both. ``--check`` compares with ``benchmarks/floors.json`` and exits with 1
where a figure dropped.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.readers import missing, readers
from benchmarks.scoring import check_floors, load_scorer
from scraper.config import load_config
from scraper.errors import ExtractionError
from scraper.page.parsed import parse_page
from scraper.page.rules import GENERIC
from scraper.page.story import find_story

SETS = {"idn": ("gold.jsonl", "id"), "aeb": ("ground-truth.json", "en")}
"""Each set's gold file and the language that a peer is told."""
FIGURES = ("f1", "precision", "recall", "accuracy", "date", "datetime", "title", "author", "tags_f1")
_SPEEDS = ("pages_per_second", "ratio", "ratio_single")
_FIELDS = {"accuracy": "exact", "datetime": "minute", "tags_f1": "tags", "pages_per_second": "pages/s"}
Pages = dict[str, tuple[bytes, str | None]]


def main(argv: list[str] | None = None) -> int:
    """Run the benchmark; the exit code is 1 only where ``--check`` finds a drop."""
    options = _options(argv)
    corpora = load_config().corpora
    folder = corpora / "extraction" if corpora else None
    if folder is None or not (folder / "score.py").is_file():
        print("skipped: set PANTAU_CORPORA")
        return 0
    score = load_scorer(folder / "score.py")
    results = {name: _measure(folder, name, score, worst=options.worst, peers=not options.check) for name in SETS}
    print(json.dumps(results, indent=1)) if options.json else _print(results)
    figures = {name: tools["pantau"] for name, tools in results.items()}
    return check_floors("extraction", figures) if options.check else 0


def _options(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.extraction", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--check", action="store_true", help="compare with the floors, without peers; exit 1 on a drop")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="list the N worst pages of each even half")
    return parser.parse_args(argv)


def _measure(folder: Path, name: str, score: ModuleType, *, worst: int, peers: bool) -> dict[str, Any]:
    gold = score.load(str(folder / name / SETS[name][0]))
    pages: Pages = {key: (_page(folder / name, key), gold[key].get("url")) for key in gold}
    single = _single(pages) if peers else set()
    out: dict[str, Any] = {}
    spent: dict[str, dict[str, float]] = {}
    for label, reader in readers(SETS[name][1], peers=peers).items():
        found, spent[label] = {}, {}
        for key, (body, url) in pages.items():
            started = time.process_time()
            found[key] = reader(body, url)
            spent[label][key] = time.process_time() - started
        out[label] = _scores(score, gold, found) | _speed(spent[label], spent.get("trafilatura"), single)
        if label == "pantau":
            out |= {f"pantau {half}": _scores(score, part, found) for half, part in _halves(gold).items()}
            out |= {"worst": _worst(score, _halves(gold)["even"], found, worst)} if worst else {}
    if peers:
        out["pantau"] |= _speed(spent["pantau"], spent["trafilatura"], single)
    return out


def _page(folder: Path, key: str) -> bytes:
    paths = (folder / f"{key}.gz", folder / "html" / f"{key}.html.gz")
    return gzip.decompress(next(path for path in paths if path.is_file()).read_bytes())


def _halves(gold: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The pages that were looked at while rules were written, and those that were not."""
    keys = list(gold)
    return {"even": {key: gold[key] for key in keys[::2]}, "odd": {key: gold[key] for key in keys[1::2]}}


def _single(pages: Pages) -> set[str]:
    """The pages on which the first opinion is enough."""
    found = set()
    for key, (body, url) in pages.items():
        with suppress(ExtractionError):
            if find_story(parse_page(body, url=url), rules=GENERIC).opinions == 1:
                found.add(key)
    return found


def _scores(score: ModuleType, gold: dict[str, Any], found: dict[str, Any]) -> dict[str, float]:
    totals, _ = score.evaluate(gold, found, boot=20)
    return {key: round(totals[key], 4) for key in FIGURES if key in totals}


def _speed(spent: dict[str, float], base: dict[str, float] | None, single: set[str]) -> dict[str, float]:
    """Pages a second of processor time, and the ratio to trafilatura: over all pages, over those with one opinion."""
    out = {"pages_per_second": round(len(spent) / sum(spent.values()), 1)}
    if base:
        out["ratio"] = round(sum(base.values()) / sum(spent.values()), 2)
        out["ratio_single"] = round(sum(base[key] for key in single) / sum(spent[key] for key in single), 2)
    return out


def _worst(score: ModuleType, gold: dict[str, Any], found: dict[str, Any], count: int) -> dict[str, Any]:
    _, rows = score.evaluate(gold, found, boot=2)
    return dict(sorted(rows.items(), key=lambda pair: pair[1].get("f1", 9))[:count])


def _print(results: dict[str, Any]) -> None:
    columns = (*FIGURES, *_SPEEDS)
    print(f"{'set':5} {'tool':12}" + "".join(f" {_FIELDS.get(name, name)[:12]:>12}" for name in columns))
    for name, tools in results.items():
        for label, row in tools.items():
            if label != "worst":
                figures = (f"{row[key]:12.3f}" if key in row else f"{'-':>12}" for key in columns)
                print(f"{name:5} {label:12} " + " ".join(figures))
        for key, row in tools.get("worst", {}).items():
            print(f"      {key[:40]:40} " + " ".join(f"{field}={value:.3g}" for field, value in row.items()))
    print(missing(), file=sys.stderr, end="\n" if missing() else "")


if __name__ == "__main__":
    raise SystemExit(main())
