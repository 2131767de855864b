"""A small site whose chain of articles is broken: what lies behind the gap is found all the same."""

from __future__ import annotations

from pathlib import Path

from crawl_sites import Site, crawl, html, on_air, rows, text

SOURCE = {"listings": ["/"], "article_url": r"/\d{4}/\d{2}/[^/]+\.html"}


def address(month: int, number: int) -> str:
    return f"/2026/{month:02}/kabar-pasar-{number}.html"


def story(month: int, number: int, count: int) -> tuple[int, dict[str, str], bytes]:
    beside = [address(month, near) for near in (number - 1, number + 1) if 1 <= near <= count]
    sentence = f"Kabar nomor {number} dari bulan {month} bercerita tentang harga cabai dan bawang di pasar induk."
    return html(f"Kabar Pasar {number} Bulan {month}", sentence=sentence, links=(*beside, "/2026/10/", "/2026/11/"))


def test_archive_by_month_is_tried_where_few_articles_link_to_each_other(tmp_path: Path) -> None:
    front = [address(11, number) for number in range(1, 7)]
    older = [address(10, number) for number in range(1, 9)]
    pages = {path: story(11, number, 6) for number, path in enumerate(front, 1)}
    pages |= {path: story(10, number, 8) for number, path in enumerate(older, 1)}
    site = Site(SOURCE, {
        "/": html("Depan", links=(*front, "/2026/10/", "/2026/11/")),
        "/2026/11/": html("November", links=tuple(front)), "/2026/10/": html("Oktober", links=tuple(older)),
        **pages, front[5]: text("sudah tidak ada", 410),
    })  # fmt: skip
    with on_air(tmp_path, kecil=site):
        crawl(tmp_path)
    stored = {url.removeprefix(site.origin) for (url,) in rows(tmp_path, "select canonical_url from articles")}
    assert stored == {*front[:5], *older}
