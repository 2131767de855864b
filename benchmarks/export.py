"""How fast tables are exported, and with how much memory, at any size.

``python -m benchmarks.export --articles N`` makes an archive up, stores and tags it, and runs ``pantau export`` for
each format and table as a child process, as an analyst does. Rows a second are by the clock, from start to end of the
command; beside them stand rows a CPU second, which other work on the machine changes less, and the peak of the
command's memory. ``--folder`` keeps the archive and uses it again: a million articles take 4.5 GB and, on two cores
with nothing else to do, 11 minutes. ``--check`` exits with 1 below the floor or above the limit; the start of the
command counts too, which is most of the time for a few rows.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.memory import MemoryWatch
from benchmarks.search_ours import BATCH
from benchmarks.synthetic import Archive
from pantau.exports.formats import FORMATS
from scraper.config import load_config
from scraper.items import Article, FigureTag, QuoteTag, TaggedArticle, Tags
from storage.database import Database
from storage.records.bulk import save_all_tags, save_articles

TABLES = ("articles", "mentions", "figures", "all")
SHOWN = ("csv", "parquet", "jsonl")
NOTE = "archive.json"
FLOOR, LIMIT = 20_000, 300
"""Rows a second at least, megabytes at most."""


def main(argv: list[str] | None = None) -> int:
    """Run the benchmark; the exit code is 1 only where ``--check`` finds a figure out of bounds."""
    options = _options(argv)
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        fill(folder, Archive(options.articles))
        results = [measure(folder, table, name) for name in options.formats for table in options.tables]
    if options.json:
        print(json.dumps({"articles": options.articles, "exports": results}, indent=1))
    else:
        _print(results)
    return check(results) if options.check else 0


def fill(folder: Path, archive: Archive) -> None:
    """Store and tag the archive, unless the folder has it whole, as a note says that is written last.

    An archive of an older schema is brought up to date.
    """
    note, told = folder / NOTE, json.dumps({"articles": archive.articles, "seed": archive.seed})
    config = load_config(environ={"PANTAU_DATA": str(folder)}, file=folder / "none.toml")
    if note.exists() and note.read_text(encoding="utf-8") == told:
        db = Database.open(config, check=False)
        db.upgrade()
        db.close()
        return
    if (folder / "pantau.db").exists():
        raise SystemExit(f"{folder} has another archive, or a part of one; remove it or name another --folder")
    db = Database.open(config)
    rows = iter(archive)
    while batch := list(islice(rows, BATCH)):
        with db.write() as session:
            save_articles(session, [article for article, _ in batch])
        with db.write() as session:
            save_all_tags(session, [_tagged(article, tags) for article, tags in batch])
    db.close()
    note.write_text(told, encoding="utf-8")


def measure(folder: Path, table: str, format_name: str) -> dict[str, Any]:
    """One export."""
    path = folder / "out" / (table if table == "all" else f"{table}.{format_name}")
    command = [sys.executable, "-m", "pantau", "export", "--format", format_name, "--table", table, "-o", str(path)]
    before, started = _cpu(), time.perf_counter()
    process = subprocess.Popen(command, env=os.environ | {"PANTAU_DATA": str(folder)}, stderr=subprocess.DEVNULL)
    watch = MemoryWatch(process)
    watch.wait()
    seconds, cpu = time.perf_counter() - started, _cpu() - before
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed with {process.returncode}")
    manifest = path / "manifest.json" if table == "all" else path.with_name(f"{path.name}.manifest.json")
    files = json.loads(manifest.read_text(encoding="utf-8"))["files"]
    rows = sum(file["rows"] for file in files)
    return {
        "table": table,
        "format": format_name,
        "rows": rows,
        "megabytes": round(sum(file["bytes"] for file in files) / 1e6, 1),
        "seconds": round(seconds, 2),
        "rows_a_second": round(rows / seconds),
        "rows_a_cpu_second": round(rows / cpu),
        "peak_megabytes": round(watch.peak),
    }


def check(results: Sequence[dict[str, Any]]) -> int:
    """Print each figure out of bounds; 1 where there is one."""
    wrong = [
        f"{found['table']} to {found['format']}: {found['rows_a_second']} rows/s, {found['peak_megabytes']} MB"
        for found in results
        if found["rows_a_second"] < FLOOR or found["peak_megabytes"] > LIMIT
    ]
    print("\n".join(wrong) or "export: no figure out of bounds", file=sys.stderr)
    return 1 if wrong else 0


def _tagged(article: Article, tags: Tags) -> TaggedArticle:
    more = replace(tags, figures=tuple(_figures(article.text)), quotes=tuple(_quotes(article.text, tags)))
    return TaggedArticle(article=article, tags=more, tag_version="1", text_version=article.content_hash)


def _quotes(text: str, tags: Tags) -> Iterator[QuoteTag]:
    """What the archive's officials say."""
    for person in tags.people:
        start = text.index(" mengatakan ", person.mentions[0].end) + len(" mengatakan ")
        end = text.index(".", start)
        yield QuoteTag(
            start=start, end=end, surface=text[start:end], speaker=person.key, kind="indirect", verb="mengatakan"
        )


def _figures(text: str) -> Iterator[FigureTag]:
    """The archive has no figures; the first words of two sentences stand for them."""
    for number, start in enumerate((0, text.index(". ") + 2)):
        end = text.index(" ", start)
        yield FigureTag(
            start=start, end=end, surface=text[start:end], value=float(end), unit="%", period="2025-Q1",
            indicator="inflasi" if number else None,
        )  # fmt: skip


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _options(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.export", description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000, metavar="N", help="size (default: %(default)s)")
    parser.add_argument("--formats", nargs="+", default=list(SHOWN), choices=list(FORMATS), help="default: %(default)s")
    parser.add_argument("--tables", nargs="+", default=list(TABLES), help="default: %(default)s")
    parser.add_argument("--folder", type=Path, help="keep the archive here, and use what is there")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--check", action="store_true", help=f"exit 1 below {FLOOR} rows/s or above {LIMIT} MB")
    return parser.parse_args(argv)


def _print(results: Sequence[dict[str, Any]]) -> None:
    print(f"{'table':12}{'format':10}{'rows':>12}{'MB':>9}{'s':>9}{'rows/s':>10}{'rows/CPU s':>12}{'peak MB':>9}")
    for found in results:
        print(
            f"{found['table']:12}{found['format']:10}{found['rows']:>12,}{found['megabytes']:>9}{found['seconds']:>9}"
            f"{found['rows_a_second']:>10,}{found['rows_a_cpu_second']:>12,}{found['peak_megabytes']:>9}"
        )


if __name__ == "__main__":
    raise SystemExit(main())
