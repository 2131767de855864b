"""Pages that look like lists and that nobody named: which are tried, and for how long."""

from __future__ import annotations

from datetime import date

import pytest

from spiders.walk.wander import Wander, day_in, form_of

HOME = "https://kabar.example"
TODAY = date(2026, 3, 20)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("/kanal/ekonomi", "/kanal/olahraga", True),
        ("/kanal/ekonomi", "/topik/banjir", False),
        ("/2026/03/04/", "/2026/02/28/", True),
        ("/2026/03/", "/2026/03/04/", False),
        ("/ekonomi", "/olahraga", True),
        ("/index.php?kat=3", "/index.php?kat=7", True),
        ("/index.php?kat=3", "/index.php?kat=7&mulai=10", False),
    ],
)
def test_addresses_of_one_shape(one: str, other: str, same: bool) -> None:
    assert (form_of(HOME + one) == form_of(HOME + other)) is same


@pytest.mark.parametrize(
    "url",
    [
        "/", "/logo.png", "/wp-login.php", "/masuk", "/feed/", "/kanal/ekonomi?page=2", "/kanal/ekonomi/page/3/",
        "/?s=cabai", "/cari?q=cabai", "/cetak/123", "/kanal?sort=lama", "/artikel?replytocom=7", "/api/berita",
    ],
)  # fmt: skip
def test_what_is_no_page_of_a_list(url: str) -> None:
    assert form_of(HOME + url) is None


def wandering(brings: dict[str, int], *links: str) -> list[str]:
    """The addresses asked on a site of these links, of which some bring articles that nobody named."""
    wander = Wander(is_article=lambda url: "/baca/" in url, is_ours=lambda url: url.startswith(HOME), today=TODAY)
    wander.note(HOME + link if link.startswith("/") else link for link in links)
    asked: list[str] = []
    while batch := wander.batch(was_asked=lambda url: url == HOME + "/kanal/asked"):
        for form, url in batch:
            path = url.removeprefix(HOME)
            asked.append(path)
            wander.judge(form, brings.get(path, 0))
    return asked


TAGS = tuple(f"/topik/{name}" for name in "abcdefgh")


def test_one_page_of_each_shape_is_tried() -> None:
    links = (*TAGS, "/kanal/asked", "/baca/1", "https://lain.example/kanal/x", "/a/b/c", "/a/b/d", "/x/y/z/1", "/q?r=1")
    asked = wandering({}, *links)
    assert asked[0] == "/topik/a", "the shape with the most addresses comes first"
    assert len(asked) == 3


def test_shape_that_brings_something_is_followed_until_it_brings_no_more() -> None:
    assert wandering({"/topik/a": 3, "/topik/b": 1}, *TAGS) == list(TAGS[:5])
    assert wandering(dict.fromkeys(TAGS, 1), *TAGS) == list(TAGS)


def test_days_are_tried_newest_first_and_longer() -> None:
    days = [f"/2026/03/{day:02}/" for day in range(1, 21)]
    assert wandering({}, *days, "/2026/03/21/", "/2030/01/01/") == days[:14:-1]
    older = dict.fromkeys(days[:18], 2)
    assert wandering(older, *days) == days[::-1]


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("/indeks?date=2026-03-04", date(2026, 3, 4)),
        ("/2026/03/", date(2026, 3, 1)),
        ("/arsip/20260304", date(2026, 3, 4)),
        ("/indeks?tanggal=2026%2F03%2F04", date(2026, 3, 4)),
        ("/baca/202603041200", None),
        ("/2026/02/31/", None),
        ("/kanal/2026", None),
    ],
)
def test_day_that_an_address_names(url: str, day: date | None) -> None:
    assert day_in(HOME + url) == day
