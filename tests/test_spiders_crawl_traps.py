"""Sites without an end: each crawl comes to its end by itself, with everything found and few requests."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from crawl_sites import LISTING, Reply, Site, crawl, html, listing, on_air, rows

NOW = datetime(2026, 3, 20, 3, tzinfo=UTC)
DAILY = {**LISTING, "listings": ["/indeks?date={date:%Y-%m-%d}"]}
ASKED = re.compile(r"[?&](\w+)=([^&]*)")


def numbers(page: int, size: int = 5, last: int = 20) -> list[int]:
    return [number for number in range(last - size * (page - 1), last - size * page, -1) if number > 0]


def asked(path: str) -> dict[str, str]:
    return dict(ASKED.findall(path))


def page_of(path: str) -> int:
    return int(asked(path).get("page", "1"))


def last_page_again(site: Site, path: str) -> Reply:
    """Behind the last page it shows that one again, with a link to the next."""
    page = min(4, page_of(path))
    return listing(*numbers(page), more=(f"/indeks?page={page_of(path) + 1}",))


def first_page_again(site: Site, path: str) -> Reply:
    """Behind the last page it shows the first."""
    page = page_of(path) if page_of(path) <= 4 else 1
    return listing(*numbers(page), more=(f"/indeks?page={page_of(path) + 1}",))


def endless_empty(site: Site, path: str) -> Reply:
    """Behind the last page come empty ones, each with a link to the next."""
    return listing(*numbers(page_of(path)), more=(f"/indeks?page={page_of(path) + 1}",))


def shuffled(site: Site, path: str) -> Reply:
    """Behind the last page come others, each with another choice of old articles."""
    page = page_of(path)
    shown = numbers(page) if page <= 4 else [1 + (page * step) % 20 for step in range(1, 4)]
    return listing(*shown, more=(f"/indeks?page={page + 1}",))


def new_session(site: Site, path: str) -> Reply:
    """Each answer gives each link another session."""
    page, mark = page_of(path), len(site.asked)
    links = [f"/baca/{number}/judul?PHPSESSID=a{mark}" for number in numbers(page)]
    onward = (f"/indeks?page={page + 1}&PHPSESSID=b{mark}", f"/indeks?PHPSESSID=c{mark}") if page < 4 else ()
    return html("Indeks", links=(*links, *onward))


def calendar(site: Site, path: str) -> Reply:
    """Every day has a page, in all past and future, with the same popular articles beside."""
    day = date.fromisoformat(asked(path).get("date", "2026-03-20"))
    of_day = [number for number in range(1, 21) if day == date(2026, 3, 20) - timedelta(days=20 - number)]
    onward = [f"/indeks?date={day + timedelta(days=step)}" for step in (-1, 1)]
    return listing(*of_day, 3, 7, more=tuple(onward))


def filters(site: Site, path: str) -> Reply:
    """Every choice leads to more choices."""
    page = page_of(path)
    chosen = [f"{name}={value}" for name, value in asked(path).items() if name != "page"]
    more = [f"/indeks?{'&'.join([*chosen, f'f{len(chosen)}={value}'])}" for value in "abcd"]
    onward = [f"/indeks?{'&'.join([*chosen, f'page={page + 1}'])}"] if page < 4 else []
    return listing(*numbers(page), more=(*onward, *more))


def deeper(site: Site, path: str) -> Reply:
    """Relative links that make the path longer and longer."""
    links = tuple(f"/baca/{number}/judul" for number in numbers(1, size=20))
    return html("Indeks", links=(*links, "kanal/kota/", "kanal/desa/"))


TRAPS: dict[str, tuple[dict[str, Any], Any]] = {
    "last_page_again": (LISTING, last_page_again),
    "first_page_again": (LISTING, first_page_again),
    "endless_empty": (LISTING, endless_empty),
    "shuffled": (LISTING, shuffled),
    "new_session": (LISTING, new_session),
    "calendar": (LISTING, calendar),
    "calendar_by_day": (DAILY, calendar),
    "filters": (LISTING, filters),
    "deeper": (LISTING, deeper),
}


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    data = tmp_path_factory.mktemp("data")
    sites = {name: Site(source, {"/indeks": answer}) for name, (source, answer) in TRAPS.items()}
    deep = sites["deeper"]
    deep.fallback = lambda path: html("Kanal", links=("kanal/kota/", "kanal/desa/"))
    with on_air(data, **sites):
        first = crawl(data, now=NOW)
        again = crawl(data, now=NOW + timedelta(minutes=10))
    stored = dict(rows(data, "select site, count(*) from articles group by site"))
    return {name: {**first[name], "stored": stored.get(name), "again": again[name]} for name in TRAPS}


@pytest.mark.parametrize("name", TRAPS)
def test_everything_is_found_and_an_end_too(reports: dict[str, dict[str, Any]], name: str) -> None:
    report = reports[name]
    assert (report["outcome"], report["stored"], report["imbalance"]) == ("finished", 20, 0)
    assert report["requests"] <= 50, "20 articles, and what it takes to notice that there are no more"
    assert report["again"]["requests"] <= 4
    assert report["again"]["fetched"] == 0


def test_article_addresses_without_end_are_bounded(tmp_path: Path) -> None:
    def junk(site: Site, path: str) -> Reply:
        """Pages that look like articles by their address, hold none, and lead to more of their kind."""
        number = int(path.split("/")[2])
        return html("", links=tuple(f"/baca/{number * 3 + step}/x" for step in range(3)), empty=True)

    site = Site(LISTING, {"/indeks": listing(1, 2, 3)})
    site.fallback = lambda path: junk(site, path) if path.startswith("/baca/") and "judul" not in path else None
    site.answers |= {f"/baca/{number}/judul": html(f"Berita {number}", links=("/baca/10/x",)) for number in (1, 2, 3)}
    with on_air(tmp_path, jebakan=site):
        report = crawl(tmp_path)["jebakan"]
    assert (report["new"], report["outcome"]) == (3, "finished")
    assert report["requests"] < 60
