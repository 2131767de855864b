"""Crawls of a site that was crawled before: what is asked again, what is found, what is looked at twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from crawl_sites import LISTING, Reply, Site, crawl, html, listing, on_air, rows, text, xml

NOW = datetime(2026, 3, 10, 3, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SOURCE = {**LISTING, "feeds": ["/feed"], "listings": ["/indeks", "/kota", "/opini"]}


def dated(number: int, extra: str = "") -> Reply:
    """An article that is a number of hours older the smaller its number is."""
    moment = NOW - HOUR * (200 - number)
    head = f'<meta property="article:published_time" content="{moment.isoformat()}">'
    return html(f"Berita nomor {number}", sentence=extra, head=head)


def feed(*numbers: int) -> Reply:
    items = "".join(f"<item><link>{{origin}}/baca/{number}/judul</link></item>" for number in numbers)
    return xml(f"<rss version='2.0'><channel>{items}</channel></rss>")  # type: ignore[return-value]


def answers(newest: int) -> dict[str, Reply]:
    """A site with a feed of ten, an index of some pages, and a section that neither of them shows."""
    everything = [number for number in range(newest, 60, -1) if number % 20 != 10]
    opinion = [number for number in range(newest, 0, -1) if number % 20 == 10]
    pages = {
        f"/indeks?page={page}": listing(*everything[10 * page - 10 : 10 * page], more=(f"/indeks?page={page + 1}",))
        for page in range(2, 8)
    }
    return {
        "/feed": feed(*everything[:10]),
        "/": listing(*everything[:6]),
        "/indeks": listing(*everything[:10], more=("/indeks?page=2",)),
        **pages,
        "/kota": listing(*[number for number in everything if number % 2][:10]),
        "/opini": listing(*opinion[:5]),
        **{f"/baca/{number}/judul": dated(number) for number in (*everything, *opinion)},
    }


class Paper:
    """A site and the crawls of it."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.site = Site(SOURCE, answers(100), tags=True)  # type: ignore[arg-type]

    def crawl(self, after: timedelta) -> dict[str, int]:
        self.site.asked.clear()
        self.site.unchanged.clear()
        report = crawl(self.data, now=NOW + after)["koran"]
        assert report["imbalance"] == 0
        assert report["requests"] == len(self.site.asked)
        return report

    @property
    def stored(self) -> int:
        return int(rows(self.data, "select count(*) from articles")[0][0])


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[Paper]:
    made = Paper(tmp_path)
    with on_air(tmp_path, koran=made.site):
        yield made


def test_first_crawl_finds_all_and_the_next_ones_ask_little(paper: Paper) -> None:
    first = paper.crawl(HOUR * 0)
    assert (first["outcome"], paper.stored) == ("finished", 43)
    assert first["requests"] <= 1.5 * 43
    again = paper.crawl(HOUR * 0.2)
    assert (again["new"], again["fetched"]) == (0, 0)
    assert len(paper.site.asked) == 3
    assert "/feed" in paper.site.unchanged
    assert "/opini" in paper.site.unchanged, "the feed leaves this section out"


def test_growth_is_found_with_few_requests(paper: Paper) -> None:
    paper.crawl(HOUR * 0)
    paper.site.answers.update(answers(111))
    grown = paper.crawl(HOUR * 0.5)
    assert (grown["new"], paper.stored) == (11, 54), "with the one of the section that no other list shows"
    assert grown["requests"] <= 3 * 11


@pytest.mark.slow
def test_more_than_a_feed_holds_is_found_in_the_other_lists(paper: Paper) -> None:
    paper.crawl(HOUR * 0)
    paper.site.answers.update(answers(125))
    assert paper.crawl(HOUR * 12)["new"] == 25


@pytest.mark.slow
def test_all_lists_are_swept_once_a_week(paper: Paper) -> None:
    paper.crawl(HOUR * 0)
    paper.crawl(DAY * 8)
    lists = {path for path in paper.site.asked if not path.startswith("/baca/")}
    assert lists == {"/robots.txt", "/", "/feed", "/indeks", "/kota", "/opini"}
    assert not [path for path in paper.site.unchanged if not path.startswith("/baca/")], "asked without conditions"


@pytest.mark.slow
def test_article_that_failed_is_asked_first_next_time(paper: Paper) -> None:
    paper.site.answers["/baca/97/judul"] = text("rusak", 500)
    first = paper.crawl(HOUR * 0)
    assert (first["failed"], paper.stored) == (1, 42)
    paper.site.answers["/baca/97/judul"] = dated(97)
    again = paper.crawl(HOUR * 0.2)
    assert paper.site.asked[1] == "/baca/97/judul"
    assert (again["new"], paper.stored) == (1, 43)
    assert len(paper.site.asked) <= 4


@pytest.mark.slow
def test_list_that_failed_is_taken_up_where_it_broke_off(paper: Paper) -> None:
    whole = paper.site.answers["/indeks?page=3"]
    paper.site.answers["/indeks?page=3"] = text("rusak", 500)
    assert paper.crawl(HOUR * 0)["lists_failed"] == 1
    assert paper.stored < 43
    paper.site.answers["/indeks?page=3"] = whole
    again = paper.crawl(HOUR * 0.2)
    assert paper.stored == 43
    assert "/indeks?page=2" not in paper.site.asked
    assert again["requests"] <= 1.6 * again["new"]


@pytest.mark.slow
def test_broken_run_is_made_good(paper: Paper) -> None:
    paper.crawl(HOUR * 0)
    paper.site.answers.update(answers(130))
    paper.site.answers |= {f"/baca/{number}/judul": text("tidak", 403) for number in range(101, 131)}
    assert paper.crawl(HOUR * 10)["outcome"] == "blocked"
    paper.site.answers.update(answers(130))
    assert paper.crawl(HOUR * 11)["new"] == 30


def test_second_looks(paper: Paper) -> None:
    paper.crawl(HOUR * 0)
    corrected = dated(99, "Ralat: angka pada berita ini diperbaiki oleh redaksi pada siang hari itu.")
    paper.site.answers |= {"/baca/99/judul": corrected, "/baca/98/judul": text("hilang", 410)}
    looks = paper.crawl(DAY * 1.1)
    assert looks["reread"] == 43
    assert (looks["changed"], looks["gone"], looks["unchanged"]) == (1, 1, 41)
    assert len([path for path in paper.site.unchanged if path.startswith("/baca/")]) == 41
    [(story,)] = rows(paper.data, "select text from articles where url like '%/baca/99/judul'")
    assert "Ralat" in story
    assert rows(paper.data, "select removed_at from articles where url like '%/baca/98/judul'") == [(None,)]
    paper.crawl(DAY * 2)
    [(removed,)] = rows(paper.data, "select removed_at from articles where url like '%/baca/98/judul'")
    assert removed


@pytest.mark.slow
def test_removed_article_that_leads_to_the_front_page(paper: Paper) -> None:
    paper.crawl(HOUR * 0)
    paper.site.answers["/baca/98/judul"] = (302, {"Location": "/"}, b"")
    looks = paper.crawl(DAY * 1.1)
    assert (looks["gone"], looks["unchanged"], paper.stored) == (1, 42, 43)


@pytest.mark.slow
def test_article_keeps_its_key_at_a_second_look(paper: Paper) -> None:
    paper.crawl(HOUR * 0)
    status, headers, body = dated(99, "Judul berita ini diganti, dan alamatnya juga ikut berubah pada hari itu.")
    moved = body.replace(b"<head>", b'<head><link rel="canonical" href="/baca/99/judul-baru">')
    paper.site.answers["/baca/99/judul"] = (status, headers, moved)
    assert paper.crawl(DAY * 1.1)["changed"] == 1
    assert paper.stored == 43
