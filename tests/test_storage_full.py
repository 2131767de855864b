"""A full disk: the run ends with a clear message, nothing stored is harmed, and the next run goes on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scraper.config import Config, load_config
from scraper.crawl.archive import mend, read_pages
from storage.database import Database
from storage.records.articles import iter_articles
from storage.records.runs import runs

ROOT = Path(__file__).parent.parent
WRITER = """
import json, resource, sys
from random import Random
from scraper.config import load_config
from scraper.crawl.archive import PageArchive, RawPage
from scraper.errors import StorageError
from scraper.items import Article
from storage.crawl_store import CrawlStore

limit, length, extra, count = map(int, sys.argv[1:])
config = load_config()
store = CrawlStore.open(config)
run = store.start_run("warta")
archive = PageArchive(config.data, "warta")
if limit:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
done, error = {"new": 0, "same": 0}, None
for number in range(count):
    url = f"https://warta.test/{number}"
    text = Random(number).randbytes(length // 2).hex()
    page = RawPage(url=url, status=200, headers=(), body=text.encode() + Random(-number).randbytes(extra))
    article = Article(canonical_url=url, url=url, site="warta", title=f"Berita {number}", text=text)
    try:
        done[store.save(article, archive.append([page]), [])] += 1
    except StorageError as refusal:
        error = str(refusal)
        break
archive.close()
if error is None:
    store.finish_run(run, done, "finished")
store.close()
print(json.dumps(done | {"error": error}))
"""
COUNT = 60


def write(data: Path, *, limit: int = 0, length: int, extra: int = 0) -> dict[str, Any]:
    """Store articles in a process of its own until it is done or the disk refuses.

    No file may have more than ``limit`` bytes; a page has its article's text, ``length``, and ``extra`` bytes.
    """
    environ = {**os.environ, "PANTAU_DATA": str(data), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", WRITER, *map(str, (limit, length, extra, COUNT))], env=environ, cwd=ROOT,
        capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def check(config: Config, *, stored: int) -> None:
    """The database and the archive are whole, and hold exactly what was said to be stored."""
    assert mend(config.data) == []
    db = Database.open(config)
    assert db.check() == []
    with db.read() as session:
        articles = list(iter_articles(session))
    db.close()
    assert len(articles) == stored
    for found in articles:
        assert found.page is not None
        [page] = read_pages(config.data, found.page)
        assert page.url == found.article.url
        assert page.body.startswith(found.article.text.encode())


def go_on(config: Config, *, stored: int, **sizes: int) -> None:
    """With room again the rest is stored, nothing twice, and the broken run has its end."""
    assert write(config.data, **sizes) == {"new": COUNT - stored, "same": stored, "error": None}
    check(config, stored=COUNT)
    db = Database.open(config)
    with db.read() as session:
        assert [run.outcome for run in runs(session)] == ["finished", "killed"]
    db.close()


@pytest.mark.parametrize(
    ("sizes", "refused"),
    [
        ({"length": 3000, "extra": 0}, "the database refused the write"),
        ({"length": 600, "extra": 150_000}, "cannot keep the page"),
    ],
)
def test_files_that_may_not_grow_end_the_run(tmp_path: Path, sizes: dict[str, int], refused: str) -> None:
    config = load_config(environ={"PANTAU_DATA": str(tmp_path)}, file=tmp_path / "none.toml")
    report = write(config.data, limit=1_200_000, **sizes)
    assert refused in report["error"]
    assert 0 < report["new"] < COUNT
    check(config, stored=report["new"])
    go_on(config, stored=report["new"], **sizes)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of four megabytes; only an administrator can make one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("a small file system cannot be mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.parametrize("length", [600, 12_000])
def test_a_full_disk_ends_the_run(small_disk: Path, length: int) -> None:
    config = load_config(environ={"PANTAU_DATA": str(small_disk)}, file=small_disk / "none.toml")
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(3_000_000))
    report = write(config.data, length=length)
    assert "full" in report["error"]
    check(config, stored=report["new"])
    ballast.unlink()
    again = write(config.data, length=length)
    assert (again["same"], again["new"] > 0) == (report["new"], True)
    check(config, stored=report["new"] + again["new"])
