"""Runs the crawl and its rivals as child processes against a style newsroom, and clocks them."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchmarks.memory import MemoryWatch
from demo.styles.newsroom import StyleNewsroom
from scraper.config import load_config
from scraper.items import Article
from storage.database import Database
from storage.records.articles import iter_articles

LIMIT = 3600
"""Seconds after which a child is given up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One child that has ended."""

    seconds: float
    """From the first request that a site got to the child's end."""
    cpu: float
    """Seconds of processor time of the child and its children."""
    output: str
    memory: float
    """Megabytes at most, of the child and its children together; 0 where the system does not tell."""
    growth: float
    """How many times the memory of the second quarter the last quarter took."""


@dataclass(slots=True, kw_only=True)
class Workshop:
    """A newsroom on the air and the folder of an installation that follows it."""

    newsroom: StyleNewsroom
    folder: Path
    refused: dict[str, str] = field(default_factory=dict)
    """Styles that could not be added, with what was said."""

    @property
    def environment(self) -> dict[str, str]:
        """The environment of the children."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PANTAU_")}
        return kept | {"PANTAU_DATA": str(self.folder), "PANTAU_CONFIG": str(self.folder / "none.toml")}

    def add_sources(self) -> None:
        """``pantau sources add URL --yes`` for every site; who cannot be added is noted."""
        self.folder.mkdir(parents=True, exist_ok=True)
        Database.open(load_config(environ=self.environment))
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            refusals = pool.map(self._add, self.newsroom.origins.values())
        self.refused |= {style: said for style, said in zip(self.newsroom.origins, refusals, strict=True) if said}

    def copy(self, folder: Path) -> Workshop:
        """Another installation that follows the same sources and has crawled nothing."""
        shop = replace(self, folder=folder)
        folder.mkdir(parents=True)
        shutil.copytree(self.folder / "sources", folder / "sources")
        Database.open(load_config(environ=shop.environment))
        return shop

    def _add(self, origin: str) -> str:
        """Add one site; what was said where it could not be added."""
        command = [sys.executable, "-m", "pantau", "sources", "add", f"{origin}/", "--yes"]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=LIMIT)
        return (done.stderr or done.stdout).strip()[-300:] if done.returncode else ""

    def crawl(self) -> Run:
        """Crawl all sources side by side; the newsroom's logs hold this run only."""
        self.newsroom.forget_visits()
        return self._run("benchmarks.crawl_child")

    def rival(self, kind: str, urls: Sequence[str]) -> Run:
        """Fetch the addresses with a rival, ``plain`` or ``pool``."""
        self.newsroom.forget_visits()
        given, out = self.folder / f"{kind}.txt", self.folder / f"{kind}.jsonl"
        given.write_text("\n".join(urls), encoding="utf-8")
        run = self._run("benchmarks.crawl_rivals", kind, str(given), str(out))
        return replace(run, output=out.read_text(encoding="utf-8"))

    def stored(self) -> dict[str, list[Article]]:
        """Style -> the rows whose address lies there; rows of strangers stand under an empty name."""
        config = load_config(environ=self.environment)
        styles = {origin: style for style, origin in self.newsroom.origins.items()}
        found: dict[str, list[Article]] = {style: [] for style in (*styles.values(), "")}
        with Database.open(config).read() as session:
            for row in iter_articles(session):
                url = row.article.url or row.article.canonical_url
                found[styles.get("/".join(url.split("/")[:3]), "")].append(row.article)
        return found

    def _run(self, module: str, *arguments: str) -> Run:
        before = _cpu_of_children()
        with (self.folder / "child.log").open("w+b") as log:
            child = subprocess.Popen(
                [sys.executable, "-m", module, *arguments], env=self.environment, stdout=log, stderr=subprocess.STDOUT
            )
            watch = MemoryWatch(child)
            watch.wait()
            ended = time.monotonic()
            log.seek(0)
            output = log.read().decode("utf-8", "replace")
        if child.returncode:
            raise RuntimeError(f"{module} failed: {output[-2000:]}")
        begun = min((visit.begun for visits in self.newsroom.log.values() for visit in visits), default=ended)
        cpu = _cpu_of_children() - before
        return Run(seconds=ended - begun, cpu=cpu, output=output, memory=watch.peak, growth=watch.growth)


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
