"""Long articles are gathered whole with no request more than needed, and nothing of another article comes in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from parsel import Selector

from spiders.articles.article_pages import MAX_PAGES, find_parts, is_whole, own_addresses
from spiders.articles.page_plan import PagePlan, SiteHabits
from spiders.articles.page_view import view_first, view_later

SITE = "https://kabar.example"
SLUG = "/baca/35056/harga-cabai-naik-di-pasar-anyar"
STORY = [f"Paragraf ke-{n} menceritakan harga cabai di pasar dan apa kata pedagang tentang itu." for n in range(1, 41)]
Pages = dict[str, str]


def html(*lines: str, links: str = "", head: str = "") -> str:
    body = "".join(f"<p>{line}</p>" for line in lines)
    return f"<html><head><title>Harga Cabai Naik di Pasar Anyar</title>{head}</head><body>{body}{links}</body></html>"


def anchors(*links: tuple[str, str]) -> str:
    return " ".join(f'<a href="{href}">{words}</a>' for href, words in links)


def parts(address: Callable[[int], str], *, count: int = 3, pager: Callable[[int], str] | None = None) -> Pages:
    """An article cut into pages of two paragraphs, each linking to all by number unless ``pager`` says otherwise."""
    numbers = range(1, count + 1)
    linked = anchors(*((address(n), str(n)) for n in numbers))
    out = {address(n): html(*STORY[2 * n - 2 : 2 * n], links=pager(n) if pager else linked) for n in numbers}
    return {SLUG: out[address(1)], **out}


def whole(address: str, pages: Pages, *, count: int = 3) -> Pages:
    link = anchors((address, "Tampilkan Semua"))
    return {**{url: page + link for url, page in pages.items()}, address: html(*STORY[: 2 * count])}


@dataclass
class Gathered:
    asked: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    plan: PagePlan | None = None

    @property
    def paragraphs(self) -> int:
        """How many of the story's first paragraphs came, each counted once."""
        return sum(any(line in page for page in self.kept) for line in STORY)


def gather(site: Pages, start: str = SLUG, habits: SiteHabits | None = None) -> Gathered:
    """Follow a plan through a site of pages; a page that is not there is a miss."""
    out = Gathered([start], [site[start]])
    out.plan = plan = PagePlan(view_first(Selector(site[start]), SITE + start), habits=habits)
    while (url := plan.following) is not None:
        path = url.removeprefix(SITE)
        out.asked.append(path)
        if path not in site:
            plan.miss()
            continue
        verdict = plan.take(view_later(Selector(site[path]), url, plan.own, number=plan.number))
        out.kept = [*(out.kept if verdict != "replace" else []), *([site[path]] if verdict != "drop" else [])]
    return out


def next_only(address: Callable[[int], str], words: str, *, count: int = 3) -> Callable[[int], str]:
    return lambda n: anchors((address(n + 1), words)) if n < count else ""


QUERY, PATH, WORDED = (lambda n: f"{SLUG}?page={n}"), (lambda n: f"{SLUG}/{n}"), (lambda n: f"{SLUG}/page/{n}/")
ODD = lambda n: f"{SLUG}?laman_ke={n}"  # noqa: E731
FILE = lambda n: f"/baca/harga-cabai-{n}.html" if n > 1 else "/baca/harga-cabai.html"  # noqa: E731
ID = lambda n: f"/berita.php?id=7&hal={n}" if n > 1 else "/berita.php?id=7"  # noqa: E731
NEXT = '<link rel="next" href="{}">'


@pytest.mark.parametrize(
    ("site", "start", "requests"),
    [
        ({SLUG: html(*STORY[:6])}, SLUG, 1),
        (parts(QUERY), SLUG, 3),
        (parts(PATH), SLUG, 3),
        (parts(WORDED), SLUG, 3),
        (parts(ODD), SLUG, 3),
        (parts(FILE), FILE(1), 3),
        (parts(ID), ID(1), 3),
        (parts(QUERY, pager=next_only(QUERY, "Halaman Selanjutnya")), SLUG, 3),
        (parts(PATH, pager=next_only(PATH, "Berikutnya »")), SLUG, 3),
        (parts(PATH, pager=next_only(PATH, "")), SLUG, 3),
        (parts(ODD, pager=next_only(ODD, "selanjutnya")), SLUG, 3),
        (whole(f"{SLUG}?page=all", parts(QUERY)), SLUG, 2),
        (whole(f"{SLUG}?single=1", parts(PATH)), SLUG, 2),
        (whole(f"{SLUG}?showpage=all", parts(QUERY)), SLUG, 2),
        (whole(f"{SLUG}/all", parts(PATH)), SLUG, 2),
        (whole(f"{SLUG}?mode=utuh", parts(QUERY)), SLUG, 2),
        (whole(f"{SLUG}?page=all", {SLUG: html(*STORY[:2])}), SLUG, 2),
        ({f"{SLUG}?page=all": html(*STORY[:6], links=anchors((QUERY(2), "2")))}, f"{SLUG}?page=all", 1),
    ],
)
def test_article_comes_whole(site: Pages, start: str, requests: int) -> None:
    got = gather(site, start)
    assert (got.paragraphs, len(got.asked)) == (6, requests)
    assert got.plan is not None
    assert not got.plan.incomplete


@pytest.mark.parametrize(
    "links",
    [
        anchors(("/baca/35057/wali-kota-membuka-jembatan-baru", "Selanjutnya")),
        anchors(("/baca/35057/wali-kota-membuka-jembatan-baru?page=2", "2")),
        anchors((f"{SLUG}#komentar", "2"), (f"{SLUG}?utm_source=wa", "Bagikan"), (f"{SLUG}?cpage=2", "2")),
        anchors((f"{SLUG}?komentar=semua", "Lihat semua"), (f"{SLUG}?page=all", "Harga Cabai Naik di Pasar Anyar")),
        anchors(("/indeks?page=2", "2"), ("/indeks?page=2", "Selanjutnya"), (f"/print{SLUG}", "Cetak")),
        anchors(("https://lain.example" + SLUG + "?page=2", "2"), ("http://[x", "2"), ("", "2"), ("#2", "2")),
        "<p>Laporan itu ada di halaman 3 dari 7.</p><p>Hal 1/3/2026</p>",
    ],
)
def test_article_of_one_page_costs_one_request(links: str) -> None:
    head = NEXT.format("/baca/35057/wali-kota-membuka-jembatan-baru")
    assert gather({SLUG: html(*STORY[:4], links=links, head=head)}).asked == [SLUG]


def test_wrong_slug_whose_pages_have_the_right_one() -> None:
    site = parts(QUERY)
    start = "/baca/35056/twitter.com"
    head = f'<link rel="canonical" href="{SITE}{SLUG}">'
    got = gather({**site, start: site[SLUG].replace("</head>", f"{head}</head>")}, start)
    assert (got.paragraphs, len(got.asked)) == (6, 3)


@pytest.mark.parametrize(
    ("start", "address"),
    [
        ("/baca/35056/twitter.com", f"{SLUG}?page={{}}"),
        ("/baca/35056/HARGA-CABAI", f"{SLUG}/{{}}"),
        ("/baca/35056", f"{SLUG}?page={{}}"),
        ("/judul-salah-35056.html", "/harga-cabai-naik-35056.html?page={}"),
    ],
)
def test_wrong_slug_without_a_canonical_link(start: str, address: str) -> None:
    site = parts(address.format)
    got = gather({**site, start: site[SLUG]}, start)
    assert (got.paragraphs, len(got.asked)) == (6, 3)


def test_other_pages_with_the_same_id_are_no_parts() -> None:
    links = anchors(
        ("/komentar/35056?page=2", "2"), ("/galeri/35056/harga-cabai-naik?page=2", "2"), ("/baca/35057/x?page=2", "2")
    )
    assert gather({SLUG: html(*STORY[:2], links=links)}).asked == [SLUG]


def test_pages_left_out_of_the_pager_are_asked_too() -> None:
    site = parts(PATH, count=7, pager=lambda n: anchors((PATH(2), "2"), (PATH(7), "7")))
    got = gather(site)
    assert (got.paragraphs, got.asked[1:]) == (14, [PATH(n) for n in range(2, 8)])


def test_count_in_the_text_alone_leads_to_guesses_that_are_learned() -> None:
    habits = SiteHabits()
    count = "<span>Halaman <b>{}</b> dari 3</span>"
    assert gather(parts(QUERY, pager=lambda n: count.format(n)), habits=habits).paragraphs == 6
    learned = gather(parts(PATH, pager=lambda n: count.format(n)), habits=SiteHabits(misses=habits.misses))
    assert (learned.paragraphs, len(learned.asked)) == (6, 4)
    lost = SiteHabits()
    for asked in (3, 3, 1):
        got = gather({SLUG: html(*STORY[:2], links=count.format(1))}, habits=lost)
        assert got.plan is not None
        assert (len(got.asked), got.plan.incomplete) == (asked, True)


def test_print_view_stands_in_for_many_pages() -> None:
    printed = f"/print{SLUG}"
    site = {**parts(QUERY, count=4), printed: html(*STORY[:8])}
    site[SLUG] += anchors((printed, "Cetak"))
    got = gather(site)
    assert (got.paragraphs, got.asked, len(got.kept)) == (8, [SLUG, printed], 2)


@pytest.mark.parametrize(
    "answer",
    [
        None,
        html(*STORY[:2], links=anchors((QUERY(2), "2"))),
        html("Berita lain yang tidak ada hubungannya dengan harga cabai di pasar."),
    ],
)
def test_view_of_all_pages_that_is_none_is_not_taken(answer: str | None) -> None:
    address = f"{SLUG}?page=all"
    site = whole(address, parts(QUERY))
    site.pop(address)
    got = gather({**site, address: answer} if answer else site)
    assert got.plan is not None
    assert (got.paragraphs, len(got.asked), got.plan.incomplete) == (6, 4, False)


def test_broken_page_in_the_middle_is_told() -> None:
    site = parts(QUERY, count=4)
    site.pop(QUERY(2))
    got = gather(site)
    assert got.plan is not None
    assert (got.paragraphs, got.asked, got.plan.incomplete) == (6, [SLUG, QUERY(2), QUERY(3), QUERY(4)], True)


def test_site_that_shows_the_first_page_again_is_asked_once() -> None:
    first = html(*STORY[:2], links=anchors((QUERY(2), "2"), (QUERY(3), "3")))
    habits = SiteHabits()
    for asked in (2, 2, 1):
        got = gather({SLUG: first, QUERY(2): first, QUERY(3): first}, habits=habits)
        assert (got.paragraphs, len(got.asked), len(got.kept)) == (2, asked, 1)


def test_next_link_on_the_last_page_is_no_missing_page() -> None:
    site = parts(QUERY, pager=lambda n: anchors((QUERY(n + 1), "Selanjutnya")))
    got = gather({**site, QUERY(4): site[QUERY(3)]})
    assert got.plan is not None
    assert (got.paragraphs, len(got.asked), got.plan.incomplete) == (6, 4, False)


@pytest.mark.parametrize(
    ("start", "following"),
    [("/berita.php?id=1", "/berita.php?id=2"), ("/baca/harga-cabai", "/baca/harga-cabai-2"), ("/baca/1", "/baca/2")],
)
def test_next_article_with_a_like_address_is_no_page(start: str, following: str) -> None:
    other = html(*STORY[6:8]).replace("Harga Cabai Naik di Pasar Anyar", "Wali Kota Membuka Jembatan")
    head, links = NEXT.format(following), anchors((following, "Selanjutnya"))
    got = gather({start: html(*STORY[:2], links=links, head=head), following: other}, start)
    assert got.plan is not None
    assert (got.paragraphs, len(got.kept), got.plan.incomplete) == (2, 1, False)


def test_endless_pages_are_left() -> None:
    pages = {
        QUERY(n): html(f"Halaman ini selalu berkata hal yang baru, kali ini nomor {n} dari seterusnya.", links=links)
        for n in range(1, 100)
        for links in [anchors((QUERY(n + 1), "Selanjutnya"))]
    }
    got = gather({SLUG: pages[QUERY(1)], **pages})
    assert got.plan is not None
    assert (len(got.asked), got.plan.incomplete) == (MAX_PAGES, True)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (f"{SITE}{SLUG}?page=all", True),
        (f"{SITE}{SLUG}?single=1&utm_source=x", True),
        (f"{SITE}{SLUG}/semua/", True),
        (f"{SITE}{SLUG}?page=2", False),
        (f"{SITE}/berita/semua-pasar-buka", False),
        ("http://[broken", False),
    ],
)
def test_is_whole(url: str, *, expected: bool) -> None:
    assert is_whole(url) is expected


def test_base_element_and_relative_links() -> None:
    page = Selector(
        html(*STORY[:2], head='<base href="/baca/35056/">', links=anchors((SLUG.rpartition("/")[2] + "/2", "2")))
    )
    url = SITE + SLUG
    assert find_parts(page, url, own_addresses(page, url)).later == {2: f"{url}/2"}
