"""How much of sites that nobody described is found, with how many requests, how politely, how fast, in what memory.

``python -m benchmarks.crawl`` puts the style newsroom on the air, adds each of its sites by ``pantau sources add``,
crawls all of them, again with nothing new, and again after five percent growth; then it fetches the same articles with
a plain Scrapy spider that runs trafilatura, with and without a pool of processes. ``--faults`` lets every site fail in
its own ways. ``--memory`` watches one crawl of 5,000 articles. ``--check`` exits with 1 where a figure is missed.
"""

from __future__ import annotations

import argparse
import json
import operator
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.crawl_runs import Run, Workshop
from benchmarks.crawl_score import harvest, list_requests, manners
from demo.faults.mix import dealt
from demo.styles import STYLE_CLASSES, STYLES
from demo.styles.newsroom import ARTICLES, Expected, StyleNewsroom
from scraper import clock

Figures = dict[str, Any]
GROWTH = 5.0
MEMORY_ARTICLES = 5000
ROUNDS = 3
UNDELAYED = tuple(style.key for style in STYLE_CLASSES if "Crawl-delay" not in style.robots)
TOTAL = "total"
LIMITS: dict[str, tuple[str, float]] = {
    "found_share": (">=", 0.99),
    "cut_share": (">=", 1.0),
    "twice": ("<=", 0),
    "junk": ("<=", 0),
    "requests_per_article": ("<=", 1.5),
    "again_requests": ("<=", 3),
    "grown_share": (">=", 1.0),
    "requests_per_new": ("<=", 3),
    "forbidden": ("<=", 0),
    "hasty": ("<=", 0),
    "strangers": ("<=", 0),
    "speed_plain": (">=", 1.0),
    "speed_pool": (">=", 0.8),
    "memory_mb": ("<=", 400),
    "memory_growth": ("<=", 1.25),
}
"""What ``--check`` asks of the totals."""
FAULTY = {"found_share": (">=", 0.98)} | {
    name: LIMITS[name] for name in ("twice", "junk", "forbidden", "hasty", "strangers")
}
"""The same where every site fails in its own ways: nobody says how many requests faults cost."""
_SIGNS = {">=": operator.ge, "<=": operator.le}
_SUMS = (
    "reachable", "found", "whole", "cut", "cut_whole", "twice", "junk", "requests", "probe_requests", "again_rereads",
    "grown", "grown_found", "grown_requests", "forbidden", "hasty",
)  # fmt: skip
_COLUMNS = (
    "reachable", "found", "whole", "cut", "cut_whole", "twice", "junk", "requests", "requests_per_article",
    "probe_requests", "again_requests", "again_rereads", "grown", "grown_found", "requests_per_new", "forbidden",
    "hasty", "at_once",
)  # fmt: skip


def main(argv: Sequence[str] | None = None) -> int:
    """Run the benchmark; the exit code is 1 only where ``--check`` finds a figure missed."""
    options = _options(argv)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="pantau-crawl-")))
        if options.memory:
            figures = {TOTAL: measure_memory(folder, articles=options.articles or MEMORY_ARTICLES)}
        else:
            articles = options.articles or ARTICLES
            figures = measure(folder, styles=options.style, articles=articles, faults=options.faults)
            if not options.faults and not options.no_rivals:
                figures[TOTAL] |= measure_speed(folder / "speed", styles=options.style, articles=articles)
    print(json.dumps(figures, indent=1)) if options.json else _print(figures, worst=options.worst)
    return _check(figures[TOTAL], faults=options.faults) if options.check else 0


def measure(folder: Path, *, styles: Sequence[str], articles: int, faults: bool) -> dict[str, Figures]:
    """Figures of each style and of all together: three crawls of sites that were added without a profile."""
    with StyleNewsroom.start(now=clock.now(), styles=styles, articles=articles) as newsroom:
        if faults:
            for place, style in enumerate(styles):
                for name in dealt(place):
                    newsroom.faults[style].turn_on(name)
        shop = Workshop(newsroom=newsroom, folder=folder / "pantau")
        shop.add_sources()
        figures: dict[str, Figures] = {style: {"refused": shop.refused.get(style, "")} for style in styles}
        for style in styles:
            figures[style]["probe_requests"] = len(newsroom.log[style])
        _first(shop, shop.crawl(), figures)
        _again(shop, shop.crawl(), figures)
        grown = newsroom.grow(GROWTH)
        _grown(shop, shop.crawl(), figures, grown)
        figures[TOTAL] = _totals(figures)
        strangers = len(shop.stored()[""]) + len(newsroom.outside.log)
        figures[TOTAL] |= {"strangers": strangers}
    return figures


def _first(shop: Workshop, run: Run, figures: dict[str, Figures]) -> None:
    stored = shop.stored()
    for style, expected in shop.newsroom.expected.items():
        found = harvest(expected, stored[style])
        requests = len(shop.newsroom.log[style])
        figures[style] |= asdict(found) | {"requests": requests, "requests_per_article": _per(requests, found.found)}
        figures[style] |= {"seconds": run.seconds, "faults": shop.newsroom.faults[style].on}
        _note_manners(shop, figures)


def _again(shop: Workshop, run: Run, figures: dict[str, Figures]) -> None:
    for style, expected in shop.newsroom.expected.items():
        visits = shop.newsroom.log[style]
        lists = list_requests(visits, origin=shop.newsroom.origins[style], expected=expected)
        figures[style] |= {"again_requests": lists, "again_rereads": len(visits) - lists}
    _note_manners(shop, figures)


def _grown(shop: Workshop, run: Run, figures: dict[str, Figures], grown: dict[str, list[Expected]]) -> None:
    stored = shop.stored()
    for style, expected in shop.newsroom.expected.items():
        origin, visits = shop.newsroom.origins[style], shop.newsroom.log[style]
        new = [article for article in expected if article.number in {made.number for made in grown[style]}]
        found = harvest(new, stored[style])
        old = [article for article in expected if article not in new]
        requests = list_requests(visits, origin=origin, expected=old)
        figures[style] |= {"grown": found.reachable, "grown_found": found.found, "grown_requests": requests}
        figures[style]["requests_per_new"] = _per(requests, found.found)
        whole = harvest(expected, stored[style])
        for name in ("twice", "junk"):
            figures[style][name] = max(figures[style][name], getattr(whole, name))
        figures[style]["strays"] = whole.strays
    _note_manners(shop, figures)


def _note_manners(shop: Workshop, figures: dict[str, Figures]) -> None:
    """The worst of all runs so far."""
    for style, visits in shop.newsroom.log.items():
        site = shop.newsroom.site(style)
        robots = site.robots.format(origin=site.origin)
        for name, value in asdict(manners(visits, origin=site.origin, robots=robots)).items():
            figures[style][name] = max(figures[style].get(name, 0), value)


def _totals(figures: dict[str, Figures]) -> Figures:
    total: Figures = {name: sum(row[name] for row in figures.values()) for name in _SUMS}
    total |= {name: max(row[name] for row in figures.values()) for name in ("again_requests", "at_once")}
    total["found_share"] = _per(total["found"], total["reachable"])
    total["cut_share"] = _per(total["cut_whole"], total["cut"])
    total["grown_share"] = _per(total["grown_found"], total["grown"])
    total["requests_per_article"] = _per(total["requests"], total["found"])
    total["requests_per_new"] = _per(total["grown_requests"], total["grown_found"])
    return total


def measure_speed(folder: Path, *, styles: Sequence[str], articles: int, rounds: int = ROUNDS) -> Figures:
    """Articles a second beside both rivals, on the sites that ask for no delay: the median of a few rounds.

    What else the machine does meanwhile falls on all three alike.
    """
    chosen = [style for style in styles if style in UNDELAYED]
    with StyleNewsroom.start(now=clock.now(), styles=chosen, articles=articles, seed=2) as newsroom:
        newsroom.warm()
        first = Workshop(newsroom=newsroom, folder=folder / "0")
        first.add_sources()
        shops = [first, *(first.copy(folder / str(number)) for number in range(1, rounds))]
        urls = [a.url for expected in newsroom.expected.values() for a in expected if a.reachable]
        measured = [_speeds(shop, urls) for shop in shops]
    figures = {name: median(row[name] for row in measured) for name in measured[0]}
    return {name: round(value, 4) for name, value in figures.items()}


def _speeds(shop: Workshop, urls: Sequence[str]) -> Figures:
    """One round."""
    run = shop.crawl()
    rows = sum(map(len, shop.stored().values()))
    figures = {"articles_per_second": rows / run.seconds, "cpu_per_article": run.cpu / max(1, rows)}
    for kind in ("plain", "pool"):
        rival = shop.rival(kind, urls)
        read = len(rival.output.splitlines())
        figures |= {f"{kind}_per_second": read / rival.seconds, f"{kind}_cpu_per_article": rival.cpu / read}
        figures[f"speed_{kind}"] = figures["articles_per_second"] / figures[f"{kind}_per_second"]
    return figures


def measure_memory(folder: Path, *, articles: int) -> Figures:
    """Peak memory of one crawl of many articles, and whether it stays flat."""
    with StyleNewsroom.start(now=clock.now(), styles=UNDELAYED, articles=articles) as newsroom:
        shop = Workshop(newsroom=newsroom, folder=folder / "memory")
        shop.add_sources()
        run = shop.crawl()
        rows = sum(map(len, shop.stored().values()))
        pages = sum(map(len, newsroom.log.values()))
    return {
        "rows": rows,
        "pages": pages,
        "seconds": round(run.seconds, 1),
        "articles_per_second": round(rows / run.seconds, 2),
        "memory_mb": round(run.memory, 1),
        "memory_growth": round(run.growth, 3),
    }


def _per(part: float, whole: float) -> float:
    return round(part / whole, 4) if whole else 0.0


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crawl", description=__doc__)
    parser.add_argument("--faults", action="store_true", help="let every site fail in its own ways")
    parser.add_argument("--memory", action="store_true", help=f"watch one crawl of {MEMORY_ARTICLES:,} articles")
    parser.add_argument("--articles", type=int, metavar="N", help=f"of all sites together (default: {ARTICLES})")
    parser.add_argument("--style", action="append", choices=STYLES, help="these only, more than one allowed")
    parser.add_argument("--no-rivals", action="store_true", help="leave the rivals out")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="list N missed and stray addresses a style")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--check", action="store_true", help="compare with the figures to reach; exit 1 on a miss")
    options = parser.parse_args(argv)
    options.style = options.style or list(STYLES)
    return options


def _print(figures: dict[str, Figures], *, worst: int) -> None:
    rows = {style: row for style, row in figures.items() if style != TOTAL}
    if rows:
        print(f"{'style':16}" + "".join(f" {name.replace('requests', 'req')[:11]:>11}" for name in _COLUMNS))
    for style, row in (*rows.items(), (TOTAL, figures[TOTAL])):
        if rows:
            print(f"{style:16}" + "".join(f" {row[name]:>11.4g}" if name in row else f" {'':>11}" for name in _COLUMNS))
        for name in ("missed", "strays"):
            for url in row.get(name, ())[:worst]:
                print(f"  {name[:6]} {url}")
        if row.get("refused"):
            print(f"  not added: {row['refused']}")
    for name, value in figures[TOTAL].items():
        if name not in _COLUMNS or not rows:
            print(f"{name.replace('_', ' '):24} {value:.4g}")


def _check(total: Figures, *, faults: bool) -> int:
    limits = FAULTY if faults else LIMITS
    misses = [
        f"{name} is {total[name]:.4g}, not {sign} {limit:g}"
        for name, (sign, limit) in limits.items()
        if name in total and not _SIGNS[sign](total[name], limit)
    ]
    print("\n".join(misses) or "crawl: no figure missed", file=sys.stderr)
    return 1 if misses else 0


if __name__ == "__main__":
    raise SystemExit(main())
