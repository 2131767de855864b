"""The scorer of the crawl benchmark on rows and logs whose figures are known, and one crawl that it clocks."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from benchmarks import crawl
from benchmarks.crawl_runs import Workshop
from benchmarks.crawl_score import harvest, list_requests, manners
from benchmarks.memory import MemoryWatch, tree
from demo.faults import KINDS
from demo.faults.mix import dealt
from demo.server import Visit
from demo.styles import STYLES
from demo.styles.newsroom import Expected, StyleNewsroom
from scraper.clock import WIB
from scraper.items import Article
from spiders.sources import add

NOW = datetime(2024, 5, 2, 9, 0, tzinfo=WIB)
ORIGIN = "http://127.0.11.9:1"
ROBOTS = "User-agent: *\nDisallow: /cari\nCrawl-delay: 1\n"


def expected(number: int, *, reachable: bool = True, pages: int = 1) -> Expected:
    paragraphs = [
        f"Pedagang nomor {number} menjual cabai, kata paragraf {part}, " + "di pasar itu. " * 5 for part in "abc"
    ]
    return Expected(
        style="x", number=number, url=f"{ORIGIN}/baca/{number}", urls=(f"{ORIGIN}/baca/{number}",),
        title=f"Judul {number}", text="\n\n".join(paragraphs), published=NOW, modified=None, author="", section="",
        tags=(), pages=pages, reachable=reachable,
    )  # fmt: skip


def row(article: Expected, *, text: str | None = None, title: str = "Lain", url: str = "") -> Article:
    return Article(canonical_url=url or article.url, title=title, text=article.text if text is None else text)


ARTICLES = [expected(1, pages=2), expected(2, pages=3), expected(3), expected(4, reachable=False)]


def test_rows_are_told_by_their_paragraphs_else_their_title() -> None:
    cut = row(ARTICLES[1], text=ARTICLES[1].text.split("\n\n")[2])
    titled = row(ARTICLES[2], text="Tulisan lain sama sekali.", title="JUDUL 3")
    stored = [row(ARTICLES[0]), cut, titled, row(ARTICLES[3]), row(ARTICLES[0], url=f"{ORIGIN}/amp/1")]
    junk = Article(canonical_url=f"{ORIGIN}/tentang", title="Tentang Kami", text="Kami adalah media rekaan.")
    found = harvest(ARTICLES, [*stored, junk])
    assert (found.reachable, found.found, found.whole) == (3, 3, 1)
    assert (found.cut, found.cut_whole) == (2, 1)
    assert (found.rows, found.twice, found.junk) == (6, 1, 1)
    assert found.strays == (f"{ORIGIN}/tentang", f"{ORIGIN}/amp/1")
    assert found.missed == ()


def test_what_was_not_stored_is_missed() -> None:
    found = harvest(ARTICLES, [row(ARTICLES[0])])
    assert (found.found, found.missed) == (1, (ARTICLES[1].url, ARTICLES[2].url))
    assert harvest(ARTICLES, []).whole == 0


def visit(target: str, at: float, *, lasting: float = 0.1, agent: str = "Pantau/0.1 (+x)") -> Visit:
    return Visit(
        method="GET", target=target, begun=at, ended=at + lasting, agent=agent, conditions={}, status=200, sent=10
    )


@pytest.mark.parametrize(
    ("visits", "forbidden", "hasty", "at_once"),
    [
        ([visit("/robots.txt", 0)] + [visit(f"/baca/{n}", n + 0.1) for n in range(6)], 0, 0, 1),
        ([visit("/baca/1", 0), visit("/robots.txt", 1), visit("/baca/2", 2)], 1, 0, 1),
        ([visit("/robots.txt", 0), visit("/cari?q=x", 1)], 1, 0, 1),
        ([visit("/robots.txt", 0), visit("/baca/1", 1, agent="Mozilla/5.0")], 1, 0, 1),
        ([visit("/robots.txt", 0)] + [visit(f"/baca/{n}", n / 2) for n in range(8)], 0, 3, 2),
        ([visit("/robots.txt", 0)] + [visit(f"/baca/{n}", n + 1, lasting=1.5) for n in range(3)], 0, 0, 2),
        ([visit("/robots.txt", 0), *(visit("/baca/1", n + 1 - 0.2 * (n == 2)) for n in range(6))], 0, 0, 1),
    ],
)
def test_manners(visits: list[Visit], forbidden: int, hasty: int, at_once: int) -> None:
    found = manners(visits, origin=ORIGIN, robots=ROBOTS)
    assert (found.forbidden, found.hasty, found.at_once) == (forbidden, hasty, at_once)


def test_articles_that_are_known_are_no_list_requests() -> None:
    visits = [visit("/robots.txt", 0), visit("/baca/1", 1), visit("/baca/9", 2)]
    assert list_requests(visits, origin=ORIGIN, expected=ARTICLES) == 2


def test_memory_counts_the_children() -> None:
    holding = "held = b'x' * 80_000_000; import time; time.sleep(1)"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {holding!r}])"
    child = subprocess.Popen([sys.executable, "-c", code])
    watch = MemoryWatch(child)
    watch.wait()
    assert tree(child.pid) == [child.pid]
    if Path("/proc/self/smaps_rollup").exists():
        assert 60 < watch.peak < 200


def test_faults_are_dealt_over_all_sites() -> None:
    hands = [dealt(place) for place in range(len(STYLES))]
    assert {name for hand in hands for name in hand} <= set(KINDS)
    assert all(len(set(hand)) == len(hand) == 10 for hand in hands)
    assert len({name for hand in hands for name in hand}) >= 36


@pytest.mark.slow
def test_a_crawl_is_clocked_and_its_rows_are_sorted_by_site(tmp_path: Path) -> None:
    with StyleNewsroom.start(now=NOW, styles=("antarwana", "arsipsagara"), articles=20) as newsroom:
        shop = Workshop(newsroom=newsroom, folder=tmp_path)
        origin = newsroom.origins["antarwana"]
        add(
            tmp_path,
            "antarwana",
            {
                "title": "Antar Wana",
                "region": "99",
                "start": f"{origin}/",
                "listings": ["/terkini"],
                "article_url": r"/berita/(?P<id>\d+)",
            },
        )
        run = shop.crawl()
        found = harvest(newsroom.expected["antarwana"], shop.stored()["antarwana"])
        assert (found.found, found.reachable, found.junk) == (9, 9, 0)
        assert shop.stored()["arsipsagara"] == shop.stored()[""] == []
        assert '"outcome"' in run.output
        assert 0 < run.seconds < 60
        assert (
            manners(newsroom.log["antarwana"], origin=origin, robots=newsroom.site("antarwana").robots).forbidden == 0
        )
        assert newsroom.log["arsipsagara"] == []


@pytest.mark.slow
def test_rivals_read_the_same_pages(tmp_path: Path) -> None:
    with StyleNewsroom.start(now=NOW, styles=("antarwana",), articles=6) as newsroom:
        shop = Workshop(newsroom=newsroom, folder=tmp_path)
        urls = [article.url for article in newsroom.expected["antarwana"]]
        for kind in ("plain", "pool"):
            run = shop.rival(kind, urls)
            assert len(run.output.splitlines()) == len(urls) == len(newsroom.log["antarwana"])
            assert newsroom.expected["antarwana"][0].title.split(",")[0] in run.output


def test_check_names_every_figure_missed(capsys: pytest.CaptureFixture[str]) -> None:
    total = {"found_share": 0.985, "twice": 1, "again_requests": 3, "speed_plain": 1.2}
    assert crawl._check(total, faults=False) == 1
    assert capsys.readouterr().err.splitlines() == ["found_share is 0.985, not >= 0.99", "twice is 1, not <= 0"]
    assert crawl._check(total | {"twice": 0}, faults=True) == 0
