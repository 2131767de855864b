"""An archive that is written and indexed while its process is killed: does the index ever differ from the database?

``python -m benchmarks.soak_index --rounds 100`` starts a process that stores, edits and withdraws articles as fast as
it can while it brings the index up to date, sends it SIGKILL at a random moment, and looks at what it left behind:
what it said to be committed is there, and the index, once it caught up, has each article as the database has it and
nothing else. PANTAU_DATABASE_URL chooses the database. The exit code is 1 for any fault.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import count
from random import Random

from scraper.config import Config, load_config
from scraper.items import Article
from storage.database import Database
from storage.records.articles import iter_articles, save_article, withdraw_article
from storage.records.changes import last_change
from storage.search.engine import SearchIndex

ROUNDS = 100
LATEST = 1.0
"""Seconds after the first commit at which is killed at the latest."""
BATCH = 5
"""Articles of one commit, at most."""
GONE = -1
"""State of an article that was withdrawn."""
States = dict[int, int]
"""Number of an article -> its edition, or GONE."""


@dataclass(slots=True, kw_only=True)
class Report:
    """What the rounds left behind; the lists must be empty."""

    rounds: int = 0
    amid: int = 0
    """Rounds in which the index was killed before it had everything."""
    articles: int = 0
    lost: list[str] = field(default_factory=list)
    """What was said to be committed and is not there."""
    ahead: list[str] = field(default_factory=list)
    """Indexes that claimed more than the database had."""
    different: list[str] = field(default_factory=list)
    """What the index, having caught up, has otherwise than the database."""
    damage: list[str] = field(default_factory=list)
    """What the database's own check found."""

    @property
    def clean(self) -> bool:
        """True where nothing is wrong."""
        return not (self.lost or self.ahead or self.different or self.damage)


def soak(config: Config, *, rounds: int, seed: str = "1") -> Report:
    """Write and kill so many times; the installation must be empty."""
    report, random, said = Report(), Random(seed), States()
    for _ in range(rounds):
        report.rounds += 1
        said |= _killed(config, random, first=max(said, default=-1) + 1)
        _look(config, said, report)
    return report


def _killed(config: Config, random: Random, *, first: int) -> States:
    """Let a process write for a while and kill it; gives what it said to have committed."""
    place = {"PANTAU_DATA": str(config.data), "PANTAU_DATABASE_URL": config.database_url}
    arguments = [sys.executable, "-m", "benchmarks.soak_index", "--write", str(first), "--seed", str(random.random())]
    with subprocess.Popen(arguments, env={**os.environ, **place}, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        lines = [child.stdout.readline()]
        time.sleep(random.uniform(0, LATEST))
        child.kill()
        lines += child.stdout.read().splitlines(keepends=True)
    whole = [json.loads(line) for line in lines if line.endswith("\n")]
    if not whole:
        raise RuntimeError("the process that writes ended before it had written anything; see above")
    return {int(number): edition for line in whole for number, edition in line.items()}


def _look(config: Config, said: States, report: Report) -> None:
    db = Database.open(config)
    report.damage += db.check()
    index = SearchIndex.open(db, config.data)
    with db.read() as session:
        articles = iter_articles(session, withdrawn=True)
        stored = {found.id: _state(found.article, gone=found.withdrawn_at is not None) for found in articles}
        last = last_change(session)
    states = dict(stored.values())
    report.articles = len(states)
    report.lost += [f"{n}: {states.get(n)}, said {e}" for n, e in said.items() if not _is_reached(states.get(n), e)]
    if index.reach() > last:
        report.ahead.append(f"round {report.rounds}: {index.reach()} of {last}")
    report.amid += index.behind() > 0
    index.catch_up()
    report.different += [f"round {report.rounds}: {text}" for text in _differences(index, stored, last=last)]
    db.close()


def _differences(index: SearchIndex, stored: dict[str, tuple[int, int]], *, last: int) -> Iterator[str]:
    """What an index has otherwise than the database."""
    if (index.reach(), index.behind()) != (last, 0):
        yield f"reaches to {index.reach()} of {last}, {index.behind()} behind"
    living = {key: state for key, state in stored.items() if state[1] != GONE}
    if sorted(index.find_ids("")) != sorted(living):
        yield f"has {len(index.find_ids(''))} articles, the database {len(living)}"
    for key, (number, edition) in living.items():
        if (found := index.find_ids(_word(number, edition))) != [key]:
            yield f"finds {found} by the word of {key}"


def _is_reached(state: int | None, said: int) -> bool:
    """Whether an article is as was said, or as a later commit made it that nobody could tell of any more."""
    return state == GONE or (state is not None and said != GONE and state >= said)


def _state(article: Article, *, gone: bool) -> tuple[int, int]:
    """Number and edition of a stored article."""
    number = int(article.canonical_url.rpartition("/")[2])
    return number, GONE if gone else int(article.text.rpartition("e")[2])


def _word(number: int, edition: int) -> str:
    return f"x{number}e{edition}"


def _write(config: Config, *, first: int, seed: str) -> None:
    """Store, edit and withdraw without end, and say what is committed; the index follows beside it."""
    db = Database.open(config)
    threading.Thread(target=_follow, args=(SearchIndex.open(db, config.data),), daemon=True).start()
    random, states = Random(seed), States()
    new = count(first)
    while True:
        changed = {next(new): 0 for _ in range(random.randint(1, BATCH))}
        if living := [number for number, edition in states.items() if edition != GONE]:
            edited, *withdrawn = random.choices(living, k=random.choice((1, 1, 2)))
            changed |= {edited: states[edited] + 1} | dict.fromkeys(withdrawn, GONE)
        with db.write() as session:
            for number, edition in changed.items():
                if edition == GONE:
                    withdraw_article(session, _article(number, 0).id)
                else:
                    save_article(session, _article(number, edition))
        states |= changed
        print(json.dumps(changed), flush=True)


def _follow(index: SearchIndex) -> None:
    while True:
        index.catch_up()


def _article(number: int, edition: int) -> Article:
    url = f"https://warta.test/{number}"
    return Article(canonical_url=url, url=url, site="warta", title=f"Berita {number}", text=_word(number, edition))


def main(argv: Sequence[str] | None = None) -> int:
    """Run it; prints what was found."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak_index", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often to kill (default: %(default)s)")
    parser.add_argument("--seed", default="1", help="of the moments and of what is written (default: %(default)s)")
    parser.add_argument("--write", type=int, metavar="FIRST", help="be the process that is killed")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(argv)
    if options.write is not None:
        _write(load_config(), first=options.write, seed=options.seed)
    with tempfile.TemporaryDirectory(prefix="pantau-soak-") as folder:
        environ = {**os.environ, "PANTAU_DATA": folder}
        report = soak(load_config(environ=environ), rounds=options.rounds, seed=options.seed)
    print(json.dumps(asdict(report)) if options.json else "\n".join(f"{k:10}{v}" for k, v in asdict(report).items()))
    return 0 if report.clean else 1


if __name__ == "__main__":
    sys.exit(main())
