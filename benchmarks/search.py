"""How fast the archive is filled and asked, at any size, beside SQLite FTS5 with SQL and a plain tantivy index.

``python -m benchmarks.search --articles N`` makes an archive up, stores, tags and indexes it as import and tagging do,
and asks questions of known selectivity: words of about 75 articles (rare), of 10 to 25 % (common) and of most articles
(very common). A time is that of one process, warm, each question asked three times and its middle time taken; p95 is
over the questions of a kind. ``--folder`` keeps the archive and uses it again. ``--check`` exits with 1 where a time is
over its limit, or where the archive has at least 200,000 articles and is not as much faster than FTS5, or as near to
tantivy, as it has to be. ``tantivy`` is asked for one plain word in one field, whose best hits it finds without looking
at the others; ``alike`` is the same index asked for what our page shows: any form of the word, more for the title, and
the exact total. Ranked search is held against the latter, facets against the former; both are printed.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.search_clients import many_clients, private_megabytes
from benchmarks.search_ours import Filled, Ours
from benchmarks.search_rivals import AlikeTantivy, Fts5, PlainTantivy
from benchmarks.synthetic import COMMON, LAST_DAY, VERY_COMMON, Archive

SMALL = 10_000
"""Articles of the archive from which growth is measured."""
LARGE = 200_000
"""Articles from which ratios are checked: in a small archive the fixed cost of an answer is most of it."""
FASTER_THAN_FTS5, TIMES_TANTIVY = 15.0, 2.0
TANTIVY = "tantivy-stems"
"""Folder of that index."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Questions of one kind."""

    name: str
    method: str
    """What an engine is asked."""
    limit: float
    """Milliseconds that p95 may take."""
    arguments: list[tuple[Any, ...]]
    ratios: bool = False
    """Whether the ratios to the rivals are checked."""


def main(argv: list[str] | None = None) -> int:
    """Run the benchmark; the exit code is 1 only where ``--check`` finds a figure outside its limit."""
    options = _options(argv)
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        results = measure(Archive(options.articles), folder, rivals=not options.alone, seconds=options.seconds)
    print(json.dumps(results, indent=1)) if options.json else _print(results)
    return check(results) if options.check else 0


def measure(archive: Archive, folder: Path, *, rivals: bool, seconds: float) -> dict[str, Any]:
    """All figures for an archive; what lies in the folder from an earlier run is used again."""
    kinds = kinds_of(archive)
    small, _ = _ours(Archive(min(SMALL, archive.articles)), folder / "small")
    ours, filled = _ours(archive, folder / "ours")
    times: dict[str, dict[str, list[float]]] = {"small": _ask(small, kinds), "pantau": _ask(ours, kinds)}
    results: dict[str, Any] = {"articles": archive.articles}
    if filled:
        results["filling"] = _filling(filled, archive.articles)
    if rivals:
        times |= {"fts5": _ask(_fts5(archive, folder), kinds), "tantivy": _ask(_tantivy(archive, folder), kinds)}
        times["alike"] = _ask(AlikeTantivy(folder / TANTIVY), [kind for kind in kinds if kind.method == "ranked"])
    results["questions"] = {kind.name: _figures(kind, times) for kind in kinds}
    results["freshness_seconds"] = round(ours.freshness(_newest(archive)), 3)
    results["private_megabytes"] = private_megabytes(folder / "ours", list(COMMON))
    mixed = [(kind.method, *arguments) for kind in kinds for arguments in kind.arguments[:6] if kind.method != "page"]
    results["clients"] = {"pantau": many_clients(Ours, folder / "ours", mixed, seconds=seconds)}
    if rivals:
        known = [question for question in mixed if question[0] != "compare"]
        clients = results["clients"]
        clients["pantau, what the others know"] = many_clients(Ours, folder / "ours", known, seconds=seconds)
        clients["fts5"] = many_clients(Fts5, folder / "fts5.db", known, seconds=seconds)
        clients["tantivy"] = many_clients(PlainTantivy, folder / TANTIVY, known, seconds=seconds)
    return results


def kinds_of(archive: Archive) -> list[Kind]:
    """The questions, the same for every engine."""
    rng = random.Random(11)
    rare, common, very = [(w,) for w in archive.rare], [(w,) for w in COMMON], [(w,) for w in VERY_COMMON]
    pairs = [tuple(rng.sample(list(COMMON), 2)) for _ in range(12)]
    people = [(name,) for name in (*archive.officials[:8], *rng.sample(archive.officials, 12))]
    years = [LAST_DAY.year - 1 - number % 8 for number in range(20)]
    filtered = [(name, year, rng.choice(list(COMMON))) for (name,), year in zip(people, years, strict=True)]
    fours = [tuple(rng.sample(list(COMMON), 4)) for _ in range(20)]
    return [
        Kind("rare term, top 20", "ranked", 4, rare),
        Kind("common term, top 20", "ranked", 15, common, ratios=True),
        Kind("very common term, top 20", "ranked", 40, very),
        Kind("facet, common", "facet", 20, common, ratios=True),
        Kind("facet, very common", "facet", 40, very, ratios=True),
        Kind("months, common", "months", 10, common),
        Kind("months, very common", "months", 25, very),
        Kind("official, year and term", "filtered", 15, filtered),
        Kind("boolean", "boolean", 15, fours),
        Kind("phrase of a name", "phrase", 15, people),
        Kind("two by day, with bursts", "compare", 30, pairs),
        Kind("the whole page", "page", 60, common),
    ]


def percentile(values: Sequence[float], part: float) -> float:
    """The value under which that part of the values lies, by nearest rank."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)]


def check(results: dict[str, Any]) -> int:
    """Print each figure outside its limit; 1 where there is one."""
    wrong = []
    for name, found in results["questions"].items():
        if found["pantau_p95"] > found["limit"]:
            wrong.append(f"{name}: {found['pantau_p95']} ms is over {found['limit']} ms")
        if results["articles"] >= LARGE and found["checked"]:
            if found.get("faster_than_fts5", FASTER_THAN_FTS5) < FASTER_THAN_FTS5:
                wrong.append(f"{name}: only {found['faster_than_fts5']} times as fast as FTS5")
            peer = "alike" if "times_alike" in found else "tantivy"
            if found.get(f"times_{peer}", 0.0) > TIMES_TANTIVY:
                wrong.append(f"{name}: {found[f'times_{peer}']} times the time of {peer}")
    print("\n".join(wrong) or "search: no figure outside its limit", file=sys.stderr)
    return 1 if wrong else 0


def _ours(archive: Archive, folder: Path) -> tuple[Ours, Filled | None]:
    is_new = not (folder / "pantau.db").exists()
    folder.mkdir(parents=True, exist_ok=True)
    ours = Ours(folder)
    filled = ours.fill(archive) if is_new else None
    ours.index.catch_up()
    return ours, filled


def _fts5(archive: Archive, folder: Path) -> Fts5:
    path = folder / "fts5.db"
    return Fts5(path) if path.exists() else Fts5.build(path, archive)


def _tantivy(archive: Archive, folder: Path) -> PlainTantivy:
    path = folder / TANTIVY
    return PlainTantivy(path) if path.exists() else PlainTantivy.build(path, archive)


def _ask(engine: Any, kinds: Sequence[Kind]) -> dict[str, list[float]]:
    """Kind -> milliseconds of each of its questions; kinds that an engine does not know are left out."""
    return {
        kind.name: [_time(getattr(engine, kind.method), arguments) for arguments in kind.arguments]
        for kind in kinds
        if hasattr(engine, kind.method)
    }


def _time(ask: Callable[..., int], arguments: tuple[Any, ...]) -> float:
    ask(*arguments)
    times = []
    for _ in range(3):
        started = time.perf_counter()
        ask(*arguments)
        times.append((time.perf_counter() - started) * 1000)
    return sorted(times)[1]


def _figures(kind: Kind, times: dict[str, dict[str, list[float]]]) -> dict[str, Any]:
    found: dict[str, Any] = {"limit": kind.limit, "checked": kind.ratios}
    for engine, by_kind in times.items():
        if kind.name in by_kind:
            values = by_kind[kind.name]
            found |= {
                f"{engine}_{name}": round(percentile(values, part), 2) for name, part in (("p50", 0.5), ("p95", 0.95))
            }
    found["growth"] = round(found["pantau_p50"] / max(found["small_p50"], 0.01), 1)
    if "fts5_p95" in found:
        found["faster_than_fts5"] = round(found["fts5_p95"] / max(found["pantau_p95"], 0.01), 1)
        found |= {
            f"times_{peer}": round(found["pantau_p95"] / max(found[f"{peer}_p95"], 0.01), 1)
            for peer in ("tantivy", "alike")
            if f"{peer}_p95" in found
        }
    return found


def _filling(filled: Filled, articles: int) -> dict[str, float]:
    return {
        "ingest_with_index_a_second": round(articles / filled.seconds),
        "index_a_cpu_second": round(articles / filled.index_cpu_seconds),
        "database_bytes_an_article": round(filled.database_bytes / articles),
        "index_bytes_an_article": round(filled.index_bytes / articles),
    }


def _newest(archive: Archive) -> Any:
    """An article that is not in the archive yet; another one each time, since an archive may be kept."""
    article, _ = next(islice(iter(Archive(1, seed=int(time.time()))), 1))
    return article


def _options(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search", description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000, metavar="N", help="size (default: %(default)s)")
    parser.add_argument("--seconds", type=float, default=3.0, help="time of the eight clients (default: %(default)s)")
    parser.add_argument("--folder", type=Path, help="keep the archive here, and use what is there")
    parser.add_argument("--alone", action="store_true", help="without the rivals")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--check", action="store_true", help="exit 1 where a figure is outside its limit")
    options = parser.parse_args(argv)
    if options.articles < 1_000:
        parser.error("--articles is at least 1000, so that words can be rare and common")
    return options


def _print(results: dict[str, Any]) -> None:
    columns = ["small_p50", "pantau_p50", "pantau_p95", "limit", "growth", "fts5_p95", "tantivy_p95"]
    columns += ["alike_p95", "faster_than_fts5", "times_tantivy", "times_alike"]
    print(f"{results['articles']:,} articles; milliseconds")
    print(f"{'':26}" + "".join(f" {name.replace('_', ' '):>16}" for name in columns))
    for name, found in results["questions"].items():
        print(f"{name:26}" + "".join(f" {found.get(column, '-'):>16}" for column in columns))
    for name, value in results.items():
        if name not in ("articles", "questions"):
            print(f"{name.replace('_', ' ')}: {value}")


if __name__ == "__main__":
    raise SystemExit(main())
