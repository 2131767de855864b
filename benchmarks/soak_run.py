"""The whole of ``pantau run`` killed again and again: is a job or an article lost, does anything run twice or stay?

``python -m benchmarks.soak_run --rounds 50`` starts it on the demonstration's newsroom, asks for crawls of all sources,
tagging and a copy of the database, sends SIGKILL to the parent or to the whole tree at a random moment, and looks
at what is left: no process may live on, no two of one job may ever run at once, no article may be gone or doubled.
In the end one is left alone and has to finish everything. The exit code is 1 for any fault.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random

from demo.newsroom import SITES, Newsroom
from pantau.jobs.submit import submit
from scraper.clock import now, today
from scraper.config import Config, load_config
from storage.database import Database
from storage.records.articles import iter_articles
from storage.records.job_history import list_jobs
from storage.records.jobs import ATTEMPTS, LOST, OPEN

LATEST = 6.0
"""Seconds after which a tree is killed at the latest, counted from its start or from its first job."""
IN_WORK = 0.5
"""Share of the rounds in which a job runs before the time is counted."""
ENDED = 10.0
"""Seconds in which what was orphaned has to end."""
PATIENCE = 180.0
WORK = (*(("crawl", name) for name in SITES), ("tag", ""), ("backup", ""))


@dataclass(slots=True, kw_only=True)
class Report:
    """What was found; all but the numbers must be empty."""

    rounds: int = 0
    hits: int = 0
    """Rounds in which jobs were running when it was killed."""
    jobs: int = 0
    """Jobs that were run to their end."""
    orphans: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    damage: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """True where nothing is wrong."""
        return not (self.orphans or self.twice or self.lost or self.doubled or self.damage)


class Watch:
    """Looks at all processes of an installation while it lives: two with the same job are a fault."""

    def __init__(self, data: Path, report: Report) -> None:
        self._data, self._report = data, report
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Look no more."""
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(0.05):
            leaders = [line for number, line in processes(self._data) if leads(number)]
            counted = Counter(work for line in leaders if (work := job_of(line)))
            self._report.twice += [work for work, count in counted.items() if count > 1]


def processes(data: Path) -> list[tuple[int, list[str]]]:
    """Number and command line of each process that was started for this data folder."""
    mark, found = f"PANTAU_DATA={data}".encode(), []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (folder / "environ").read_bytes().split(b"\0"):
                found.append((int(folder.name), (folder / "cmdline").read_text().split("\0")[:-1]))
        except OSError:  # it has ended meanwhile
            continue
    return [(number, line) for number, line in found if line and number != os.getpid()]


def leads(number: int) -> bool:
    """Whether a process leads its group, as each job does: what a job forks looks like it for a moment."""
    try:
        return os.getpgid(number) == number
    except ProcessLookupError:
        return False


def job_of(line: Sequence[str]) -> str:
    """The command of a job's process, without its number; empty for others."""
    return " ".join(line[line.index("--job") + 2 :]) if "--job" in line else ""


class Soak:
    """One installation that is killed over and over."""

    def __init__(self, folder: Path, *, seed: int) -> None:
        self.report = Report()
        environ = {"PANTAU_DATA": str(folder), "PANTAU_CONTACT": "a@kantor.test", "PANTAU_BACKUPS": "2"}
        self._environ = {**os.environ, **environ}
        self.config: Config = load_config(environ=environ, file=folder / "none.toml")
        self._db, self._random = Database.open(self.config), Random(seed)
        self._stored: set[str] = set()

    def round(self) -> None:
        """Ask for work, start, kill, look."""
        self.report.rounds += 1
        for name, key in WORK:
            submit(self._db, name, key=key, asked_by="soak")
        run = self._start()
        if self._random.random() < IN_WORK:
            self._wait_for_work(run)
        time.sleep(self._random.uniform(0.3, LATEST))
        living = processes(self.config.data)
        self.report.hits += any(job_of(line) for _, line in living)
        tree = [number for number, _ in living] if self._random.random() < 0.5 else [run.pid]
        for number in tree:
            try:
                os.kill(number, signal.SIGKILL)
            except ProcessLookupError:  # it has ended meanwhile
                continue
        run.wait()
        self._wait_for_orphans()
        self._compare()

    def finish(self) -> Report:
        """Let one come through, and look whether all that was asked for was done."""
        run, limit = self._start(), time.monotonic() + PATIENCE
        while self._left() and time.monotonic() < limit:
            time.sleep(0.5)
        run.terminate()
        run.wait(60)
        self.report.lost += [f"job {job} was never done" for job in self._left()]
        with self._db.read() as session:
            ended = list_jobs(session, limit=100_000)
        self.report.jobs = sum(job.state == "done" for job in ended)
        wrong = [job for job in ended if job.state == "failed" and job.name in {name for name, _ in WORK}]
        given_up = [job for job in wrong if job.message == LOST and job.attempts == ATTEMPTS]
        self.report.lost += [f"job {job.id} {job.name}: {job.message}" for job in wrong if job not in given_up]
        self._wait_for_orphans()
        self._compare()
        self._db.close()
        return self.report

    def _start(self) -> subprocess.Popen[bytes]:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = str(free.getsockname()[1])
        command = [sys.executable, "-m", "pantau", "run", "--port", port]
        return subprocess.Popen(command, env=self._environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def _wait_for_work(self, run: subprocess.Popen[bytes]) -> None:
        """Until a job runs: on a busy machine most moments would else fall before the first one."""
        limit = time.monotonic() + PATIENCE
        while not any(job_of(line) for _, line in processes(self.config.data)):
            if run.poll() is not None or time.monotonic() > limit:
                return
            time.sleep(0.05)

    def _left(self) -> list[int]:
        with self._db.read() as session:
            return [job.id for job in list_jobs(session, states=OPEN, limit=1000) if job.asked_by == "soak"]

    def _wait_for_orphans(self) -> None:
        limit = time.monotonic() + ENDED
        while processes(self.config.data) and time.monotonic() < limit:
            time.sleep(0.1)
        self.report.orphans += [" ".join(line) for _, line in processes(self.config.data)]

    def _compare(self) -> None:
        self.report.damage += self._db.check()
        with self._db.read() as session:
            articles = [(found.article.canonical_url, found.article.content_hash) for found in iter_articles(session)]
        found = {url for url, _ in articles}
        self.report.lost += sorted(self._stored - found)
        self.report.doubled += [text for text, count in Counter(url for url, _ in articles).items() if count > 1]
        self._stored = found


def soak(folder: Path, *, rounds: int, seed: int = 1) -> Report:
    """Kill so many times; ``folder`` must be empty."""
    with Newsroom.start(today().date(), now=now(), port=0) as newsroom:
        newsroom.write_sources(folder)
        work = Soak(folder, seed=seed)
        watch = Watch(folder, work.report)
        try:
            for _ in range(rounds):
                work.round()
            return work.finish()
        finally:
            watch.stop()


def main(argv: Sequence[str] | None = None) -> int:
    """Run it; prints what was found."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak_run", description=__doc__)
    parser.add_argument("--rounds", type=int, default=50, help="how often to kill (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of the moments at which is killed (default: %(default)s)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="pantau-soak-") as folder:
        report = soak(Path(folder), rounds=options.rounds, seed=options.seed)
    print(json.dumps(asdict(report)) if options.json else "\n".join(f"{k:9}{v}" for k, v in asdict(report).items()))
    return 0 if report.clean else 1


if __name__ == "__main__":
    sys.exit(main())
