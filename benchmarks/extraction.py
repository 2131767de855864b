"""How well and how fast pages become articles: our extraction beside plain trafilatura and readability-lxml.

``python -m benchmarks.extraction`` runs over ``PANTAU_CORPORA/extraction/{idn,aeb}`` and scores with the corpora's own
scorer; ``--check`` compares with ``benchmarks/floors.json`` and exits with 1 where a figure dropped.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from lxml import html
from readability import Document
from trafilatura import extract

from benchmarks.scoring import check_floors, load_scorer
from scraper.config import load_config
from scraper.errors import ExtractionError
from scraper.page.decode import decode
from scraper.page.extract import extract_article
from scraper.page.tree import lines_of
from scraper.rows import to_row

Prediction = dict[str, Any]
Reader = Callable[[bytes, str | None], Prediction]

SETS = ("idn", "aeb")
_FIGURES = (
    "f1",
    "precision",
    "recall",
    "accuracy",
    "date",
    "datetime",
    "title",
    "author",
    "tags_f1",
    "pages_per_second",
)


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
    parser.add_argument("--check", action="store_true", help="compare with the floors; exit 1 on a drop")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="list the N worst pages of each set")
    return parser.parse_args(argv)


def _measure(folder: Path, name: str, score: ModuleType, *, worst: int, peers: bool) -> dict[str, Any]:
    gold = score.load(str(folder / name / ("gold.jsonl" if name == "idn" else "ground-truth.json")))
    pages = {key: _page(folder / name, key) for key in gold}
    readers: dict[str, Reader] = {"pantau": _ours} | (
        {"trafilatura": _trafilatura, "readability": _readability} if peers else {}
    )
    out: dict[str, Any] = {}
    for label, reader in readers.items():
        started = time.process_time()
        found = {key: reader(body, gold[key].get("url")) for key, body in pages.items()}
        seconds = time.process_time() - started
        totals, rows = score.evaluate(gold, found, boot=20)
        out[label] = {key: round(totals[key], 4) for key in _FIGURES if key in totals}
        out[label]["pages_per_second"] = round(len(pages) / seconds, 1)
        if label == "pantau" and worst:
            ranked = sorted(rows.items(), key=lambda pair: pair[1].get("f1", 9))
            out["worst"] = {key: row for key, row in ranked[:worst]}
    return out


def _page(folder: Path, key: str) -> bytes:
    paths = (folder / f"{key}.gz", folder / "html" / f"{key}.html.gz")
    return gzip.decompress(next(path for path in paths if path.is_file()).read_bytes())


def _ours(body: bytes, url: str | None) -> Prediction:
    try:
        row = to_row(extract_article(body, url=url))
    except ExtractionError:
        return {}
    return row | {"date": row["published"]}


def _trafilatura(body: bytes, url: str | None) -> Prediction:
    found = json.loads(extract(body, url=url, output_format="json", with_metadata=True, include_comments=False) or "{}")
    return {key: found.get(key) for key in ("text", "title", "date", "author")}


def _readability(body: bytes, url: str | None) -> Prediction:
    document = Document(decode(body), url=url)
    tree = html.fragment_fromstring(document.summary(html_partial=True), create_parent="div")
    return {"text": "\n".join(lines_of(tree)), "title": document.short_title()}


def _print(results: dict[str, Any]) -> None:
    print(f"{'set':5} {'tool':12}" + "".join(f" {name[:9]:>9}" for name in _FIGURES) + "     ratio")
    for name, tools in results.items():
        base = tools.get("trafilatura", {}).get("pages_per_second")
        for label, row in tools.items():
            if label == "worst":
                continue
            figures = "".join(f" {row[key]:9.3f}" if key in row else f" {'-':>9}" for key in _FIGURES)
            print(f"{name:5} {label:12}{figures} {row['pages_per_second'] / base if base else float('nan'):9.2f}")
        for key, row in tools.get("worst", {}).items():
            print(f"      {key[:40]:40} " + " ".join(f"{field}={value:.3g}" for field, value in row.items()))


if __name__ == "__main__":
    raise SystemExit(main())
