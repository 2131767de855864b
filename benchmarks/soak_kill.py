"""A crawl that is killed again and again: is anything stored lost, stored twice, or left without its page?

``python -m benchmarks.soak_kill --rounds 200`` crawls the style newsroom in a child process, sends it SIGKILL at a
random moment, looks at everything it left behind, and starts the next one on the same data. Once a crawl comes through
or everything is there, it is compared with an undisturbed crawl, and the next begins from nothing. The exit code is 1
for any fault.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random

from benchmarks.crawl_runs import Workshop
from demo.styles import STYLES
from demo.styles.newsroom import StyleNewsroom
from scraper import clock
from scraper.config import load_config
from scraper.crawl.archive import read_pages
from scraper.errors import InputError
from storage.crawl_store import CrawlStore
from storage.database import Database
from storage.records.articles import iter_articles
from storage.records.runs import runs
from storage.records.stored import StoredArticle

ROUNDS = 100
ARTICLES = 120
DELAY = 0.03
"""Seconds before each answer, so that there is a crawl to be killed."""
LATE = 1.1
"""A child is killed at the latest after so many times an undisturbed crawl; some come through."""
FAULTS = ("lost", "changed", "doubled", "unreadable", "damage", "open_runs", "missing", "strange")


@dataclass(slots=True, kw_only=True)
class Report:
    """What the rounds left behind; all but the first four must be 0."""

    rounds: int = 0
    killed: int = 0
    """Children that were killed; the others came through before."""
    amid: int = 0
    """Of the killed, those that had stored something and not everything."""
    stored: int = 0
    """Articles looked at after a round, over all rounds."""
    lost: int = 0
    """Articles that were there after an earlier round and are gone."""
    changed: int = 0
    """Articles whose text is another than after an earlier round."""
    doubled: int = 0
    """Articles that are there more than once."""
    unreadable: int = 0
    """Rows whose page cannot be read from the archive, or is another one."""
    damage: int = 0
    """Faults that the database's own check finds."""
    open_runs: int = 0
    """Runs of dead processes that the next opening did not close."""
    missing: int = 0
    """Articles of an undisturbed crawl that one without an end did not bring in the end."""
    strange: int = 0
    """Articles that the undisturbed crawl had not."""
    notes: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """True where nothing is wrong."""
        return not any(getattr(self, name) for name in FAULTS)


Found = dict[str, str]
"""Canonical key -> hash of the text."""


class Soak:
    """The newsroom, an undisturbed crawl of it to compare with, and the data that the killed ones write."""

    def __init__(self, folder: Path, newsroom: StyleNewsroom, *, seed: int) -> None:
        self.report = Report()
        self._folder = folder
        self._newsroom = newsroom
        self._random = Random(seed)
        self._generation = 0
        self._before: Found = {}
        whole = Workshop(newsroom=newsroom, folder=folder / "whole")
        whole.add_sources()
        if whole.refused:
            raise RuntimeError(f"sites could not be added: {whole.refused}")
        self._length = whole.crawl().seconds
        self._whole = self._look(whole)
        self._shop = self._afresh()

    def round(self) -> None:
        """One crawl, killed or not, and a look at what it left."""
        self.report.rounds += 1
        self._newsroom.forget_visits()
        child = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.crawl_child"], env=self._shop.environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            self._wait_for_request(child)
            code = child.wait(self._random.uniform(0, LATE * self._length))
        except subprocess.TimeoutExpired:
            child.kill()
            code = child.wait()
        found = self._look(self._shop)
        self._compare(found)
        self._before = found
        self.report.killed += code != 0
        self.report.amid += code != 0 and 0 < len(found) < len(self._whole)
        if code == 0 or len(found) >= len(self._whole):
            self._end(found)

    def finish(self) -> Report:
        """Let the last crawl come through."""
        self._shop.crawl()
        found = self._look(self._shop)
        self._compare(found)
        self._end(found)
        return self.report

    def _wait_for_request(self, child: subprocess.Popen[bytes]) -> None:
        """Before a child asks for anything there is nothing to break."""
        while child.poll() is None and not any(self._newsroom.log.values()):
            time.sleep(0.02)

    def _afresh(self) -> Workshop:
        """Empty data with the same sources."""
        shutil.rmtree(self._folder / f"data-{self._generation}", ignore_errors=True)
        self._generation += 1
        self._before = {}
        shop = Workshop(newsroom=self._newsroom, folder=self._folder / f"data-{self._generation}")
        shutil.copytree(self._folder / "whole" / "sources", shop.folder / "sources")
        return shop

    def _end(self, found: Found) -> None:
        self._note("missing", sorted(self._whole.keys() - found.keys()))
        self._note("strange", sorted(found.keys() - self._whole.keys()))
        self._shop = self._afresh()

    def _compare(self, found: Found) -> None:
        self._note("lost", sorted(self._before.keys() - found.keys()))
        self._note("changed", sorted(key for key in self._before.keys() & found if self._before[key] != found[key]))

    def _look(self, shop: Workshop) -> Found:
        """Everything that is stored, after the checks that need no past."""
        config = load_config(environ=shop.environment)
        db = Database.open(config)
        self._note("damage", db.check())
        with db.read() as session:
            articles = list(iter_articles(session))
        self.report.stored += len(articles)
        self._note("unreadable", [said for article in articles if (said := _unreadable(config.data, article))])
        twice = Counter((article.article.site, article.article.content_hash) for article in articles)
        self._note("doubled", [f"{site} {text}" for (site, text), count in twice.items() if count > 1])
        CrawlStore.open(config).close()
        with db.read() as session:
            self._note("open_runs", [str(run.id) for run in runs(session) if run.outcome is None])
        db.close()
        return {article.article.canonical_url: article.article.content_hash for article in articles}

    def _note(self, fault: str, cases: Sequence[str]) -> None:
        setattr(self.report, fault, getattr(self.report, fault) + len(cases))
        self.report.notes += [f"round {self.report.rounds}: {fault}: {case}" for case in cases]


def _unreadable(data: Path, stored: StoredArticle) -> str:
    """Why a row's page cannot be read; empty where it can."""
    if stored.page is None:
        return f"{stored.id} has no page"
    try:
        first = read_pages(data, stored.page)[0]
    except InputError as error:
        return str(error)
    return (
        "" if first.url in stored.urls or stored.article.title.encode() in first.body else f"{stored.id}: {first.url}"
    )


def soak(
    folder: Path, *, rounds: int = ROUNDS, articles: int = ARTICLES, styles: Sequence[str] = STYLES, seed: int = 1
) -> Report:
    """Crawl and kill so many times; ``folder`` must be empty."""
    with StyleNewsroom.start(now=clock.now(), styles=styles, articles=articles) as newsroom:
        for faults in newsroom.faults.values():
            faults.delay = DELAY
        work = Soak(folder, newsroom, seed=seed)
        for _ in range(rounds):
            work.round()
        return work.finish()


def main(argv: Sequence[str] | None = None) -> int:
    """Run it; prints what was found."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak_kill", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="crawls to start (default: %(default)s)")
    parser.add_argument("--articles", type=int, default=ARTICLES, help="of all sites together (default: %(default)s)")
    parser.add_argument("--style", action="append", choices=STYLES, help="only these styles; may be repeated")
    parser.add_argument("--seed", type=int, default=1, help="of the moments at which is killed (default: %(default)s)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="pantau-soak-") as folder:
        report = soak(
            Path(folder), rounds=options.rounds, articles=options.articles, styles=options.style or STYLES,
            seed=options.seed,
        )  # fmt: skip
    if options.json:
        print(json.dumps(asdict(report)))
    else:
        print("\n".join(f"{name:11}{value}" for name, value in asdict(report).items() if name != "notes"))
        print("\n".join(report.notes))
    return 0 if report.clean else 1


if __name__ == "__main__":
    sys.exit(main())
