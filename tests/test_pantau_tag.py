"""``pantau tag``: one process or several, broken off and started again, rows of a file."""

from __future__ import annotations

import json
import signal
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from processes import environment, pantau, running, say, until
from sqlalchemy import text

from pantau.cli import tagging
from pantau.cli.tagging import tag_archive
from pantau.cli.workspace import Workspace
from scraper.config import Config
from scraper.rows import from_row
from storage.database import Database
from storage.records.bulk import save_articles
from storage.records.tags import OUTDATED

GOLD = Path(__file__).parent / "gold" / "own.jsonl"
TABLES = ("people", "mentions", "programs", "figures", "quotes", "places", "orgs", "topics", "office_mentions")


def rows(times: int = 1) -> list[dict[str, Any]]:
    gold = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    return [
        {"title": row["title"], "text": row["text"], "published": row["published"], "url": f"https://{n}.test/{copy}"}
        for copy in range(times)
        for n, row in enumerate(gold)
    ]


def fill(db: Database, times: int = 1) -> int:
    articles = [from_row(row) for row in rows(times)]
    with db.write() as session:
        save_articles(session, articles)
    return len(articles)


def tags(db: Database) -> dict[str, list[str]]:
    """All rows of tags without their numbers, which tell only in which order they were written."""
    found = {}
    with db.read() as session:
        for table in TABLES:
            kept = session.execute(text(f"SELECT * FROM {table}")).mappings()
            found[table] = sorted(repr({k: v for k, v in row.items() if k != "id"}) for row in kept)
    return found


def versions(db: Database) -> Counter[str | None]:
    with db.read() as session:
        return Counter(session.scalars(text("SELECT tag_version FROM articles")).all())


@pytest.mark.slow
def test_several_processes_give_the_tags_of_one(sqlite: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tagging, "BATCH", 7)
    workspace = Workspace(sqlite, Database.open(sqlite))
    wanted, counts = fill(workspace.db), Counter[str]()
    version = tag_archive(workspace, jobs=2, counts=counts)
    beside = tags(workspace.db)
    assert all(beside.values())
    assert (counts, versions(workspace.db)) == ({"tagged": wanted, "failed": 0}, {version: wanted})
    tag_archive(workspace, again=True, counts=counts)
    assert tags(workspace.db) == beside
    assert counts["tagged"] == 2 * wanted
    tag_archive(workspace, jobs=2, counts=counts)
    assert counts["tagged"] == 2 * wanted, "nothing is tagged twice"
    workspace.db.close()


@pytest.mark.slow
@pytest.mark.parametrize(("how", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)])
def test_what_was_written_stays_and_is_not_tagged_twice(sqlite: Config, how: signal.Signals, code: int) -> None:
    db, environ = Database.open(sqlite), environment(sqlite)
    wanted = fill(db, times=5)

    def moments() -> dict[str, str]:
        with db.read() as session:
            query = "SELECT id, tagged_at FROM articles WHERE tag_version IS NOT NULL"
            return {row.id: str(row.tagged_at) for row in session.execute(text(query))}

    with running(environ, "tag", "--jobs", "2") as process:
        until(moments)
        process.send_signal(how)
        out, _ = process.communicate(timeout=60)
    done = moments()
    assert process.returncode == code
    assert 0 < len(done) < wanted
    if how == signal.SIGINT:
        assert out == "broken off; what is tagged so far is stored, and `pantau tag` goes on with the rest\n"
    assert json.loads(say(environ, "tag", "--jobs", "2", "--json").splitlines()[-1])["tagged"] == wanted - len(done)
    assert moments().items() >= done.items()
    db.close()


@pytest.mark.slow
def test_tagging_all_again_goes_on_where_it_was_broken_off(sqlite: Config) -> None:
    db, environ = Database.open(sqlite), environment(sqlite, tag_jobs=2)
    wanted = fill(db, times=5)
    version = json.loads(say(environ, "tag", "--json"))["version"]
    before = tags(db)
    with running(environ, "tag", "--all", "--jobs", "1") as process:
        until(lambda: 0 < versions(db)[version + OUTDATED] < wanted)
        process.kill()
    assert tags(db) == before, "old tags show until the new ones are there"
    left = versions(db)[version + OUTDATED]
    assert json.loads(say(environ, "tag", "--json"))["tagged"] == left
    assert (versions(db), tags(db)) == ({version: wanted}, before)
    db.close()


@pytest.mark.slow
def test_rows_of_a_file_keep_their_order(tmp_path: Path, sqlite: Config) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text("".join(json.dumps(row | {"own": n}) + "\n" for n, row in enumerate(rows(2))), encoding="utf-8")
    several, one = (
        pantau(environment(sqlite), "tag", "--jsonl", str(file), "--jobs", number).communicate(timeout=120)[0]
        for number in ("2", "1")
    )
    assert [json.loads(line)["own"] for line in several.splitlines()] == list(range(2 * len(rows())))
    assert several == one
